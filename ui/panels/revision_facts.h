// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"
#include "ui/widgets/pill.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sightglass {

/// How a revision stands to the database.
enum class RevisionState
{
    Applied,
    Pending,
    NotKnown,      ///< no version table was read
    Missing,       ///< named by a revision, defined by no file
    OnlyInDatabase ///< a version row that no file defines
};

RevisionState stateOf(const Inspection& inspection, RevisionIndex revision);
QString stateWord(RevisionState state);
/// One sentence: what the state means, and for NotKnown why nothing is known.
QString stateSentence(const Inspection& inspection, RevisionState state);

/// Which findings concern which revision.
class FindingsByRevision
{
public:
    FindingsByRevision() = default;
    explicit FindingsByRevision(std::shared_ptr<const Inspection> inspection);

    /// Numbers into Inspection::findings, ascending: worst first. Empty when there are none.
    const std::vector<std::uint32_t>& of(std::string_view id) const;
    /// "3 critical", "2 high"; nothing below high.
    std::optional<Pill> dangerPill(std::string_view id) const;
    bool names(std::string_view id, std::string_view rule) const;

private:
    std::shared_ptr<const Inspection> m_inspection;
    std::unordered_map<std::string_view, std::vector<std::uint32_t>> m_byId;
};

/// What the live schema says of revisions, beside what the version table says.
class DriftMarks
{
public:
    DriftMarks() = default;
    explicit DriftMarks(const Inspection& inspection);

    /// The version table holds it, and the schema shows none of its effects.
    bool leftNoTrace(std::string_view id) const { return m_noTrace.contains(std::string(id)); }

    /// The schema is at it by its objects, and no version row names it.
    bool looksLike(std::string_view id) const { return m_looksLike.contains(std::string(id)); }

    /// "no trace", "looks like this"; nothing for a revision that is as it should be.
    std::optional<Pill> pill(std::string_view id) const;

private:
    std::unordered_set<std::string> m_noTrace;
    std::unordered_set<std::string> m_looksLike;
};

/// One sentence for each mark; empty: there is none.
QString driftSentence(const DriftMarks& marks, std::string_view id);

/// Last part of a path; the text itself when there is none.
QString fileName(std::string_view path);
/// Path below the project's folder where it is below it.
QString pathInProject(const Inspection& inspection, std::string_view path);
/// "file.py:14", "file.py"; empty without a file.
QString placeText(const SourceSpan& span);

QString severityWord(Severity severity); ///< "Critical"
Pill severityPill(Severity severity);

} // namespace sightglass
