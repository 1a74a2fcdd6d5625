// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/emitter.h"

#include "core/directives/connection.h"
#include "core/directives/printed_connection.h"
#include "core/directives/revision_session.h"
#include "core/directives/server_exception.h"
#include "core/evaluation/read_sources.h"
#include "core/sql/unparsed_sql.h"

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {

std::string reasonIn(const SqlText& text)
{
    return text.isKnown() ? std::string() : text.reason();
}

std::string reasonIn(const std::optional<SqlText>& text)
{
    return text ? reasonIn(*text) : std::string();
}

std::string reasonIn(const std::vector<IndexElement>& elements)
{
    for (const IndexElement& element : elements) {
        if (std::string reason = reasonIn(element.expression); !reason.empty())
            return reason;
    }
    return {};
}

std::string reasonIn(const ConstraintDefinition& constraint)
{
    if (std::string reason = reasonIn(constraint.expression); !reason.empty())
        return reason;
    if (std::string reason = reasonIn(constraint.predicate); !reason.empty())
        return reason;
    return reasonIn(constraint.elements);
}

std::string reasonIn(const std::vector<ConstraintDefinition>& constraints)
{
    for (const ConstraintDefinition& constraint : constraints) {
        if (std::string reason = reasonIn(constraint); !reason.empty())
            return reason;
    }
    return {};
}

std::string reasonIn(const ColumnDefinition& column)
{
    if (std::string reason = reasonIn(column.type); !reason.empty())
        return reason;
    if (std::string reason = reasonIn(column.defaultExpression); !reason.empty())
        return reason;
    if (std::string reason = reasonIn(column.generated); !reason.empty())
        return reason;
    return reasonIn(column.constraints);
}

struct UnknownPart
{
    std::string operator()(const change::CreateTable& create) const
    {
        for (const ColumnDefinition& column : create.columns) {
            if (std::string reason = reasonIn(column); !reason.empty())
                return reason;
        }
        return reasonIn(create.constraints);
    }

    std::string operator()(const change::AddColumn& add) const { return reasonIn(add.column); }

    std::string operator()(const change::SetColumnType& set) const
    {
        // USING decides how data is converted, not what the column is.
        return reasonIn(set.type);
    }

    std::string operator()(const change::SetDefault& set) const { return reasonIn(set.expression); }

    std::string operator()(const change::AddConstraint& add) const
    {
        return reasonIn(add.constraint);
    }

    std::string operator()(const change::CreateIndex& create) const
    {
        if (std::string reason = reasonIn(create.index.predicate); !reason.empty())
            return reason;
        return reasonIn(create.index.elements);
    }

    std::string operator()(const change::CreateDomain& create) const
    {
        if (std::string reason = reasonIn(create.type); !reason.empty())
            return reason;
        if (std::string reason = reasonIn(create.defaultExpression); !reason.empty())
            return reason;
        return reasonIn(create.constraints);
    }

    std::string operator()(const change::Opaque& opaque) const { return opaque.what; }

    template <typename Other>
    std::string operator()(const Other&) const
    {
        return {};
    }
};

} // namespace

std::string unknownPartOf(const Change& change)
{
    return std::visit(UnknownPart{}, change);
}

Circumstances circumstancesOf(const Interpreter& interpreter)
{
    return {.guards = interpreter.guards(),
            .alternative = interpreter.inAlternative(),
            .tolerated = interpreter.databaseErrorsAreCaught()};
}

RevisionSession::RevisionSession(const SourceModule& file,
                                 const Surroundings& surroundings,
                                 MigrationTarget& target,
                                 ModuleSource& modules)
    : m_file(file)
    , m_surroundings(surroundings)
    , m_target(target)
    , m_modules(modules)
{}

Value RevisionSession::environmentOption(const std::string& name)
{
    if (!m_options)
        m_options = environmentOptions(m_modules, m_file.path, m_surroundings.limits);
    const auto found = m_options->find(name);
    if (found == m_options->end() || found->second.value.isUnknown())
        return Value(Unknown{"an option of the context is set by the configuration"});
    const EnvironmentOption& option = found->second;
    if (option.assumed) {
        const std::string* text = option.value.asText();
        std::string note = "the option " + name + " of the context is " +
                           (text != nullptr ? "'" + *text + "', " : "") +
                           "the project's default, unless the environment sets another";
        if (std::ranges::find(m_assumptions, note) == m_assumptions.end())
            m_assumptions.push_back(std::move(note));
    }
    return option.value;
}

RevisionSession* sessionOf(const Interpreter& interpreter)
{
    return interpreter.service<RevisionSession>();
}

std::optional<Raised> RevisionSession::run(Interpreter& interpreter,
                                           std::vector<Change> changes,
                                           std::string directive,
                                           SourceSpan span)
{
    for (Change& change : changes)
        settle(change);
    return emit(interpreter,
                std::move(changes),
                EmitDetails{.directive = std::move(directive),
                            .span = std::move(span),
                            .reason = {},
                            .circumstances = {},
                            .texts = {}});
}

std::optional<Raised>
RevisionSession::emit(Interpreter& interpreter, std::vector<Change> changes, EmitDetails details)
{
    beginCall();
    const Circumstances around = details.circumstances.value_or(circumstancesOf(interpreter));
    for (std::size_t at = 0; at < changes.size(); ++at) {
        Operation operation;
        operation.change = std::move(changes[at]);
        if (at < details.texts.size())
            operation.sql = details.texts[at];
        operation.span = details.span.file.empty() ? interpreter.here() : details.span;
        operation.directive = details.directive;
        operation.reason = details.reason;
        operation.guards = around.guards;
        operation.alternative = around.alternative;
        // A queued statement fails where its block ends, whatever stood around its call.
        operation.tolerated = interpreter.databaseErrorsAreCaught();
        operation.statement = m_statement++;
        operation.call = m_call;
        if (auto raised = send(interpreter, std::move(operation)))
            return raised;
    }
    return std::nullopt;
}

std::optional<Raised>
RevisionSession::emitOpaque(Interpreter& interpreter, change::Opaque opaque, EmitDetails details)
{
    if (details.reason.empty())
        details.reason = opaque.what;
    std::vector<Change> changes;
    changes.emplace_back(std::move(opaque));
    return emit(interpreter, std::move(changes), std::move(details));
}

std::optional<Raised> RevisionSession::emitStatement(Interpreter& interpreter,
                                                     std::vector<Operation> prepared)
{
    const int statement = m_statement++;
    for (Operation& operation : prepared) {
        std::vector<Guard> guards = interpreter.guards();
        guards.insert(guards.end(),
                      std::make_move_iterator(operation.guards.begin()),
                      std::make_move_iterator(operation.guards.end()));
        operation.guards = std::move(guards);
        operation.alternative = operation.alternative || interpreter.inAlternative();
        operation.tolerated = operation.tolerated || interpreter.databaseErrorsAreCaught();
        operation.statement = statement;
        operation.call = m_call;
        if (auto raised = send(interpreter, std::move(operation)))
            return raised;
    }
    return std::nullopt;
}

void RevisionSession::qualify(Operation& operation) const
{
    const std::string unknown =
        operation.reason.empty() ? unknownPartOf(operation.change) : operation.reason;
    const bool refused = isSyntaxError(operation.change, operation.reason);
    if (!unknown.empty() && !(refused && operation.guards.empty())) {
        operation.resolution = Resolution::Opaque;
        operation.reason = unknown;
    } else if (!operation.guards.empty()) {
        operation.resolution = Resolution::Conditional;
        operation.reason = "depends on " + operation.guards.back().text;
    } else {
        operation.resolution = Resolution::Resolved;
    }
    operation.autocommit = operation.autocommit || m_autocommit > 0;
}

std::optional<Raised> RevisionSession::send(Interpreter& interpreter, Operation operation)
{
    if (!m_running) {
        return Raised{.type = "NameError",
                      .bases = {"Exception", "BaseException"},
                      .message = "Can't invoke function '" + operation.directive +
                                 "', as the proxy object has not yet been established for the "
                                 "Alembic 'Operations' class.",
                      .span = operation.span,
                      .exception = {},
                      .stopsReading = false};
    }
    qualify(operation);
    const bool caught = interpreter.databaseErrorsAreCaught();
    // What is only printed meets no error.
    if (caught && m_target.schema() == nullptr && !operation.alternative && !offline())
        return stopForSchema(interpreter);
    const std::optional<Refusal> refusal = m_target.perform(operation);
    const SourceSpan span = operation.span;
    const bool autocommit = operation.autocommit;
    m_operations.push_back(std::move(operation));
    if (!refusal || !caught)
        return std::nullopt;
    m_asksSchema = true;
    if (!autocommit && m_openSavepoints == 0 && !m_aborted) {
        m_aborted = true;
        m_abortedBy = refusal->message;
        m_abortedSpan = span;
    }
    return serverException(*refusal, span);
}

Raised RevisionSession::stopForSchema(Interpreter& interpreter)
{
    m_needsSchema = true;
    m_asksSchema = true;
    return Raised{.type = "NeedsSchema",
                  .bases = {},
                  .message = "the schema is not at hand",
                  .span = interpreter.here(),
                  .exception = {},
                  .stopsReading = true};
}

Outcome<const Schema*, Raised> RevisionSession::schema(Interpreter& interpreter)
{
    if (offline())
        return otherwise(noConnectionToPrint(interpreter));
    m_asksSchema = true;
    const Schema* schema = m_target.schema();
    if (schema == nullptr)
        return otherwise(stopForSchema(interpreter));
    return schema;
}

std::optional<CatalogAnswer> RevisionSession::answerOfEmptyTables(std::string_view select) const
{
    const auto isEmpty = m_target.emptyTables();
    const Schema* schema = m_target.schema();
    if (!isEmpty || schema == nullptr || !doubtAbout(QualifiedName{}).empty())
        return std::nullopt;
    const auto answer = answerFromSchema(select, *schema, m_target.searchPath(), isEmpty);
    return answer.isKnown() ? std::optional<CatalogAnswer>(answer.value()) : std::nullopt;
}

bool RevisionSession::isEmpty(const QualifiedName& table) const
{
    const auto isEmpty = m_target.emptyTables();
    const Schema* schema = m_target.schema();
    if (!isEmpty || schema == nullptr || table.name.empty())
        return false;
    std::vector<std::string> namespaces{table.schema};
    if (table.schema.empty())
        namespaces = m_target.searchPath();
    for (const std::string& each : namespaces) {
        if (const Table* found = schema->table({each, table.name}))
            return isEmpty(*found);
    }
    return false;
}

std::string RevisionSession::doubtAbout(const QualifiedName& table) const
{
    if (!table.name.empty()) {
        if (std::string all = m_target.doubtAbout(QualifiedName{}); !all.empty())
            return all;
    }
    return m_target.doubtAbout(table);
}

std::string RevisionSession::existenceDoubt(const QualifiedName& table) const
{
    if (std::string all = m_target.doubtAbout(QualifiedName{}); !all.empty())
        return all;
    return m_target.existenceDoubt(table);
}

std::string RevisionSession::doubtAboutColumns(const QualifiedName& table) const
{
    for (MigrationTarget::ColumnDoubt& doubt : columnDoubts(table)) {
        if (doubt.existence)
            return std::move(doubt.reason);
    }
    return {};
}

Evaluated RevisionSession::execute(Interpreter& interpreter,
                                   const Arguments& arguments,
                                   std::string directive)
{
    const Evaluated result = executeStatement(interpreter, arguments, directive);
    if (!result)
        return otherwise(result.error());
    return Value();
}

Value RevisionSession::bind(Interpreter& interpreter)
{
    return makeConnection(interpreter);
}

Value RevisionSession::migrationContext(Interpreter& interpreter)
{
    return makeMigrationContext(interpreter);
}

void RevisionSession::finish(RevisionReading& reading)
{
    reading.operations = std::move(m_operations);
    reading.asksSchema = m_asksSchema;
    reading.assumptions = std::move(m_assumptions);
    reading.remarks = std::move(m_remarks);
    if (m_aborted) {
        reading.transactionAborted = m_abortedBy;
        reading.abortedSpan = m_abortedSpan;
    }
}

const SourceIndex& RevisionSession::sourceIndex(Interpreter& interpreter, const SourceSpan& call)
{
    const SourceModule* file =
        call.file == m_file.file ? &m_file : sourceNamed(interpreter, call.file);
    if (file == nullptr)
        file = &m_file;
    return m_sourceIndexes.try_emplace(file, *file).first->second;
}

Object* RevisionSession::shared(const std::string& key, const std::function<Object*()>& make)
{
    if (const auto found = m_shared.find(key); found != m_shared.end())
        return found->second;
    Object* object = make();
    m_shared.emplace(key, object);
    return object;
}

} // namespace sightglass
