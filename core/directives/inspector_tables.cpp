// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/inspector.h"
#include "core/directives/inspector_answers.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sightglass {

namespace {

using Pairs = std::vector<std::pair<Value, Value>>;

Value textOrNone(const std::string& text)
{
    return text.empty() ? Value() : Value(text);
}

Value textOrNone(const std::optional<std::string>& text)
{
    return text ? Value(*text) : Value();
}

Value listOf(Interpreter& interpreter, const std::vector<std::string>& texts)
{
    return interpreter.makeList(std::vector<Value>(texts.begin(), texts.end()));
}

const std::vector<Column>& columnsOf(const InspectorQuestion& question)
{
    const Table* table = question.table();
    return table != nullptr ? table->columns : question.view()->columns;
}

bool isSerial(const Column& column)
{
    return column.defaultExpression && column.defaultExpression->starts_with("nextval(");
}

/// A column of which only the name is sure, and with a doubt about its existence not even that.
Value dictionaryOf(Interpreter& interpreter,
                   const std::string& column,
                   const MigrationTarget::ColumnDoubt& doubt)
{
    const Value unknown(Unknown{doubt.reason});
    Pairs pairs{{Value("name"), doubt.existence ? unknown : Value(column)}};
    for (std::string_view part : {"type", "nullable", "default", "autoincrement", "comment"})
        pairs.emplace_back(Value(part), unknown);
    return interpreter.makeDictionary(std::move(pairs));
}

Value dictionaryOf(const InspectorQuestion& question, const Column& column)
{
    Interpreter& interpreter = question.interpreter();
    Pairs pairs{
        {Value("name"), Value(column.name)},
        {Value("type"), reflectedType(interpreter, question.schema(), column.type)},
        {Value("nullable"), Value(column.nullable)},
        {Value("default"), textOrNone(column.defaultExpression)},
        {Value("autoincrement"), Value(isSerial(column) || column.identity.has_value())},
        {Value("comment"), textOrNone(column.comment)},
    };
    if (column.generated)
        pairs.emplace_back(
            Value("computed"),
            interpreter.makeDictionary({{Value("sqltext"), Value(*column.generated)},
                                        {Value("persisted"), Value(!column.generatedVirtual)}}));
    if (column.identity)
        pairs.emplace_back(
            Value("identity"),
            interpreter.makeDictionary({{Value("always"), Value(column.identity->always)},
                                        {Value("start"), Value(column.identity->start)},
                                        {Value("increment"), Value(column.identity->increment)}}));
    return interpreter.makeDictionary(std::move(pairs));
}

Value dictionaryOf(Interpreter& interpreter, const Table& table, const Index& index)
{
    std::vector<Value> columns;
    std::vector<Value> expressions;
    bool hasExpression = false;
    for (const std::string& key : index.columns) {
        const std::string name = columnOfKey(table, key);
        hasExpression = hasExpression || name.empty();
        columns.push_back(textOrNone(name));
        expressions.emplace_back(name.empty() ? key : name);
    }
    Pairs options{{Value("postgresql_include"), listOf(interpreter, index.include)}};
    if (index.method != "btree")
        options.emplace_back(Value("postgresql_using"), Value(index.method));
    if (index.predicate)
        options.emplace_back(Value("postgresql_where"), Value(*index.predicate));
    Pairs pairs{{Value("name"), Value(index.name)},
                {Value("unique"), Value(index.unique)},
                {Value("column_names"), interpreter.makeList(std::move(columns))},
                {Value("include_columns"), listOf(interpreter, index.include)},
                {Value("dialect_options"), interpreter.makeDictionary(std::move(options))}};
    if (hasExpression)
        pairs.emplace_back(Value("expressions"), interpreter.makeList(std::move(expressions)));
    return interpreter.makeDictionary(std::move(pairs));
}

/// The index behind a UNIQUE constraint, which PostgreSQL's reflection lists too.
Value dictionaryOfBacking(Interpreter& interpreter, const KeyConstraint& key)
{
    return interpreter.makeDictionary({{Value("name"), Value(key.name)},
                                       {Value("unique"), Value(true)},
                                       {Value("column_names"), listOf(interpreter, key.columns)},
                                       {Value("include_columns"), listOf(interpreter, key.include)},
                                       {Value("duplicates_constraint"), Value(key.name)}});
}

Value dictionaryOf(const InspectorQuestion& question, const ForeignKey& key)
{
    Interpreter& interpreter = question.interpreter();
    Pairs options;
    const auto add = [&](std::string_view name, const std::string& text) {
        if (!text.empty())
            options.emplace_back(Value(name), Value(text));
    };
    add("onupdate", key.onUpdate);
    add("ondelete", key.onDelete);
    add("match", key.match);
    if (key.deferrable)
        options.emplace_back(Value("deferrable"), Value(true));
    if (key.initiallyDeferred)
        options.emplace_back(Value("initially"), Value("DEFERRED"));
    const auto& path = question.session().searchPath();
    const bool visible = std::ranges::find(path, key.target.schema) != path.end();
    const bool asked =
        question.namespaceGiven(1) && key.target.schema == question.relation().schema;
    return interpreter.makeDictionary(
        {{Value("name"), Value(key.name)},
         {Value("constrained_columns"), listOf(interpreter, key.columns)},
         {Value("referred_schema"), visible && !asked ? Value() : textOrNone(key.target.schema)},
         {Value("referred_table"), Value(key.target.name)},
         {Value("referred_columns"), listOf(interpreter, key.targetColumns)},
         {Value("options"), interpreter.makeDictionary(std::move(options))}});
}

/// Without the parentheses that PostgreSQL puts around a whole expression.
std::string bare(const std::string& expression)
{
    if (expression.size() >= 2 && expression.front() == '(' && expression.back() == ')')
        return expression.substr(1, expression.size() - 2);
    return expression;
}

struct ReflectedName
{
    std::string_view type; ///< as format_type spells it, without modifiers
    std::string_view name; ///< SQLAlchemy's class
};

// source  SQLAlchemy dialects/postgresql/base.py, ischema_names
constexpr std::array reflectedNames{
    ReflectedName{"integer", "INTEGER"},
    ReflectedName{"bigint", "BIGINT"},
    ReflectedName{"smallint", "SMALLINT"},
    ReflectedName{"character varying", "VARCHAR"},
    ReflectedName{"character", "CHAR"},
    ReflectedName{"text", "TEXT"},
    ReflectedName{"numeric", "NUMERIC"},
    ReflectedName{"real", "REAL"},
    ReflectedName{"double precision", "DOUBLE_PRECISION"},
    ReflectedName{"boolean", "BOOLEAN"},
    ReflectedName{"timestamp without time zone", "TIMESTAMP"},
    ReflectedName{"timestamp with time zone", "TIMESTAMP"},
    ReflectedName{"time without time zone", "TIME"},
    ReflectedName{"time with time zone", "TIME"},
    ReflectedName{"date", "DATE"},
    ReflectedName{"interval", "INTERVAL"},
    ReflectedName{"bytea", "BYTEA"},
    ReflectedName{"uuid", "UUID"},
    ReflectedName{"json", "JSON"},
    ReflectedName{"jsonb", "JSONB"},
    ReflectedName{"hstore", "HSTORE"},
    ReflectedName{"tsvector", "TSVECTOR"},
    ReflectedName{"inet", "INET"},
    ReflectedName{"cidr", "CIDR"},
    ReflectedName{"macaddr", "MACADDR"},
    ReflectedName{"money", "MONEY"},
    ReflectedName{"oid", "OID"},
    ReflectedName{"regclass", "REGCLASS"},
    ReflectedName{"bit", "BIT"},
    ReflectedName{"bit varying", "BIT"},
    ReflectedName{"int4range", "INT4RANGE"},
    ReflectedName{"int8range", "INT8RANGE"},
    ReflectedName{"numrange", "NUMRANGE"},
    ReflectedName{"daterange", "DATERANGE"},
    ReflectedName{"tsrange", "TSRANGE"},
    ReflectedName{"tstzrange", "TSTZRANGE"},
};

/// format_type's text taken apart: "character varying(255)[]".
struct TypeText
{
    std::string base; ///< "timestamp with time zone"
    std::vector<std::int64_t> numbers;
    bool array = false;
};

TypeText takenApart(std::string_view type)
{
    TypeText text;
    if (type.ends_with("[]")) {
        text.array = true;
        type.remove_suffix(2);
    }
    const std::size_t open = type.find('(');
    const std::size_t close = type.find(')');
    text.base = std::string(type.substr(0, open));
    if (open == std::string_view::npos || close == std::string_view::npos || close < open)
        return text;
    text.base += type.substr(close + 1);
    std::int64_t number = 0;
    bool any = false;
    for (char c : type.substr(open + 1, close - open)) {
        if (c >= '0' && c <= '9') {
            number = number < 100'000'000 ? number * 10 + (c - '0') : number;
            any = true;
        } else if (any) {
            text.numbers.push_back(number);
            number = 0;
            any = false;
        }
    }
    return text;
}

Arguments constructorArguments(const TypeText& text)
{
    Arguments arguments;
    if (text.base.starts_with("time")) {
        arguments.keywords.emplace_back("timezone",
                                        Value(text.base.find("with time") != std::string::npos));
        if (!text.numbers.empty())
            arguments.keywords.emplace_back("precision", Value(text.numbers.front()));
        return arguments;
    }
    if (text.base == "interval") {
        if (!text.numbers.empty())
            arguments.keywords.emplace_back("precision", Value(text.numbers.front()));
        return arguments;
    }
    if (text.base == "double precision")
        arguments.positional.emplace_back(53);
    for (std::int64_t number : text.numbers)
        arguments.positional.emplace_back(number);
    if (text.base == "bit varying")
        arguments.keywords.emplace_back("varying", Value(true));
    return arguments;
}

Value construct(Interpreter& interpreter, std::string_view name, const Arguments& arguments)
{
    const Value module = interpreter.importModule("sqlalchemy.dialects.postgresql");
    if (module.isUnknown())
        return module;
    const Evaluated type = interpreter.attribute(module, name);
    if (!type || type->isUnknown())
        return Value(Unknown{"a column's type " + std::string(name)});
    const Evaluated made = interpreter.call(*type, arguments);
    return made ? *made : Value(Unknown{"a column's type " + std::string(name)});
}

std::string unquoted(std::string_view name)
{
    if (name.size() >= 2 && name.front() == '"' && name.back() == '"')
        return std::string(name.substr(1, name.size() - 2));
    return std::string(name);
}

const EnumType* enumOf(const Schema& schema, std::string_view type)
{
    const std::size_t dot = type.find('.');
    const std::string name = unquoted(dot == std::string_view::npos ? type : type.substr(dot + 1));
    const std::string space =
        dot == std::string_view::npos ? std::string() : unquoted(type.substr(0, dot));
    for (const auto& [known, each] : schema.enums) {
        if (known.name == name && (space.empty() || known.schema == space))
            return each.get();
    }
    return nullptr;
}

} // namespace

std::string columnOfKey(const Table& table, const std::string& key)
{
    std::string name;
    if (key.starts_with('"')) {
        for (std::size_t at = 1; at < key.size(); ++at) {
            if (key[at] == '"' && !(at + 1 < key.size() && key[at + 1] == '"'))
                break;
            name += key[at];
            at += key[at] == '"' ? 1 : 0;
        }
    } else {
        name = key.substr(0, key.find(' '));
    }
    return table.column(name) != nullptr ? name : std::string();
}

Value reflectedType(Interpreter& interpreter, const Schema& schema, std::string_view type)
{
    const TypeText text = takenApart(type);
    Value made(Unknown{"a column of type " + std::string(type)});
    const auto found = std::ranges::find(reflectedNames, text.base, &ReflectedName::type);
    if (found != reflectedNames.end()) {
        made = construct(interpreter, found->name, constructorArguments(text));
    } else if (const EnumType* labels = enumOf(schema, text.base)) {
        Arguments arguments;
        arguments.positional.assign(labels->labels.begin(), labels->labels.end());
        arguments.keywords.emplace_back("name", Value(labels->name.name));
        made = construct(interpreter, "ENUM", arguments);
    }
    if (!text.array || made.isUnknown())
        return made;
    Arguments arguments;
    arguments.positional.push_back(made);
    return construct(interpreter, "ARRAY", arguments);
}

Evaluated answerColumns(const InspectorQuestion& question)
{
    Interpreter& interpreter = question.interpreter();
    auto doubts = question.session().columnDoubts(question.relation());
    // The doubt that reaches furthest comes first: it decides what is told of the column.
    std::ranges::stable_partition(doubts, [](const auto& doubt) { return doubt.existence; });
    std::vector<Value> columns;
    for (const Column& column : columnsOf(question)) {
        const auto doubt =
            std::ranges::find(doubts, column.name, &MigrationTarget::ColumnDoubt::column);
        columns.push_back(doubt == doubts.end() ? dictionaryOf(question, column)
                                                : dictionaryOf(interpreter, column.name, *doubt));
    }
    // One that may be gone may be there as well.
    for (const auto& doubt : doubts) {
        if (doubt.existence &&
            std::ranges::find(columnsOf(question), doubt.column, &Column::name) ==
                columnsOf(question).end())
            columns.push_back(dictionaryOf(interpreter, doubt.column, doubt));
    }
    return interpreter.makeList(std::move(columns));
}

Evaluated answerIndexes(const InspectorQuestion& question)
{
    Interpreter& interpreter = question.interpreter();
    std::vector<Value> indexes;
    if (const Table* table = question.table()) {
        for (const Index& index : table->indexes)
            indexes.push_back(dictionaryOf(interpreter, *table, index));
        for (const KeyConstraint& key : table->uniques)
            indexes.push_back(dictionaryOfBacking(interpreter, key));
    }
    return interpreter.makeList(std::move(indexes));
}

Evaluated answerForeignKeys(const InspectorQuestion& question)
{
    std::vector<Value> keys;
    if (const Table* table = question.table()) {
        for (const ForeignKey& key : table->foreignKeys)
            keys.push_back(dictionaryOf(question, key));
    }
    return question.interpreter().makeList(std::move(keys));
}

Evaluated answerUniques(const InspectorQuestion& question)
{
    Interpreter& interpreter = question.interpreter();
    std::vector<Value> uniques;
    if (const Table* table = question.table()) {
        for (const KeyConstraint& key : table->uniques)
            uniques.push_back(interpreter.makeDictionary(
                {{Value("name"), Value(key.name)},
                 {Value("column_names"), listOf(interpreter, key.columns)}}));
    }
    return interpreter.makeList(std::move(uniques));
}

Evaluated answerPrimaryKey(const InspectorQuestion& question)
{
    Interpreter& interpreter = question.interpreter();
    const Table* table = question.table();
    const bool has = table != nullptr && table->primaryKey.has_value();
    return interpreter.makeDictionary(
        {{Value("constrained_columns"),
          has ? listOf(interpreter, table->primaryKey->columns) : interpreter.makeList({})},
         {Value("name"), has ? Value(table->primaryKey->name) : Value()}});
}

Evaluated answerPrimaryKeyColumns(const InspectorQuestion& question)
{
    Interpreter& interpreter = question.interpreter();
    const Table* table = question.table();
    const bool has = table != nullptr && table->primaryKey.has_value();
    return has ? listOf(interpreter, table->primaryKey->columns) : interpreter.makeList({});
}

Evaluated answerChecks(const InspectorQuestion& question)
{
    Interpreter& interpreter = question.interpreter();
    std::vector<Value> checks;
    if (const Table* table = question.table()) {
        for (const CheckConstraint& check : table->checks)
            checks.push_back(
                interpreter.makeDictionary({{Value("name"), Value(check.name)},
                                            {Value("sqltext"), Value(bare(check.expression))}}));
    }
    return interpreter.makeList(std::move(checks));
}

} // namespace sightglass
