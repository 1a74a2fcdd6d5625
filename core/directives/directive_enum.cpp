// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/directive_call.h"
#include "core/directives/directive_entity.h"
#include "core/render/sql_names.h"
#include "core/sqlalchemy/items_parts.h"
#include "core/sqlalchemy/naming.h"

#include <array>

namespace sightglass {
namespace {

using Role = DirectiveParameter::Role;

/// TableReference of alembic_postgresql_enum.
class TableReference final : public Object
{
public:
    std::string typeName() const override { return "TableReference"; }

    Known<bool> truth(Interpreter&) override { return true; }

    std::optional<std::string> schema; ///< absent: the enum's
    std::string table;
    std::string column;
    bool isArray = false;
    std::optional<std::string> existingDefault;
    std::optional<Unknown> unknown;
};

/// ColumnType.ARRAY is this text; nothing else looks at it.
constexpr std::string_view arrayWord = "ARRAY";

bool isArray(const Value* value)
{
    return value != nullptr && value->asText() != nullptr && *value->asText() == arrayWord;
}

Evaluated makeReference(Interpreter& interpreter, const Arguments& arguments)
{
    auto* made = interpreter.make<TableReference>();
    made->table = textArgument(arguments.at(0, "table_name"), made->unknown);
    made->column = textArgument(arguments.at(1, "column_name"), made->unknown);
    if (const Value* schema = arguments.at(2, "table_schema"))
        made->schema = textArgument(schema, made->unknown);
    made->isArray = isArray(arguments.at(3, "column_type"));
    made->existingDefault = optionalText(arguments.at(4, "existing_server_default"), made->unknown);
    if (arguments.hidden)
        note(made->unknown, arguments.hidden->reason);
    return Value(static_cast<Object*>(made));
}

/// A column whose type changes, with its default before.
struct Affected
{
    QualifiedName table;
    std::string column;
    bool isArray = false;
    std::optional<std::string> existingDefault;
};

/// What the server would answer about a column's default.
std::optional<Raised>
readDefault(const DirectiveCall& call, Affected& affected, std::optional<Unknown>& unknown)
{
    const auto schema = call.emitter().schema(call.interpreter());
    if (!schema)
        return schema.error();
    if (const std::string doubt = call.emitter().doubtAbout(affected.table); !doubt.empty())
        note(unknown, doubt);
    const Table* table = (*schema)->table(affected.table);
    const Column* column = table == nullptr ? nullptr : table->column(affected.column);
    if (column != nullptr)
        affected.existingDefault = column->defaultExpression;
    return std::nullopt;
}

Outcome<Affected, Raised> affectedBy(const DirectiveCall& call,
                                     const Value& value,
                                     const std::string& enumSchema,
                                     std::optional<Unknown>& unknown)
{
    Affected made;
    if (const auto* reference = value.as<TableReference>()) {
        if (reference->unknown)
            note(unknown, reference->unknown->reason);
        made.table = {reference->schema.value_or(enumSchema), reference->table};
        made.column = reference->column;
        made.isArray = reference->isArray;
        made.existingDefault = reference->existingDefault;
        return made;
    }
    const std::vector<Value>* parts = Interpreter::itemsOf(value);
    if (parts == nullptr || parts->size() < 2) {
        note(unknown, value.isUnknown() ? value.reason() : "an affected column is no pair");
        return made;
    }
    made.table = {enumSchema, textArgument(parts->data(), unknown)};
    made.column = textArgument(&(*parts)[1], unknown);
    made.isArray = parts->size() > 2 && isArray(&(*parts)[2]);
    if (auto raised = readDefault(call, made, unknown))
        return otherwise(*raised);
    return made;
}

using Renames = std::vector<std::pair<std::string, std::string>>;

Outcome<Renames, Raised> renamesOf(const DirectiveCall& call, std::optional<Unknown>& unknown)
{
    Renames renames;
    const Value* given = call.some("enum_values_to_rename");
    if (given == nullptr)
        return renames;
    if (given->isUnknown()) {
        note(unknown, given->reason());
        return renames;
    }
    const auto pairs = call.interpreter().elementsOf(*given);
    if (!pairs)
        return otherwise(pairs.error());
    for (const Value& each : *pairs) {
        const std::vector<Value>* parts = Interpreter::itemsOf(each);
        if (parts == nullptr || parts->size() != 2)
            note(unknown, each.isUnknown() ? each.reason() : "a renamed value is no pair");
        else
            renames.emplace_back(textArgument(parts->data(), unknown),
                                 textArgument(&(*parts)[1], unknown));
    }
    return renames;
}

std::string castOf(const Affected& affected, const std::string& type, const Renames& renames)
{
    const std::string column = sqlName(affected.column);
    if (affected.isArray) {
        std::string cast = column + "::text[]";
        for (const auto& [from, to] : renames)
            cast = "array_replace(" + cast + ", " + sqlLiteral(from) + ", " + sqlLiteral(to) + ")";
        return cast + "::" + type + "[]";
    }
    const std::string cast = column + "::text::" + type;
    if (renames.empty())
        return cast;
    std::string cases = "CASE";
    for (const auto& [from, to] : renames)
        cases += " WHEN " + column + "::text = " + sqlLiteral(from) + " THEN " + sqlLiteral(to) +
                 "::" + type;
    return cases + " ELSE " + cast + " END";
}

/// The default with its label renamed and cast to the new type; as it was where it is no label.
std::string newDefault(const std::string& before, const std::string& type, const Renames& renames)
{
    const std::size_t cast = before.rfind("'::");
    if (!before.starts_with('\'') || cast == std::string::npos || cast == 0)
        return before;
    std::string label = before.substr(1, cast - 1);
    for (const auto& [from, to] : renames) {
        if (label == from)
            label = to;
    }
    const bool array = before.ends_with("[]");
    return sqlLiteral(label) + "::" + type + (array ? "[]" : "");
}

void addColumn(const Affected& affected,
               const std::string& type,
               const Renames& renames,
               std::vector<Change>& changes)
{
    if (affected.existingDefault)
        changes.push_back(change::DropDefault{affected.table, affected.column});
    changes.push_back(change::SetColumnType{.table = affected.table,
                                            .column = affected.column,
                                            .type = affected.isArray ? type + "[]" : type,
                                            .collation = {},
                                            .usingExpression = castOf(affected, type, renames)});
    if (affected.existingDefault)
        changes.push_back(change::SetDefault{
            affected.table, affected.column, newDefault(*affected.existingDefault, type, renames)});
}

Outcome<std::vector<Affected>, Raised> affectedColumns(const DirectiveCall& call,
                                                       const std::string& schema,
                                                       std::optional<Unknown>& unknown)
{
    std::vector<Affected> affected;
    const Value& given = *call.given("affected_columns");
    if (given.isUnknown()) {
        note(unknown, given.reason());
        return affected;
    }
    const auto elements = call.interpreter().elementsOf(given);
    if (!elements)
        return otherwise(elements.error());
    for (const Value& each : *elements) {
        auto one = affectedBy(call, each, schema, unknown);
        if (!one)
            return otherwise(one.error());
        affected.push_back(std::move(*one));
    }
    return affected;
}

LoweredOutcome syncEnumValues(const DirectiveCall& call)
{
    const auto type = call.table("enum_name", "enum_schema");
    if (!type.isKnown())
        return opaqueLowering("changes the values of an enum whose name is not known",
                              type.reason());
    std::optional<Unknown> unknown;
    auto affected = affectedColumns(call, type.value().schema, unknown);
    if (!affected)
        return otherwise(affected.error());
    auto renames = renamesOf(call, unknown);
    if (!renames)
        return otherwise(renames.error());
    auto labels = columnNamesOf(call.interpreter(), *call.given("new_values"), unknown);
    if (!labels)
        return otherwise(labels.error());
    if (unknown)
        return opaqueLowering("changes the values of enum " + toText(type.value()),
                              unknown->reason,
                              affected->empty() ? QualifiedName{} : affected->front().table);
    const QualifiedName old{type.value().schema, type.value().name + "_old"};
    std::vector<Change> changes;
    changes.push_back(change::RenameType{type.value(), old.name});
    changes.push_back(change::CreateEnum{
        .type = type.value(), .labels = *labels, .oncePerRun = false, .unlessExists = false});
    for (const Affected& each : *affected)
        addColumn(each, sqlName(type.value()), *renames, changes);
    changes.push_back(
        change::DropType{.type = old, .ifExists = false, .cascade = false, .domain = false});
    return lowered(std::move(changes));
}

constexpr std::array<DirectiveParameter, 5> syncParameters = {
    {{"enum_schema", Role::Plain, true, "schema"},
     {"enum_name", Role::Plain, true, "name"},
     {"new_values", Role::Plain, true},
     {"affected_columns", Role::Plain, true},
     {"enum_values_to_rename"}}};

constexpr std::array<Directive, 1> directives = {{
    {"sync_enum_values", syncParameters, false, false, syncEnumValues},
}};

} // namespace

Object* makeEnumModule(Interpreter& interpreter, std::string_view dotted)
{
    auto* module = interpreter.make<NativeModule>(std::string(dotted));
    module->set("TableReference",
                Value(static_cast<Object*>(interpreter.make<NativeClass>(
                    "TableReference", std::vector<std::string>{}, makeReference))));
    auto* columnType = interpreter.make<NativeClass>(
        "ColumnType",
        std::vector<std::string>{"Enum"},
        [](Interpreter&, const Arguments&) -> Evaluated { return Value(Unknown{"a ColumnType"}); });
    columnType->setClassAttribute("COMMON", Value("COMMON"));
    columnType->setClassAttribute("ARRAY", Value(arrayWord));
    module->set("ColumnType", Value(static_cast<Object*>(columnType)));
    return module;
}

std::span<const Directive> enumDirectives()
{
    return directives;
}

} // namespace sightglass
