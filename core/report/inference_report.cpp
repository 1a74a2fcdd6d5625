// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/inference_report.h"

#include "core/base/error.h"
#include "core/report/json_values.h"
#include "core/report/text_layout.h"

#include <algorithm>
#include <cmath>

namespace sightglass {

namespace {

using json::Value;

/// Names that a document gives of each list; the count tells how many there are.
constexpr std::size_t namesGiven = 20;

Value idsJson(const RevisionGraph& graph, const HeadSet& set)
{
    Value ids = Value::array();
    for (const RevisionIndex each : set)
        ids.push_back(graph.revision(each).id);
    return ids;
}

Value linesJson(const std::vector<LineName>& lines)
{
    Value list = Value::array();
    for (std::size_t i = 0; i < std::min(lines.size(), namesGiven); ++i)
        list.push_back(toText(lines[i]));
    return list;
}

double rounded(double score)
{
    constexpr double places = 10000;
    return std::round(score * places) / places;
}

Value candidateJson(const RevisionGraph& graph, const InferenceCandidate& candidate)
{
    Value value;
    value["revisions"] = idsJson(graph, candidate.revisions);
    value["score"] = rounded(candidate.score);
    value["matched"] = candidate.tally.matched;
    value["missing"] = linesJson(candidate.missing);
    value["extra"] = linesJson(candidate.surplus);
    value["differing"] = linesJson(candidate.differing);
    value["by_hand"] = linesJson(candidate.byHand);
    value["counts"] = {{"matched", candidate.tally.matched},
                       {"differing", candidate.tally.differing},
                       {"missing", candidate.tally.missing},
                       {"extra", candidate.extra},
                       {"objects_in_doubt", candidate.tally.doubted}};
    value["same_schema"] = Value::array();
    for (const HeadSet& same : candidate.sameSchema)
        value["same_schema"].push_back(idsJson(graph, same));
    value["heads"] = candidate.isAtHeads;
    value["compared"] = candidate.hasEvidence;
    value["after_unread"] = candidate.afterUnread;
    value["evidence"] = {{"for", candidate.evidenceFor}, {"against", candidate.evidenceAgainst}};
    return value;
}

std::string idsText(const RevisionGraph& graph, const HeadSet& set)
{
    std::string text;
    for (const RevisionIndex each : set)
        text += (text.empty() ? "" : " + ") + printable(graph.revision(each).id);
    return text;
}

std::string percent(double score)
{
    constexpr double perMille = 1000;
    const auto value = static_cast<long>(std::floor(score * perMille));
    return std::to_string(value / 10) + "." + std::to_string(value % 10) + " %";
}

std::string headline(const RevisionGraph& graph, const InferenceResult& result)
{
    if (!result.whyNot.empty())
        return result.whyNot;
    const InferenceCandidate& first = result.candidates.front();
    if (result.best() == nullptr)
        return "Several revisions with different schemas match equally well: the first " +
               std::to_string(result.tied()) + " below.";
    return "The schema matches " + idsText(graph, first.revisions) +
           " best: " + percent(first.score) + (first.isAtHeads ? ", the heads." : ".");
}

std::string countsText(const InferenceCandidate& candidate)
{
    return std::to_string(candidate.tally.matched) + " match, " +
           std::to_string(candidate.tally.differing) + " differ, " +
           std::to_string(candidate.tally.missing) + " missing, " +
           std::to_string(candidate.extra) + " too many";
}

void addCandidate(const RevisionGraph& graph,
                  const InferenceCandidate& candidate,
                  std::string& text)
{
    constexpr std::size_t sameShown = 3;
    text += wrapped("  " + padded(percent(candidate.score), 9),
                    idsText(graph, candidate.revisions) + ": " + countsText(candidate));
    const std::string indent(11, ' ');
    if (!candidate.sameSchema.empty()) {
        std::string same;
        for (std::size_t i = 0; i < std::min(sameShown, candidate.sameSchema.size()); ++i)
            same += (i == 0 ? "" : ", ") + idsText(graph, candidate.sameSchema[i]);
        if (candidate.sameSchema.size() > sameShown)
            same += " and " + std::to_string(candidate.sameSchema.size() - sameShown) + " more";
        text += wrapped(indent, "The same schema as " + same + ".");
    }
    if (candidate.afterUnread)
        text += wrapped(indent,
                        "Something that runs before it can't be read; it may have changed more.");
    for (const std::string& sentence : candidate.evidenceFor)
        text += wrapped(indent + "+ ", printable(sentence));
    for (const std::string& sentence : candidate.evidenceAgainst)
        text += wrapped(indent + "- ", printable(sentence));
}

} // namespace

std::string
inferJson(const RevisionGraph& graph, const InferenceResult& result, const std::string& source)
{
    Value value = json::document("infer");
    value["source"] = source;
    value["states_compared"] = result.statesCompared;
    value["candidates"] = Value::array();
    for (const InferenceCandidate& candidate : result.candidates)
        value["candidates"].push_back(candidateJson(graph, candidate));
    value["decided"] = result.best() != nullptr;
    value["tied"] = result.best() != nullptr ? 1 : result.tied();
    json::setText(value, "why_not", result.whyNot);
    json::setText(value, "not_read", result.notRead);
    value["unmanaged_tables"] = Value::array();
    for (const QualifiedName& name : result.unmanagedTables)
        value["unmanaged_tables"].push_back(toText(name));
    return json::text(value);
}

std::string
inferText(const RevisionGraph& graph, const InferenceResult& result, const std::string& source)
{
    std::string text = printable(source) + "\n" + wrapped("", headline(graph, result)) + "\n";
    for (const InferenceCandidate& candidate : result.candidates)
        addCandidate(graph, candidate, text);
    if (!result.notRead.empty())
        text += "\n" + wrapped("", printable(result.notRead));
    if (!result.unmanagedTables.empty()) {
        constexpr std::size_t shown = 5;
        std::string names;
        for (std::size_t i = 0; i < std::min(shown, result.unmanagedTables.size()); ++i)
            names += (i == 0 ? "" : ", ") + printable(toText(result.unmanagedTables[i]));
        if (result.unmanagedTables.size() > shown)
            names += " and " + std::to_string(result.unmanagedTables.size() - shown) + " more";
        text += wrapped("\nNo revision knows ",
                        names + "; " +
                            (result.unmanagedTables.size() == 1 ? "it counts" : "they count") +
                            " neither way.");
    }
    return text;
}

} // namespace sightglass
