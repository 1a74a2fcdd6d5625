// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models/models.h"
#include "core/schema/schema.h"
#include "core/schema/unread_parts.h"
#include "core/scripts/project.h"

#include <string>
#include <vector>

namespace sightglass {

/// What an operation of a forecast hangs on.
enum class ForecastCondition
{
    None,         ///< it is written
    NewerAlembic, ///< by Alembic 1.12 and later, not by those before
    Filter,       ///< unless a function of env.py leaves it out
    Setting,      ///< a setting of env.py that is not known
    Server,       ///< Alembic asks the server, and we did not
    Reading       ///< a part of the models is not known
};

std::string_view toText(ForecastCondition condition); ///< "", "newer-alembic", "filter" …

/// One operation of the revision that `alembic revision --autogenerate` would write.
struct ForecastOperation
{
    std::string directive; ///< Alembic's word: "create_table", "drop_table", "add_column",
                           ///< "drop_column", "alter_column", "create_index", "drop_index",
                           ///< "create_unique_constraint", "create_foreign_key",
                           ///< "drop_constraint", "create_table_comment", "drop_table_comment"
    QualifiedName table;   ///< as the catalog has it, its schema always given
    std::string part;      ///< column, index or constraint; empty: the table, or one without a name
    std::string detail;    ///< "VARCHAR(50), not null", "type INTEGER to BIGINT", "unique (email)"
    std::string python;    ///< "op.drop_column('jobs', 'owner')"; "…" for what is longer
    ForecastCondition condition = ForecastCondition::None;
    std::string why; ///< the condition as one sentence; empty: there is none

    bool isSure() const { return condition == ForecastCondition::None; }

    friend bool operator==(const ForecastOperation&, const ForecastOperation&) = default;
};

/// What `alembic revision --autogenerate` would write for models and a database.
struct AutogenerateForecast
{
    bool known = false;   ///< both models and database were read
    bool complete = true; ///< false: parts of the database were not; it may write more or less
    std::string whyNot;   ///< one sentence when not
    /// Tables that are made, tables that are dropped, then what changes, each by table.
    std::vector<ForecastOperation> operations;
    std::vector<std::string> notes; ///< sentences: what autogenerate passes over here
};

/// Where Alembic keeps its version table, which autogenerate spares.
struct SparedTable
{
    std::string schema; ///< as env.py gives it; empty: it gives none
    std::string name = "alembic_version";
};

SparedTable sparedTable(const Project& project);

struct ForecastInput
{
    const ModelsReading& models; ///< that were found
    const Schema& live;
    std::vector<std::string> searchPath; ///< of the server; the first is the default schema
    SparedTable versionTable;
    UnreadParts unread; ///< of `live`: what hangs on it has the condition Server
};

/// Mirrors alembic/autogenerate/compare.py of Alembic 1.8.1 with SQLAlchemy 1.4's reflection; what
/// 1.12 and later would write beyond it has the condition NewerAlembic. Pure.
///
/// Differs from Alembic on purpose:
/// - The order: Alembic's is that of Python's sets, ours is by name.
/// - compare_server_default: Alembic has the server compare two defaults; we compare their
///   normalised text, and say so where that does not decide (condition Server).
/// - Limits and cache of an identity that models give are not compared: the catalog is not read
///   for them (condition Server).
/// - An include_object or include_name that can't be followed keeps nothing away: its operations
///   have the condition Filter.
/// - Where Alembic stops with an error (two json defaults, which PostgreSQL can't compare), the
///   forecast goes on.
///
/// cost  linear in the objects of both
AutogenerateForecast autogenerateForecast(const ForecastInput& input);

/// Those about one table, in their order.
std::vector<ForecastOperation> operationsOn(const AutogenerateForecast& forecast,
                                            const QualifiedName& table);

} // namespace sightglass
