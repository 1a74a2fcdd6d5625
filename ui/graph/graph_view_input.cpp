// SPDX-License-Identifier: GPL-3.0-or-later
// What GraphView does with pointer and keys.
#include "ui/graph/graph_view.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>

namespace sightglass {

namespace {
constexpr double zoomStep = 1.25;
constexpr double wheelPixels = 60; ///< for one notch
} // namespace

bool GraphView::event(QEvent* event)
{
    if (event->type() == QEvent::NativeGesture) {
        auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            setScale(m_scale * (1 + gesture->value()), gesture->position());
            return true;
        }
    }
    if (event->type() == QEvent::ToolTip)
        return true; // the hover card has its own time
    return QWidget::event(event);
}

void GraphView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) {
        QWidget::mousePressEvent(event);
        return;
    }
    m_pressed = true;
    m_ringShown = false;
    m_dragging = event->button() == Qt::MiddleButton;
    m_pressedAt = event->pos();
    m_draggedFrom = event->position();
    m_hoverTimer.stop();
    QToolTip::hideText();
}

void GraphView::mouseMoveEvent(QMouseEvent* event)
{
    if (m_pressed) {
        const int moved = (event->pos() - m_pressedAt).manhattanLength();
        if (!m_dragging && moved < QApplication::startDragDistance())
            return;
        m_dragging = true;
        setCursor(Qt::ClosedHandCursor);
        scrollBy(m_draggedFrom - event->position());
        m_draggedFrom = event->position();
        return;
    }
    const NodeIndex node =
        m_picture == nullptr ? noNode : m_picture->nodeAt(toDrawing(event->position()));
    if (node == m_hovered)
        return;
    m_hovered = node;
    setCursor(node == noNode ? Qt::ArrowCursor : Qt::PointingHandCursor);
    QToolTip::hideText();
    if (node == noNode)
        m_hoverTimer.stop();
    else
        m_hoverTimer.start();
}

void GraphView::mouseReleaseEvent(QMouseEvent* event)
{
    const bool clicked = m_pressed && !m_dragging && event->button() == Qt::LeftButton;
    m_pressed = false;
    m_dragging = false;
    setCursor(Qt::ArrowCursor);
    if (!clicked || m_picture == nullptr)
        return;
    const NodeIndex node = m_picture->nodeAt(toDrawing(event->position()));
    if (node == noNode)
        return;
    setFocusedNode(node);
    if (m_picture->look(node).kind == NodeKind::Run)
        Q_EMIT openWanted(node);
    else
        Q_EMIT chosen(node);
}

void GraphView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (m_picture == nullptr || event->button() != Qt::LeftButton)
        return;
    const NodeIndex node = m_picture->nodeAt(toDrawing(event->position()));
    if (node != noNode && m_picture->look(node).kind == NodeKind::Revision)
        Q_EMIT sourceWanted(node);
}

void GraphView::wheelEvent(QWheelEvent* event)
{
    event->accept();
    QToolTip::hideText();
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        setScale(m_scale * std::pow(zoomStep, event->angleDelta().y() / 120.0), event->position());
        return;
    }
    QPointF pixels = event->pixelDelta().isNull()
                         ? QPointF(event->angleDelta()) * (wheelPixels / 120)
                         : QPointF(event->pixelDelta());
    if (event->modifiers().testFlag(Qt::ShiftModifier) && pixels.x() == 0)
        pixels = {pixels.y(), 0};
    scrollBy(-pixels);
}

void GraphView::contextMenuEvent(QContextMenuEvent* event)
{
    if (m_picture == nullptr)
        return;
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const NodeIndex node = byKey ? m_focused : m_picture->nodeAt(toDrawing(event->pos()));
    const QPoint place = byKey && node < m_picture->size()
                             ? mapToGlobal(screenRectOf(node).center().toPoint())
                             : event->globalPos();
    if (node != noNode)
        setFocusedNode(node);
    Q_EMIT menuWanted(node, place);
}

void GraphView::keyPressEvent(QKeyEvent* event)
{
    if (handleZoomKey(*event) || handleTravelKey(*event) || handleNodeKey(*event)) {
        m_ringShown = true;
        m_hoverTimer.stop();
        QToolTip::hideText();
        update();
        return;
    }
    QWidget::keyPressEvent(event);
}

bool GraphView::handleZoomKey(const QKeyEvent& event)
{
    if (!event.modifiers().testFlag(Qt::ControlModifier))
        return false;
    switch (event.key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        Q_EMIT zoomKey(1);
        return true;
    case Qt::Key_Minus:
        Q_EMIT zoomKey(-1);
        return true;
    case Qt::Key_0:
        Q_EMIT zoomKey(0);
        return true;
    case Qt::Key_9:
        Q_EMIT zoomKey(9);
        return true;
    default:
        return false;
    }
}

bool GraphView::handleTravelKey(const QKeyEvent& event)
{
    const bool control = event.modifiers().testFlag(Qt::ControlModifier);
    if (event.modifiers() & (Qt::AltModifier | Qt::MetaModifier))
        return false;
    switch (event.key()) {
    case Qt::Key_Up:
        travel(Travel::Newer);
        return true;
    case Qt::Key_Down:
        travel(Travel::Older);
        return true;
    case Qt::Key_Home:
        travel(Travel::Newest);
        return true;
    case Qt::Key_End:
        travel(Travel::Oldest);
        return true;
    case Qt::Key_PageUp:
        scrollBy({0, -0.85 * height()});
        return true;
    case Qt::Key_PageDown:
        scrollBy({0, 0.85 * height()});
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (!control)
            return false;
        travel(event.key() == Qt::Key_Left ? Travel::OtherLeft : Travel::OtherRight);
        return true;
    default:
        return false;
    }
}

bool GraphView::handleNodeKey(const QKeyEvent& event)
{
    if (event.modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier))
        return false;
    const bool known = m_picture != nullptr && m_focused < m_picture->size();
    switch (event.key()) {
    case Qt::Key_H:
        Q_EMIT headWanted();
        return true;
    case Qt::Key_C:
        Q_EMIT databaseWanted();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (known)
            activate(m_focused);
        return known;
    case Qt::Key_Space:
        if (known)
            Q_EMIT inspectorWanted(m_focused);
        return known;
    case Qt::Key_Right:
        if (known && m_picture->look(m_focused).kind == NodeKind::Run)
            Q_EMIT openWanted(m_focused);
        return known;
    case Qt::Key_Left:
        if (known)
            Q_EMIT foldWanted(m_focused);
        return known;
    default:
        return false;
    }
}

void GraphView::travel(Travel travel)
{
    if (m_picture == nullptr)
        return;
    const NodeIndex node = travelFrom(*m_picture, m_focused, travel);
    if (node == noNode)
        return;
    setFocusedNode(node);
    ensureVisible(node);
    Q_EMIT chosen(node);
}

void GraphView::activate(NodeIndex node)
{
    if (m_picture->look(node).kind == NodeKind::Run)
        Q_EMIT openWanted(node);
    else
        Q_EMIT sourceWanted(node);
}

} // namespace sightglass
