// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/partition_proof.h"

#include "core/sql/parse_tree.h"
#include "core/sql/statement_text.h"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

namespace sightglass {

namespace {

/// A bound for one column. Values are compared as they are written.
struct ColumnBound
{
    std::string column;
    std::optional<std::string> from; ///< absent: MINVALUE
    std::optional<std::string> to;   ///< absent: MAXVALUE
    std::set<std::string> values;    ///< of a LIST
    bool list = false;
};

std::string constantOf(ParseNode node)
{
    while (node.is("TypeCast"))
        node = node.field("arg");
    return node.is("A_Const") ? plainValueOf(node) : std::string();
}

bool isColumn(ParseNode node, const std::string& column)
{
    while (node.is("TypeCast"))
        node = node.field("arg");
    const std::vector<std::string> names = node.strings("fields");
    return node.is("ColumnRef") && !names.empty() && names.back() == column;
}

/// The values in the brackets that open at `open`, as one text each; absent: something computed.
std::optional<std::vector<std::string>> valuesIn(const StatementText& text, std::size_t open)
{
    std::vector<std::string> result;
    for (const TokenRange& item : text.items(text.inside(open))) {
        const std::string value = text.cut(item);
        const auto tree = parseSql("SELECT " + value);
        const std::vector<ParseNode> statements =
            tree ? tree->statements() : std::vector<ParseNode>();
        if (statements.empty() || statements.front().list("targetList").empty())
            return std::nullopt;
        const ParseNode node = statements.front().list("targetList").front().field("val");
        const bool limit = text.is(item.begin, "minvalue") || text.is(item.begin, "maxvalue");
        result.push_back(limit ? std::string() : constantOf(node));
        if (!limit && result.back().empty())
            return std::nullopt;
    }
    return result;
}

std::optional<ColumnBound> boundOf(const std::string& partitionKey, const std::string& bound)
{
    const StatementText key(partitionKey);
    const std::size_t open = key.findOpening(key.all());
    const std::vector<TokenRange> columns = key.items(key.inside(open));
    if (columns.size() != 1 || columns.front().end != columns.front().begin + 1)
        return std::nullopt;
    ColumnBound result;
    result.column = nameOfParts({key.cut(columns.front())}).name;
    std::erase(result.column, '"');
    const StatementText text(bound);
    if (key.is(0, "list")) {
        const auto values = valuesIn(text, text.find(text.all(), "in") + 1);
        if (!values)
            return std::nullopt;
        result.list = true;
        result.values.insert(values->begin(), values->end());
        return result;
    }
    if (!key.is(0, "range"))
        return std::nullopt;
    const auto from = valuesIn(text, text.find(text.all(), "from") + 1);
    const auto to = valuesIn(text, text.find(text.all(), "to") + 1);
    if (!from || !to || from->size() != 1 || to->size() != 1)
        return std::nullopt;
    if (!from->front().empty())
        result.from = from->front();
    if (!to->front().empty())
        result.to = to->front();
    return result;
}

/// What a comparison says: column, operator, constants.
struct Comparison
{
    std::string operatorName;
    std::set<std::string> values;
};

std::set<std::string> constantsOf(const ParseNode& node)
{
    std::set<std::string> result;
    ParseNode array = node;
    while (array.is("TypeCast"))
        array = array.field("arg");
    const std::vector<ParseNode> items =
        array.is("A_ArrayExpr") ? array.list("elements")
                                : (array.is("List") ? array.items() : std::vector<ParseNode>());
    for (const ParseNode& item : items)
        result.insert(constantOf(item));
    if (items.empty())
        result.insert(constantOf(node));
    return result;
}

std::optional<Comparison> comparisonOf(const ParseNode& node, const std::string& column)
{
    if (!node.is("A_Expr") || !isColumn(node.field("lexpr"), column))
        return std::nullopt;
    const std::vector<std::string> name = node.strings("name");
    Comparison result{.operatorName = name.empty() ? std::string() : name.back(), .values = {}};
    const std::vector<ParseNode> right = node.list("rexpr"); // of IN
    if (right.empty())
        result.values = constantsOf(node.field("rexpr"));
    for (const ParseNode& item : right)
        result.values.insert(constantOf(item));
    if (result.values.contains(std::string()))
        return std::nullopt;
    return result;
}

bool isBool(const ParseNode& node, std::string_view kind)
{
    return node.is("BoolExpr") && node.text("boolop") == kind;
}

void collectParts(const ParseNode& node, std::string_view kind, std::vector<ParseNode>& parts)
{
    if (!isBool(node, kind)) {
        parts.push_back(node);
        return;
    }
    for (const ParseNode& part : node.list("args"))
        collectParts(part, kind, parts);
}

/// What the AND-combined parts of a condition say about the column.
struct Conditions
{
    bool notNull = false;
    bool from = false;
    bool to = false;
    bool values = false;
};

void note(Conditions& conditions, const ParseNode& part, const ColumnBound& bound)
{
    if (part.is("NullTest") && part.text("nulltesttype") == "IS_NOT_NULL" &&
        isColumn(part.field("arg"), bound.column))
        conditions.notNull = true;
    const auto comparison = comparisonOf(part, bound.column);
    if (!comparison)
        return;
    const auto is = [&](std::string_view name, const std::optional<std::string>& value) {
        return comparison->operatorName == name && value && comparison->values.size() == 1 &&
               comparison->values.contains(*value);
    };
    conditions.from = conditions.from || is(">=", bound.from);
    conditions.to = conditions.to || is("<", bound.to);
    if (bound.list && comparison->operatorName == "=")
        conditions.values =
            conditions.values || std::ranges::includes(bound.values, comparison->values);
}

Conditions conditionsOf(const ParseNode& node, const ColumnBound& bound)
{
    std::vector<ParseNode> parts;
    collectParts(node, "AND_EXPR", parts);
    Conditions result;
    for (const ParseNode& part : parts)
        note(result, part, bound);
    return result;
}

bool coversBound(const Conditions& conditions, const ColumnBound& bound)
{
    if (bound.list)
        return conditions.values;
    return (!bound.from || conditions.from) && (!bound.to || conditions.to);
}

/// No row that passes this part is inside the bound.
bool isOutside(const ParseNode& part, const ColumnBound& bound)
{
    const auto comparison = comparisonOf(part, bound.column);
    if (!comparison)
        return false;
    const bool one = comparison->values.size() == 1;
    if (bound.list)
        return comparison->operatorName == "<>" &&
               std::ranges::includes(comparison->values, bound.values);
    return one && ((comparison->operatorName == "<" && bound.from &&
                    comparison->values.contains(*bound.from)) ||
                   (comparison->operatorName == ">=" && bound.to &&
                    comparison->values.contains(*bound.to)));
}

bool excludes(const ParseNode& part, const ColumnBound& bound)
{
    if (isBool(part, "NOT_EXPR")) {
        const std::vector<ParseNode> args = part.list("args");
        return args.size() == 1 && coversBound(conditionsOf(args.front(), bound), bound);
    }
    std::vector<ParseNode> ways;
    collectParts(part, "OR_EXPR", ways);
    return std::ranges::all_of(ways, [&](const ParseNode& way) { return isOutside(way, bound); });
}

template <typename Proves>
bool anyCheck(const Table& table, const Proves& proves)
{
    return std::ranges::any_of(table.checks, [&](const CheckConstraint& check) {
        if (!check.validated || !check.enforced)
            return false;
        const auto tree = parseSql("SELECT " + check.expression);
        const std::vector<ParseNode> statements =
            tree ? tree->statements() : std::vector<ParseNode>();
        return !statements.empty() && !statements.front().list("targetList").empty() &&
               proves(statements.front().list("targetList").front().field("val"));
    });
}

} // namespace

bool impliesBound(const Table& table, const std::string& partitionKey, const std::string& bound)
{
    const auto wanted = boundOf(partitionKey, bound);
    if (!wanted)
        return false;
    const Column* const column = table.column(wanted->column);
    const bool notNull = column != nullptr && !column->nullable;
    return anyCheck(table, [&](const ParseNode& condition) {
        const Conditions found = conditionsOf(condition, *wanted);
        return (notNull || found.notNull) && coversBound(found, *wanted);
    });
}

bool excludesBound(const Table& table, const std::string& partitionKey, const std::string& bound)
{
    const auto wanted = boundOf(partitionKey, bound);
    if (!wanted)
        return false;
    return anyCheck(table, [&](const ParseNode& condition) {
        std::vector<ParseNode> parts;
        collectParts(condition, "AND_EXPR", parts);
        return std::ranges::any_of(parts,
                                   [&](const ParseNode& part) { return excludes(part, *wanted); });
    });
}

} // namespace sightglass
