// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/statement_changes.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

constexpr int queryDepthLimit = 2000;

/// DELETE, INSERT … in WITH clauses, which run whatever becomes of their rows.
void readWithClause(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    for (const ParseNode& query : node.field("withClause").list("ctes")) {
        const ParseNode inner = query.field("ctequery");
        if (inner.is("SelectStmt")) {
            readWithClause(statement, inner, out);
            continue;
        }
        for (SqlChange& change : changesOf(statement, inner, 1))
            out.push_back(std::move(change));
    }
}

/// Whether a query can leave rows of its tables out.
bool isFiltered(const ParseNode& select)
{
    return select.has("whereClause") || select.has("limitCount") || select.has("limitOffset") ||
           select.has("havingClause") || select.has("distinctClause") ||
           select.has("groupClause") || select.has("larg");
}

void appendUnique(std::vector<std::string>& list, std::string name)
{
    if (std::ranges::find(list, name) == list.end())
        list.push_back(std::move(name));
}

std::vector<std::string> assignedColumns(const ParseNode& node)
{
    std::vector<std::string> result;
    for (const ParseNode& target : node.list("targetList"))
        appendUnique(result, std::string(target.text("name")));
    return result;
}

/// A call of the target list or of FROM that does more than compute.
struct Call
{
    std::vector<std::string> name;
    ParseNode node;
};

/// Functions that a SELECT without tables may call without changing the schema: those of pg_catalog
/// that read, compute, wait, lock or notify.
bool isHarmless(const std::vector<std::string>& name)
{
    if (name.size() > 1)
        return name.front() == "pg_catalog" || name.front() == "information_schema";
    constexpr std::array prefixes{
        "pg_",     "to_",       "has_",       "array_",       "json_",      "jsonb_",
        "regexp_", "date_",     "string_",    "txid_",        "format_",    "obj_",
        "col_",    "current_",  "inet_",      "row_",         "timezone",   "uuid_",
        "gen_",    "generate_", "unnest",     "quote_",       "setval",     "nextval",
        "currval", "lastval",   "now",        "version",      "count",      "max",
        "min",     "sum",       "avg",        "coalesce",     "exists",     "lower",
        "upper",   "length",    "concat",     "substring",    "split_part", "md5",
        "random",  "clock_",    "statement_", "transaction_", "set_config", "bool_",
        "every",   "format",    "greatest",   "least",        "nullif",     "age",
        "extract", "encode",    "decode",     "replace",      "trim",       "btrim",
        "ltrim",   "rtrim",     "position",   "strpos",       "round",      "floor",
        "ceil",    "abs",       "mod",        "cardinality",  "shobj_",     "sha",
        "hash",    "digest",    "crypt",      "convert",      "left",       "right"};
    return std::ranges::any_of(
        prefixes, [&](std::string_view prefix) { return name.front().starts_with(prefix); });
}

/// Calls in the target list and in FROM, outermost first, and what they take.
void collectCalls(const ParseNode& node, std::vector<Call>& calls, int depth)
{
    if (depth > 20)
        return;
    if (node.is("FuncCall")) {
        calls.push_back({.name = node.strings("funcname"), .node = node});
        for (const ParseNode& argument : node.list("args"))
            collectCalls(argument, calls, depth + 1);
    } else if (node.is("TypeCast")) {
        collectCalls(node.field("arg"), calls, depth + 1);
    } else if (node.is("A_Indirection")) {
        collectCalls(node.field("arg"), calls, depth + 1);
    } else if (node.is("ResTarget")) {
        collectCalls(node.field("val"), calls, depth + 1);
    } else if (node.is("RangeFunction")) {
        for (const ParseNode& function : node.list("functions")) {
            for (const ParseNode& part : function.items())
                collectCalls(part, calls, depth + 1);
        }
    }
}

/// set_config(name, value, is_local) with constants.
std::optional<SqlChange> settingOf(const Call& call)
{
    const std::vector<ParseNode> arguments = call.node.list("args");
    if (arguments.size() != 3)
        return std::nullopt;
    const bool constant = std::ranges::all_of(
        arguments, [](const ParseNode& argument) { return argument.is("A_Const"); });
    if (!arguments[0].is("A_Const"))
        return opaqueChange("changes a setting whose name is computed", {}, false);
    if (!constant)
        return opaqueChange(
            "gives setting " + plainValueOf(arguments[0]) + " a computed value", {}, false);
    return readChange(change::SetSetting{.name = lowerCase(plainValueOf(arguments[0])),
                                         .value = plainValueOf(arguments[1]),
                                         .local = plainValueOf(arguments[2]) == "true"});
}

/// The sequence of setval('schema.name', …); empty when it is computed.
QualifiedName sequenceOf(const Call& call)
{
    const std::vector<ParseNode> arguments = call.node.list("args");
    if (arguments.empty())
        return {};
    ParseNode argument = arguments.front();
    if (argument.is("TypeCast"))
        argument = argument.field("arg");
    if (!argument.is("A_Const"))
        return {};
    const std::string text = plainValueOf(argument);
    QualifiedName result;
    for (const SqlToken& token : sqlTokens(text)) {
        if (token.isMark('.')) {
            result.schema = std::exchange(result.name, {});
            continue;
        }
        if (token.kind == SqlTokenKind::Quoted && token.text.size() > 1)
            result.name = token.text.substr(1, token.text.size() - 2);
        else
            result.name = lowerCase(token.text);
    }
    return result;
}

/// What the calls of one SELECT do beside reading.
void readCalls(const ParseNode& select, bool fromTables, SqlChanges& out)
{
    std::vector<Call> calls;
    for (const ParseNode& target : select.list("targetList"))
        collectCalls(target, calls, 0);
    for (const ParseNode& source : select.list("fromClause"))
        collectCalls(source, calls, 0);
    for (const Call& call : calls) {
        if (call.name.empty())
            continue;
        const std::string& function = call.name.back();
        const bool own = call.name.size() == 1 || call.name.front() == "pg_catalog";
        if (own && function == "set_config") {
            if (auto setting = settingOf(call))
                out.push_back(*std::move(setting));
        } else if (own && function == "setval") {
            out.push_back(readChange(change::ChangeData{
                .command = "SETVAL", .table = sequenceOf(call), .filtered = true}));
        } else if (!fromTables && !isHarmless(call.name)) {
            out.push_back(opaqueChange("calls function " + toText(nameOfParts(call.name))));
        }
    }
}

bool readsTables(const ParseNode& select)
{
    return std::ranges::any_of(select.list("fromClause"),
                               [](const ParseNode& source) { return !source.is("RangeFunction"); });
}

/// The SELECT that stands leftmost in a set operation.
ParseNode leftmost(ParseNode select)
{
    for (int i = 0; i < queryDepthLimit && select.has("larg"); ++i)
        select = select.field("larg");
    return select;
}

change::ChangeData dataChange(std::string command, const ParseNode& relation)
{
    return {.command = std::move(command), .table = relationName(relation)};
}

} // namespace

void readInsert(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    readWithClause(statement, node, out);
    change::ChangeData data = dataChange("INSERT", node.field("relation"));
    data.columns = columnNames(node, "cols");
    const ParseNode select = node.field("selectStmt");
    const std::vector<ParseNode> rows = select.list("valuesLists");
    if (!rows.empty())
        data.rows = static_cast<std::int64_t>(rows.size());
    else if (!select)
        data.rows = 1; // DEFAULT VALUES
    data.filtered = data.rows.has_value() || isFiltered(select);
    out.push_back(readChange(std::move(data)));
}

void readUpdate(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    readWithClause(statement, node, out);
    change::ChangeData data = dataChange("UPDATE", node.field("relation"));
    data.columns = assignedColumns(node);
    data.filtered = node.has("whereClause");
    out.push_back(readChange(std::move(data)));
}

void readDelete(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    readWithClause(statement, node, out);
    change::ChangeData data = dataChange("DELETE", node.field("relation"));
    data.filtered = node.has("whereClause");
    out.push_back(readChange(std::move(data)));
}

void readMerge(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    readWithClause(statement, node, out);
    change::ChangeData data = dataChange("MERGE", node.field("relation"));
    data.filtered = true;
    for (const ParseNode& clause : node.list("mergeWhenClauses")) {
        for (const std::string& column : assignedColumns(clause)) {
            if (!column.empty())
                appendUnique(data.columns, column);
        }
    }
    out.push_back(readChange(std::move(data)));
}

void readTruncate(const StatementText&, const ParseNode& node, SqlChanges& out)
{
    for (const ParseNode& relation : node.list("relations")) {
        change::ChangeData data = dataChange("TRUNCATE", relation);
        data.cascade = node.text("behavior") == "DROP_CASCADE";
        out.push_back(readChange(std::move(data)));
    }
}

void readCopy(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    if (!node.flag("is_from")) {
        const ParseNode query = node.field("query");
        if (query && !query.is("SelectStmt")) // COPY (DELETE … RETURNING …) TO …
            out = changesOf(statement, query, 1);
        else
            readQueryLike(statement, node, out);
        return;
    }
    change::ChangeData data = dataChange("COPY", node.field("relation"));
    data.columns = node.strings("attlist");
    data.filtered = true;
    out.push_back(readChange(std::move(data)));
}

void readSelect(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    readWithClause(statement, node, out);
    const ParseNode first = leftmost(node);
    if (const ParseNode into = first.field("intoClause")) {
        readSelectInto(statement, into, out);
        return;
    }
    readCalls(first, readsTables(first), out);
    if (out.empty())
        readQueryLike(statement, node, out);
}

} // namespace sightglass
