// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stamp/plan_stamp.h"

#include "core/actions/settle_run.h"
#include "core/base/error.h"
#include "core/diagnosis/diagnose.h"
#include "core/diagnosis/words.h"
#include "core/revisions/revision_range.h"
#include "core/stamp/stamp_sql.h"

#include <algorithm>

namespace sightglass {

namespace {

std::string rowText(const RevisionGraph& graph, const std::string& row)
{
    const auto index = graph.find(row);
    const std::string shown = row.empty() ? "(empty)" : printable(row);
    if (!index)
        return shown + " (no file defines it)";
    return shown + (graph.isEffectiveHead(*index) ? " (head)" : "");
}

std::string rowsText(const RevisionGraph& graph, const std::vector<std::string>& rows)
{
    if (rows.empty())
        return "base, nothing applied";
    std::string text;
    for (const std::string& row : rows)
        text += (text.empty() ? "" : ", ") + rowText(graph, row);
    return text;
}

/// Name of the version table that Alembic would make.
Result<QualifiedName> newTableName(const StampSituation& situation)
{
    const auto& name = situation.project.versionTable.value;
    const auto& schema = situation.project.versionTableSchema.value;
    if (!name.isKnown() || !schema.isKnown())
        return failure(ErrorCode::Ambiguous,
                       "Where the version table belongs can't be read from env.py: " +
                           (name.isKnown() ? schema.reason() : name.reason()) + ".",
                       "Name it with --version-table and --version-table-schema.");
    const auto& path = situation.live.server.searchPath;
    if (schema.value().empty() && path.empty())
        return failure(ErrorCode::Ambiguous,
                       "The session's search path is empty, so a new version table has no place.",
                       "Name its schema with --version-table-schema.");
    return QualifiedName{.schema = schema.value().empty() ? path.front() : schema.value(),
                         .name = name.value().empty() ? "alembic_version" : name.value()};
}

struct StampPlace
{
    StampTable table;
    std::string remark; ///< how it was found, where the settings alone do not lead to it
};

Result<StampPlace> placeOf(const StampSituation& situation)
{
    const auto pairing = pairVersionTable(situation.project, situation.graph, situation.live);
    if (pairing.table == nullptr && pairing.candidates.size() > 1)
        return failure(ErrorCode::Ambiguous,
                       pairing.remark,
                       "Name the version table with --version-table and --version-table-schema.");
    StampPlace place{.table = {}, .remark = pairing.remark};
    if (pairing.table != nullptr) {
        place.table = {.name = pairing.table->name, .existing = *pairing.table};
        return place;
    }
    const auto name = newTableName(situation);
    if (!name)
        return failure(name.error());
    place.table.name = *name;
    return place;
}

void add(Plan& plan, const char* id, std::string text, bool isMet, std::string detail)
{
    plan.preconditions.push_back(
        {.id = id,
         .text = std::move(text),
         .state = isMet ? PreconditionState::Met : PreconditionState::NotMet,
         .detail = std::move(detail)});
}

void addTablePreconditions(Plan& plan, const StampSituation& situation, const StampPlace& place)
{
    const std::string name = printable(toText(place.table.name));
    if (!place.table.existing) {
        const std::string& schema = place.table.name.schema;
        add(plan,
            "schema-exists",
            "The schema " + printable(schema) + " exists.",
            situation.live.schema.namespaces.contains(schema),
            "The version table " + name + " is made in it.");
        return;
    }
    const VersionTable& table = *place.table.existing;
    add(plan,
        "is-version-table",
        name + " is a table with a column version_num.",
        !table.isView && !table.columnType.empty(),
        table.isView               ? "It is a view."
        : table.columnType.empty() ? "It has no such column."
                                   : "It is of type " + table.columnType + ".");
    add(plan,
        "rows-readable",
        "The rows of " + name + " can be read.",
        table.readable,
        table.readable ? "They were read." : "Connect as a role that may read them.");
    if (!place.remark.empty())
        plan.preconditions.push_back({.id = "alembic-finds-it",
                                      .text = "Alembic takes " + name + " for its version table.",
                                      .state = PreconditionState::Unknown,
                                      .detail = place.remark});
}

void addPreconditions(Plan& plan, const StampSituation& situation, const StampPlace& place)
{
    add(plan, "chain-loads", "Alembic loads the chain.", true, "");
    add(plan,
        "server-writes",
        "The server takes changes.",
        !situation.live.server.inRecovery,
        situation.live.server.inRecovery ? "It is a standby; connect to its primary." : "");
    addTablePreconditions(plan, situation, place);
    plan.preconditions.push_back(
        {.id = "rows-unchanged",
         .text = "The version rows are still what the plan saw.",
         .state = PreconditionState::Unknown,
         .detail = "They are read again under lock when the plan runs; else nothing is changed."});
}

std::string idsText(const RevisionGraph& graph, const std::vector<RevisionIndex>& targets)
{
    std::string text;
    for (const RevisionIndex target : targets)
        text += (text.empty() ? "" : ", ") + printable(graph.revision(target).id);
    return text;
}

std::string pendingText(const RevisionGraph& graph, const std::vector<std::string>& rows)
{
    const auto pending = upgradePath(graph, rows, "heads");
    if (!pending)
        return "not known: " + pending.error().message;
    return pending->empty() ? "nothing" : counted(pending->size(), "revision", "revisions");
}

void describe(Plan& plan,
              const StampSituation& situation,
              const StampPlace& place,
              const StampedRows& stamped,
              const StampSql& sql)
{
    const std::string name = printable(toText(place.table.name));
    const std::string database = printable(situation.live.server.database);
    plan.title = stamped.targets.empty() ? "Mark " + database + " as empty of migrations"
                                         : "Set the version of " + database + " to " +
                                               idsText(situation.graph, stamped.targets);
    plan.summary = "Only the version table changes. No application table is touched, and Undo puts "
                   "the old rows back.";
    const std::vector<std::string> before = place.table.rows();
    plan.lines = {
        {.label = "Database", .text = plan.target.place.shown},
        {.label = "Version table", .text = name + (place.table.existing ? "" : " (is made)")},
        {.label = "Now", .text = rowsText(situation.graph, before), .values = before},
        {.label = "After",
         .text = rowsText(situation.graph, stamped.after),
         .values = stamped.after},
        {.label = "Pending then", .text = pendingText(situation.graph, stamped.after)}};
    if (sql.widensTo > 0)
        plan.lines.push_back({.label = "Width",
                              .text = "version_num becomes " + std::to_string(sql.widensTo) +
                                      " characters wide, because an id is that long"});
    if (sql.isNothing())
        return;
    plan.affected = {{.kind = "version table",
                      .name = toText(place.table.name),
                      .change = (place.table.existing ? "" : "is made, ") +
                                counted(sql.changedRows, "row changes", "rows change"),
                      .rows = static_cast<std::int64_t>(place.table.rows().size())}};
}

} // namespace

Result<Plan>
planStamp(const StampSituation& situation, const PlanTarget& target, const StampRequest& request)
{
    if (!situation.chainStops.empty())
        return failure(ErrorCode::Unsupported,
                       situation.chainStops,
                       "Mend the chain first: sightglass-cli diagnose says how.");
    const auto place = placeOf(situation);
    if (!place)
        return failure(place.error());
    const auto stamped = stampedRows(situation.graph, place->table.rows(), request);
    if (!stamped)
        return failure(stamped.error());
    const StampSql sql = stampSql(place->table, *stamped, request.purge);
    Plan plan{.action = "stamp", .target = target};
    addPreconditions(plan, situation, *place);
    describe(plan, situation, *place, *stamped, sql);
    if (!sql.isNothing())
        plan.steps.push_back({.title = "Set the version rows", .work = sql.forward});
    plan.undo = {.text = sql.undoText, .steps = {}, .possible = sql.canBeUndone};
    if (sql.canBeUndone)
        plan.undo.steps.push_back({.title = "Put the version rows back", .work = sql.backward});
    plan.protection = {.needed = false,
                       .text = "Only version rows change, and Undo puts them back."};
    plan.confirmation = confirmationOf(target, sql.changedRows, "version rows change");
    return plan;
}

std::vector<StampCandidate> stampCandidates(const RevisionGraph& graph,
                                            const InferenceResult& inference)
{
    const auto ids = [&graph](const HeadSet& set) {
        std::vector<std::string> names;
        for (const RevisionIndex index : set)
            names.push_back(graph.revision(index).id);
        return names;
    };
    const InferenceCandidate* const best = inference.best();
    std::vector<StampCandidate> candidates;
    for (const InferenceCandidate& each : inference.candidates) {
        const bool isContradicted = !each.missing.empty() || !each.differing.empty() ||
                                    !each.surplus.empty() || !each.evidenceAgainst.empty() ||
                                    each.tally.missing + each.tally.differing + each.extra > 0;
        StampCandidate candidate{.revisions = ids(each.revisions),
                                 .score = each.score,
                                 .isAtHeads = each.isAtHeads,
                                 .evidenceFor = each.evidenceFor,
                                 .evidenceAgainst = each.evidenceAgainst,
                                 .sameSchema = {}};
        for (const HeadSet& same : each.sameSchema)
            candidate.sameSchema.push_back(ids(same));
        candidate.preselected = &each == best && each.hasEvidence && !isContradicted &&
                                !each.afterUnread && each.sameSchema.empty();
        candidates.push_back(std::move(candidate));
    }
    return candidates;
}

} // namespace sightglass
