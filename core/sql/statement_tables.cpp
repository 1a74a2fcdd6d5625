// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/statement_changes.h"
#include "core/sql/statement_definitions.h"

#include <algorithm>

namespace sightglass {

namespace {

/// LIKE other INCLUDING … EXCLUDING …
void readLike(const StatementText& statement,
              const ParseNode& node,
              TokenRange range,
              change::CreateTable& table)
{
    const ParseNode relation = node.field("relation");
    table.like.push_back(relationName(relation));
    const std::size_t behind = statement.behindName(statement.from(relation).begin);
    table.likeOptions.push_back(upperCase(statement.cut({behind, range.end})));
}

/// The list in parentheses behind the table's name, if there is one.
void readElements(const StatementText& statement,
                  const ParseNode& node,
                  std::size_t open,
                  change::CreateTable& table)
{
    const std::vector<TokenRange> ranges = statement.items(statement.inside(open));
    const std::vector<ParseNode> elements = node.list("tableElts");
    std::vector<std::vector<std::string>> notNull; ///< columns of NOT NULL constraints
    for (std::size_t i = 0; i < elements.size(); ++i) {
        const TokenRange range =
            elements.size() == ranges.size() ? ranges[i] : TokenRange{open, open};
        if (elements[i].is("ColumnDef"))
            table.columns.push_back(readColumn(statement, elements[i], range.end));
        else if (statement.has(NewerClause::NotNullConstraint, range))
            notNull.push_back(elements[i].field("raw_expr").strings("fields"));
        else if (elements[i].is("Constraint"))
            table.constraints.push_back(readConstraint(statement, elements[i], range));
        else if (elements[i].is("TableLikeClause"))
            readLike(statement, elements[i], range, table);
    }
    for (ColumnDefinition& column : table.columns)
        column.notNull =
            column.notNull || std::ranges::find(notNull, std::vector{column.name}) != notNull.end();
}

/// FOR VALUES … or DEFAULT, up to the next clause.
std::string boundText(const StatementText& statement, TokenRange range)
{
    if (statement.is(range.begin, "default"))
        return "DEFAULT";
    std::size_t end = range.begin;
    for (std::size_t i = range.begin; i < range.end; ++i) {
        if (!statement.isMark(i, '('))
            continue;
        i = statement.closing(i);
        end = i + 1;
        if (!statement.is(i + 1, "to"))
            break;
    }
    return statement.cut({range.begin, end});
}

/// What is written behind the list and the partition clauses, clause by clause.
std::vector<std::string> tableOptions(const StatementText& statement, TokenRange range)
{
    std::vector<std::string> result;
    const auto starts = [&](std::size_t i) {
        return statement.is(i, "with") || statement.is(i, "without") ||
               statement.is(i, "tablespace") || statement.is(i, "using") ||
               (statement.is(i, "on") && statement.is(i + 1, "commit")) ||
               statement.is(i, "server") || statement.is(i, "options");
    };
    std::size_t i = range.begin;
    while (i < range.end && !starts(i))
        ++i;
    while (i < range.end) {
        std::size_t end = i + 1;
        while (end < range.end && (!starts(end) || statement.is(end - 1, "commit"))) {
            end = statement.isMark(end, '(') ? statement.closing(end) + 1 : end + 1;
        }
        result.push_back(statement.cut({i, end}));
        i = end;
    }
    return result;
}

void readPartitioning(const StatementText& statement,
                      const ParseNode& node,
                      TokenRange& tail,
                      change::CreateTable& table)
{
    const std::vector<ParseNode> parents = node.list("inhRelations");
    const ParseNode bound = node.field("partbound");
    if (bound && !parents.empty()) {
        table.partitionOf = relationName(parents.front());
        std::size_t start = tail.begin;
        while (start < tail.end && !statement.is(start, "for") && !statement.is(start, "default"))
            ++start;
        table.partitionBound = boundText(statement, {start, tail.end});
    } else {
        for (const ParseNode& parent : parents)
            table.inherits.push_back(relationName(parent));
    }
    const ParseNode partition = node.field("partspec");
    if (!partition)
        return;
    const std::size_t begin = statement.from(partition).begin;
    const std::size_t open = statement.findOpening({begin, tail.end});
    const std::size_t close = statement.closing(open);
    table.partitionBy =
        upperCase(partition.text("strategy")) + " (" + statement.cut(statement.inside(open)) + ")";
    tail.begin = close + 1;
}

/// Where the clauses behind the name, the list and the parents begin.
TokenRange tailOf(const StatementText& statement, const ParseNode& node, std::size_t open)
{
    TokenRange tail = statement.all();
    tail.begin = open < tail.end
                     ? statement.closing(open) + 1
                     : statement.behindName(statement.from(node.field("relation")).begin);
    if (statement.is(tail.begin, "inherits"))
        tail.begin = statement.closing(tail.begin + 1) + 1;
    return tail;
}

/// The parenthesis of the list of columns: directly behind the name, or behind PARTITION OF parent.
std::size_t openingOf(const StatementText& statement, const ParseNode& node)
{
    std::size_t index = statement.behindName(statement.from(node.field("relation")).begin);
    if (statement.is(index, "partition") && statement.is(index + 1, "of"))
        index = statement.behindName(index + 2);
    return statement.isMark(index, '(') ? index : statement.all().end;
}

change::CreateTable
readTable(const StatementText& statement, const ParseNode& node, bool ifNotExists)
{
    change::CreateTable table;
    const ParseNode relation = node.field("relation");
    table.table = relationName(relation);
    table.ifNotExists = ifNotExists;
    table.unlogged = relation.text("relpersistence") == "u";
    table.temporary = relation.text("relpersistence") == "t";
    const std::size_t open = openingOf(statement, node);
    readElements(statement, node, open, table);
    TokenRange tail = tailOf(statement, node, open);
    readPartitioning(statement, node, tail, table);
    table.options = tableOptions(statement, tail);
    return table;
}

/// `query` without WITH [NO] DATA at its end.
TokenRange withoutData(const StatementText& statement, TokenRange query)
{
    if (query.end < query.begin + 2 || !statement.is(query.end - 1, "data"))
        return query;
    if (statement.is(query.end - 2, "with"))
        query.end -= 2;
    else if (statement.is(query.end - 2, "no") && query.end - query.begin > 2 &&
             statement.is(query.end - 3, "with"))
        query.end -= 3;
    return query;
}

/// Types are those of the query: none is written.
void nameColumns(const ParseNode& into, change::CreateTable& table)
{
    for (const std::string& name : into.strings("colNames"))
        table.columns.push_back({.name = name});
}

} // namespace

void readCreateTable(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    if (node.has("ofTypename")) {
        const QualifiedName name = relationName(node.field("relation"));
        out.push_back(
            opaqueChange("creates table " + toText(name) + " with the columns of a type", name));
        return;
    }
    out.push_back(readChange(readTable(statement, node, node.flag("if_not_exists"))));
}

void readCreateForeignTable(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    const ParseNode base = node.field("base");
    out.push_back(readChange(readTable(statement, base, base.flag("if_not_exists"))));
}

void readCreateTableAs(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    const ParseNode into = node.field("into");
    const ParseNode relation = into.field("rel");
    const TokenRange rest = statement.from(relation);
    const std::size_t as = statement.find(rest, "as");
    const TokenRange query = withoutData(statement, {as + 1, rest.end});
    if (node.text("objtype") == "OBJECT_MATVIEW") {
        out.push_back(readChange(change::CreateView{.view = relationName(relation),
                                                    .query = statement.cut(query),
                                                    .materialized = true,
                                                    .ifNotExists = node.flag("if_not_exists"),
                                                    .columns = into.strings("colNames")}));
        return;
    }
    change::CreateTable table;
    table.table = relationName(relation);
    table.ifNotExists = node.flag("if_not_exists");
    table.unlogged = relation.text("relpersistence") == "u";
    table.temporary = relation.text("relpersistence") == "t";
    table.query = statement.cut(query);
    nameColumns(into, table);
    table.options = tableOptions(statement, {rest.begin + 1, as});
    out.push_back(readChange(std::move(table)));
}

void readSelectInto(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    const ParseNode relation = node.field("rel");
    change::CreateTable table;
    table.table = relationName(relation);
    table.unlogged = relation.text("relpersistence") == "u";
    table.temporary = relation.text("relpersistence") == "t";
    // The query without its INTO clause: SELECT … FROM ….
    const std::size_t end = statement.behindName(statement.from(relation).begin);
    std::size_t begin = statement.from(relation).begin;
    while (begin > 0 && !statement.is(begin, "into"))
        --begin;
    table.query = statement.cut({0, begin}) + " " + statement.cut({end, statement.all().end});
    while (table.query.ends_with(' '))
        table.query.pop_back();
    out.push_back(readChange(std::move(table)));
}

} // namespace sightglass
