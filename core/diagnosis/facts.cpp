// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/facts.h"

#include "core/revisions/revision_range.h"

#include <algorithm>
#include <set>

namespace sightglass {

namespace {

using Kind = GraphProblem::Kind;

/// Which problem a rescuer has to hear of first; -1: it stops nobody.
int rankOf(const GraphProblem& problem)
{
    switch (problem.kind) {
    case Kind::MissingDownRevision:
        return 0;
    case Kind::MissingDependency:
        return 1;
    case Kind::DuplicateId:
        return 3; // a lost revision even where Alembic goes on with a warning
    case Kind::SelfReference:
        return 4;
    case Kind::Cycle:
        return 5;
    case Kind::DuplicateLabel:
        return 6;
    case Kind::InvalidId:
        return 7;
    case Kind::NoHead:
    case Kind::NoBase:
        return problem.alembic.empty() ? -1 : 8;
    case Kind::RepeatedReference:
    case Kind::SeveralHeads: // stops `upgrade head`, not `upgrade heads`
    case Kind::SeveralBases:
    case Kind::Island:
        return -1;
    }
    return -1;
}

constexpr int fileRank = 2;

std::vector<ChainStop> stopsOf(const DiagnosisInput& input)
{
    std::vector<std::pair<int, ChainStop>> ranked;
    for (const GraphProblem& problem : input.graph.problems()) {
        if (const int rank = rankOf(problem); rank >= 0)
            ranked.push_back({rank, {.graph = &problem}});
    }
    for (const FileProblem& problem : input.scripts.problems) {
        if (!problem.alembic.empty())
            ranked.push_back({fileRank, {.file = &problem}});
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& left, const auto& right) {
        return left.first < right.first;
    });
    std::vector<ChainStop> stops;
    for (const auto& [rank, stop] : ranked)
        stops.push_back(stop);
    return stops;
}

std::vector<const FileProblem*> unknownIdsOf(const Scripts& scripts)
{
    std::vector<const FileProblem*> files;
    for (const FileProblem& problem : scripts.problems) {
        switch (problem.kind) {
        case FileProblem::Kind::ComputedIdentifier:
        case FileProblem::Kind::CompiledOnly:
        case FileProblem::Kind::TooLarge:
        case FileProblem::Kind::NotUtf8:
        case FileProblem::Kind::Unreadable:
            if (problem.alembic.empty())
                files.push_back(&problem);
            break;
        case FileProblem::Kind::SyntaxError:
        case FileProblem::Kind::NotARevision:
        case FileProblem::Kind::NoDownRevision:
        case FileProblem::Kind::InvalidIdentifier:
        case FileProblem::Kind::CaseCollision:
        case FileProblem::Kind::LoadedTwice:
            break;
        }
    }
    return files;
}

void readTables(const LiveState& live, Facts& facts)
{
    std::set<QualifiedName> versionTables;
    for (const VersionTable& table : live.versionTables)
        versionTables.insert(table.name);
    for (const auto& [name, table] : live.schema.tables) {
        if (!table->extension.empty())
            ++facts.extensionTables;
        else if (!versionTables.contains(name) && table->kind != TableKind::Partition)
            facts.tables.push_back(table.get());
    }
}

void classifyUnknown(Facts& facts, std::set<std::string>& seen, VersionRow& row)
{
    if (!row.text.empty()) {
        if (const auto resolved = resolveRevisions(facts.graph, row.text)) {
            for (const RevisionIndex index : *resolved)
                row.wouldResolveTo.push_back(facts.graph.revision(index).id);
        }
    }
    if (seen.insert(row.text).second)
        facts.unknownRows.push_back(row.text);
}

/// Which rows another row stands for already: one walk down from every row's parents.
void findImplied(Facts& facts, const std::vector<RevisionIndex>& known)
{
    std::vector<RevisionIndex> below;
    for (const RevisionIndex index : known) {
        const auto down = facts.graph.down(index);
        const auto dependencies = facts.graph.dependencies(index);
        below.insert(below.end(), down.begin(), down.end());
        below.insert(below.end(), dependencies.begin(), dependencies.end());
    }
    const std::vector<bool> implied = facts.graph.withAncestors(below);
    for (const RevisionIndex index : known)
        (implied[index] ? facts.impliedRows : facts.topRows)
            .push_back(facts.graph.revision(index).id);
}

void readRows(Facts& facts)
{
    std::set<std::string> unknown;
    std::set<std::string> seen;
    std::vector<RevisionIndex> known;
    for (const std::string& text : facts.pairing.table->rows) {
        VersionRow row{.text = text, .revision = facts.graph.find(text)};
        if (!seen.insert(text).second) {
            if (std::find(facts.repeatedRows.begin(), facts.repeatedRows.end(), text) ==
                facts.repeatedRows.end())
                facts.repeatedRows.push_back(text);
        } else if (row.revision) {
            known.push_back(*row.revision);
        }
        if (!row.revision)
            classifyUnknown(facts, unknown, row);
        facts.rows.push_back(std::move(row));
    }
    findImplied(facts, known);
}

void readVersionTable(Facts& facts)
{
    facts.pairing = pairVersionTable(facts.project, facts.graph, *facts.live);
    if (facts.pairing.table == nullptr) {
        facts.rowsRead = facts.pairing.candidates.empty();
        return;
    }
    facts.rowsRead = facts.pairing.table->readable && !facts.pairing.table->columnType.empty();
    if (facts.rowsRead)
        readRows(facts);
}

void findPending(Facts& facts)
{
    if (!facts.rowsRead || !facts.chainIsSound() || !facts.rowsAreValid() ||
        facts.graph.size() == 0)
        return;
    const auto path = upgradePath(facts.graph, facts.topRows, "heads");
    if (!path) {
        facts.pendingError = path.error().message;
        return;
    }
    for (const RevisionIndex index : *path)
        facts.pending.push_back(facts.graph.revision(index).id);
}

/// Alembic's own tables belong to no revision.
std::function<bool(const QualifiedName&)> versionTablesOf(const LiveState& live)
{
    std::set<QualifiedName> names;
    for (const VersionTable& table : live.versionTables)
        names.insert(table.name);
    return [names](const QualifiedName& name) { return names.contains(name); };
}

void compareWithPromise(Facts& facts)
{
    if (facts.input.history == nullptr || !facts.isStamped() || !facts.rowsAreValid() ||
        !facts.chainIsSound())
        return;
    SchemaCheckInput input{.history = *facts.input.history,
                           .graph = facts.graph,
                           .live = *facts.live,
                           .current = {},
                           .pending = {},
                           .leftOut = versionTablesOf(*facts.live)};
    for (const RevisionId& id : facts.topRows)
        input.current.push_back(*facts.graph.find(id));
    for (const RevisionId& id : facts.pending)
        input.pending.push_back(*facts.graph.find(id));
    facts.check = std::make_shared<const SchemaCheck>(checkSchema(input));
}

/// Where the rows don't say where the schema is, or say it wrongly.
void inferWhereNeeded(Facts& facts)
{
    const bool unstamped = facts.rowsRead && facts.rows.empty() && !facts.tables.empty();
    const bool lacking = facts.check != nullptr && !facts.check->missing.empty();
    if (facts.input.history == nullptr || facts.graph.size() == 0 || facts.tables.empty() ||
        (!unstamped && facts.unknownRows.empty() && !lacking))
        return;
    const History& history = *facts.input.history;
    facts.inference = std::make_shared<const InferenceResult>(
        inferRevisions(Fingerprints::of(history, facts.graph, facts.live->unread),
                       history,
                       facts.graph,
                       {.schema = facts.live->schema, .doubts = {}},
                       {.leftOut = versionTablesOf(*facts.live)}));
}

} // namespace

const FoundRevision* Facts::foundElsewhere(const std::string& id) const
{
    if (input.elsewhere == nullptr)
        return nullptr;
    const auto found = std::ranges::find(input.elsewhere->found, id, &FoundRevision::id);
    return found == input.elsewhere->found.end() ? nullptr : &*found;
}

std::vector<std::string> Facts::tableNames() const
{
    std::vector<std::string> names;
    names.reserve(tables.size());
    for (const Table* table : tables)
        names.push_back(toText(table->name));
    return names;
}

Facts factsOf(const DiagnosisInput& input)
{
    Facts facts{
        .input = input, .project = input.scripts.project, .graph = input.graph, .live = input.live};
    facts.stops = stopsOf(input);
    facts.unknownIds = unknownIdsOf(input.scripts);
    if (input.live != nullptr) {
        readTables(*input.live, facts);
        readVersionTable(facts);
        findPending(facts);
        compareWithPromise(facts);
        inferWhereNeeded(facts);
    }
    return facts;
}

} // namespace sightglass
