// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/partition_proof.h"

#include "core/sql/expression_facts.h"
#include "core/sql/parse_tree.h"
#include "core/sql/statement_text.h"

#include <algorithm>
#include <cstdlib>

namespace sightglass {

namespace {

constexpr int depthLimit = 40;

/// The text of a constant, whatever it is cast to; absent: it is none.
std::optional<std::string> constantOf(const ParseNode& node, int depth = 0)
{
    if (depth > depthLimit)
        return std::nullopt;
    if (node.is("TypeCast"))
        return constantOf(node.field("arg"), depth + 1);
    if (node.is("A_Const") && !node.flag("isnull"))
        return plainValueOf(node);
    const std::vector<std::string> name = node.strings("name");
    if (node.is("A_Expr") && !node.has("lexpr") && name.size() == 1 && name.front() == "-") {
        if (auto inner = constantOf(node.field("rexpr"), depth + 1))
            return "-" + *inner;
    }
    return std::nullopt;
}

bool isNumber(const std::string& text)
{
    if (text.empty())
        return false;
    char* end = nullptr;
    std::strtod(text.c_str(), &end);
    return end == text.c_str() + text.size();
}

/// A date or time stamp without what says nothing: 2024-01-01 00:00:00+00 is 2024-01-01.
std::string plainTime(std::string text)
{
    for (const std::string_view end : {std::string_view("+00"), std::string_view(" 00:00:00")}) {
        if (text.ends_with(end))
            text.resize(text.size() - end.size());
    }
    return text;
}

bool isTime(const std::string& text)
{
    return text.size() >= 10 && text[4] == '-' && text[7] == '-' &&
           std::all_of(text.begin(), text.begin() + 4, [](char c) { return c >= '0' && c <= '9'; });
}

/// Negative, zero, positive; absent: which is greater can't be told.
std::optional<int> compared(const std::string& left, const std::string& right)
{
    if (left == right)
        return 0;
    if (isNumber(left) && isNumber(right)) {
        const double first = std::strtod(left.c_str(), nullptr);
        const double second = std::strtod(right.c_str(), nullptr);
        return first < second ? -1 : first > second ? 1 : 0;
    }
    if (isTime(left) && isTime(right))
        return plainTime(left).compare(plainTime(right));
    return std::nullopt;
}

/// One end of what a condition leaves of a column's values.
struct Limit
{
    std::string value;
    bool inclusive = false;
};

struct ColumnLimits
{
    std::optional<Limit> from;
    std::optional<Limit> to;
    std::optional<std::vector<std::string>> values;
    bool complete = true; ///< no condition about anything else
};

bool isColumn(const ParseNode& node, const std::string& column, int depth = 0)
{
    if (node.is("TypeCast") && depth < depthLimit)
        return isColumn(node.field("arg"), column, depth + 1);
    const std::vector<std::string> names = node.strings("fields");
    return node.is("ColumnRef") && !names.empty() && names.back() == column;
}

std::string_view mirrored(std::string_view comparison)
{
    if (comparison == "<")
        return ">";
    if (comparison == ">")
        return "<";
    if (comparison == "<=")
        return ">=";
    return comparison == ">=" ? "<=" : comparison;
}

std::optional<std::vector<std::string>> constantsOf(const std::vector<ParseNode>& nodes)
{
    std::vector<std::string> values;
    for (const ParseNode& node : nodes) {
        auto value = constantOf(node);
        if (!value)
            return std::nullopt;
        values.push_back(*std::move(value));
    }
    return values;
}

ParseNode withoutCasts(ParseNode node)
{
    for (int depth = 0; node.is("TypeCast") && depth < depthLimit; ++depth)
        node = node.field("arg");
    return node;
}

bool noteComparison(ColumnLimits& limits, std::string_view comparison, std::string value)
{
    if (comparison == ">=" || comparison == ">")
        limits.from = {.value = std::move(value), .inclusive = comparison == ">="};
    else if (comparison == "<" || comparison == "<=")
        limits.to = {.value = std::move(value), .inclusive = comparison == "<="};
    else if (comparison == "=")
        limits.values = {std::move(value)};
    else
        return false;
    return true;
}

/// One condition of an AND; false: it says nothing of the column, or more than can be told.
bool noteCondition(ColumnLimits& limits, const ParseNode& node, const std::string& column)
{
    if (node.is("NullTest"))
        return node.text("nulltesttype") == "IS_NOT_NULL" && isColumn(node.field("arg"), column);
    if (!node.is("A_Expr"))
        return false;
    const std::vector<std::string> name = node.strings("name");
    const std::string_view kind = node.text("kind");
    const std::string comparison = name.size() == 1 ? name.front() : std::string();
    const ParseNode left = node.field("lexpr");
    const ParseNode right = node.field("rexpr");
    const bool any = kind == "AEXPR_OP_ANY" && comparison == "=" && isColumn(left, column);
    const bool in = kind == "AEXPR_IN" && comparison == "=" && isColumn(left, column);
    if (any || in) {
        limits.values =
            constantsOf(any ? withoutCasts(right).list("elements") : node.list("rexpr"));
        return limits.values.has_value();
    }
    if (kind != "AEXPR_OP")
        return false;
    const bool mirror = isColumn(right, column);
    auto value = constantOf(mirror ? left : right);
    if (!value || (!mirror && !isColumn(left, column)))
        return false;
    return noteComparison(limits, mirror ? mirrored(comparison) : comparison, *std::move(value));
}

/// Conditions that all hold; those of `node` itself when it is no AND.
std::vector<ParseNode> conditionsOf(const ParseNode& node, std::string_view word, int depth = 0)
{
    if (!node.is("BoolExpr") || node.text("boolop") != word || depth > depthLimit)
        return {node};
    std::vector<ParseNode> result;
    for (const ParseNode& argument : node.list("args")) {
        for (const ParseNode& each : conditionsOf(argument, word, depth + 1))
            result.push_back(each);
    }
    return result;
}

ColumnLimits limitsOf(const std::vector<ParseNode>& conditions, const std::string& column)
{
    ColumnLimits limits;
    for (const ParseNode& condition : conditions)
        limits.complete = noteCondition(limits, condition, column) && limits.complete;
    return limits;
}

bool isAmong(const std::vector<std::string>& values, const std::string& value)
{
    return std::ranges::find(values, value) != values.end();
}

/// Whether the limits let in only what the bound takes.
bool isInside(const ColumnLimits& limits, const PartitionBound& bound)
{
    if (bound.isList)
        return limits.values && std::ranges::all_of(*limits.values, [&](const std::string& value) {
                   return isAmong(bound.values, value);
               });
    const auto start =
        limits.from && bound.from ? compared(limits.from->value, *bound.from) : std::nullopt;
    const auto end =
        limits.to && bound.below ? compared(limits.to->value, *bound.below) : std::nullopt;
    const bool inEnd = end && (limits.to->inclusive ? *end < 0 : *end <= 0);
    return (!bound.from || (start && *start >= 0)) && (!bound.below || inEnd);
}

/// Whether all that the bound takes is inside the limits.
bool covers(const ColumnLimits& limits, const PartitionBound& bound)
{
    if (!limits.complete)
        return false;
    if (bound.isList)
        return limits.values && std::ranges::all_of(bound.values, [&](const std::string& value) {
                   return isAmong(*limits.values, value);
               });
    if (limits.values)
        return false;
    const auto start =
        limits.from && bound.from ? compared(*bound.from, limits.from->value) : std::nullopt;
    const auto end =
        limits.to && bound.below ? compared(*bound.below, limits.to->value) : std::nullopt;
    const bool inStart = start && (limits.from->inclusive ? *start >= 0 : *start > 0);
    return (!limits.from || inStart) && (!limits.to || (end && *end <= 0));
}

/// Whether a condition is false for every value that the bound takes.
bool keepsOut(const ParseNode& node, const PartitionBound& bound, int depth = 0)
{
    if (depth > depthLimit)
        return false;
    if (node.is("BoolExpr") && node.text("boolop") == "NOT_EXPR") {
        const std::vector<ParseNode> args = node.list("args");
        return !args.empty() &&
               covers(limitsOf(conditionsOf(args.front(), "AND_EXPR"), bound.column), bound);
    }
    if (node.is("BoolExpr") && node.text("boolop") == "OR_EXPR")
        return std::ranges::all_of(node.list("args"), [&](const ParseNode& each) {
            return keepsOut(each, bound, depth + 1);
        });
    if (node.is("BoolExpr"))
        return std::ranges::any_of(node.list("args"), [&](const ParseNode& each) {
            return keepsOut(each, bound, depth + 1);
        });
    const ColumnLimits limits = limitsOf({node}, bound.column);
    if (bound.isList)
        return limits.values && std::ranges::none_of(*limits.values, [&](const std::string& value) {
                   return isAmong(bound.values, value);
               });
    const auto before =
        limits.to && bound.from ? compared(limits.to->value, *bound.from) : std::nullopt;
    const auto behind =
        limits.from && bound.below ? compared(limits.from->value, *bound.below) : std::nullopt;
    return (before && (limits.to->inclusive ? *before < 0 : *before <= 0)) ||
           (behind && *behind >= 0);
}

/// Calls `visit` with the condition of every valid CHECK until it returns true.
template <typename Visit>
bool anyCheck(const Table& table, Visit visit)
{
    for (const CheckConstraint& check : table.checks) {
        if (!check.validated || !check.enforced)
            continue;
        const auto tree = parseSql("SELECT " + check.expression);
        if (!tree || tree->statements().empty())
            continue;
        const std::vector<ParseNode> targets = tree->statements().front().list("targetList");
        if (!targets.empty() && visit(targets.front().field("val"), check.expression))
            return true;
    }
    return false;
}

/// "at" of "RANGE (at)"; empty: several columns, or an expression.
std::string keyColumn(const std::string& partitionKey)
{
    const StatementText key(partitionKey);
    const std::vector<TokenRange> columns = key.items(key.inside(key.findOpening(key.all())));
    if (columns.size() != 1 || columns.front().end != columns.front().begin + 1)
        return {};
    const SqlToken& token = key.token(columns.front().begin);
    std::string name(token.text);
    if (token.kind == SqlTokenKind::Quoted)
        std::erase(name, '"');
    return token.kind == SqlTokenKind::Word || token.kind == SqlTokenKind::Quoted ? name
                                                                                  : std::string();
}

/// The single value of one end of a range; absent: MINVALUE or MAXVALUE, or no constant.
std::optional<std::string> endOf(const ParseNode& spec, std::string_view list)
{
    const std::vector<ParseNode> values = spec.list(list);
    return values.size() == 1 ? constantOf(values.front()) : std::nullopt;
}

} // namespace

PartitionBound partitionBound(const std::string& partitionKey, const std::string& bound)
{
    PartitionBound result;
    const auto tree = parseSql("ALTER TABLE a ATTACH PARTITION b " + bound);
    if (!tree || tree->statements().empty())
        return result;
    const std::vector<ParseNode> commands = tree->statements().front().list("cmds");
    if (commands.empty())
        return result;
    const ParseNode spec = commands.front().field("def").field("bound");
    result.isDefault = spec.flag("is_default");
    const std::string_view strategy = spec.text("strategy");
    if (strategy == "r" || strategy == "l")
        result.column = keyColumn(partitionKey);
    result.isList = strategy == "l";
    if (result.isList) {
        const auto values = constantsOf(spec.list("listdatums"));
        result.parsed = values.has_value();
        result.values = values.value_or(std::vector<std::string>());
    } else {
        result.from = endOf(spec, "lowerdatums");
        result.below = endOf(spec, "upperdatums");
        result.parsed = strategy == "r" && (result.from || result.below);
    }
    return result;
}

bool impliesBound(const Table& table, const std::string& partitionKey, const std::string& written)
{
    const PartitionBound bound = partitionBound(partitionKey, written);
    if (!bound.parsed || bound.column.empty())
        return false;
    const Column* const column = table.column(bound.column);
    bool notNull = column != nullptr && !column->nullable;
    bool inside = false;
    anyCheck(table, [&](const ParseNode& condition, const std::string& expression) {
        notNull = notNull || provesNotNull(expression, bound.column);
        inside =
            inside || isInside(limitsOf(conditionsOf(condition, "AND_EXPR"), bound.column), bound);
        return notNull && inside;
    });
    return notNull && inside;
}

bool excludesBound(const Table& table, const std::string& partitionKey, const std::string& written)
{
    const PartitionBound bound = partitionBound(partitionKey, written);
    if (!bound.parsed || bound.column.empty())
        return false;
    return anyCheck(table, [&](const ParseNode& condition, const std::string&) {
        return keepsOut(condition, bound);
    });
}

std::string conditionOf(const PartitionBound& bound)
{
    const auto quoted = [](const std::string& value) {
        std::string result = "'";
        for (const char c : value)
            result.append(c == '\'' ? 2 : 1, c);
        return result + "'";
    };
    if (!bound.parsed || bound.column.empty())
        return {};
    const std::string column = quotedIdentifier(bound.column);
    std::string condition = column + " IS NOT NULL";
    if (bound.from)
        condition += " AND " + column + " >= " + quoted(*bound.from);
    if (bound.below)
        condition += " AND " + column + " < " + quoted(*bound.below);
    std::string values;
    for (const std::string& value : bound.values)
        values += (values.empty() ? "" : ", ") + quoted(value);
    return bound.isList ? condition + " AND " + column + " IN (" + values + ")" : condition;
}

const Table* defaultPartitionOf(const Moment& moment, const QualifiedName& parent)
{
    const QualifiedName name = moment.fullName(parent);
    for (const auto& [each, table] : moment.schema().tables) {
        if (table->partitionOf == name && table->partitionBound == "DEFAULT")
            return table.get();
    }
    return nullptr;
}

} // namespace sightglass
