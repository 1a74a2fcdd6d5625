// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/downgrades.h"

#include <algorithm>
#include <set>
#include <utility>
#include <variant>

namespace sightglass {

namespace {

/// What an operation of a downgrade takes away for good; empty: nothing.
struct LossOfDowngrade
{
    std::string operator()(const change::DropTable& drop) const
    {
        return "table " + toText(drop.table) + " with its rows";
    }

    std::string operator()(const change::DropColumn& drop) const
    {
        return "what column " + toText(drop.table) + "." + drop.column + " holds";
    }

    std::string operator()(const change::SetColumnType& change) const
    {
        return "what of column " + toText(change.table) + "." + change.column +
               " does not fit its former type";
    }

    std::string operator()(const change::DropSchema& drop) const
    {
        return "schema " + drop.schema + (drop.cascade ? " with all that is in it" : "");
    }

    std::string operator()(const change::DropView& drop) const
    {
        return drop.materialized ? "rows of materialized view " + toText(drop.view) : std::string();
    }

    std::string operator()(const change::ChangeData& change) const
    {
        if (change.command == "INSERT" || change.command == "COPY")
            return {};
        const std::string table =
            change.table.name.empty() ? "a table" : "table " + toText(change.table);
        return (change.filtered ? "some rows of " : "rows of ") + table + " (" + change.command +
               ")";
    }

    template <typename T>
    std::string operator()(const T&) const
    {
        return {};
    }
};

/// What the upgrade destroyed and no downgrade can bring back.
struct LossOfUpgrade
{
    std::string operator()(const change::DropTable& drop) const
    {
        return "rows that table " + toText(drop.table) + " held before the upgrade";
    }

    std::string operator()(const change::DropColumn& drop) const
    {
        return "what column " + toText(drop.table) + "." + drop.column + " held before the upgrade";
    }

    std::string operator()(const change::ChangeData& change) const
    {
        if (change.command == "INSERT" || change.command == "COPY")
            return {};
        const std::string table =
            change.table.name.empty() ? "a table" : "table " + toText(change.table);
        return "what " + change.command + " changed in " + table + " at the upgrade";
    }

    template <typename T>
    std::string operator()(const T&) const
    {
        return {};
    }
};

template <typename Loss>
void addLosses(const std::vector<Operation>& operations, std::vector<std::string>& losses)
{
    for (const Operation& operation : operations) {
        if (operation.alternative)
            continue;
        std::string loss = std::visit(Loss{}, operation.change);
        if (!loss.empty() && std::ranges::find(losses, loss) == losses.end())
            losses.push_back(std::move(loss));
    }
}

void raiseTo(DowngradeAssessment& assessment, DowngradeKind kind)
{
    assessment.kind = std::max(assessment.kind, kind);
}

/// Applies the downgrade; the first refusal and what could not be read are noted.
void replayDown(const std::vector<Operation>& operations,
                Replay& state,
                DowngradeAssessment& assessment)
{
    for (const Operation& operation : operations) {
        if (operation.resolution == Resolution::Opaque && isStructural(operation.change)) {
            raiseTo(assessment, DowngradeKind::NotKnown);
            assessment.reason = operation.reason;
            assessment.span = operation.span;
        }
        const auto refusal = state.apply(operation);
        if (!refusal || operation.tolerated)
            continue;
        if (assessment.kind < DowngradeKind::Refused) {
            assessment.reason = refusal->message;
            assessment.span = operation.span;
        }
        raiseTo(assessment, DowngradeKind::Refused);
        state.assume(operation, *refusal);
    }
}

void judgeEnd(const RevisionReading& reading, DowngradeAssessment& assessment)
{
    using End = RevisionReading::End;
    switch (reading.end) {
    case End::Done:
        return;
    case End::NoFunction:
        raiseTo(assessment, DowngradeKind::Missing);
        assessment.reason = "The file has no function downgrade.";
        break;
    case End::Raises:
        raiseTo(assessment, DowngradeKind::Raises);
        assessment.reason = reading.raised;
        break;
    case End::Limit:
    case End::NeedsSchema:
        raiseTo(assessment, DowngradeKind::NotKnown);
        assessment.reason = reading.raised;
        break;
    }
    assessment.span = reading.endSpan;
}

} // namespace

std::string_view toText(DowngradeKind kind)
{
    switch (kind) {
    case DowngradeKind::Mirrors:
        return "mirrors";
    case DowngradeKind::Lossy:
        return "lossy";
    case DowngradeKind::NotKnown:
        return "not-known";
    case DowngradeKind::Incomplete:
        return "incomplete";
    case DowngradeKind::Refused:
        return "refused";
    case DowngradeKind::Raises:
        return "raises";
    case DowngradeKind::Missing:
        break;
    }
    return "missing";
}

DowngradeAssessment assessDowngrade(const History& history, RevisionIndex revision)
{
    DowngradeAssessment assessment{.revision = revision};
    const RevisionSteps& steps = history.steps(revision);
    addLosses<LossOfDowngrade>(steps.downgrade.operations, assessment.loses);
    addLosses<LossOfUpgrade>(steps.upgrade.operations, assessment.loses);
    if (!assessment.loses.empty())
        assessment.kind = DowngradeKind::Lossy;
    judgeEnd(steps.downgrade, assessment);
    Replay state = history.replayAfter(revision);
    replayDown(steps.downgrade.operations, state, assessment);
    const Replay before = history.replayBefore(revision);
    assessment.remains = differencesBetween(before.schema(), state.schema());
    if (!assessment.remains.empty())
        raiseTo(assessment, DowngradeKind::Incomplete);
    return assessment;
}

DowngradePath assessDowngradePath(const History& history, std::span<const RevisionIndex> path)
{
    DowngradePath result;
    std::set<QualifiedName> remaining;
    for (const RevisionIndex revision : path) {
        DowngradeAssessment step = assessDowngrade(history, revision);
        result.worst = std::max(result.worst, step.kind);
        for (const Difference& difference : step.remains) {
            if (difference.kind == "table" && difference.change == Difference::Change::OnlyRight)
                remaining.insert(difference.object);
        }
        result.steps.push_back(std::move(step));
    }
    result.tablesThatRemain.assign(remaining.begin(), remaining.end());
    return result;
}

} // namespace sightglass
