// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

#include <algorithm>
#include <array>

namespace sightglass::rules::metadata_drop_all {

namespace {

struct MetaCall
{
    std::string_view directive; ///< of operations that could be read
    std::string_view callee;    ///< how a call ends whose object could not be read
    bool drops = false;
};

constexpr std::array metaCalls{MetaCall{"MetaData.drop_all", ".drop_all", true},
                               MetaCall{"MetaData.create_all", ".create_all", false},
                               MetaCall{"Table.drop", "__table__.drop", true}};

const MetaCall* metaCall(const Step& step)
{
    const Operation& operation = step.operation();
    const auto* const opaque = step.as<change::Opaque>();
    const auto found = std::ranges::find_if(metaCalls, [&](const MetaCall& each) {
        return operation.directive == each.directive ||
               (opaque != nullptr && opaque->what.starts_with("calls ") &&
                opaque->what.ends_with(each.callee));
    });
    return found == metaCalls.end() ? nullptr : &*found;
}

FindingDraft draftOf(const MetaCall& call)
{
    const std::string what = call.directive == "Table.drop"
                                 ? "Table.drop"
                                 : std::string("metadata") + std::string(call.callee);
    FindingDraft draft{
        .title = what + "() hides what the revision does",
        .detail = call.drops
                      ? "It drops whatever the models hold on the day it runs, which the file does "
                        "not say. Write op.drop_table() for each table that is meant."
                      : "It creates whatever the models hold on the day it runs, so the same "
                        "revision gives other tables next year and skips those that are there. "
                        "Write op.create_table() for each table that is meant.",
        .object = what};
    if (!call.drops)
        draft.severity = Severity::High;
    draft.confidence = Confidence::Certain;
    return draft;
}

/// A call that reading did not come to: an exception before it ended the function.
void checkUnread(const RevisionReview& revision, const RunReview&, FindingReport& report)
{
    if (revision.reading->end != RevisionReading::End::Raises)
        return;
    const auto isCalled = [](const Operation& operation) {
        return std::ranges::find(metaCalls, operation.directive, &MetaCall::directive) !=
               metaCalls.end();
    };
    if (std::ranges::any_of(revision.operations(), isCalled))
        return;
    for (const RevisionReading::Remark& remark : revision.reading->remarks) {
        const auto call = std::ranges::find_if(metaCalls, [&](const MetaCall& each) {
            return !remark.word.empty() && each.callee == "." + remark.word;
        });
        if (call == metaCalls.end())
            continue;
        FindingDraft draft = draftOf(*call);
        draft.span = remark.span;
        report.add(revision, std::move(draft));
        return;
    }
}

void check(const Step& step, FindingReport& report)
{
    const MetaCall* const call = metaCall(step);
    if (call == nullptr)
        return;
    // One finding for the call, not for each table that it names.
    if (!step.earlier().empty() && step.earlier().back().operation->call == step.operation().call &&
        step.earlier().back().operation->directive == step.operation().directive)
        return;
    report.add(step, draftOf(*call));
}

} // namespace

extern const Rule rule{.id = "metadata-drop-all",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::Critical,
                       .checkStep = check,
                       .checkRevision = checkUnread};

} // namespace sightglass::rules::metadata_drop_all
