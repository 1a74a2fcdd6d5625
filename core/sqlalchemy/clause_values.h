// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sqlalchemy/clause_parts.h"

namespace sightglass {

/// A Python value as literal SQL: text in quotes, numbers, true, NULL, dates, bytes, UUIDs; lists
/// and dictionaries where `type` says what they are.
SqlText literalText(Interpreter& interpreter, const Value& value, const Typing& type);

/// The same where the type is surely `type`: a text that stands for an integer is written as one.
SqlText typedText(Interpreter& interpreter, const Value& value, const Typing& type);

/// json.dumps(value), as the JSON types of SQLAlchemy write it.
Known<std::string> jsonText(Interpreter& interpreter, const Value& value, int depth = 0);

} // namespace sightglass
