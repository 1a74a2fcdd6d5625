// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"
#include "core/rules/table_locks.h"

#include <algorithm>

namespace sightglass::rules::lock_timeout_ineffective {

namespace {

constexpr std::chrono::milliseconds longest{10'000};

bool locks(std::span<const StepRecord> steps, std::size_t from, std::size_t to)
{
    for (std::size_t i = from; i < to; ++i) {
        if (lockOnExistingTable(steps[i], steps.first(i), LockMode::Share) != nullptr)
            return true;
    }
    return false;
}

bool isUseful(const change::SetSetting& setting)
{
    const auto value = settingDuration(setting.value);
    return value && value->count() > 0 && *value <= longest;
}

/// A short one was in force when the first lock was taken: what comes behind only ends it.
bool wasSetInTime(std::span<const StepRecord> steps, std::size_t before)
{
    for (std::size_t i = 0; i < before; ++i) {
        if (lockOnExistingTable(steps[i], steps.first(i), LockMode::Share) != nullptr)
            return false;
        const auto* const setting = steps[i].as<change::SetSetting>();
        if (setting != nullptr && setting->name == "lock_timeout" && !setting->reset &&
            isUseful(*setting))
            return true;
    }
    return false;
}

/// Why this SET is of no use; empty: it is.
std::string flaw(std::span<const StepRecord> steps, std::size_t index)
{
    const auto& setting = *steps[index].as<change::SetSetting>();
    const auto value = settingDuration(setting.value);
    if (setting.local && steps[index].transaction == 0)
        return "SET LOCAL outside a transaction changes nothing";
    const bool before = locks(steps, 0, index);
    const bool behind = locks(steps, index + 1, steps.size());
    if (!value || (!before && !behind))
        return {};
    if (!isUseful(setting)) {
        if (!behind && wasSetInTime(steps, index))
            return {};
        return value->count() == 0
                   ? "0 switches the timeout off"
                   : setting.value + " is so long that the application stands still meanwhile";
    }
    return before && !wasSetInTime(steps, index)
               ? "It comes after the first strong lock, which waits without a limit"
               : "";
}

void check(const RevisionReview& revision, const RunReview& run, FindingReport& report)
{
    const std::span<const StepRecord> steps(revision.steps);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto* const setting = steps[i].as<change::SetSetting>();
        if (setting == nullptr || setting->name != "lock_timeout" || setting->reset ||
            !steps[i].runs)
            continue;
        const std::string why = flaw(steps, i);
        if (why.empty())
            continue;
        FindingDraft draft;
        draft.title = "lock_timeout = " + setting->value + " protects nobody here";
        draft.detail = why +
                       ". While a statement waits for a strong lock, every later query of the "
                       "table waits behind it. Set 1 ms to 10 s before the first statement "
                       "that locks.";
        draft.object = "setting lock_timeout";
        draft.instead = executeCall("SET LOCAL lock_timeout = '3s'");
        report.add(revision, steps[i], *run.facts, std::move(draft));
    }
}

} // namespace

extern const Rule rule{.id = "lock-timeout-ineffective",
                       .category = RuleCategory::Lock,
                       .severity = Severity::Low,
                       .scaling = Scaling::Fixed,
                       .checkRevision = check};

} // namespace sightglass::rules::lock_timeout_ineffective
