// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/graph_painter.h"

#include "ui/text.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace sightglass {

namespace {

constexpr double corner = 6;
constexpr double sideRoom = 13;
constexpr double roomAbove = 8;
constexpr double betweenLines = 4;
constexpr double dangerBar = 4;
constexpr double flagGap = 14;
constexpr double flagTip = 11;
constexpr double flagRoom = 18;
constexpr double signRadius = 4;

QString flagText()
{
    return QCoreApplication::translate("sightglass::GraphMap", "database is here");
}

/// Of a revision that the version table does not name and the schema is at.
QString likenessText()
{
    return QCoreApplication::translate("sightglass::GraphMap", "looks like this");
}

bool isDanger(const NodeLook& look)
{
    return look.worst <= Severity::High && look.findings > 0;
}

bool isWarning(const NodeLook& look)
{
    return look.worst == Severity::Medium && look.findings > 0;
}

bool isGhost(const NodeLook& look)
{
    return look.kind == NodeKind::Missing || look.kind == NodeKind::Unknown;
}

QPainterPath pathOf(const std::vector<Point>& points)
{
    QPainterPath path(QPointF(points.front().x, points.front().y));
    for (std::size_t i = 1; i + 2 < points.size(); i += 3)
        path.cubicTo(points[i].x,
                     points[i].y,
                     points[i + 1].x,
                     points[i + 1].y,
                     points[i + 2].x,
                     points[i + 2].y);
    return path;
}

} // namespace

Detail detailAt(double scale)
{
    if (scale >= 0.6)
        return Detail::Cards;
    return scale >= 0.35 ? Detail::Ids : Detail::Dots;
}

GraphPainter::GraphPainter(const Theme& theme)
    : m_theme(theme)
{
    forget();
}

void GraphPainter::forget()
{
    m_titles.clear();
    m_text = m_theme.textFont();
    m_title = m_text;
    m_title.setWeight(QFont::DemiBold);
    m_code = m_theme.codeFont();
    m_small = m_theme.smallFont();
}

CardSizes GraphPainter::sizes() const
{
    const QFontMetricsF title(m_title);
    const QFontMetricsF code(m_code);
    const QFontMetricsF text(m_text);
    const double second =
        std::max(code.height(), pillSize({.text = QStringLiteral("head")}, m_small).height());
    const double unit = text.horizontalAdvance(QLatin1Char('0'));
    CardSizes sizes;
    sizes.cardWidth = std::round(std::max(218.0, unit * 28));
    sizes.cardHeight =
        std::round(std::max(52.0, 2 * roomAbove + betweenLines + title.height() + second));
    sizes.pillWidth = std::round(
        std::max(118.0, text.horizontalAdvance(QStringLiteral("100,000 revisions")) + 24));
    sizes.pillHeight = std::round(std::max(32.0, text.height() + 14));
    sizes.flagWidth = flagRect({}).width() + flagGap;
    sizes.gapDown = 36;
    return sizes;
}

QRectF GraphPainter::flagRect(const QRectF& card) const
{
    const QFontMetricsF metrics(m_title);
    const double width = std::ceil(metrics.horizontalAdvance(flagText()) + flagTip + 2 * flagRoom);
    const double height = std::ceil(metrics.height() + 12);
    return {card.right() + flagGap, std::round(card.center().y() - height / 2), width, height};
}

void GraphPainter::paint(QPainter& painter,
                         const GraphPicture& picture,
                         const QRectF& area,
                         double scale,
                         const GraphMarks& marks) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    for (const std::uint32_t edge : picture.edgesIn(area.adjusted(-8, -8, 8, 8)))
        paintEdge(painter, picture, edge, scale);
    const double reach = flagRect({}).width() + flagGap + 8;
    for (const NodeIndex node : picture.nodesIn(area.adjusted(-reach, -8, 8, 8)))
        paintNode(painter, picture, node, scale, marks);
}

void GraphPainter::paintEdge(QPainter& painter,
                             const GraphPicture& picture,
                             std::uint32_t number,
                             double scale) const
{
    const auto& points = picture.drawing().edges[number].points;
    if (points.size() < 4)
        return;
    const EdgeKind kind = picture.drawing().skeleton.edges[number].kind;
    const QColor color =
        kind == EdgeKind::Missing ? m_theme.colors().danger : m_theme.colors().edge;
    QPen pen(color, std::max(kind == EdgeKind::Dependency ? 1.25 : 1.5, 1 / scale));
    pen.setCapStyle(Qt::FlatCap);
    if (kind == EdgeKind::Missing)
        pen.setDashPattern({3, 2});
    if (kind == EdgeKind::Dependency)
        pen.setDashPattern({1.2, 2.4});
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(pathOf(points));
    if (detailAt(scale) == Detail::Dots)
        return;
    // The arrow points the way that the last piece of the curve takes into the newer card.
    const QPointF end(points.back().x, points.back().y);
    const Point& before = points[points.size() - 2];
    const double angle = std::atan2(end.y() - before.y, end.x() - before.x);
    const double length = kind == EdgeKind::Dependency ? 7.5 : 9.5;
    const double half = kind == EdgeKind::Dependency ? 3.5 : 4.75;
    const QPointF back = end - QPointF(std::cos(angle), std::sin(angle)) * length;
    const QPointF side = QPointF(-std::sin(angle), std::cos(angle)) * half;
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(QPolygonF{end, back + side, back - side});
}

void GraphPainter::paintNode(QPainter& painter,
                             const GraphPicture& picture,
                             NodeIndex node,
                             double scale,
                             const GraphMarks& marks) const
{
    const NodeLook& look = picture.look(node);
    const QRectF box = picture.rectOf(node);
    const bool selected = node == marks.selected;
    const Detail detail = detailAt(scale);
    if (node == marks.flashing && marks.flash > 0) {
        QColor glow = m_theme.colors().accent;
        glow.setAlphaF(static_cast<float>(0.55 * marks.flash));
        const double reach = 10 / std::min(scale, 1.0);
        painter.setPen(Qt::NoPen);
        painter.setBrush(glow);
        painter.drawRoundedRect(
            box.adjusted(-reach, -reach, reach, reach), corner + reach, corner + reach);
    }
    if (detail == Detail::Cards)
        paintCard(painter, look, node, box, selected);
    else if (detail == Detail::Ids)
        paintId(painter, look, box, scale, selected);
    else
        paintDot(painter, look, box, scale, selected);
    if (look.databaseHere || look.looksLike)
        paintFlag(painter, box, detail, look.databaseHere);
    if (node == marks.focused) {
        const double away = 4 / std::min(scale, 1.0);
        const double radius = look.kind == NodeKind::Run ? box.height() / 2 + away : corner + away;
        painter.setPen(QPen(m_theme.colors().accent, 2 / std::min(scale, 1.0)));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box.adjusted(-away, -away, away, away), radius, radius);
    }
}

QPen GraphPainter::borderOf(const NodeLook& look, bool selected) const
{
    const ThemeColors& colors = m_theme.colors();
    if (selected)
        return {colors.accent, 2};
    if (isGhost(look)) {
        QPen pen(colors.danger, 1.5);
        pen.setDashPattern({3, 2});
        return pen;
    }
    if (isDanger(look))
        return {colors.danger, 1.5};
    if (isWarning(look))
        return {colors.warning, 1.5};
    return {colors.line, 1};
}

void GraphPainter::paintFrame(QPainter& painter,
                              const NodeLook& look,
                              const QRectF& box,
                              bool selected) const
{
    const ThemeColors& colors = m_theme.colors();
    const QPen border = borderOf(look, selected);
    const double inset = border.widthF() / 2;
    const QRectF outline = box.adjusted(inset, inset, -inset, -inset);
    if (look.copies > 1) {
        // A second card behind: several files define this id.
        painter.setPen(QPen(colors.danger, 1));
        painter.setBrush(colors.panel);
        painter.drawRoundedRect(outline.translated(5, -5), corner, corner);
    }
    const QColor fill = selected        ? colors.selection
                        : isGhost(look) ? colors.background
                                        : colors.panel;
    painter.setPen(Qt::NoPen);
    if (isDanger(look) && !isGhost(look)) {
        painter.setBrush(colors.danger);
        painter.drawRoundedRect(outline, corner, corner);
        painter.setBrush(fill);
        painter.drawRoundedRect(outline.adjusted(dangerBar, 0, 0, 0), 2, 2);
        // The right corners follow the frame.
        painter.drawRoundedRect(outline.adjusted(dangerBar + corner, 0, 0, 0), corner, corner);
    } else {
        painter.setBrush(fill);
        painter.drawRoundedRect(outline, corner, corner);
    }
    painter.setPen(border);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(outline, corner, corner);
}

void GraphPainter::paintCard(
    QPainter& painter, const NodeLook& look, NodeIndex node, const QRectF& box, bool selected) const
{
    if (look.kind == NodeKind::Run) {
        paintRun(painter, look, box);
        return;
    }
    paintFrame(painter, look, box, selected);
    const ThemeColors& colors = m_theme.colors();
    const bool sign = look.state == RevisionState::Applied || look.state == RevisionState::Pending;
    const QFontMetricsF title(m_title);
    const double textWidth = box.width() - 2 * sideRoom - (sign ? 2 * signRadius + 6 : 0);
    auto text = m_titles.constFind(node);
    if (text == m_titles.constEnd())
        text = m_titles.insert(node, title.elidedText(look.title, Qt::ElideRight, textWidth));
    const QRectF first(box.left() + sideRoom, box.top() + roomAbove, textWidth, title.height());
    painter.setFont(m_title);
    painter.setPen(isGhost(look) ? colors.danger : colors.ink);
    painter.drawText(QPointF(first.left(), first.top() + title.ascent()), *text);
    if (sign)
        paintSign(painter, look.state, {box.right() - sideRoom - signRadius, first.center().y()});

    const QFontMetricsF code(m_code);
    const double middle =
        box.bottom() - roomAbove - pillSize({.text = QStringLiteral("x")}, m_small).height() / 2;
    painter.setFont(m_code);
    painter.setPen(colors.dim);
    painter.drawText(QPointF(first.left(), middle + (code.ascent() - code.descent()) / 2), look.id);
    paintPills(painter, look, box, code.horizontalAdvance(look.id));
}

void GraphPainter::paintSign(QPainter& painter, RevisionState state, const QPointF& center) const
{
    const bool filled = state == RevisionState::Applied;
    painter.setBrush(filled ? QBrush(m_theme.colors().accent) : QBrush(Qt::NoBrush));
    painter.setPen(filled ? QPen(Qt::NoPen) : QPen(m_theme.colors().dim, 1.5));
    const double radius = filled ? signRadius : signRadius - 0.75;
    painter.drawEllipse(center, radius, radius);
}

/// From the right, most important first; what finds no room is counted.
void GraphPainter::paintPills(QPainter& painter,
                              const NodeLook& look,
                              const QRectF& box,
                              double idWidth) const
{
    constexpr double gap = 4;
    const auto widthOf = [this](const Pill& pill) { return pillSize(pill, m_small).width(); };
    const double least = box.left() + sideRoom + idWidth + 8;
    double right = box.right() - sideRoom + 1;
    for (std::size_t i = 0; i < look.pills.size(); ++i) {
        const std::size_t left = look.pills.size() - i;
        const Pill rest{
            .text = QStringLiteral("+%1").arg(left), .tone = Tone::Neutral, .outlined = true};
        const double restWidth = left > 1 ? widthOf(rest) + gap : 0;
        Pill pill = look.pills[i];
        double width = widthOf(pill);
        if (right - width - restWidth < least && i > 0) {
            pill = rest;
            width = widthOf(rest);
            if (right - width < least)
                return;
        } else {
            width = std::min(width, right - restWidth - least);
        }
        if (width < 2 * corner)
            return;
        const double height = pillSize(pill, m_small).height();
        paintPill(painter,
                  {right - width, box.bottom() - roomAbove - height, width, height},
                  pill,
                  m_theme,
                  m_small);
        if (pill == rest)
            return;
        right -= width + gap;
    }
}

void GraphPainter::paintRun(QPainter& painter, const NodeLook& look, const QRectF& box) const
{
    const ThemeColors& colors = m_theme.colors();
    const QRectF outline = box.adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(colors.line, 1));
    painter.setBrush(colors.panel);
    painter.drawRoundedRect(outline, outline.height() / 2, outline.height() / 2);
    const bool sign = look.state == RevisionState::Applied || look.state == RevisionState::Pending;
    if (sign)
        paintSign(painter, look.state, {box.left() + 13, box.center().y()});
    painter.setFont(m_text);
    painter.setPen(colors.dim);
    painter.drawText(box.adjusted(sign ? 12 : 0, 0, 0, 0), Qt::AlignCenter, look.title);
}

void GraphPainter::paintId(
    QPainter& painter, const NodeLook& look, const QRectF& box, double scale, bool selected) const
{
    const bool run = look.kind == NodeKind::Run;
    if (run) {
        painter.setPen(QPen(m_theme.colors().line, 1 / scale));
        painter.setBrush(m_theme.colors().panel);
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
    } else {
        paintFrame(painter, look, box, selected);
    }
    QFont font = run ? m_text : m_code;
    font.setPixelSize(static_cast<int>(std::min(11 / scale, box.height() * 0.55)));
    const QString text = run ? look.title.section(QLatin1Char(' '), 0, 0) : look.id;
    painter.setFont(font);
    painter.setPen(isGhost(look) ? m_theme.colors().danger : m_theme.colors().ink);
    const double room = box.width() - 8 / scale;
    painter.drawText(
        box, Qt::AlignCenter, QFontMetricsF(font).elidedText(text, Qt::ElideRight, room));
}

QColor GraphPainter::dotColor(const NodeLook& look) const
{
    const ThemeColors& colors = m_theme.colors();
    if (isGhost(look) || isDanger(look))
        return colors.danger;
    if (isWarning(look))
        return colors.warning;
    return look.databaseHere ? colors.accent : colors.edge;
}

void GraphPainter::paintDot(
    QPainter& painter, const NodeLook& look, const QRectF& box, double scale, bool selected) const
{
    const ThemeColors& colors = m_theme.colors();
    const QColor color = selected ? colors.accent : dotColor(look);
    const bool hollow =
        isGhost(look) || look.state == RevisionState::Pending || look.kind == NodeKind::Run;
    const double width = 1.5 / scale;
    QPen pen(color, width);
    if (isGhost(look))
        pen.setDashPattern({2, 1.5});
    painter.setPen(hollow ? pen : QPen(Qt::NoPen));
    painter.setBrush(hollow ? colors.panel : color);
    const double inset = hollow ? width / 2 : 0;
    const double radius =
        look.kind == NodeKind::Run ? box.height() / 2 : std::min(2 / scale, box.height() / 3);
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius);
}

void GraphPainter::paintFlag(QPainter& painter,
                             const QRectF& card,
                             Detail detail,
                             bool recorded) const
{
    const ThemeColors& colors = m_theme.colors();
    const QRectF flag = flagRect(card);
    const QPolygonF shape{QPointF(flag.left(), flag.center().y()),
                          QPointF(flag.left() + flagTip, flag.top()),
                          flag.topRight(),
                          flag.bottomRight(),
                          QPointF(flag.left() + flagTip, flag.bottom())};
    // What is only inferred is drawn as an outline: it is an answer of another kind.
    painter.setPen(recorded ? QPen(Qt::NoPen) : QPen(colors.accent, 1.5, Qt::DashLine));
    painter.setBrush(recorded ? colors.accent : colors.panel);
    painter.drawPolygon(shape);
    if (detail == Detail::Dots)
        return;
    painter.setFont(m_title);
    painter.setPen(recorded ? colors.accentInk : colors.accent);
    painter.drawText(
        flag.adjusted(flagTip, 0, 0, 0), Qt::AlignCenter, recorded ? flagText() : likenessText());
}

} // namespace sightglass
