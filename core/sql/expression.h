// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/known.h"
#include "core/base/result.h"
#include "core/operations/refusal.h"
#include "core/schema/schema.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sightglass {

class ParsedTexts;

/// Enum types and labels.
using NewLabels = std::set<std::pair<QualifiedName, std::string>>;

/// Against what names in SQL text are resolved.
struct SqlScope
{
    const Schema& schema;
    const std::vector<std::string>& searchPath; ///< in order; pg_catalog is implied
    const Table* table = nullptr;               ///< whose columns an expression may name
    /// Composite, range and shell types, which a Schema does not hold; may be null.
    const std::set<QualifiedName>* otherTypes = nullptr;
    /// Labels that may not be used before the transaction ends that added them; may be null.
    const NewLabels* newLabels = nullptr;
    /// Spares parsing the same text again; may be null.
    ParsedTexts* parsedTexts = nullptr;
    bool serialTypes = true; ///< SERIAL and its kin are types here: where a column is defined
};

/// Where an expression stands; PostgreSQL coerces and spells accordingly.
enum class ExpressionUse
{
    Default, ///< coerced to the column's type: 'x' of a varchar column is 'x'::character varying
    Generated,
    Check,     ///< as pg_get_expr of pg_constraint: without CHECK ( … ), "(price > 0)"
    IndexKey,  ///< as in pg_get_indexdef, with parentheses where PostgreSQL writes them
    Predicate, ///< as after WHERE in pg_get_indexdef, parentheses included
    Trigger    ///< WHEN of a trigger: columns are those of the rows old and new
};

struct CanonicalExpression
{
    std::string text;                 ///< as pg_get_expr spells it
    std::vector<std::string> columns; ///< of the scope's table, each once, in order of appearance
};

/// A type as format_type spells it: "VARCHAR(255)" is "character varying(255)", "status" of schema
/// app outside the search path is "app.status".
///
/// shape   Unknown where PostgreSQL has it and we do not know it (types of extensions are taken as
///         they are once the extension is in the schema); serial types give their integer type
/// errors  42704 type "x" does not exist; 42601 syntax error …
Outcome<Known<std::string>, Refusal> canonicalType(std::string_view sqlType, const SqlScope& scope);

/// An expression as the catalog will show it. `columnType` is what a default or a generated column
/// is coerced to, canonical; its name is only for what PostgreSQL says.
///
/// A default that is a bare NULL gives an empty text: PostgreSQL keeps none.
/// shape   Unknown where a type inside can't be inferred and the spelling depends on it. The
/// columns
///         used are in `columnsOf` then.
/// errors  42703 column "x" does not exist; 42883 function …; 22P02 and the like for a default that
///         is no value of the column's type
/// source  PostgreSQL 15 ruleutils.c and parse_coerce.c; compared with a server in tests
Outcome<Known<CanonicalExpression>, Refusal> canonicalExpression(std::string_view sql,
                                                                 ExpressionUse use,
                                                                 const SqlScope& scope,
                                                                 std::string_view columnType = {},
                                                                 std::string_view columnName = {});

/// What the parser says of a default as a column definition writes it (CREATE TABLE, ADD COLUMN):
/// its grammar is narrower than that of SET DEFAULT, "DEFAULT now() AT TIME ZONE 'utc'" wants
/// parentheses.
std::optional<Refusal> refusedInColumnDefinition(std::string_view defaultSql);

/// Names of columns that an expression mentions without or with their table, each once.
std::vector<std::string> columnsOf(std::string_view expression);
/// Relations that a query mentions, as written.
std::vector<QualifiedName> relationsOf(std::string_view query);
/// `expression` (canonical) after a rename of a column; of a type; of an enum label is no change.
std::string
withColumnRenamed(std::string_view expression, std::string_view from, std::string_view to);
std::string
withTypeRenamed(std::string_view expression, std::string_view from, std::string_view to);

} // namespace sightglass
