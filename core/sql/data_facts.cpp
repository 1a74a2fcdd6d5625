// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/data_facts.h"

#include "core/sql/bounded_columns.h"
#include "core/sql/statement_text.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

constexpr int deepestQuery = 100;

void collect(const ParseNode& node, std::vector<DataFacts>& out, int depth);

void collectWith(const ParseNode& node, std::vector<DataFacts>& out, int depth)
{
    for (const ParseNode& query : node.field("withClause").list("ctes"))
        collect(query.field("ctequery"), out, depth + 1);
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

void takeWhere(const ParseNode& node, std::string_view field, DataFacts& facts)
{
    const ParseNode where = node.field(field);
    facts.hasWhere = static_cast<bool>(where);
    if (!where)
        return;
    const ParseNode relation = node.field("relation");
    const std::string_view alias = relation.field("alias").text("aliasname");
    const WhereFacts read = whereFacts(where, alias.empty() ? relation.text("relname") : alias);
    facts.whereIsAlwaysTrue = read.alwaysTrue;
    facts.boundedColumns = read.bounded;
    facts.limited = read.limited;
}

void takeValues(const ParseNode& select, const ParseNode& insert, DataFacts& facts)
{
    const std::vector<std::string> columns = columnNames(insert, "cols");
    for (const ParseNode& row : select.list("valuesLists")) {
        std::vector<WrittenValue>& values = facts.rows.emplace_back();
        for (const ParseNode& each : row.items()) {
            WrittenValue value = writtenValue(each);
            if (values.size() < columns.size())
                value.column = columns[values.size()];
            values.push_back(std::move(value));
        }
    }
}

void takeInsert(const ParseNode& node, DataFacts& facts)
{
    facts.targets = targetsOf(node, "cols");
    const ParseNode select = node.field("selectStmt");
    takeValues(select, node, facts);
    facts.fromQuery = static_cast<bool>(select) && facts.rows.empty();
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

void collect(const ParseNode& node, std::vector<DataFacts>& out, int depth)
{
    if (!node || depth > deepestQuery)
        return;
    collectWith(node, out, depth);
    if (node.is("SelectStmt") && node.has("larg")) {
        collect(node.field("larg"), out, depth + 1);
        collect(node.field("rarg"), out, depth + 1);
    } else if (node.is("ExplainStmt") || node.is("CopyStmt")) {
        collect(node.field("query"), out, depth + 1);
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
    takeWhere(node, "whereClause", facts);
    if (command->word == "INSERT") {
        collectWith(node.field("selectStmt"), out, depth + 1);
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

} // namespace

std::vector<DataFacts> dataFacts(std::string_view statement)
{
    std::vector<DataFacts> result;
    const auto tree = parseSql(statement);
    if (!tree)
        return result;
    for (const ParseNode& node : tree->statements())
        collect(node, result, 0);
    return result;
}

std::vector<std::string> literalsOf(std::string_view statement)
{
    std::vector<std::string> result;
    collectLiterals(statement, result, 0);
    return result;
}

} // namespace sightglass
