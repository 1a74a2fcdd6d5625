// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/items_parts.h"
#include "core/sqlalchemy/naming.h"

#include <algorithm>
#include <set>

namespace sightglass {
namespace {

/// Tables that `table` points to by foreign keys that are made with it.
std::set<QualifiedName> targetsOf(const TableItem& table)
{
    std::set<QualifiedName> targets;
    const auto add = [&targets, &table](const ConstraintItem* each) {
        if (each->definition.kind == ConstraintDefinition::Kind::ForeignKey && !each->useAlter &&
            each->definition.target != table.name)
            targets.insert(each->definition.target);
    };
    std::for_each(table.constraints.begin(), table.constraints.end(), add);
    for (const ColumnItem* column : table.columns)
        std::for_each(column->constraints.begin(), column->constraints.end(), add);
    return targets;
}

/// As SQLAlchemy's topological sort: round by round what waits for nothing any more. Tables of a
/// cycle come last, as they stand.
std::vector<TableItem*> byDependency(std::vector<TableItem*> todo)
{
    std::vector<TableItem*> done;
    while (!todo.empty()) {
        std::set<QualifiedName> waiting;
        for (const TableItem* each : todo)
            waiting.insert(each->name);
        std::vector<TableItem*> later;
        const std::size_t before = done.size();
        for (TableItem* each : todo) {
            const auto targets = targetsOf(*each);
            const bool free =
                std::none_of(targets.begin(), targets.end(), [&](const QualifiedName& name) {
                    return waiting.contains(name);
                });
            (free ? done : later).push_back(each);
        }
        if (done.size() == before) {
            done.insert(done.end(), later.begin(), later.end());
            break;
        }
        todo = std::move(later);
    }
    return done;
}

/// The tables that a call means: tables=[…] or all.
Outcome<std::vector<TableItem*>, Raised> meantTables(Interpreter& interpreter,
                                                     const MetaDataItem& metadata,
                                                     const Arguments& given,
                                                     std::optional<Unknown>& unknown)
{
    unknown = metadata.unknown;
    const Value* list = given.at(1, "tables");
    if (list == nullptr || list->isNone())
        return byDependency(metadata.tables);
    if (list->isUnknown()) {
        note(unknown, list->reason());
        return std::vector<TableItem*>();
    }
    const auto elements = interpreter.elementsOf(*list);
    if (!elements)
        return otherwise(elements.error());
    std::vector<TableItem*> tables;
    for (const Value& each : *elements) {
        if (auto* table = each.as<TableItem>())
            tables.push_back(table);
        else
            note(unknown, each.isUnknown() ? each.reason() : "a table is given as another object");
    }
    return byDependency(std::move(tables));
}

/// Whether the table is to be left alone, as checkfirst finds out. Unknown: nobody can say.
Outcome<Known<bool>, Raised>
isLeftOut(Interpreter& interpreter, const TableItem& table, bool check, bool create)
{
    auto* runner = interpreter.service<DdlRunner>();
    if (!check || runner == nullptr)
        return Known<bool>(false);
    auto exists = runner->hasTable(interpreter, table.name);
    if (!exists || !exists->isKnown())
        return exists;
    return Known<bool>(exists->value() == create);
}

/// Foreign keys that come after all tables: use_alter, and those within a cycle.
std::optional<Raised> addLateKeys(const MetaDataItem& metadata,
                                  const std::vector<const TableItem*>& made,
                                  std::vector<Change>& changes)
{
    for (const TableItem* table : made) {
        std::vector<const ConstraintItem*> late;
        for (const ConstraintItem* each : table->constraints) {
            if (each->useAlter)
                late.push_back(each);
        }
        for (const ColumnItem* column : table->columns) {
            for (const ConstraintItem* each : column->constraints) {
                if (each->useAlter)
                    late.push_back(each);
            }
        }
        for (const ConstraintItem* each : late) {
            auto change = addConstraintChange(table->name, *each, metadata.convention);
            if (!change)
                return change.error();
            changes.push_back(std::move(*change));
        }
    }
    return std::nullopt;
}

/// CREATE TABLE and what belongs to it, as create_all sends it.
std::optional<Raised> addCreation(const MetaDataItem& metadata,
                                  const TableItem& table,
                                  bool check,
                                  bool mayExist,
                                  std::vector<Change>& changes)
{
    for (const ColumnItem* column : table.columns) {
        if (column->sequence)
            changes.push_back(change::CreateSequence{.sequence = sequenceNameOf(*column),
                                                     .options = {},
                                                     .ifNotExists = check,
                                                     .temporary = false});
    }
    auto made = createTableChanges(table, metadata.convention);
    if (!made)
        return made.error();
    for (Change& each : *made) {
        if (auto* type = std::get_if<change::CreateEnum>(&each)) {
            const auto isSame = [type](const Change& other) {
                const auto* earlier = std::get_if<change::CreateEnum>(&other);
                return earlier != nullptr && earlier->type == type->type;
            };
            if (std::any_of(changes.begin(), changes.end(), isSame))
                continue;
            type->oncePerRun = false;
            type->unlessExists = check;
        }
        if (auto* created = std::get_if<change::CreateTable>(&each))
            created->ifNotExists = mayExist;
        changes.push_back(std::move(each));
    }
    return std::nullopt;
}

Evaluated createAll(Interpreter& interpreter, MetaDataItem& metadata, const Arguments& given)
{
    std::optional<Unknown> unknown;
    auto tables = meantTables(interpreter, metadata, given, unknown);
    if (!tables)
        return otherwise(tables.error());
    if (auto open = underUnknownFlag(interpreter, given.at(2, "checkfirst"), "MetaData.create_all"))
        return runChanges(interpreter, {std::move(*open)}, "MetaData.create_all", given.span);
    const bool check = checksFirst(interpreter, given.at(2, "checkfirst"), true);
    std::vector<Change> changes;
    std::vector<const TableItem*> made;
    for (const TableItem* table : *tables) {
        const auto leftOut = isLeftOut(interpreter, *table, check, true);
        if (!leftOut)
            return otherwise(leftOut.error());
        if (leftOut->isKnown() && leftOut->value())
            continue;
        if (auto raised = addCreation(metadata, *table, check, !leftOut->isKnown(), changes))
            return otherwise(*raised);
        made.push_back(table);
    }
    // Types belong to the MetaData, which makes them before its first table.
    std::ranges::stable_partition(changes, [](const Change& each) {
        return std::holds_alternative<change::CreateEnum>(each) ||
               std::holds_alternative<change::CreateDomain>(each);
    });
    if (auto raised = addLateKeys(metadata, made, changes))
        return otherwise(*raised);
    if (unknown)
        changes.push_back(change::Opaque{
            .what = "creates tables of a MetaData that is not fully known: " + unknown->reason,
            .table = {},
            .structural = true});
    return runChanges(interpreter, std::move(changes), "MetaData.create_all", given.span);
}

void addEnumDrops(const TableItem& table, bool check, std::vector<Change>& changes)
{
    for (const ColumnItem* column : table.columns) {
        if (!column->typeGiven || !column->type.isKnown())
            continue;
        const auto native = column->type.value()->nativeEnum();
        if (!native || !native->createType || !native->name.isKnown())
            continue;
        const auto isSame = [&native](const Change& each) {
            const auto* other = std::get_if<change::DropType>(&each);
            return other != nullptr && other->type == native->name.value();
        };
        if (std::none_of(changes.begin(), changes.end(), isSame))
            changes.push_back(change::DropType{.type = native->name.value(),
                                               .ifExists = check,
                                               .cascade = false,
                                               .domain = false});
    }
}

Evaluated dropAll(Interpreter& interpreter, MetaDataItem& metadata, const Arguments& given)
{
    std::optional<Unknown> unknown;
    auto tables = meantTables(interpreter, metadata, given, unknown);
    if (!tables)
        return otherwise(tables.error());
    if (auto open = underUnknownFlag(interpreter, given.at(2, "checkfirst"), "MetaData.drop_all"))
        return runChanges(interpreter, {std::move(*open)}, "MetaData.drop_all", given.span);
    std::reverse(tables->begin(), tables->end());
    const bool check = checksFirst(interpreter, given.at(2, "checkfirst"), true);
    std::vector<Change> changes;
    for (const TableItem* table : *tables) {
        const auto leftOut = isLeftOut(interpreter, *table, check, false);
        if (!leftOut)
            return otherwise(leftOut.error());
        if (leftOut->isKnown() && leftOut->value())
            continue;
        changes.push_back(change::DropTable{
            .table = table->name, .ifExists = !leftOut->isKnown(), .cascade = false});
    }
    for (const TableItem* table : *tables)
        addEnumDrops(*table, check, changes);
    if (unknown)
        changes.push_back(change::Opaque{
            .what = "drops tables of a MetaData that is not fully known: " + unknown->reason,
            .table = {},
            .structural = true});
    return runChanges(interpreter, std::move(changes), "MetaData.drop_all", given.span);
}

Value tablesOf(Interpreter& interpreter, const MetaDataItem& metadata)
{
    if (metadata.unknown)
        return Value(*metadata.unknown);
    std::vector<std::pair<Value, Value>> pairs;
    for (TableItem* table : metadata.tables)
        pairs.emplace_back(Value(toText(table->name)), Value(static_cast<Object*>(table)));
    return interpreter.makeDictionary(std::move(pairs));
}

Value templatesOf(Interpreter& interpreter, const NamingConvention& convention)
{
    std::vector<std::pair<Value, Value>> pairs;
    for (const auto& [key, text] : convention) {
        pairs.emplace_back(Value(key),
                           text.isKnown() ? Value(text.value()) : Value(Unknown{text.reason()}));
    }
    return interpreter.makeDictionary(std::move(pairs));
}

} // namespace

std::vector<TableItem*> sortedTables(const MetaDataItem& metadata)
{
    std::vector<TableItem*> tables = metadata.tables;
    std::stable_sort(
        tables.begin(), tables.end(), [](const TableItem* left, const TableItem* right) {
            return toText(left->name) < toText(right->name);
        });
    return byDependency(std::move(tables));
}

Evaluated makeMetaData(Interpreter& interpreter, const Arguments& arguments)
{
    auto* metadata = interpreter.make<MetaDataItem>();
    // SQLAlchemy 1.x takes a connection first; 2.x the schema.
    const Value* schema = arguments.keyword("schema");
    if (schema == nullptr && !arguments.positional.empty() &&
        arguments.positional[0].asText() != nullptr)
        schema = arguments.positional.data();
    metadata->schema = optionalText(schema, metadata->unknown);
    if (const Value* convention = arguments.keyword("naming_convention"))
        metadata->convention = conventionFrom(interpreter, *convention);
    if (arguments.hidden)
        note(metadata->unknown, arguments.hidden->reason);
    return Value(metadata);
}

Evaluated MetaDataItem::attribute(Interpreter& interpreter, std::string_view name)
{
    if (name == "schema")
        return schema ? Value(*schema) : Value();
    if (name == "naming_convention")
        return templatesOf(interpreter, convention);
    if (name == "tables")
        return tablesOf(interpreter, *this);
    if (name == "sorted_tables") {
        if (unknown)
            return Value(*unknown);
        const auto sorted = sortedTables(*this);
        return interpreter.makeList(std::vector<Value>(sorted.begin(), sorted.end()));
    }
    if (name == "create_all" || name == "drop_all") {
        const bool create = name == "create_all";
        return interpreter.makeFunction(
            std::string(name), [this, create](Interpreter& inner, const Arguments& given) {
                return create ? createAll(inner, *this, given) : dropAll(inner, *this, given);
            });
    }
    if (name == "reflect") {
        return interpreter.makeFunction(
            "reflect", [this](Interpreter&, const Arguments&) -> Evaluated {
                note(unknown, "its tables are read from the database (reflect)");
                return Value();
            });
    }
    if (name == "clear") {
        return interpreter.makeFunction("clear",
                                        [this](Interpreter&, const Arguments&) -> Evaluated {
                                            tables.clear();
                                            return Value();
                                        });
    }
    return Object::attribute(interpreter, name);
}

} // namespace sightglass
