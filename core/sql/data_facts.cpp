// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/data_facts.h"

#include "core/sql/bounded_columns.h"
#include "core/sql/statement_text.h"
#include "core/sql/tree_visit.h"

#include <algorithm>
#include <array>
#include <set>

namespace sightglass {

namespace {

constexpr int deepestQuery = 100;

/// What stands around a statement.
struct Around
{
    const std::set<std::string>& variables; ///< of plpgsql
    int depth = 0;

    Around deeper() const { return {.variables = variables, .depth = depth + 1}; }
};

void collect(const ParseNode& node, std::vector<DataFacts>& out, const Around& around);

void collectWith(const ParseNode& node, std::vector<DataFacts>& out, const Around& around)
{
    for (const ParseNode& query : node.field("withClause").list("ctes"))
        collect(query.field("ctequery"), out, around.deeper());
}

WrittenValue writtenValue(const ParseNode& given)
{
    WrittenValue result;
    result.isDefault = given.is("SetToDefault");
    ParseNode node = given;
    while (node.is("TypeCast") || node.is("CollateClause"))
        node = node.field("arg");
    if (node.is("A_Expr") && !node.has("lexpr") &&
        node.strings("name") == std::vector<std::string>{"-"}) {
        const ParseNode number = node.field("rexpr");
        if (number.is("A_Const") && !number.has("sval")) {
            result.literal = "-" + plainValueOf(number);
            result.isNumber = true;
        }
        return result;
    }
    if (!node.is("A_Const") || node.flag("isnull"))
        return result;
    result.literal = plainValueOf(node);
    result.isNumber = node.has("ival") || node.has("fval");
    return result;
}

/// Columns of a target list; an element or a field (a[1], a.b) is no whole column.
std::vector<std::string> targetsOf(const ParseNode& node, std::string_view field)
{
    std::vector<std::string> result;
    for (const ParseNode& target : node.list(field)) {
        if (target.list("indirection").empty())
            result.emplace_back(target.text("name"));
    }
    return result;
}

/// UPDATE … FROM (SELECT … LIMIT n), or a query of that kind in WITH.
bool isJoinedToBatch(const ParseNode& node)
{
    std::set<std::string> batches;
    for (const ParseNode& query : node.field("withClause").list("ctes")) {
        if (query.field("ctequery").has("limitCount"))
            batches.emplace(query.text("ctename"));
    }
    bool joined = false;
    const auto look = [&](const ParseNode& each) {
        joined = joined || batches.contains(std::string(each.text("relname"))) ||
                 (each.is("RangeSubselect") && each.field("subquery").has("limitCount"));
    };
    for (const std::string_view clause : {"fromClause", "usingClause"}) {
        for (const ParseNode& source : node.list(clause))
            visitTree(source, look);
    }
    if (!batches.empty())
        visitTree(node.field("whereClause"), look);
    return joined;
}

void takeWhere(const ParseNode& node, const Around& around, DataFacts& facts)
{
    const ParseNode where = node.field("whereClause");
    facts.hasWhere = static_cast<bool>(where);
    if (!where)
        return;
    const ParseNode relation = node.field("relation");
    const std::string_view alias = relation.field("alias").text("aliasname");
    const WhereFacts read =
        whereFacts(where, alias.empty() ? relation.text("relname") : alias, around.variables);
    facts.whereIsAlwaysTrue = read.alwaysTrue;
    facts.boundedColumns = read.bounded;
    facts.limited = read.limited || isJoinedToBatch(node);
}

void takeRow(const std::vector<ParseNode>& given,
             const std::vector<std::string>& columns,
             DataFacts& facts)
{
    std::vector<WrittenValue>& values = facts.rows.emplace_back();
    for (const ParseNode& each : given) {
        WrittenValue value = writtenValue(each.is("ResTarget") ? each.field("val") : each);
        if (values.size() < columns.size())
            value.column = columns[values.size()];
        values.push_back(std::move(value));
    }
}

/// Rows of VALUES, and of a SELECT that reads no table: SELECT 1, 'a' WHERE NOT EXISTS (…). False:
/// some come from a table.
bool takeValues(const ParseNode& select,
                const std::vector<std::string>& columns,
                DataFacts& facts,
                int depth)
{
    if (depth > deepestQuery)
        return false;
    if (select.has("larg"))
        return takeValues(select.field("larg"), columns, facts, depth + 1) &&
               takeValues(select.field("rarg"), columns, facts, depth + 1);
    const std::vector<ParseNode> rows = select.list("valuesLists");
    for (const ParseNode& row : rows)
        takeRow(row.items(), columns, facts);
    if (rows.empty() && !select.has("fromClause"))
        takeRow(select.list("targetList"), columns, facts);
    return !rows.empty() || !select.has("fromClause");
}

void takeInsert(const ParseNode& node, DataFacts& facts)
{
    facts.targets = targetsOf(node, "cols");
    facts.assigned = targetsOf(node.field("onConflictClause"), "targetList");
    if (const ParseNode select = node.field("selectStmt"))
        facts.fromQuery = !takeValues(select, columnNames(node, "cols"), facts, 0);
    facts.overridingSystemValue = node.text("override") == "OVERRIDING_SYSTEM_VALUE";
}

void takeMerge(const ParseNode& node, DataFacts& facts)
{
    for (const ParseNode& clause : node.list("mergeWhenClauses")) {
        if (clause.text("commandType") != "CMD_UPDATE")
            continue;
        for (std::string& column : targetsOf(clause, "targetList"))
            facts.assigned.push_back(std::move(column));
    }
}

void collectTruncate(const ParseNode& node, std::vector<DataFacts>& out)
{
    for (const ParseNode& relation : node.list("relations")) {
        DataFacts& facts = out.emplace_back();
        facts.command = "TRUNCATE";
        facts.table = relationName(relation);
    }
}

void collect(const ParseNode& node, std::vector<DataFacts>& out, const Around& around)
{
    if (!node || around.depth > deepestQuery)
        return;
    collectWith(node, out, around);
    if (node.is("SelectStmt") && node.has("larg")) {
        collect(node.field("larg"), out, around.deeper());
        collect(node.field("rarg"), out, around.deeper());
    } else if (node.is("ExplainStmt") || node.is("CopyStmt")) {
        collect(node.field("query"), out, around.deeper());
    } else if (node.is("TruncateStmt")) {
        collectTruncate(node, out);
    }

    struct Command
    {
        std::string_view node;
        std::string_view word;
    };

    constexpr std::array commands{Command{"InsertStmt", "INSERT"},
                                  Command{"UpdateStmt", "UPDATE"},
                                  Command{"DeleteStmt", "DELETE"},
                                  Command{"MergeStmt", "MERGE"}};
    const auto command = std::ranges::find(commands, node.kind(), &Command::node);
    if (command == commands.end())
        return;
    DataFacts facts;
    facts.command = command->word;
    facts.table = relationName(node.field("relation"));
    takeWhere(node, around, facts);
    if (command->word == "INSERT") {
        collectWith(node.field("selectStmt"), out, around.deeper());
        takeInsert(node, facts);
    } else if (command->word == "UPDATE") {
        facts.assigned = targetsOf(node, "targetList");
    } else if (command->word == "MERGE") {
        takeMerge(node, facts);
    }
    out.push_back(std::move(facts));
}

/// A quoted text without its quotes: '' is ', and in E'' the escapes that stand for themselves.
std::string unquoted(std::string_view token)
{
    const std::size_t open = token.find('\'');
    if (open == std::string_view::npos)
        return {};
    const bool escapes = open > 0 && (token[open - 1] == 'e' || token[open - 1] == 'E');
    std::string result;
    for (std::size_t i = open + 1; i + 1 < token.size(); ++i) {
        if (token[i] == '\'' || (escapes && token[i] == '\\'))
            ++i;
        if (i + 1 < token.size())
            result += token[i];
    }
    return result;
}

/// What is between the tags of $tag$ … $tag$.
std::string_view bodyOf(std::string_view token)
{
    const std::size_t tag = token.find('$', 1);
    if (tag == std::string_view::npos || token.size() < 2 * (tag + 1))
        return {};
    return token.substr(tag + 1, token.size() - 2 * (tag + 1));
}

void collectLiterals(std::string_view text, std::vector<std::string>& out, int depth)
{
    constexpr int deepest = 4;
    for (const SqlToken& token : sqlTokens(text)) {
        if (token.kind == SqlTokenKind::Text) {
            out.push_back(unquoted(token.text));
        } else if (token.kind == SqlTokenKind::Dollar) {
            const std::string_view body = bodyOf(token.text);
            out.emplace_back(body);
            if (depth < deepest)
                collectLiterals(body, out, depth + 1);
        }
    }
}

void collectText(std::string_view text,
                 const std::set<std::string>& variables,
                 std::vector<DataFacts>& out)
{
    const auto tree = parseSql(text);
    if (!tree)
        return;
    for (const ParseNode& node : tree->statements())
        collect(node, out, {.variables = variables});
}

/// The statements of a DO block, those that EXECUTE runs as constants too.
void collectBlock(std::string_view statement, std::vector<DataFacts>& out)
{
    const auto block = parsePlpgsql(statement);
    if (!block)
        return;
    std::set<std::string> variables;
    std::vector<std::string> texts;
    for (const ParseNode& function : block->root().list("")) {
        visitTree(function, [&](const ParseNode& node) {
            if (!node.text("refname").empty())
                variables.emplace(node.text("refname"));
            if (node.is("PLpgSQL_expr"))
                texts.emplace_back(node.text("query"));
        });
    }
    for (const std::string& text : texts) {
        collectText(text, variables, out);
        std::vector<std::string> literals;
        collectLiterals(text, literals, 0);
        for (const std::string& literal : literals)
            collectText(literal, variables, out);
    }
}

} // namespace

std::vector<DataFacts> dataFacts(std::string_view statement)
{
    std::vector<DataFacts> result;
    const auto tree = parseSql(statement);
    if (!tree)
        return result;
    const std::set<std::string> none;
    for (const ParseNode& node : tree->statements()) {
        if (node.is("DoStmt"))
            collectBlock(statement, result);
        else
            collect(node, result, {.variables = none});
    }
    return result;
}

std::vector<std::string> literalsOf(std::string_view statement)
{
    std::vector<std::string> result;
    collectLiterals(statement, result, 0);
    return result;
}

} // namespace sightglass
