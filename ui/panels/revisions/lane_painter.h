// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/lanes.h"
#include "ui/panels/revision_facts.h"
#include "ui/theme.h"

#include <QRectF>

class QPainter;

namespace sightglass {

/// How a row's node is drawn.
struct NodeSign
{
    RevisionState state = RevisionState::NotKnown;
    bool merge = false;  ///< a ring around it
    bool danger = false; ///< something critical or high is known of it
};

/// Lanes and node of one row of the revisions list, into `area`: lane 0 at its left.
class LanePainter
{
public:
    /// `pitch` is the distance of two lanes; below 12 where many lanes share a narrow column.
    LanePainter(const Theme& theme, double pitch)
        : m_theme(theme)
        , m_pitch(pitch)
    {}

    static constexpr double fullPitch = 12;
    static constexpr double roomLeft = 18; ///< from the area's edge to the centre of lane 0

    double widthFor(int lanes) const { return roomLeft + m_pitch * std::max(0, lanes - 1) + 14; }

    void
    paint(QPainter& painter, const QRectF& area, const LaneRow& row, const NodeSign& sign) const;

private:
    double laneX(const QRectF& area, int lane) const
    {
        return area.left() + roomLeft + m_pitch * lane;
    }

    void paintSegment(QPainter& painter,
                      const QRectF& area,
                      const LaneRow& row,
                      const LaneSegment& segment) const;
    void paintNode(QPainter& painter, const QPointF& center, const NodeSign& sign) const;

    const Theme& m_theme;
    double m_pitch;
};

} // namespace sightglass
