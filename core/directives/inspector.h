// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/interpreter.h"
#include "core/schema/schema.h"
#include "core/sqlalchemy/items.h"

#include <string>
#include <string_view>

namespace sightglass {

/// sa.inspect(bind): answers from the schema of the reading. Raises where SQL is only printed.
Evaluated makeInspector(Interpreter& interpreter);

/// One question of the inspector, by its method's name; what the dialect asks itself
/// (bind.dialect.has_table(bind, "t")) goes here too, without the connection.
Evaluated
askInspector(Interpreter& interpreter, std::string_view question, const Arguments& arguments);

/// An instance of SQLAlchemy's type for a type as format_type spells it; Unknown for one that
/// SQLAlchemy's reflection does not know either.
Value reflectedType(Interpreter& interpreter, const Schema& schema, std::string_view type);

/// The column of an index's key as PostgreSQL spells it, "email" of "email DESC"; empty for an
/// expression.
std::string columnOfKey(const Table& table, const std::string& key);

} // namespace sightglass
