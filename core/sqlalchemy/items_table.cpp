// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/sql_names.h"
#include "core/sqlalchemy/items_parts.h"
#include "core/sqlalchemy/naming.h"

#include <algorithm>
#include <array>

namespace sightglass {
namespace {

/// table.c
class ColumnCollection final : public Object
{
public:
    explicit ColumnCollection(TableItem& table)
        : m_table(table)
    {}

    std::string typeName() const override { return "ColumnCollection"; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    Evaluated subscript(Interpreter& interpreter, const Value& key) override;
    std::optional<Evaluated> binary(Interpreter& interpreter,
                                    std::string_view op,
                                    const Value& other,
                                    bool reflected) override;

    Outcome<std::vector<Value>, Raised> elements(Interpreter&) override
    {
        if (m_table.unknown)
            return std::vector<Value>{Value(*m_table.unknown)};
        return std::vector<Value>(m_table.columns.begin(), m_table.columns.end());
    }

private:
    ColumnItem* find(std::string_view name) const;
    /// Of a table whose columns are not all known, any name may be a column.
    Evaluated missing(Interpreter& interpreter, std::string_view name) const;

    TableItem& m_table;
};

ColumnItem* ColumnCollection::find(std::string_view name) const
{
    for (ColumnItem* column : m_table.columns) {
        if (column->name.isKnown() && column->name.value() == name)
            return column;
    }
    return nullptr;
}

Evaluated ColumnCollection::missing(Interpreter& interpreter, std::string_view name) const
{
    if (m_table.unknown)
        return Value(makeColumnClause(interpreter, std::string(name), m_table.name.name));
    return raising("KeyError", "'" + std::string(name) + "'", {"LookupError", "Exception"});
}

Evaluated ColumnCollection::attribute(Interpreter& interpreter, std::string_view name)
{
    if (ColumnItem* column = find(name))
        return Value(static_cast<Object*>(column));
    if (name == "keys") {
        return interpreter.makeFunction(
            "keys", [this](Interpreter& inner, const Arguments&) -> Evaluated {
                if (m_table.unknown)
                    return Value(*m_table.unknown);
                std::vector<Value> names;
                for (const ColumnItem* column : m_table.columns)
                    names.push_back(column->name.isKnown() ? Value(column->name.value())
                                                           : Value(Unknown{column->name.reason()}));
                return inner.makeList(std::move(names));
            });
    }
    if (name == "values" || name == "items" || name == "get" || name == "contains_column")
        return Object::attribute(interpreter, name);
    if (m_table.unknown)
        return missing(interpreter, name);
    return raising("AttributeError", std::string(name), {"Exception"});
}

Evaluated ColumnCollection::subscript(Interpreter& interpreter, const Value& key)
{
    if (const std::int64_t* index = key.asInteger()) {
        const auto count = static_cast<std::int64_t>(m_table.columns.size());
        if (m_table.unknown)
            return Value(*m_table.unknown);
        if (*index >= -count && *index < count)
            return Value(static_cast<Object*>(
                m_table.columns[static_cast<std::size_t>(*index < 0 ? *index + count : *index)]));
        return raising("IndexError", "list index out of range", {"LookupError", "Exception"});
    }
    const auto name = givenText(&key);
    if (!name || !name->isKnown())
        return Value(Unknown{name ? name->reason() : "a column is named by None"});
    if (ColumnItem* column = find(name->value()))
        return Value(static_cast<Object*>(column));
    return missing(interpreter, name->value());
}

std::optional<Evaluated>
ColumnCollection::binary(Interpreter&, std::string_view op, const Value& other, bool reflected)
{
    const auto name = givenText(&other);
    if (op != "in" || !reflected || !name || !name->isKnown())
        return std::nullopt;
    if (find(name->value()) != nullptr)
        return Value(true);
    return m_table.unknown ? Value(*m_table.unknown) : Value(false);
}

/// insert(), update(), … of the table through sqlalchemy's functions of that name.
Value statementMethod(Interpreter& interpreter, TableItem& table, std::string_view name)
{
    return interpreter.makeFunction(
        std::string(name),
        [&table, name = std::string(name)](Interpreter& inner,
                                           const Arguments& given) -> Evaluated {
            const Value module = inner.importModule("sqlalchemy");
            auto function = inner.attribute(module, name);
            if (!function)
                return function;
            Arguments passed;
            passed.span = given.span;
            passed.positional.emplace_back(static_cast<Object*>(&table));
            auto statement = inner.call(*function, passed);
            if (!statement || (given.positional.empty() && given.keywords.empty() && !given.hidden))
                return statement;
            // The older spellings: update(where, values=…), insert(values).
            const bool insert = name == "insert";
            const Value* where = insert ? nullptr : given.at(0, "whereclause");
            const Value* values = insert ? given.at(0, "values") : given.at(1, "values");
            for (const auto& [method, argument] :
                 {std::pair("where", where), std::pair("values", values)}) {
                if (argument == nullptr || argument->isNone())
                    continue;
                auto bound = inner.attribute(*statement, method);
                if (!bound)
                    return bound;
                Arguments one;
                one.span = given.span;
                one.positional.push_back(*argument);
                statement = inner.call(*bound, one);
                if (!statement)
                    return statement;
            }
            return statement;
        });
}

Evaluated
createOrDrop(Interpreter& interpreter, TableItem& table, const Arguments& given, bool create)
{
    const std::string directive = create ? "Table.create" : "Table.drop";
    if (auto open = underUnknownFlag(interpreter, given.at(1, "checkfirst"), directive, table.name))
        return runChanges(interpreter, {std::move(*open)}, directive, given.span);
    std::optional<Unknown> unknown;
    if (checksFirst(interpreter, given.at(1, "checkfirst"), false)) {
        if (auto* runner = interpreter.service<DdlRunner>()) {
            const auto exists = runner->hasTable(interpreter, table.name);
            if (!exists)
                return otherwise(exists.error());
            if (exists->isKnown() && exists->value() == create)
                return Value();
            if (!exists->isKnown())
                note(unknown, exists->reason());
        }
    }
    std::vector<Change> changes;
    if (create) {
        for (const ColumnItem* column : table.columns) {
            if (column->sequence)
                changes.push_back(change::CreateSequence{.sequence = sequenceNameOf(*column),
                                                         .options = {},
                                                         .ifNotExists = true,
                                                         .temporary = false});
        }
        static const NamingConvention usual = defaultNamingConvention();
        auto made = createTableChanges(
            table, table.metadata != nullptr ? table.metadata->convention : usual);
        if (!made)
            return otherwise(made.error());
        for (Change& each : *made) {
            // Table.create makes its types each time it is called, after a look where asked to.
            if (auto* type = std::get_if<change::CreateEnum>(&each)) {
                type->oncePerRun = false;
                type->unlessExists = checksFirst(interpreter, given.at(1, "checkfirst"), false);
            }
            if (auto* made_table = std::get_if<change::CreateTable>(&each))
                made_table->ifNotExists = unknown.has_value();
            changes.push_back(std::move(each));
        }
    } else if (table.name.name.empty()) {
        changes.push_back(change::Opaque{
            .what = "drops a table whose name is not known", .table = {}, .structural = true});
    } else {
        changes.push_back(change::DropTable{
            .table = table.name, .ifExists = unknown.has_value(), .cascade = false});
    }
    return runChanges(interpreter, std::move(changes), directive, given.span);
}

TableItem* existingTable(const MetaDataItem& metadata, const QualifiedName& name)
{
    const auto found = std::find_if(metadata.tables.begin(),
                                    metadata.tables.end(),
                                    [&name](const TableItem* each) { return each->name == name; });
    return found == metadata.tables.end() ? nullptr : *found;
}

void readAutoload(Interpreter& interpreter, const Arguments& arguments, TableItem& table)
{
    static constexpr std::array<std::string_view, 2> names = {"autoload_with", "autoload"};
    for (const std::string_view name : names) {
        std::optional<Unknown> unknown;
        const Value* given = arguments.keyword(name);
        if (given == nullptr || given->isNone())
            continue;
        const bool* flag = given->asBool();
        if (flag == nullptr || *flag)
            note(table.unknown,
                 "its columns are read from the database (" + std::string(name) + ")");
    }
    static_cast<void>(interpreter);
}

} // namespace

std::optional<Raised> appendTo(TableItem& table, const Value& item)
{
    if (auto* column = item.as<ColumnItem>()) {
        if (column->table != nullptr && column->table != &table && column->name.isKnown())
            return sqlalchemyError("ArgumentError",
                                   "Column object '" + column->name.value() +
                                       "' already assigned to Table '" + column->table->name.name +
                                       "'")
                .value();
        const auto same = std::find_if(
            table.columns.begin(), table.columns.end(), [column](const ColumnItem* each) {
                return each->name.isKnown() && column->name.isKnown() && each->name == column->name;
            });
        column->table = &table;
        if (same != table.columns.end())
            *same = column;
        else
            table.columns.push_back(column);
    } else if (auto* constraint = item.as<ConstraintItem>()) {
        constraint->table = &table;
        table.constraints.push_back(constraint);
    } else if (auto* index = item.as<IndexItem>()) {
        index->table = &table;
        index->definition.table = table.name;
        table.indexes.push_back(index);
    } else if (item.isUnknown()) {
        note(table.unknown, item.reason());
    }
    return std::nullopt;
}

Evaluated makeTable(Interpreter& interpreter, const Arguments& arguments)
{
    std::optional<Unknown> unknown;
    const Value* name = arguments.at(0, "name");
    const Value* given = arguments.at(1, "metadata");
    auto* metadata = given != nullptr ? given->as<MetaDataItem>() : nullptr;
    QualifiedName named{textArgument(arguments.keyword("schema"), unknown),
                        textArgument(name, unknown)};
    if (arguments.keyword("schema") == nullptr && metadata != nullptr)
        named.schema = metadata->schema.value_or(std::string());
    TableItem* table = metadata != nullptr && !unknown ? existingTable(*metadata, named) : nullptr;
    const bool bare = arguments.positional.size() <= 2;
    if (table != nullptr && !bare) {
        if (flagOf(interpreter, arguments.keyword("keep_existing"), false, unknown))
            return Value(static_cast<Object*>(table));
        if (!flagOf(interpreter, arguments.keyword("extend_existing"), false, unknown) && !unknown)
            return sqlalchemyError(
                "InvalidRequestError",
                "Table '" + toText(named) +
                    "' is already defined for this MetaData instance.  Specify "
                    "'extend_existing=True' to redefine options and columns on an "
                    "existing Table object.");
    }
    if (table == nullptr) {
        table = interpreter.make<TableItem>();
        table->name = named;
        table->metadata = metadata;
        table->span = arguments.span;
        if (unknown) {
            table->name.name.clear();
            note(table->unknown, unknown->reason);
        }
        if (metadata != nullptr)
            metadata->tables.push_back(table);
    }
    readTableOptions(interpreter, arguments, *table);
    readAutoload(interpreter, arguments, *table);
    for (std::size_t i = 2; i < arguments.positional.size(); ++i) {
        if (auto raised = appendTo(*table, arguments.positional[i]))
            return otherwise(*raised);
    }
    table->constraintsGiven = table->constraints.size();
    return Value(static_cast<Object*>(table));
}

SqlText TableItem::compile(const CompileContext&) const
{
    if (name.name.empty())
        return Unknown{unknown ? unknown->reason : "the table's name is not known"};
    return sqlName(name);
}

Evaluated TableItem::attribute(Interpreter& interpreter, std::string_view attributeName)
{
    static constexpr std::array<std::string_view, 4> statements = {
        "insert", "update", "delete", "select"};
    if (attributeName == "c" || attributeName == "columns")
        return Value(interpreter.make<ColumnCollection>(*this));
    if (attributeName == "name" || attributeName == "fullname" || attributeName == "key") {
        if (name.name.empty())
            return Value(unknown.value_or(Unknown{"the table's name is not known"}));
        return Value(attributeName == "name" ? name.name : toText(name));
    }
    if (attributeName == "schema")
        return name.schema.empty() ? Value() : Value(name.schema);
    if (attributeName == "metadata")
        return metadata == nullptr ? Value() : Value(static_cast<Object*>(metadata));
    if (attributeName == "indexes" || attributeName == "constraints") {
        std::vector<Value> items;
        if (attributeName == "indexes")
            items.assign(indexes.begin(), indexes.end());
        else
            items.assign(constraints.begin(), constraints.end());
        return interpreter.makeList(std::move(items));
    }
    if (std::find(statements.begin(), statements.end(), attributeName) != statements.end())
        return statementMethod(interpreter, *this, attributeName);
    if (attributeName == "create" || attributeName == "drop") {
        const bool create = attributeName == "create";
        return interpreter.makeFunction(std::string(attributeName),
                                        [this, create](Interpreter& inner, const Arguments& given) {
                                            return createOrDrop(inner, *this, given, create);
                                        });
    }
    if (attributeName == "append_column" || attributeName == "append_constraint") {
        return interpreter.makeFunction(std::string(attributeName),
                                        [this](Interpreter&, const Arguments& given) -> Evaluated {
                                            for (const Value& each : given.positional) {
                                                if (auto raised = appendTo(*this, each))
                                                    return otherwise(*raised);
                                            }
                                            return Value();
                                        });
    }
    return Clause::attribute(interpreter, attributeName);
}

} // namespace sightglass
