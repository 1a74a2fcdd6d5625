// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/clause_parts.h"

#include <array>

namespace sightglass {

namespace {

constexpr int smallest = -100;
constexpr int largest = 100;

struct OperatorRow
{
    Op op;
    std::string_view text;
    int precedence; ///< SQLAlchemy 1.4, sql/operators.py, _PRECEDENCE
    Op negated;
    bool comparison;
    bool selfPrecedent; ///< (a op b) op c needs no parentheses
};

constexpr auto operators = std::to_array<OperatorRow>({
    {Op::None, "", smallest, Op::None, false, false},
    {Op::And, " AND ", 3, Op::None, false, true},
    {Op::Or, " OR ", 2, Op::None, false, true},
    {Op::Not, "NOT ", 5, Op::None, false, false},
    {Op::Add, " + ", 7, Op::None, false, true},
    {Op::Sub, " - ", 7, Op::None, false, false},
    {Op::Mul, " * ", 8, Op::None, false, true},
    {Op::Div, " / ", 8, Op::None, false, false},
    {Op::Mod, " % ", 8, Op::None, false, false},
    {Op::Neg, "-", 8, Op::None, false, false},
    {Op::Concat, " || ", 6, Op::None, false, true},
    {Op::Eq, " = ", 5, Op::Ne, true, false},
    {Op::Ne, " != ", 5, Op::Eq, true, false},
    {Op::Lt, " < ", 5, Op::Ge, true, false},
    {Op::Le, " <= ", 5, Op::Gt, true, false},
    {Op::Gt, " > ", 5, Op::Le, true, false},
    {Op::Ge, " >= ", 5, Op::Lt, true, false},
    {Op::Is, " IS ", 5, Op::IsNot, true, false},
    {Op::IsNot, " IS NOT ", 5, Op::Is, true, false},
    {Op::IsDistinct, " IS DISTINCT FROM ", 5, Op::IsNotDistinct, true, false},
    {Op::IsNotDistinct, " IS NOT DISTINCT FROM ", 5, Op::IsDistinct, true, false},
    {Op::Like, " LIKE ", 5, Op::NotLike, true, false},
    {Op::NotLike, " NOT LIKE ", 5, Op::Like, true, false},
    {Op::Ilike, " ILIKE ", 5, Op::NotIlike, true, false},
    {Op::NotIlike, " NOT ILIKE ", 5, Op::Ilike, true, false},
    {Op::Contains, " LIKE ", smallest, Op::NotContains, true, false},
    {Op::NotContains, " NOT LIKE ", smallest, Op::Contains, true, false},
    {Op::StartsWith, " LIKE ", smallest, Op::NotStartsWith, true, false},
    {Op::NotStartsWith, " NOT LIKE ", smallest, Op::StartsWith, true, false},
    {Op::EndsWith, " LIKE ", smallest, Op::NotEndsWith, true, false},
    {Op::NotEndsWith, " NOT LIKE ", smallest, Op::EndsWith, true, false},
    {Op::In, " IN ", 5, Op::NotIn, true, false},
    {Op::NotIn, " NOT IN ", 5, Op::In, true, false},
    {Op::Between, " BETWEEN ", 5, Op::NotBetween, true, false},
    {Op::NotBetween, " NOT BETWEEN ", 5, Op::Between, true, false},
    {Op::Match, " @@ ", 5, Op::NotMatch, true, false},
    {Op::NotMatch, "", 5, Op::Match, true, false},
    {Op::Regexp, " ~ ", 5, Op::NotRegexp, true, false},
    {Op::NotRegexp, " !~ ", 5, Op::Regexp, true, false},
    {Op::GetItem, "", 15, Op::None, false, true},
    {Op::JsonGetItem, " -> ", 15, Op::None, false, true},
    {Op::JsonPath, " #> ", 15, Op::None, false, true},
    {Op::Distinct, "DISTINCT ", 5, Op::None, false, false},
    {Op::Any, "ANY ", 15, Op::None, false, false},
    {Op::All, "ALL ", 15, Op::None, false, false},
    {Op::Desc, " DESC", 3, Op::None, false, false},
    {Op::Asc, " ASC", 3, Op::None, false, false},
    {Op::NullsFirst, " NULLS FIRST", smallest, Op::None, false, false},
    {Op::NullsLast, " NULLS LAST", smallest, Op::None, false, false},
    {Op::Collate, " COLLATE ", 4, Op::None, false, false},
    {Op::Comma, ", ", -1, Op::None, false, false},
    {Op::As, " AS ", -1, Op::None, false, false},
    {Op::Exists, "EXISTS ", 0, Op::None, false, false},
    {Op::Filter, "", 6, Op::None, false, false},
    {Op::AsBoolean, "", -10, Op::None, false, false},
    {Op::Custom, "", 0, Op::None, false, false},
});

const OperatorRow& rowOf(Op op)
{
    return operators.at(static_cast<std::size_t>(op));
}

} // namespace

std::string_view textOf(Op op)
{
    return rowOf(op).text;
}

Op negated(Op op)
{
    return rowOf(op).negated;
}

Op mirrored(Op op)
{
    switch (op) {
    case Op::Lt:
        return Op::Gt;
    case Op::Gt:
        return Op::Lt;
    case Op::Le:
        return Op::Ge;
    case Op::Ge:
        return Op::Le;
    default:
        return op;
    }
}

bool isComparison(const Operator& op)
{
    return op.op == Op::Custom ? op.comparison : rowOf(op.op).comparison;
}

bool isPrecedent(const Operator& op, const Operator& against)
{
    const bool selfPrecedent =
        op.op == Op::Custom ? op.naturalPrecedent : rowOf(op.op).selfPrecedent;
    if (selfPrecedent && op == against)
        return false;
    const auto precedence = [](const Operator& each, int whenNone) {
        if (each.op == Op::None)
            return whenNone;
        return each.op == Op::Custom ? each.precedence : rowOf(each.op).precedence;
    };
    const int limit = rowOf(against.op).precedence == smallest && against.op != Op::None
                          ? largest // what the table does not have counts as the largest there
                          : precedence(against, largest);
    return precedence(op, smallest) <= limit;
}

} // namespace sightglass
