// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/graph/graph_view.h"

#include <QPixmap>
#include <QWidget>

namespace sightglass {

/// The whole drawing in small, with the visible part framed; a press or drag moves there.
class Minimap : public QWidget
{
    Q_OBJECT

public:
    Minimap(GraphView& view, const Theme& theme, QWidget* parent = nullptr);

    /// The picture, its selection or the colours changed.
    void refresh();

    QSize sizeHint() const override { return {118, 84}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    QRectF mapArea() const; ///< where the drawing lies inside the widget
    void paintNodes();
    void goTo(const QPointF& place);

    GraphView& m_view;
    const Theme& m_theme;
    QPixmap m_nodes; ///< painted once for a picture
};

} // namespace sightglass
