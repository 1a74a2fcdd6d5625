// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/revision_facts.h"

#include "ui/text.h"

#include <QCoreApplication>

#include <algorithm>

namespace sightglass {

namespace {
QString tr(const char* text)
{
    return QCoreApplication::translate("sightglass::RevisionFacts", text);
}

QString notKnownReason(const Inspection& inspection)
{
    if (inspection.liveError)
        return tr("The database could not be read: %1")
            .arg(toQString(toText(*inspection.liveError)));
    if (inspection.live == nullptr)
        return tr("No database is connected, so nothing is known about what was applied.");
    return tr(
        "No version table of this project was read, so nothing is known about what was applied.");
}
} // namespace

RevisionState stateOf(const Inspection& inspection, RevisionIndex revision)
{
    if (revision >= inspection.applied.size())
        return RevisionState::NotKnown;
    return inspection.applied[revision] ? RevisionState::Applied : RevisionState::Pending;
}

QString stateWord(RevisionState state)
{
    switch (state) {
    case RevisionState::Applied:
        return tr("applied");
    case RevisionState::Pending:
        return tr("pending");
    case RevisionState::NotKnown:
        return tr("not known");
    case RevisionState::Missing:
        return tr("missing");
    case RevisionState::OnlyInDatabase:
        return tr("only in database");
    }
    return {};
}

QString stateSentence(const Inspection& inspection, RevisionState state)
{
    switch (state) {
    case RevisionState::Applied:
        return tr("The version table says that it was applied.");
    case RevisionState::Pending:
        return tr("The version table does not include it.");
    case RevisionState::NotKnown:
        return notKnownReason(inspection);
    case RevisionState::Missing:
        return tr("A revision names it and no file defines it.");
    case RevisionState::OnlyInDatabase:
        return tr("The version table holds it and no file defines it.");
    }
    return {};
}

FindingsByRevision::FindingsByRevision(std::shared_ptr<const Inspection> inspection)
    : m_inspection(std::move(inspection))
{
    if (m_inspection == nullptr)
        return;
    for (std::size_t i = 0; i < m_inspection->findings.size(); ++i) {
        const Finding& finding = m_inspection->findings[i];
        if (!finding.revision.empty())
            m_byId[finding.revision].push_back(static_cast<std::uint32_t>(i));
    }
}

const std::vector<std::uint32_t>& FindingsByRevision::of(std::string_view id) const
{
    static const std::vector<std::uint32_t> none;
    const auto found = m_byId.find(id);
    return found == m_byId.end() ? none : found->second;
}

std::optional<Pill> FindingsByRevision::dangerPill(std::string_view id) const
{
    const std::vector<std::uint32_t>& numbers = of(id);
    for (const Severity severity : {Severity::Critical, Severity::High}) {
        const auto count = std::count_if(numbers.begin(), numbers.end(), [&](std::uint32_t number) {
            return m_inspection->findings[number].severity == severity;
        });
        if (count > 0)
            return Pill{
                .text = QStringLiteral("%1 %2").arg(count).arg(severityWord(severity).toLower()),
                .tone = Theme::toneOf(severity)};
    }
    return std::nullopt;
}

bool FindingsByRevision::names(std::string_view id, std::string_view rule) const
{
    const std::vector<std::uint32_t>& numbers = of(id);
    return std::any_of(numbers.begin(), numbers.end(), [&](std::uint32_t number) {
        return m_inspection->findings[number].rule == rule;
    });
}

DriftMarks::DriftMarks(const Inspection& inspection)
{
    const Diagnosis& diagnosis = inspection.diagnosis;
    m_noTrace.insert(diagnosis.noTrace.begin(), diagnosis.noTrace.end());
    for (const RevisionId& id : diagnosis.inferred) {
        if (std::find(diagnosis.current.begin(), diagnosis.current.end(), id) ==
            diagnosis.current.end())
            m_looksLike.insert(id);
    }
}

std::optional<Pill> DriftMarks::pill(std::string_view id) const
{
    if (looksLike(id))
        return Pill{.text = tr("looks like this"), .tone = Tone::Accent, .outlined = true};
    if (leftNoTrace(id))
        return Pill{.text = tr("no trace"), .tone = Tone::Warning};
    return std::nullopt;
}

QString driftSentence(const DriftMarks& marks, std::string_view id)
{
    if (marks.looksLike(id))
        return tr("By its objects the database looks like this revision; no version row names it.");
    if (marks.leftNoTrace(id))
        return tr("The database shows none of its effects.");
    return {};
}

QString fileName(std::string_view path)
{
    const auto slash = path.find_last_of('/');
    return toQString(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

QString pathInProject(const Inspection& inspection, std::string_view path)
{
    const std::string& root = inspection.scripts->project.root.native();
    if (!root.empty() && path.size() > root.size() + 1 && path.starts_with(root) &&
        path[root.size()] == '/')
        return toQString(path.substr(root.size() + 1));
    return toQString(path);
}

QString placeText(const SourceSpan& span)
{
    if (span.file.empty())
        return {};
    const QString name = fileName(span.file);
    return span.line > 0 ? QStringLiteral("%1:%2").arg(name).arg(span.line) : name;
}

QString severityWord(Severity severity)
{
    QString word = toQString(toText(severity));
    if (!word.isEmpty())
        word[0] = word[0].toUpper();
    return word;
}

Pill severityPill(Severity severity)
{
    return {.text = severityWord(severity), .tone = Theme::toneOf(severity)};
}

} // namespace sightglass
