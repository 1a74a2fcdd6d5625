// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/dot_layout.h"
#include "ui/graph/graph_picture.h"
#include "ui/theme.h"

#include <QFont>
#include <QHash>

class QPainter;
class QPainterPath;

namespace sightglass {

/// How much of a card can be read at a scale.
enum class Detail
{
    Cards,
    Ids,
    Dots
};

Detail detailAt(double scale);

/// What stands out at the moment.
struct GraphMarks
{
    NodeIndex selected = noNode;
    NodeIndex focused = noNode; ///< gets the focus ring
    NodeIndex flashing = noNode;
    double flash = 0; ///< 1 at its brightest, 0 over
};

/// Paints the map, in drawing coordinates: the window, SVG and PNG come from here.
class GraphPainter
{
public:
    explicit GraphPainter(const Theme& theme);

    /// Sizes of cards and gaps for the fonts in use.
    CardSizes sizes() const;
    /// Fonts, colours or the picture changed.
    void forget();

    /// The part of the picture inside `area`. `scale` is screen pixels per drawing pixel.
    void paint(QPainter& painter,
               const GraphPicture& picture,
               const QRectF& area,
               double scale,
               const GraphMarks& marks) const;

    /// Colour of a node where it is only a dot: here and in the minimap.
    QColor dotColor(const NodeLook& look) const;
    /// Where the flag of a card at `card` stands.
    QRectF flagRect(const QRectF& card) const;

private:
    void paintEdge(QPainter& painter,
                   const GraphPicture& picture,
                   std::uint32_t edge,
                   double scale) const;
    void paintNode(QPainter& painter,
                   const GraphPicture& picture,
                   NodeIndex node,
                   double scale,
                   const GraphMarks& marks) const;
    void paintCard(QPainter& painter,
                   const NodeLook& look,
                   NodeIndex node,
                   const QRectF& box,
                   bool selected) const;
    void
    paintFrame(QPainter& painter, const NodeLook& look, const QRectF& box, bool selected) const;
    void
    paintPills(QPainter& painter, const NodeLook& look, const QRectF& box, double idWidth) const;
    void paintSign(QPainter& painter, RevisionState state, const QPointF& center) const;
    void paintRun(QPainter& painter, const NodeLook& look, const QRectF& box) const;
    void paintId(QPainter& painter,
                 const NodeLook& look,
                 const QRectF& box,
                 double scale,
                 bool selected) const;
    void paintDot(QPainter& painter,
                  const NodeLook& look,
                  const QRectF& box,
                  double scale,
                  bool selected) const;
    void paintFlag(QPainter& painter, const QRectF& card, Detail detail, bool recorded) const;
    QPen borderOf(const NodeLook& look, bool selected) const;

    const Theme& m_theme;
    QFont m_title, m_text, m_code, m_small;
    mutable QHash<NodeIndex, QString> m_titles; ///< cut to the card's width
};

} // namespace sightglass
