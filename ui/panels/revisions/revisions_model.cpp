// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/revisions/revisions_model.h"

#include "ui/text.h"
#include "ui/widgets/row_painting.h"

#include <algorithm>

namespace sightglass {

namespace {
constexpr qsizetype longestLabelPill = 14;
constexpr std::string_view renamedRule = "file-name";
constexpr std::size_t findingsInToolTip = 6;

/// Any rule about a file whose name differs from its id.
bool saysRenamed(const std::vector<std::uint32_t>& numbers, const Inspection& inspection)
{
    return std::any_of(numbers.begin(), numbers.end(), [&](std::uint32_t number) {
        return inspection.findings[number].rule.find(renamedRule) != std::string::npos;
    });
}
} // namespace

void RevisionsModel::setInspection(std::shared_ptr<const Inspection> inspection)
{
    beginResetModel();
    m_inspection = std::move(inspection);
    m_findings = FindingsByRevision(m_inspection);
    m_drift = m_inspection == nullptr ? DriftMarks() : DriftMarks(*m_inspection);
    m_lanes = m_inspection == nullptr
                  ? LaneRows()
                  : assignLanes(*m_inspection->graph, m_inspection->unknownRows);
    m_ghosts.clear();
    m_rowOfRevision.assign(m_inspection == nullptr ? 0 : m_inspection->graph->size(), -1);
    for (std::size_t row = 0; row < m_lanes.rows.size(); ++row) {
        const LaneRow& lane = m_lanes.rows[row];
        if (lane.kind == NodeKind::Revision)
            m_rowOfRevision[lane.revision] = static_cast<int>(row);
        else
            m_ghosts.push_back(static_cast<int>(row));
    }
    endResetModel();
}

int RevisionsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lanes.rows.size());
}

int RevisionsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant RevisionsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int row = index.row();
    switch (role) {
    case Qt::DisplayRole:
        return text(row, static_cast<RevisionColumn>(index.column()));
    case Qt::ToolTipRole:
        return toolTip(row);
    case Qt::AccessibleTextRole:
        return index.column() == 0 ? QVariant(spoken(row)) : QVariant();
    case revisionIdRole:
        return toQString(laneRow(row).id);
    default:
        return {};
    }
}

QVariant RevisionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<RevisionColumn>(section)) {
    case RevisionColumn::Message:
        return tr("Message");
    case RevisionColumn::Id:
        return tr("Id");
    case RevisionColumn::Created:
        return tr("Date");
    case RevisionColumn::State:
        return tr("State");
    case RevisionColumn::File:
        return tr("File");
    }
    return {};
}

const Revision* RevisionsModel::revision(int row) const
{
    const LaneRow& lane = laneRow(row);
    return lane.kind == NodeKind::Revision ? &m_inspection->graph->revision(lane.revision)
                                           : nullptr;
}

RevisionState RevisionsModel::state(int row) const
{
    const LaneRow& lane = laneRow(row);
    if (lane.kind == NodeKind::Missing)
        return RevisionState::Missing;
    if (lane.kind == NodeKind::Unknown)
        return RevisionState::OnlyInDatabase;
    return stateOf(*m_inspection, lane.revision);
}

bool RevisionsModel::isMerge(int row) const
{
    const LaneRow& lane = laneRow(row);
    return lane.kind == NodeKind::Revision && m_inspection->graph->isMergePoint(lane.revision);
}

QString RevisionsModel::message(int row) const
{
    const LaneRow& lane = laneRow(row);
    if (lane.kind == NodeKind::Missing)
        return tr("missing revision");
    if (lane.kind == NodeKind::Unknown)
        return tr("only in database");
    const QString text = toQString(revision(row)->message).simplified();
    return text.isEmpty() ? toQString(lane.id) : text;
}

QString RevisionsModel::text(int row, RevisionColumn column) const
{
    const Revision* const known = revision(row);
    switch (column) {
    case RevisionColumn::Message:
        return message(row);
    case RevisionColumn::Id:
        return toQString(laneRow(row).id);
    case RevisionColumn::Created:
        return known != nullptr && known->created ? toQString(*known->created).left(10) : QString();
    case RevisionColumn::State:
        return m_drift.leftNoTrace(laneRow(row).id) ? tr("%1, no trace").arg(stateWord(state(row)))
                                                    : stateWord(state(row));
    case RevisionColumn::File:
        return known == nullptr ? QString() : fileName(known->span.file);
    }
    return {};
}

std::vector<Pill> RevisionsModel::pills(int row) const
{
    std::vector<Pill> marks;
    if (const auto drift = m_drift.pill(laneRow(row).id))
        marks.push_back(*drift);
    const auto most = pill(row);
    if (most)
        marks.insert(most->tone == Tone::Danger ? marks.begin() : marks.end(), *most);
    return marks;
}

std::optional<Pill> RevisionsModel::pill(int row) const
{
    const LaneRow& lane = laneRow(row);
    if (lane.kind == NodeKind::Missing)
        return Pill{.text = tr("missing"), .tone = Tone::Danger};
    if (lane.kind == NodeKind::Unknown)
        return Pill{.text = tr("no file"), .tone = Tone::Danger};
    if (const auto danger = m_findings.dangerPill(lane.id))
        return danger;
    if (saysRenamed(m_findings.of(lane.id), *m_inspection))
        return Pill{.text = tr("renamed"), .tone = Tone::Warning};
    if (m_inspection->graph->isHead(lane.revision))
        return Pill{.text = tr("head"), .tone = Tone::Accent};
    const std::vector<RevisionReference>& labels = revision(row)->labels;
    if (labels.empty())
        return std::nullopt;
    QString label = toQString(labels.front().id);
    if (label.size() > longestLabelPill)
        label = label.left(longestLabelPill - 1) + QChar(0x2026);
    return Pill{.text = label, .tone = Tone::Neutral, .outlined = true};
}

int RevisionsModel::rowOf(const QString& id) const
{
    if (m_inspection == nullptr)
        return -1;
    const std::string wanted = toStd(id);
    if (const auto found = m_inspection->graph->find(wanted))
        return m_rowOfRevision[*found];
    const auto ghost = std::find_if(
        m_ghosts.begin(), m_ghosts.end(), [&](int row) { return laneRow(row).id == wanted; });
    return ghost == m_ghosts.end() ? -1 : *ghost;
}

QString RevisionsModel::toolTip(int row) const
{
    const LaneRow& lane = laneRow(row);
    const Revision* const known = revision(row);
    QStringList lines{toQString(lane.id)};
    if (known != nullptr) {
        lines.prepend(message(row));
        if (known->created)
            lines << toQString(*known->created);
        lines << placeText(known->span);
    }
    lines << stateSentence(*m_inspection, state(row));
    if (const QString drift = driftSentence(m_drift, lane.id); !drift.isEmpty())
        lines << drift;
    const std::vector<std::uint32_t>& numbers = m_findings.of(lane.id);
    for (std::size_t i = 0; i < numbers.size() && i < findingsInToolTip; ++i) {
        const Finding& finding = m_inspection->findings[numbers[i]];
        lines << severityWord(finding.severity) + QStringLiteral(": ") + toQString(finding.title);
    }
    if (numbers.size() > findingsInToolTip)
        lines << tr("and %n more", nullptr, static_cast<int>(numbers.size() - findingsInToolTip));
    // Plain text that looks like markup would else be taken for it.
    return QStringLiteral("<qt>%1</qt>")
        .arg(lines.join(QLatin1Char('\n'))
                 .toHtmlEscaped()
                 .replace(QLatin1Char('\n'), QStringLiteral("<br>")));
}

QString RevisionsModel::spoken(int row) const
{
    const LaneRow& lane = laneRow(row);
    QStringList parts{toQString(lane.id), message(row), stateWord(state(row))};
    const auto& numbers = m_findings.of(lane.id);
    if (!numbers.empty())
        parts << tr("%n finding(s)", nullptr, static_cast<int>(numbers.size()));
    for (const Pill& mark : pills(row))
        parts << mark.text;
    parts << tr("row %1 of %2").arg(row + 1).arg(rowCount());
    if (const Revision* const known = revision(row)) {
        for (const RevisionReference& down : known->down)
            parts << tr("down revision %1").arg(toQString(down.id));
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace sightglass
