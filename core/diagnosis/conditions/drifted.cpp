// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/condition.h"
#include "core/diagnosis/evidence.h"
#include "core/diagnosis/put_back.h"
#include "core/diagnosis/schema_ways.h"
#include "core/diagnosis/ways_back.h"
#include "core/diagnosis/words.h"

#include <algorithm>

namespace sightglass::conditions::drifted {

namespace {

/// Missing tables, and revisions without a trace, have a state of their own.
bool holds(const Facts& facts)
{
    if (facts.check == nullptr || facts.tables.empty())
        return false;
    const SchemaCheck& check = *facts.check;
    const bool lost = !check.missingTables.empty() || !check.noTrace.empty();
    return !check.extra.empty() || !check.different.empty() || (!check.missing.empty() && !lost) ||
           (!check.collisions.empty() && !lost && !check.halfway && check.notRecorded.empty());
}

std::string countsText(const SchemaCheck& check)
{
    std::vector<std::string> parts;
    if (!check.extra.empty())
        parts.push_back(std::to_string(check.extra.size()) + " added");
    if (!check.different.empty())
        parts.push_back(std::to_string(check.different.size()) + " changed");
    if (!check.missing.empty())
        parts.push_back(std::to_string(check.missing.size()) + " missing");
    return firstOf(parts);
}

std::size_t revisionsThatCollide(const SchemaCheck& check)
{
    std::set<RevisionIndex> revisions;
    for (const Collision& each : check.collisions)
        revisions.insert(each.revision);
    return revisions.size();
}

std::string title(const Facts& facts)
{
    const SchemaCheck& check = *facts.check;
    const std::size_t colliding = revisionsThatCollide(check);
    const std::size_t differences =
        check.extra.size() + check.different.size() + check.missing.size();
    std::string text = "The schema was changed outside the chain: " + countsText(check) + ".";
    if (differences == 0)
        text = "Objects are there that pending revisions are to make.";
    if (colliding > 0)
        text += " " + counted(colliding, "pending revision", "pending revisions") +
                " will run into it.";
    return text;
}

void addDifferences(const std::vector<Difference>& differences,
                    const char* words,
                    Diagnosis& diagnosis)
{
    constexpr std::size_t shown = 8;
    for (std::size_t i = 0; i < std::min(shown, differences.size()); ++i) {
        const Difference& each = differences[i];
        std::string text =
            printable(
                toText(LineName{.object = each.object, .kind = each.kind, .part = each.part})) +
            words;
        if (each.change == Difference::Change::Differs)
            text += ": promised " + printable(each.left) + ", there is " + printable(each.right);
        text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
        diagnosis.evidence.push_back(
            {.grade = Grade::Asked, .text = text + ".", .object = toText(each.object)});
    }
    if (differences.size() > shown)
        diagnosis.evidence.push_back(
            {.grade = Grade::Asked,
             .text = std::to_string(differences.size() - shown) + " more:" + words + "."});
}

WayBack writeRevision(const Facts& facts)
{
    WayBack way{.id = "write-revision",
                .title = "Make the changes part of the chain",
                .summary = "A revision that makes them where they are not there yet.",
                .pros = {"Every database gets them", "Nothing that is there is lost"},
                .cons = {"The models have to declare them too, or autogenerate takes them away"},
                .needs = "a decision that they are wanted"};
    way.steps.push_back(
        {.action = "See every difference",
         .detail = "",
         .command = "sightglass-cli diff chain:" + shellWord(facts.topRows.front()) + " live"});
    way.steps.push_back(alembicStep(facts,
                                    "Write the revision",
                                    "With IF NOT EXISTS, since this database has them.",
                                    "revision -m " + shellWord("take in manual changes")));
    return way;
}

WayBack takeBack(const Facts& facts)
{
    WayBack way{.id = "undo-changes",
                .title = "Take the changes back",
                .summary = "The schema becomes what the recorded revisions promise.",
                .pros = {"Pending revisions run as they were written"},
                .cons = {"What the added columns and tables hold is lost"},
                .needs = "a backup of this database"};
    way.steps.push_back(backupStep(facts));
    std::string sql;
    for (const Difference& each : facts.check->extra) {
        const std::string table = toSql(each.object);
        if (each.kind == "index")
            sql += "DROP INDEX " +
                   toSql(QualifiedName{.schema = each.object.schema, .name = each.part}) + ";\n";
        else if (each.kind == "column")
            sql += "ALTER TABLE " + table + " DROP COLUMN " + quotedIdentifier(each.part) + ";\n";
        else if (each.kind == "trigger")
            sql += "DROP TRIGGER " + quotedIdentifier(each.part) + " ON " + table + ";\n";
        else if (each.kind == "policy")
            sql += "DROP POLICY " + quotedIdentifier(each.part) + " ON " + table + ";\n";
        else
            sql +=
                "ALTER TABLE " + table + " DROP CONSTRAINT " + quotedIdentifier(each.part) + ";\n";
    }
    if (!sql.empty())
        way.steps.push_back(
            {.action = "Take back what was added",
             .detail = "In one transaction; indexes and constraints before columns.",
             .sql = "BEGIN;\n" + sql + "COMMIT;"});
    way.steps.push_back(
        {.action = "Diagnose again", .detail = "", .command = "sightglass-cli diagnose"});
    return way;
}

/// What stands in the way is set aside under another name, with its rows.
WayBack setAside(const Facts& facts)
{
    WayBack way{.id = "set-aside",
                .title = "Set aside what is in the way",
                .summary = "Rename the objects that pending revisions want to make, upgrade, then "
                           "bring the rows over.",
                .pros = {"Nothing is lost", "Pending revisions run as they were written"},
                .cons = {"Whoever uses the objects under their names stops working"},
                .needs = "a backup of this database"};
    way.steps.push_back(backupStep(facts));
    std::set<std::string> statements;
    for (const Collision& each : facts.check->collisions) {
        for (const QualifiedName& name : facts.check->unmanaged) {
            if (each.message.find("\"" + name.name + "\"") != std::string::npos)
                statements.insert("ALTER TABLE " + toSql(name) + " RENAME TO " +
                                  quotedIdentifier(name.name + "_by_hand") + ";");
        }
        for (const Difference& extra : facts.check->extra) {
            if (each.message.find("\"" + extra.part + "\"") == std::string::npos)
                continue;
            const std::string other = quotedIdentifier(extra.part + "_by_hand");
            if (extra.kind == "column")
                statements.insert("ALTER TABLE " + toSql(extra.object) + " RENAME COLUMN " +
                                  quotedIdentifier(extra.part) + " TO " + other + ";");
            else if (extra.kind == "index")
                statements.insert(
                    "ALTER INDEX " +
                    toSql(QualifiedName{.schema = extra.object.schema, .name = extra.part}) +
                    " RENAME TO " + other + ";");
        }
    }
    std::string sql = "BEGIN;\n";
    for (const std::string& statement : statements)
        sql += statement + "\n";
    way.steps.push_back({.action = "Rename them",
                         .detail = "The evidence names every operation that would collide.",
                         .sql = statements.empty() ? "" : sql + "COMMIT;"});
    way.steps.push_back(alembicStep(facts, "Upgrade", "", "upgrade " + headsWord(facts.graph)));
    way.steps.push_back({.action = "Bring the rows over",
                         .detail = "From each _by_hand table or column into the new one.",
                         .command = "sightglass-cli diagnose"});
    return way;
}

/// What brings back the parts that are gone.
void addRepairs(const Facts& facts, Diagnosis& diagnosis)
{
    const std::string parts = partsSql(facts);
    if (!facts.check->toReplay.empty()) {
        WayBack way = replayUndone(facts);
        if (!parts.empty())
            way.steps.insert(way.steps.end() - 1, putBackStep(parts));
        diagnosis.options.push_back(std::move(way));
    } else if (!parts.empty()) {
        diagnosis.options.push_back(putBackParts(facts, parts));
    }
}

void describe(const Facts& facts, Diagnosis& diagnosis)
{
    const SchemaCheck& check = *facts.check;
    const bool collides = !check.collisions.empty();
    diagnosis.severity = collides ? Severity::High : Severity::Medium;
    diagnosis.certainty = check.certainty;
    diagnosis.detail =
        collides ? "Nothing is wrong until the next upgrade: it meets objects that it does not "
                   "expect."
                 : "No pending revision runs into it. Autogenerate would write these changes the "
                   "other way round.";
    addDifferences(check.extra, " is there and no applied revision makes it", diagnosis);
    addDifferences(check.different, " is not what the applied revisions make", diagnosis);
    addDifferences(check.missing, " is missing", diagnosis);
    for (const auto& more :
         {renamedEvidence(facts), collisionEvidence(facts), doubtEvidence(facts)})
        diagnosis.evidence.insert(diagnosis.evidence.end(), more.begin(), more.end());
    if (collides)
        diagnosis.options.push_back(setAside(facts));
    if (!check.renamed.empty())
        diagnosis.options.push_back(renameBack(facts));
    addRepairs(facts, diagnosis);
    diagnosis.options.push_back(writeRevision(facts));
    if (!check.extra.empty())
        diagnosis.options.push_back(takeBack(facts));
    diagnosis.options.front().recommended = true;
}

} // namespace

extern const Condition condition{
    .state = DatabaseState::Drifted, .holds = holds, .title = title, .describe = describe};

} // namespace sightglass::conditions::drifted
