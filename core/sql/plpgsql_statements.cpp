// SPDX-License-Identifier: GPL-3.0-or-later
// What the single statements of a plpgsql body do, and what they make of its variables.
#include "core/operations/operation.h"
#include "core/sql/catalog_questions.h"
#include "core/sql/plpgsql_block.h"
#include "core/sql/statement_changes.h"

#include <algorithm>

namespace sightglass::plpgsql {

namespace {

constexpr std::size_t changeLimit = 10'000;
constexpr std::int64_t errorLevel = 21; ///< elog level of RAISE EXCEPTION

} // namespace

std::string queryOf(const ParseNode& holder, std::string_view field)
{
    return std::string(holder.field(field).text("query"));
}

std::string shortened(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!blank || (!result.empty() && result.back() != ' '))
            result += blank ? ' ' : c;
    }
    constexpr std::size_t limit = 200;
    if (result.size() > limit) {
        std::size_t end = limit;
        while (end > 0 && (static_cast<unsigned char>(result[end]) & 0xC0U) == 0x80U)
            --end;
        result = result.substr(0, end) + "…";
    }
    return result;
}

BlockReader::BlockReader(const ParseNode& function, SqlChanges& out)
    : m_out(out)
{
    for (const ParseNode& datum : function.list("datums")) {
        const std::string name(datum.text("refname"));
        m_datums.push_back(name);
        if (datum.is("PLpgSQL_row") || name.empty())
            continue;
        m_variables.declare(name);
        const std::string initial = queryOf(datum, "default_val");
        if (const BuiltText text = builtText(initial, m_variables);
            !initial.empty() && text.known && !text.null)
            m_variables.bind(name, plpgsqlLiteral(text.text));
    }
    walk(function.field("action"), {}, 0);
}

void BlockReader::emit(SqlChange change, const Standing& standing)
{
    if (m_out.size() >= changeLimit) {
        if (m_out.size() == changeLimit)
            m_out.push_back(opaqueChange("does more than is read of one DO block"));
        return;
    }
    change.conditions = standing.conditions;
    change.alternative = standing.alternative;
    change.tolerated = standing.tolerated;
    std::vector<std::string> questions = standing.questions;
    if (!change.askedQuery.empty()) // ALTER TABLE IF EXISTS
        questions.push_back("EXISTS (" + change.askedQuery + ")");
    change.askedQuery.clear();
    for (const std::string& question : questions)
        change.askedQuery += (change.askedQuery.empty() ? "SELECT 1 WHERE " : " AND ") + question;
    change.unless = !questions.empty();
    if (isStructural(change.change)) // what a query found before need not hold any more
        m_variables.forgetQueries();
    m_out.push_back(std::move(change));
}

void BlockReader::emitStatement(std::string_view sql, const Standing& standing)
{
    const auto tree = parseSql(sql);
    if (!tree) {
        emit(opaqueChange("runs SQL that PostgreSQL can't parse: " + shortened(sql),
                          {},
                          true,
                          tree.error().message),
             standing);
        return;
    }
    const StatementText text(sql);
    for (const ParseNode& node : tree->statements()) {
        if (node.is("DoStmt")) {
            emit(opaqueChange("runs a DO block inside of a DO block"), standing);
            continue;
        }
        for (SqlChange& change : changesOf(text, node, 1))
            emit(std::move(change), standing);
    }
}

std::vector<std::string> BlockReader::targets(const ParseNode& node) const
{
    std::vector<std::string> result;
    const ParseNode target = node.field("target");
    for (const ParseNode& field : target.list("fields"))
        result.emplace_back(field.text("name"));
    if (result.empty() && !target.text("refname").empty())
        result.emplace_back(target.text("refname"));
    return result;
}

void BlockReader::bindResults(const ParseNode& node, const std::string& sql)
{
    const auto asked = m_variables.substituted(sql);
    const bool askable = asked && asksCatalogOnly("EXISTS (" + *asked + ")");
    const std::vector<std::string> names = targets(node);
    for (const std::string& name : names)
        m_variables.forget(name);
    m_variables.forget("found");
    if (!askable)
        return;
    m_variables.bind("found", "(EXISTS (" + *asked + "))");
    if (names.size() == 1)
        m_variables.bind(names.front(), "(" + *asked + ")");
}

Flow BlockReader::statement(const ParseNode& node, const Standing& standing, int)
{
    const std::string sql = queryOf(node, "sqlstmt");
    emitStatement(sql, standing);
    const std::vector<SqlToken> tokens = sqlTokens(sql);
    const bool reads =
        !tokens.empty() && (tokens.front().is("select") || tokens.front().is("with"));
    m_variables.forget("found");
    if (reads || node.flag("into"))
        bindResults(node, sql);
    return Flow::Continues;
}

Flow BlockReader::perform(const ParseNode& node, const Standing& standing, int)
{
    const std::string sql = queryOf(node, "expr");
    emitStatement(sql, standing);
    bindResults(node, sql);
    return Flow::Continues;
}

Flow BlockReader::call(const ParseNode& node, const Standing& standing, int)
{
    const std::string sql = queryOf(node, "expr");
    if (sqlTokens(sql).empty())
        return Flow::Continues;
    emitStatement(sql, standing);
    return Flow::Continues;
}

Flow BlockReader::execute(const ParseNode& node, const Standing& standing, int)
{
    for (const std::string& name : targets(node))
        m_variables.forget(name);
    const std::string expression = queryOf(node, "query");
    const BuiltText built = builtText(expression, m_variables);
    if (built.known && !built.null) {
        emitStatement(built.text, standing);
        return Flow::Continues;
    }
    const std::string what = "runs SQL built from " + shortened(expression);
    const auto tree = parseSql(built.text);
    if (!tree || built.null || tree->statements().empty()) {
        emit(opaqueChange(what), standing);
        return Flow::Continues;
    }
    const StatementText text(built.text);
    for (const ParseNode& inner : tree->statements()) {
        if (inner.is("DoStmt")) {
            emit(opaqueChange(what), standing);
            continue;
        }
        for (const SqlChange& change : changesOf(text, inner, 1))
            emit(partlyKnown(change, what), standing);
    }
    return Flow::Continues;
}

SqlChange BlockReader::partlyKnown(const SqlChange& change, const std::string& what)
{
    const ChangedObject object = objectOf(change.change);
    const bool known =
        !object.table.name.empty() && toText(object.table).find(unknownPart) == std::string::npos;
    const bool own = !std::holds_alternative<change::CreateTable>(change.change) || known;
    return opaqueChange(
        what, known && own ? object.table : QualifiedName(), isStructural(change.change));
}

Flow BlockReader::assign(const ParseNode& node, const Standing& standing, int)
{
    const std::string text = queryOf(node, "expr");
    const std::size_t equals = text.find(":=");
    const std::size_t sign = equals == std::string::npos ? text.find('=') : equals;
    if (sign == std::string::npos)
        return Flow::Continues;
    std::string name = lowerCase(text.substr(0, sign));
    while (!name.empty() && (name.back() == ' ' || name.back() == '\n' || name.back() == '\t'))
        name.pop_back();
    const std::string value = text.substr(sign + (equals == std::string::npos ? 1 : 2));
    emitCalls(value, standing);
    const BuiltText built = builtText(value, m_variables);
    const auto asked = m_variables.substituted(value);
    m_variables.forget(name);
    if (built.known && !built.null)
        m_variables.bind(name, plpgsqlLiteral(built.text));
    else if (asked && asksCatalogOnly(*asked))
        m_variables.bind(name, "(" + *asked + ")");
    return Flow::Continues;
}

void BlockReader::emitCalls(const std::string& expression, const Standing& standing)
{
    const std::string sql = "SELECT " + expression;
    const auto tree = parseSql(sql);
    if (!tree)
        return;
    const StatementText text(sql);
    for (const ParseNode& node : tree->statements()) {
        for (SqlChange& change : changesOf(text, node, 1)) {
            if (!std::holds_alternative<change::Query>(change.change))
                emit(std::move(change), standing);
        }
    }
}

Flow BlockReader::raise(const ParseNode& node, const Standing& standing, int)
{
    const bool again = !node.has("message") && !node.has("condname");
    if (node.integer("elog_level") < errorLevel && !again)
        return Flow::Continues;
    const std::string words(node.has("message") ? node.text("message") : node.text("condname"));
    emit(opaqueChange("raises an exception" + (words.empty() ? "" : ": " + words), {}, false),
         standing);
    return Flow::Raises;
}

Flow BlockReader::nothing(const ParseNode&, const Standing&, int)
{
    m_variables = declaredOnly();
    return Flow::Continues;
}

Flow BlockReader::check(const ParseNode& node, const Standing& standing, int)
{
    emit(opaqueChange("asserts " + shortened(queryOf(node, "cond")), {}, false), standing);
    return Flow::Continues;
}

Flow BlockReader::transaction(const ParseNode& node, const Standing& standing, int)
{
    const bool commits = node.is("PLpgSQL_stmt_commit");
    emit(readChange(change::Transaction{.word = commits ? "COMMIT" : "ROLLBACK"}), standing);
    return Flow::Continues;
}

} // namespace sightglass::plpgsql
