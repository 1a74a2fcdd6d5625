// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/inspector.h"

#include "core/directives/connection.h"
#include "core/directives/connection_objects.h"
#include "core/directives/inspector_answers.h"
#include "core/directives/native_object.h"
#include "core/directives/printed_connection.h"
#include "core/directives/revision_session.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace sightglass {

namespace {

using Answer = Evaluated (*)(const InspectorQuestion&);

struct Question
{
    std::string_view name;
    Answer answer;
    bool ofTable = false; ///< its first argument is a table that has to exist
    bool cached = true;   ///< the inspector answers a second time as it did the first
};

constexpr std::array questions{
    Question{"get_columns", &answerColumns, true},
    Question{"get_indexes", &answerIndexes, true},
    Question{"get_foreign_keys", &answerForeignKeys, true},
    Question{"get_unique_constraints", &answerUniques, true},
    Question{"get_pk_constraint", &answerPrimaryKey, true},
    Question{"get_primary_keys", &answerPrimaryKeyColumns, true},
    Question{"get_check_constraints", &answerChecks, true},
    Question{"get_table_comment", &answerComment, true},
    Question{"get_table_names", &answerTableNames},
    Question{"get_view_names", &answerViewNames},
    Question{"get_materialized_view_names", &answerMaterializedViewNames},
    Question{"get_sequence_names", &answerSequenceNames},
    Question{"get_schema_names", &answerSchemaNames},
    Question{"get_enums", &answerEnums},
    Question{"get_temp_table_names", &answerNothing},
    Question{"get_temp_view_names", &answerNothing},
    Question{"has_table", &answerHasTable, false, false},
    Question{"has_index", &answerHasIndex, false, false},
    Question{"has_sequence", &answerHasSequence, false, false},
    Question{"has_schema", &answerHasSchema, false, false},
    Question{"has_type", &answerHasType, false, false},
};

const Question* questionOf(std::string_view name)
{
    const auto found = std::ranges::find(questions, name, &Question::name);
    return found == questions.end() ? nullptr : &*found;
}

Evaluated ask(Interpreter& interpreter, const Question& asked, const Arguments& arguments)
{
    RevisionSession* session = sessionOf(interpreter);
    const Outcome<const Schema*, Raised> schema = session->schema(interpreter);
    if (!schema)
        return otherwise(schema.error());
    const InspectorQuestion question(
        interpreter, *session, **schema, arguments, asked.name == "has_index");
    if (!question.unknown().empty())
        return Value(Unknown{question.unknown()});
    if (asked.ofTable) {
        if (auto refused = question.withoutTable())
            return *refused;
    }
    return asked.answer(question);
}

/// sqlalchemy.engine.reflection.Inspector.
class InspectorObject final : public NativeObject, public DatabaseHandle
{
public:
    std::string typeName() const override { return "PGInspector"; }

    std::vector<std::string> classNames() const override { return {"PGInspector", "Inspector"}; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (const Question* question = questionOf(name)) {
            return interpreter.makeFunction(
                std::string(name),
                [this, question](Interpreter& inner, const Arguments& arguments) -> Evaluated {
                    return answer(inner, *question, arguments);
                });
        }
        if (name == "clear_cache")
            return interpreter.makeFunction("clear_cache",
                                            [this](Interpreter&, const Arguments&) -> Evaluated {
                                                m_answers.clear();
                                                return Value();
                                            });
        if (name == "info_cache")
            return interpreter.makeDictionary({});
        if (name == "bind" || name == "engine")
            return makeConnection(interpreter);
        if (name == "dialect")
            return makeBindDialect(interpreter);
        if (name == "default_schema_name")
            return interpreter.attribute(makeBindDialect(interpreter), name);
        return NativeObject::attribute(interpreter, name);
    }

private:
    Evaluated answer(Interpreter& interpreter, const Question& question, const Arguments& arguments)
    {
        if (!question.cached)
            return ask(interpreter, question, arguments);
        std::string key(question.name);
        for (const Value& value : arguments.positional)
            key += "|" + keyOf(value);
        for (const auto& [name, value] : arguments.keywords)
            key += "|" + name + "=" + keyOf(value);
        if (const auto found = m_answers.find(key); found != m_answers.end())
            return found->second;
        Evaluated result = ask(interpreter, question, arguments);
        if (result)
            m_answers.emplace(std::move(key), *result);
        return result;
    }

    static std::string keyOf(const Value& value)
    {
        return value.asText() != nullptr ? *value.asText() : std::string();
    }

    std::map<std::string, Value> m_answers;
};

} // namespace

Evaluated makeInspector(Interpreter& interpreter)
{
    const RevisionSession* session = sessionOf(interpreter);
    if (session == nullptr)
        return Value(Unknown{"an inspector outside a migration"});
    if (session->offline())
        return otherwise(noConnectionToPrint(interpreter));
    return Value(interpreter.make<InspectorObject>());
}

Evaluated
askInspector(Interpreter& interpreter, std::string_view question, const Arguments& arguments)
{
    const Question* known = questionOf(question);
    if (known == nullptr || sessionOf(interpreter) == nullptr)
        return Value(
            Unknown{"Inspector." + std::string(question) + " is not known to this reader"});
    return ask(interpreter, *known, arguments);
}

} // namespace sightglass
