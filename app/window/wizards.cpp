// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/wizards.h"

#include "app/action_context.h"
#include "app/back_up.h"
#include "core/actions/run_plan.h"
#include "core/actions/settle_run.h"
#include "core/backup/client_tools.h"
#include "core/postgres/writing_session.h"

#include <algorithm>

namespace sightglass {

namespace {

constexpr std::size_t keptBackups = 10;

/// What the functions of a desk share; they run on worker threads, one at a time.
struct Place
{
    std::shared_ptr<const Inspection> inspection;
    ConnectionTarget target; ///< SECRET
    PlanTarget where;
    SystemClock clock;

    PlanSeams seams(const ActionJournal& journal) const
    {
        return {.journal = journal, .clock = clock, .open = openerOf(target, SessionLimits())};
    }
};

PlanOutcome refused(const Error& error)
{
    PlanOutcome outcome;
    outcome.error = error;
    outcome.sentences = {"Nothing was changed."};
    return outcome;
}

Plan withLastBackup(Plan plan, Time now)
{
    tellLastBackup(plan, backupsIn({}), now);
    return plan;
}

Result<std::string> backUp(const Place& place, const RunContext& run)
{
    const auto tools = findDumpTools(run);
    if (!tools)
        return failure(tools.error());
    const auto journal = userJournal();
    if (!journal)
        return failure(journal.error());
    const BackupStore store = backupsIn({});
    const BackupPlan made = planBackupOf(*place.inspection,
                                         place.target,
                                         place.where,
                                         {.folder = store.folder()},
                                         *tools,
                                         place.clock.now());
    if (const Precondition* const unmet = firstUnmet(made.plan))
        return failure(
            ErrorCode::NotPermitted, "There is no backup: " + unmet->text, unmet->detail);
    PlanSeams seams = place.seams(*journal);
    performBackups(seams, made, store);
    const PlanOutcome outcome = runPlan(made.plan, made.plan.confirmation.phrase, seams, run);
    if (outcome.error)
        return failure(*outcome.error);
    if (!outcome.isFine())
        return failure(ErrorCode::QueryFailed,
                       "The backup is not as planned.",
                       outcome.verdictSentences.empty() ? "" : outcome.verdictSentences.front());
    rotateBackups(store, made.job.manifest, keptBackups);
    return "Backed up as " + made.job.manifest.id + ", and read again.";
}

Result<Plan> planUndoOf(const Place& place, const std::string& run)
{
    const auto journal = userJournal();
    if (!journal)
        return failure(journal.error());
    const auto reading = journal->read();
    if (!reading)
        return failure(reading.error());
    const auto entries =
        entriesOf(*reading, [&](const std::string& id) { return journal->isRunning(id); });
    const auto entry = std::ranges::find_if(
        entries, [&](const JournalEntry& each) { return each.intent.run == run; });
    if (entry == entries.end())
        return failure(ErrorCode::NotFound, "The journal has no run " + run + ".");
    return planUndo(*entry, place.where);
}

std::string quoted(const std::string& word)
{
    std::string text = "'";
    for (const char c : word)
        text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

std::string withoutSecrets(ConnectionTarget target)
{
    for (const char* const secret : {"password", "sslpassword", "sslkey"})
        target.parameters.erase(secret);
    return toConninfo(target);
}

std::string stampCommandOf(const Place& place, const StampRequest& request, const Plan& plan)
{
    std::string text = "sightglass-cli stamp";
    for (const std::string& revision : request.revisions)
        text += " " + quoted(revision);
    if (request.purge)
        text += " --purge";
    return text + " --project " + quoted(place.inspection->scripts->project.root.string()) +
           " --dsn " + quoted(withoutSecrets(place.target)) + " --confirm " +
           quoted(plan.confirmation.phrase);
}

} // namespace

WizardDesk deskFor(std::shared_ptr<const Inspection> inspection, ConnectionTarget target)
{
    PlanTarget where = planTargetOf(DiskFileSystem(), *inspection, target);
    const auto place = std::make_shared<const Place>(Place{.inspection = std::move(inspection),
                                                           .target = std::move(target),
                                                           .where = std::move(where),
                                                           .clock = {}});
    WizardDesk desk;
    desk.stampOffer = [place](const RunContext&) -> Result<StampOffer> {
        return stampOfferOf(*place->inspection);
    };
    desk.planStamp = [place](const StampRequest& request, const RunContext&) -> Result<Plan> {
        auto plan = planStamp(stampSituationOf(*place->inspection), place->where, request);
        return plan ? withLastBackup(std::move(*plan), place->clock.now()) : plan;
    };
    desk.backUp = [place](const RunContext& run) { return backUp(*place, run); };
    desk.lastBackup = [place] {
        Plan plan{.target = place->where};
        return withLastBackup(std::move(plan), place->clock.now()).protection.text;
    };
    desk.run = [place](const Plan& plan, const std::string& typed, const RunContext& run) {
        const auto journal = userJournal();
        return journal ? runPlan(plan, typed, place->seams(*journal), run)
                       : refused(journal.error());
    };
    desk.planUndo = [place](const std::string& run, const RunContext&) -> Result<Plan> {
        auto plan = planUndoOf(*place, run);
        return plan ? withLastBackup(std::move(*plan), place->clock.now()) : plan;
    };
    desk.stampCommand = [place](const StampRequest& request, const Plan& plan) {
        return stampCommandOf(*place, request, plan);
    };
    return desk;
}

} // namespace sightglass
