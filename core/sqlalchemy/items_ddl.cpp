// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/operation.h"
#include "core/render/render.h"
#include "core/sqlalchemy/items_parts.h"
#include "core/sqlalchemy/naming.h"

#include <array>

namespace sightglass {
namespace {

using Made = Outcome<Change, Raised>;

Change opaque(std::string what, std::string_view reason = {}, QualifiedName table = {})
{
    if (!reason.empty())
        what += ": " + std::string(reason);
    return change::Opaque{.what = std::move(what), .table = std::move(table), .structural = true};
}

/// The first argument, as the kind of object that the element is about.
template <typename T>
T* subject(const Arguments& arguments)
{
    const Value* given = arguments.at(0, "element");
    return given == nullptr ? nullptr : given->as<T>();
}

bool flag(Interpreter& interpreter, const Arguments& arguments, std::string_view name)
{
    std::optional<Unknown> unknown;
    return flagOf(interpreter, arguments.keyword(name), false, unknown);
}

const NamingConvention& conventionOf(const TableItem* table)
{
    static const NamingConvention usual = defaultNamingConvention();
    return table != nullptr && table->metadata != nullptr ? table->metadata->convention : usual;
}

Made createTable(Interpreter& interpreter, const Arguments& arguments)
{
    const auto* table = subject<TableItem>(arguments);
    if (table == nullptr)
        return opaque("creates a table that is not known");
    auto changes = createTableChanges(*table, conventionOf(table));
    if (!changes)
        return otherwise(changes.error());
    for (Change& each : *changes) {
        if (auto* made = std::get_if<change::CreateTable>(&each)) {
            if (const auto unknown = unknownPart(*table))
                return opaque(
                    "creates a table that is not fully known", unknown->reason, table->name);
            made->ifNotExists = flag(interpreter, arguments, "if_not_exists");
            return std::move(each);
        }
    }
    return opaque("creates a table that is not fully known", {}, table->name);
}

Made dropTable(Interpreter& interpreter, const Arguments& arguments)
{
    const auto* table = subject<TableItem>(arguments);
    if (table == nullptr || table->name.name.empty())
        return opaque("drops a table that is not known");
    return change::DropTable{.table = table->name,
                             .ifExists = flag(interpreter, arguments, "if_exists"),
                             .cascade = false};
}

Made createIndex(Interpreter& interpreter, const Arguments& arguments)
{
    const auto* index = subject<IndexItem>(arguments);
    if (index == nullptr || index->table == nullptr)
        return opaque("creates an index that is not known");
    auto changes = createIndexChanges(*index, index->table->name, conventionOf(index->table));
    if (!changes)
        return otherwise(changes.error());
    if (auto* made = std::get_if<change::CreateIndex>(&changes->front()))
        made->ifNotExists = flag(interpreter, arguments, "if_not_exists");
    return changes->front();
}

Made dropIndexOf(const IndexItem& index, bool ifExists)
{
    std::vector<std::string> columns;
    for (const IndexElement& each : index.definition.elements) {
        if (!each.column.empty())
            columns.push_back(each.column);
    }
    const QualifiedName table = index.table == nullptr ? QualifiedName{} : index.table->name;
    auto name = finalName(index.name, "ix", table, columns, {}, {}, conventionOf(index.table));
    if (!name)
        return otherwise(name.error());
    if (!name->isKnown())
        return opaque("drops an index whose name is not known", name->reason(), table);
    return change::DropIndex{.index = {table.schema, name->value()},
                             .ifExists = ifExists,
                             .concurrently = index.concurrently,
                             .cascade = false};
}

Made dropIndex(Interpreter& interpreter, const Arguments& arguments)
{
    const auto* index = subject<IndexItem>(arguments);
    if (index == nullptr)
        return opaque("drops an index that is not known");
    return dropIndexOf(*index, flag(interpreter, arguments, "if_exists"));
}

Made addConstraint(Interpreter&, const Arguments& arguments)
{
    const auto* constraint = subject<ConstraintItem>(arguments);
    if (constraint == nullptr || constraint->table == nullptr)
        return opaque("adds a constraint that is not known");
    return addConstraintChange(
        constraint->table->name, *constraint, conventionOf(constraint->table));
}

Made dropConstraint(Interpreter& interpreter, const Arguments& arguments)
{
    const auto* constraint = subject<ConstraintItem>(arguments);
    if (constraint == nullptr || constraint->table == nullptr)
        return opaque("drops a constraint that is not known");
    auto change =
        addConstraintChange(constraint->table->name, *constraint, conventionOf(constraint->table));
    if (!change)
        return otherwise(change.error());
    const auto* added = std::get_if<change::AddConstraint>(&*change);
    if (added == nullptr)
        return opaque("drops a constraint that is not fully known", {}, constraint->table->name);
    if (added->constraint.name.empty())
        return sqlalchemyError("CompileError",
                               "Can't emit DROP CONSTRAINT for constraint " +
                                   constraint->className + "(); it has no name");
    return change::DropConstraint{.table = added->table,
                                  .name = added->constraint.name,
                                  .ifExists = flag(interpreter, arguments, "if_exists"),
                                  .cascade = flag(interpreter, arguments, "cascade")};
}

template <bool create>
Made sequenceElement(Interpreter& interpreter, const Arguments& arguments)
{
    const auto* sequence = subject<SequenceItem>(arguments);
    if (sequence == nullptr)
        return opaque("is about a sequence that is not known");
    if (!sequence->name.isKnown())
        return opaque("is about a sequence whose name is not known", sequence->name.reason());
    if (sequence->unknown)
        return opaque("is about a sequence that is not fully known", sequence->unknown->reason);
    if constexpr (create)
        return change::CreateSequence{.sequence = sequence->name.value(),
                                      .options = sequence->options,
                                      .ifNotExists = flag(interpreter, arguments, "if_not_exists"),
                                      .temporary = false};
    else
        return change::DropSequence{.sequence = sequence->name.value(),
                                    .ifExists = flag(interpreter, arguments, "if_exists"),
                                    .cascade = false};
}

Known<std::string> schemaName(const Arguments& arguments)
{
    const Value* given = arguments.at(0, "name");
    if (given == nullptr)
        given = arguments.keyword("element");
    const auto text = givenText(given);
    return text ? *text : Known<std::string>(Unknown{"no name is given"});
}

Made createSchema(Interpreter& interpreter, const Arguments& arguments)
{
    const auto name = schemaName(arguments);
    if (!name.isKnown())
        return opaque("creates a schema whose name is not known", name.reason());
    return change::CreateSchema{.schema = name.value(),
                                .ifNotExists = flag(interpreter, arguments, "if_not_exists")};
}

Made dropSchema(Interpreter& interpreter, const Arguments& arguments)
{
    const auto name = schemaName(arguments);
    if (!name.isKnown())
        return opaque("drops a schema whose name is not known", name.reason());
    return change::DropSchema{.schema = name.value(),
                              .ifExists = flag(interpreter, arguments, "if_exists"),
                              .cascade = flag(interpreter, arguments, "cascade")};
}

template <bool drop>
Made tableComment(Interpreter&, const Arguments& arguments)
{
    const auto* table = subject<TableItem>(arguments);
    if (table == nullptr || table->name.name.empty())
        return opaque("comments a table that is not known");
    return change::SetComment{.kind = "table",
                              .name = table->name,
                              .part = {},
                              .text = drop ? std::nullopt : table->comment};
}

Made columnComment(Interpreter&, const Arguments& arguments)
{
    const auto* column = subject<ColumnItem>(arguments);
    if (column == nullptr || column->table == nullptr || !column->name.isKnown())
        return opaque("comments a column that is not known");
    return change::SetComment{.kind = "column",
                              .name = column->table->name,
                              .part = column->name.value(),
                              .text = column->comment};
}

struct Element
{
    std::string_view name;
    Made (*make)(Interpreter&, const Arguments&);
};

constexpr std::array<Element, 14> elements = {{
    {"CreateTable", createTable},
    {"DropTable", dropTable},
    {"CreateIndex", createIndex},
    {"DropIndex", dropIndex},
    {"AddConstraint", addConstraint},
    {"DropConstraint", dropConstraint},
    {"CreateSequence", sequenceElement<true>},
    {"DropSequence", sequenceElement<false>},
    {"CreateSchema", createSchema},
    {"DropSchema", dropSchema},
    {"SetTableComment", tableComment<false>},
    {"DropTableComment", tableComment<true>},
    {"SetColumnComment", columnComment},
    {"DropColumnComment", columnComment},
}};

} // namespace

SqlText DdlElement::compile(const CompileContext&) const
{
    return toSql(m_change);
}

void addDdlElements(Interpreter& interpreter, NativeModule& module)
{
    for (const Element& element : elements) {
        const auto construct = [element](Interpreter& inner,
                                         const Arguments& arguments) -> Evaluated {
            auto change = element.make(inner, arguments);
            if (!change)
                return otherwise(change.error());
            if (element.name == "DropColumnComment") {
                if (auto* comment = std::get_if<change::SetComment>(&*change))
                    comment->text.reset();
            }
            for (std::string_view flag : {"if_exists", "if_not_exists", "cascade"}) {
                if (auto unknown = underUnknownFlag(
                        inner, arguments.keyword(flag), element.name, objectOf(*change).table))
                    *change = std::move(*unknown);
            }
            return Value(inner.make<DdlElement>(std::string(element.name), std::move(*change)));
        };
        module.offer(element.name, [&] {
            return Value(interpreter.make<NativeClass>(
                std::string(element.name),
                std::vector<std::string>{"DDLElement", "ExecutableDDLElement", "Executable"},
                construct));
        });
    }
}

Evaluated runChanges(Interpreter& interpreter,
                     std::vector<Change> changes,
                     std::string directive,
                     SourceSpan span)
{
    auto* runner = interpreter.service<DdlRunner>();
    if (runner == nullptr || changes.empty())
        return Value();
    if (auto raised =
            runner->run(interpreter, std::move(changes), std::move(directive), std::move(span)))
        return otherwise(std::move(*raised));
    return Value();
}

Evaluated IndexItem::attribute(Interpreter& interpreter, std::string_view attributeName)
{
    if (attributeName == "name") {
        if (name.kind == GivenName::Kind::Unknown)
            return Value(Unknown{name.text});
        return name.kind == GivenName::Kind::None ? Value() : Value(name.text);
    }
    if (attributeName == "table")
        return table == nullptr ? Value() : Value(static_cast<Object*>(table));
    if (attributeName != "create" && attributeName != "drop")
        return Object::attribute(interpreter, attributeName);
    const bool create = attributeName == "create";
    return interpreter.makeFunction(
        std::string(attributeName),
        [this, create](Interpreter& inner, const Arguments& given) -> Evaluated {
            const std::string directive = create ? "Index.create" : "Index.drop";
            if (auto open = underUnknownFlag(inner,
                                             given.at(1, "checkfirst"),
                                             directive,
                                             table == nullptr ? QualifiedName{} : table->name))
                return runChanges(inner, {std::move(*open)}, directive, given.span);
            const bool check = checksFirst(inner, given.at(1, "checkfirst"), false);
            if (create) {
                if (table == nullptr)
                    return runChanges(inner,
                                      {opaque("creates an index of a table that is not known")},
                                      "Index.create",
                                      given.span);
                auto changes = createIndexChanges(*this, table->name, conventionOf(table));
                if (!changes)
                    return otherwise(changes.error());
                if (auto* made = std::get_if<change::CreateIndex>(&changes->front()))
                    made->ifNotExists = check;
                return runChanges(inner, std::move(*changes), "Index.create", given.span);
            }
            auto change = dropIndexOf(*this, check);
            if (!change)
                return otherwise(change.error());
            return runChanges(inner, {std::move(*change)}, "Index.drop", given.span);
        });
}

} // namespace sightglass
