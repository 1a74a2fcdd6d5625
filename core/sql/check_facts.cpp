// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/expression_facts.h"
#include "core/sql/single_expression.h"
#include "core/sql/statement_text.h"
#include "core/sql/statement_tokens.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

/// What an expression can be for a row whose column is NULL: any of these.
constexpr unsigned True = 1; ///< or, of what is no condition: some value
constexpr unsigned False = 2;
constexpr unsigned Null = 4;
constexpr unsigned Anything = True | False | Null;

/// Functions that give NULL for NULL and that conditions are made of.
constexpr std::array<std::string_view, 16> strictFunctions{"abs",
                                                           "array_length",
                                                           "btrim",
                                                           "cardinality",
                                                           "char_length",
                                                           "character_length",
                                                           "jsonb_array_length",
                                                           "jsonb_typeof",
                                                           "length",
                                                           "lower",
                                                           "ltrim",
                                                           "octet_length",
                                                           "rtrim",
                                                           "starts_with",
                                                           "substring",
                                                           "upper"};

bool isColumn(const ParseNode& node, std::string_view column)
{
    if (!node.is("ColumnRef"))
        return false;
    const std::vector<std::string> parts = node.strings("fields");
    return !parts.empty() && parts.back() == column;
}

class NullRow
{
public:
    explicit NullRow(std::string_view column)
        : m_column(column)
    {}

    unsigned of(const ParseNode& node, int depth = 0) const
    {
        constexpr int deepest = 200;
        if (depth > deepest)
            return Anything;
        if (node.is("ColumnRef"))
            return isColumn(node, m_column) ? Null : Anything;
        if (node.is("A_Const"))
            return constant(node);
        if (node.is("TypeCast") || node.is("CollateClause"))
            return of(node.field("arg"), depth + 1);
        if (node.is("BoolExpr"))
            return combined(node, depth);
        if (node.is("NullTest"))
            return nullTest(node, depth);
        if (node.is("BooleanTest"))
            return booleanTest(node, depth);
        if (node.is("A_Expr"))
            return operation(node, depth);
        if (node.is("FuncCall"))
            return call(node, depth);
        if (node.is("CoalesceExpr"))
            return firstValue(node, depth);
        return Anything;
    }

private:
    static unsigned constant(const ParseNode& node)
    {
        if (node.flag("isnull"))
            return Null;
        if (node.has("boolval"))
            return node.field("boolval").flag("boolval") ? True : False;
        return True | False;
    }

    static unsigned negated(unsigned value)
    {
        return ((value & True) != 0 ? False : 0U) | ((value & False) != 0 ? True : 0U) |
               (value & Null);
    }

    static unsigned conjunction(unsigned left, unsigned right)
    {
        unsigned result = (left | right) & False;
        if ((left & True) != 0 && (right & True) != 0)
            result |= True;
        const bool leftNotFalse = (left & (True | Null)) != 0;
        const bool rightNotFalse = (right & (True | Null)) != 0;
        if (((left & Null) != 0 && rightNotFalse) || ((right & Null) != 0 && leftNotFalse))
            result |= Null;
        return result;
    }

    unsigned combined(const ParseNode& node, int depth) const
    {
        const std::string_view operation = node.text("boolop");
        const std::vector<ParseNode> parts = node.list("args");
        if (operation == "NOT_EXPR")
            return parts.empty() ? Anything : negated(of(parts.front(), depth + 1));
        const bool all = operation == "AND_EXPR";
        unsigned result = True;
        for (const ParseNode& part : parts) {
            const unsigned one = of(part, depth + 1);
            // a OR b is NOT (NOT a AND NOT b).
            result = conjunction(result, all ? one : negated(one));
        }
        return all ? result : negated(result);
    }

    unsigned nullTest(const ParseNode& node, int depth) const
    {
        const unsigned argument = of(node.field("arg"), depth + 1);
        const bool wantsNull = node.text("nulltesttype") == "IS_NULL";
        unsigned result = 0;
        if ((argument & Null) != 0)
            result |= wantsNull ? True : False;
        if ((argument & (True | False)) != 0)
            result |= wantsNull ? False : True;
        return result;
    }

    unsigned booleanTest(const ParseNode& node, int depth) const
    {
        struct Test
        {
            std::string_view name;
            unsigned accepted = 0;
        };

        constexpr std::array tests{Test{"IS_TRUE", True},
                                   Test{"IS_NOT_TRUE", False | Null},
                                   Test{"IS_FALSE", False},
                                   Test{"IS_NOT_FALSE", True | Null},
                                   Test{"IS_UNKNOWN", Null},
                                   Test{"IS_NOT_UNKNOWN", True | False}};
        const auto test = std::ranges::find(tests, node.text("booltesttype"), &Test::name);
        if (test == tests.end())
            return Anything;
        const unsigned argument = of(node.field("arg"), depth + 1);
        return ((argument & test->accepted) != 0 ? True : 0U) |
               ((argument & ~test->accepted & Anything) != 0 ? False : 0U);
    }

    unsigned operation(const ParseNode& node, int depth) const
    {
        const std::string_view kind = node.text("kind");
        const unsigned left = node.has("lexpr") ? of(node.field("lexpr"), depth + 1) : True | False;
        const unsigned right = of(node.field("rexpr"), depth + 1);
        if (kind == "AEXPR_DISTINCT" || kind == "AEXPR_NOT_DISTINCT")
            return distinct(left, right, kind == "AEXPR_DISTINCT");
        if (kind == "AEXPR_NULLIF")
            return left == Null ? Null : Anything;
        const std::vector<std::string> name = node.strings("name");
        if (!name.empty() && name.back() == "||") // array || NULL is the array
            return Anything;
        // A list on the right is no condition of its own: NULL IN (…) is NULL.
        return left == Null || right == Null ? Null : Anything;
    }

    static unsigned distinct(unsigned left, unsigned right, bool wanted)
    {
        if (left == Null && right == Null)
            return wanted ? False : True;
        const bool oneIsNull = left == Null || right == Null;
        const bool otherNever = oneIsNull && ((left == Null ? right : left) & Null) == 0;
        if (otherNever)
            return wanted ? True : False;
        return True | False;
    }

    unsigned call(const ParseNode& node, int depth) const
    {
        const std::vector<std::string> parts = node.strings("funcname");
        if (parts.empty() ||
            std::ranges::find(strictFunctions, parts.back()) == strictFunctions.end())
            return Anything;
        const std::vector<ParseNode> arguments = node.list("args");
        return std::ranges::any_of(
                   arguments,
                   [&](const ParseNode& argument) { return of(argument, depth + 1) == Null; })
                   ? Null
                   : Anything;
    }

    unsigned firstValue(const ParseNode& node, int depth) const
    {
        unsigned result = Null;
        for (const ParseNode& argument : node.list("args")) {
            result = (result & ~Null) | of(argument, depth + 1);
            if ((result & Null) == 0)
                return result;
        }
        return result;
    }

    std::string_view m_column;
};

/// As predicate_implied_by sees it: only tests for null count, under AND, or in every arm of OR.
bool proves(const ParseNode& node, std::string_view column, bool negated, int depth)
{
    constexpr int deepest = 200;
    if (depth > deepest)
        return false;
    if (node.is("NullTest")) {
        const std::string_view wanted = negated ? "IS_NULL" : "IS_NOT_NULL";
        return node.text("nulltesttype") == wanted && isColumn(node.field("arg"), column);
    }
    if (!node.is("BoolExpr"))
        return false;
    const std::vector<ParseNode> parts = node.list("args");
    const auto one = [&](const ParseNode& part) {
        return proves(part, column, negated, depth + 1);
    };
    const std::string_view operation = node.text("boolop");
    if (operation == "NOT_EXPR")
        return !parts.empty() && proves(parts.front(), column, !negated, depth + 1);
    const bool conjunction = (operation == "AND_EXPR") != negated;
    return conjunction ? std::ranges::any_of(parts, one)
                       : !parts.empty() && std::ranges::all_of(parts, one);
}

/// "CHECK (x)" is x.
std::string_view withoutKeyword(std::string_view check)
{
    const auto token = nextSqlToken(check, 0);
    return token && token->is("check") ? check.substr(token->end) : check;
}

} // namespace

bool provesNotNull(std::string_view check, std::string_view column)
{
    const auto expression = SingleExpression::of(withoutKeyword(check));
    return expression && proves(expression->root(), column, false, 0);
}

bool demandsValue(std::string_view check, std::string_view column)
{
    const auto expression = SingleExpression::of(withoutKeyword(check));
    return expression && NullRow(column).of(expression->root()) == False;
}

} // namespace sightglass
