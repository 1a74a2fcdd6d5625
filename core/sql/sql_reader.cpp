// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/sql_reader.h"

#include "core/sql/newer_syntax.h"
#include "core/sql/parse_tree.h"
#include "core/sql/statement_changes.h"
#include "core/sql/statement_scripts.h"
#include "core/sql/statement_split.h"
#include "core/sql/statement_text.h"
#include "core/sql/unparsed_sql.h"

#include <pg_query.h>

namespace sightglass {

namespace {

SqlStatement readStatement(std::string_view text, const StatementRange& range)
{
    SqlStatement result;
    result.text = text.substr(range.begin, range.end - range.begin);
    result.begin = range.begin;
    result.end = range.end;
    if (range.command) {
        result.changes = changesOfPsqlCommand(result.text);
        return result;
    }
    auto tree = parseSql(result.text);
    std::optional<OlderStatement> older;
    if (!tree)
        older = inOlderGrammar(result.text);
    if (older) {
        if (auto again = parseSql(older->text))
            tree = std::move(again);
    }
    if (!tree) {
        result.error = tree.error().message;
        result.errorOffset = range.begin + tree.error().offset;
        result.changes.push_back(
            opaqueChange(std::string(unparsedSql), {}, true, tree.error().message));
        return result;
    }
    const StatementText statement =
        older ? StatementText(older->text, std::move(older->notes)) : StatementText(result.text);
    for (const ParseNode& node : tree->statements()) {
        for (SqlChange& change : changesOf(statement, node))
            result.changes.push_back(std::move(change));
    }
    return result;
}

} // namespace

std::vector<SqlStatement> readSql(std::string_view text, const SqlReadingOptions& options)
{
    std::vector<SqlStatement> result;
    for (const StatementRange& range : splitStatements(text, options.script)) {
        SqlStatement statement = readStatement(text, range);
        if (!statement.changes.empty())
            result.push_back(std::move(statement));
    }
    return result;
}

std::string sqlFingerprint(std::string_view statement)
{
    if (refusedBeforeParsing(statement))
        return {};
    const std::string terminated(statement);
    const PgQueryFingerprintResult parsed = pg_query_fingerprint(terminated.c_str());
    std::string result;
    if (parsed.error == nullptr && parsed.fingerprint_str != nullptr)
        result = parsed.fingerprint_str;
    pg_query_free_fingerprint_result(parsed);
    return result;
}

} // namespace sightglass
