// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/tables/tables_model.h"

#include "ui/jobs/release.h"
#include "ui/text.h"
#include "ui/widgets/row_painting.h"

#include <QLocale>

#include <array>
#include <optional>
#include <utility>

namespace sightglass {

namespace {

std::optional<TablePresence> presenceOf(const TableRow& row, TableColumn column)
{
    switch (column) {
    case TableColumn::Models:
        return row.models;
    case TableColumn::Chain:
        return row.chain;
    case TableColumn::Live:
        return row.live;
    case TableColumn::Name:
    case TableColumn::Rows:
    case TableColumn::Forecast:
    case TableColumn::Verdict:
        break;
    }
    return std::nullopt;
}

} // namespace

Pill presencePill(TablePresence presence)
{
    const QString word = toQString(toText(presence));
    switch (presence) {
    case TablePresence::Has:
        return {.text = QStringLiteral("\u2713 ") + word, .tone = Tone::Good};
    case TablePresence::Differs:
        return {.text = QStringLiteral("\u2260 ") + word, .tone = Tone::Warning};
    case TablePresence::Lacks:
        return {.text = QStringLiteral("\u2212 ") + word, .tone = Tone::Danger};
    case TablePresence::Unknown:
        break;
    }
    return {.text = QStringLiteral("? ") + word, .tone = Tone::Neutral, .outlined = true};
}

TableList TableList::of(std::vector<TableRow> rows)
{
    TableList list{.rows = std::move(rows), .texts = {}};
    list.texts.reserve(list.rows.size());
    for (const TableRow& row : list.rows) {
        QStringList cells;
        for (int column = 0; column < TablesModel::columns; ++column)
            cells << TablesModel::cellOf(row, static_cast<TableColumn>(column));
        list.texts.push_back(cells.join(QLatin1Char('\t')));
    }
    return list;
}

void TablesModel::setList(TableList list)
{
    beginResetModel();
    releaseElsewhere(std::exchange(m_list, std::move(list)));
    endResetModel();
}

int TablesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_list.rows.size());
}

int TablesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QString TablesModel::cellOf(const TableRow& shown, TableColumn column)
{
    if (const auto presence = presenceOf(shown, column))
        return toQString(toText(*presence));
    switch (column) {
    case TableColumn::Name:
        return toQString(toText(shown.name));
    case TableColumn::Rows:
        return shown.rows ? QLocale().toString(static_cast<qlonglong>(*shown.rows)) : QString();
    case TableColumn::Forecast:
        return toQString(shown.forecast);
    default:
        return shown.owner && !shown.owner->name.empty()
                   ? tr("%1, probably made by %2")
                         .arg(toQString(shown.verdict), toQString(shown.owner->name))
                   : toQString(shown.verdict);
    }
}

QVariant TablesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto column = static_cast<TableColumn>(index.column());
    const auto presence = presenceOf(row(index.row()), column);
    if (role == pillRole && presence)
        return QVariant::fromValue(presencePill(*presence));
    const auto& owner = row(index.row()).owner;
    if (role == Qt::ToolTipRole && column == TableColumn::Verdict && owner)
        return toQString(owner->evidence);
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return cell(index.row(), column);
    return {};
}

QVariant TablesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    switch (static_cast<TableColumn>(section)) {
    case TableColumn::Name:
        return tr("Table");
    case TableColumn::Models:
        return role == Qt::ToolTipRole ? tr("As the project's models declare it") : tr("Models");
    case TableColumn::Chain:
        return role == Qt::ToolTipRole ? tr("As the revisions make it, at the heads") : tr("Chain");
    case TableColumn::Live:
        return role == Qt::ToolTipRole ? tr("As the database has it") : tr("Live");
    case TableColumn::Rows:
        return role == Qt::ToolTipRole ? tr("Rows, as the server estimates") : tr("Rows");
    case TableColumn::Forecast:
        return role == Qt::ToolTipRole ? tr("What autogenerate would write against the database")
                                       : tr("Autogenerate");
    case TableColumn::Verdict:
        return tr("Verdict");
    }
    return {};
}

bool TablesModel::less(int column, int left, int right) const
{
    const auto which = static_cast<TableColumn>(column);
    const TableRow& one = row(left);
    const TableRow& other = row(right);
    if (const auto presence = presenceOf(one, which))
        return *presence < *presenceOf(other, which);
    switch (which) {
    case TableColumn::Name:
        return one.name < other.name;
    case TableColumn::Rows:
        return one.rows < other.rows;
    case TableColumn::Forecast:
        return one.forecast < other.forecast;
    default:
        return one.verdict < other.verdict;
    }
}

QString TablesModel::line(int number) const
{
    return m_list.texts[static_cast<std::size_t>(number)];
}

} // namespace sightglass
