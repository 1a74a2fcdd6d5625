// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/json_parts.h"
#include "core/report/json_values.h"
#include "core/report/project_report.h"

namespace sightglass {

namespace {

using json::Value;

std::string_view wordOf(ReachedFrom reached)
{
    switch (reached) {
    case ReachedFrom::NotKnown:
        return "not-known";
    case ReachedFrom::Import:
        return "import";
    case ReachedFrom::Startup:
        return "startup";
    case ReachedFrom::Script:
        return "script";
    }
    return "";
}

std::string_view wordOf(ProjectPlace place)
{
    switch (place) {
    case ProjectPlace::Application:
        return "application";
    case ProjectPlace::Test:
        return "test";
    case ProjectPlace::Example:
        return "example";
    case ProjectPlace::Ci:
        return "ci";
    case ProjectPlace::Migration:
        return "migration";
    }
    return "";
}

std::string_view wordOf(SchemaCallKind kind)
{
    return kind == SchemaCallKind::CreateAll ? "create_all"
           : kind == SchemaCallKind::DropAll ? "drop_all"
                                             : "upgrade";
}

std::string_view wordOf(StartStepKind kind)
{
    switch (kind) {
    case StartStepKind::Upgrade:
        return "upgrade";
    case StartStepKind::CreateAll:
        return "create_all";
    case StartStepKind::Application:
        return "application";
    case StartStepKind::Unknown:
        return "unknown";
    }
    return "";
}

std::string_view wordOf(DestructiveKind kind)
{
    switch (kind) {
    case DestructiveKind::VolumesOfProject:
        return "compose-volumes";
    case DestructiveKind::Volume:
        return "volume";
    case DestructiveKind::Database:
        return "database";
    case DestructiveKind::Schema:
        return "schema";
    case DestructiveKind::Tables:
        return "tables";
    case DestructiveKind::DataFolder:
        return "data-folder";
    }
    return "";
}

Value textOrNull(const std::string& text)
{
    return text.empty() ? Value(nullptr) : Value(text);
}

Value environmentJson(const EnvironmentSanity& environment)
{
    Value value = Value::object();
    value["file"] = textOrNull(environment.file);
    value["read"] = environment.read;
    json::setText(value, "reason", environment.whyNot);
    value["options"] = Value::object();
    for (const ConfigureOption& option : environment.options)
        value["options"][option.name] = option.value;
    value["options_complete"] = !environment.hidden;
    value["target_metadata"] = {{"found", environment.metadataFound},
                                {"tables", environment.tables}};
    json::setText(value["target_metadata"], "reason", environment.metadataWhyNot);
    value["not_imported"] = Value::array();
    for (const UnimportedModels& each : environment.unimported)
        value["not_imported"].push_back({{"file", each.file}, {"tables", each.tables}});
    value["url_source"] = textOrNull(environment.urlSource);
    value["offline_branch"] = environment.offlineBranch;
    return value;
}

Value schemaCallsJson(const ProjectScan& scan)
{
    Value list = Value::array();
    for (const SchemaCall& call : scan.schemaCalls) {
        Value value = {{"kind", wordOf(call.kind)},
                       {"code", call.code},
                       {"function", textOrNull(call.function)}};
        value["place"] = wordOf(call.place);
        value["reached_from"] = wordOf(call.reached);
        value["stamps"] = call.stamps;
        json::setText(value, "condition", call.condition);
        json::setSpan(value, call.span);
        value["way"] = Value::array();
        for (const SourceSpan& span : call.way) {
            Value place = Value::object();
            json::setSpan(place, span);
            value["way"].push_back(std::move(place));
        }
        list.push_back(std::move(value));
    }
    return list;
}

Value startsJson(const ProjectScan& scan)
{
    Value list = Value::array();
    for (const ContainerStart& start : scan.starts) {
        Value value = {{"service", textOrNull(start.service)},
                       {"defined_in", start.file},
                       {"dockerfile", textOrNull(start.dockerfile)}};
        value["command"] = start.command;
        value["verdict"] = toText(start.verdict);
        value["replicas"] = start.replicas ? Value(*start.replicas) : Value(nullptr);
        json::setText(value, "waits_for", start.waitsFor);
        value["creates_tables"] = start.createsTables;
        value["for_tests"] = start.forTests;
        json::setSpan(value, start.span);
        value["steps"] = Value::array();
        for (const StartStep& step : start.steps) {
            Value one = {{"kind", wordOf(step.kind)}, {"text", step.text}};
            json::setText(
                one, "reason", step.kind == StartStepKind::Unknown ? step.why : std::string());
            json::setSpan(one, step.span);
            one["failure_ignored"] = step.failureIgnored;
            one["background"] = step.background;
            value["steps"].push_back(std::move(one));
        }
        list.push_back(std::move(value));
    }
    return list;
}

Value volumesJson(const ProjectScan& scan)
{
    Value value = Value::object();
    value["database"] = Value::array();
    for (const DatabaseVolume& each : scan.volumes) {
        Value one = {{"service", each.service}, {"defined_in", each.file}, {"image", each.image}};
        one["folder"] = each.folder;
        one["kind"] = toText(each.kind);
        one["name"] = textOrNull(each.name);
        one["name_is_certain"] =
            each.kind != MountKind::Named || each.external || !each.projectNameFromFolder;
        one["external"] = each.external;
        one["for_tests"] = each.forTests;
        json::setSpan(one, each.span);
        value["database"].push_back(std::move(one));
    }
    value["docker"] = {{"asked", scan.docker.asked}};
    json::setText(value["docker"], "reason", scan.docker.whyNot);
    value["docker"]["volumes"] = Value::array();
    for (const ExistingVolume& each : scan.docker.volumes)
        value["docker"]["volumes"].push_back(each.name);
    value["stale"] = Value::array();
    for (const StaleVolume& each : scan.staleVolumes)
        value["stale"].push_back(
            {{"name", each.name}, {"instead", each.instead}, {"reason", each.reason}});
    return value;
}

Value scriptsJson(const ProjectScan& scan)
{
    Value list = Value::array();
    for (const DestructiveCommand& each : scan.destructive) {
        Value one = {{"kind", wordOf(each.kind)},
                     {"script", each.script},
                     {"command", each.text},
                     {"asks", each.asks}};
        one["volumes"] = each.volumes;
        one["database_volume"] =
            each.volumesKnown || each.databaseVolume ? Value(each.databaseVolume) : Value(nullptr);
        one["for_tests"] = each.forTests;
        one["place"] = wordOf(each.place);
        json::setSpan(one, {.file = each.file, .line = each.line});
        list.push_back(std::move(one));
    }
    return list;
}

Value sqlFilesJson(const ProjectScan& scan)
{
    Value list = Value::array();
    for (const SqlFileFacts& each : scan.sqlFiles) {
        Value one = {{"file", each.path.string()}, {"bytes", each.bytes}, {"read", each.read}};
        json::setText(one, "reason", each.whyNot);
        one["place"] = wordOf(each.place);
        one["postgresql"] = each.isPostgres;
        one["from_pg_dump"] = each.fromPgDump;
        one["server_version"] = textOrNull(each.serverVersion);
        one["header"] = Value::object();
        for (const auto& [key, text] : each.header)
            one["header"][key] = text;
        one["version_rows"] = each.versionRows;
        one["statements"] = each.statements;
        one["changes"] = each.changes;
        one["changes_outside_transaction"] = each.outside;
        one["not_readable"] = each.unreadable;
        one["transaction"] = toText(each.transaction);
        one["run_by"] = textOrNull(each.runBy);
        one["tables"] = each.tables;
        one["tables_of_chain"] = each.alsoInChain;
        list.push_back(std::move(one));
    }
    return list;
}

} // namespace

std::string projectScanJson(const Project& project, const ProjectScan& scan)
{
    Value value = json::document("project");
    value["project"] = {{"root", project.root.string()},
                        {"config", textOrNull(project.config.string())},
                        {"script_location", project.scriptLocation.string()}};
    value["scanned"] = {{"root", scan.root.string()}, {"files", scan.files}, {"notes", scan.notes}};
    value["env"] = environmentJson(scan.environment);
    value["schema_calls"] = schemaCallsJson(scan);
    value["containers"] = startsJson(scan);
    value["upgrading_scripts"] = scan.upgradingScripts;
    value["volumes"] = volumesJson(scan);
    value["destructive"] = scriptsJson(scan);
    value["sql_files"] = sqlFilesJson(scan);
    value["findings"] = Value::array();
    for (const Finding& finding : scan.findings)
        value["findings"].push_back(json::findingJson(finding));
    return json::text(value);
}

} // namespace sightglass
