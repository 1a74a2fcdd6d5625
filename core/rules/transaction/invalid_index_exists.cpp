// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

#include <algorithm>

namespace sightglass::rules::invalid_index_exists {

namespace {

bool isInvalid(const Moment& moment, const QualifiedName& name)
{
    if (const IndexFacts* const facts = moment.facts().index(name); facts && facts->valid)
        return !*facts->valid;
    const FoundIndex found = moment.index(name);
    return found.index != nullptr && !found.index->valid;
}

/// An earlier step removed the leftover, or built it anew.
bool isCleared(const Step& step, const std::string& name)
{
    const auto clears = [&](const StepRecord& earlier) {
        if (const auto* const drop = earlier.as<change::DropIndex>())
            return drop->index.name == name;
        const auto* const reindex = earlier.as<change::Reindex>();
        return reindex != nullptr && reindex->name.name == name;
    };
    return std::ranges::any_of(step.earlier(), clears) ||
           std::ranges::any_of(step.run.revisions, [&](const RevisionReview& revision) {
               return std::ranges::any_of(revision.steps, clears);
           });
}

void check(const Step& step, FindingReport& report)
{
    const auto* const create = step.as<change::CreateIndex>();
    if (create == nullptr || create->index.name.empty())
        return;
    const std::string& name = create->index.name;
    const QualifiedName full{.schema = step.target().name.schema, .name = name};
    if (!isInvalid(step.moment, full) || isCleared(step, name))
        return;
    report.add(step,
               {.title = "An invalid index " + name + " is there already",
                .detail = create->ifNotExists
                              ? "It was left by a concurrent build that failed. IF NOT EXISTS "
                                "finds it and builds nothing, so no query is served. Drop it first."
                              : "It was left by a concurrent build that failed, and its name is "
                                "taken: the statement fails (42P07). Drop it first.",
                .object = "index " + toText(full),
                .instead = "with op.get_context().autocommit_block():\n    op.drop_index(\"" +
                           name + "\", table_name=\"" + step.target().name.name +
                           "\", postgresql_concurrently=True)"});
}

} // namespace

extern const Rule rule{.id = "invalid-index-exists",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::High,
                       .checkStep = check};

} // namespace sightglass::rules::invalid_index_exists
