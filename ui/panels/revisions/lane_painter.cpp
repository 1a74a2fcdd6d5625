// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/revisions/lane_painter.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace sightglass {

namespace {

QPen edgePen(const LaneSegment& segment, const Theme& theme)
{
    QPen pen(theme.lane(segment.color), 1.5);
    pen.setCapStyle(Qt::FlatCap);
    if (segment.kind == EdgeKind::Missing) {
        pen.setColor(theme.colors().danger);
        pen.setDashPattern({3, 2});
    } else if (segment.kind == EdgeKind::Dependency) {
        pen.setDashPattern({1, 2});
    }
    return pen;
}

/// From the node sideways into its lane, with one rounded corner.
QPainterPath fromNode(const QPointF& node, double x, double y)
{
    QPainterPath path(node);
    if (node.x() == x) {
        path.lineTo(x, y);
        return path;
    }
    path.cubicTo(QPointF(x, node.y()), QPointF(x, node.y()), QPointF(x, (node.y() + y) / 2));
    path.lineTo(x, y);
    return path;
}

QPainterPath between(const QPointF& top, const QPointF& bottom)
{
    QPainterPath path(top);
    if (top.x() == bottom.x()) {
        path.lineTo(bottom);
        return path;
    }
    const double middle = (top.y() + bottom.y()) / 2;
    path.cubicTo(QPointF(top.x(), middle), QPointF(bottom.x(), middle), bottom);
    return path;
}

} // namespace

void LanePainter::paintSegment(QPainter& painter,
                               const QRectF& area,
                               const LaneRow& row,
                               const LaneSegment& segment) const
{
    const QPointF node(laneX(area, row.lane), area.center().y());
    painter.setPen(edgePen(segment, m_theme));
    if (segment.top >= 0 && segment.bottom >= 0) {
        painter.drawPath(between({laneX(area, segment.top), area.top()},
                                 {laneX(area, segment.bottom), area.bottom()}));
    } else if (segment.top >= 0) {
        painter.drawPath(fromNode(node, laneX(area, segment.top), area.top()));
    } else if (segment.bottom >= 0) {
        painter.drawPath(fromNode(node, laneX(area, segment.bottom), area.bottom()));
    } else { // cut: every lane is taken, the edge goes on where there is none
        painter.drawLine(node, node + QPointF(11, 0));
        painter.drawLine(node + QPointF(11, 0), node + QPointF(8, -3));
        painter.drawLine(node + QPointF(11, 0), node + QPointF(8, 3));
    }
}

void LanePainter::paintNode(QPainter& painter, const QPointF& center, const NodeSign& sign) const
{
    const ThemeColors& colors = m_theme.colors();
    const double radius = std::min(4.5, std::max(2.5, m_pitch * 0.4));
    QPen pen(colors.dim, 1.5);
    QBrush inside(colors.panel);
    switch (sign.state) {
    case RevisionState::Applied:
        pen.setColor(sign.danger ? colors.danger : colors.accent);
        inside = QBrush(colors.accent);
        break;
    case RevisionState::Pending:
        pen.setColor(sign.danger ? colors.danger : colors.dim);
        break;
    case RevisionState::NotKnown:
        pen.setColor(sign.danger ? colors.danger : colors.ghost);
        break;
    case RevisionState::Missing:
    case RevisionState::OnlyInDatabase:
        pen.setColor(colors.danger);
        pen.setDashPattern({1.6, 1.4});
        break;
    }
    painter.setBrush(colors.panel);
    if (sign.merge && m_pitch >= LanePainter::fullPitch) {
        painter.setPen(QPen(pen.color(), 1));
        painter.drawEllipse(center, radius + 2.2, radius + 2.2);
    }
    painter.setPen(pen);
    painter.setBrush(inside);
    painter.drawEllipse(center, radius, radius);
    painter.setBrush(Qt::NoBrush);
}

void LanePainter::paint(QPainter& painter,
                        const QRectF& area,
                        const LaneRow& row,
                        const NodeSign& sign) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(area, Qt::IntersectClip);
    painter.setBrush(Qt::NoBrush);
    for (const LaneSegment& segment : row.segments)
        paintSegment(painter, area, row, segment);
    paintNode(painter, {laneX(area, row.lane), area.center().y()}, sign);
    painter.restore();
}

} // namespace sightglass
