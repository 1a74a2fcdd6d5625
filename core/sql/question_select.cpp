// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/question_select.h"

#include "core/sql/statement_text.h"

#include <algorithm>

namespace sightglass::question {

namespace {

constexpr std::size_t stepLimit = 400'000;
constexpr int queryDepthLimit = 12;

void splitConditions(const ParseNode& node, std::vector<ParseNode>& conditions, int depth = 0)
{
    if (!node)
        return;
    if (depth < 100 && node.is("BoolExpr") && node.text("boolop") == "AND_EXPR") {
        for (const ParseNode& part : node.list("args"))
            splitConditions(part, conditions, depth + 1);
        return;
    }
    conditions.push_back(node);
}

bool isCount(const ParseNode& node)
{
    const std::vector<std::string> name = node.strings("funcname");
    return node.is("FuncCall") && !name.empty() && name.back() == "count";
}

/// Calls of count() in an expression, those of queries inside of it left out.
void collectCounts(const ParseNode& node, std::vector<ParseNode>& found, int depth = 0)
{
    if (depth > 50 || node.is("SubLink"))
        return;
    if (isCount(node)) {
        found.push_back(node);
        return;
    }
    for (const auto& [name, child] : node.fields()) {
        collectCounts(child, found, depth + 1);
        for (const ParseNode& item : node.list(name))
            collectCounts(item, found, depth + 1);
    }
}

/// As PostgreSQL names a column of a query (FigureColname).
std::string nameOf(const ParseNode& node, int depth = 0)
{
    if (node.is("ColumnRef")) {
        const std::vector<std::string> parts = node.strings("fields");
        return parts.empty() ? std::string() : parts.back();
    }
    if (node.is("FuncCall")) {
        const std::vector<std::string> parts = node.strings("funcname");
        return parts.empty() ? std::string() : parts.back();
    }
    if (node.is("TypeCast") && depth < 50) {
        const std::string inner = nameOf(node.field("arg"), depth + 1);
        const std::vector<std::string> parts = node.field("typeName").strings("names");
        return inner != "?column?" || parts.empty() ? inner : parts.back();
    }
    if (node.is("SubLink") && node.text("subLinkType") == "EXISTS_SUBLINK")
        return "exists";
    if (node.is("SubLink") && node.text("subLinkType") == "EXPR_SUBLINK" && depth < 50) {
        const std::vector<ParseNode> targets = node.field("subselect").list("targetList");
        if (targets.size() != 1)
            return "?column?";
        const std::string given(targets.front().text("name"));
        return given.empty() ? nameOf(targets.front().field("val"), depth + 1) : given;
    }
    if (node.is("CoalesceExpr"))
        return "coalesce";
    if (node.is("SQLValueFunction"))
        return "current_schema";
    return "?column?";
}

bool isStar(const ParseNode& target)
{
    const std::vector<std::string> parts = target.field("val").strings("fields");
    return target.field("val").is("ColumnRef") && !parts.empty() && parts.back() == "*";
}

/// unnest(…) as the only target: a row for each item.
bool isUnnest(const ParseNode& select)
{
    const std::vector<ParseNode> targets = select.list("targetList");
    if (targets.size() != 1 || !targets.front().field("val").is("FuncCall"))
        return false;
    const std::vector<std::string> name = targets.front().field("val").strings("funcname");
    return !name.empty() && name.back() == "unnest";
}

} // namespace

bool SelectReader::fail(std::string reason)
{
    if (m_reason.empty())
        m_reason = std::move(reason);
    return false;
}

bool SelectReader::addRange(const ParseNode& range, Scope& scope)
{
    const std::string_view name = range.text("relname");
    auto rows = m_tables.rows(range.text("schemaname"), name);
    if (!rows)
        return fail("asks " + toText(relationName(range)) + ", whose rows are not known");
    const std::string_view alias = range.field("alias").text("aliasname");
    scope.sources.push_back(
        {.alias = std::string(alias.empty() ? name : alias), .rows = *std::move(rows)});
    return true;
}

bool SelectReader::addJoin(const ParseNode& join, Scope& scope, int depth)
{
    const std::string_view type = join.text("jointype");
    const bool outer = type == "JOIN_LEFT";
    if ((type != "JOIN_INNER" && !outer) || join.flag("isNatural"))
        return fail("joins in a way that isn't followed");
    if (!addSource(join.field("larg"), scope, depth + 1))
        return false;
    const std::size_t first = scope.sources.size();
    if (!addSource(join.field("rarg"), scope, depth + 1))
        return false;
    if (scope.sources.size() != first + 1)
        return fail("joins in a way that isn't followed");
    Source& source = scope.sources.back();
    source.outer = outer;
    splitConditions(join.field("quals"), source.on);
    source.usingColumns = join.strings("usingClause");
    return true;
}

bool SelectReader::addSource(const ParseNode& item, Scope& scope, int depth)
{
    if (depth > 50)
        return fail("joins too many tables");
    if (item.is("RangeVar"))
        return addRange(item, scope);
    if (item.is("JoinExpr"))
        return addJoin(item, scope, depth);
    if (!item.is("RangeSubselect") || item.flag("lateral"))
        return fail("selects from something that is no catalog");
    auto rows = read(item.field("subquery"));
    if (!rows)
        return false;
    const std::vector<std::string> names = item.field("alias").strings("colnames");
    for (std::size_t i = 0; i < names.size() && i < rows->columns.size(); ++i)
        rows->columns[i] = names[i];
    scope.sources.push_back({.alias = std::string(item.field("alias").text("aliasname")),
                             .rows = *std::move(rows),
                             .complete = true});
    return true;
}

Datum SelectReader::conjunction(const std::vector<ParseNode>& conditions)
{
    Datum result = Datum::ofFlag(true);
    for (const ParseNode& condition : conditions) {
        const Datum one = value(condition, 0);
        if (one.isNull() || (one.kind == Datum::Kind::Flag && !one.flag))
            return Datum::ofFlag(false);
        if (one.isUnknown())
            result = one;
    }
    return result;
}

/// Rows that fit nothing whatever the other tables have are left out before tables are combined.
void SelectReader::prefilter(Scope& scope)
{
    if (scope.sources.size() < 2)
        return;
    std::vector<ParseNode> conditions = scope.conditions;
    for (const Source& source : scope.sources) {
        if (!source.outer)
            conditions.insert(conditions.end(), source.on.begin(), source.on.end());
    }
    for (Source& source : scope.sources) {
        if (source.outer)
            continue;
        std::vector<std::vector<Datum>> kept;
        for (std::vector<Datum>& row : source.rows.rows) {
            source.row = &row;
            const Datum fits = conjunction(conditions);
            if (fits.kind != Datum::Kind::Flag || fits.flag)
                kept.push_back(row);
        }
        source.row = nullptr;
        source.rows.rows = std::move(kept);
    }
}

Datum SelectReader::joinCondition(const Source& source, const Scope& scope, std::size_t level)
{
    Datum result = conjunction(source.on);
    for (const std::string& column : source.usingColumns) {
        const auto own = std::ranges::find(source.rows.columns, column);
        if (own == source.rows.columns.end())
            return Datum::unknown("joins using a column that isn't known");
        const auto ownIndex = static_cast<std::size_t>(own - source.rows.columns.begin());
        Datum same = Datum::unknown("joins using a column that isn't known");
        for (std::size_t i = 0; i < level; ++i) {
            const Source& other = scope.sources[i];
            const auto found = std::ranges::find(other.rows.columns, column);
            if (found == other.rows.columns.end() || other.row == nullptr)
                continue;
            const auto index = static_cast<std::size_t>(found - other.rows.columns.begin());
            same = compare("=", (*source.row)[ownIndex], (*other.row)[index]);
            break;
        }
        if (same.isNull() || (same.kind == Datum::Kind::Flag && !same.flag))
            return Datum::ofFlag(false);
        if (same.isUnknown())
            result = same;
    }
    return result;
}

template <typename Visit>
bool SelectReader::join(Scope& scope, std::size_t level, Visit& visit)
{
    if (++m_steps > stepLimit)
        return fail("asks for more than is computed here");
    if (level == scope.sources.size()) {
        const Datum fits = conjunction(scope.conditions);
        if (fits.isUnknown())
            return fail(fits.text.empty() ? "depends on PostgreSQL's own objects" : fits.text);
        const bool standIn = std::ranges::any_of(scope.sources, [](const Source& source) {
            return source.row != nullptr && source.row->size() > source.rows.columns.size();
        });
        if (fits.isTrue() && standIn)
            return fail("depends on PostgreSQL's own objects");
        return !fits.isTrue() || visit();
    }
    Source& source = scope.sources[level];
    bool any = false;
    for (const std::vector<Datum>& row : source.rows.rows) {
        source.row = &row;
        const Datum joins = joinCondition(source, scope, level);
        if (joins.kind == Datum::Kind::Flag && !joins.flag)
            continue;
        if (joins.isUnknown() && level + 1 == scope.sources.size() &&
            !conjunction(scope.conditions).isTrue() && !conjunction(scope.conditions).isUnknown())
            continue;
        if (joins.isUnknown())
            return fail(joins.text.empty() ? "depends on PostgreSQL's own objects" : joins.text);
        any = true;
        const Datum pruned = conjunction(scope.conditions);
        if (pruned.kind == Datum::Kind::Flag && !pruned.flag)
            continue;
        if (!join(scope, level + 1, visit))
            return false;
    }
    source.row = nullptr;
    if (any || !source.outer)
        return true;
    const std::vector<Datum> nulls(source.rows.columns.size());
    source.row = &nulls;
    const bool result = join(scope, level + 1, visit);
    source.row = nullptr;
    return result;
}

std::vector<std::string> SelectReader::outputNames(const ParseNode& select,
                                                   const Scope& scope) const
{
    std::vector<std::string> result;
    for (const ParseNode& target : select.list("targetList")) {
        const std::string given(target.text("name"));
        if (!isStar(target)) {
            result.push_back(given.empty() ? nameOf(target.field("val")) : given);
            continue;
        }
        const std::vector<std::string> parts = target.field("val").strings("fields");
        for (const Source& source : scope.sources) {
            if (parts.size() < 2 || source.alias == parts.front())
                result.insert(result.end(), source.rows.columns.begin(), source.rows.columns.end());
        }
    }
    return result;
}

std::vector<std::vector<Datum>> SelectReader::outputRows(const ParseNode& select,
                                                         const Scope& scope)
{
    std::vector<Datum> row;
    for (const ParseNode& target : select.list("targetList")) {
        if (!isStar(target)) {
            row.push_back(value(target.field("val"), 0));
            continue;
        }
        const std::vector<std::string> parts = target.field("val").strings("fields");
        for (const Source& source : scope.sources) {
            if (source.row == nullptr || (parts.size() > 1 && source.alias != parts.front()))
                continue;
            row.insert(row.end(), source.row->begin(), source.row->end());
            if (!source.complete) // a catalog has more columns than are known here
                row.push_back(Datum::unknown("asks for every column of a catalog"));
        }
    }
    if (!isUnnest(select) || row.empty() || row.front().kind != Datum::Kind::List)
        return {row};
    std::vector<std::vector<Datum>> result;
    for (const Datum& item : row.front().items)
        result.push_back({item});
    return result;
}

std::optional<Rows> SelectReader::aggregated(const ParseNode& select, Scope& scope)
{
    for (const ParseNode& call : scope.counted)
        scope.counts[static_cast<std::int64_t>(call.location().value_or(0))] = 0;
    bool known = true;
    const auto visit = [&] {
        for (const ParseNode& call : scope.counted) {
            const std::vector<ParseNode> arguments = call.list("args");
            const Datum argument =
                arguments.empty() ? Datum::ofFlag(true) : value(arguments.front(), 0);
            if (call.flag("agg_distinct") || call.has("agg_filter") || argument.isUnknown())
                known = fail("counts in a way that isn't followed");
            if (!argument.isNull())
                ++scope.counts[static_cast<std::int64_t>(call.location().value_or(0))];
        }
        return known;
    };
    if (!join(scope, 0, visit))
        return std::nullopt;
    scope.counting = true;
    return Rows{outputNames(select, scope), outputRows(select, scope)};
}

std::vector<Datum>
SelectReader::sortKeys(const ParseNode& select, const Rows& rows, const std::vector<Datum>& row)
{
    std::vector<Datum> result;
    for (const ParseNode& sort : select.list("sortClause")) {
        const ParseNode node = sort.field("node");
        const std::vector<std::string> parts = node.strings("fields");
        const auto named =
            parts.size() == 1 ? std::ranges::find(rows.columns, parts.front()) : rows.columns.end();
        const auto number = node.is("A_Const") ? integerOf(node) : std::nullopt;
        if (named != rows.columns.end() && node.is("ColumnRef"))
            result.push_back(row[static_cast<std::size_t>(named - rows.columns.begin())]);
        else if (number && *number >= 1 && static_cast<std::size_t>(*number) <= row.size())
            result.push_back(row[static_cast<std::size_t>(*number) - 1]);
        else
            result.push_back(value(node, 0));
    }
    return result;
}

/// ORDER BY, DISTINCT and LIMIT.
bool SelectReader::finish(const ParseNode& select, Rows& rows, std::vector<std::vector<Datum>> keys)
{
    const std::vector<ParseNode> sorts = select.list("sortClause");
    std::vector<std::size_t> order(rows.rows.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    bool known = true;
    std::ranges::stable_sort(order, [&](std::size_t left, std::size_t right) {
        for (std::size_t i = 0; i < sorts.size(); ++i) {
            const bool descending = sorts[i].text("sortby_dir") == "SORTBY_DESC";
            const Datum& a = keys[descending ? right : left][i];
            const Datum& b = keys[descending ? left : right][i];
            if (a == b)
                continue;
            const Datum less = compare("<", a, b);
            known = known && less.kind == Datum::Kind::Flag;
            return less.isTrue();
        }
        return false;
    });
    if (!known && rows.rows.size() > 1)
        return fail("sorts by something that isn't known");
    std::vector<std::vector<Datum>> sorted;
    for (const std::size_t i : order) {
        const bool distinct = select.has("distinctClause");
        if (!distinct || std::ranges::find(sorted, rows.rows[i]) == sorted.end())
            sorted.push_back(rows.rows[i]);
    }
    rows.rows = std::move(sorted);
    if (select.has("limitOffset"))
        return fail("leaves rows out by OFFSET");
    if (!select.has("limitCount"))
        return true;
    const Datum limit = value(select.field("limitCount"), 0);
    if (limit.kind != Datum::Kind::Number || limit.number < 0)
        return fail("has a limit that isn't known");
    const auto count = static_cast<std::size_t>(limit.number);
    if (rows.rows.size() <= count)
        return true;
    const bool alike = std::ranges::all_of(
        rows.rows, [&](const std::vector<Datum>& row) { return row == rows.rows.front(); });
    if (sorts.empty() && !alike)
        return fail("takes some rows of several, in no order");
    rows.rows.resize(count);
    return true;
}

std::optional<Rows> SelectReader::readSetOperation(const ParseNode& select, int)
{
    if (select.text("op") != "SETOP_UNION" || select.has("sortClause") ||
        select.has("limitCount")) {
        fail("combines queries in a way that isn't followed");
        return std::nullopt;
    }
    auto left = read(select.field("larg"));
    if (!left)
        return std::nullopt;
    auto right = read(select.field("rarg"));
    if (!right)
        return std::nullopt;
    for (std::vector<Datum>& row : right->rows) {
        if (select.flag("all") || std::ranges::find(left->rows, row) == left->rows.end())
            left->rows.push_back(std::move(row));
    }
    return left;
}

std::optional<Rows> SelectReader::readPlain(const ParseNode& select, int)
{
    for (const std::string_view clause : {"withClause",
                                          "groupClause",
                                          "havingClause",
                                          "windowClause",
                                          "valuesLists",
                                          "intoClause"}) {
        if (select.has(clause)) {
            fail("asks in a way that isn't followed");
            return std::nullopt;
        }
    }
    Scope scope;
    for (const ParseNode& item : select.list("fromClause")) {
        if (!addSource(item, scope, 0))
            return std::nullopt;
    }
    splitConditions(select.field("whereClause"), scope.conditions);
    for (const ParseNode& target : select.list("targetList"))
        collectCounts(target, scope.counted);
    m_scopes.push_back(&scope);
    prefilter(scope);
    std::optional<Rows> result;
    if (!scope.counted.empty()) {
        result = aggregated(select, scope);
    } else {
        Rows rows{outputNames(select, scope), {}};
        std::vector<std::vector<Datum>> keys;
        const auto visit = [&] {
            for (std::vector<Datum>& row : outputRows(select, scope)) {
                row.resize(std::max(row.size(), rows.columns.size()));
                keys.push_back(sortKeys(select, rows, row));
                rows.rows.push_back(std::move(row));
            }
            return true;
        };
        const bool joined = join(scope, 0, visit);
        if (joined && rows.rows.empty() &&
            std::ranges::any_of(select.list("targetList"),
                                [](const ParseNode& target) { return mayAggregate(target); }))
            fail("calls what may be an aggregate");
        else if (joined && finish(select, rows, std::move(keys)))
            result = std::move(rows);
    }
    m_scopes.pop_back();
    return result;
}

std::optional<Rows> SelectReader::read(const ParseNode& select)
{
    if (!select || m_depth > queryDepthLimit) {
        fail("asks in a way that isn't followed");
        return std::nullopt;
    }
    ++m_depth;
    auto result =
        select.has("larg") ? readSetOperation(select, m_depth) : readPlain(select, m_depth);
    --m_depth;
    return result;
}

} // namespace sightglass::question
