// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/directives/emitter.h"
#include "core/directives/environment_options.h"
#include "core/directives/execute_source.h"
#include "core/directives/revision_reader.h"
#include "core/directives/source_index.h"
#include "core/sql/catalog_questions.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// What one reading of a revision knows and gathers; the service behind every native object that
/// reaches the database.
class RevisionSession final : public Emitter
{
public:
    RevisionSession(const SourceModule& file,
                    const Surroundings& surroundings,
                    MigrationTarget& target,
                    ModuleSource& modules);

    std::optional<Raised> run(Interpreter& interpreter,
                              std::vector<Change> changes,
                              std::string directive,
                              SourceSpan span) override;
    std::optional<Raised>
    emit(Interpreter& interpreter, std::vector<Change> changes, EmitDetails details) override;
    std::optional<Raised>
    emitOpaque(Interpreter& interpreter, change::Opaque opaque, EmitDetails details) override;
    Evaluated
    execute(Interpreter& interpreter, const Arguments& arguments, std::string directive) override;
    Value bind(Interpreter& interpreter) override;
    Value migrationContext(Interpreter& interpreter) override;

    const NamingConvention& convention() const override { return m_surroundings.convention; }

    bool offline() const override { return m_surroundings.offline; }

    void remark(RevisionReading::Remark remark) override { m_remarks.push_back(std::move(remark)); }

    Outcome<const Schema*, Raised> schema(Interpreter& interpreter) override;

    const std::vector<std::string>& searchPath() const override { return m_target.searchPath(); }

    std::string doubtAbout(const QualifiedName& table) const override;
    std::string existenceDoubt(const QualifiedName& table) const override;

    std::vector<MigrationTarget::ColumnDoubt> columnDoubts(const QualifiedName& table) const
    {
        return m_target.columnDoubts(table);
    }

    /// Why it is not sure which columns the table has; empty: it is.
    std::string doubtAboutColumns(const QualifiedName& table) const;

    /// What a query of tables yields that surely are empty; absent: that is not known.
    std::optional<CatalogAnswer> answerOfEmptyTables(std::string_view select) const;
    /// Surely no row is in the table.
    bool isEmpty(const QualifiedName& table) const;

    /// Emits what one SQL statement does. `prepared` have their change, sql, origin, directive and
    /// span; guards of their own come after those of the place. All get the same statement number;
    /// the call number is that of `beginCall`.
    std::optional<Raised> emitStatement(Interpreter& interpreter, std::vector<Operation> prepared);

    /// The operations that follow belong to a new call.
    void beginCall() { ++m_call; }

    /// What follows runs outside a transaction, until as many leave as entered.
    void enterAutocommit() { ++m_autocommit; }

    void leaveAutocommit() { --m_autocommit; }

    int nextSavepoint() { return ++m_savepoints; }

    void enterSavepoint() { ++m_openSavepoints; }

    void leaveSavepoint() { --m_openSavepoints; }

    /// A ROLLBACK: the transaction can be used again.
    void transactionEnded() { m_aborted = false; }

    /// The file's top level is over and its function runs.
    void begin() { m_running = true; }

    bool running() const { return m_running; }

    const SourceModule& file() const { return m_file; }

    /// Of the file that a call stands in: the revision's own, or a module's that it uses. Made when
    /// it is first asked for.
    const SourceIndex& sourceIndex(Interpreter& interpreter, const SourceSpan& call);

    const Surroundings& surroundings() const { return m_surroundings; }

    /// An option that env.py hands to context.configure(…); notes what it takes for granted.
    Value environmentOption(const std::string& name);

    bool needsSchema() const { return m_needsSchema; }

    /// Moves what was gathered into a reading.
    void finish(RevisionReading& reading);

    /// The object that is made once a reading under `key`: modules, the connection.
    Object* shared(const std::string& key, const std::function<Object*()>& make);

private:
    void qualify(Operation& operation) const;
    std::optional<Raised> send(Interpreter& interpreter, Operation operation);
    Raised stopForSchema(Interpreter& interpreter);

    const SourceModule& m_file;
    const Surroundings& m_surroundings;
    MigrationTarget& m_target;
    ModuleSource& m_modules;
    std::optional<std::map<std::string, EnvironmentOption>> m_options; ///< when first asked for
    std::vector<std::string> m_assumptions;
    std::vector<Operation> m_operations;
    std::vector<RevisionReading::Remark> m_remarks;
    std::map<std::string, Object*, std::less<>> m_shared;
    std::map<const SourceModule*, SourceIndex> m_sourceIndexes;
    int m_statement = 0;
    int m_call = -1;
    int m_autocommit = 0;
    int m_savepoints = 0;
    int m_openSavepoints = 0;
    bool m_running = false;
    bool m_needsSchema = false;
    bool m_asksSchema = false;
    bool m_aborted = false;
    std::string m_abortedBy;
    SourceSpan m_abortedSpan;
};

/// The session behind an interpreter of readRevision(); null in any other interpreter.
RevisionSession* sessionOf(const Interpreter& interpreter);

} // namespace sightglass
