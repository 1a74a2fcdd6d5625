// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/shared_map.h"
#include "core/replay/replay.h"
#include "core/sql/expression.h"
#include "core/sql/parsed_texts.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sightglass::replaying {

/// Why it was not done; empty: it was done.
using Done = std::optional<Refusal>;

/// The namespace of temporary tables: usable, and not part of the schema.
inline constexpr std::string_view temporaryNamespace = "pg_temp";

enum class RelationKind
{
    Table,
    View,
    MaterializedView,
    Index,
    Sequence,
    CompositeType
};

/// What holds a name in the name space that tables, views, indexes and sequences share.
struct RelationEntry
{
    RelationKind kind = RelationKind::Table;
    bool constraint = false; ///< an index that backs a constraint
    /// Table or view of an index, table of an identity sequence; null: none. Shared, for there are
    /// many entries.
    std::shared_ptr<const QualifiedName> heldBy;

    /// Empty: none.
    QualifiedName owner() const { return heldBy == nullptr ? QualifiedName() : *heldBy; }
};

struct ColumnPlace
{
    QualifiedName table;
    std::string column;
    friend bool operator==(const ColumnPlace&, const ColumnPlace&) = default;
};

/// The objects of a database, by name and by what depends on what. Each write is remembered until
/// `commit` so that `rollback` takes it back; an operation costs the objects that it touches.
class Catalog
{
public:
    using Names = std::set<QualifiedName>;

    explicit Catalog(ReplaySettings settings);

    const Schema& schema() const { return m_schema; }

    const std::vector<std::string>& searchPath() const { return m_searchPath; }

    /// The search path that a reader of the finished catalog has.
    const std::vector<std::string>& readingPath() const { return m_settings.searchPath; }

    const std::vector<Doubt>& doubts() const { return m_doubts; }

    /// Objects by their full name; null when there is none. Valid until the next write.
    const Table* table(const QualifiedName& name) const { return find<Table>(name); }

    const View* view(const QualifiedName& name) const { return find<View>(name); }

    const EnumType* enumType(const QualifiedName& name) const { return find<EnumType>(name); }

    const Domain* domain(const QualifiedName& name) const { return find<Domain>(name); }

    const Sequence* sequence(const QualifiedName& name) const { return find<Sequence>(name); }

    const RelationEntry* relation(const QualifiedName& name) const;
    bool hasNamespace(const std::string& name) const;

    /// Full names, through the search path where the schema is empty.
    std::optional<QualifiedName> findRelation(const QualifiedName& name) const;
    std::optional<QualifiedName> findType(const QualifiedName& name) const;
    /// Where something without a schema is made; empty: nowhere.
    std::string creationNamespace() const;
    bool isType(const QualifiedName& name) const;
    /// Whether a reader of the finished catalog needs no schema to name it.
    bool isVisible(const QualifiedName& name) const;
    /// As format_type and regclass print it.
    std::string spelled(const QualifiedName& name) const;

    bool constraintNameTaken(const QualifiedName& name) const;

    Names referencing(const QualifiedName& table) const;     ///< tables with foreign keys to it
    Names childrenOf(const QualifiedName& table) const;      ///< partitions and heirs
    Names viewsOn(const QualifiedName& relation) const;      ///< views that read it
    Names sequencesOf(const QualifiedName& table) const;     ///< owned; identity left out
    Names defaultsWith(const QualifiedName& sequence) const; ///< tables that call nextval on it
    Names tablesWithType(const std::string& spelledType) const;
    Names domainsOver(const std::string& spelledType) const;
    Names tablesWithTriggerOf(const QualifiedName& function) const;

    /// Of a Table, View, EnumType, Domain or Sequence.
    template <typename T>
    void put(T object)
    {
        auto shared = std::make_shared<const T>(std::move(object));
        set(shared->name, shared);
    }

    template <typename T>
    void remove(const QualifiedName& name)
    {
        set(name, std::shared_ptr<const T>());
    }

    void putFunction(const Function& function);
    void removeFunction(const QualifiedName& name, const std::string& arguments);
    void putNamespace(const std::string& name, bool present);
    void putExtension(const std::string& name, std::optional<Extension> extension);

    /// Hidden objects: names that are taken and that a schema does not hold.
    const ColumnPlace* identitySequence(const QualifiedName& sequence) const;
    std::optional<QualifiedName> identitySequenceOf(const ColumnPlace& place) const;
    Names identitySequencesOf(const QualifiedName& table) const;
    void setIdentitySequence(const QualifiedName& sequence, std::optional<ColumnPlace> place);
    /// Composite, range and shell types, by what they are.
    const std::string* otherType(const QualifiedName& name) const;

    const Names& otherTypes() const { return m_otherNames; }

    /// Texts that were parsed before, for scopes.
    ParsedTexts& parsedTexts() const { return *m_parsed; }

    std::vector<QualifiedName> otherTypesIn(const std::string& schema) const;
    void setOtherType(const QualifiedName& name, std::optional<std::string> kind);
    /// Which of two indexes is older: among keys that fit, a foreign key takes the oldest.
    std::size_t ageOf(const QualifiedName& index) const;
    void keepAge(const QualifiedName& from, const QualifiedName& to);
    /// The partitioned table's index that an index of a partition belongs to.
    std::optional<QualifiedName> indexParent(const QualifiedName& index) const;
    void setIndexParent(const QualifiedName& index, std::optional<QualifiedName> parent);
    const std::vector<QualifiedName>& sourcesOf(const QualifiedName& view) const;
    void setSources(const QualifiedName& view, std::vector<QualifiedName> sources);

    /// Enum types that this run of Alembic made.
    bool madeInThisRun(const QualifiedName& type) const { return m_made.contains(type); }

    void rememberMade(const QualifiedName& type);
    void beginRun();

    /// Labels that the open transaction gave to types of before: not to be used in it.
    const NewLabels& newLabels() const { return m_newLabels; }

    void rememberNewType(const QualifiedName& type);
    void rememberLabel(const QualifiedName& type, const std::string& label);

    void setSearchPath(std::vector<std::string> path);
    /// COMMIT: forgets what SET LOCAL did, savepoints, and which types and labels are new.
    void endTransaction();
    void setSavepoint(std::string name);
    /// Takes back every write since the savepoint, which stays; false: there is none of this name.
    bool rollbackTo(const std::string& name);
    void releaseSavepoint(const std::string& name);
    /// Whether something was written since the savepoint, or there is none of this name.
    bool changedSince(const std::string& savepoint) const;

    /// The innermost savepoint is that of an EXCEPTION block of plpgsql.
    bool insideBlock() const { return !m_savepoints.empty() && m_savepoints.back().name.empty(); }

    void setLocalSearchPath(std::vector<std::string> path);

    void setSpan(SourceSpan span) { m_span = std::move(span); }

    void doubt(const QualifiedName& table,
               const std::string& column,
               const std::string& reason,
               Doubt::Reach reach = Doubt::Reach::Parts,
               bool unread = false);
    /// What is in doubt about a table stays so under another name.
    void moveDoubts(const QualifiedName& from, const QualifiedName& to);
    /// A table that no revision before creates: it may have any column, key or constraint.
    bool isAssumed(const QualifiedName& table) const;

    /// The end of an operation; what it wrote can be taken back by a savepoint before it.
    void commit();

    /// Takes back every write since the last commit.
    void rollback();

    /// What a trial sets aside: see beginTrial.
    struct Trial;

    /// From here on everything can be taken back, whatever transactions end in between.
    std::shared_ptr<Trial> beginTrial();
    void endTrial(Trial& trial);

    std::size_t doubtCount() const { return m_doubts.size(); }

private:
    template <typename T>
    using Objects = Schema::Objects<T>;
    /// What depends on a thing: pairs of the thing and what depends on it.
    template <typename Key>
    using Dependents = SharedSet<std::pair<Key, QualifiedName>>;

    template <typename Key>
    static Names dependentsIn(const Dependents<Key>& pairs, const Key& key);
    template <typename Key>
    static void enterDependent(Dependents<Key>& pairs,
                               const Key& key,
                               const QualifiedName& dependent,
                               bool present);

    template <typename T>
    const T* find(const QualifiedName& name) const;
    template <typename T>
    void set(const QualifiedName& name, std::shared_ptr<const T> object);
    template <typename T>
    void clear(const Objects<T>& objects);

    void enter(const Table& table, bool present);
    /// What enter(before, false) and enter(now, true) do, at the cost of what differs.
    void renew(const Table& before, const Table& now);
    void enter(const View& view, bool present);
    void enter(const EnumType& type, bool present);
    void enter(const Domain& domain, bool present);
    void enter(const Sequence& sequence, bool present);
    void enterRelation(const QualifiedName& name, RelationEntry entry, bool present);
    void enterConstraint(const std::string& schema, const std::string& name, bool present);
    void enterColumns(const Table& table, bool present, std::size_t from = 0);
    void enterConstraints(const Table& table, bool present);
    void enterTies(const Table& table, bool present);
    void enterIndexes(const QualifiedName& owner, const std::vector<Index>& indexes, bool present);

    void remember(std::function<void(Catalog&)> undo) { m_undo.push_back(std::move(undo)); }

    ReplaySettings m_settings;
    Schema m_schema;
    Schema m_temporary;
    std::vector<std::string> m_searchPath;
    std::optional<std::vector<std::string>> m_sessionPath; ///< while SET LOCAL holds
    std::vector<Doubt> m_doubts;
    SourceSpan m_span;
    std::set<QualifiedName> m_made;

    SharedMap<QualifiedName, RelationEntry> m_relations;
    SharedMap<QualifiedName, int> m_constraintNames;
    Dependents<QualifiedName> m_referencing;
    Dependents<QualifiedName> m_children;
    Dependents<QualifiedName> m_viewsOn;
    Dependents<QualifiedName> m_owned;
    Dependents<QualifiedName> m_defaults;
    Dependents<QualifiedName> m_triggers;
    Dependents<std::string> m_typeUsers;
    Dependents<std::string> m_domainsOver;
    SharedMap<QualifiedName, ColumnPlace> m_identitySequences;
    Dependents<QualifiedName> m_identityOf; ///< by table
    SharedMap<QualifiedName, std::string> m_otherTypes;
    Names m_otherNames; ///< of m_otherTypes
    SharedMap<QualifiedName, std::size_t> m_ages;
    SharedMap<QualifiedName, QualifiedName> m_indexParents;
    SharedMap<QualifiedName, std::vector<QualifiedName>> m_sources;
    std::shared_ptr<ParsedTexts> m_parsed = std::make_shared<ParsedTexts>();

    using Undo = std::vector<std::function<void(Catalog&)>>;

    /// Writes are taken back to where the log had this length.
    struct Savepoint
    {
        std::string name;
        std::size_t length = 0;
    };

    void takeBack(Undo undo);

    Names m_newTypes; ///< that the open transaction made
    NewLabels m_newLabels;
    std::vector<Savepoint> m_savepoints;
    Undo m_undo;
    Undo m_log; ///< of earlier operations, as far as a savepoint or a trial may need it
    bool m_onTrial = false;
};

struct Catalog::Trial
{
    Undo log;
    std::vector<Savepoint> savepoints;
    Names newTypes;
    NewLabels newLabels;
    Names made;
};

template <typename Key>
Catalog::Names Catalog::dependentsIn(const Dependents<Key>& pairs, const Key& key)
{
    Names names;
    for (auto at = pairs.lower_bound(std::pair(key, QualifiedName()));
         at != pairs.end() && at->first == key;
         ++at)
        names.insert(names.end(), at->second);
    return names;
}

template <typename Key>
void Catalog::enterDependent(Dependents<Key>& pairs,
                             const Key& key,
                             const QualifiedName& dependent,
                             bool present)
{
    if (present)
        pairs.insert({key, dependent});
    else
        pairs.erase(std::pair(key, dependent));
}

} // namespace sightglass::replaying
