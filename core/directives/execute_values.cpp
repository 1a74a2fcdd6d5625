// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/execute_values.h"

#include "core/directives/execute_source.h"
#include "core/directives/execute_text.h"
#include "core/directives/revision_session.h"
#include "core/sqlalchemy/clause.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace sightglass {

namespace {

std::string upper(std::string_view text)
{
    std::string result(text);
    for (char& c : result)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return result;
}

/// Statement text in capitals with single spaces, without comments or a semicolon at the end.
std::string squeezed(std::string_view statement)
{
    std::string result;
    for (char c : upper(statement)) {
        const bool space = std::isspace(static_cast<unsigned char>(c)) != 0;
        if (!space)
            result += c;
        else if (!result.empty() && result.back() != ' ')
            result += ' ';
    }
    while (!result.empty() && (result.back() == ' ' || result.back() == ';'))
        result.pop_back();
    return result;
}

SqlText literalOf(Interpreter& interpreter, const Value& value)
{
    const std::vector<Value>* items = Interpreter::itemsOf(value);
    Object* object = value.asObject();
    if (items == nullptr || object == nullptr || object->typeName() != "tuple")
        return sqlOf(interpreter, value);
    std::string text = "(";
    for (const Value& item : *items) {
        const SqlText one = sqlOf(interpreter, item);
        if (!one.isKnown())
            return one;
        text += (text.size() > 1 ? ", " : "") + one.value();
    }
    return text + ")";
}

/// The value of a parameter by name or by number; null when none is given.
const Value* valueOf(const std::vector<std::pair<std::string, Value>>& named,
                     const std::vector<Value>& positional,
                     const BindMark& mark,
                     std::size_t number)
{
    if (mark.name.empty())
        return number < positional.size() ? &positional[number] : nullptr;
    const auto found = std::ranges::find(named, mark.name, &std::pair<std::string, Value>::first);
    return found == named.end() ? nullptr : &found->second;
}

struct GivenValues
{
    std::vector<std::pair<std::string, Value>> named;
    std::vector<Value> positional;
    std::string unknown; ///< why it is not known which values are given
};

GivenValues givenValues(const std::vector<Value>& parameters)
{
    GivenValues given;
    for (const Value& one : parameters) {
        if (one.isUnknown()) {
            given.unknown = one.reason();
            continue;
        }
        for (const auto& [key, value] : Interpreter::pairsOf(one)) {
            if (key.asText() != nullptr)
                given.named.emplace_back(*key.asText(), value);
            else if (key.isUnknown())
                given.unknown = key.reason();
        }
        if (given.named.empty()) {
            if (const std::vector<Value>* items = Interpreter::itemsOf(one))
                given.positional = *items;
            else if (one.asObject() != nullptr)
                given.unknown = "parameters that are not known to this reader";
        }
    }
    return given;
}

BoundSql putIn(Interpreter& interpreter,
               std::string_view text,
               const std::vector<BindMark>& marks,
               const GivenValues& given,
               std::string (*unescaped)(std::string_view))
{
    BoundSql bound;
    std::size_t at = 0;
    std::size_t number = 0;
    for (const BindMark& mark : marks) {
        bound.text += unescaped(text.substr(at, mark.begin - at));
        at = mark.end;
        const Value* value = valueOf(given.named, given.positional, mark, number++);
        if (value == nullptr && given.unknown.empty()) {
            bound.missing = mark.name;
            return bound;
        }
        const SqlText literal =
            value != nullptr ? literalOf(interpreter, *value) : SqlText(Unknown{given.unknown});
        if (literal.isKnown()) {
            bound.text += literal.value();
        } else {
            bound.text += unknownMark;
            bound.unknown = literal.reason();
        }
    }
    bound.text += unescaped(text.substr(at));
    return bound;
}

struct LiteralAnswer
{
    std::string_view statement;
    std::string_view column;
    std::string_view value; ///< "$schema": the first of the search path
};

constexpr std::array literalAnswers{
    LiteralAnswer{"SELECT CURRENT_SCHEMA()", "current_schema", "$schema"},
    LiteralAnswer{"SELECT CURRENT_SCHEMA", "current_schema", "$schema"},
    LiteralAnswer{"SHOW SERVER_VERSION_NUM", "server_version_num", "150000"},
    LiteralAnswer{"SELECT CURRENT_SETTING('SERVER_VERSION_NUM')", "current_setting", "150000"},
    LiteralAnswer{"SELECT CURRENT_SETTING('SERVER_VERSION_NUM')::INT", "current_setting", "150000"},
    LiteralAnswer{"SELECT TRUE", "bool", "true"},
    LiteralAnswer{"SELECT FALSE", "bool", "false"},
};

std::string withoutMark(const std::string& name)
{
    return name.find(unknownMark) == std::string::npos ? name : std::string();
}

QualifiedName withoutMark(const QualifiedName& name)
{
    if (name.name.find(unknownMark) != std::string::npos)
        return {};
    return QualifiedName{withoutMark(name.schema), name.name};
}

} // namespace

namespace {

const Value* givenParameters(const Arguments& arguments)
{
    const Value* given = arguments.at(1, "parameters");
    for (std::string_view name : {"params", "multiparams", "vars"}) {
        if (given == nullptr)
            given = arguments.keyword(name);
    }
    return given;
}

/// The rows of an executemany; null for one row.
const std::vector<Value>* givenRows(const Value& given)
{
    Object* object = given.asObject();
    const bool list = object != nullptr && object->typeName() == "list";
    return list ? Interpreter::itemsOf(given) : nullptr;
}

} // namespace

std::size_t parameterRows(const Arguments& arguments)
{
    const Value* given = givenParameters(arguments);
    const std::vector<Value>* rows = given == nullptr ? nullptr : givenRows(*given);
    return rows == nullptr ? 1 : std::max<std::size_t>(rows->size(), 1);
}

std::vector<Value>
parametersOf(Interpreter& interpreter, const Arguments& arguments, std::size_t row)
{
    std::vector<Value> result;
    const Value* given = givenParameters(arguments);
    std::vector<std::pair<Value, Value>> keywords;
    for (const auto& [name, value] : arguments.keywords) {
        constexpr std::array<std::string_view, 12> own{"statement",
                                                       "sqltext",
                                                       "object_",
                                                       "clause",
                                                       "operation",
                                                       "parameters",
                                                       "params",
                                                       "multiparams",
                                                       "vars",
                                                       "execution_options",
                                                       "bind_arguments",
                                                       "mapper"};
        if (std::ranges::find(own, name) == own.end())
            keywords.emplace_back(Value(name), value);
    }
    if (!keywords.empty())
        result.push_back(interpreter.makeDictionary(std::move(keywords)));
    if (given != nullptr && !given->isNone()) {
        const std::vector<Value>* rows = givenRows(*given);
        if (rows == nullptr)
            result.push_back(*given);
        else if (row < rows->size())
            result.push_back((*rows)[row]);
    }
    if (arguments.hidden)
        result.emplace_back(*arguments.hidden);
    return result;
}

BoundSql
bindText(Interpreter& interpreter, std::string_view text, const std::vector<Value>& parameters)
{
    return putIn(interpreter, text, bindMarks(text), givenValues(parameters), &withoutColonEscapes);
}

BoundSql bindDriverText(Interpreter& interpreter,
                        std::string_view text,
                        const std::vector<Value>& parameters)
{
    const GivenValues given = givenValues(parameters);
    const bool any = !given.named.empty() || !given.positional.empty() || !given.unknown.empty();
    const std::vector<BindMark> marks = any ? driverMarks(text) : std::vector<BindMark>{};
    return putIn(interpreter, text, marks, given, &withoutPercentEscapes);
}

Clause* bindClause(Interpreter& interpreter,
                   Clause& clause,
                   const std::vector<Value>& parameters,
                   BoundSql& bound)
{
    GivenValues given = givenValues(parameters);
    const auto marked = [&](const std::string& reason) {
        bound.unknown = reason;
        return Value(makeTextClause(interpreter, std::string(unknownMark)));
    };
    for (auto& [name, value] : given.named) {
        if (value.isUnknown())
            value = marked(value.reason());
    }
    Clause* filled =
        given.named.empty() ? &clause : clause.withParameters(interpreter, given.named);
    const std::vector<std::string> open = filled->openParameters();
    if (open.empty())
        return filled;
    if (given.unknown.empty()) {
        bound.missing = open.front();
        return filled;
    }
    std::vector<std::pair<std::string, Value>> rest;
    for (const std::string& name : open)
        rest.emplace_back(name, marked(given.unknown));
    return filled->withParameters(interpreter, rest);
}

bool mentionsCatalog(std::string_view select)
{
    const std::string text = upper(select);
    constexpr std::array<std::string_view, 4> words{
        "INFORMATION_SCHEMA", "PG_", "TO_REGCLASS", "TO_REGTYPE"};
    return std::ranges::any_of(
        words, [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

std::optional<CatalogAnswer> answerOfLiteral(std::string_view select,
                                             const std::vector<std::string>& searchPath)
{
    const std::string text = squeezed(select);
    for (const LiteralAnswer& answer : literalAnswers) {
        if (text != answer.statement)
            continue;
        std::optional<std::string> value = std::string(answer.value);
        if (answer.value == "$schema")
            value = searchPath.empty() ? std::optional<std::string>() : searchPath.front();
        return CatalogAnswer{.columns = {std::string(answer.column)}, .rows = {{value}}};
    }
    constexpr std::string_view word = "SELECT ";
    if (!text.starts_with(word) || text.size() == word.size() || text.size() > 15)
        return std::nullopt;
    const std::string number = text.substr(word.size());
    if (!std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    return CatalogAnswer{.columns = {"?column?"}, .rows = {{number}}};
}

namespace {

/// What stands between apostrophes.
std::vector<std::string> textsIn(std::string_view select)
{
    std::vector<std::string> texts;
    for (std::size_t at = select.find('\''); at != std::string_view::npos;) {
        const std::size_t end = select.find('\'', at + 1);
        if (end == std::string_view::npos)
            break;
        if (end > at + 1)
            texts.emplace_back(select.substr(at + 1, end - at - 1));
        at = select.find('\'', end + 1);
    }
    return texts;
}

/// An answer about a table that is in doubt is not sure: any text of the question may be its name,
/// and any other one that of its column.
std::string doubtAboutNamed(const RevisionSession& session,
                            const Schema& schema,
                            const std::vector<std::string>& texts)
{
    for (const std::string& text : texts) {
        const QualifiedName name{{}, text};
        if (std::string doubt = session.doubtAbout(name); !doubt.empty())
            return doubt;
        const bool ofAllColumns = std::ranges::all_of(texts, [&](const std::string& other) {
            return other == text || schema.namespaces.contains(other);
        });
        for (auto& doubt : session.columnDoubts(name)) {
            if (ofAllColumns || std::ranges::find(texts, doubt.column) != texts.end())
                return std::move(doubt.reason);
        }
    }
    return {};
}

} // namespace

Outcome<Known<CatalogAnswer>, Raised> askCatalog(Interpreter& interpreter, std::string_view select)
{
    RevisionSession* session = sessionOf(interpreter);
    const Outcome<const Schema*, Raised> schema = session->schema(interpreter);
    if (!schema)
        return otherwise(schema.error());
    if (std::string doubt = session->doubtAbout(QualifiedName{}); !doubt.empty())
        return Known<CatalogAnswer>(Unknown{doubt});
    Known<CatalogAnswer> answer = answerFromSchema(select, **schema, session->searchPath());
    if (!answer.isKnown())
        return answer;
    if (std::string doubt = doubtAboutNamed(*session, **schema, textsIn(select)); !doubt.empty())
        return Known<CatalogAnswer>(Unknown{doubt});
    return answer;
}

Change whatIsKnownOf(const Change& change, const std::string& statement)
{
    if (const auto* data = std::get_if<change::ChangeData>(&change)) {
        change::ChangeData known = *data;
        known.table = withoutMark(known.table);
        known.rows.reset();
        std::erase_if(known.columns, [](const std::string& column) {
            return column.find(unknownMark) != std::string::npos;
        });
        return known;
    }
    if (std::holds_alternative<change::Query>(change))
        return change::Query{};
    if (const auto* setting = std::get_if<change::SetSetting>(&change)) {
        if (setting->name.find(unknownMark) == std::string::npos && setting->name != "search_path")
            return change::SetSetting{setting->name, {}, setting->local, setting->reset};
    }
    if (const auto* lock = std::get_if<change::LockTable>(&change))
        return change::LockTable{withoutMark(lock->table), lock->mode};
    const std::string text = upper(statement);
    const std::array<std::string_view, 4> dataWords{"UPDATE ", "INSERT ", "DELETE ", "COPY "};
    const auto first = text.find_first_not_of(" \t\r\n(");
    const bool dataOnly =
        first != std::string::npos && std::ranges::any_of(dataWords, [&](std::string_view word) {
            return std::string_view(text).substr(first).starts_with(word);
        });
    return change::Opaque{.what = "runs SQL that is not known",
                          .table = withoutMark(objectOf(change).table),
                          .structural = !dataOnly};
}

} // namespace sightglass
