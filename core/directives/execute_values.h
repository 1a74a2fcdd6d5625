// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/interpreter.h"
#include "core/operations/changes.h"
#include "core/sql/catalog_questions.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// SQL text with its parameters put in.
struct BoundSql
{
    std::string text;    ///< `unknownMark` stands for a value that is not known
    std::string missing; ///< a parameter without a value, for which SQLAlchemy raises
    std::string unknown; ///< why a value that was put in is not known
};

/// The values that a call of Connection.execute gives: a dictionary, a tuple, or a list of these,
/// of which the one at `row` is taken; or keywords.
std::vector<Value>
parametersOf(Interpreter& interpreter, const Arguments& arguments, std::size_t row = 0);
/// How often the statement is sent: once, or for each row of an executemany.
std::size_t parameterRows(const Arguments& arguments);

/// text() with its `:name` parameters.
BoundSql
bindText(Interpreter& interpreter, std::string_view text, const std::vector<Value>& parameters);
/// The driver's own text with `%s` and `%(name)s`.
BoundSql bindDriverText(Interpreter& interpreter,
                        std::string_view text,
                        const std::vector<Value>& parameters);

/// A clause with its parameters put in, in the same way; `bound.text` is left empty.
class Clause* bindClause(Interpreter& interpreter,
                         class Clause& clause,
                         const std::vector<Value>& parameters,
                         BoundSql& bound);

/// Whether a SELECT reads the catalog, so that a schema may answer it.
bool mentionsCatalog(std::string_view select);
/// Answers to SELECT 1, SELECT current_schema() and the like.
std::optional<CatalogAnswer> answerOfLiteral(std::string_view select,
                                             const std::vector<std::string>& searchPath);
/// Asks the schema of the reading. Raises when it is not at hand.
Outcome<Known<CatalogAnswer>, Raised> askCatalog(Interpreter& interpreter, std::string_view select);

/// What is left of a change when names that stand for unknown parts are taken out: data changes
/// and what only reads keep their kind; what changes the structure becomes opaque.
Change whatIsKnownOf(const Change& change, const std::string& statement);

} // namespace sightglass
