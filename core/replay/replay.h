// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/operation.h"
#include "core/operations/refusal.h"
#include "core/schema/schema.h"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sightglass {

/// From here on something about this object is not known. Empty name: about the whole database.
struct Doubt
{
    enum class Reach
    {
        Parts,     ///< it is as the schema has it, but for the column or some constraint or index
        Existence, ///< also whether it is there at all
        Contents   ///< it was there before all revisions; what it holds is not known
    };
    QualifiedName table; ///< relation, type or sequence concerned
    std::string column;  ///< empty: the whole of it
    std::string reason;  ///< "created under a condition: settings.X"
    SourceSpan span;
    Reach reach = Reach::Parts;
    /// Something was done to it of which reading does not know what, or whether: what a later
    /// operation misses may be there.
    bool unread = false;
    friend bool operator==(const Doubt&, const Doubt&) = default;
};

struct ReplaySettings
{
    std::vector<std::string> searchPath = {"public"};
    int serverVersion = 150000;
};

/// A database in memory that operations are applied to: PostgreSQL's own rules for names, serial
/// columns, cascades, renames with what follows them, implied NOT NULL, dependencies.
///
/// Copyable; a copy shares its objects. An operation costs the objects that it touches.
/// source  PostgreSQL 15; compared with a server in tests
class Replay
{
public:
    explicit Replay(ReplaySettings settings = {});
    /// A database that holds the objects of `start` already: a live one, or another replay's
    /// result.
    explicit Replay(const Schema& start, ReplaySettings settings = {});
    Replay(const Replay&);
    Replay(Replay&&) noexcept;
    Replay& operator=(const Replay&);
    Replay& operator=(Replay&&) noexcept;
    ~Replay();

    /// Does what PostgreSQL would do, or nothing and says what PostgreSQL would answer.
    /// An opaque operation, and one with parts that are Unknown, does what is known of it and
    /// leaves a doubt. Conditional operations are applied and leave doubts; alternatives only leave
    /// doubts. What is missing in a table that was only assumed is assumed too, not refused; nor is
    /// an operation that fails only if what was not read did nothing about it.
    std::optional<Refusal> apply(const Operation& operation);

    /// After a refusal: does what can be assumed (a missing table or column is taken to exist from
    /// here on, an existing one to have been made by this) and leaves a doubt, so that reading can
    /// go on.
    void assume(const Operation& operation, const Refusal& refusal);

    /// Whether `operation` would be refused, without doing it.
    std::optional<Refusal> wouldRefuse(const Operation& operation) const;

    /// Runs `body` on this database and takes everything back.
    ///
    /// cost  that of what `body` applies; nothing is copied
    void tryOut(const std::function<void(Replay&)>& body);

    const Schema& schema() const;
    const std::vector<Doubt>& doubts() const;
    const std::vector<std::string>& searchPath() const;

    /// Full name of the table, view, index or sequence that SQL would find under `name` here.
    std::optional<QualifiedName> findRelation(const QualifiedName& name) const;
    /// Full name of the enum, domain or other type of our own that SQL would find under `name`.
    std::optional<QualifiedName> findType(const QualifiedName& name) const;
    /// A table that no operation made and that was only taken to exist: it may have any column, key
    /// or constraint beside those that the schema shows.
    bool isAssumed(const QualifiedName& table) const;

    /// Table or view of an index, or of the index behind a constraint, by full names.
    std::optional<QualifiedName> ownerOfIndex(const QualifiedName& index) const;
    /// Tables with foreign keys to this one.
    std::set<QualifiedName> referencing(const QualifiedName& table) const;
    /// Tables with columns of this type or arrays of it; spelled as columns spell it.
    std::set<QualifiedName> tablesWithType(const std::string& type) const;

    /// A new run of Alembic begins: it forgets which enum types it made (change::CreateEnum).
    void beginRun();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace sightglass
