// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/json_report.h"

#include "core/report/json_parts.h"
#include "core/report/json_values.h"
#include "core/report/outlook_json.h"
#include "core/report/outlook_report.h"

#include <algorithm>

namespace sightglass {

namespace {

using json::Value;

Value factJson(const ReadFact& fact)
{
    if (!fact.value.isKnown())
        return nullptr;
    return fact.value.value().empty() ? Value(nullptr) : Value(fact.value.value());
}

Value projectJson(const Project& project)
{
    Value value = Value::object();
    value["root"] = project.root.string();
    value["config"] = project.config.empty() ? Value(nullptr) : Value(project.config.string());
    value["section"] = project.section;
    value["script_location"] = project.scriptLocation.string();
    value["version_locations"] = Value::array();
    for (const Path& location : project.versionLocations)
        value["version_locations"].push_back(location.string());
    value["version_table"] = factJson(project.versionTable);
    value["version_table_schema"] = factJson(project.versionTableSchema);
    if (!project.versionTable.value.isKnown())
        value["version_table_reason"] = project.versionTable.value.reason();
    if (!project.versionTableSchema.value.isKnown())
        value["version_table_schema_reason"] = project.versionTableSchema.value.reason();
    value["notes"] = project.notes;
    return value;
}

Value idsOf(const std::vector<RevisionReference>& references)
{
    Value ids = Value::array();
    for (const RevisionReference& reference : references)
        ids.push_back(reference.id);
    return ids;
}

Value idsOf(const RevisionGraph& graph, std::span<const RevisionIndex> indexes)
{
    Value ids = Value::array();
    for (const RevisionIndex index : indexes)
        ids.push_back(graph.revision(index).id);
    return ids;
}

} // namespace

Value json::revisionJson(const Inspection& inspection, RevisionIndex index)
{
    const RevisionGraph& graph = *inspection.graph;
    const Revision& revision = graph.revision(index);
    Value value = Value::object();
    value["id"] = revision.id;
    value["down"] = idsOf(revision.down);
    value["depends_on"] = idsOf(revision.dependsOn);
    value["labels"] = idsOf(revision.labels);
    value["propagated_labels"] = graph.labels(index);
    value["message"] = revision.message;
    value["created"] = revision.created ? Value(*revision.created) : Value(nullptr);
    value["file"] = revision.span.file;
    value["line"] = revision.span.line;
    value["head"] = graph.isHead(index);
    value["effective_head"] = graph.isEffectiveHead(index);
    value["base"] = graph.isBase(index);
    value["branch_point"] = graph.isBranchPoint(index);
    value["merge_point"] = graph.isMergePoint(index);
    if (index < inspection.applied.size())
        value["applied"] = static_cast<bool>(inspection.applied[index]);
    return value;
}

namespace {

Value missingJson(const RevisionGraph& graph)
{
    Value missing = Value::array();
    for (const MissingRevision& revision : graph.missing()) {
        missing.push_back(
            {{"id", revision.id},
             {"referenced_by", idsOf(graph, revision.referencedBy)},
             {"kind",
              revision.kind == MissingRevision::Kind::Down ? "down_revision" : "depends_on"}});
    }
    return missing;
}

Value evidenceJson(const FindingEvidence& evidence)
{
    Value value = Value::object();
    if (evidence.rows)
        value["rows"] = *evidence.rows;
    if (evidence.bytes)
        value["bytes"] = *evidence.bytes;
    json::setText(value, "lock", evidence.lock);
    if (evidence.rewrites)
        value["rewrites"] = *evidence.rewrites;
    if (evidence.scans)
        value["scans"] = *evidence.scans;
    return value;
}

} // namespace

Value json::findingJson(const Finding& finding)
{
    Value value = Value::object();
    value["rule"] = finding.rule;
    value["category"] = finding.category;
    value["severity"] = toText(finding.severity);
    value["confidence"] = toText(finding.confidence);
    value["title"] = finding.title;
    value["detail"] = finding.detail;
    json::setText(value, "revision", finding.revision);
    json::setSpan(value, finding.span);
    json::setText(value, "object", finding.object);
    value["evidence"] = evidenceJson(finding.evidence);
    value["fixes"] = Value::array();
    for (const Fix& fix : finding.fixes)
        value["fixes"].push_back({{"id", fix.id}, {"title", fix.title}});
    if (!finding.related.empty()) {
        value["related"] = Value::array();
        for (const SourceSpan& span : finding.related) {
            Value place = Value::object();
            json::setSpan(place, span);
            value["related"].push_back(std::move(place));
        }
    }
    json::setText(value, "instead", finding.instead);
    json::setText(value, "unsettled", finding.unsettled);
    json::setText(value, "suppressed", finding.suppressed);
    return value;
}

namespace {

Value versionTableJson(const VersionTable& table)
{
    return {{"schema", table.name.schema},
            {"name", table.name.name},
            {"rows", table.rows},
            {"readable", table.readable},
            {"column_type", table.columnType},
            {"width", table.width ? Value(*table.width) : Value(nullptr)},
            {"nullable", table.nullable},
            {"why_unread", table.whyUnread},
            {"primary_key", table.hasPrimaryKey ? Value(table.primaryKeyName) : Value(nullptr)},
            {"primary_key_known", table.keyRead},
            {"other_columns", table.otherColumns},
            {"view", table.isView}};
}

Value databaseJson(const Inspection& inspection)
{
    if (inspection.live == nullptr)
        return nullptr;
    const LiveState& live = *inspection.live;
    const ServerFacts& server = live.server;
    Value value = Value::object();
    value["target"] = inspection.target;
    value["name"] = server.database;
    value["host"] = server.host;
    value["port"] = server.port;
    value["user"] = server.user;
    value["version"] = server.versionText;
    value["version_number"] = server.versionNumber;
    value["oid"] = server.databaseOid;
    value["system_identifier"] =
        server.systemIdentifier.empty() ? Value(nullptr) : Value(server.systemIdentifier);
    value["encoding"] = server.encoding;
    value["search_path"] = server.searchPath;
    value["in_recovery"] = server.inRecovery;
    value["read_only"] = server.readOnlySession;
    value["server_time"] = toRfc3339(server.serverTime);
    value["read_at"] = toRfc3339(live.readAt);
    value["duration_ms"] = live.duration.count();
    value["tables"] = live.schema.tables.size();
    const QualifiedName& name = inspection.diagnosis.versionTable;
    value["version_table"] =
        name.name.empty() ? Value(nullptr) : Value({{"schema", name.schema}, {"name", name.name}});
    value["version_tables"] = Value::array();
    for (const VersionTable& table : live.versionTables)
        value["version_tables"].push_back(versionTableJson(table));
    value["not_read"] = live.notRead;
    value["unread"] = json::unreadJson(live.unread);
    return value;
}

Value diagnosisEvidenceJson(const std::vector<Evidence>& evidence)
{
    Value list = Value::array();
    for (const Evidence& item : evidence) {
        Value value = {{"grade", toText(item.grade)}, {"text", item.text}};
        json::setText(value, "revision", item.revision);
        json::setText(value, "object", item.object);
        json::setSpan(value, item.span);
        list.push_back(std::move(value));
    }
    return list;
}

Value freshJson(const FreshDatabase& fresh)
{
    Value value = {{"ok", fresh.ok ? Value(*fresh.ok) : Value(nullptr)}};
    json::setText(value, "revision", fresh.revision);
    json::setText(value, "object", fresh.object);
    json::setText(value, "error", fresh.error);
    json::setText(value, "reason", fresh.reason);
    return value;
}

Value optionsJson(const std::vector<WayBack>& options)
{
    Value list = Value::array();
    for (const WayBack& option : options) {
        Value steps = Value::array();
        for (const RepairStep& step : option.steps) {
            Value value = {{"action", step.action}, {"detail", step.detail}};
            json::setText(value, "command", step.command);
            json::setText(value, "sql", step.sql);
            steps.push_back(std::move(value));
        }
        list.push_back({{"id", option.id},
                        {"title", option.title},
                        {"summary", option.summary},
                        {"recommended", option.recommended},
                        {"pros", option.pros},
                        {"cons", option.cons},
                        {"needs", option.needs},
                        {"steps", std::move(steps)}});
    }
    return list;
}

} // namespace

std::string chainJson(const Inspection& inspection)
{
    const RevisionGraph& graph = *inspection.graph;
    Value value = json::document("chain");
    value["project"] = projectJson(inspection.scripts->project);
    value["revisions"] = Value::array();
    for (const RevisionIndex index : graph.walkOrder())
        value["revisions"].push_back(json::revisionJson(inspection, index));
    value["heads"] = idsOf(graph, graph.heads());
    value["effective_heads"] = idsOf(graph, graph.effectiveHeads());
    value["bases"] = idsOf(graph, graph.bases());
    value["branch_points"] = idsOf(graph, graph.branchPoints());
    value["merge_points"] = idsOf(graph, graph.mergePoints());
    value["missing"] = missingJson(graph);
    value["stops_alembic"] = inspection.diagnosis.state == DatabaseState::BrokenChain;
    value["ignored"] = Value::array();
    for (const IgnoredFile& file : inspection.scripts->ignored)
        value["ignored"].push_back({{"file", file.file}, {"reason", file.reason}});
    value["findings"] = Value::array();
    for (const Finding& finding : findingsOnTheChain(inspection))
        value["findings"].push_back(json::findingJson(finding));
    return json::text(value);
}

std::string diagnoseJson(const Inspection& inspection)
{
    return diagnoseJson(inspection, {});
}

std::string diagnoseJson(const Inspection& inspection, const Outlook& outlook)
{
    const Diagnosis& diagnosis = inspection.diagnosis;
    Value value = json::document("diagnose");
    value["project"] = projectJson(inspection.scripts->project);
    value["database"] = databaseJson(inspection);
    value["database_error"] =
        inspection.liveError ? Value(toText(*inspection.liveError)) : Value(nullptr);
    value["state"] =
        isNamedState(diagnosis.state) ? Value(toText(diagnosis.state)) : Value(nullptr);
    value["severity"] = toText(diagnosis.severity);
    value["certainty"] = toText(diagnosis.certainty);
    value["title"] = diagnosis.title;
    value["detail"] = diagnosis.detail;
    value["also_holds"] = Value::array();
    for (const DatabaseState state : diagnosis.alsoHolds)
        value["also_holds"].push_back(toText(state));
    value["evidence"] = diagnosisEvidenceJson(diagnosis.evidence);
    value["version_rows"] = diagnosis.versionRows;
    value["current"] = diagnosis.current;
    value["pending"] = diagnosis.pending;
    value["inferred"] = diagnosis.inferred;
    value["no_trace"] = diagnosis.noTrace;
    json::setText(value, "pending_unknown", diagnosis.pendingUnknown);
    value["fresh_database"] = freshJson(diagnosis.freshDatabase);
    value["options"] = optionsJson(diagnosis.options);
    value["checklist"] = json::checklistJson(diagnosis.checklist);
    json::addOutlook(inspection, outlook, value);
    return json::text(value);
}

} // namespace sightglass
