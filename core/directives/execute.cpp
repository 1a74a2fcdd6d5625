// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/execute.h"

#include "core/directives/execute_source.h"
#include "core/directives/execute_text.h"
#include "core/directives/execute_values.h"
#include "core/directives/revision_session.h"
#include "core/directives/server_exception.h"
#include "core/sql/sql_reader.h"
#include "core/sqlalchemy/clause.h"
#include "core/sqlalchemy/clause_text.h"

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {

constexpr std::size_t shownRows = 1'000; ///< of an executemany

/// One execution: SQL text with everything put in that is known.
class Execution
{
public:
    Execution(Interpreter& interpreter,
              RevisionSession& session,
              const Arguments& arguments,
              const ExecuteCall& call)
        : m_interpreter(interpreter)
        , m_session(session)
        , m_arguments(arguments)
        , m_call(call)
        , m_span(arguments.span.file.empty() ? interpreter.here() : arguments.span)
    {}

    Evaluated run()
    {
        const Value* given = givenStatement();
        if (given == nullptr)
            return missing();
        m_session.beginCall();
        if (given->isUnknown())
            return unknownSql(given->reason());
        if (const std::string* text = given->asText())
            return ofText(*text, m_call.rule);
        if (auto* clause = given->as<Clause>())
            return ofClause(*clause);
        return notExecutable(*given);
    }

private:
    const SourceIndex& index() const { return m_session.sourceIndex(m_interpreter, m_span); }

    const Value* givenStatement() const
    {
        for (std::string_view name : {"sqltext", "statement", "object_", "clause", "operation"}) {
            if (const Value* value = m_arguments.at(0, name))
                return value;
        }
        return nullptr;
    }

    Evaluated missing()
    {
        if (m_arguments.hidden) {
            m_session.beginCall();
            return unknownSql(m_arguments.hidden->reason);
        }
        return raising("TypeError",
                       "execute() missing 1 required positional argument: 'sqltext'",
                       {"Exception", "BaseException"});
    }

    Evaluated notExecutable(const Value& given)
    {
        Object* object = given.asObject();
        const std::string type = object != nullptr ? object->typeName() : "this value";
        const std::string reason =
            "executes an object of " + type + ", which is not known to this reader";
        return emitOpaque(reason, {}, !givesDataStatement(index(), m_span));
    }

    Evaluated emitOpaque(std::string reason, QualifiedName table = {}, bool structural = true)
    {
        Operation operation = draft();
        operation.reason = std::move(reason);
        operation.change = change::Opaque{.what = "runs SQL that is not known",
                                          .table = std::move(table),
                                          .structural = structural};
        if (auto raised = m_session.emitStatement(m_interpreter, {std::move(operation)}))
            return otherwise(std::move(*raised));
        return runTimeResult(m_interpreter, "SQL that is not known");
    }

    Operation draft() const
    {
        Operation operation;
        operation.span = m_span;
        operation.origin = Origin::Sql;
        operation.directive = m_call.directive;
        operation.autocommit = m_call.autocommit;
        operation.reason = m_call.reason;
        return operation;
    }

    Clause* withNothingGiven(Clause& given)
    {
        std::vector<std::pair<std::string, Value>> nothing;
        for (const std::string& name : given.openParameters())
            nothing.emplace_back(name, Value());
        return nothing.empty() ? &given : given.withParameters(m_interpreter, nothing);
    }

    Evaluated ofClause(Clause& given)
    {
        BoundSql bound;
        Clause* clause = m_session.offline()
                             ? withNothingGiven(given)
                             : bindClause(m_interpreter, given, parameters(), bound);
        if (!bound.missing.empty())
            return missingParameter(bound.missing);
        const std::string_view kind = clause->statementKind();
        const SqlText compiled = clause->compile(CompileContext{});
        const auto ofRow = [&](std::size_t row) {
            BoundSql next;
            const SqlText text =
                bindClause(m_interpreter, given, parameters(row), next)->compile(CompileContext{});
            next.text = text.isKnown() ? text.value() : std::string();
            return next;
        };
        readFurtherRows(ofRow);
        if (kind == "text") {
            if (!compiled.isKnown())
                return ofUnknownText(*clause, compiled.reason());
            bound.text = compiled.value();
            return ofSql(bound, bound.text);
        }
        return ofStatement(*clause, compiled, kind);
    }

    Evaluated ofStatement(Clause& clause, const SqlText& compiled, std::string_view kind)
    {
        Operation operation = draft();
        operation.origin = Origin::Directive;
        operation.change = clause.asChange();
        if (compiled.isKnown())
            operation.sql = compiled.value();
        addFurtherRows(operation);
        if (!compiled.isKnown() && std::holds_alternative<change::Opaque>(operation.change))
            return unknownSql(compiled.reason(), !isDataKind(kind));
        // DDL("…") is text of the author's, whatever a clause can say about it.
        if (kind == "ddl" && compiled.isKnown() && (isQuery(operation) || isOther(operation)))
            return ofSql(BoundSql{.text = compiled.value(), .missing = {}, .unknown = {}}, {});
        if (kind == "ddl" && !compiled.isKnown() && (isQuery(operation) || isOther(operation)))
            return unknownSql(compiled.reason());
        if (isQuery(operation) && compiled.isKnown())
            return query(std::move(operation), compiled.value());
        if (auto raised = m_session.emitStatement(m_interpreter, {std::move(operation)}))
            return otherwise(std::move(*raised));
        return result(kind.empty() ? "a statement" : std::string(kind));
    }

    static bool isDataKind(std::string_view kind)
    {
        return kind == "select" || kind == "insert" || kind == "update" || kind == "delete";
    }

    static bool isOther(const Operation& operation)
    {
        return std::holds_alternative<change::Other>(operation.change);
    }

    static bool isQuery(const Operation& operation)
    {
        return std::holds_alternative<change::Query>(operation.change);
    }

    Evaluated result(std::string_view statement) const
    {
        if (m_session.offline())
            return Value();
        return runTimeResult(m_interpreter, statement);
    }

    Evaluated ofText(const std::string& given, StringRule rule)
    {
        // What prints takes every string as text().
        const BoundSql bound = rule == StringRule::Text || m_session.offline()
                                   ? bindText(m_interpreter, given, parametersFor(given))
                                   : bindDriverText(m_interpreter, given, parameters());
        if (!bound.missing.empty())
            return missingParameter(bound.missing);
        readFurtherRows([&](std::size_t row) {
            return rule == StringRule::Text ? bindText(m_interpreter, given, parameters(row))
                                            : bindDriverText(m_interpreter, given, parameters(row));
        });
        return ofSql(bound, given);
    }

    /// The statement with each further row of an executemany.
    template <typename OfRow>
    void readFurtherRows(const OfRow& ofRow)
    {
        if (m_session.offline() || !m_call.parameters)
            return;
        for (std::size_t row = 1; row < std::min(parameterRows(m_arguments), shownRows); ++row) {
            BoundSql next = ofRow(row);
            if (next.text.empty() || !next.missing.empty() || !next.unknown.empty())
                return;
            m_furtherRows.push_back(std::move(next.text));
        }
    }

    /// They are sent one by one behind the first; for a reader they are one change of data.
    void addFurtherRows(Operation& operation) const
    {
        auto* data = std::get_if<change::ChangeData>(&operation.change);
        if (data == nullptr)
            return;
        if (data->rows && m_call.parameters && !m_session.offline())
            *data->rows *= static_cast<std::int64_t>(parameterRows(m_arguments));
        for (const std::string& text : m_furtherRows)
            operation.sql += ";\n" + text;
    }

    Evaluated missingParameter(const std::string& name) const
    {
        return otherwise(Raised{.type = "StatementError",
                                .bases = basesOfException("StatementError"),
                                .message = "(sqlalchemy.exc.InvalidRequestError) A value is "
                                           "required for bind parameter '" +
                                           name + "'",
                                .span = m_span,
                                .exception = {},
                                .stopsReading = false});
    }

    /// Parameters of a call are not printed: whatever has no value of its own becomes NULL.
    std::vector<Value> parametersFor(const std::string& text) const
    {
        if (!m_session.offline())
            return parameters();
        std::vector<std::pair<Value, Value>> nothing;
        for (const BindMark& mark : bindMarks(text))
            nothing.emplace_back(Value(mark.name), Value());
        return {m_interpreter.makeDictionary(std::move(nothing))};
    }

    std::vector<Value> parameters(std::size_t row = 0) const
    {
        if (!m_call.parameters)
            return {};
        return parametersOf(m_interpreter, m_arguments, row);
    }

    Evaluated ofSql(const BoundSql& bound, const std::string& written)
    {
        const std::vector<SqlStatement> statements = readSql(bound.text);
        if (statements.size() > 1)
            m_furtherRows.clear();
        std::optional<SqlLiteral> literal;
        if (bound.text == written)
            literal = SqlLiteral::find(index(), m_span);
        if (literal && literal->text() != written)
            literal.reset();
        for (const SqlStatement& statement : statements) {
            const SourceSpan span =
                literal ? literal->span(statement.begin, statement.end) : m_span;
            const bool open = statement.text.find(unknownMark) != std::string::npos;
            auto raised =
                open ? emitTemplate(statement, bound.unknown) : emitStatement(statement, span);
            if (raised)
                return otherwise(std::move(*raised));
        }
        if (statements.empty())
            return emptyQuery();
        if (statements.size() == 1)
            return answer(statements.front());
        return result(statements.back().text);
    }

    Evaluated emptyQuery() const
    {
        if (m_session.offline())
            return Value();
        return raising("ProgrammingError",
                       "(psycopg2.ProgrammingError) can't execute an empty query",
                       basesOfException("ProgrammingError"));
    }

    std::optional<Raised> emitStatement(const SqlStatement& statement, const SourceSpan& span)
    {
        std::vector<Operation> operations;
        for (const SqlChange& each : statement.changes) {
            Operation operation = draft();
            operation.span = span;
            operation.change = each.change;
            operation.sql = statement.text;
            addFurtherRows(operation);
            operation.alternative = each.alternative;
            operation.tolerated = each.tolerated;
            if (!each.reason.empty())
                operation.reason = each.reason;
            for (const std::string& condition : each.conditions)
                operation.guards.push_back(Guard{condition, span});
            if (!each.askedQuery.empty() && m_session.offline()) {
                operation.guards.push_back(Guard{each.askedQuery, span});
            } else if (!each.askedQuery.empty()) {
                const Outcome<Known<bool>, Raised> leftOut = isLeftOut(each);
                if (!leftOut)
                    return leftOut.error();
                if (leftOut->isKnown() && leftOut->value())
                    continue;
                if (!leftOut->isKnown())
                    operation.guards.push_back(Guard{each.askedQuery, span});
            }
            operations.push_back(std::move(operation));
        }
        if (!statement.error.empty())
            markAsRefused(statement, operations);
        if (std::ranges::any_of(statement.changes, endsTransaction))
            m_session.transactionEnded();
        return m_session.emitStatement(m_interpreter, std::move(operations));
    }

    /// COMMIT, ROLLBACK, ROLLBACK TO: what was aborted goes on.
    static bool endsTransaction(const SqlChange& each)
    {
        const auto* transaction = std::get_if<change::Transaction>(&each.change);
        return transaction != nullptr && (transaction->word.starts_with("COMMIT") ||
                                          transaction->word.starts_with("ROLLBACK"));
    }

    static void markAsRefused(const SqlStatement& statement, std::vector<Operation>& operations)
    {
        for (Operation& operation : operations) {
            if (operation.reason.empty())
                operation.reason = statement.error;
        }
    }

    /// Whether the catalog decides that a part of a DO block does not run.
    Outcome<Known<bool>, Raised> isLeftOut(const SqlChange& change)
    {
        const Outcome<Known<CatalogAnswer>, Raised> answered =
            askCatalog(m_interpreter, change.askedQuery);
        if (!answered)
            return otherwise(answered.error());
        if (!answered->isKnown())
            return Known<bool>(Unknown{answered->reason()});
        const bool found = !answered->value().rows.empty();
        return Known<bool>(change.unless ? !found : found);
    }

    Evaluated query(Operation operation, const std::string& sql)
    {
        if (auto raised = m_session.emitStatement(m_interpreter, {std::move(operation)}))
            return otherwise(std::move(*raised));
        return answerTo(sql);
    }

    Evaluated answer(const SqlStatement& statement)
    {
        const bool reads = statement.changes.size() == 1 &&
                           std::holds_alternative<change::Query>(statement.changes.front().change);
        return reads ? answerTo(statement.text) : result(statement.text);
    }

    Evaluated answerTo(const std::string& select)
    {
        if (m_session.offline())
            return Value();
        if (auto literal = answerOfLiteral(select, m_session.searchPath()))
            return makeResult(m_interpreter, *literal, select);
        if (!mentionsCatalog(select)) {
            if (const auto empty = m_session.answerOfEmptyTables(select))
                return makeResult(m_interpreter, *empty, select);
            return runTimeResult(m_interpreter, select);
        }
        const Outcome<Known<CatalogAnswer>, Raised> answered = askCatalog(m_interpreter, select);
        if (!answered)
            return otherwise(answered.error());
        if (!answered->isKnown())
            return runTimeResult(m_interpreter, select);
        return makeResult(m_interpreter, answered->value(), select);
    }

    Evaluated unknownSql(const std::string& reason, bool structural = true)
    {
        const std::vector<std::string> known = sqlTemplates(index(), m_span);
        if (known.empty())
            return emitOpaque(reason, {}, structural && !givesDataStatement(index(), m_span));
        if (known.size() > 1)
            return emitOpaque(reason, {}, !std::ranges::all_of(known, changesDataAtMost));
        return ofTemplate(known.front(), reason);
    }

    /// A text() of which only parameters are not known.
    Evaluated ofUnknownText(const Clause& clause, const std::string& reason)
    {
        const auto* text = dynamic_cast<const TextClause*>(&clause);
        return text == nullptr ? unknownSql(reason) : ofTemplate(text->written(), reason);
    }

    Evaluated ofTemplate(const std::string& text, const std::string& reason)
    {
        const std::vector<SqlStatement> statements = readSql(markParameters(text));
        if (statements.empty())
            return emitOpaque(reason);
        for (const SqlStatement& statement : statements) {
            if (auto raised = emitTemplate(statement, reason))
                return otherwise(std::move(*raised));
        }
        return result(statements.back().text);
    }

    static bool changesDataAtMost(const std::string& text)
    {
        const std::vector<SqlStatement> statements = readSql(markParameters(text));
        return std::ranges::all_of(statements, [](const SqlStatement& statement) {
            return std::ranges::none_of(statement.changes, [&](const SqlChange& each) {
                return isStructural(whatIsKnownOf(each.change, statement.text));
            });
        });
    }

    /// Parameters of text that is not known are no less unknown than the rest of it.
    static std::string markParameters(std::string_view text)
    {
        std::string marked;
        std::size_t at = 0;
        for (const BindMark& mark : bindMarks(text)) {
            marked += withoutColonEscapes(text.substr(at, mark.begin - at));
            marked += unknownMark;
            at = mark.end;
        }
        return marked + withoutColonEscapes(text.substr(at));
    }

    /// Emits what is known of a statement with unknown parts.
    std::optional<Raised> emitTemplate(const SqlStatement& statement, const std::string& reason)
    {
        std::vector<Operation> operations;
        const bool complete = statement.text.find(unknownMark) == std::string::npos;
        for (const SqlChange& each : statement.changes) {
            Operation operation = draft();
            if (complete) {
                operation.change = each.change;
                operation.sql = statement.text;
                if (!each.reason.empty())
                    operation.reason = each.reason;
            } else {
                operation.change = whatIsKnownOf(each.change, statement.text);
                if (isStructural(operation.change))
                    operation.reason = "runs SQL that is not known: " + reason;
            }
            operations.push_back(std::move(operation));
        }
        return m_session.emitStatement(m_interpreter, std::move(operations));
    }

    Interpreter& m_interpreter;
    RevisionSession& m_session;
    const Arguments& m_arguments;
    const ExecuteCall& m_call;
    SourceSpan m_span;
    std::vector<std::string> m_furtherRows;
};

} // namespace

Evaluated executeCall(Interpreter& interpreter, const Arguments& arguments, const ExecuteCall& call)
{
    RevisionSession* session = sessionOf(interpreter);
    if (session == nullptr)
        return Value(Unknown{"runs SQL outside a migration"});
    return Execution(interpreter, *session, arguments, call).run();
}

Evaluated executeStatement(Interpreter& interpreter,
                           const Arguments& arguments,
                           std::string_view directive,
                           StringRule rule)
{
    return executeCall(interpreter,
                       arguments,
                       ExecuteCall{.directive = std::string(directive),
                                   .rule = rule,
                                   .autocommit = false,
                                   .parameters = false,
                                   .reason = {}});
}

} // namespace sightglass
