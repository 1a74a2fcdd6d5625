// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/put_back.h"

#include "core/diagnosis/schema_ways.h"
#include "core/diagnosis/ways_back.h"
#include "core/diagnosis/words.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace sightglass {

namespace {

constexpr std::array<std::string_view, 5> constraintKinds{
    "primary key", "unique", "foreign key", "check", "exclusion"};

bool isConstraint(const Difference& difference)
{
    return std::ranges::find(constraintKinds, difference.kind) != constraintKinds.end();
}

bool isReplayed(const Facts& facts, const std::string& name)
{
    return std::ranges::any_of(facts.check->toReplay, [&](const UndoneStep& step) {
        const auto& all = facts.input.history->steps(step.revision).upgrade.operations;
        return std::ranges::any_of(step.operations, [&](std::size_t index) {
            const ChangedObject object = objectOf(all[index].change);
            return object.name == name || object.column == name;
        });
    });
}

/// Stands on a column that is gone and that nothing brings back.
bool standsOnNothing(const Facts& facts, const Difference& part)
{
    return std::ranges::any_of(facts.check->missing, [&](const Difference& each) {
        return each.kind == "column" && each.object == part.object &&
               part.left.find(quotedIdentifier(each.part)) != std::string::npos &&
               !isReplayed(facts, each.part);
    });
}

/// "CREATE UNIQUE INDEX x ON t …" as it runs beside writers.
std::string concurrently(std::string definition)
{
    constexpr std::string_view word = "INDEX ";
    const std::size_t at = definition.find(word);
    return at == std::string::npos ? definition
                                   : definition.insert(at + word.size(), "CONCURRENTLY ");
}

std::string sqlOfMissing(const Difference& missing)
{
    if (missing.kind == "index")
        return concurrently(missing.left) + ";\n";
    return "ALTER TABLE " + toSql(missing.object) + " ADD CONSTRAINT " +
           quotedIdentifier(missing.part) + " " + missing.left + ";\n";
}

/// Half-made where the revisions promise it whole; empty: it is as promised.
std::string sqlOfLeftover(const Facts& facts, const Leftover& leftover)
{
    for (const Difference& each : facts.check->different) {
        if (each.object != leftover.table || each.part != leftover.name)
            continue;
        std::string sql = leftoverSql(leftover) + "\n";
        if (leftover.kind == Leftover::Kind::InvalidIndex)
            sql += concurrently(each.left) + ";\n";
        return sql;
    }
    return {};
}

std::string renameSql(const RenamedObject& renamed)
{
    if (renamed.column.empty())
        return "ALTER TABLE " +
               toSql(QualifiedName{.schema = renamed.table.schema, .name = renamed.now}) +
               " RENAME TO " + quotedIdentifier(renamed.table.name) + ";\n";
    return "ALTER TABLE " + toSql(renamed.table) + " RENAME COLUMN " +
           quotedIdentifier(renamed.now) + " TO " + quotedIdentifier(renamed.column) + ";\n";
}

} // namespace

WayBack renameBack(const Facts& facts)
{
    WayBack way{
        .id = "rename-back",
        .title = "Give back the old names",
        .summary = "What is missing is probably there under another name.",
        .pros = {"Rows, indexes and constraints stay", "The SQL is small and can be undone"},
        .cons = {"Whoever uses the new names stops working"},
        .needs = "certainty that it was a rename"};
    way.steps.push_back(backupStep(facts));
    std::string sql;
    for (const RenamedObject& each : facts.check->renamed)
        sql += renameSql(each);
    way.steps.push_back(
        {.action = "Rename", .detail = "In one transaction.", .sql = "BEGIN;\n" + sql + "COMMIT;"});
    way.steps.push_back({.action = "Diagnose again",
                         .detail = "Nothing may be missing or different.",
                         .command = "sightglass-cli diagnose"});
    return way;
}

std::vector<Evidence> renamedEvidence(const Facts& facts)
{
    constexpr std::size_t shown = 8;
    std::vector<Evidence> evidence;
    for (const RenamedObject& each : facts.check->renamed) {
        if (evidence.size() == shown)
            break;
        const std::string table = toText(each.table);
        const std::string text = each.column.empty()
                                     ? "Table " + table + " may be called " + each.now +
                                           " now, which has the same columns."
                                     : "Column " + table + "." + each.column + " may be called " +
                                           each.now + " now, which has the same definition.";
        evidence.push_back({.grade = Grade::Asked, .text = printable(text), .object = table});
    }
    return evidence;
}

std::string partsSql(const Facts& facts)
{
    std::string keys;
    std::string others;
    for (const Difference& each : facts.check->missing) {
        if (each.part.empty() || each.left.empty() || isReplayed(facts, each.part) ||
            standsOnNothing(facts, each))
            continue;
        // A foreign key needs the key that it points at.
        if (each.kind == "foreign key")
            others += sqlOfMissing(each);
        else if (isConstraint(each) || each.kind == "index")
            keys += sqlOfMissing(each);
    }
    for (const Leftover& each : facts.check->leftovers)
        others += sqlOfLeftover(facts, each);
    return keys + others;
}

RepairStep putBackStep(const std::string& sql)
{
    return {.action = "Make constraints and indexes again",
            .detail = "Statements CONCURRENTLY run outside a transaction. A constraint is refused "
                      "where rows break it by now.",
            .sql = sql};
}

WayBack putBackParts(const Facts& facts, const std::string& sql)
{
    WayBack way{.id = "put-back",
                .title = "Make constraints and indexes again",
                .summary = "As the recorded revisions made them; everything else stays.",
                .pros = {"The smallest change that makes the schema what the rows say"},
                .cons = {"Refused where rows have come meanwhile that break a constraint"},
                .needs = "a backup of this database"};
    way.steps.push_back(backupStep(facts));
    way.steps.push_back(putBackStep(sql));
    way.steps.push_back({.action = "Diagnose again",
                         .detail = "Nothing may be missing or different.",
                         .command = "sightglass-cli diagnose"});
    return way;
}

} // namespace sightglass
