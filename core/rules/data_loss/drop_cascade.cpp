// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/dropped.h"
#include "core/rules/finding_report.h"

#include <algorithm>
#include <array>

namespace sightglass::rules::drop_cascade {

namespace {

/// Kinds of which the replay knows everything that depends on them.
constexpr std::array followedKinds{std::string_view("table"),
                                   std::string_view("column"),
                                   std::string_view("constraint"),
                                   std::string_view("view"),
                                   std::string_view("materialized view"),
                                   std::string_view("type"),
                                   std::string_view("domain"),
                                   std::string_view("index")};

/// PostgreSQL would do it without CASCADE.
bool nothingDepends(const Step& step, const DroppedObject& dropped)
{
    if (!step.moment.isWhole() ||
        std::ranges::find(followedKinds, dropped.kind) == followedKinds.end())
        return false;
    Operation plain = step.operation();
    std::visit(
        [](auto& change) {
            if constexpr (requires { change.cascade; })
                change.cascade = false;
        },
        plain.change);
    return !step.moment.replay().wouldRefuse(plain);
}

void check(const Step& step, FindingReport& report)
{
    const auto dropped = droppedObject(step);
    if (!dropped || !dropped->cascade || dropped->isNew || isBatchCopy(step.operation()))
        return;
    const std::vector<std::string> dependents = dependentsOf(step.moment, *dropped);
    FindingDraft draft{.title = "Drops " + dropped->words() + " with CASCADE",
                       .object = dropped->words()};
    if (nothingDepends(step, *dropped)) {
        draft.severity = Severity::Low;
        draft.detail =
            "Nothing is known to depend on it now, but CASCADE takes along whatever does "
            "when it runs. Leave CASCADE out, so that PostgreSQL refuses instead.";
    } else {
        draft.detail = std::string("Everything that depends on it goes too, without a question") +
                       (dependents.empty() ? "" : ": " + listed(dependents)) +
                       ". List what depends on it, drop or replace each one by name, and drop it "
                       "without CASCADE.";
    }
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "drop-cascade",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::High,
                       .checkStep = check};

} // namespace sightglass::rules::drop_cascade
