// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/sql_file.h"

#include "core/history/history_state.h"
#include "core/sql/catalog_questions.h"
#include "core/sql/sql_reader.h"
#include "core/sql/statement_tokens.h"
#include "core/sql/unparsed_sql.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace sightglass {

namespace {

/// Lines and columns of a text's offsets, asked for in ascending order.
class Places
{
public:
    Places(std::string_view text, std::string file)
        : m_text(text)
        , m_file(std::move(file))
    {}

    SourceSpan span(std::size_t begin, std::size_t end)
    {
        SourceSpan span{.file = m_file, .begin = begin, .end = end};
        goTo(begin);
        span.line = m_line;
        span.column = static_cast<int>(begin - m_lineBegin) + 1;
        const auto inner = m_text.substr(begin, end - begin);
        const auto lines = std::ranges::count(inner, '\n');
        const auto last = inner.rfind('\n');
        span.endLine = m_line + static_cast<int>(lines);
        span.endColumn = last == std::string_view::npos
                             ? span.column + static_cast<int>(inner.size())
                             : static_cast<int>(inner.size() - last);
        return span;
    }

private:
    void goTo(std::size_t offset)
    {
        if (offset < m_at) {
            m_at = 0;
            m_line = 1;
            m_lineBegin = 0;
        }
        for (; m_at < offset && m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] == '\n') {
                ++m_line;
                m_lineBegin = m_at + 1;
            }
        }
    }

    std::string_view m_text;
    std::string m_file;
    std::size_t m_at = 0;
    int m_line = 1;
    std::size_t m_lineBegin = 0;
};

constexpr std::string_view alterIfExists = "ALTER TABLE IF EXISTS";

bool isAlterIfExists(const SqlStatement& statement)
{
    const std::vector<SqlToken> tokens = sqlTokens(statement.text);
    return tokens.size() > 3 && tokens[0].is("alter") && tokens[1].is("table") &&
           tokens[2].is("if") && tokens[3].is("exists");
}

/// Whether the catalog decides that a change does not happen; absent: it does not decide.
std::optional<bool> isLeftOut(const SqlChange& change, const Replay& replay)
{
    const auto answer = answerFromSchema(change.askedQuery, replay.schema(), replay.searchPath());
    if (!answer.isKnown())
        return std::nullopt;
    const bool any = !answer.value().rows.empty();
    return change.unless ? !any : any;
}

/// ALTER TABLE IF EXISTS of a table that is not there: it runs, and does nothing.
Operation passedOver(Operation operation)
{
    operation.change = change::Other{.statement = std::string(alterIfExists),
                                     .object = objectOf(operation.change).table};
    return operation;
}

Operation operationOf(const SqlStatement& statement, const SqlChange& change, SourceSpan span)
{
    Operation operation{.change = change.change, .span = std::move(span)};
    operation.origin = Origin::SqlFile;
    operation.sql = statement.text;
    operation.reason = !statement.error.empty() ? statement.error : change.reason;
    operation.alternative = change.alternative;
    operation.tolerated = change.tolerated;
    for (const std::string& condition : change.conditions)
        operation.guards.push_back({.text = condition, .span = operation.span});
    if (!operation.reason.empty() && !isSyntaxError(operation.change, operation.reason))
        operation.resolution = Resolution::Opaque;
    else if (!operation.guards.empty())
        operation.resolution = Resolution::Conditional;
    return operation;
}

} // namespace

SqlFileReading readSqlFile(std::string_view text, const std::string& file, SqlFileStart start)
{
    SqlFileReading reading;
    Places places(text, file);
    Replay& replay = start.database;
    int number = 0;
    for (const SqlStatement& statement : readSql(text, {.script = true})) {
        const SourceSpan span = places.span(statement.begin, statement.end);
        std::map<std::string, std::optional<bool>> answers; // of questions, at their first change
        for (const SqlChange& change : statement.changes) {
            Operation operation = operationOf(statement, change, span);
            operation.statement = number;
            operation.call = number;
            if (!change.askedQuery.empty()) {
                const auto question = (change.unless ? "unless " : "if ") + change.askedQuery;
                const auto answer = answers.find(question);
                const auto leftOut =
                    answer != answers.end()
                        ? answer->second
                        : answers
                              .emplace(question,
                                       start.whole ? isLeftOut(change, replay) : std::nullopt)
                              .first->second;
                if (leftOut && *leftOut) {
                    const bool first = &change == &statement.changes.front();
                    if (first && isAlterIfExists(statement))
                        reading.operations.push_back(passedOver(std::move(operation)));
                    continue;
                }
                if (!leftOut) {
                    operation.guards.push_back({.text = change.askedQuery, .span = span});
                    if (operation.resolution == Resolution::Resolved)
                        operation.resolution = Resolution::Conditional;
                }
            }
            if (const auto refusal = replay.apply(operation)) {
                reading.refused.push_back(
                    {.operation = reading.operations.size(), .refusal = *refusal});
                if (!operation.tolerated)
                    replay.assume(operation, *refusal);
            }
            reading.operations.push_back(std::move(operation));
        }
        ++number;
    }
    reading.result = {.schema = replay.schema(), .doubts = replay.doubts()};
    return reading;
}

} // namespace sightglass
