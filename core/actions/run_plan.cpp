// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/run_plan.h"

#include "core/actions/steps_json.h"
#include "core/actions/work.h"
#include "core/base/error.h"

#include <algorithm>

namespace sightglass {

namespace {

using End = WorkOutcome::End;

PlanOutcome refused(Error error)
{
    PlanOutcome outcome;
    outcome.sentences = {"Nothing was changed."};
    outcome.error = std::move(error);
    return outcome;
}

std::string stepName(const Plan& plan, std::size_t index)
{
    return "step " + std::to_string(index + 1) + " of " + std::to_string(plan.steps.size()) + " (" +
           plan.steps[index].title + ")";
}

/// One run of a plan.
class PlanRun
{
public:
    PlanRun(const Plan& plan, const PlanSeams& seams, const RunContext& run)
        : m_plan(plan)
        , m_seams(seams)
        , m_run(run)
        , m_id(newRunId(seams.clock))
    {}

    PlanOutcome toItsEnd()
    {
        auto lock = m_seams.journal.lockRun(m_id);
        if (!lock)
            return refused(lock.error());
        if (auto written = write(intent()); !written) {
            m_seams.journal.forgetLock(m_id);
            return refused(written.error());
        }
        PlanOutcome outcome;
        outcome.run = m_id;
        runSteps(outcome);
        m_seams.journal.forgetLock(m_id);
        return outcome;
    }

private:
    Result<void> write(JournalRecord record)
    {
        record.run = m_id;
        const auto written = m_seams.journal.append(std::move(record), m_seams.clock);
        return written ? Result<void>() : failure(written.error());
    }

    Path keptFolder() const { return m_seams.journal.keptFolder(m_id); }

    std::vector<PlanStep> undoSteps() const
    {
        if (!m_plan.undo.possible)
            return {};
        std::vector<PlanStep> steps = m_plan.undo.steps;
        for (std::size_t i = m_plan.steps.size(); i-- > 0;) {
            if (const auto* file = std::get_if<FileWork>(&m_plan.steps[i].work))
                steps.push_back({.title = "Put back " + Path(file->file).filename().string(),
                                 .work = undoOf(*file, keptFolder(), i + 1)});
        }
        return steps;
    }

    JournalRecord intent() const
    {
        JournalRecord record{.phase = JournalPhase::Intent};
        record.action = m_plan.action;
        record.title = m_plan.title;
        record.plan = planHash(m_plan);
        record.target = m_plan.target.place;
        record.target.environment = toText(m_plan.target.environment);
        for (const PlanLine& line : m_plan.lines)
            record.changes.push_back(line.label + ": " + line.text);
        record.steps = stepLines(m_plan.steps);
        const auto undo = undoSteps();
        record.undo = undo.empty() ? std::string() : stepsToJson(undo);
        record.undoText = m_plan.undo.text;
        record.undoes = m_plan.undoes;
        record.step = m_plan.steps.size();
        return record;
    }

    WorkOutcome perform(std::size_t index)
    {
        const PlanStep& step = m_plan.steps[index];
        JournalRecord commit{.phase = JournalPhase::Commit};
        commit.step = index + 1;
        if (const auto* sql = std::get_if<SqlWork>(&step.work)) {
            const BeforeCommit note = [&](const std::string& transaction) {
                commit.transaction = transaction;
                return write(commit);
            };
            return performSql(*sql, m_plan.target.place, openerFor(*sql), note, m_run);
        }
        if (const auto* file = std::get_if<FileWork>(&step.work))
            return performNoted(*file, std::move(commit));
        if (m_run.stopRequested())
            return {.end = End::Nothing, .error = Error{.code = ErrorCode::Cancelled}};
        if (const auto* own = std::get_if<OwnWork>(&step.work))
            return performNoted(*own, std::move(commit));
        if (auto noted = write(std::move(commit)); !noted)
            return {.end = End::Nothing, .error = noted.error()};
        return performCommand(std::get<CommandWork>(step.work), m_seams.output, m_run);
    }

    OpenWritingSession openerFor(const SqlWork& work) const
    {
        if (work.database.empty())
            return m_seams.open;
        return [this, database = work.database](const RunContext& run) {
            return m_seams.openNamed(database, run);
        };
    }

    WorkOutcome performNoted(const OwnWork& work, JournalRecord commit)
    {
        commit.file = work.leaves;
        commit.contents = work.leaves.empty() ? "" : "*";
        if (!work.whenCutShort.empty())
            commit.sentences = {work.whenCutShort};
        if (auto noted = write(std::move(commit)); !noted)
            return {.end = End::Nothing, .error = noted.error()};
        const auto done = m_seams.perform(work, m_run);
        if (done)
            return {};
        return {.end = work.cleansUp ? End::Nothing : End::Partly, .error = done.error()};
    }

    WorkOutcome performNoted(const FileWork& work, JournalRecord commit)
    {
        if (m_run.stopRequested())
            return {.end = End::Nothing, .error = Error{.code = ErrorCode::Cancelled}};
        const auto contents = newContents(work);
        if (!contents)
            return {.end = End::Nothing, .error = contents.error()};
        commit.file = work.file;
        commit.contents = *contents ? contentHash(**contents) : std::string();
        const std::size_t step = commit.step;
        if (auto noted = write(std::move(commit)); !noted)
            return {.end = End::Nothing, .error = noted.error()};
        return performFile(work, *contents, keptFolder(), step);
    }

    void runSteps(PlanOutcome& outcome)
    {
        outcome.state = EntryState::Done;
        for (std::size_t i = 0; i < m_plan.steps.size(); ++i) {
            WorkOutcome work = perform(i);
            if (work.end == End::Done)
                continue;
            outcome.error = std::move(work.error);
            describeEnd(i, work.end, outcome);
            finish(outcome);
            return;
        }
        outcome.sentences = {m_plan.title + ": done."};
        finish(outcome);
        verify(outcome);
    }

    void describeEnd(std::size_t index, End end, PlanOutcome& outcome) const
    {
        outcome.state = end == End::InDoubt                ? EntryState::InDoubt
                        : end == End::Partly || index != 0 ? EntryState::Failed
                                                           : EntryState::Refused;
        if (index > 0)
            outcome.sentences.push_back("Done before: up to " + stepName(m_plan, index - 1) + ".");
        if (outcome.state == EntryState::Refused)
            outcome.sentences.emplace_back("Nothing was changed.");
        else if (end == End::Nothing)
            outcome.sentences.push_back("Nothing is left of " + stepName(m_plan, index) + ".");
        else if (end == End::Partly)
            outcome.sentences.push_back("Something may be left of " + stepName(m_plan, index) +
                                        ".");
        else
            outcome.sentences.push_back("It is not known whether " + stepName(m_plan, index) +
                                        " took effect: the server gave no answer.");
        if (index + 1 < m_plan.steps.size())
            outcome.sentences.push_back("Not begun: " + stepName(m_plan, index + 1) +
                                        " and what follows.");
    }

    void finish(PlanOutcome& outcome)
    {
        JournalRecord record{.phase = JournalPhase::Outcome};
        record.state = toText(outcome.state);
        record.sentences = outcome.sentences;
        if (outcome.error && outcome.error->code == ErrorCode::Cancelled)
            record.sentences.emplace_back("It was stopped.");
        else if (outcome.error)
            record.sentences.push_back(toText(*outcome.error));
        note(std::move(record), outcome.sentences);
    }

    void verify(PlanOutcome& outcome)
    {
        auto unmet = readAgain();
        outcome.verdict = !unmet           ? PlanVerdict::NotRead
                          : unmet->empty() ? PlanVerdict::AsPlanned
                                           : PlanVerdict::NotAsPlanned;
        if (unmet)
            outcome.verdictSentences = std::move(*unmet);
        else
            outcome.verdictSentences = {"What is there now could not be read. " +
                                        toText(unmet.error())};
        JournalRecord record{.phase = JournalPhase::Verdict};
        record.state = toText(outcome.verdict);
        record.sentences = outcome.verdictSentences;
        note(std::move(record), outcome.verdictSentences);
    }

    /// What was done is done: a journal that can't be written any more is told, not hidden.
    void note(JournalRecord record, std::vector<std::string>& sentences)
    {
        if (const auto written = write(std::move(record)); !written)
            sentences.push_back(toText(written.error()));
    }

    Result<std::vector<std::string>> readAgain()
    {
        std::vector<std::string> unmet;
        for (std::size_t i = 0; i < m_plan.steps.size(); ++i) {
            if (isOfPassage(i))
                continue;
            Result<std::vector<std::string>> some = unmetOf(m_plan.steps[i]);
            if (!some)
                return some;
            unmet.insert(unmet.end(), some->begin(), some->end());
        }
        if (!m_seams.verify)
            return unmet;
        auto more = m_seams.verify(m_run);
        if (more)
            more->insert(more->begin(), unmet.begin(), unmet.end());
        return more;
    }

    /// The file that the step leaves is what a later step begins with.
    bool isOfPassage(std::size_t index) const
    {
        const auto* const file = std::get_if<FileWork>(&m_plan.steps[index].work);
        return file != nullptr &&
               std::any_of(m_plan.steps.begin() + static_cast<std::ptrdiff_t>(index) + 1,
                           m_plan.steps.end(),
                           [&](const PlanStep& later) {
                               const auto* const next = std::get_if<FileWork>(&later.work);
                               return next != nullptr &&
                                      (next->file == file->file || next->renamedFrom == file->file);
                           });
    }

    Result<std::vector<std::string>> unmetOf(const PlanStep& step)
    {
        if (const auto* file = std::get_if<FileWork>(&step.work)) {
            const auto contents = newContents(*file);
            const auto now = currentHash(file->file);
            if (!contents || !now)
                return failure(contents ? now.error() : contents.error());
            const auto wanted = *contents ? std::optional(contentHash(**contents)) : std::nullopt;
            const bool isLeftBehind =
                !file->renamedFrom.empty() && DiskFileSystem().isFile(file->renamedFrom);
            if (*now == wanted && !isLeftBehind)
                return std::vector<std::string>();
            return std::vector<std::string>{printable(file->file) + " is not as planned."};
        }
        const auto* sql = std::get_if<SqlWork>(&step.work);
        if (sql == nullptr || sql->after.empty())
            return std::vector<std::string>();
        // What was done is to be read even where somebody has pressed Stop since.
        auto session = openerFor(*sql)({});
        if (!session)
            return failure(session.error());
        return unmetChecks(sql->after, **session, {});
    }

    const Plan& m_plan;
    const PlanSeams& m_seams;
    const RunContext& m_run;
    std::string m_id;
};

} // namespace

std::string_view toText(PlanVerdict verdict)
{
    switch (verdict) {
    case PlanVerdict::NotAsked:
        return "not-asked";
    case PlanVerdict::AsPlanned:
        return "as-planned";
    case PlanVerdict::NotAsPlanned:
        return "not-as-planned";
    case PlanVerdict::NotRead:
        return "not-read";
    }
    return "";
}

PlanOutcome
runPlan(const Plan& plan, const std::string& typed, const PlanSeams& seams, const RunContext& run)
{
    if (const Precondition* unmet = firstUnmet(plan))
        return refused(
            {.code = ErrorCode::StateChanged, .message = unmet->text, .nextStep = unmet->detail});
    if (plan.confirmation.phrase.empty() || typed != plan.confirmation.phrase)
        return refused({.code = ErrorCode::NotPermitted,
                        .message = "The plan \"" + plan.title + "\" is not confirmed.",
                        .nextStep = "The phrase is " + plan.confirmation.phrase + ", exactly."});
    if (plan.steps.empty()) {
        PlanOutcome outcome;
        outcome.state = EntryState::Done;
        outcome.verdict = PlanVerdict::AsPlanned;
        outcome.sentences = {"There was nothing to do."};
        return outcome;
    }
    return PlanRun(plan, seams, run).toItsEnd();
}

} // namespace sightglass
