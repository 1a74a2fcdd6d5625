// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/condition.h"
#include "core/diagnosis/evidence.h"
#include "core/diagnosis/schema_ways.h"
#include "core/diagnosis/ways_back.h"
#include "core/diagnosis/words.h"

#include <algorithm>

namespace sightglass::conditions::partly_applied {

namespace {

using State = OperationProgress::State;

bool holds(const Facts& facts)
{
    return facts.check != nullptr && (facts.check->halfway || !facts.check->notRecorded.empty());
}

std::string idOf(const Facts& facts, RevisionIndex revision)
{
    return facts.graph.revision(revision).id;
}

std::vector<std::string> notRecorded(const Facts& facts)
{
    std::vector<std::string> ids;
    for (const NextRevision& each : facts.check->notRecorded)
        ids.push_back(idOf(facts, each.revision));
    return ids;
}

std::string title(const Facts& facts)
{
    const SchemaCheck& check = *facts.check;
    if (!check.halfway) {
        const std::vector<std::string> ids = notRecorded(facts);
        return firstOf(ids) + (ids.size() == 1 ? " is" : " are") +
               " applied in full, and the version table does not say so.";
    }
    const StepProgress& progress = check.halfway->progress;
    return "Revision " + printable(idOf(facts, check.halfway->revision)) +
           " stopped half-way: " + std::to_string(progress.done) + " of " +
           counted(progress.visible - progress.unknown, "operation is", "operations are") +
           " done.";
}

std::string_view wordsOf(State state)
{
    switch (state) {
    case State::Done:
        return "Done";
    case State::NotDone:
        return "Not done";
    case State::Otherwise:
        return "Half done, or something else of that name is there";
    case State::NoEffect:
    case State::Unknown:
        break;
    }
    return "Not known";
}

void addOperations(const Facts& facts, const NextRevision& next, Diagnosis& diagnosis)
{
    constexpr std::size_t shown = 12;
    const auto& operations = facts.input.history->steps(next.revision).upgrade.operations;
    std::size_t added = 0;
    for (const OperationProgress& each : next.progress.operations) {
        if (each.state == State::NoEffect || added == shown)
            continue;
        ++added;
        diagnosis.evidence.push_back(
            {.grade = Grade::Asked,
             .text = std::string(wordsOf(each.state)) + ": " +
                     printable(summaryOf(operations[each.operation].change)) + ".",
             .revision = idOf(facts, next.revision),
             .object = each.lines.empty() ? "" : toText(each.lines.front().object),
             .span = operations[each.operation].span});
    }
}

/// Why a part of it is there: something ended the transaction, or there was none.
Evidence whyHalfway(const Facts& facts, const NextRevision& next)
{
    const auto& operations = facts.input.history->steps(next.revision).upgrade.operations;
    const auto outside =
        std::ranges::find_if(operations, [](const Operation& each) { return each.autocommit; });
    Evidence evidence{.grade = Grade::Read, .revision = idOf(facts, next.revision)};
    if (outside != operations.end()) {
        evidence.span = outside->span;
        evidence.text = "It leaves the transaction at line " + std::to_string(outside->span.line) +
                        ": what ran before was committed, and stayed when it stopped.";
        return evidence;
    }
    const auto ended = std::ranges::find_if(operations, [](const Operation& each) {
        const auto* word = std::get_if<change::Transaction>(&each.change);
        return word != nullptr && word->word.starts_with("COMMIT");
    });
    if (ended != operations.end()) {
        evidence.span = ended->span;
        evidence.text = "It commits by itself at line " + std::to_string(ended->span.line) +
                        ": what ran before stayed when it stopped.";
        return evidence;
    }
    evidence.text = "Nothing in the file ends the transaction: it was run by hand or outside a "
                    "transaction, or env.py connects with autocommit.";
    return evidence;
}

/// The first operation that is not done: where the run stopped.
const OperationProgress* stoppedAt(const NextRevision& next)
{
    const auto found = std::ranges::find_if(next.progress.operations, [](const auto& each) {
        return each.state == State::NotDone || each.state == State::Otherwise;
    });
    return found == next.progress.operations.end() ? nullptr : &*found;
}

/// SQL that takes away what is there of the revision, newest first.
std::string undoSql(const Facts& facts, const NextRevision& next)
{
    std::vector<std::string> statements;
    for (const OperationProgress& each : next.progress.operations) {
        if ((each.state != State::Done && each.state != State::Otherwise) || each.lines.empty())
            continue;
        const LineName& line = each.lines.front();
        const std::string table = toSql(line.object);
        const QualifiedName index{.schema = line.object.schema, .name = line.part};
        if (line.kind == "table")
            statements.push_back("DROP TABLE " + table + ";");
        else if (line.kind == "column")
            statements.push_back("ALTER TABLE " + table + " DROP COLUMN " +
                                 quotedIdentifier(line.part) + ";");
        else if (line.kind == "index")
            statements.push_back("DROP INDEX " + toSql(index) + ";");
        else
            statements.push_back("-- " + printable(toText(line)) + ": take it back by hand");
    }
    std::ranges::reverse(statements);
    const std::string& id = idOf(facts, next.revision);
    std::string sql = "-- what " + printable(id) + " left\nBEGIN;\n";
    for (const std::string& statement : statements)
        sql += statement + "\n";
    return sql + "COMMIT;";
}

bool changesExisting(const NextRevision& next)
{
    return std::ranges::any_of(next.progress.operations, [](const OperationProgress& each) {
        return each.state == State::Done && !each.lines.empty() && !each.lines.front().part.empty();
    });
}

WayBack takeBack(const Facts& facts, const NextRevision& next)
{
    const std::string id = printable(idOf(facts, next.revision));
    WayBack way{.id = "undo-part",
                .title = "Take back the part, run the revision again",
                .summary = "What " + id + " made goes; then it runs from its start.",
                .pros = {"The revision runs as it was written, rows included"},
                .cons = {"What was written to its new tables since is lost",
                         "Whatever stopped it stops it again unless it is mended"},
                .needs = "a backup of this database"};
    way.steps.push_back(backupStep(facts));
    way.steps.push_back({.action = "Take back what is there of " + id,
                         .detail = "Its new tables must hold no rows that count.",
                         .sql = undoSql(facts, next)});
    way.steps.push_back(alembicStep(facts,
                                    "Run it again",
                                    "After what stopped it is mended.",
                                    "upgrade " + shellWord(idOf(facts, next.revision))));
    way.steps.push_back(
        {.action = "Diagnose again", .detail = "", .command = "sightglass-cli diagnose"});
    return way;
}

WayBack finishByHand(const Facts& facts, const NextRevision& next)
{
    const std::string id = printable(idOf(facts, next.revision));
    UndoneStep rest{.revision = next.revision, .operations = {}};
    for (const OperationProgress& each : next.progress.operations) {
        if (each.state == State::NotDone || each.state == State::Otherwise)
            rest.operations.push_back(each.operation);
    }
    WayBack way{.id = "finish-part",
                .title = "Finish the revision by hand, then stamp it",
                .summary = counted(rest.operations.size(), "operation", "operations") + " of " +
                           id + " are left.",
                .pros = {"What is there stays, with its rows"},
                .cons = {"Rows that the revision writes have to be written by hand",
                         "Nothing but a comparison says that it was finished rightly"},
                .needs = "a backup of this database"};
    way.steps.push_back(backupStep(facts));
    std::string clear;
    for (const Leftover& each : facts.check->leftovers) {
        if (each.kind == Leftover::Kind::InvalidIndex)
            clear += leftoverSql(each) + "\n";
    }
    if (!clear.empty())
        way.steps.push_back({.action = "Drop the invalid index",
                             .detail = "Outside a transaction. Then mend what made it fail: for a "
                                       "unique index, rows that repeat.",
                             .sql = clear});
    way.steps.push_back({.action = "Run what is left",
                         .detail = "Read it first: it is made from the revision.",
                         .sql = operationsSql(facts, rest)});
    way.steps.push_back(alembicStep(facts,
                                    "Stamp it",
                                    "Only when all of it is there.",
                                    "stamp " + shellWord(idOf(facts, next.revision))));
    way.steps.push_back(
        {.action = "Diagnose again", .detail = "", .command = "sightglass-cli diagnose"});
    return way;
}

WayBack recordIt(const Facts& facts)
{
    const std::string id = idOf(facts, facts.check->notRecorded.back().revision);
    WayBack way{.id = "stamp-applied",
                .title = "Stamp " + printable(id),
                .summary = "Record what is there already.",
                .pros = {"No table is changed", "The next upgrade starts behind it"},
                .cons = {"Rows that it writes can't be told by a schema"},
                .needs = "a look at what it writes"};
    way.steps.push_back(backupStep(facts));
    RepairStep stamp =
        alembicStep(facts, "Stamp it", "The SQL takes it back.", "stamp " + shellWord(id));
    stamp.sql = sqlThatRestoresRows(facts);
    way.steps.push_back(std::move(stamp));
    way.steps.push_back(
        {.action = "Diagnose again", .detail = "", .command = "sightglass-cli diagnose"});
    return way;
}

void describeHalfway(const Facts& facts, Diagnosis& diagnosis)
{
    const NextRevision& next = *facts.check->halfway;
    diagnosis.severity = Severity::Critical;
    diagnosis.detail = "The version table still says " + rowsText(facts.topRows) +
                       ", so an upgrade runs it from its start and stops at what is there.";
    addOperations(facts, next, diagnosis);
    diagnosis.evidence.push_back(whyHalfway(facts, next));
    if (const OperationProgress* stop = stoppedAt(next); stop != nullptr) {
        const Operation& operation =
            facts.input.history->steps(next.revision).upgrade.operations[stop->operation];
        diagnosis.evidence.push_back({.grade = Grade::Read,
                                      .text = "It got no further than line " +
                                              std::to_string(operation.span.line) + ": " +
                                              printable(summaryOf(operation.change)) + ".",
                                      .revision = idOf(facts, next.revision),
                                      .span = operation.span});
    }
    WayBack undo = takeBack(facts, next);
    WayBack finish = finishByHand(facts, next);
    // Dropping what was new loses least; what it changed in tables of before is not so simple.
    const bool finishFirst = changesExisting(next);
    (finishFirst ? finish : undo).recommended = true;
    diagnosis.options = finishFirst ? std::vector{finish, undo} : std::vector{undo, finish};
}

void describe(const Facts& facts, Diagnosis& diagnosis)
{
    if (facts.check->halfway) {
        describeHalfway(facts, diagnosis);
    } else {
        diagnosis.severity = Severity::High;
        diagnosis.detail = "The version table says " + rowsText(facts.topRows) +
                           ". An upgrade would stop at the first object that is there already.";
        diagnosis.options = {recordIt(facts)};
        diagnosis.options.front().recommended = true;
    }
    for (const NextRevision& each : facts.check->notRecorded) {
        diagnosis.evidence.push_back(
            {.grade = Grade::Asked,
             .text = "All " + counted(each.progress.visible, "operation", "operations") + " of " +
                     printable(idOf(facts, each.revision)) + " that a schema shows are done.",
             .revision = idOf(facts, each.revision)});
    }
    for (Evidence& each : collisionEvidence(facts))
        diagnosis.evidence.push_back(std::move(each));
    for (Evidence& each : doubtEvidence(facts))
        diagnosis.evidence.push_back(std::move(each));
}

} // namespace

extern const Condition condition{
    .state = DatabaseState::PartlyApplied, .holds = holds, .title = title, .describe = describe};

} // namespace sightglass::conditions::partly_applied
