// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/impact.h"
#include "core/diagnosis/words.h"

#include <algorithm>
#include <ranges>
#include <variant>

namespace sightglass {

namespace {

CleanStartItem emptyDatabase(const ImpactInput& input)
{
    const FreshDatabase& fresh = input.diagnosis.freshDatabase;
    CleanStartItem made{.item = "The chain builds an empty database"};
    made.ok = fresh.ok;
    if (!fresh.ok) {
        made.evidence = fresh.reason;
        made.needsRehearsal = true;
    } else if (*fresh.ok) {
        made.evidence = counted(input.graph.size(), "revision", "revisions") + " replayed";
    } else {
        made.evidence = (fresh.revision.empty() ? std::string() : fresh.revision + ": ") +
                        firstSentence(fresh.error);
    }
    return made;
}

CleanStartItem oneOrder(const ImpactInput& input)
{
    CleanStartItem made{.item = "The chain has one order and one head"};
    const std::size_t heads = input.graph.effectiveHeads().size();
    if (input.graph.stopsAlembic() || !input.graph.missing().empty()) {
        made.ok = false;
        made.evidence = "Alembic can't load the chain";
    } else if (heads == 1) {
        made.ok = true;
        made.evidence = counted(input.graph.size(), "revision", "revisions") + " up to " +
                        input.graph.revision(input.graph.effectiveHeads().front()).id;
    } else {
        made.ok = false;
        made.evidence = std::to_string(heads) + " heads: alembic upgrade head refuses";
    }
    return made;
}

/// Rows that revisions write, against the tables that are there by then.
struct SeedCount
{
    std::size_t writes = 0;
    std::string tooEarly; ///< the first that finds no table: revision and PostgreSQL's words
    std::size_t tooEarlyCount = 0;
};

void countSeeds(const Revision& revision, const RevisionSteps& steps, SeedCount& count)
{
    const auto isWrite = [&](std::size_t i) {
        return std::holds_alternative<change::ChangeData>(steps.upgrade.operations[i].change);
    };
    for (std::size_t i = 0; i < steps.upgrade.operations.size(); ++i)
        count.writes += isWrite(i) ? 1 : 0;
    for (const RefusedOperation& refused : steps.refused) {
        if (!isWrite(refused.operation) || refused.refusal.state != "42P01")
            continue;
        ++count.tooEarlyCount;
        if (count.tooEarly.empty())
            count.tooEarly = revision.id + ": " + refused.refusal.message;
    }
}

CleanStartItem seedsAfterSchema(const ImpactInput& input)
{
    CleanStartItem made{.item = "Seed data comes after the tables that it fills"};
    if (input.history == nullptr) {
        made.evidence = "operations are not read";
        return made;
    }
    SeedCount count;
    for (const RevisionIndex index : input.graph.walkOrder() | std::views::reverse)
        countSeeds(input.graph.revision(index), input.history->steps(index), count);
    const ResolutionCount& resolution = input.history->resolution();
    const std::string writes =
        counted(count.writes, "statement writes rows", "statements write rows");
    if (count.tooEarlyCount > 0) {
        made.ok = false;
        made.evidence = count.tooEarly;
    } else if (!input.around.seedFiles.empty()) {
        made.ok = false;
        made.evidence =
            "a new server runs " + firstOf(input.around.seedFiles) + " before any revision";
    } else if (resolution.opaque + resolution.unreadable > 0 &&
               !input.diagnosis.freshDatabase.ok.value_or(false)) {
        made.evidence = writes + "; not every operation could be read";
        made.needsRehearsal = true;
    } else {
        made.ok = true;
        made.evidence = count.writes == 0 ? "no revision writes rows"
                                          : writes + ", each to a table that is there by then";
    }
    return made;
}

CleanStartItem modelsMade(const ImpactInput& input)
{
    CleanStartItem made{.item = "The chain makes every table of the models"};
    if (!input.modelsOnly) {
        made.evidence = "the models could not be read";
        return made;
    }
    made.ok = input.modelsOnly->empty();
    made.evidence = *made.ok ? counted(input.modelTables, "table", "tables") + " of the models"
                             : "no revision makes " + firstOf(*input.modelsOnly);
    return made;
}

CleanStartItem nothingBeside(const ImpactInput& input)
{
    CleanStartItem made{.item = "Nothing but the chain makes tables at a start"};
    const SurroundingFacts& around = input.around;
    if (!around.scanned) {
        made.evidence = "the project's code was not searched";
        return made;
    }
    std::vector<std::string> others = around.createAll;
    for (const ContainerFacts& each : around.containers) {
        if (each.createsTables && around.createAll.empty())
            others.push_back(each.name);
    }
    made.ok = others.empty();
    made.evidence = others.empty() ? "no create_all at a start was found"
                                   : "the models' tables are created by " + firstOf(others);
    return made;
}

CleanStartItem upgradeFirst(const ImpactInput& input)
{
    CleanStartItem made{.item = "The application starts after the upgrade"};
    if (!input.around.scanned || input.around.containers.empty()) {
        made.evidence = input.around.scanned ? "no container of the project was found"
                                             : "containers were not looked at";
        return made;
    }
    std::vector<std::string> late;
    std::vector<std::string> open;
    std::vector<std::string> first;
    for (const ContainerFacts& each : input.around.containers) {
        const bool isLate = each.order == StartOrder::UpgradesAfter || each.failureIgnored;
        const bool isOpen =
            each.order == StartOrder::NotKnown || each.order == StartOrder::NoUpgrade;
        (isLate ? late : isOpen ? open : first).push_back(each.name);
    }
    if (!late.empty()) {
        made.ok = false;
        made.evidence = firstOf(late) + " may start without it";
    } else if (first.empty()) {
        made.evidence = firstOf(open) + ": no upgrade at its start was found";
    } else {
        made.ok = true;
        made.evidence = firstOf(first);
    }
    return made;
}

} // namespace

std::vector<CleanStartItem> cleanStartList(const ImpactInput& input)
{
    return {emptyDatabase(input),
            oneOrder(input),
            seedsAfterSchema(input),
            modelsMade(input),
            nothingBeside(input),
            upgradeFirst(input),
            {.item = "A run on an empty database came to its end",
             .evidence = "only a rehearsal shows it",
             .needsRehearsal = true}};
}

} // namespace sightglass
