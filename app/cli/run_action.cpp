// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_action.h"

#include "app/action_context.h"
#include "app/cli/command_support.h"
#include "app/cli/progress_line.h"
#include "core/actions/settle_run.h"
#include "core/postgres/writing_session.h"
#include "core/report/plan_report.h"

#include <CLI/CLI.hpp>

#include <ostream>

namespace sightglass {

namespace {

std::string quotedPhrase(const std::string& phrase)
{
    return "'" + printable(phrase) + "'";
}

ExitStatus statusOf(const PlanOutcome& outcome)
{
    if (outcome.state == EntryState::Done)
        return outcome.isFine() ? ExitStatus::Done : ExitStatus::ActionFailed;
    if (outcome.state != EntryState::Refused)
        return ExitStatus::ActionFailed;
    if (outcome.error && outcome.error->code == ErrorCode::Cancelled)
        return ExitStatus::Interrupted;
    const bool isUnreached = outcome.error && outcome.error->code == ErrorCode::ConnectionLost;
    return isUnreached ? ExitStatus::NoDatabase : ExitStatus::Refused;
}

void printPlan(const Plan& plan,
               const ActionOptions& options,
               const CommonOptions& common,
               CommandContext& context)
{
    context.out << (common.format == "json" ? planJson(plan, nullptr) : planText(plan));
    if (common.format == "json" || plan.steps.empty())
        return;
    if (!options.needsPhrase) {
        context.out << "\nIt runs without --dry-run.\n";
        return;
    }
    context.out << "\nIt runs with --confirm " << quotedPhrase(plan.confirmation.phrase);
    if (!plan.confirmation.numberOf.empty())
        context.out << " (the number: " << plan.confirmation.numberOf << ")";
    context.out << ", and only as shown here with --plan " << planHash(plan) << ".\n";
}

ExitStatus refuse(CommandContext& context, std::string message, std::string nextStep)
{
    printError(context,
               {.code = ErrorCode::NotPermitted,
                .message = std::move(message),
                .nextStep = std::move(nextStep)});
    return ExitStatus::Refused;
}

/// Why a plan is not run; Done where it is to be.
ExitStatus
checkedConfirmation(const Plan& plan, const ActionOptions& options, CommandContext& context)
{
    if (const Precondition* unmet = firstUnmet(plan))
        return refuse(context,
                      "Nothing was changed, because this does not hold: " + unmet->text,
                      unmet->detail);
    if (options.dryRun)
        return ExitStatus::Done;
    const std::string phrase = "--confirm " + quotedPhrase(plan.confirmation.phrase);
    if (options.confirm.empty())
        return refuse(context, "Nothing was changed: it is not confirmed.", "Add " + phrase + ".");
    if (options.confirm != plan.confirmation.phrase)
        return refuse(context,
                      "Nothing was changed: the phrase is another one.",
                      "It is " + phrase + ", exactly.");
    if (!options.plan.empty() && options.plan != planHash(plan))
        return refuse(context,
                      "Nothing was changed: the plan is no longer " + printable(options.plan) +
                          ", because the chain, the database or the request is another.",
                      "Run it with --dry-run to see the plan as it is now.");
    return ExitStatus::Done;
}

} // namespace

void reportOpenRuns(const PlanSeams& seams, const JournalTarget& place, CommandContext& context)
{
    const auto settled = settleOpenRuns(seams.journal, seams.clock, place, seams.open, context.run);
    if (!settled) {
        printError(context, settled.error());
        return;
    }
    for (const JournalEntry& entry : *settled) {
        context.err << "sightglass-cli: \"" << printable(entry.intent.title) << "\" of "
                    << entry.intent.time << " was cut short.";
        for (const std::string& sentence : entry.sentences)
            context.err << " " << printable(sentence);
        context.err << "\n";
    }
}

namespace {

SessionLimits limitsOf(const ActionOptions& options)
{
    SessionLimits limits;
    limits.lock = std::chrono::milliseconds(options.lockTimeout);
    return limits;
}

} // namespace

void addActionOptions(CLI::App& app, ActionOptions& options)
{
    app.add_flag("--dry-run", options.dryRun, "Show the plan and change nothing");
    app.add_option("--confirm", options.confirm, "The phrase that --dry-run prints, exactly")
        ->type_name("PHRASE");
    app.add_option("--plan", options.plan, "Run only the plan that --dry-run printed under this id")
        ->type_name("ID");
    app.add_option("--lock-timeout",
                   options.lockTimeout,
                   "Milliseconds to wait for a lock before it gives up (default: 3000)")
        ->type_name("MS")
        ->check(CLI::Range(1, 3'600'000));
}

ExitStatus withDatabase(const InspectRequest& request,
                        std::string_view needs,
                        CommandContext& context,
                        const ActOnDatabase& act)
{
    ExitStatus status = ExitStatus::Done;
    const auto inspection = readInspection(request, context, &status);
    if (!inspection || status != ExitStatus::Done)
        return status;
    const auto target = targetOf(request, inspection->scripts->project);
    if (inspection->live != nullptr && target && *target)
        return act(*inspection, **target);
    printError(context,
               {.code = ErrorCode::Usage,
                .message = std::string(needs) + ", and none was named.",
                .nextStep = "Name it with --dsn or --dsn-from-project."});
    return ExitStatus::UsageError;
}

ExitStatus withActionScene(const Inspection& inspection,
                           const ConnectionTarget& target,
                           const ActionOptions& options,
                           CommandContext& context,
                           const std::function<ExitStatus(ActionScene& scene)>& act)
{
    const auto journal = userJournal();
    if (!journal) {
        printError(context, journal.error());
        return ExitStatus::UsageError;
    }
    const SystemClock clock;
    const SessionLimits limits = limitsOf(options);
    ActionScene scene{
        .inspection = inspection,
        .target = target,
        .place = planTargetOf(DiskFileSystem(), inspection, target),
        .seams = {.journal = *journal,
                  .clock = clock,
                  .open = openerOf(target, limits),
                  .openNamed = [&](const std::string& database, const RunContext& run) {
                      return connectForAction(otherDatabase(target, database), limits, run);
                  }}};
    reportOpenRuns(scene.seams, scene.place.place, context);
    return act(scene);
}

ExitStatus showOrRun(const Plan& shown,
                     const ActionOptions& options,
                     const PlanSeams& seams,
                     const CommonOptions& common,
                     CommandContext& context)
{
    Plan plan = shown;
    tellLastBackup(plan, backupsIn({}), seams.clock.now());
    const ExitStatus checked = checkedConfirmation(plan, options, context);
    const bool hasNothingToDo = plan.steps.empty() && checked == ExitStatus::Done;
    if (options.dryRun || (checked != ExitStatus::Done && options.confirm.empty()) ||
        hasNothingToDo) {
        printPlan(plan, options, common, context);
        return plan.steps.empty() && !firstUnmet(plan) ? ExitStatus::Done : checked;
    }
    if (checked != ExitStatus::Done)
        return checked;
    PlanOutcome outcome;
    {
        ProgressLine line(context.err);
        outcome =
            runPlan(plan,
                    options.confirm,
                    seams,
                    {.stop = context.run.stop,
                     .progress = context.run.progress == nullptr ? &line : context.run.progress});
    }
    if (outcome.error)
        printError(context, *outcome.error);
    context.out << (common.format == "json" ? planJson(plan, &outcome) : outcomeText(outcome));
    return statusOf(outcome);
}

} // namespace sightglass
