// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/clause_functions.h"
#include "core/sqlalchemy/clause_statements.h"

#include <algorithm>
#include <array>
#include <span>

namespace sightglass {

namespace {

constexpr auto languageModules = std::to_array<std::string_view>({"sqlalchemy",
                                                                  "sqlalchemy.sql",
                                                                  "sqlalchemy.sql.elements",
                                                                  "sqlalchemy.sql.expression",
                                                                  "sqlalchemy.sql.functions",
                                                                  "sqlalchemy.sql.schema",
                                                                  "sqlalchemy.schema",
                                                                  "sqlalchemy.sql.selectable",
                                                                  "sqlalchemy.sql.dml",
                                                                  "sqlalchemy.sql.ddl"});

// What PostgreSQL's dialect adds, or has its own form of.
constexpr auto dialectNames =
    std::to_array<std::string_view>({"aggregate_order_by", "array", "insert", "Any", "All"});
constexpr auto dialectFunctions = std::to_array<std::string_view>({"to_tsvector",
                                                                   "to_tsquery",
                                                                   "plainto_tsquery",
                                                                   "phraseto_tsquery",
                                                                   "websearch_to_tsquery",
                                                                   "ts_headline"});
constexpr auto schemaNames = std::to_array<std::string_view>({"DDL", "quoted_name"});
constexpr auto functionNames = std::to_array<std::string_view>({"now",
                                                                "count",
                                                                "max",
                                                                "min",
                                                                "sum",
                                                                "coalesce",
                                                                "concat",
                                                                "random",
                                                                "char_length",
                                                                "current_date",
                                                                "current_time",
                                                                "current_timestamp",
                                                                "current_user",
                                                                "localtime",
                                                                "localtimestamp",
                                                                "session_user",
                                                                "user",
                                                                "array_agg"});

template <typename Names>
bool has(const Names& names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

/// A name that a file may call and also test with isinstance().
Value constructorOf(Interpreter& interpreter, const ConstructorRow& row)
{
    return interpreter.makeFunction(std::string(row.name), row.make);
}

void setAll(Interpreter& interpreter,
            NativeModule& module,
            const std::vector<ConstructorRow>& rows,
            bool (*wanted)(std::string_view))
{
    for (const ConstructorRow& row : rows) {
        if (wanted(row.name))
            module.offer(row.name, [&] { return constructorOf(interpreter, row); });
    }
}

/// SQL functions that are imported by their name.
void setFunctions(Interpreter& interpreter,
                  NativeModule& module,
                  std::span<const std::string_view> names)
{
    for (const std::string_view each : names) {
        module.offer(each, [&] {
            const Evaluated function = FunctionGenerator().attribute(interpreter, each);
            return function ? *function : Value(Unknown{"func." + std::string(each)});
        });
    }
}

/// Classes that files name for isinstance() or to build with.
void setClasses(Interpreter& interpreter, NativeModule& module)
{
    struct ClassRow
    {
        std::string_view name;
        std::string_view constructor;
    };

    constexpr auto classes = std::to_array<ClassRow>({{"ClauseElement", ""},
                                                      {"ColumnElement", ""},
                                                      {"ColumnClause", "column"},
                                                      {"TableClause", "table"},
                                                      {"TextClause", "text"},
                                                      {"BindParameter", "bindparam"},
                                                      {"BinaryExpression", ""},
                                                      {"Executable", ""},
                                                      {"Select", "select"},
                                                      {"Insert", "insert"},
                                                      {"Update", "update"},
                                                      {"Delete", "delete"}});
    for (const ClassRow& row : classes) {
        module.offer(row.name, [&] {
            return Value(interpreter.make<NativeClass>(
                std::string(row.name),
                std::vector<std::string>{"ClauseElement"},
                [constructor = std::string(row.constructor)](
                    Interpreter& running, const Arguments& arguments) -> Evaluated {
                    return callConstructor(running, constructor, arguments);
                }));
        });
    }
}

} // namespace

Evaluated
callConstructor(Interpreter& interpreter, std::string_view name, const Arguments& arguments)
{
    for (const auto* rows : {&expressionConstructors(), &statementConstructors()}) {
        const auto row = std::ranges::find(*rows, name, &ConstructorRow::name);
        if (row != rows->end())
            return row->make(interpreter, arguments);
    }
    return Value(Unknown{"an object of a class of SQLAlchemy that is not made directly"});
}

void addClauses(Interpreter& interpreter, NativeModule& module)
{
    const std::string& name = module.name();
    if (name.starts_with("sqlalchemy.dialects.postgresql")) {
        setAll(interpreter, module, expressionConstructors(), [](std::string_view each) {
            return has(dialectNames, each);
        });
        setAll(interpreter, module, dialectConstructors(), [](std::string_view) { return true; });
        setFunctions(interpreter, module, dialectFunctions);
        return;
    }
    if (!has(languageModules, name))
        return;
    const bool schema = name == "sqlalchemy.schema" || name == "sqlalchemy.sql.schema" ||
                        name == "sqlalchemy.sql.ddl";
    if (schema) {
        setAll(interpreter, module, expressionConstructors(), [](std::string_view each) {
            return has(schemaNames, each);
        });
        return;
    }
    setAll(interpreter, module, expressionConstructors(), [](std::string_view each) {
        return each != "array" && each != "aggregate_order_by";
    });
    setAll(interpreter, module, statementConstructors(), [](std::string_view) { return true; });
    module.offer("func", [&] { return Value(interpreter.make<FunctionGenerator>()); });
    if (name != "sqlalchemy")
        setClasses(interpreter, module);
    if (name == "sqlalchemy.sql.functions")
        setFunctions(interpreter, module, functionNames);
}

} // namespace sightglass
