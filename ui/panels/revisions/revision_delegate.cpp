// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/revisions/revision_delegate.h"

#include "ui/panels/revisions/lane_painter.h"
#include "ui/widgets/row_painting.h"

#include <QPainter>

namespace sightglass {

namespace {
constexpr double roomRight = 10;
constexpr double cellRoom = 8;
constexpr double roomBeforePill = 8;
constexpr double pillsShare = 0.62; ///< of the row, where there is more than one
constexpr double lanesShare = 0.4;  ///< of the column, at most
constexpr double leastPitch = 3;

double pitchFor(double width, int lanes)
{
    if (lanes <= 1)
        return LanePainter::fullPitch;
    const double room = width * lanesShare - LanePainter::roomLeft;
    return std::clamp(room / (lanes - 1), leastPitch, LanePainter::fullPitch);
}

CellLook lookOf(RevisionColumn column)
{
    switch (column) {
    case RevisionColumn::Message:
        return {};
    case RevisionColumn::Id:
        return {.font = CellFont::Code};
    case RevisionColumn::Created:
        return {.dim = true};
    case RevisionColumn::State:
        return {.dim = true};
    case RevisionColumn::File:
        return {.font = CellFont::Code, .dim = true, .elide = Qt::ElideMiddle};
    }
    return {};
}
} // namespace

RevisionDelegate::RevisionDelegate(const Theme& theme,
                                   const RevisionsModel& model,
                                   const FilteredRows& rows,
                                   QObject* parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
    , m_model(model)
    , m_rows(rows)
{}

double RevisionDelegate::paintPillsAtRight(QPainter& painter, const QRectF& area, int row) const
{
    const QFont font = m_theme.smallFont();
    const double least = area.left() + area.width() * (1 - pillsShare);
    double right = area.right();
    for (const Pill& pill : m_model.pills(row)) {
        const QSizeF size = pillSize(pill, font);
        const bool first = right == area.right();
        if (!first && right - size.width() < least)
            break;
        const double width = std::min(size.width(), area.width() / 2);
        const QRectF box(
            right - width, area.center().y() - size.height() / 2, width, size.height());
        paintPill(painter, box, pill, m_theme, font);
        right = box.left() - roomBeforePill;
    }
    return right;
}

void RevisionDelegate::paintFirst(QPainter& painter, const QRectF& area, int row) const
{
    LaneRow lane = {};
    const LaneRow* shown = &m_model.laneRow(row);
    int lanes = m_model.laneCount();
    if (!m_lanesShown) {
        lane.id = shown->id;
        lane.kind = shown->kind;
        shown = &lane;
        lanes = 1;
    }
    const LanePainter lanePainter(m_theme, pitchFor(area.width(), lanes));
    const QRectF laneArea(area.left(), area.top(), lanePainter.widthFor(lanes), area.height());
    const auto danger = m_model.findings().dangerPill(shown->id).has_value();
    lanePainter.paint(
        painter,
        laneArea,
        *shown,
        {.state = m_model.state(row), .merge = m_model.isMerge(row), .danger = danger});
    const double right =
        paintPillsAtRight(painter, area.adjusted(laneArea.width(), 0, -roomRight, 0), row);
    const QRectF text(
        laneArea.right(), area.top(), std::max(0.0, right - laneArea.right()), area.height());
    paintCellText(painter, text, m_model.message(row), {}, m_theme);
}

void RevisionDelegate::paint(QPainter* painter,
                             const QStyleOptionViewItem& option,
                             const QModelIndex& index) const
{
    painter->save();
    paintRowBackground(*painter, option, index, m_theme, false);
    const int row = m_rows.sourceRow(index.row());
    const QRectF area(option.rect);
    if (row == m_flash)
        painter->fillRect(area, m_theme.colors().accentSoft);
    const auto column = static_cast<RevisionColumn>(index.column());
    if (column == RevisionColumn::Message)
        paintFirst(*painter, area, row);
    else
        paintCellText(*painter,
                      area.adjusted(cellRoom, 0, -cellRoom, 0),
                      index.data().toString(),
                      lookOf(column),
                      m_theme);
    painter->restore();
}

} // namespace sightglass
