// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/evaluation/interpreter.h"
#include "core/operations/operation.h"
#include "core/operations/refusal.h"
#include "core/operations/revision_reading.h"
#include "core/schema/schema.h"
#include "core/sqlalchemy/items.h"

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// The database that a revision talks to while it is read. Operations arrive one by one in the
/// order in which the server would get them.
class MigrationTarget
{
public:
    virtual ~MigrationTarget() = default;
    /// Takes the operation in. The answer is what PostgreSQL would say no with; reading goes on
    /// unless the revision's own try would see the error. Absent: done, or nobody knows.
    virtual std::optional<Refusal> perform(const Operation& operation) = 0;
    /// The schema at this moment, for inspector questions; null when it is not at hand: reading
    /// then stops with `needsSchema`.
    virtual const Schema* schema() const = 0;
    virtual const std::vector<std::string>& searchPath() const = 0;
    /// Something about `table` (empty name: the database) is in doubt, so an answer about it is not
    /// sure. Empty: no doubt.
    virtual std::string doubtAbout(const QualifiedName& table) const = 0;

    struct ColumnDoubt
    {
        std::string column;
        std::string reason;
        bool existence = false; ///< also whether it is there at all
    };

    /// What is in doubt of single columns of a table that is else sure.
    virtual std::vector<ColumnDoubt> columnDoubts(const QualifiedName&) const { return {}; }

    /// Surely no row is in the table, as often on the way up from an empty database. Null where
    /// nobody keeps count.
    virtual std::function<bool(const Table&)> emptyTables() const { return {}; }

    /// Whether `table` is there at all is in doubt. Empty: it surely is, or surely is not.
    virtual std::string existenceDoubt(const QualifiedName& table) const
    {
        return doubtAbout(table);
    }
};

/// How the environment is set up, as far as it decides what revisions do.
struct Surroundings
{
    NamingConvention convention = defaultNamingConvention();
    TypeMap types;          ///< application types mapped by hand
    std::string engineName; ///< of a multidb environment; empty: none
    bool offline = false;   ///< as `--sql` runs it
    /// Where env.py keeps the version table; revisions ask for it to find their own schema. No
    /// schema is an empty one.
    Known<std::string> versionTable = Unknown{"the version table's name is set by the environment"};
    Known<std::string> versionTableSchema =
        Unknown{"the version table's schema is set by the environment"};
    bool transactionPerMigration = false;
    InterpreterLimits limits;
};

/// Reads what upgrade() or downgrade() of a file does. Nothing is executed.
///
/// errors  none: whatever is wrong with the file is in the reading
/// cost    the file's syntax tree, plus at most Surroundings::limits steps
/// thread  one at a time for each ModuleSource
RevisionReading readRevision(const SourceModule& file,
                             Direction direction,
                             const Surroundings& surroundings,
                             MigrationTarget& target,
                             ModuleSource& modules,
                             std::stop_token stop = {});

/// A target for a first reading: takes everything, has no schema.
class RecordingTarget final : public MigrationTarget
{
public:
    std::optional<Refusal> perform(const Operation&) override { return std::nullopt; }

    const Schema* schema() const override { return nullptr; }

    const std::vector<std::string>& searchPath() const override { return m_searchPath; }

    std::string doubtAbout(const QualifiedName&) const override { return {}; }

private:
    std::vector<std::string> m_searchPath = {"public"};
};

} // namespace sightglass
