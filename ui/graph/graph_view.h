// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/graph/graph_painter.h"
#include "ui/graph/graph_travel.h"

#include <QTimer>
#include <QVariantAnimation>
#include <QWidget>

#include <memory>

namespace sightglass {

/// Shows a picture of the graph and turns pointer and keys into meaning; decides nothing about
/// revisions. Paints only what is visible, with detail by scale.
class GraphView : public QWidget
{
    Q_OBJECT

public:
    static constexpr double leastScale = 0.05;
    static constexpr double mostScale = 4;

    explicit GraphView(const Theme& theme, QWidget* parent = nullptr);

    const GraphPicture* picture() const { return m_picture.get(); }

    /// Keeps scale and, where `anchor` is in both pictures, its place on the screen; else the
    /// middle.
    void setPicture(std::shared_ptr<const GraphPicture> picture, const std::string& anchor);

    const GraphPainter& painter() const { return m_painter; }

    void applyTheme();

    double scale() const { return m_scale; }

    /// The part of the drawing that is on the screen.
    QRectF visibleArea() const;
    QPointF toScreen(const QPointF& place) const;
    QRectF screenRectOf(NodeIndex node) const;

    NodeIndex selected() const { return m_marks.selected; }

    NodeIndex focused() const { return m_focused; }

    void setSelected(NodeIndex node);
    void setFocusedNode(NodeIndex node);
    /// The node that should stay where it is when the drawing changes: focused or selected if
    /// visible, else the one nearest to the middle.
    NodeIndex anchorNode() const;

    void setScale(double scale, const QPointF& screenAnchor);
    /// In the middle, but with no more emptiness around the drawing than needed.
    void centerOn(const QPointF& place);
    /// Scrolls as little as needed.
    void ensureVisible(NodeIndex node);
    void flash(NodeIndex node);
    /// All of it in sight, at most at 100 %.
    void fit();
    /// Fits where cards stay readable; else 100 % with `node` in sight.
    void showFirst(NodeIndex node);
    void scrollBy(const QPointF& pixels);

Q_SIGNALS:
    void viewChanged();                      ///< scale, place or size
    void chosen(sightglass::NodeIndex node); ///< clicked or travelled to
    void sourceWanted(sightglass::NodeIndex node);
    void inspectorWanted(sightglass::NodeIndex node);
    void openWanted(sightglass::NodeIndex node);
    void foldWanted(sightglass::NodeIndex node);
    void menuWanted(sightglass::NodeIndex node, const QPoint& globalPlace);
    void zoomKey(int direction); ///< 1 in, -1 out, 0 to 100 %, 9 fit
    void headWanted();
    void databaseWanted();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QPointF toDrawing(const QPointF& pixel) const;
    QPointF origin() const; ///< screen place of the drawing's origin, on whole device pixels
    void keepContentInView();
    void fillView();
    void changed();
    bool handleTravelKey(const QKeyEvent& event);
    bool handleZoomKey(const QKeyEvent& event);
    bool handleNodeKey(const QKeyEvent& event);
    void travel(Travel travel);
    void activate(NodeIndex node);
    void showHoverCard();
    void announceFocus();

    GraphPainter m_painter;
    const Theme& m_theme;
    std::shared_ptr<const GraphPicture> m_picture;
    GraphMarks m_marks;
    NodeIndex m_focused = noNode;
    double m_scale = 1;
    bool m_isFitted = false; ///< nobody moved or scaled it since it was fitted
    QPointF m_center; ///< place of the drawing in the middle of the widget
    QPoint m_pressedAt;
    QPointF m_draggedFrom;
    bool m_pressed = false;
    bool m_dragging = false;
    bool m_ringShown = false; ///< the focus ring is for those who use keys
    NodeIndex m_hovered = noNode;
    QTimer m_hoverTimer;
    QVariantAnimation m_flash;
};

} // namespace sightglass
