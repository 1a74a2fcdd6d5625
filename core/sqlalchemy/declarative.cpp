// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/declarative_parts.h"
#include "core/sqlalchemy/declarative_view.h"
#include "core/sqlalchemy/items_parts.h"
#include "core/sqlalchemy/naming.h"

#include <algorithm>
#include <cctype>

namespace sightglass {
namespace {

using Flavor = DeclarativeRules::Flavor;

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return text;
}

/// Reads one class; see mapClass.
class ClassMapper
{
public:
    explicit ClassMapper(const MappedView& view)
        : m_view(view)
    {}

    std::optional<Raised> run()
    {
        if (isAbstract())
            return std::nullopt;
        m_parent = m_view.parent();
        if (const MappedView::Found table = m_view.find("__table__", true); table.value != nullptr)
            return takeTable(table);
        if (auto raised = readName())
            return raised;
        if (m_noTable)
            return std::nullopt;
        collect();
        if (m_name.empty() && m_view.rules.flavor == Flavor::Flask && wantsFlaskName())
            m_name = flaskTableName(m_view.made.name());
        if (m_name.empty())
            return m_parent != nullptr ? extendParent() : std::nullopt;
        return makeTable();
    }

private:
    void collect()
    {
        CollectedColumns found = collectColumns(m_view);
        m_columns = std::move(found.columns);
        m_loose = std::move(found.loose);
        m_unknown = std::move(found.unknown);
        for (const CollectedColumns::Open& each : found.failed)
            gap(each.name, each.reason);
    }

    bool isAbstract() const
    {
        for (const auto& [name, value] : m_view.made.body()) {
            if (name == "__abstract__")
                return value.asBool() != nullptr && *value.asBool();
        }
        return false;
    }

    void gap(std::string column, std::string reason)
    {
        m_view.registry.gaps.push_back({.table = {m_view.schema(), m_name},
                                        .column = std::move(column),
                                        .reason = std::move(reason),
                                        .span = m_view.made.span()});
    }

    std::optional<Raised> takeTable(const MappedView::Found& found)
    {
        Evaluated value = m_view.resolved(*found.value);
        if (!value)
            return value.error();
        if (auto* table = value->as<TableItem>()) {
            remember(*table);
        } else if (value->isUnknown()) {
            gap({},
                "the table of class " + m_view.made.name() + " is not known: " + value->reason());
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
        m_view.registry.mapped.insert_or_assign(&m_view.made, std::move(mapping));
    }

    std::optional<Raised> readName()
    {
        const MappedView::Found own = m_view.find("__tablename__", true);
        if (own.value == nullptr) {
            if (m_view.rules.flavor == Flavor::SqlModel && m_parent == nullptr)
                m_name = lower(m_view.made.name());
            return std::nullopt;
        }
        const MappedView::Found nearest = m_view.find("__tablename__", false);
        Evaluated value = m_view.resolved(*nearest.value);
        if (!value)
            return value.error();
        if (const auto text = givenText(&*value); text && text->isKnown()) {
            m_name = text->value();
            if (nearest.value->as<DeclaredAttribute>() != nullptr)
                m_view.put("__tablename__", Value(m_name));
        } else if (value->isUnknown()) {
            gap({}, "the table's name of class " + m_view.made.name() + ": " + value->reason());
            m_noTable = true;
        }
        return std::nullopt;
    }

    bool wantsFlaskName() const
    {
        const bool key = std::ranges::any_of(
            m_columns, [](const auto& each) { return each.second->primaryKey; });
        return key || m_parent == nullptr;
    }

    /// Items that a mixin gives to several tables are copied for each.
    Value ownItem(const Value& item)
    {
        if (const auto* index = item.as<IndexItem>(); index != nullptr && index->table != nullptr) {
            auto* copy = m_view.interpreter.make<IndexItem>();
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
        auto* copy = m_view.interpreter.make<ConstraintItem>();
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
        const MappedView::Found found = m_view.find("__table_args__", true);
        if (found.value == nullptr)
            return std::nullopt;
        const MappedView::Found nearest = m_view.find("__table_args__", false);
        const Evaluated given = m_view.resolved(*nearest.value);
        if (!given)
            return given.error();
        if (given->isUnknown())
            gap({}, "__table_args__ of class " + m_view.made.name() + ": " + given->reason());
        if (const auto doubt = m_view.interpreter.doubtAbout(*given); doubt && !given->isUnknown())
            gap({}, "__table_args__ of class " + m_view.made.name() + ": " + doubt->reason);
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
        arguments.span = m_view.made.span();
        arguments.positional = {Value(m_name), m_view.metadata()};
        for (const auto& [name, column] : m_columns)
            arguments.positional.emplace_back(static_cast<Object*>(column));
        if (auto raised = addArguments(arguments))
            return raised;
        const Evaluated made = sightglass::makeTable(m_view.interpreter, arguments);
        if (!made) {
            // A module that is reached under two names is read twice.
            gap({}, "class " + m_view.made.name() + ": " + made.error().message);
            return std::nullopt;
        }
        auto* table = made->as<TableItem>();
        if (table == nullptr)
            return std::nullopt;
        pointForeignKeys(*table);
        addLoose(*table);
        noteUnknown(*table);
        m_view.put("__table__", *made);
        remember(*table);
        return std::nullopt;
    }

    /// Foreign keys to columns of the class itself, which have their table and name now.
    void pointForeignKeys(const TableItem& table) const
    {
        for (const ColumnItem* column : table.columns) {
            for (ConstraintItem* each : column->constraints) {
                const auto found = m_view.registry.targets.find(each);
                if (found == m_view.registry.targets.end() || found->second->table == nullptr ||
                    !found->second->name.isKnown())
                    continue;
                each->definition.target = found->second->table->name;
                each->definition.targetColumns = {found->second->name.value()};
            }
        }
    }

    void noteUnknown(const TableItem& table)
    {
        for (const auto& [name, reason] : m_unknown)
            m_view.registry.gaps.push_back({.table = table.name,
                                            .column = name,
                                            .reason = reason,
                                            .span = m_view.made.span()});
        if (const Unknown* base = m_view.made.unknownBase())
            m_view.registry.gaps.push_back(
                {.table = table.name,
                 .column = {},
                 .reason = "a base class may bring columns: " + base->reason,
                 .span = m_view.made.span()});
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

    const MappedView& m_view;
    const Mapping* m_parent = nullptr;
    std::string m_name;
    bool m_noTable = false;
    std::vector<std::pair<std::string, ColumnItem*>> m_columns;
    std::vector<Value> m_loose;
    std::vector<CollectedColumns::Open> m_unknown;
};

} // namespace

std::optional<Raised>
mapClass(Interpreter& interpreter, ClassObject& made, const DeclarativeRules& rules)
{
    auto* registry = interpreter.service<ModelRegistry>();
    if (registry == nullptr || registry->mapped.contains(&made))
        return std::nullopt;
    return ClassMapper(MappedView(interpreter, *registry, made, rules)).run();
}

} // namespace sightglass
