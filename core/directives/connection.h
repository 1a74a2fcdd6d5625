// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/interpreter.h"

#include <string>
#include <string_view>

namespace sightglass {

/// What a string stands for where it is executed.
enum class StringRule
{
    Text,   ///< op.execute, batch_op.execute, context.execute: text(), `:name` is a bind parameter
    Driver, ///< exec_driver_sql, and Connection.execute of a plain str: the driver's percent rules
};

/// The one connection of a reading: op.get_bind(), context.get_bind(), Session.connection().
Value makeConnection(Interpreter& interpreter);
/// The one MigrationContext of a reading: op.get_context(), op.migration_context,
/// context.get_context().
Value makeMigrationContext(Interpreter& interpreter);

/// Runs what is given first (str, text(), a clause, a DDL element) as one call of `directive`
/// ("execute", "batch_op.execute", "connection.execute"): reads the SQL and emits its operations.
///
/// shape   op.execute's value is None; the result object otherwise, see `makeResult` of execute.h
/// errors  Raised as the real call would raise (a missing bind parameter), or as Emitter raises
Evaluated executeStatement(Interpreter& interpreter,
                           const Arguments& arguments,
                           std::string_view directive,
                           StringRule rule = StringRule::Text);

/// Whether a value carries a way to the database: the op proxy, a batch object, a connection, an
/// engine, a session, an inspector, a migration context.
bool reachesDatabase(const Value& value);

/// Objects that carry a way to the database inherit from this.
class DatabaseHandle
{
public:
    virtual ~DatabaseHandle() = default;
};

} // namespace sightglass
