// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/clause_parts.h"
#include "core/sqlalchemy/items_parts.h"
#include "core/sqlalchemy/naming.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace sightglass {
namespace {

std::string upper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
        return static_cast<char>(std::toupper(c));
    });
    return text;
}

/// Text of a clause or a string, where SQLAlchemy takes either.
std::optional<SqlText> optionalCondition(Interpreter& interpreter, const Value* value)
{
    if (value == nullptr || value->isNone())
        return std::nullopt;
    return conditionOf(interpreter, *value);
}

/// A word that SQLAlchemy checks against a list before it writes it.
template <std::size_t count>
std::optional<Raised> readPhrase(const Arguments& arguments,
                                 std::string_view name,
                                 const std::array<std::string_view, count>& allowed,
                                 std::string& into,
                                 std::optional<Unknown>& unknown)
{
    const auto text = optionalText(arguments.keyword(name), unknown);
    if (!text)
        return std::nullopt;
    into = upper(*text);
    if (std::find(allowed.begin(), allowed.end(), into) != allowed.end())
        return std::nullopt;
    return sqlalchemyError("CompileError", "Unexpected SQL phrase: '" + *text + "'").value();
}

constexpr std::array<std::string_view, 5> actions = {
    "RESTRICT", "CASCADE", "SET NULL", "NO ACTION", "SET DEFAULT"};
constexpr std::array<std::string_view, 2> moments = {"DEFERRED", "IMMEDIATE"};

void readOperatorClasses(const Value* value,
                         std::vector<IndexElement>& elements,
                         std::optional<Unknown>& unknown)
{
    if (value == nullptr || value->isNone())
        return;
    if (value->isUnknown())
        return note(unknown, value->reason());
    for (const auto& [key, name] : Interpreter::pairsOf(*value)) {
        const std::string column = textArgument(&key, unknown);
        for (IndexElement& element : elements) {
            if (element.column == column)
                element.operatorClass = textArgument(&name, unknown);
        }
    }
}

std::string plainText(Interpreter& interpreter, const Value& value, std::optional<Unknown>& unknown)
{
    const Known<std::string> text = interpreter.textOf(value);
    if (text.isKnown())
        return text.value();
    note(unknown, text.reason());
    return {};
}

} // namespace

void note(std::optional<Unknown>& unknown, std::string reason)
{
    if (!unknown)
        unknown = Unknown{std::move(reason)};
}

bool flagOf(Interpreter& interpreter,
            const Value* value,
            bool fallback,
            std::optional<Unknown>& unknown)
{
    if (value == nullptr || value->isNone())
        return fallback;
    const Known<bool> truth = interpreter.truthOf(*value);
    if (truth.isKnown())
        return truth.value();
    note(unknown, truth.reason());
    return fallback;
}

std::optional<Change> underUnknownFlag(Interpreter& interpreter,
                                       const Value* flag,
                                       std::string_view directive,
                                       const QualifiedName& table)
{
    std::optional<Unknown> unknown;
    flagOf(interpreter, flag, false, unknown);
    if (!unknown)
        return std::nullopt;
    return change::Opaque{.what = "runs " + std::string(directive) +
                                  " under a flag that is not known: " + unknown->reason,
                          .table = table,
                          .structural = true};
}

bool checksFirst(Interpreter& interpreter, const Value* value, bool fallback)
{
    const auto* runner = interpreter.service<DdlRunner>();
    std::optional<Unknown> unknown;
    return (runner == nullptr || runner->checksFirst()) &&
           flagOf(interpreter, value, fallback, unknown);
}

std::optional<std::string> optionalText(const Value* value, std::optional<Unknown>& unknown)
{
    const auto text = givenText(value);
    if (!text)
        return std::nullopt;
    if (text->isKnown())
        return text->value();
    note(unknown, text->reason());
    return std::nullopt;
}

std::string textArgument(const Value* value, std::optional<Unknown>& unknown)
{
    return optionalText(value, unknown).value_or(std::string());
}

std::optional<std::string> columnNameOf(const Value& value, std::optional<Unknown>& unknown)
{
    if (const auto* clause = value.as<Clause>()) {
        if (auto name = clause->columnName())
            return name;
        note(unknown, "a column is given as an expression");
        return std::nullopt;
    }
    return optionalText(&value, unknown);
}

Outcome<std::vector<std::string>, Raised>
columnNamesOf(Interpreter& interpreter, const Value& list, std::optional<Unknown>& unknown)
{
    std::vector<std::string> names;
    if (list.isUnknown()) {
        note(unknown, list.reason());
        return names;
    }
    const auto elements = interpreter.elementsOf(list);
    if (!elements)
        return otherwise(elements.error());
    for (const Value& each : *elements) {
        if (auto name = columnNameOf(each, unknown))
            names.push_back(std::move(*name));
    }
    return names;
}

SqlText conditionOf(Interpreter& interpreter, const Value& value)
{
    if (const auto text = givenText(&value); text && text->isKnown())
        return *text;
    return sqlOf(interpreter, value, {.tableNames = false, .literals = true});
}

IndexElement indexElementOf(const Value& value, std::optional<Unknown>& unknown)
{
    IndexElement element = excludedElementOf(value, unknown);
    // SQLAlchemy gives operators parentheses here; text() stays as it is.
    if (const auto* clause = value.as<Clause>(); clause != nullptr && element.expression)
        element.expression = grouped(*clause, {}, {.tableNames = false, .literals = true});
    return element;
}

IndexElement excludedElementOf(const Value& value, std::optional<Unknown>& unknown)
{
    IndexElement element;
    const auto* clause = value.as<Clause>();
    if (clause == nullptr) {
        element.column = textArgument(&value, unknown);
        return element;
    }
    if (auto name = clause->columnName())
        element.column = std::move(*name);
    else
        element.expression = clause->compile({.tableNames = false, .literals = true});
    return element;
}

std::optional<Raised>
readIndexOptions(Interpreter& interpreter, const Arguments& arguments, IndexItem& index)
{
    IndexDefinition& made = index.definition;
    std::optional<Unknown>& unknown = index.unknown;
    made.unique = flagOf(interpreter, arguments.keyword("unique"), made.unique, unknown);
    index.concurrently =
        flagOf(interpreter, arguments.keyword("postgresql_concurrently"), false, unknown);
    made.nullsNotDistinct =
        flagOf(interpreter, arguments.keyword("postgresql_nulls_not_distinct"), false, unknown);
    made.method = textArgument(arguments.keyword("postgresql_using"), unknown);
    std::transform(made.method.begin(),
                   made.method.end(),
                   made.method.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    made.tablespace = textArgument(arguments.keyword("postgresql_tablespace"), unknown);
    made.predicate = optionalCondition(interpreter, arguments.keyword("postgresql_where"));
    readOperatorClasses(arguments.keyword("postgresql_ops"), made.elements, unknown);
    if (const Value* include = arguments.keyword("postgresql_include");
        include != nullptr && !include->isNone()) {
        auto names = columnNamesOf(interpreter, *include, unknown);
        if (!names)
            return names.error();
        made.include = std::move(*names);
    }
    if (const Value* with = arguments.keyword("postgresql_with"); with != nullptr) {
        if (with->isUnknown())
            note(unknown, with->reason());
        for (const auto& [key, value] : Interpreter::pairsOf(*with))
            made.storage.emplace_back(textArgument(&key, unknown),
                                      plainText(interpreter, value, unknown));
    }
    return std::nullopt;
}

std::optional<Raised>
readConstraintOptions(Interpreter& interpreter, const Arguments& arguments, ConstraintItem& item)
{
    ConstraintDefinition& made = item.definition;
    std::optional<Unknown>& unknown = item.unknown;
    const auto given = [&arguments](std::string_view name) {
        const Value* value = arguments.keyword(name);
        return value != nullptr && !value->isNone() ? value : nullptr;
    };
    if (given("deferrable") != nullptr)
        made.deferrable = flagOf(interpreter, given("deferrable"), false, unknown);
    if (auto raised = readPhrase(arguments, "initially", moments, made.initially, unknown))
        return raised;
    made.notValid = flagOf(interpreter, given("postgresql_not_valid"), false, unknown);
    made.noInherit = flagOf(interpreter, given("postgresql_no_inherit"), false, unknown);
    if (made.kind == ConstraintDefinition::Kind::ForeignKey) {
        if (auto raised = readPhrase(arguments, "ondelete", actions, made.onDelete, unknown))
            return raised;
        if (auto raised = readPhrase(arguments, "onupdate", actions, made.onUpdate, unknown))
            return raised;
        made.match = upper(textArgument(given("match"), unknown));
        item.useAlter = flagOf(interpreter, given("use_alter"), false, unknown);
    }
    made.nullsNotDistinct =
        flagOf(interpreter, given("postgresql_nulls_not_distinct"), false, unknown);
    if (const Value* include = given("postgresql_include")) {
        auto names = columnNamesOf(interpreter, *include, unknown);
        if (!names)
            return names.error();
        made.include = std::move(*names);
    }
    if (arguments.hidden)
        note(unknown, arguments.hidden->reason);
    return std::nullopt;
}

std::optional<Raised> readExclusion(Interpreter& interpreter,
                                    const Arguments& arguments,
                                    std::size_t first,
                                    ConstraintItem& item)
{
    ConstraintDefinition& made = item.definition;
    made.kind = ConstraintDefinition::Kind::Exclude;
    for (std::size_t index = first; index < arguments.positional.size(); ++index) {
        const Value& pair = arguments.positional[index];
        const std::vector<Value>* parts = Interpreter::itemsOf(pair);
        if (parts == nullptr || parts->size() != 2) {
            note(item.unknown,
                 pair.isUnknown() ? pair.reason()
                                  : "an element is no pair of expression and operator");
            continue;
        }
        IndexElement element = excludedElementOf((*parts)[0], item.unknown);
        element.excludeOperator = textArgument(&(*parts)[1], item.unknown);
        made.elements.push_back(std::move(element));
    }
    made.method = textArgument(arguments.keyword("using"), item.unknown);
    if (made.method.empty())
        made.method = "gist";
    readOperatorClasses(arguments.keyword("ops"), made.elements, item.unknown);
    made.predicate = optionalCondition(interpreter, arguments.keyword("where"));
    return readConstraintOptions(interpreter, arguments, item);
}

void readTableOptions(Interpreter& interpreter, const Arguments& arguments, TableItem& table)
{
    static constexpr std::string_view prefix = "postgresql_";
    for (const auto& [name, value] : arguments.keywords) {
        if (name == "comment") {
            table.comment = optionalText(&value, table.unknown);
        } else if (name == "prefixes" && !value.isNone()) {
            const std::vector<Value>* words = Interpreter::itemsOf(value);
            if (words == nullptr)
                note(table.unknown, "its prefixes are not given as a list");
            for (std::size_t i = 0; words != nullptr && i < words->size(); ++i)
                table.prefixes.push_back(upper(textArgument(&(*words)[i], table.unknown)));
        } else if (std::string_view(name).starts_with(prefix) && !value.isNone()) {
            const std::string option = name.substr(prefix.size());
            if (const std::vector<Value>* items = Interpreter::itemsOf(value)) {
                for (const Value& each : *items)
                    table.options.emplace_back(option, textArgument(&each, table.unknown));
            } else {
                table.options.emplace_back(option, plainText(interpreter, value, table.unknown));
            }
        }
    }
    if (arguments.hidden)
        note(table.unknown, arguments.hidden->reason);
}

} // namespace sightglass
