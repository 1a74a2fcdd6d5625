// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replay/catalog.h"

#include "core/replay/spelling.h"

#include <algorithm>
#include <iterator>
#include <type_traits>

namespace sightglass::replaying {

namespace {

template <typename T, typename SchemaType>
auto& objectsIn(SchemaType& schema)
{
    if constexpr (std::is_same_v<T, Table>)
        return schema.tables;
    else if constexpr (std::is_same_v<T, View>)
        return schema.views;
    else if constexpr (std::is_same_v<T, EnumType>)
        return schema.enums;
    else if constexpr (std::is_same_v<T, Domain>)
        return schema.domains;
    else
        return schema.sequences;
}

} // namespace

Catalog::Catalog(ReplaySettings settings)
    : m_settings(std::move(settings))
    , m_searchPath(m_settings.searchPath)
{
    m_schema.namespaces.insert("public");
}

template <typename T>
const T* Catalog::find(const QualifiedName& name) const
{
    const auto& objects = objectsIn<T>(name.schema == temporaryNamespace ? m_temporary : m_schema);
    const auto found = objects.find(name);
    return found == objects.end() ? nullptr : found->second.get();
}

template const Table* Catalog::find<Table>(const QualifiedName&) const;
template const View* Catalog::find<View>(const QualifiedName&) const;
template const EnumType* Catalog::find<EnumType>(const QualifiedName&) const;
template const Domain* Catalog::find<Domain>(const QualifiedName&) const;
template const Sequence* Catalog::find<Sequence>(const QualifiedName&) const;

template <typename T>
void Catalog::set(const QualifiedName& name, std::shared_ptr<const T> object)
{
    auto& objects = objectsIn<T>(name.schema == temporaryNamespace ? m_temporary : m_schema);
    const auto found = objects.find(name);
    std::shared_ptr<const T> before = found == objects.end() ? nullptr : found->second;
    bool renewed = false;
    if constexpr (std::is_same_v<T, Table>) {
        renewed = before && object && before->name == object->name;
        if (renewed)
            renew(*before, *object);
    }
    if (before && !renewed)
        enter(*before, false);
    if (object) {
        if (!renewed)
            enter(*object, true);
        objects[name] = std::move(object);
    } else if (before) {
        objects.erase(name);
    }
    remember([name, before](Catalog& catalog) { catalog.set<T>(name, before); });
}

template void Catalog::set<Table>(const QualifiedName&, std::shared_ptr<const Table>);
template void Catalog::set<View>(const QualifiedName&, std::shared_ptr<const View>);
template void Catalog::set<EnumType>(const QualifiedName&, std::shared_ptr<const EnumType>);
template void Catalog::set<Domain>(const QualifiedName&, std::shared_ptr<const Domain>);
template void Catalog::set<Sequence>(const QualifiedName&, std::shared_ptr<const Sequence>);

const RelationEntry* Catalog::relation(const QualifiedName& name) const
{
    return m_relations.value(name);
}

bool Catalog::hasNamespace(const std::string& name) const
{
    return name == temporaryNamespace || isSystemNamespace(name) ||
           m_schema.namespaces.contains(name);
}

std::optional<QualifiedName> Catalog::findRelation(const QualifiedName& name) const
{
    if (!name.schema.empty())
        return relation(name) != nullptr ? std::optional(name) : std::nullopt;
    QualifiedName candidate{.schema = std::string(temporaryNamespace), .name = name.name};
    if (relation(candidate) != nullptr)
        return candidate;
    for (const std::string& schema : m_searchPath) {
        candidate.schema = schema;
        if (relation(candidate) != nullptr)
            return candidate;
    }
    return std::nullopt;
}

bool Catalog::isType(const QualifiedName& name) const
{
    if (enumType(name) != nullptr || domain(name) != nullptr || m_otherTypes.contains(name))
        return true;
    const RelationEntry* const entry = relation(name);
    return entry != nullptr && entry->kind != RelationKind::Index &&
           entry->kind != RelationKind::Sequence;
}

std::optional<QualifiedName> Catalog::findType(const QualifiedName& name) const
{
    if (!name.schema.empty())
        return isType(name) ? std::optional(name) : std::nullopt;
    for (const std::string& schema : m_searchPath) {
        const QualifiedName candidate{.schema = schema, .name = name.name};
        if (isType(candidate))
            return candidate;
    }
    return std::nullopt;
}

std::string Catalog::creationNamespace() const
{
    const auto found = std::ranges::find_if(
        m_searchPath, [&](const std::string& name) { return m_schema.namespaces.contains(name); });
    return found == m_searchPath.end() ? std::string() : *found;
}

bool Catalog::isVisible(const QualifiedName& name) const
{
    if (name.schema == temporaryNamespace || name.schema == "pg_catalog")
        return true;
    for (const std::string& schema : readingPath()) {
        if (schema == name.schema)
            return true;
        const QualifiedName other{.schema = schema, .name = name.name};
        if (isType(other) || relation(other) != nullptr)
            return false;
    }
    return false;
}

std::string Catalog::spelled(const QualifiedName& name) const
{
    return isVisible(name) ? quotedIdentifier(name.name) : toSql(name);
}

bool Catalog::constraintNameTaken(const QualifiedName& name) const
{
    return m_constraintNames.contains(name);
}

Catalog::Names Catalog::referencing(const QualifiedName& table) const
{
    return dependentsIn(m_referencing, table);
}

Catalog::Names Catalog::childrenOf(const QualifiedName& table) const
{
    return dependentsIn(m_children, table);
}

Catalog::Names Catalog::viewsOn(const QualifiedName& relation) const
{
    return dependentsIn(m_viewsOn, relation);
}

Catalog::Names Catalog::sequencesOf(const QualifiedName& table) const
{
    return dependentsIn(m_owned, table);
}

Catalog::Names Catalog::defaultsWith(const QualifiedName& sequence) const
{
    return dependentsIn(m_defaults, sequence);
}

Catalog::Names Catalog::tablesWithType(const std::string& spelledType) const
{
    return dependentsIn(m_typeUsers, spelledType);
}

Catalog::Names Catalog::domainsOver(const std::string& spelledType) const
{
    return dependentsIn(m_domainsOver, spelledType);
}

Catalog::Names Catalog::tablesWithTriggerOf(const QualifiedName& function) const
{
    return dependentsIn(m_triggers, function);
}

void Catalog::commit()
{
    if (m_onTrial || !m_savepoints.empty())
        std::ranges::move(m_undo, std::back_inserter(m_log));
    m_undo.clear();
}

void Catalog::takeBack(Undo undo)
{
    for (auto step = undo.rbegin(); step != undo.rend(); ++step)
        (*step)(*this);
    m_undo.clear();
}

void Catalog::rollback()
{
    Undo undo = std::move(m_undo);
    m_undo.clear();
    takeBack(std::move(undo));
}

void Catalog::setSavepoint(std::string name)
{
    m_savepoints.push_back({.name = std::move(name), .length = m_log.size()});
}

bool Catalog::rollbackTo(const std::string& name)
{
    const auto found = std::find_if(m_savepoints.rbegin(),
                                    m_savepoints.rend(),
                                    [&](const Savepoint& each) { return each.name == name; });
    if (found == m_savepoints.rend())
        return false;
    Undo undo(std::make_move_iterator(m_log.begin() + static_cast<std::ptrdiff_t>(found->length)),
              std::make_move_iterator(m_log.end()));
    m_log.resize(found->length);
    m_savepoints.erase(found.base(), m_savepoints.end());
    takeBack(std::move(undo));
    return true;
}

bool Catalog::changedSince(const std::string& savepoint) const
{
    const auto found = std::find_if(m_savepoints.rbegin(),
                                    m_savepoints.rend(),
                                    [&](const Savepoint& each) { return each.name == savepoint; });
    return found == m_savepoints.rend() || m_log.size() > found->length || !m_undo.empty();
}

void Catalog::releaseSavepoint(const std::string& name)
{
    const auto found = std::find_if(m_savepoints.rbegin(),
                                    m_savepoints.rend(),
                                    [&](const Savepoint& each) { return each.name == name; });
    if (found == m_savepoints.rend())
        return;
    m_savepoints.erase(std::prev(found.base()), m_savepoints.end());
    if (m_savepoints.empty() && !m_onTrial)
        m_log.clear();
}

std::shared_ptr<Catalog::Trial> Catalog::beginTrial()
{
    auto trial = std::make_shared<Trial>();
    trial->log = std::exchange(m_log, {});
    trial->savepoints = std::exchange(m_savepoints, {});
    trial->newTypes = m_newTypes;
    trial->newLabels = m_newLabels;
    trial->made = m_made;
    m_onTrial = true;
    return trial;
}

void Catalog::endTrial(Trial& trial)
{
    rollback();
    m_onTrial = false;
    takeBack(std::exchange(m_log, {}));
    m_log = std::move(trial.log);
    m_savepoints = std::move(trial.savepoints);
    m_newTypes = std::move(trial.newTypes);
    m_newLabels = std::move(trial.newLabels);
    m_made = std::move(trial.made);
}

} // namespace sightglass::replaying
