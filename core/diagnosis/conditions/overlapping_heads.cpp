// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/condition.h"
#include "core/diagnosis/evidence.h"
#include "core/diagnosis/ways_back.h"
#include "core/diagnosis/words.h"

namespace sightglass::conditions::overlapping_heads {

namespace {

bool holds(const Facts& facts)
{
    return facts.isStamped() && (!facts.impliedRows.empty() || !facts.repeatedRows.empty());
}

std::string title(const Facts& facts)
{
    if (facts.impliedRows.empty()) {
        return "The version table holds " + rowsText(facts.repeatedRows) + " more than once.";
    }
    return "The version table holds " + rowsText(facts.impliedRows) + ", which " +
           rowsText(facts.topRows) + " already stands for.";
}

WayBack keepTopRows(const Facts& facts)
{
    WayBack way{
        .id = "keep-top-rows",
        .title = "Keep the highest rows",
        .summary =
            "A row stands for itself and everything below it; the lower rows say nothing more.",
        .pros = {"No revision is claimed that is not claimed now", "Only the version rows change"},
        .cons = {"If the higher row was put there wrongly, it stays"},
        .needs = "nothing"};
    way.steps.push_back(backupStep(facts));
    RepairStep stamp = alembicStep(facts,
                                   "Stamp the highest rows",
                                   "The SQL takes it back.",
                                   "stamp --purge " + topRowsText(facts));
    stamp.sql = sqlThatRestoresRows(facts);
    way.steps.push_back(std::move(stamp));
    way.steps.push_back(alembicStep(facts, "Look at what is applied", "", "current"));
    return way;
}

WayBack addPrimaryKey(const Facts& facts)
{
    const QualifiedName& name = facts.pairing.table->name;
    WayBack way{.id = "add-primary-key",
                .title = "Keep each row once, and give the table its key",
                .summary = "Alembic's own key keeps this from coming back.",
                .pros = {"No row can stand twice again"},
                .cons = {"Locks the version table for a moment"},
                .needs = "ownership of the table"};
    way.steps.push_back(backupStep(facts));
    const std::string table = toSql(name);
    way.steps.push_back(
        {.action = "Keep one of each, add the key",
         .detail = "In one transaction.",
         .sql = "BEGIN;\nDELETE FROM " + table + " a USING " + table +
                " b WHERE a.version_num = b.version_num AND a.ctid > b.ctid;\nALTER TABLE " +
                table + " ADD CONSTRAINT " + quotedIdentifier(name.name + "_pkc") +
                " PRIMARY KEY (version_num);\nCOMMIT;"});
    return way;
}

void describe(const Facts& facts, Diagnosis& diagnosis)
{
    diagnosis.severity = Severity::Critical;
    if (!facts.impliedRows.empty()) {
        diagnosis.detail =
            "Alembic's current shows only the higher one; upgrade stops because the rows overlap.";
        diagnosis.evidence.push_back({.grade = Grade::Read,
                                      .text = rowsText(facts.impliedRows) + " is below " +
                                              rowsText(facts.topRows) +
                                              " in the chain, dependencies counted.",
                                      .revision = facts.impliedRows.front()});
    } else {
        diagnosis.detail =
            "Alembic stops when it changes the row: it expects to match one and finds more.";
    }
    if (!facts.unknownRows.empty() || facts.topRows.empty())
        diagnosis.options.push_back(stampWhatMatches(facts, true));
    else
        diagnosis.options.push_back(keepTopRows(facts));
    if (!facts.repeatedRows.empty() && !facts.pairing.table->hasPrimaryKey &&
        facts.pairing.table->keyRead && !facts.pairing.table->isView)
        diagnosis.options.push_back(addPrimaryKey(facts));
    // Without its tables no row is right, the highest neither.
    if (facts.tables.empty())
        diagnosis.options.insert(diagnosis.options.begin(), rebuildSchema(facts, true));
    else if (facts.unknownRows.empty() && !facts.topRows.empty())
        diagnosis.options.push_back(stampWhatMatches(facts, true));
    diagnosis.options.front().recommended = true;
}

} // namespace

extern const Condition condition{
    .state = DatabaseState::OverlappingHeads, .holds = holds, .title = title, .describe = describe};

} // namespace sightglass::conditions::overlapping_heads
