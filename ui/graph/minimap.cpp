// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/minimap.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace sightglass {

namespace {
constexpr double inset = 4;
constexpr double fadedOpacity = 0.22;
/// A long chain is squeezed rather than drawn as a thread.
constexpr double mostSqueeze = 40;
} // namespace

Minimap::Minimap(GraphView& view, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_view(view)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("graphMinimap"));
    setAccessibleName(tr("Overview of the graph"));
    setFixedSize(sizeHint());
    setCursor(Qt::PointingHandCursor);
    connect(&view, &GraphView::viewChanged, this, qOverload<>(&QWidget::update));
}

void Minimap::refresh()
{
    m_nodes = QPixmap();
    update();
}

void Minimap::setFaded(bool faded)
{
    if (faded == m_faded)
        return;
    m_faded = faded;
    update();
}

QRectF Minimap::mapArea() const
{
    const GraphPicture* picture = m_view.picture();
    const QRectF room = QRectF(rect()).adjusted(inset, inset, -inset, -inset);
    if (picture == nullptr || picture->bounds().isEmpty())
        return room;
    const QSizeF drawing = picture->bounds().size();
    double across = room.width() / drawing.width();
    double down = room.height() / drawing.height();
    across = std::min(across, down * mostSqueeze);
    down = std::min(down, across * mostSqueeze);
    // Moderate shapes keep their proportions.
    const double even = std::min(across, down);
    if (std::max(across, down) < even * 6)
        across = down = even;
    const QSizeF size(drawing.width() * across, drawing.height() * down);
    return {room.center() - QPointF(size.width(), size.height()) / 2, size};
}

void Minimap::paintNodes()
{
    const double ratio = devicePixelRatioF();
    m_nodes = QPixmap(size() * ratio);
    m_nodes.setDevicePixelRatio(ratio);
    m_nodes.fill(Qt::transparent);
    const GraphPicture& picture = *m_view.picture();
    const QRectF area = mapArea();
    const double across = area.width() / std::max(picture.bounds().width(), 1.0);
    const double down = area.height() / std::max(picture.bounds().height(), 1.0);
    QPainter painter(&m_nodes);
    painter.setRenderHint(QPainter::Antialiasing);
    for (NodeIndex i = 0; i < picture.size(); ++i) {
        const QRectF rect = picture.rectOf(i);
        const QPointF center =
            area.topLeft() + QPointF(rect.center().x() * across, rect.center().y() * down);
        const QSizeF size(std::max(rect.width() * across, 1.5),
                          std::clamp(rect.height() * down * 0.7, 1.0, 5.0));
        const QRectF mark(center - QPointF(size.width(), size.height()) / 2, size);
        const NodeLook& look = picture.look(i);
        const bool ghost = look.kind == NodeKind::Missing || look.kind == NodeKind::Unknown;
        const QColor color =
            i == m_view.selected() ? m_theme.colors().accent : m_view.painter().dotColor(look);
        if (ghost && size.height() >= 3) {
            painter.setPen(QPen(color, 1, Qt::DotLine));
            painter.setBrush(Qt::NoBrush);
        } else {
            painter.setPen(Qt::NoPen);
            painter.setBrush(color);
        }
        painter.drawRoundedRect(mark, 1.5, 1.5);
    }
}

void Minimap::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_faded && !m_held && !underMouse())
        painter.setOpacity(fadedOpacity);
    painter.setPen(QPen(m_theme.colors().line, 1));
    painter.setBrush(m_theme.colors().panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    const GraphPicture* picture = m_view.picture();
    if (picture == nullptr || picture->size() == 0)
        return;
    if (m_nodes.isNull() || m_nodes.devicePixelRatio() != devicePixelRatioF())
        paintNodes();
    painter.drawPixmap(0, 0, m_nodes);
    const QRectF area = mapArea();
    const QRectF bounds = picture->bounds();
    const double across = area.width() / std::max(bounds.width(), 1.0);
    const double down = area.height() / std::max(bounds.height(), 1.0);
    const QRectF visible = m_view.visibleArea();
    QRectF frame(area.left() + visible.left() * across,
                 area.top() + visible.top() * down,
                 visible.width() * across,
                 std::max(visible.height() * down, 3.0));
    frame = frame.intersected(QRectF(rect()).adjusted(2, 2, -2, -2));
    painter.setPen(QPen(m_theme.colors().accent, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(frame);
}

void Minimap::mousePressEvent(QMouseEvent* event)
{
    m_held = true;
    goTo(event->position());
}

void Minimap::mouseReleaseEvent(QMouseEvent*)
{
    m_held = false;
    update();
}

void Minimap::enterEvent(QEnterEvent*)
{
    update();
}

void Minimap::leaveEvent(QEvent*)
{
    update();
}

void Minimap::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons().testFlag(Qt::LeftButton))
        goTo(event->position());
}

void Minimap::goTo(const QPointF& place)
{
    const GraphPicture* picture = m_view.picture();
    const QRectF area = mapArea();
    if (picture == nullptr || area.isEmpty())
        return;
    const QRectF bounds = picture->bounds();
    m_view.centerOn({(place.x() - area.left()) / area.width() * bounds.width(),
                     (place.y() - area.top()) / area.height() * bounds.height()});
}

} // namespace sightglass
