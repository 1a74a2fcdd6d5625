// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/declarative_view.h"
#include "core/sqlalchemy/items_parts.h"

#include <algorithm>

namespace sightglass {
namespace {

using Flavor = DeclarativeRules::Flavor;

void apply(const AnnotatedColumn& meaning, ColumnItem& column)
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
    const bool referring = std::ranges::any_of(column.constraints, [](const ConstraintItem* each) {
        return each->definition.kind == ConstraintDefinition::Kind::ForeignKey;
    });
    if (column.typeGiven || (referring && !meaning.type.isKnown()))
        return;
    // A foreign key without a type of its own takes that of its annotation all the same.
    column.type = meaning.type;
    column.typeGiven = true;
}

/// What is noted of a column holds for its copy.
template <typename Number>
void inheritFrom(std::map<const Object*, Number>& notes,
                 const ColumnItem& given,
                 const ColumnItem& copy)
{
    if (const auto at = notes.find(&given); at != notes.end())
        notes[&copy] = at->second;
}

class ColumnCollector
{
public:
    explicit ColumnCollector(const MappedView& view)
        : m_view(view)
    {}

    CollectedColumns collect()
    {
        for (ClassObject* each : m_view.order) {
            if (const Mapping* mapping = m_view.mappingOf(*each);
                mapping != nullptr && each != &m_view.made) {
                m_seen.insert(mapping->names.begin(), mapping->names.end());
                continue;
            }
            if (m_view.rules.flavor == Flavor::SqlModel)
                collectFields(*each);
            collectBody(*each);
            collectAnnotated(*each);
        }
        sortColumns();
        const auto& orders = m_view.registry.sortOrder;
        std::ranges::stable_sort(m_found.columns, {}, [&](const auto& each) {
            const auto at = orders.find(each.second);
            return at == orders.end() ? std::int64_t{0} : at->second;
        });
        return std::move(m_found);
    }

private:
    void collectBody(ClassObject& from)
    {
        const std::vector<std::pair<std::string, Value>> body = from.body();
        for (const auto& [name, value] : body) {
            const bool artificial = m_view.isArtificial(from, name);
            if (name.starts_with("__") || artificial || !m_seen.insert(name).second)
                continue;
            Evaluated given = m_view.resolved(value);
            if (!given) {
                m_found.failed.push_back(
                    {name, "declared_attr " + name + " ends with " + given.error().type});
                continue;
            }
            if (given->as<ColumnItem>() != nullptr)
                takeColumn(from, name, *given->as<ColumnItem>(), *given);
            else if (const auto* property = given->as<OrmProperty>())
                takeComposite(from, name, *property);
            else if (given->as<IndexItem>() != nullptr || given->as<ConstraintItem>() != nullptr)
                m_found.loose.push_back(*given);
            else if (given->isUnknown() && value.as<DeclaredAttribute>() != nullptr)
                m_found.failed.push_back({name, given->reason()});
            else if (given->isUnknown() &&
                     given->reason().find("decorated by") == std::string::npos)
                m_found.unknown.push_back({name, given->reason()});
        }
    }

    void takeColumn(ClassObject& from, const std::string& name, ColumnItem& given, const Value&)
    {
        ColumnItem* column = &given;
        if (&from != &m_view.made || column->table != nullptr) {
            column = copyOf(m_view.interpreter, given);
            inheritFrom(m_view.registry.created, given, *column);
            inheritFrom(m_view.registry.sortOrder, given, *column);
        }
        if (column->name.isKnown() && column->name.value().empty())
            column->name = name;
        for (const ClassObject::Annotation& annotation : from.annotations()) {
            if (annotation.name != name)
                continue;
            m_annotated = true;
            if (const auto meaning =
                    annotatedColumn(m_view.interpreter, from, annotation, m_view.typeMap(), false))
                apply(*meaning, *column);
        }
        m_found.columns.emplace_back(name, column);
        m_view.put(name, Value(static_cast<Object*>(column)));
    }

    /// composite(): columns whose types are those of the fields of its class.
    void takeComposite(ClassObject& from, const std::string& name, const OrmProperty& property)
    {
        if (property.columns.empty())
            return;
        const ClassObject* holder = property.holder;
        for (const ClassObject::Annotation& annotation : from.annotations()) {
            if (annotation.name == name && holder == nullptr)
                holder = annotatedClass(m_view.interpreter, from, annotation);
        }
        for (std::size_t i = 0; i < property.columns.size(); ++i) {
            ColumnItem* column = property.columns[i];
            if (column->table != nullptr || &from != &m_view.made)
                column = copyOf(m_view.interpreter, *column);
            if (holder != nullptr && i < holder->annotations().size()) {
                const auto& field = holder->annotations()[i];
                if (column->name.isKnown() && column->name.value().empty())
                    column->name = field.name;
                if (const auto meaning =
                        annotatedColumn(m_view.interpreter, *holder, field, m_view.typeMap(), true))
                    apply(*meaning, *column);
            }
            const std::string key = column->name.isKnown() ? column->name.value() : name;
            m_annotated = true;
            if (m_seen.insert(key).second)
                m_found.columns.emplace_back(key, column);
        }
    }

    void collectAnnotated(ClassObject& from)
    {
        if (m_view.rules.flavor == Flavor::SqlModel)
            return;
        for (const ClassObject::Annotation& annotation : from.annotations()) {
            if (m_seen.contains(annotation.name))
                continue;
            const auto meaning =
                annotatedColumn(m_view.interpreter, from, annotation, m_view.typeMap(), false);
            if (!meaning)
                continue;
            m_seen.insert(annotation.name);
            m_annotated = true;
            auto* column = m_view.interpreter.make<ColumnItem>();
            column->name = annotation.name;
            column->span = annotation.span;
            apply(*meaning, *column);
            m_found.columns.emplace_back(annotation.name, column);
            m_view.put(annotation.name, Value(static_cast<Object*>(column)));
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
            ColumnItem* column = fieldColumn(m_view.interpreter, from, annotation, given);
            if (column == nullptr)
                continue;
            if (column->table != nullptr || &from != &m_view.made)
                column = copyOf(m_view.interpreter, *column);
            if (column->name.isKnown() && column->name.value().empty())
                column->name = annotation.name;
            m_found.columns.emplace_back(annotation.name, column);
            m_view.put(annotation.name, Value(static_cast<Object*>(column)));
        }
    }

    /// 1.4 keeps the order in which columns were written; 2.x the class's own before its bases'.
    void sortColumns()
    {
        if (m_annotated || m_view.rules.flavor == Flavor::SqlModel) {
            const std::string file = m_view.made.span().file;
            const auto own = [&](const auto& each) {
                const SourceSpan& span = each.second->span;
                return span.file == file && span.begin >= m_view.made.span().begin &&
                       span.end <= m_view.made.span().end;
            };
            auto rest = std::stable_partition(m_found.columns.begin(), m_found.columns.end(), own);
            std::stable_sort(m_found.columns.begin(), rest, [](const auto& a, const auto& b) {
                return a.second->span.begin < b.second->span.begin;
            });
            return;
        }
        const auto at = [&](const ColumnItem* column) {
            const auto found = m_view.registry.created.find(column);
            return found == m_view.registry.created.end() ? SIZE_MAX : found->second;
        };
        std::stable_sort(m_found.columns.begin(),
                         m_found.columns.end(),
                         [&](const auto& a, const auto& b) { return at(a.second) < at(b.second); });
    }

    const MappedView& m_view;
    bool m_annotated = false;
    std::set<std::string, std::less<>> m_seen;
    CollectedColumns m_found;
};

} // namespace

CollectedColumns collectColumns(const MappedView& view)
{
    return ColumnCollector(view).collect();
}

} // namespace sightglass
