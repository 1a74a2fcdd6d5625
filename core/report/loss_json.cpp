// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/json_parts.h"

namespace sightglass::json {

namespace {

Value oneJson(const Loss& loss)
{
    Value value = Value::object();
    value["kind"] = sightglass::toText(loss.kind);
    value["how"] = sightglass::toText(loss.how);
    value["schema"] = loss.table.schema;
    value["name"] = loss.table.name;
    setText(value, "column", loss.column);
    if (loss.rows)
        value["rows"] = *loss.rows;
    value["counted"] = loss.rows && loss.counted;
    if (loss.bytes)
        value["bytes"] = *loss.bytes;
    value["dependents"] = loss.dependents;
    value["managed"] = loss.managed;
    if (!loss.managed)
        value["owner"] = ownerJson(loss.owner);
    setText(value, "role", loss.role);
    setText(value, "revision", loss.revision);
    setSpan(value, loss.span);
    setText(value, "through", loss.through);
    setText(value, "unless", loss.unless);
    value["refused"] = loss.refused;
    return value;
}

} // namespace

Value ownerJson(const TableOwner& owner)
{
    return {{"kind", sightglass::toText(owner.kind)},
            {"name", owner.name.empty() ? Value(nullptr) : Value(owner.name)},
            {"evidence", owner.evidence}};
}

Value lossJson(const LossAssessment& loss)
{
    Value value = Value::object();
    value["tables"] = loss.tables();
    value["columns"] = loss.columns();
    value["rows"] = loss.rows();
    value["counted"] = loss.isCounted();
    value["tables_without_rows"] = loss.withoutRows();
    value["bytes"] = loss.bytes();
    value["not_managed"] = loss.notManaged();
    value["losses"] = Value::array();
    for (const Loss& each : loss.losses)
        value["losses"].push_back(oneJson(each));
    value["unknown"] = loss.unknown;
    return value;
}

Value checklistJson(const std::vector<ChecklistItem>& checklist)
{
    Value list = Value::array();
    for (const ChecklistItem& item : checklist) {
        list.push_back({{"item", item.item},
                        {"ok", item.ok ? Value(*item.ok) : Value(nullptr)},
                        {"evidence", item.evidence}});
    }
    return list;
}

} // namespace sightglass::json
