// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/settle_run.h"

#include "core/actions/steps_json.h"
#include "core/actions/work.h"
#include "core/base/error.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

/// What the lines of a plan are called when it is taken back.
struct UndoLabel
{
    std::string_view of;
    std::string_view shown;
};

constexpr std::array undoLabels{UndoLabel{"Database", "Database"},
                                UndoLabel{"Version table", "Version table"},
                                UndoLabel{"After", "Goes"},
                                UndoLabel{"Now", "Comes back"}};

SettledRun nothingChanged(std::string why)
{
    return {.state = EntryState::Refused,
            .sentences = {"Nothing was changed: " + std::move(why) + "."}};
}

/// Of an entry whose last step has, or has not, taken effect.
SettledRun byLastStep(const JournalEntry& entry, bool tookEffect, const std::string& how)
{
    const std::size_t steps = entry.intent.step;
    const std::size_t done = tookEffect ? entry.lastCommit.step : entry.lastCommit.step - 1;
    if (done == 0)
        return nothingChanged(how);
    if (done >= steps)
        return {.state = EntryState::Done,
                .sentences = {"It took effect before the program ended: " + how + "."}};
    return {.state = EntryState::Failed,
            .sentences = {std::to_string(done) + " of " + std::to_string(steps) +
                              " steps took effect: " + how + ".",
                          "The others were not begun or left nothing."}};
}

SettledRun inDoubt(std::string sentence)
{
    return {.state = EntryState::InDoubt, .sentences = {std::move(sentence)}};
}

/// The SQL that takes the entry back: it knows what was before and what is after. Empty where the
/// entry has more than the one step.
SqlWork undoWorkOf(const JournalEntry& entry)
{
    const auto steps = stepsFromJson(entry.intent.undo);
    if (!steps || steps->size() != 1 || entry.lastCommit.step != entry.intent.step)
        return {};
    const auto* const work = std::get_if<SqlWork>(&steps->front().work);
    return work == nullptr ? SqlWork() : *work;
}

Result<SettledRun>
byTransaction(const JournalEntry& entry, const OpenWritingSession& open, const RunContext& run)
{
    const std::string& number = entry.lastCommit.transaction;
    if (!open)
        return inDoubt("Transaction " + number +
                       " was sent to be committed. Name its database to "
                       "be told what became of it.");
    auto session = open(run);
    if (!session)
        return failure(session.error());
    const SqlWork back = undoWorkOf(entry);
    if (auto same = checkWhere(back, entry.intent.target, **session, run); !same)
        return failure(same.error());
    const auto fate = provenFate(number, back.after, back.checks, **session, run);
    if (!fate)
        return failure(fate.error());
    switch (*fate) {
    case TransactionFate::Committed:
        return byLastStep(entry, true, "the server has committed transaction " + number);
    case TransactionFate::Aborted:
        return byLastStep(entry, false, "the server has rolled transaction " + number + " back");
    case TransactionFate::InProgress:
        return inDoubt("Transaction " + number + " is still at work in the server.");
    case TransactionFate::NotKnown:
        break;
    }
    return inDoubt("The server does not remember transaction " + number +
                   " any more. The journal says what was before and after; compare it with what is "
                   "there.");
}

Result<SettledRun> byFile(const JournalEntry& entry)
{
    const auto now = currentHash(entry.lastCommit.file);
    if (!now)
        return failure(now.error());
    const std::string file = printable(entry.lastCommit.file);
    if (entry.lastCommit.contents == "*")
        return byLastStep(entry, now->has_value(), file + (*now ? " is there" : " is not there"));
    if (now->value_or("") == entry.lastCommit.contents)
        return byLastStep(entry, true, file + " is as the action leaves it");
    // The file is replaced as a whole, so it is the old one, or somebody's since.
    return byLastStep(entry, false, file + " is not as the action leaves it");
}

bool asksServer(const JournalEntry& entry)
{
    return !entry.lastCommit.transaction.empty();
}

/// What its step itself says of being cut short.
SettledRun byItsWord(const JournalEntry& entry)
{
    SettledRun settled{.state =
                           entry.lastCommit.step > 1 ? EntryState::Failed : EntryState::Refused,
                       .sentences = entry.lastCommit.sentences};
    if (entry.lastCommit.step > 1)
        settled.sentences.insert(settled.sentences.begin(),
                                 "It ended in step " + std::to_string(entry.lastCommit.step) +
                                     " of " + std::to_string(entry.intent.step) + ".");
    return settled;
}

} // namespace

Result<SettledRun>
settleRun(const JournalEntry& entry, const OpenWritingSession& open, const RunContext& run)
{
    if (entry.lastCommit.step == 0)
        return nothingChanged("no step had begun to take effect");
    if (asksServer(entry))
        return byTransaction(entry, open, run);
    if (!entry.lastCommit.file.empty())
        return byFile(entry);
    if (!entry.lastCommit.sentences.empty())
        return byItsWord(entry);
    return inDoubt("Step " + std::to_string(entry.lastCommit.step) +
                   " was at work when the program ended, and it can't be told from outside how far "
                   "it came.");
}

Result<std::vector<JournalEntry>> settleOpenRuns(const ActionJournal& journal,
                                                 const Clock& clock,
                                                 const JournalTarget& place,
                                                 const OpenWritingSession& open,
                                                 const RunContext& run)
{
    const auto reading = journal.read();
    if (!reading)
        return failure(reading.error());
    std::vector<JournalEntry> settled;
    const auto isRunning = [&](const std::string& id) { return journal.isRunning(id); };
    for (JournalEntry& entry : entriesOf(*reading, isRunning)) {
        const bool isElsewhere = asksServer(entry) && !concerns(entry, place);
        if (!entry.isOpen() || isElsewhere)
            continue;
        auto found = settleRun(entry, open, run);
        if (!found)
            continue;
        const bool isNews = found->state != entry.state || found->sentences != entry.sentences;
        entry.state = found->state;
        entry.sentences = found->sentences;
        if (found->state != EntryState::InDoubt) {
            JournalRecord record{.phase = JournalPhase::Settled};
            record.run = entry.intent.run;
            record.state = toText(found->state);
            record.sentences = found->sentences;
            if (auto written = journal.append(std::move(record), clock); !written)
                return failure(written.error());
            journal.forgetLock(entry.intent.run);
            entry.settled = true;
        }
        if (isNews)
            settled.push_back(std::move(entry));
    }
    return settled;
}

Result<JournalTarget>
placeFromServer(JournalTarget seed, const OpenWritingSession& open, const RunContext& run)
{
    auto session = open(run);
    if (!session)
        return failure(session.error());
    return readPlace(std::move(seed), **session, run);
}

bool concerns(const JournalEntry& entry, const JournalTarget& place)
{
    const JournalTarget& target = entry.intent.target;
    if (target.database.empty())
        return target.project == place.project;
    if (isSameDatabase(target, place))
        return true;
    const auto steps = stepsFromJson(entry.intent.undo);
    const bool isOfServer =
        steps && !steps->empty() && std::ranges::all_of(*steps, [](const PlanStep& step) {
            const auto* const sql = std::get_if<SqlWork>(&step.work);
            return sql != nullptr && !sql->database.empty();
        });
    return isOfServer && target.database == place.database && isSameServer(target, place);
}

Result<Plan> planUndo(const JournalEntry& entry, const PlanTarget& target)
{
    const JournalRecord& intent = entry.intent;
    if (!entry.canBeUndone()) {
        const std::string why = !entry.undoneBy.empty() ? "it was taken back already"
                                : entry.state != EntryState::Done
                                    ? "it is " + std::string(toText(entry.state))
                                    : "there is no way back. " + intent.undoText;
        return failure(ErrorCode::Usage,
                       "\"" + intent.title + "\" can't be taken back: " + why +
                           (why.ends_with('.') ? "" : "."),
                       "Run sightglass-cli journal to see what can.");
    }
    if (!concerns(entry, target.place))
        return failure(ErrorCode::StateChanged,
                       "\"" + intent.title + "\" was done to " + intent.target.shown + ", and " +
                           target.place.shown + " is another database.",
                       "Name that database with --dsn.");
    auto steps = stepsFromJson(intent.undo);
    if (!steps)
        return failure(steps.error());
    Plan plan{.action = "undo",
              .title = "Take back \"" + intent.title + "\"",
              .summary = intent.undoText,
              .target = target,
              .steps = std::move(*steps)};
    plan.lines.push_back({.label = "Done", .text = intent.time});
    for (const std::string& change : intent.changes) {
        const std::size_t colon = change.find(": ");
        const auto word = std::ranges::find(undoLabels, change.substr(0, colon), &UndoLabel::of);
        if (colon != std::string::npos && word != undoLabels.end())
            plan.lines.push_back(
                {.label = std::string(word->shown), .text = change.substr(colon + 2)});
    }
    plan.preconditions.push_back(
        {.id = "as-left",
         .text = "What \"" + intent.title + "\" left is still as it left it.",
         .state = PreconditionState::Unknown,
         .detail = "It is checked under lock when the plan runs; else nothing is changed."});
    plan.protection = {.needed = false, .text = "What it takes back is in the journal."};
    plan.undo.text = "Run \"" + intent.title + "\" again.";
    plan.confirmation = confirmationOf(target, plan.steps.size(), "steps are taken back");
    plan.undoes = intent.run;
    return plan;
}

PlanConfirmation confirmationOf(const PlanTarget& target, std::size_t number, std::string numberOf)
{
    PlanConfirmation confirmation{.level = confirmationFor(target.environment),
                                  .phrase = target.place.database};
    if (confirmation.phrase.empty())
        confirmation.phrase = Path(target.place.project).filename().string();
    if (confirmation.level == ConfirmationLevel::TypedPhrase) {
        confirmation.phrase += " " + std::to_string(number);
        confirmation.numberOf = std::move(numberOf);
    }
    return confirmation;
}

} // namespace sightglass
