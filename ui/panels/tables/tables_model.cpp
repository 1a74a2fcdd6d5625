// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/tables/tables_model.h"

#include "core/report/text_layout.h"
#include "ui/jobs/release.h"
#include "ui/text.h"
#include "ui/widgets/row_painting.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
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
    case TableColumn::Size:
    case TableColumn::Forecast:
    case TableColumn::Verdict:
        break;
    }
    return std::nullopt;
}

/// What autogenerate would write, an operation a line.
QString operationsOf(const TableRow& row)
{
    constexpr std::size_t most = 12;
    QStringList lines;
    for (std::size_t i = 0; i < std::min(row.operations.size(), most); ++i)
        lines << toQString(row.operations[i].python);
    if (row.operations.size() > most)
        lines << TablesModel::tr("and %1 more").arg(row.operations.size() - most);
    return lines.join(QLatin1Char('\n'));
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

Pill verdictPill(const TableRow& row)
{
    QString text = toQString(row.verdict);
    if (row.owner && !row.owner->name.empty())
        text = TablesModel::tr("%1, probably made by %2").arg(text, toQString(row.owner->name));
    if (row.isProtected)
        return {.text = TablesModel::tr("protected; %1").arg(text), .tone = Tone::Accent};
    const bool missing = row.live == TablePresence::Lacks && row.chain != TablePresence::Lacks &&
                         row.chain != TablePresence::Unknown;
    // What the models say may be all that is missing: then it is no more than a difference.
    const bool nobodys = row.isUnmanaged() && row.models == TablePresence::Lacks &&
                         row.chain == TablePresence::Lacks;
    if (nobodys || missing)
        return {.text = text, .tone = Tone::Danger};
    if (row.hasDifference())
        return {.text = text, .tone = Tone::Warning};
    const bool all = row.models == TablePresence::Has && row.chain == TablePresence::Has &&
                     row.live == TablePresence::Has;
    return {.text = text, .tone = all ? Tone::Good : Tone::Neutral, .outlined = !all};
}

QString forecastSentence(const TableRow& row)
{
    struct Words
    {
        std::string_view forecast;
        const char* sentence;
    };

    static constexpr std::array all{
        Words{"drop", QT_TR_NOOP("Autogenerate would drop the table")},
        Words{"create", QT_TR_NOOP("Autogenerate would create it")},
        Words{"alter", QT_TR_NOOP("Autogenerate would change it")},
        Words{"may drop", QT_TR_NOOP("Autogenerate may drop the table")},
        Words{"may create", QT_TR_NOOP("Autogenerate may create it")},
        Words{"may alter", QT_TR_NOOP("Autogenerate may change it")},
        Words{"unknown", QT_TR_NOOP("Not known what autogenerate would do")}};
    const auto found = std::ranges::find(all, row.forecast, &Words::forecast);
    return found == all.end() ? QString() : TablesModel::tr(found->sentence);
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
    case TableColumn::Size:
        return shown.bytes ? toQString(sizeText(*shown.bytes)) : QString();
    case TableColumn::Forecast:
        return forecastSentence(shown);
    default:
        return verdictPill(shown).text;
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
    if (role == pillRole && column == TableColumn::Verdict)
        return QVariant::fromValue(verdictPill(row(index.row())));
    const auto& owner = row(index.row()).owner;
    if (role == Qt::ToolTipRole && column == TableColumn::Verdict && owner)
        return QString(cell(index.row(), column) + QLatin1Char('\n') + toQString(owner->evidence));
    if (role == Qt::ToolTipRole && column == TableColumn::Forecast)
        return operationsOf(row(index.row()));
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return cell(index.row(), column);
    return {};
}

QVariant TablesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const auto which = static_cast<TableColumn>(section);
    const bool number = which == TableColumn::Rows || which == TableColumn::Size;
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && number)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    switch (which) {
    case TableColumn::Name:
        return tr("Table");
    case TableColumn::Models:
        return role == Qt::ToolTipRole ? tr("As the project's models declare it") : tr("Models");
    case TableColumn::Chain:
        return role == Qt::ToolTipRole ? tr("As the revisions make it, at the heads")
                                       : tr("Chain at head");
    case TableColumn::Live:
        return role == Qt::ToolTipRole ? tr("As the database has it") : tr("Live");
    case TableColumn::Rows:
        return role == Qt::ToolTipRole ? tr("Rows, as the server estimates") : tr("Rows");
    case TableColumn::Size:
        return role == Qt::ToolTipRole ? tr("With indexes and what is stored apart") : tr("Size");
    case TableColumn::Forecast:
        return role == Qt::ToolTipRole ? tr("What autogenerate would write against the database")
                                       : tr("What happens next");
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
    case TableColumn::Size:
        return one.bytes < other.bytes;
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
