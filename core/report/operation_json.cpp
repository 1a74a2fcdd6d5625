// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/render.h"
#include "core/report/json_parts.h"
#include "core/report/json_report.h"

#include <algorithm>

namespace sightglass {

namespace {

using json::Value;

std::string_view originText(Origin origin)
{
    switch (origin) {
    case Origin::Directive:
        return "directive";
    case Origin::Sql:
        return "sql";
    case Origin::SqlFile:
        return "sql-file";
    case Origin::Model:
        break;
    }
    return "model";
}

Value objectJson(const Change& change)
{
    const ChangedObject object = objectOf(change);
    Value value = Value::object();
    value["schema"] = object.table.schema.empty() ? "public" : object.table.schema;
    value["table"] = object.table.name.empty() ? Value(nullptr) : Value(object.table.name);
    json::setText(value, "column", object.column);
    json::setText(value, "name", object.name);
    return value;
}

std::string guardText(const std::vector<Guard>& guards)
{
    std::string text;
    for (const Guard& guard : guards)
        text += (text.empty() ? "" : " and ") + guard.text;
    return text;
}

Value operationsJson(const RevisionReading& reading, const std::vector<RefusedOperation>* refused)
{
    Value list = Value::array();
    for (const Operation& operation : reading.operations)
        list.push_back(json::operationJson(operation));
    if (refused == nullptr)
        return list;
    for (const RefusedOperation& each : *refused) {
        list[each.operation]["refused"] = {{"state", each.refusal.state},
                                           {"message", each.refusal.message},
                                           {"object", each.refusal.object}};
    }
    return list;
}

/// How the function ends: "done", "missing", "raises", "not-read".
Value endJson(const RevisionReading& reading)
{
    Value value = Value::object();
    switch (reading.end) {
    case RevisionReading::End::Done:
        value["end"] = reading.empty ? "empty" : "done";
        break;
    case RevisionReading::End::NoFunction:
        value["end"] = "missing";
        break;
    case RevisionReading::End::Raises:
        value["end"] = "raises";
        break;
    case RevisionReading::End::Limit:
    case RevisionReading::End::NeedsSchema:
        value["end"] = "not-read";
        break;
    }
    json::setText(value, "raised", reading.raised);
    json::setSpan(value, reading.endSpan);
    if (!reading.assumptions.empty())
        value["assumes"] = reading.assumptions;
    for (const RevisionReading::PossibleStop& stop : reading.possibleStops) {
        Value may = {{"raised", stop.raised}, {"guard", guardText(stop.guards)}};
        json::setSpan(may, stop.span);
        value["may_raise"].push_back(std::move(may));
    }
    return value;
}

Value resolutionJson(const ResolutionCount& count)
{
    return {{"structural", count.total()},
            {"resolved", count.resolved},
            {"conditional", count.conditional},
            {"opaque", count.opaque},
            {"not_read_to_the_end", count.unreadable}};
}

Value withDirection(const Value& operations, std::string_view direction)
{
    Value list = Value::array();
    for (const Value& operation : operations) {
        list.push_back(operation);
        list.back()["direction"] = direction;
    }
    return list;
}

} // namespace

Value json::operationJson(const Operation& operation)
{
    Value value = Value::object();
    value["kind"] = kindOf(operation.change);
    value["summary"] = summaryOf(operation.change);
    json::setSpan(value, operation.span);
    value["resolution"] = toText(operation.resolution);
    json::setText(value, "reason", operation.reason);
    if (!operation.sql.empty()) {
        value["sql"] = operation.sql;
    } else if (const auto sql = toSql(operation.change); sql.isKnown() && !sql.value().empty()) {
        value["sql"] = sql.value();
    }
    value["object"] = objectJson(operation.change);
    json::setText(value, "guard", guardText(operation.guards));
    value["origin"] = originText(operation.origin);
    json::setText(value, "directive", operation.directive);
    value["statement"] = operation.statement;
    if (operation.alternative)
        value["alternative"] = true;
    if (operation.tolerated)
        value["tolerated"] = true;
    if (operation.autocommit)
        value["autocommit"] = true;
    return value;
}

std::string showJson(const Inspection& inspection, RevisionIndex index)
{
    Value value = json::document("show");
    value["revision"] = json::revisionJson(inspection, index);
    const RevisionSteps& steps = inspection.history->steps(index);
    value["upgrade"] = operationsJson(steps.upgrade, &steps.refused);
    value["downgrade"] = operationsJson(steps.downgrade, nullptr);
    value["operations"] = withDirection(value["upgrade"], "upgrade");
    for (Value& each : withDirection(value["downgrade"], "downgrade"))
        value["operations"].push_back(std::move(each));
    value["upgrade_end"] = endJson(steps.upgrade);
    value["downgrade_end"] = endJson(steps.downgrade);
    value["resolution"] = resolutionJson(inspection.history->resolutionOf(index));
    value["downgrade_verdict"] = json::downgradeJson(assessDowngrade(*inspection.history, index));
    value["findings"] = Value::array();
    const std::string& id = inspection.graph->revision(index).id;
    for (const Finding& finding : inspection.findings) {
        if (finding.revision == id)
            value["findings"].push_back(json::findingJson(finding));
    }
    return json::text(value);
}

std::string operationsJson(const Inspection& inspection, std::span<const RevisionIndex> revisions)
{
    Value value = json::document("operations");
    ResolutionCount all;
    Value list = Value::array();
    for (const RevisionIndex index : revisions) {
        const RevisionSteps& steps = inspection.history->steps(index);
        all += inspection.history->resolutionOf(index);
        Value entry = {{"revision", inspection.graph->revision(index).id},
                       {"file", inspection.graph->revision(index).span.file},
                       {"operations", operationsJson(steps.upgrade, &steps.refused)},
                       {"end", endJson(steps.upgrade)}};
        list.push_back(std::move(entry));
    }
    value["resolution"] = resolutionJson(all);
    value["revisions"] = std::move(list);
    return json::text(value);
}

std::string sqlJson(const SqlScript& script)
{
    Value value = json::document("sql");
    value["from"] = script.from;
    value["to"] = script.to;
    value["downgrade"] = script.downgrade;
    value["statements"] = Value::array();
    for (const ScriptLine& line : script.lines) {
        if (line.kind == ScriptLine::Kind::Statement)
            value["statements"].push_back(line.text);
    }
    value["not_rendered"] = script.notRendered;
    value["online_only"] = script.onlineOnly;
    return json::text(value);
}

Value json::differenceJson(const Difference& difference)
{
    Value entry = Value::object();
    const std::string object = sightglass::toText(difference.object);
    entry["kind"] = difference.kind;
    entry["object"] = difference.part.empty() ? object : object + "." + difference.part;
    entry["schema"] = difference.object.schema;
    entry["name"] = difference.object.name;
    json::setText(entry, "part", difference.part);
    entry["change"] = sightglass::toText(difference.change);
    json::setText(entry, "left", difference.left);
    json::setText(entry, "right", difference.right);
    return entry;
}

Value json::unreadJson(const UnreadParts& unread)
{
    Value value = {{"parts", Value::array()}, {"locked", Value::array()}};
    for (const auto& [kind, why] : unread.parts)
        value["parts"].push_back({{"part", sightglass::toText(kind)}, {"reason", why}});
    for (const QualifiedName& name : unread.locked)
        value["locked"].push_back(sightglass::toText(name));
    return value;
}

std::string diffJson(const std::string& left,
                     const std::string& right,
                     const std::vector<Difference>& differences,
                     const UnreadParts& unread)
{
    Value value = json::document("diff");
    value["left"] = left;
    value["right"] = right;
    value["entries"] = Value::array();
    for (const Difference& difference : differences) {
        value["entries"].push_back(json::differenceJson(difference));
    }
    value["not_compared"] = json::unreadJson(unread);
    return json::text(value);
}

namespace {

Value forecastOperationJson(const ForecastOperation& operation)
{
    Value entry = {{"directive", operation.directive}, {"python", operation.python}};
    if (!operation.part.empty())
        entry["part"] = operation.part;
    if (!operation.detail.empty())
        entry["detail"] = operation.detail;
    entry["sure"] = operation.isSure();
    if (!operation.isSure()) {
        entry["condition"] = sightglass::toText(operation.condition);
        entry["why"] = operation.why;
    }
    return entry;
}

Value autogenerateJson(const AutogenerateForecast& forecast)
{
    Value value = {{"known", forecast.known}};
    if (!forecast.known)
        value["why_not"] = forecast.whyNot;
    const auto sure = std::ranges::count_if(forecast.operations, &ForecastOperation::isSure);
    value["operations"] = forecast.operations.size();
    value["sure"] = sure;
    value["notes"] = forecast.notes;
    return value;
}

} // namespace

std::string tablesJson(const std::vector<TableRow>& rows, const AutogenerateForecast& forecast)
{
    Value value = json::document("tables");
    value["tables"] = Value::array();
    for (const TableRow& row : rows) {
        Value entry = {{"schema", row.name.schema},
                       {"name", row.name.name},
                       {"models", sightglass::toText(row.models)},
                       {"chain", sightglass::toText(row.chain)},
                       {"live", sightglass::toText(row.live)}};
        if (row.rows)
            entry["rows"] = *row.rows;
        if (row.bytes)
            entry["bytes"] = *row.bytes;
        entry["verdict"] = row.verdict;
        entry["forecast"] = row.forecast;
        entry["operations"] = Value::array();
        for (const ForecastOperation& each : row.operations)
            entry["operations"].push_back(forecastOperationJson(each));
        entry["protected"] = row.isProtected;
        if (row.owner)
            entry["owner"] = json::ownerJson(*row.owner);
        value["tables"].push_back(std::move(entry));
    }
    value["autogenerate"] = autogenerateJson(forecast);
    return json::text(value);
}

} // namespace sightglass
