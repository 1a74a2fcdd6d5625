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

    /// Over a card it steps back until the pointer comes.
    void setFaded(bool faded);

    bool isFaded() const { return m_faded; }

    /// While it is pressed it has to stay where it is.
    bool isHeld() const { return m_held; }

    QSize sizeHint() const override { return {118, 84}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QRectF mapArea() const; ///< where the drawing lies inside the widget
    void paintNodes();
    void goTo(const QPointF& place);

    GraphView& m_view;
    const Theme& m_theme;
    bool m_faded = false;
    bool m_held = false;
    QPixmap m_nodes; ///< painted once for a picture
};

} // namespace sightglass
