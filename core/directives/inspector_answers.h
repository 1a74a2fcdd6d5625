// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/directives/revision_session.h"
#include "core/evaluation/interpreter.h"
#include "core/schema/schema.h"

#include <optional>
#include <string>
#include <string_view>

namespace sightglass {

/// A question with what answering it needs.
class InspectorQuestion
{
public:
    InspectorQuestion(Interpreter& interpreter,
                      RevisionSession& session,
                      const Schema& schema,
                      const Arguments& arguments,
                      bool index);

    /// For namespaceAsked: `schema` was not among the positional arguments.
    static constexpr std::size_t noPosition = 99;

    Interpreter& interpreter() const { return m_interpreter; }

    const Schema& schema() const { return m_schema; }

    const RevisionSession& session() const { return m_session; }

    /// Why the question itself is not known, or any answer in doubt; empty: neither.
    const std::string& unknown() const { return m_unknown; }

    /// The first argument, when it is a text.
    const std::string& name() const { return m_name; }

    /// The second positional argument when it is one of the question's own.
    const Value* second(std::string_view keyword) const { return m_arguments.at(1, keyword); }

    /// The namespace asked for: `schema=`, else the first of the search path.
    std::string namespaceAsked(std::size_t position) const;
    bool namespaceGiven(std::size_t position) const;
    /// The relation as asked for, with its namespace found through the search path.
    QualifiedName relation() const;
    const Table* table() const;
    const View* view() const;
    /// What answers instead when the table is in doubt, or not there; nothing when it is there.
    std::optional<Evaluated> withoutTable() const;
    std::string doubtAbout(const QualifiedName& table) const;
    std::string existenceDoubt(const QualifiedName& table) const;
    /// Name of Alembic's own table, which exists while a migration runs.
    std::string versionTable() const;

private:
    template <typename T>
    const T* find(const Schema::Objects<T>& objects) const;

    Interpreter& m_interpreter;
    RevisionSession& m_session;
    const Schema& m_schema;
    const Arguments& m_arguments;
    bool m_index; ///< the second argument is the name of an index
    std::string m_name;
    std::string m_unknown;
};

Evaluated answerColumns(const InspectorQuestion& question);
Evaluated answerIndexes(const InspectorQuestion& question);
Evaluated answerForeignKeys(const InspectorQuestion& question);
Evaluated answerUniques(const InspectorQuestion& question);
Evaluated answerPrimaryKey(const InspectorQuestion& question);
Evaluated answerPrimaryKeyColumns(const InspectorQuestion& question);
Evaluated answerChecks(const InspectorQuestion& question);
Evaluated answerComment(const InspectorQuestion& question);
Evaluated answerTableNames(const InspectorQuestion& question);
Evaluated answerViewNames(const InspectorQuestion& question);
Evaluated answerMaterializedViewNames(const InspectorQuestion& question);
Evaluated answerSequenceNames(const InspectorQuestion& question);
Evaluated answerSchemaNames(const InspectorQuestion& question);
Evaluated answerEnums(const InspectorQuestion& question);
Evaluated answerNothing(const InspectorQuestion& question);
Evaluated answerHasTable(const InspectorQuestion& question);
Evaluated answerHasIndex(const InspectorQuestion& question);
Evaluated answerHasSequence(const InspectorQuestion& question);
Evaluated answerHasSchema(const InspectorQuestion& question);
Evaluated answerHasType(const InspectorQuestion& question);

} // namespace sightglass
