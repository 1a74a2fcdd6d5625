// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/replay/replay.h"
#include "core/rules/new_objects.h"
#include "core/rules/review_facts.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace sightglass {

/// What is known of the chain that a reviewed range belongs to.
struct ChainKnowledge
{
    /// All revisions before are known: what they do not create, nobody of the project creates.
    bool complete = false;
    /// Some revision before worked on tables that no revision creates: the chain began on a
    /// database that was not empty.
    bool baselineMissing = false;
    /// Every table that some revision creates, by each full name that it ever had.
    std::set<QualifiedName> managed;
    /// What the chain leaves where the range begins; null: not known.
    std::shared_ptr<const Schema> schema;
    std::string versionTable = "alembic_version";
};

/// What a statement finds under a name.
struct Found
{
    QualifiedName name; ///< full
    /// Its definition, when all of it is known; null: it is not known, or not there.
    std::shared_ptr<const Table> table;
    bool isNew = false;  ///< made earlier in this revision, or temporary
    bool absent = false; ///< surely not there
};

struct FoundIndex
{
    QualifiedName name;                 ///< full
    std::shared_ptr<const Table> table; ///< null: not known, or of a view
    const Index* index = nullptr;       ///< null: it backs a constraint, or is not known
    std::string constraint;             ///< that it backs; empty: none
    bool unique = false;
    bool isNew = false;
    bool absent = false; ///< surely not there
};

/// The database as it stands before an operation, as far as it is known: the replayed schema, what
/// the revision itself made, and the facts of a live database. Everything a rule may ask.
///
/// Valid only during the call that it is passed to.
class Moment
{
public:
    Moment(const Replay& replay,
           const NewObjects& fresh,
           const ReviewFacts& facts,
           const ChainKnowledge& chain,
           bool whole)
        : m_replay(replay)
        , m_fresh(fresh)
        , m_facts(facts)
        , m_chain(chain)
        , m_whole(whole)
    {}

    const Schema& schema() const { return m_replay.schema(); }

    const Replay& replay() const { return m_replay; }

    const ReviewFacts& facts() const { return m_facts; }

    const ChainKnowledge& chain() const { return m_chain; }

    /// What the schema does not hold is not there: a live database was read, or the whole chain is
    /// known. Else anything may be there.
    bool isWhole() const { return m_whole; }

    int serverVersion() const { return m_facts.serverVersion; }

    /// Full name of a relation: through the search path where it has no schema; where nothing is
    /// found, in the first schema of the search path.
    QualifiedName fullName(const QualifiedName& written) const;
    QualifiedName fullTypeName(const QualifiedName& written) const;

    Found relation(const QualifiedName& written) const;
    FoundIndex index(const QualifiedName& written) const;
    /// Null: not known, or not there.
    const EnumType* enumType(const QualifiedName& written) const;
    const Domain* domain(const QualifiedName& written) const;
    /// Of a table that is known; null: not known, or not there.
    const Column* column(const QualifiedName& table, const std::string& column) const;

    bool isNewRelation(const QualifiedName& written) const;
    /// The column, or its whole table.
    bool isNewColumn(const QualifiedName& table, const std::string& column) const;
    bool
    isNew(NewObjects::Kind kind, const QualifiedName& full, const std::string& part = {}) const;
    bool isNewType(const QualifiedName& written) const;

    /// Estimated or counted; absent: not known.
    std::optional<std::int64_t> rows(const QualifiedName& written) const;
    /// A probe found no row.
    bool isEmpty(const QualifiedName& written) const;
    /// Something about this relation, or about the whole database, could not be read: what the
    /// schema says of it may be wrong.
    bool isDoubtful(const QualifiedName& written) const;
    /// Alembic's own table.
    bool isVersionTable(const QualifiedName& written) const;

private:
    const Replay& m_replay;
    const NewObjects& m_fresh;
    const ReviewFacts& m_facts;
    const ChainKnowledge& m_chain;
    bool m_whole = false;
};

} // namespace sightglass
