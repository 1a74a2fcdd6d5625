// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/orm_declarative.h"

#include "core/evaluation/objects.h"
#include "core/sqlalchemy/declarative_parts.h"
#include "core/sqlalchemy/items.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sightglass {

namespace {

constexpr int deepestBases = 20;

struct AnnotatedType
{
    std::string_view annotation;
    std::string_view type; ///< of module sqlalchemy
};

// source  SQLAlchemy 2 sql/sqltypes.py, _type_map
constexpr std::array annotatedTypes{
    AnnotatedType{"int", "Integer"},
    AnnotatedType{"str", "String"},
    AnnotatedType{"bool", "Boolean"},
    AnnotatedType{"float", "Float"},
    AnnotatedType{"bytes", "LargeBinary"},
    AnnotatedType{"Decimal", "Numeric"},
    AnnotatedType{"decimal.Decimal", "Numeric"},
    AnnotatedType{"datetime", "DateTime"},
    AnnotatedType{"datetime.datetime", "DateTime"},
    AnnotatedType{"date", "Date"},
    AnnotatedType{"datetime.date", "Date"},
    AnnotatedType{"time", "Time"},
    AnnotatedType{"datetime.time", "Time"},
    AnnotatedType{"timedelta", "Interval"},
    AnnotatedType{"datetime.timedelta", "Interval"},
    AnnotatedType{"UUID", "Uuid"},
    AnnotatedType{"uuid.UUID", "Uuid"},
};

Evaluated ofSqlalchemy(Interpreter& interpreter, std::string_view name, const Arguments& arguments)
{
    const Value module = interpreter.importModule("sqlalchemy");
    if (module.isUnknown())
        return module;
    const Evaluated found = interpreter.attribute(module, name);
    if (!found || found->isUnknown())
        return found;
    return interpreter.call(*found, arguments);
}

std::string withoutSpaces(std::string_view text)
{
    std::string result;
    std::ranges::copy_if(text, std::back_inserter(result), [](char c) {
        return c != ' ' && c != '\n' && c != '\t' && c != '"' && c != '\'';
    });
    return result;
}

/// What stands in Mapped[…], and whether it may be None.
struct MappedText
{
    std::string type;
    bool optional = false;
};

std::optional<MappedText> mappedText(std::string_view annotation)
{
    const std::string text = withoutSpaces(annotation);
    const std::size_t open = text.find("Mapped[");
    if (open == std::string::npos || !text.ends_with(']'))
        return std::nullopt;
    MappedText mapped;
    mapped.type = text.substr(open + 7, text.size() - open - 8);
    for (std::string_view part : {"|None", "None|"}) {
        if (const std::size_t at = mapped.type.find(part); at != std::string::npos) {
            mapped.type.erase(at, part.size());
            mapped.optional = true;
        }
    }
    const std::size_t word = mapped.type.find("Optional[");
    if (word != std::string::npos && mapped.type.ends_with(']')) {
        mapped.type = mapped.type.substr(word + 9, mapped.type.size() - word - 10);
        mapped.optional = true;
    }
    return mapped;
}

void applyAnnotation(Interpreter& interpreter, const MappedText& mapped, ColumnItem& column)
{
    if (!column.nullable)
        column.nullable = mapped.optional && !column.primaryKey;
    if (column.typeGiven || !column.constraints.empty())
        return;
    const auto known = std::ranges::find(annotatedTypes, mapped.type, &AnnotatedType::annotation);
    column.type = Unknown{"annotated as " + mapped.type};
    if (known == annotatedTypes.end())
        return;
    const Evaluated type = ofSqlalchemy(interpreter, known->type, Arguments{});
    if (!type)
        return;
    if (auto* object = type->as<TypeObject>()) {
        column.type = object;
        column.typeGiven = true;
    }
}

/// A mixin's column for one more table.
ColumnItem* copyOf(Interpreter& interpreter, const ColumnItem& column)
{
    auto* copy = interpreter.make<ColumnItem>();
    copy->name = column.name;
    copy->type = column.type;
    copy->typeGiven = column.typeGiven;
    copy->primaryKey = column.primaryKey;
    copy->nullable = column.nullable;
    copy->unique = column.unique;
    copy->index = column.index;
    copy->autoincrement = column.autoincrement;
    copy->pythonDefault = column.pythonDefault;
    copy->serverDefault = column.serverDefault;
    copy->fetchedDefault = column.fetchedDefault;
    copy->identity = column.identity;
    copy->computed = column.computed;
    copy->sequence = column.sequence;
    copy->comment = column.comment;
    copy->unknown = column.unknown;
    copy->constraints = column.constraints;
    copy->span = column.span;
    return copy;
}

/// A declarative base: told of every class that has it among its bases.
class DeclarativeClass final : public NativeClass, public ClassListener
{
public:
    DeclarativeClass(std::string name, Value metadata)
        : NativeClass(std::move(name),
                      {},
                      [](Interpreter&, const Arguments&) -> Evaluated {
                          return Value(Unknown{"an object of a mapped class"});
                      })
        , m_metadata(std::move(metadata))
    {
        setClassAttribute("metadata", m_metadata);
    }

    std::optional<Raised> classMade(Interpreter& interpreter, ClassObject& made) override
    {
        const Value* name = made.lookUp("__tablename__");
        if (name == nullptr || name->asText() == nullptr)
            return std::nullopt;
        Arguments arguments;
        arguments.span = made.span();
        arguments.positional = {*name, metadataOf(made)};
        for (ColumnItem* column : columnsOf(interpreter, made))
            arguments.positional.emplace_back(column);
        addTableArguments(made, arguments);
        const Evaluated table = ofSqlalchemy(interpreter, "Table", arguments);
        if (table && table->as<TableItem>() != nullptr)
            return made.setAttribute(interpreter, "__table__", *table);
        return std::nullopt;
    }

private:
    Value metadataOf(const ClassObject& made) const
    {
        const Value* own = made.lookUp("metadata");
        return own != nullptr && own->as<MetaDataItem>() != nullptr ? *own : m_metadata;
    }

    std::vector<ColumnItem*> columnsOf(Interpreter& interpreter, ClassObject& made)
    {
        std::vector<ColumnItem*> columns;
        collect(interpreter, made, made, columns, 0);
        return columns;
    }

    void collect(Interpreter& interpreter,
                 ClassObject& made,
                 ClassObject& from,
                 std::vector<ColumnItem*>& columns,
                 int depth)
    {
        if (depth > deepestBases)
            return;
        for (const auto& [name, value] : from.body()) {
            auto* column = value.as<ColumnItem>();
            if (column == nullptr || isThere(columns, name))
                continue;
            if (&made != &from || column->table != nullptr)
                column = copyOf(interpreter, *column);
            if (column->name.isKnown() && column->name.value().empty())
                column->name = name;
            columns.push_back(column);
        }
        for (const ClassObject::Annotation& annotation : from.annotations()) {
            const auto mapped = mappedText(annotation.text);
            if (!mapped)
                continue;
            for (ColumnItem* column : columns) {
                if (column->name.isKnown() && column->name.value() == annotation.name)
                    applyAnnotation(interpreter, *mapped, *column);
            }
            if (!isThere(columns, annotation.name) && from.lookUp(annotation.name) == nullptr)
                addAnnotated(interpreter, annotation, *mapped, columns);
        }
        for (const Value& base : from.directBases()) {
            if (auto* other = base.as<ClassObject>())
                collect(interpreter, made, *other, columns, depth + 1);
        }
    }

    static bool isThere(const std::vector<ColumnItem*>& columns, std::string_view name)
    {
        return std::ranges::any_of(columns, [&](const ColumnItem* each) {
            return each->name.isKnown() && each->name.value() == name;
        });
    }

    static void addAnnotated(Interpreter& interpreter,
                             const ClassObject::Annotation& annotation,
                             const MappedText& mapped,
                             std::vector<ColumnItem*>& columns)
    {
        auto* column = interpreter.make<ColumnItem>();
        column->name = annotation.name;
        column->span = annotation.span;
        applyAnnotation(interpreter, mapped, *column);
        columns.push_back(column);
    }

    static void addTableArguments(const ClassObject& made, Arguments& arguments)
    {
        const Value* given = made.lookUp("__table_args__");
        if (given == nullptr)
            return;
        if (given->isUnknown())
            arguments.hidden = Unknown{given->reason()};
        std::vector<std::pair<Value, Value>> pairs = Interpreter::pairsOf(*given);
        if (pairs.empty()) {
            if (const std::vector<Value>* items = Interpreter::itemsOf(*given)) {
                for (const Value& item : *items) {
                    if (Interpreter::pairsOf(item).empty())
                        arguments.positional.push_back(item);
                    else
                        pairs = Interpreter::pairsOf(item);
                }
            }
        }
        for (const auto& [key, value] : pairs) {
            if (key.asText() != nullptr)
                arguments.keywords.emplace_back(*key.asText(), value);
        }
    }

    Value m_metadata;
};

Value newMetadata(Interpreter& interpreter)
{
    return Value(interpreter.make<MetaDataItem>());
}

} // namespace

Evaluated makeDeclarativeBase(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* given = arguments.keyword("metadata");
    const bool usable = given != nullptr && given->as<MetaDataItem>() != nullptr;
    return Value(
        interpreter.make<DeclarativeClass>("Base", usable ? *given : newMetadata(interpreter)));
}

Value makeDeclarativeBaseClass(Interpreter& interpreter)
{
    return Value(interpreter.make<DeclarativeClass>("DeclarativeBase", newMetadata(interpreter)));
}

Evaluated makeMappedColumn(Interpreter& interpreter, const Arguments& arguments)
{
    return ofSqlalchemy(interpreter, "Column", withoutOrmOptions(arguments));
}

} // namespace sightglass
