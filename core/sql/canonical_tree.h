// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/canonical_types.h"

#include <memory>
#include <string>
#include <vector>

namespace sightglass::canonical {

/// Kinds of PostgreSQL's primnodes.h that can stand in a default, a check or an index.
enum class Kind
{
    Variable,
    Constant,
    Call,
    Operator,
    Distinct,
    NullIf,
    ArrayOperator, ///< x = ANY (array)
    And,
    Or,
    Not,
    Relabel,
    ThroughText, ///< CoerceViaIO
    ArrayCoerce,
    ToDomain,
    Collate,
    Case, ///< argument or null, then condition and result by turns, at last ELSE
    CaseTest,
    Array,
    Row,
    RowCompare,
    Coalesce,
    Greatest,
    Least,
    Keyword, ///< CURRENT_TIMESTAMP and its kin
    NullTest,
    BooleanTest,
    Subscript,
};

/// How a call, or a cast, came about; it is spelled accordingly.
enum class Form
{
    Call,
    Syntax, ///< EXTRACT(… FROM …)
    ExplicitCast,
    ImplicitCast
};

struct Expression;
using ExpressionPtr = std::shared_ptr<Expression>;

/// A node after parse analysis: types are known and coercions are explicit.
struct Expression
{
    Kind kind = Kind::Constant;
    TypeUse type;
    Form form = Form::Call;
    std::string text;          ///< column, value, spelled function, operator, collation, words
    bool null = false;         ///< a constant
    bool negated = false;      ///< IS NOT …; ALL instead of ANY
    bool variadic = false;     ///< the last argument is written VARIADIC
    bool explicitType = false; ///< a row that was cast
    std::string row;           ///< of a variable in a trigger: "old", "new"
    std::vector<ExpressionPtr> arguments;
};

inline ExpressionPtr make(Expression expression)
{
    return std::make_shared<Expression>(std::move(expression));
}

} // namespace sightglass::canonical
