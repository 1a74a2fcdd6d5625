// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/schema_ways.h"

#include "core/diagnosis/evidence.h"
#include "core/diagnosis/ways_back.h"
#include "core/diagnosis/words.h"
#include "core/render/render.h"

#include <algorithm>
#include <cmath>

namespace sightglass {

namespace {

std::string lineText(const Difference& difference)
{
    return printable(toText(
        LineName{.object = difference.object, .kind = difference.kind, .part = difference.part}));
}

std::string stampWords(const Facts& facts, const HeadSet& set)
{
    std::string text;
    for (const RevisionIndex each : set)
        text += (text.empty() ? "" : " ") + shellWord(facts.graph.revision(each).id);
    return text;
}

RepairStep stampStep(const Facts& facts, const std::string& revisions, bool purge)
{
    RepairStep stamp = alembicStep(facts,
                                   "Stamp it",
                                   "Only the version rows change; no table is touched.",
                                   (purge ? "stamp --purge " : "stamp ") + revisions);
    if (facts.pairing.table != nullptr) {
        stamp.detail += " The SQL takes it back.";
        stamp.sql = sqlThatRestoresRows(facts);
    }
    return stamp;
}

RepairStep diagnoseStep()
{
    return {.action = "Diagnose again",
            .detail = "Nothing may be missing or different.",
            .command = "sightglass-cli diagnose"};
}

Evidence inferred(std::string text, RevisionId revision = {})
{
    return {.grade = Grade::Asked, .text = std::move(text), .revision = std::move(revision)};
}

bool leavesTransaction(const Facts& facts, const UndoneStep& step)
{
    const auto& all = facts.input.history->steps(step.revision).upgrade.operations;
    return std::ranges::any_of(step.operations,
                               [&](std::size_t index) { return all[index].autocommit; });
}

} // namespace

std::string idsText(const Facts& facts, const HeadSet& set)
{
    std::string text;
    for (const RevisionIndex each : set)
        text += (text.empty() ? "" : " and ") + printable(facts.graph.revision(each).id);
    return text;
}

std::string linesText(const std::vector<Difference>& differences)
{
    std::vector<std::string> names;
    for (const Difference& each : differences)
        names.push_back(lineText(each));
    return firstOf(names);
}

std::string namesText(const std::vector<QualifiedName>& names)
{
    std::vector<std::string> texts;
    for (const QualifiedName& each : names)
        texts.push_back(toText(each));
    return firstOf(texts);
}

std::string percentText(double score)
{
    constexpr double perMille = 1000;
    constexpr long ten = 10;
    const auto value = static_cast<long>(std::floor(score * perMille));
    if (value == static_cast<long>(perMille))
        return "100 %";
    return std::to_string(value / ten) + "." + std::to_string(value % ten) + " %";
}

namespace {

/// One sentence for each part that was not read, with its reason.
std::vector<Evidence> unreadEvidence(const SchemaCheck& check)
{
    std::vector<Evidence> evidence;
    for (const NotCompared& each : check.notCompared) {
        const std::string kind(toText(each.kind));
        const std::string promised =
            each.promised == 0
                ? "The revisions promise none; whether somebody added some is not known."
                : "Of " + kind + " the revisions promise " + std::to_string(each.promised) +
                      "; whether they are there is not known.";
        evidence.push_back(
            {.grade = Grade::Asked,
             .text = "Not compared: " + kind + ". " + promised + " " + printable(each.why)});
    }
    for (const QualifiedName& name : check.lockedTables)
        evidence.push_back(
            {.grade = Grade::Asked,
             .text = "Another session has locked " + printable(toText(name)) +
                     ": whether its defaults and expressions are as promised is not known.",
             .object = toText(name)});
    return evidence;
}

} // namespace

std::vector<Evidence> inferenceEvidence(const Facts& facts)
{
    if (facts.inference == nullptr)
        return {};
    const InferenceResult& result = *facts.inference;
    if (!result.whyNot.empty())
        return {inferred(result.whyNot + (result.notRead.empty() ? "" : " " + result.notRead))};
    const InferenceCandidate& first = result.candidates.front();
    const RevisionId id = facts.graph.revision(first.revisions.front()).id;
    std::vector<Evidence> evidence;
    if (result.best() == nullptr) {
        std::vector<std::string> tied;
        for (std::size_t i = 0; i < result.tied(); ++i)
            tied.push_back(idsText(facts, result.candidates[i].revisions));
        evidence.push_back(
            inferred("Several revisions match the schema equally well: " + firstOf(tied) + ". " +
                     idsText(facts, first.revisions) + " is the oldest of them."));
    } else {
        evidence.push_back(inferred(
            "The schema matches " + idsText(facts, first.revisions) +
                " best: " + percentText(first.score) + " of " +
                counted(static_cast<std::size_t>(first.tally.matched + first.tally.differing +
                                                 first.tally.missing) +
                            first.extra,
                        "part",
                        "parts") +
                ": tables, columns, constraints and indexes.",
            id));
    }
    if (!result.notRead.empty())
        evidence.push_back(inferred(result.notRead));
    if (!result.unmanagedTables.empty()) {
        evidence.push_back(inferred(
            "No revision knows " + counted(result.unmanagedTables.size(), "table", "tables") +
            " of it: " + namesText(result.unmanagedTables) + "; that counts neither way."));
    }
    if (!first.sameSchema.empty()) {
        std::vector<std::string> others;
        for (const HeadSet& set : first.sameSchema)
            others.push_back(idsText(facts, set));
        evidence.push_back(inferred(
            firstOf(others) + (others.size() == 1 ? " has" : " have") +
            " the same schema: what lies between changes rows only, and no schema tells whether "
            "that ran."));
    }
    for (const auto* sentences : {&first.evidenceFor, &first.evidenceAgainst}) {
        for (const std::string& sentence : *sentences)
            evidence.push_back(inferred(printable(sentence), id));
    }
    return evidence;
}

WayBack stampInferred(const Facts& facts, bool purge)
{
    const InferenceCandidate* best = facts.inference != nullptr ? facts.inference->best() : nullptr;
    if (best == nullptr)
        return stampWhatMatches(facts, purge);
    const std::string ids = idsText(facts, best->revisions);
    WayBack way{.id = "stamp-match",
                .title = "Stamp " + ids + ", which the schema matches",
                .summary = percentText(best->score) + " of what it makes is there as it makes it.",
                .pros = {"No table of this database is changed",
                         "Later upgrades start from the right place"},
                .cons = {},
                .needs = "a look at what does not match"};
    const bool exact = best->missing.empty() && best->differing.empty() && best->surplus.empty();
    if (!exact)
        way.cons.push_back(
            "What is missing or different stays so: " +
            counted(best->missing.size() + best->differing.size() + best->surplus.size(),
                    "object",
                    "objects"));
    if (!best->sameSchema.empty())
        way.cons.push_back("Rows that revisions write can't be told by a schema: an upgrade from "
                           "here runs those of " +
                           idsText(facts, best->sameSchema.front()) + " again");
    if (way.cons.empty())
        way.cons.push_back("Rows that revisions write are not compared");
    way.steps.push_back({.action = "See how it was told",
                         .detail = "Every revision with its score, and what speaks against it.",
                         .command = "sightglass-cli infer"});
    way.steps.push_back(backupStep(facts));
    way.steps.push_back(stampStep(facts, stampWords(facts, best->revisions), purge));
    if (!best->isAtHeads)
        way.steps.push_back(alembicStep(facts,
                                        "Upgrade to " + headsWord(facts.graph),
                                        "After a look at what it runs.",
                                        "upgrade " + headsWord(facts.graph)));
    way.steps.push_back(diagnoseStep());
    return way;
}

WayBack stampEnd(const Facts& facts, bool head)
{
    const std::string word = head ? headsWord(facts.graph) : std::string("base");
    const auto ends = head ? facts.graph.heads() : facts.graph.bases();
    std::string revisions = stampWords(facts, {ends.begin(), ends.end()});
    WayBack way{.id = head ? "stamp-head" : "stamp-first",
                .title = head ? "Stamp " + word + " all the same" : "Stamp the first revision",
                .summary = head ? "Says that every revision is applied."
                                : "Says that only the start of the chain is applied.",
                .pros = {head ? "Alembic's commands work again at once"
                              : "Every later revision runs once more"},
                .cons = {head ? "Whatever is missing is never made: no upgrade runs it again"
                              : "An upgrade stops at the first object that is there already"},
                .needs = head ? "certainty that nothing is missing"
                              : "certainty that nothing later was applied"};
    way.steps.push_back(backupStep(facts));
    way.steps.push_back(stampStep(facts, revisions, true));
    way.steps.push_back(diagnoseStep());
    return way;
}

std::string operationsSql(const Facts& facts, const UndoneStep& step)
{
    std::vector<Operation> operations;
    const auto& all = facts.input.history->steps(step.revision).upgrade.operations;
    for (const std::size_t index : step.operations)
        operations.push_back(all[index]);
    std::string sql = "-- revision " + facts.graph.revision(step.revision).id + "\n";
    for (const RenderedStatement& statement : renderStatements(operations))
        sql += statement.sql + (statement.resolved ? ";\n" : "\n");
    return sql;
}

Evidence foundEvidence(const Facts& facts, const FoundRevision& found)
{
    using Place = FoundRevision::Place;
    const std::string id = rowText(found.id);
    const std::string file = printable(found.path);
    std::string text;
    switch (found.place) {
    case Place::Branch:
        text = "Git has " + id + " on " + printable(found.where) + " as " + file;
        break;
    case Place::Stash:
        text = "Git has " + id + " in a stash as " + file;
        break;
    case Place::Deleted:
        text = "Git had " + id + " as " + file + "; the last commit with it is " +
               printable(found.commit.substr(0, 10)) + " of " + printable(found.when) + ", \"" +
               printable(found.summary) + "\", and no branch has it now";
        break;
    case Place::Folder:
        text = "The folder " + printable(found.where) + " has " + id + " as " + file;
        break;
    }
    if (!found.buildsOn.empty())
        text += "; it follows " + firstOf(found.buildsOn) +
                (found.steps > 1 ? " by " + std::to_string(found.steps) + " revisions" : "");
    Evidence evidence{.grade = Grade::Read, .text = text + "."};
    if (!found.buildsOn.empty() && facts.graph.find(found.buildsOn.front()))
        evidence.revision = found.buildsOn.front();
    return evidence;
}

WayBack bringFile(const Facts& facts, const FoundRevision& found)
{
    const std::string folder = versionsFolder(facts.project);
    const std::string target = shellWord(folder + "/" + Path(found.path).filename().string());
    WayBack way{
        .id = "find-file",
        .title = "Bring the revision file here",
        .summary = printable(found.path) + ", as it was.",
        .pros = {"The only way that knows what the revision did", "The database is not touched"},
        .cons = {},
        .needs = "nothing"};
    if (found.steps > 1)
        way.cons.push_back("The revisions between have to be brought too: " +
                           std::to_string(found.steps - 1) + " more");
    else
        way.cons.push_back("Code that goes with the revision may be missing here");
    const std::string source =
        found.place == FoundRevision::Place::Folder
            ? "cp " + shellWord(found.where + "/" + found.path) + " " + target
            : "git show " + shellWord(found.commit + ":" + found.path) + " > " + target;
    way.steps.push_back({.action = "Put the file back",
                         .detail = "Run it in " + printable(facts.project.root.string()) + ".",
                         .command = source});
    way.steps.push_back(
        alembicStep(facts, "Load the chain", "It has to end without an error.", "history"));
    way.steps.push_back(alembicStep(facts, "Look at what is applied", "", "current"));
    return way;
}

WayBack replayUndone(const Facts& facts)
{
    std::size_t operations = 0;
    std::string sql;
    bool outside = false;
    for (const UndoneStep& step : facts.check->toReplay) {
        operations += step.operations.size();
        sql += operationsSql(facts, step);
        outside = outside || leavesTransaction(facts, step);
    }
    WayBack way{.id = "replay-operations",
                .title = "Run what is missing once more",
                .summary = counted(operations, "operation", "operations") + " of " +
                           counted(facts.check->toReplay.size(), "revision", "revisions") +
                           ", in their order; everything else stays.",
                .pros = {"The smallest change that makes the schema what the rows say"},
                .cons = {"Brings no rows back", "Rows that these revisions wrote are not written"},
                .needs = "a backup of this database"};
    way.steps.push_back(backupStep(facts));
    way.steps.push_back(
        {.action = "Run the operations",
         .detail = outside ? "Statements CONCURRENTLY run outside a transaction."
                           : "In one transaction. Read it first: it is made from the revisions.",
         .sql = outside ? sql : "BEGIN;\n" + sql + "COMMIT;"});
    way.steps.push_back(diagnoseStep());
    return way;
}

std::string leftoverSql(const Leftover& leftover)
{
    const std::string name = quotedIdentifier(leftover.name);
    if (leftover.kind == Leftover::Kind::InvalidIndex)
        return "DROP INDEX CONCURRENTLY " +
               toSql(QualifiedName{.schema = leftover.table.schema, .name = leftover.name}) + ";";
    return "ALTER TABLE " + toSql(leftover.table) + " VALIDATE CONSTRAINT " + name + ";";
}

std::string leftoverText(const Leftover& leftover)
{
    const std::string of = printable(leftover.name + " of " + toText(leftover.table));
    switch (leftover.kind) {
    case Leftover::Kind::InvalidIndex:
        return "Index " + of +
               " is invalid: CREATE INDEX CONCURRENTLY was stopped. No query uses it and it "
               "enforces nothing.";
    case Leftover::Kind::NotValidForeignKey:
        return "Foreign key " + of + " is NOT VALID: rows from before were never checked.";
    case Leftover::Kind::NotValidCheck:
        break;
    }
    return "Check " + of + " is NOT VALID: rows from before were never checked.";
}

std::vector<Evidence> collisionEvidence(const Facts& facts)
{
    constexpr std::size_t shown = 12;
    std::vector<Evidence> evidence;
    for (const Collision& each : facts.check->collisions) {
        if (evidence.size() == shown) {
            evidence.push_back({.grade = Grade::Read,
                                .text = std::to_string(facts.check->collisions.size() - shown) +
                                        " more operations run into something."});
            break;
        }
        const std::string id = printable(facts.graph.revision(each.revision).id);
        std::string text = "Pending " + id + (each.asksSchema ? " may stop: " : " will stop: ") +
                           printable(each.message) + ". (" + printable(each.summary) + ")";
        if (each.message.empty())
            text = "Pending " + id + " will pass and change nothing: " + printable(each.object) +
                   " is there in another shape. (" + printable(each.summary) + ")";
        evidence.push_back({.grade = Grade::Read,
                            .text = std::move(text),
                            .revision = facts.graph.revision(each.revision).id,
                            .object = each.object,
                            .span = each.span});
    }
    return evidence;
}

std::string notComparedText(const SchemaCheck& check)
{
    std::vector<std::string> items;
    for (const NotCompared& each : check.notCompared)
        items.emplace_back(toText(each.kind));
    if (!check.lockedTables.empty())
        items.push_back("the expressions of " + namesText(check.lockedTables));
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0)
            text += i + 1 == items.size() ? " and " : ", ";
        text += items[i];
    }
    return text;
}

WayBack readAgain(const Facts& facts)
{
    const SchemaCheck& check = *facts.check;
    WayBack way{.id = "read-again",
                .title = "Read the rest",
                .summary = check.notCompared.empty()
                               ? "When the session that holds the lock is done."
                               : "As a role that may read the whole catalog.",
                .pros = {"Reading changes nothing"},
                .cons = {},
                .needs = check.notCompared.empty() ? "a moment without that lock"
                                                   : "a role that may read the catalog"};
    if (!check.lockedTables.empty())
        way.steps.push_back(
            {.action = "See who holds the lock",
             .detail = "",
             .sql = "SELECT l.pid, l.relation::regclass, a.state, a.xact_start FROM pg_locks l "
                    "LEFT JOIN pg_stat_activity a USING (pid) WHERE l.mode = "
                    "'AccessExclusiveLock' AND l.granted AND l.locktype = 'relation';"});
    way.steps.push_back({.action = "Diagnose again",
                         .detail = check.notCompared.empty()
                                       ? std::string()
                                       : "With --dsn naming a role that may read it.",
                         .command = "sightglass-cli diagnose"});
    return way;
}

std::string comparisonText(const Facts& facts)
{
    if (facts.check == nullptr)
        return "Whether every table is what the revisions promise is not compared yet.";
    const SchemaCheck& check = *facts.check;
    const std::string tables = counted(check.promisedTables, "promised table", "promised tables");
    if (!check.isComplete())
        return std::to_string(check.presentTables()) + " of " + tables +
               " are there; they were compared without " + notComparedText(check) + ".";
    if (check.isAsPromised() && check.doubted.empty() && check.certainty == Confidence::Certain)
        return check.promisedTables == 1
                   ? "The one table that the revisions promise is there as they make it."
                   : "All " + tables + " are there as the revisions make them.";
    return std::to_string(check.presentTables()) + " of " + tables +
           " are there; some of it can't be compared, see below.";
}

std::vector<Evidence> doubtEvidence(const Facts& facts)
{
    std::vector<Evidence> evidence;
    const SchemaCheck& check = *facts.check;
    for (const Leftover& each : check.leftovers)
        evidence.push_back(
            {.grade = Grade::Asked, .text = leftoverText(each), .object = toText(each.table)});
    if (!check.doubted.empty()) {
        evidence.push_back(
            {.grade = Grade::Read,
             .text = counted(check.doubted.size(), "difference is", "differences are") +
                     " open, because what revisions do there can't be read: " +
                     firstOf(check.doubted) + "."});
    }
    for (Evidence& each : unreadEvidence(check))
        evidence.push_back(std::move(each));
    if (!check.unread.empty())
        evidence.push_back({.grade = Grade::Read,
                            .text = "Something that the applied revisions run can't be read, and "
                                    "may have changed more: " +
                                    printable(check.unread) + "."});
    return evidence;
}

} // namespace sightglass
