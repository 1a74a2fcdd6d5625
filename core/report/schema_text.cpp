// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/diagnosis/words.h"
#include "core/report/text_layout.h"
#include "core/report/text_report.h"

namespace sightglass {

namespace {

std::string joined(const std::vector<std::string>& items)
{
    std::string text;
    for (const std::string& item : items)
        text += (text.empty() ? "" : ", ") + item;
    return text;
}

std::string columnRemark(const Column& column)
{
    std::string text = column.nullable ? "" : "not null";
    const auto add = [&](const std::string& remark) {
        text += (text.empty() ? "" : ", ") + remark;
    };
    if (column.defaultExpression)
        add("default " + *column.defaultExpression);
    if (column.identity)
        add(column.identity->always ? "identity always" : "identity by default");
    if (column.generated)
        add("generated as " + *column.generated);
    return text;
}

std::string tableHead(const Table& table)
{
    std::string text = printable(toText(table.name));
    if (table.kind != TableKind::Table)
        text += "  " + std::string(toText(table.kind));
    if (table.rowEstimate)
        text += "  about " + counted(static_cast<std::size_t>(*table.rowEstimate), "row", "rows");
    if (table.bytes)
        text += "  " + sizeText(*table.bytes);
    if (!table.extension.empty())
        text += "  of extension " + printable(table.extension);
    return text + "\n";
}

void addConstraints(const Table& table, std::string& text)
{
    if (table.primaryKey)
        text += wrapped("    primary key ",
                        table.primaryKey->name + " (" + joined(table.primaryKey->columns) + ")");
    for (const KeyConstraint& key : table.uniques)
        text += wrapped("    unique ", key.name + " (" + joined(key.columns) + ")");
    for (const ForeignKey& key : table.foreignKeys) {
        text += wrapped("    foreign key ",
                        key.name + " (" + joined(key.columns) + ") to " + toText(key.target) +
                            " (" + joined(key.targetColumns) + ")" +
                            (key.onDelete.empty() ? "" : " on delete " + key.onDelete) +
                            (key.validated ? "" : ", not valid"));
    }
    for (const CheckConstraint& check : table.checks)
        text += wrapped("    check ",
                        check.name + " (" + check.expression + ")" +
                            (check.validated ? "" : ", not valid"));
    for (const ExclusionConstraint& exclusion : table.exclusions)
        text += wrapped("    exclusion ", exclusion.name + " " + exclusion.definition);
    for (const Index& index : table.indexes) {
        text += wrapped(index.unique ? "    unique index " : "    index ",
                        index.name + " (" + joined(index.columns) + ")" +
                            (index.predicate ? " where " + *index.predicate : "") +
                            (index.valid ? "" : ", invalid"));
    }
    for (const Trigger& trigger : table.triggers)
        text += wrapped("    trigger ", trigger.name + (trigger.enabled ? "" : ", disabled"));
}

void addTable(const Table& table, std::string& text)
{
    text += tableHead(table);
    std::vector<std::vector<std::string>> rows;
    for (const Column& column : table.columns)
        rows.push_back({column.name, column.type, columnRemark(column)});
    text += aligned(rows, "    ");
    addConstraints(table, text);
    text += "\n";
}

} // namespace

std::string schemaText(const Schema& schema, const std::vector<Doubt>& doubts)
{
    std::string text = counted(schema.tables.size(), "table", "tables") + ", " +
                       counted(schema.views.size(), "view", "views") + ", " +
                       counted(schema.enums.size(), "enum type", "enum types") + ", " +
                       counted(schema.sequences.size(), "sequence", "sequences") + ", " +
                       counted(schema.functions.size(), "function", "functions") + "\n\n";
    for (const auto& [name, table] : schema.tables)
        addTable(*table, text);
    for (const auto& [name, view] : schema.views)
        text +=
            printable(toText(name)) + (view->materialized ? "  materialized view\n" : "  view\n");
    for (const auto& [name, type] : schema.enums)
        text += wrapped(printable(toText(name)) + "  enum ", joined(type->labels));
    for (const auto& [name, domain] : schema.domains)
        text += wrapped(printable(toText(name)) + "  domain over ", domain->type);
    for (const auto& [name, sequence] : schema.sequences) {
        if (!sequence->ownerTable)
            text += printable(toText(name)) + "  sequence\n";
    }
    for (const auto& [name, function] : schema.functions)
        text += wrapped(printable(toText(name.first)) + "(", name.second + ")  " + function->kind);
    for (const auto& [name, extension] : schema.extensions)
        text += printable(name) + " " + printable(extension.version) + "  extension\n";
    if (!doubts.empty())
        text += "\nNot known\n";
    for (const Doubt& doubt : doubts) {
        std::string object = toText(doubt.table);
        if (!doubt.column.empty())
            object += "." + doubt.column;
        text += wrapped("  ", printable((object.empty() ? "" : object + ": ") + doubt.reason));
    }
    return text;
}

} // namespace sightglass
