// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is kept beside the objects: taken names, who depends on whom, and hidden objects.
#include "core/replay/catalog.h"
#include "core/replay/spelling.h"

#include <algorithm>

namespace sightglass::replaying {

namespace {

/// How many columns from the first on hang on the same things in both.
std::size_t sharedColumns(const Table& before, const Table& now)
{
    const auto differ = std::ranges::mismatch(
        before.columns, now.columns, [](const Column& left, const Column& right) {
            return left.type == right.type && left.defaultExpression == right.defaultExpression;
        });
    return static_cast<std::size_t>(differ.in1 - before.columns.begin());
}

bool sameConstraints(const Table& left, const Table& right)
{
    return left.primaryKey == right.primaryKey && left.uniques == right.uniques &&
           left.exclusions == right.exclusions && left.checks == right.checks &&
           left.foreignKeys == right.foreignKeys;
}

} // namespace

void Catalog::enterRelation(const QualifiedName& name, RelationEntry entry, bool present)
{
    if (!present) {
        m_relations.erase(name);
        return;
    }
    if (entry.kind == RelationKind::Index)
        m_ages.try_emplace(name, m_ages.size());
    m_relations.insert_or_assign(name, std::move(entry));
}

void Catalog::enterConstraint(const std::string& schema, const std::string& name, bool present)
{
    const QualifiedName full{.schema = schema, .name = name};
    if (present) {
        ++m_constraintNames[full];
        return;
    }
    if (m_constraintNames.contains(full) && --m_constraintNames[full] == 0)
        m_constraintNames.erase(full);
}

void Catalog::enterColumns(const Table& table, bool present, std::size_t from)
{
    for (std::size_t i = from; i < table.columns.size(); ++i) {
        const Column& column = table.columns[i];
        enterDependent(m_typeUsers, baseTypeOf(column.type), table.name, present);
        if (!column.defaultExpression)
            continue;
        for (const QualifiedName& sequence : sequencesNamedIn(*column.defaultExpression)) {
            for (const QualifiedName& candidate : candidates(sequence, readingPath()))
                enterDependent(m_defaults, candidate, table.name, present);
        }
    }
}

void Catalog::enterConstraints(const Table& table, bool present)
{
    const std::string& schema = table.name.schema;
    const auto owner = present ? std::make_shared<const QualifiedName>(table.name) : nullptr;
    const auto backed = [&](const std::string& name) {
        enterConstraint(schema, name, present);
        enterRelation({.schema = schema, .name = name},
                      {.kind = RelationKind::Index, .constraint = true, .heldBy = owner},
                      present);
    };
    if (table.primaryKey)
        backed(table.primaryKey->name);
    for (const KeyConstraint& key : table.uniques)
        backed(key.name);
    for (const ExclusionConstraint& exclusion : table.exclusions)
        backed(exclusion.name);
    for (const CheckConstraint& check : table.checks)
        enterConstraint(schema, check.name, present);
    for (const ForeignKey& key : table.foreignKeys) {
        enterConstraint(schema, key.name, present);
        enterDependent(m_referencing, key.target, table.name, present);
    }
}

void Catalog::enterIndexes(const QualifiedName& owner,
                           const std::vector<Index>& indexes,
                           bool present)
{
    const auto shared = present ? std::make_shared<const QualifiedName>(owner) : nullptr;
    for (const Index& index : indexes)
        enterRelation({.schema = owner.schema, .name = index.name},
                      {.kind = RelationKind::Index, .heldBy = shared},
                      present);
}

void Catalog::enter(const Table& table, bool present)
{
    enterRelation(table.name, {.kind = RelationKind::Table}, present);
    enterColumns(table, present);
    enterConstraints(table, present);
    enterIndexes(table.name, table.indexes, present);
    enterTies(table, present);
}

void Catalog::enterTies(const Table& table, bool present)
{
    if (table.partitionOf)
        enterDependent(m_children, *table.partitionOf, table.name, present);
    for (const QualifiedName& parent : table.inherits)
        enterDependent(m_children, parent, table.name, present);
    for (const Trigger& trigger : table.triggers) {
        const QualifiedName function = functionOfTrigger(trigger.definition);
        for (const QualifiedName& candidate : candidates(function, readingPath()))
            enterDependent(m_triggers, candidate, table.name, present);
    }
}

void Catalog::renew(const Table& before, const Table& now)
{
    const std::size_t shared = sharedColumns(before, now);
    const bool appended = shared == before.columns.size();
    const bool constraints = !sameConstraints(before, now);
    const bool indexes = before.indexes != now.indexes;
    const bool ties = before.partitionOf != now.partitionOf || before.inherits != now.inherits ||
                      before.triggers != now.triggers;
    if (!appended)
        enterColumns(before, false);
    if (constraints)
        enterConstraints(before, false);
    if (indexes)
        enterIndexes(before.name, before.indexes, false);
    if (ties)
        enterTies(before, false);
    enterColumns(now, true, appended ? shared : 0);
    if (constraints)
        enterConstraints(now, true);
    if (indexes)
        enterIndexes(now.name, now.indexes, true);
    if (ties)
        enterTies(now, true);
}

void Catalog::enter(const View& view, bool present)
{
    enterRelation(view.name,
                  {.kind = view.materialized ? RelationKind::MaterializedView : RelationKind::View},
                  present);
    enterIndexes(view.name, view.indexes, present);
}

void Catalog::enter(const EnumType&, bool) {}

void Catalog::enter(const Domain& domain, bool present)
{
    enterDependent(m_domainsOver, baseTypeOf(domain.type), domain.name, present);
    for (const CheckConstraint& check : domain.checks)
        enterConstraint(domain.name.schema, check.name, present);
}

void Catalog::enter(const Sequence& sequence, bool present)
{
    enterRelation(sequence.name, {.kind = RelationKind::Sequence}, present);
    if (sequence.ownerTable)
        enterDependent(m_owned, *sequence.ownerTable, sequence.name, present);
}

void Catalog::putFunction(const Function& function)
{
    auto& place = m_schema.functions[{function.name, function.arguments}];
    remember(
        [key = std::pair(function.name, function.arguments), before = place](Catalog& catalog) {
            if (before)
                catalog.m_schema.functions[key] = before;
            else
                catalog.m_schema.functions.erase(key);
        });
    place = std::make_shared<const Function>(function);
}

void Catalog::removeFunction(const QualifiedName& name, const std::string& arguments)
{
    const auto found = m_schema.functions.find({name, arguments});
    if (found == m_schema.functions.end())
        return;
    remember([key = found->first, before = found->second](Catalog& catalog) {
        catalog.m_schema.functions[key] = before;
    });
    m_schema.functions.erase(found);
}

void Catalog::putNamespace(const std::string& name, bool present)
{
    if (m_schema.namespaces.contains(name) == present)
        return;
    if (present)
        m_schema.namespaces.insert(name);
    else
        m_schema.namespaces.erase(name);
    remember([name, present](Catalog& catalog) { catalog.putNamespace(name, !present); });
}

void Catalog::putExtension(const std::string& name, std::optional<Extension> extension)
{
    const auto found = m_schema.extensions.find(name);
    std::optional<Extension> before;
    if (found != m_schema.extensions.end())
        before = found->second;
    if (extension)
        m_schema.extensions.insert_or_assign(name, std::move(*extension));
    else
        m_schema.extensions.erase(name);
    remember([name, before](Catalog& catalog) { catalog.putExtension(name, before); });
}

const ColumnPlace* Catalog::identitySequence(const QualifiedName& sequence) const
{
    return m_identitySequences.value(sequence);
}

std::optional<QualifiedName> Catalog::identitySequenceOf(const ColumnPlace& place) const
{
    for (const QualifiedName& sequence : identitySequencesOf(place.table)) {
        if (*identitySequence(sequence) == place)
            return sequence;
    }
    return std::nullopt;
}

Catalog::Names Catalog::identitySequencesOf(const QualifiedName& table) const
{
    return dependentsIn(m_identityOf, table);
}

void Catalog::setIdentitySequence(const QualifiedName& sequence, std::optional<ColumnPlace> place)
{
    std::optional<ColumnPlace> before;
    if (const ColumnPlace* const found = identitySequence(sequence); found != nullptr)
        before = *found;
    if (before)
        enterDependent(m_identityOf, before->table, sequence, false);
    if (place) {
        enterDependent(m_identityOf, place->table, sequence, true);
        enterRelation(sequence,
                      {.kind = RelationKind::Sequence,
                       .heldBy = std::make_shared<const QualifiedName>(place->table)},
                      true);
        m_identitySequences.insert_or_assign(sequence, std::move(*place));
    } else if (before) {
        enterRelation(sequence, {}, false);
        m_identitySequences.erase(sequence);
    }
    remember(
        [sequence, before](Catalog& catalog) { catalog.setIdentitySequence(sequence, before); });
}

const std::string* Catalog::otherType(const QualifiedName& name) const
{
    return m_otherTypes.value(name);
}

std::vector<QualifiedName> Catalog::otherTypesIn(const std::string& schema) const
{
    std::vector<QualifiedName> names;
    for (auto at = m_otherTypes.lower_bound(QualifiedName{.schema = schema, .name = {}});
         at != m_otherTypes.end() && at->first.schema == schema;
         ++at)
        names.push_back(at->first);
    return names;
}

void Catalog::setOtherType(const QualifiedName& name, std::optional<std::string> kind)
{
    std::optional<std::string> before;
    if (const std::string* const found = otherType(name); found != nullptr)
        before = *found;
    if (before == "composite")
        enterRelation(name, {}, false);
    if (kind == "composite")
        enterRelation(name, {.kind = RelationKind::CompositeType}, true);
    if (kind) {
        m_otherNames.insert(name);
        m_otherTypes.insert_or_assign(name, std::move(*kind));
    } else {
        m_otherNames.erase(name);
        m_otherTypes.erase(name);
    }
    remember([name, before](Catalog& catalog) { catalog.setOtherType(name, before); });
}

std::size_t Catalog::ageOf(const QualifiedName& index) const
{
    const std::size_t* const age = m_ages.value(index);
    return age == nullptr ? m_ages.size() : *age;
}

void Catalog::keepAge(const QualifiedName& from, const QualifiedName& to)
{
    const std::size_t age = ageOf(from);
    remember([to, before = ageOf(to)](Catalog& catalog) { catalog.m_ages[to] = before; });
    m_ages[to] = age;
}

std::optional<QualifiedName> Catalog::indexParent(const QualifiedName& index) const
{
    const QualifiedName* const parent = m_indexParents.value(index);
    return parent == nullptr ? std::nullopt : std::optional(*parent);
}

void Catalog::setIndexParent(const QualifiedName& index, std::optional<QualifiedName> parent)
{
    remember([index, before = indexParent(index)](Catalog& catalog) {
        catalog.setIndexParent(index, before);
    });
    if (parent)
        m_indexParents.insert_or_assign(index, std::move(*parent));
    else
        m_indexParents.erase(index);
}

const std::vector<QualifiedName>& Catalog::sourcesOf(const QualifiedName& view) const
{
    static const std::vector<QualifiedName> none;
    const auto* const sources = m_sources.value(view);
    return sources == nullptr ? none : *sources;
}

void Catalog::setSources(const QualifiedName& view, std::vector<QualifiedName> sources)
{
    const std::vector<QualifiedName> before = sourcesOf(view);
    for (const QualifiedName& source : before)
        enterDependent(m_viewsOn, source, view, false);
    for (const QualifiedName& source : sources)
        enterDependent(m_viewsOn, source, view, true);
    if (sources.empty())
        m_sources.erase(view);
    else
        m_sources.insert_or_assign(view, std::move(sources));
    remember([view, before](Catalog& catalog) { catalog.setSources(view, before); });
}

void Catalog::rememberMade(const QualifiedName& type)
{
    if (m_made.insert(type).second)
        remember([type](Catalog& catalog) { catalog.m_made.erase(type); });
}

template <typename T>
void Catalog::clear(const Objects<T>& objects)
{
    while (!objects.empty()) {
        const QualifiedName name = objects.begin()->first;
        set(name, std::shared_ptr<const T>());
    }
}

void Catalog::beginRun()
{
    endTransaction();
    m_made.clear();
    m_searchPath = m_settings.searchPath;
    m_sessionPath.reset();
    // Names in the temporary namespace end with their session.
    clear(m_temporary.tables);
    clear(m_temporary.views);
    clear(m_temporary.sequences);
    m_undo.clear();
}

void Catalog::setSearchPath(std::vector<std::string> path)
{
    remember([before = m_searchPath, session = m_sessionPath](Catalog& catalog) {
        catalog.m_searchPath = before;
        catalog.m_sessionPath = session;
    });
    m_searchPath = std::move(path);
    m_sessionPath.reset();
}

void Catalog::setLocalSearchPath(std::vector<std::string> path)
{
    const auto session = m_sessionPath ? *m_sessionPath : m_searchPath;
    setSearchPath(std::move(path));
    m_sessionPath = session;
}

void Catalog::rememberNewType(const QualifiedName& type)
{
    if (m_newTypes.insert(type).second)
        remember([type](Catalog& catalog) { catalog.m_newTypes.erase(type); });
}

void Catalog::rememberLabel(const QualifiedName& type, const std::string& label)
{
    // Before version 17 it did not matter that the type itself is new.
    constexpr int typesAreAsked = 170000;
    if (m_settings.serverVersion >= typesAreAsked && m_newTypes.contains(type))
        return;
    if (m_newLabels.emplace(type, label).second)
        remember([type, label](Catalog& catalog) { catalog.m_newLabels.erase({type, label}); });
}

void Catalog::endTransaction()
{
    m_newTypes.clear();
    m_newLabels.clear();
    m_savepoints.clear();
    if (!m_onTrial)
        m_log.clear();
    if (m_sessionPath)
        setSearchPath(std::vector<std::string>(*m_sessionPath));
}

void Catalog::doubt(const QualifiedName& table,
                    const std::string& column,
                    const std::string& reason,
                    Doubt::Reach reach,
                    bool unread)
{
    m_doubts.push_back({.table = table.schema == temporaryNamespace ? QualifiedName{} : table,
                        .column = column,
                        .reason = reason,
                        .span = m_span,
                        .reach = reach,
                        .unread = unread});
    remember([](Catalog& catalog) { catalog.m_doubts.pop_back(); });
}

void Catalog::moveDoubts(const QualifiedName& from, const QualifiedName& to)
{
    std::vector<std::size_t> moved;
    for (std::size_t at = 0; at < m_doubts.size(); ++at) {
        if (m_doubts[at].table == from)
            moved.push_back(at);
    }
    for (const std::size_t at : moved)
        m_doubts[at].table = to;
    if (!moved.empty())
        remember([moved, from](Catalog& catalog) {
            for (const std::size_t at : moved)
                catalog.m_doubts[at].table = from;
        });
}

bool Catalog::isAssumed(const QualifiedName& table) const
{
    return std::ranges::any_of(m_doubts, [&](const Doubt& doubt) {
        return doubt.reach == Doubt::Reach::Contents && doubt.table == table;
    });
}

} // namespace sightglass::replaying
