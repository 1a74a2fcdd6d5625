// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/condition.h"
#include "core/diagnosis/evidence.h"
#include "core/diagnosis/schema_ways.h"
#include "core/diagnosis/ways_back.h"
#include "core/diagnosis/words.h"

namespace sightglass::conditions::zombie {

namespace {

/// None of the promised tables is there, whatever others are. A chain that makes no table promises
/// none.
bool holds(const Facts& facts)
{
    if (!facts.isStamped())
        return false;
    if (facts.check == nullptr)
        return facts.tables.empty();
    return facts.check->promisedTables > 0 && facts.check->presentTables() == 0;
}

bool isAtHead(const Facts& facts)
{
    return facts.rowsAreValid() && facts.chainIsSound() && !facts.pendingError &&
           facts.pending.empty();
}

std::string title(const Facts& facts)
{
    const std::string at =
        isAtHead(facts)
            ? "head"
            : rowsText(facts.input.live != nullptr && !facts.topRows.empty() ? facts.topRows
                                                                             : facts.unknownRows);
    if (facts.tables.empty())
        return "The version table says " + at + ". No table is there.";
    return "The version table says " + at + ". None of " +
           counted(facts.check->promisedTables, "promised table", "promised tables") + " is there.";
}

void describe(const Facts& facts, Diagnosis& diagnosis)
{
    diagnosis.severity = Severity::Critical;
    const std::vector<bool> applied = [&] {
        std::vector<RevisionIndex> at;
        for (const VersionRow& row : facts.rows) {
            if (row.revision)
                at.push_back(*row.revision);
        }
        return facts.graph.withAncestors(at);
    }();
    std::size_t count = 0;
    for (const bool flag : applied)
        count += flag ? 1 : 0;
    diagnosis.detail =
        "It claims " + counted(count, "revision", "revisions") +
        " as applied, and the database holds nothing of them. Autogenerate would now create "
        "every table of the models.";
    if (facts.check != nullptr) {
        diagnosis.certainty = facts.check->certainty;
        diagnosis.evidence.push_back(
            {.grade = Grade::Asked,
             .text = "0 of " +
                     counted(facts.check->promisedTables, "promised table", "promised tables") +
                     " are there: " + namesText(facts.check->missingTables) + " are missing."});
    }
    diagnosis.evidence.push_back({.grade = Grade::Asked, .text = tablesSentence(facts)});
    if (!facts.live->server.systemIdentifier.empty()) {
        diagnosis.evidence.push_back(
            {.grade = Grade::Asked,
             .text = "This is database " + printable(facts.live->server.database) +
                     " of the cluster with system identifier " +
                     printable(facts.live->server.systemIdentifier) + "."});
    }
    if (!facts.live->schema.views.empty() || !facts.live->schema.sequences.empty() ||
        !facts.live->schema.enums.empty()) {
        diagnosis.evidence.push_back(
            {.grade = Grade::Asked,
             .text = "There are " + counted(facts.live->schema.views.size(), "view", "views") +
                     ", " + counted(facts.live->schema.sequences.size(), "sequence", "sequences") +
                     " and " + counted(facts.live->schema.enums.size(), "enum type", "enum types") +
                     "; an upgrade from base may stop at one that exists."});
    }
    diagnosis.options = {rebuildSchema(facts, !facts.rowsAreValid()),
                         restoreBackup(facts),
                         findRightDatabase(facts)};
    diagnosis.options.front().recommended = true;
}

} // namespace

extern const Condition condition{
    .state = DatabaseState::Zombie, .holds = holds, .title = title, .describe = describe};

} // namespace sightglass::conditions::zombie
