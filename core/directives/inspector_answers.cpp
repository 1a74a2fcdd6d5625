// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/inspector_answers.h"

#include "core/directives/inspector.h"
#include "core/directives/native_object.h"
#include "core/directives/server_exception.h"

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {

/// A list of names that knows of which names it is not sure.
class NamesObject final : public NativeObject
{
public:
    NamesObject(RevisionSession& session, std::string space, Value list)
        : m_session(session)
        , m_space(std::move(space))
        , m_list(std::move(list))
    {}

    std::string typeName() const override { return "list"; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        return interpreter.attribute(m_list, name);
    }

    Evaluated subscript(Interpreter& interpreter, const Value& key) override
    {
        return m_list.asObject()->subscript(interpreter, key);
    }

    Outcome<std::vector<Value>, Raised> elements(Interpreter& interpreter) override
    {
        return interpreter.elementsOf(m_list);
    }

    Known<bool> truth(Interpreter& interpreter) override { return interpreter.truthOf(m_list); }

    std::optional<Evaluated> binary(Interpreter& interpreter,
                                    std::string_view op,
                                    const Value& other,
                                    bool reflected) override
    {
        if (op == "==" || op == "!=")
            return compared(interpreter, op, other);
        if (op == "+")
            return joined(interpreter, other, reflected);
        if (op != "in" || !reflected)
            return std::nullopt;
        const std::string* name = other.asText();
        if (name == nullptr)
            return Evaluated(other.isUnknown() ? other : Value(false));
        if (std::string doubt = m_session.existenceDoubt({m_space, *name}); !doubt.empty())
            return Evaluated(Value(Unknown{std::move(doubt)}));
        const auto all = interpreter.elementsOf(m_list);
        const bool found = all && std::ranges::any_of(*all, [&](const Value& each) {
                               return each.asText() != nullptr && *each.asText() == *name;
                           });
        return Evaluated(Value(found));
    }

private:
    Evaluated compared(Interpreter& interpreter, std::string_view op, const Value& other) const
    {
        const auto* names = other.as<NamesObject>();
        const Known<bool> same =
            interpreter.equal(m_list, names != nullptr ? names->m_list : other);
        return same.isKnown() ? Value(same.value() == (op == "==")) : Value(Unknown{same.reason()});
    }

    Evaluated joined(Interpreter& interpreter, const Value& other, bool reflected) const
    {
        auto first = interpreter.elementsOf(reflected ? other : m_list);
        const auto second = interpreter.elementsOf(reflected ? m_list : other);
        if (!first || !second)
            return Value(Unknown{"a list that is not known"});
        first->insert(first->end(), second->begin(), second->end());
        return interpreter.makeList(std::move(*first));
    }

    RevisionSession& m_session;
    std::string m_space;
    Value m_list;
};

template <typename T, typename Test>
Evaluated namesOf(const InspectorQuestion& question,
                  const Schema::Objects<T>& objects,
                  std::size_t schemaPosition,
                  Test test)
{
    const std::string space = question.namespaceAsked(schemaPosition);
    std::vector<Value> names;
    for (const auto& [name, object] : objects) {
        if (name.schema != space || !test(*object))
            continue;
        std::string doubt = question.existenceDoubt(name);
        names.push_back(doubt.empty() ? Value(name.name) : Value(Unknown{std::move(doubt)}));
    }
    return question.interpreter().makeList(std::move(names));
}

Value textOrNone(const std::string& text)
{
    return text.empty() ? Value() : Value(text);
}

} // namespace

InspectorQuestion::InspectorQuestion(Interpreter& interpreter,
                                     RevisionSession& session,
                                     const Schema& schema,
                                     const Arguments& arguments,
                                     bool index)
    : m_interpreter(interpreter)
    , m_session(session)
    , m_schema(schema)
    , m_arguments(arguments)
    , m_index(index)
{
    if (arguments.hidden)
        m_unknown = arguments.hidden->reason;
    for (const Value& value : arguments.positional) {
        if (value.isUnknown())
            m_unknown = value.reason();
    }
    for (const auto& [keyword, value] : arguments.keywords) {
        if (value.isUnknown())
            m_unknown = value.reason();
    }
    if (m_unknown.empty())
        m_unknown = session.doubtAbout(QualifiedName{});
    for (std::string_view keyword :
         {"table_name", "view_name", "sequence_name", "type_name", "schema_name", "schema"}) {
        const Value* given = arguments.at(0, keyword);
        if (given == nullptr)
            continue;
        if (given->asText() != nullptr)
            m_name = *given->asText();
        break;
    }
}

bool InspectorQuestion::namespaceGiven(std::size_t position) const
{
    const Value* given = m_arguments.at(position, "schema");
    return given != nullptr && given->asText() != nullptr;
}

std::string InspectorQuestion::namespaceAsked(std::size_t position) const
{
    const Value* given = m_arguments.at(position, "schema");
    if (given != nullptr && given->asText() != nullptr)
        return *given->asText();
    const std::vector<std::string>& path = m_session.searchPath();
    for (const std::string& space : path) {
        if (m_schema.namespaces.contains(space))
            return space;
    }
    return path.empty() ? "public" : path.front();
}

template <typename T>
const T* InspectorQuestion::find(const Schema::Objects<T>& objects) const
{
    const auto found = objects.find(relation());
    return found == objects.end() ? nullptr : found->second.get();
}

QualifiedName InspectorQuestion::relation() const
{
    // has_index(table, index, schema) has its index where the others have the schema.
    const std::size_t position = m_index ? 2 : 1;
    if (namespaceGiven(position))
        return {namespaceAsked(position), m_name};
    for (const std::string& space : m_session.searchPath()) {
        const QualifiedName name{space, m_name};
        if (m_schema.tables.contains(name) || m_schema.views.contains(name))
            return name;
    }
    return {namespaceAsked(noPosition), m_name};
}

const Table* InspectorQuestion::table() const
{
    return find(m_schema.tables);
}

const View* InspectorQuestion::view() const
{
    return find(m_schema.views);
}

std::string InspectorQuestion::doubtAbout(const QualifiedName& table) const
{
    return m_session.doubtAbout(table);
}

std::string InspectorQuestion::existenceDoubt(const QualifiedName& table) const
{
    return m_session.existenceDoubt(table);
}

std::optional<Evaluated> InspectorQuestion::withoutTable() const
{
    if (std::string doubt = doubtAbout(relation()); !doubt.empty())
        return Evaluated(Value(Unknown{std::move(doubt)}));
    if (table() != nullptr || view() != nullptr)
        return std::nullopt;
    if (relation().name == versionTable())
        return Evaluated(Value(Unknown{"the version table's own parts"}));
    if (m_name.empty())
        return Evaluated(Value(Unknown{"a table whose name is not a text"}));
    return Evaluated(raising("NoSuchTableError", m_name, basesOfException("NoSuchTableError")));
}

std::string InspectorQuestion::versionTable() const
{
    const Known<std::string>& name = m_session.surroundings().versionTable;
    return name.isKnown() ? name.value() : "alembic_version";
}

Evaluated answerTableNames(const InspectorQuestion& question)
{
    const auto names = namesOf(question, question.schema().tables, 0, [](const Table& table) {
        return table.kind != TableKind::ForeignTable;
    });
    auto all = question.interpreter().elementsOf(*names);
    if (!all)
        return names;
    const QualifiedName version{question.namespaceAsked(0), question.versionTable()};
    if (!question.namespaceGiven(0) && !question.schema().tables.contains(version))
        all->emplace_back(question.versionTable());
    Interpreter& interpreter = question.interpreter();
    return Value(interpreter.make<NamesObject>(*sessionOf(interpreter),
                                               question.namespaceAsked(0),
                                               interpreter.makeList(std::move(*all))));
}

Evaluated answerViewNames(const InspectorQuestion& question)
{
    return namesOf(
        question, question.schema().views, 0, [](const View& view) { return !view.materialized; });
}

Evaluated answerMaterializedViewNames(const InspectorQuestion& question)
{
    return namesOf(
        question, question.schema().views, 0, [](const View& view) { return view.materialized; });
}

Evaluated answerSequenceNames(const InspectorQuestion& question)
{
    return namesOf(question, question.schema().sequences, 0, [](const Sequence&) { return true; });
}

Evaluated answerSchemaNames(const InspectorQuestion& question)
{
    std::vector<Value> names;
    for (const std::string& space : question.schema().namespaces)
        names.emplace_back(space);
    names.emplace_back("information_schema");
    return question.interpreter().makeList(std::move(names));
}

Evaluated answerEnums(const InspectorQuestion& question)
{
    Interpreter& interpreter = question.interpreter();
    const std::string space = question.namespaceAsked(0);
    const bool all = question.name() == "*";
    std::vector<Value> enums;
    for (const auto& [name, type] : question.schema().enums) {
        if (!all && name.schema != space)
            continue;
        std::vector<Value> labels(type->labels.begin(), type->labels.end());
        const bool visible = name.schema == question.namespaceAsked(InspectorQuestion::noPosition);
        enums.push_back(interpreter.makeDictionary(
            {{Value("name"), Value(name.name)},
             {Value("schema"), Value(name.schema)},
             {Value("visible"), Value(visible)},
             {Value("labels"), interpreter.makeList(std::move(labels))}}));
    }
    return interpreter.makeList(std::move(enums));
}

Evaluated answerNothing(const InspectorQuestion& question)
{
    return question.interpreter().makeList({});
}

Evaluated answerComment(const InspectorQuestion& question)
{
    const Table* table = question.table();
    return question.interpreter().makeDictionary(
        {{Value("text"), table != nullptr ? textOrNone(table->comment) : Value()}});
}

Evaluated answerHasTable(const InspectorQuestion& question)
{
    if (question.name().empty())
        return Value(Unknown{"a table whose name is not a text"});
    if (std::string doubt = question.existenceDoubt(question.relation()); !doubt.empty())
        return Value(Unknown{std::move(doubt)});
    return Value(question.table() != nullptr || question.view() != nullptr ||
                 (question.name() == question.versionTable() && !question.namespaceGiven(1)));
}

Evaluated answerHasIndex(const InspectorQuestion& question)
{
    const Value* index = question.second("index_name");
    if (index == nullptr || index->asText() == nullptr)
        return Value(Unknown{"an index whose name is not a text"});
    if (std::string doubt = question.doubtAbout(question.relation()); !doubt.empty())
        return Value(Unknown{std::move(doubt)});
    const Table* table = question.table();
    if (table == nullptr)
        return Value(false);
    const auto named = [&](const auto& each) { return each.name == *index->asText(); };
    return Value(std::ranges::any_of(table->indexes, named) ||
                 std::ranges::any_of(table->uniques, named) ||
                 (table->primaryKey && named(*table->primaryKey)));
}

Evaluated answerHasSequence(const InspectorQuestion& question)
{
    const QualifiedName name{question.namespaceAsked(1), question.name()};
    return Value(question.schema().sequences.contains(name));
}

Evaluated answerHasSchema(const InspectorQuestion& question)
{
    return Value(question.schema().namespaces.contains(question.name()) ||
                 question.name() == "information_schema" || question.name() == "pg_catalog");
}

Evaluated answerHasType(const InspectorQuestion& question)
{
    const QualifiedName name{question.namespaceAsked(1), question.name()};
    if (std::string doubt = question.doubtAbout(name); !doubt.empty())
        return Value(Unknown{std::move(doubt)});
    return Value(question.schema().enums.contains(name) ||
                 question.schema().domains.contains(name));
}

} // namespace sightglass
