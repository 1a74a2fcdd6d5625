// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/declarative.h"

#include "core/sqlalchemy/items_parts.h"
#include "core/sqlalchemy/naming.h"

#include <algorithm>
#include <cctype>

namespace sightglass {
namespace {

using Flavor = DeclarativeRules::Flavor;
constexpr int deepestBases = 24;
constexpr std::size_t mostClasses = 400;

void listBases(ClassObject& from, std::vector<ClassObject*>& order, int depth)
{
    if (depth > deepestBases || order.size() > mostClasses)
        return;
    order.push_back(&from);
    for (const Value& base : from.directBases()) {
        if (auto* other = base.as<ClassObject>())
            listBases(*other, order, depth + 1);
    }
}

/// FooBar as foo_bar.
/// source  Flask-SQLAlchemy model.py, camel_to_snake_case
std::string snakeCase(std::string_view name)
{
    const auto upper = [&](std::size_t at) {
        return std::isupper(static_cast<unsigned char>(name[at])) != 0;
    };
    const auto small = [&](std::size_t at) {
        const auto c = static_cast<unsigned char>(name[at]);
        return std::islower(c) != 0;
    };
    std::string made;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool after =
            i > 0 && (small(i - 1) || std::isdigit(static_cast<unsigned char>(name[i - 1])) != 0);
        const bool before = i > 0 && i + 1 < name.size() && small(i + 1);
        if (upper(i) && (after || before))
            made.push_back('_');
        made.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(name[i]))));
    }
    made.erase(0, made.find_first_not_of('_'));
    return made;
}

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return text;
}

struct Found
{
    const Value* value = nullptr;
    ClassObject* owner = nullptr;
};

/// Reads one class; see mapClass.
class ClassMapper
{
public:
    ClassMapper(Interpreter& interpreter,
                ModelRegistry& registry,
                ClassObject& made,
                const DeclarativeRules& rules)
        : m_interpreter(interpreter)
        , m_registry(registry)
        , m_made(made)
        , m_rules(rules)
        , m_order(classOrder(made, rules.template_))
    {}

    std::optional<Raised> run()
    {
        if (isAbstract())
            return std::nullopt;
        m_parent = parent();
        if (const Found table = find("__table__", true); table.value != nullptr)
            return takeTable(table);
        if (auto raised = readName())
            return raised;
        if (m_noTable)
            return std::nullopt;
        if (auto raised = collect())
            return raised;
        if (m_name.empty() && m_rules.flavor == Flavor::Flask && wantsFlaskName())
            m_name = snakeCase(m_made.name());
        if (m_name.empty())
            return m_parent != nullptr ? extendParent() : std::nullopt;
        return makeTable();
    }

private:
    bool isArtificial(const ClassObject& owner, std::string_view name) const
    {
        return m_registry.artificial.contains({&owner, std::string(name)});
    }

    const Mapping* mappingOf(const ClassObject& each) const
    {
        const auto found = m_registry.mapped.find(&each);
        return found == m_registry.mapped.end() ? nullptr : &found->second;
    }

    /// The nearest class that has the attribute; only those without a table but the class itself.
    Found find(std::string_view name, bool unmappedOnly) const
    {
        for (ClassObject* each : m_order) {
            if (unmappedOnly && each != &m_made && mappingOf(*each) != nullptr)
                continue;
            if (isArtificial(*each, name))
                continue;
            for (const auto& [key, value] : each->body()) {
                if (key == name)
                    return {.value = &value, .owner = each};
            }
        }
        return {};
    }

    bool isAbstract() const
    {
        for (const auto& [name, value] : m_made.body()) {
            if (name == "__abstract__")
                return value.asBool() != nullptr && *value.asBool();
        }
        return false;
    }

    const Mapping* parent() const
    {
        for (ClassObject* each : m_order) {
            if (each == &m_made)
                continue;
            if (const Mapping* mapping = mappingOf(*each))
                return mapping;
        }
        return nullptr;
    }

    /// An attribute as the class sees it: declared_attr is called with the class.
    Evaluated resolved(const Value& value)
    {
        const auto* declared = value.as<DeclaredAttribute>();
        if (declared == nullptr)
            return value;
        Arguments arguments;
        arguments.span = m_made.span();
        arguments.positional.emplace_back(static_cast<Object*>(&m_made));
        return m_interpreter.call(declared->function, arguments);
    }

    void put(const std::string& name, const Value& value)
    {
        const bool own = std::ranges::any_of(m_made.body(),
                                             [&](const auto& each) { return each.first == name; });
        if (!own || name.starts_with("__"))
            m_registry.artificial.insert({&m_made, name});
        static_cast<void>(m_made.setAttribute(m_interpreter, name, value));
    }

    void gap(std::string column, std::string reason)
    {
        m_registry.gaps.push_back({.table = {schema(), m_name},
                                   .column = std::move(column),
                                   .reason = std::move(reason),
                                   .span = m_made.span()});
    }

    std::optional<Raised> takeTable(const Found& found)
    {
        Evaluated value = resolved(*found.value);
        if (!value)
            return value.error();
        if (auto* table = value->as<TableItem>()) {
            remember(*table);
        } else if (value->isUnknown()) {
            gap({}, "the table of class " + m_made.name() + " is not known: " + value->reason());
        }
        return std::nullopt;
    }

    void remember(TableItem& table)
    {
        Mapping mapping{.table = &table, .names = {}};
        for (const auto& [name, column] : m_columns)
            mapping.names.insert(name);
        if (m_columns.empty()) {
            for (const ColumnItem* column : table.columns) {
                if (column->name.isKnown())
                    mapping.names.insert(column->name.value());
            }
        }
        if (m_parent != nullptr)
            mapping.names.insert(m_parent->names.begin(), m_parent->names.end());
        m_registry.mapped.insert_or_assign(&m_made, std::move(mapping));
    }

    std::optional<Raised> readName()
    {
        const Found own = find("__tablename__", true);
        if (own.value == nullptr) {
            if (m_rules.flavor == Flavor::SqlModel && m_parent == nullptr)
                m_name = lower(m_made.name());
            return std::nullopt;
        }
        const Found nearest = find("__tablename__", false);
        Evaluated value = resolved(*nearest.value);
        if (!value)
            return value.error();
        if (const auto text = givenText(&*value); text && text->isKnown()) {
            m_name = text->value();
            if (nearest.value->as<DeclaredAttribute>() != nullptr)
                put("__tablename__", Value(m_name));
        } else if (value->isUnknown()) {
            gap({}, "the table's name of class " + m_made.name() + ": " + value->reason());
            m_noTable = true;
        }
        return std::nullopt;
    }

    std::optional<Raised> collect()
    {
        for (ClassObject* each : m_order) {
            if (const Mapping* mapping = mappingOf(*each); mapping != nullptr && each != &m_made) {
                m_seen.insert(mapping->names.begin(), mapping->names.end());
                continue;
            }
            if (m_rules.flavor == Flavor::SqlModel)
                collectFields(*each);
            if (auto raised = collectBody(*each))
                return raised;
            collectAnnotated(*each);
        }
        sortColumns();
        return std::nullopt;
    }

    std::optional<Raised> collectBody(ClassObject& from)
    {
        const std::vector<std::pair<std::string, Value>> body = from.body();
        for (const auto& [name, value] : body) {
            const bool artificial = isArtificial(from, name);
            if (name.starts_with("__") || artificial || !m_seen.insert(name).second)
                continue;
            Evaluated given = resolved(value);
            if (!given) {
                gap(name, "declared_attr " + name + " ends with " + given.error().type);
                continue;
            }
            if (given->as<ColumnItem>() != nullptr)
                takeColumn(from, name, *given->as<ColumnItem>(), *given);
            else if (given->as<IndexItem>() != nullptr || given->as<ConstraintItem>() != nullptr)
                m_loose.push_back(*given);
            else if (given->isUnknown() && value.as<DeclaredAttribute>() != nullptr)
                gap(name, given->reason());
            else if (given->isUnknown() &&
                     given->reason().find("decorated by") == std::string::npos)
                m_unknown.emplace_back(name, given->reason());
        }
        return std::nullopt;
    }

    void takeColumn(ClassObject& from, const std::string& name, ColumnItem& given, const Value&)
    {
        ColumnItem* column = &given;
        if (&from != &m_made || column->table != nullptr) {
            column = copyOf(m_interpreter, given);
            const auto at = m_registry.created.find(&given);
            if (at != m_registry.created.end())
                m_registry.created[column] = at->second;
        }
        if (column->name.isKnown() && column->name.value().empty())
            column->name = name;
        for (const ClassObject::Annotation& annotation : from.annotations()) {
            if (annotation.name != name)
                continue;
            m_annotated = true;
            if (const auto meaning =
                    annotatedColumn(m_interpreter, from, annotation, typeMap(), false))
                apply(*meaning, *column);
        }
        m_columns.emplace_back(name, column);
        put(name, Value(static_cast<Object*>(column)));
    }

    static void apply(const AnnotatedColumn& meaning, ColumnItem& column)
    {
        if (const ColumnItem* example = meaning.example) {
            column.primaryKey = column.primaryKey || example->primaryKey;
            column.unique = column.unique || example->unique;
            column.index = column.index || example->index;
            column.pythonDefault = column.pythonDefault || example->pythonDefault;
            if (!column.serverDefault)
                column.serverDefault = example->serverDefault;
            if (!column.identity)
                column.identity = example->identity;
            if (!column.computed)
                column.computed = example->computed;
            if (!column.comment)
                column.comment = example->comment;
            if (!column.nullable)
                column.nullable = example->nullable;
            if (!column.typeGiven && example->typeGiven) {
                column.type = example->type;
                column.typeGiven = true;
            }
            if (column.constraints.empty())
                column.constraints = example->constraints;
            if (!column.unknown)
                column.unknown = example->unknown;
        }
        if (!column.nullable)
            column.nullable = meaning.optional && !column.primaryKey;
        const bool referring =
            std::ranges::any_of(column.constraints, [](const ConstraintItem* each) {
                return each->definition.kind == ConstraintDefinition::Kind::ForeignKey;
            });
        if (column.typeGiven || (referring && !meaning.type.isKnown()))
            return;
        // A foreign key without a type of its own takes that of its annotation all the same.
        column.type = meaning.type;
        column.typeGiven = true;
    }

    void collectAnnotated(ClassObject& from)
    {
        if (m_rules.flavor == Flavor::SqlModel)
            return;
        for (const ClassObject::Annotation& annotation : from.annotations()) {
            if (m_seen.contains(annotation.name))
                continue;
            const auto meaning = annotatedColumn(m_interpreter, from, annotation, typeMap(), false);
            if (!meaning)
                continue;
            m_seen.insert(annotation.name);
            m_annotated = true;
            auto* column = m_interpreter.make<ColumnItem>();
            column->name = annotation.name;
            column->span = annotation.span;
            apply(*meaning, *column);
            m_columns.emplace_back(annotation.name, column);
            put(annotation.name, Value(static_cast<Object*>(column)));
        }
    }

    void collectFields(ClassObject& from)
    {
        for (const ClassObject::Annotation& annotation : from.annotations()) {
            const Value* given = nullptr;
            for (const auto& [name, value] : from.body()) {
                if (name == annotation.name)
                    given = &value;
            }
            if (!m_seen.insert(annotation.name).second)
                continue;
            ColumnItem* column = fieldColumn(m_interpreter, from, annotation, given);
            if (column == nullptr)
                continue;
            if (column->table != nullptr || &from != &m_made)
                column = copyOf(m_interpreter, *column);
            if (column->name.isKnown() && column->name.value().empty())
                column->name = annotation.name;
            m_columns.emplace_back(annotation.name, column);
            put(annotation.name, Value(static_cast<Object*>(column)));
        }
    }

    Value typeMap() const
    {
        const Found found = find("type_annotation_map", false);
        return found.value != nullptr ? *found.value : m_rules.typeMap;
    }

    /// 1.4 keeps the order in which columns were written; 2.x the class's own before its bases'.
    void sortColumns()
    {
        if (m_annotated || m_rules.flavor == Flavor::SqlModel) {
            const std::string file = m_made.span().file;
            const auto own = [&](const auto& each) {
                const SourceSpan& span = each.second->span;
                return span.file == file && span.begin >= m_made.span().begin &&
                       span.end <= m_made.span().end;
            };
            auto rest = std::stable_partition(m_columns.begin(), m_columns.end(), own);
            std::stable_sort(m_columns.begin(), rest, [](const auto& a, const auto& b) {
                return a.second->span.begin < b.second->span.begin;
            });
            return;
        }
        const auto at = [&](const ColumnItem* column) {
            const auto found = m_registry.created.find(column);
            return found == m_registry.created.end() ? SIZE_MAX : found->second;
        };
        std::stable_sort(m_columns.begin(), m_columns.end(), [&](const auto& a, const auto& b) {
            return at(a.second) < at(b.second);
        });
    }

    bool wantsFlaskName() const
    {
        const bool key = std::ranges::any_of(
            m_columns, [](const auto& each) { return each.second->primaryKey; });
        return key || m_parent == nullptr;
    }

    Value metadata() const
    {
        const Found found = find("metadata", false);
        return found.value != nullptr && found.value->as<MetaDataItem>() != nullptr
                   ? *found.value
                   : m_rules.metadata;
    }

    std::string schema() const
    {
        const Value given = metadata();
        const auto* item = given.as<MetaDataItem>();
        return item != nullptr ? item->schema.value_or(std::string()) : std::string();
    }

    /// Items that a mixin gives to several tables are copied for each.
    Value ownItem(const Value& item)
    {
        if (const auto* index = item.as<IndexItem>(); index != nullptr && index->table != nullptr) {
            auto* copy = m_interpreter.make<IndexItem>();
            copy->name = index->name;
            copy->definition = index->definition;
            copy->concurrently = index->concurrently;
            copy->unknown = index->unknown;
            copy->span = index->span;
            return Value(static_cast<Object*>(copy));
        }
        const auto* constraint = item.as<ConstraintItem>();
        if (constraint == nullptr || constraint->table == nullptr)
            return item;
        auto* copy = m_interpreter.make<ConstraintItem>();
        copy->className = constraint->className;
        copy->name = constraint->name;
        copy->definition = constraint->definition;
        copy->unknown = constraint->unknown;
        copy->useAlter = constraint->useAlter;
        copy->span = constraint->span;
        return Value(static_cast<Object*>(copy));
    }

    std::optional<Raised> addArguments(Arguments& arguments)
    {
        const Found found = find("__table_args__", true);
        if (found.value == nullptr)
            return std::nullopt;
        const Found nearest = find("__table_args__", false);
        const Evaluated given = resolved(*nearest.value);
        if (!given)
            return given.error();
        if (given->isUnknown())
            gap({}, "__table_args__ of class " + m_made.name() + ": " + given->reason());
        if (const auto doubt = m_interpreter.doubtAbout(*given); doubt && !given->isUnknown())
            gap({}, "__table_args__ of class " + m_made.name() + ": " + doubt->reason);
        std::vector<std::pair<Value, Value>> pairs = Interpreter::pairsOf(*given);
        const std::vector<Value>* items = Interpreter::itemsOf(*given);
        if (pairs.empty() && items != nullptr) {
            for (const Value& item : *items) {
                const auto inner = Interpreter::pairsOf(item);
                if (!inner.empty())
                    pairs = inner;
                else if (item.isUnknown())
                    gap({}, "an item of __table_args__: " + item.reason());
                else
                    arguments.positional.push_back(ownItem(item));
            }
        }
        for (const auto& [key, value] : pairs) {
            if (key.asText() != nullptr)
                arguments.keywords.emplace_back(*key.asText(), value);
        }
        return std::nullopt;
    }

    /// Indexes and constraints that stand in the class's body without __table_args__.
    void addLoose(TableItem& table)
    {
        for (const Value& item : m_loose) {
            const auto* index = item.as<IndexItem>();
            const auto* constraint = item.as<ConstraintItem>();
            if ((index != nullptr && index->table == nullptr) ||
                (constraint != nullptr && constraint->table == nullptr))
                static_cast<void>(appendTo(table, item));
        }
    }

    std::optional<Raised> makeTable()
    {
        Arguments arguments;
        arguments.span = m_made.span();
        arguments.positional = {Value(m_name), metadata()};
        for (const auto& [name, column] : m_columns)
            arguments.positional.emplace_back(static_cast<Object*>(column));
        if (auto raised = addArguments(arguments))
            return raised;
        const Evaluated made = sightglass::makeTable(m_interpreter, arguments);
        if (!made) {
            // A module that is reached under two names is read twice.
            gap({}, "class " + m_made.name() + ": " + made.error().message);
            return std::nullopt;
        }
        auto* table = made->as<TableItem>();
        if (table == nullptr)
            return std::nullopt;
        addLoose(*table);
        noteUnknown(*table);
        put("__table__", *made);
        remember(*table);
        return std::nullopt;
    }

    void noteUnknown(const TableItem& table)
    {
        for (const auto& [name, reason] : m_unknown)
            m_registry.gaps.push_back(
                {.table = table.name, .column = name, .reason = reason, .span = m_made.span()});
        if (const Unknown* base = m_made.unknownBase())
            m_registry.gaps.push_back({.table = table.name,
                                       .column = {},
                                       .reason = "a base class may bring columns: " + base->reason,
                                       .span = m_made.span()});
    }

    std::optional<Raised> extendParent()
    {
        TableItem& table = *m_parent->table;
        for (const auto& [name, column] : m_columns) {
            const bool there = std::ranges::any_of(table.columns, [&](const ColumnItem* each) {
                return each->name.isKnown() && each->name == column->name;
            });
            if (there)
                continue;
            if (auto raised = appendTo(table, Value(static_cast<Object*>(column))))
                return raised;
        }
        addLoose(table);
        noteUnknown(table);
        remember(table);
        return std::nullopt;
    }

    Interpreter& m_interpreter;
    ModelRegistry& m_registry;
    ClassObject& m_made;
    const DeclarativeRules& m_rules;
    std::vector<ClassObject*> m_order;
    const Mapping* m_parent = nullptr;
    std::string m_name;
    bool m_noTable = false;
    bool m_annotated = false;
    std::set<std::string, std::less<>> m_seen;
    std::vector<std::pair<std::string, ColumnItem*>> m_columns;
    std::vector<Value> m_loose;
    std::vector<std::pair<std::string, std::string>> m_unknown;
};

} // namespace

std::vector<ClassObject*> classOrder(ClassObject& made, ClassObject* last)
{
    std::vector<ClassObject*> all;
    listBases(made, all, 0);
    if (last != nullptr)
        listBases(*last, all, 0);
    // A class stands behind all that derive from it.
    std::vector<ClassObject*> order;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (std::find(all.begin() + static_cast<std::ptrdiff_t>(i) + 1, all.end(), all[i]) ==
            all.end())
            order.push_back(all[i]);
    }
    return order;
}

std::optional<Raised>
mapClass(Interpreter& interpreter, ClassObject& made, const DeclarativeRules& rules)
{
    auto* registry = interpreter.service<ModelRegistry>();
    if (registry == nullptr || registry->mapped.contains(&made))
        return std::nullopt;
    return ClassMapper(interpreter, *registry, made, rules).run();
}

} // namespace sightglass
