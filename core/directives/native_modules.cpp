// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/native_modules.h"

#include "core/directives/connection.h"
#include "core/directives/connection_objects.h"
#include "core/directives/context.h"
#include "core/directives/inspector.h"
#include "core/directives/native_object.h"
#include "core/directives/operations_proxy.h"
#include "core/directives/reflection.h"
#include "core/sqlalchemy/clause.h"
#include "core/sqlalchemy/items.h"
#include "core/sqlalchemy/type_object.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sightglass {

namespace {

/// Adds to a module what belongs there.
using Adder = void (*)(Interpreter&, NativeModule&);

void addNothing(Interpreter&, NativeModule&) {}

NativeClass* makeClass(Interpreter& interpreter,
                       std::string_view name,
                       std::vector<std::string> bases,
                       NativeFunction::Body construct)
{
    return interpreter.make<NativeClass>(std::string(name), std::move(bases), std::move(construct));
}

/// A class that is only asked about (isinstance) or named in annotations.
void addMarker(Interpreter& interpreter, NativeModule& module, std::string_view name)
{
    module.offer(name, [&] {
        return Value(
            makeClass(interpreter,
                      name,
                      {},
                      [shown = std::string(name)](Interpreter&, const Arguments&) -> Evaluated {
                          return Value(Unknown{"a " + shown + " made by the revision"});
                      }));
    });
}

Evaluated inspect(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* subject = arguments.at(0, "subject");
    if (subject != nullptr && reachesDatabase(*subject))
        return makeInspector(interpreter);
    if (subject != nullptr && subject->isUnknown())
        return Value(Unknown{"an inspection of " + subject->reason()});
    return Value(Unknown{"an inspection of something else than a connection"});
}

Evaluated inspectorOf(Interpreter& interpreter, const Arguments&)
{
    return makeInspector(interpreter);
}

/// create_engine(url) in a migration: another connection to a database that nobody here knows.
Evaluated createEngine(Interpreter&, const Arguments&)
{
    return Value(Unknown{"a connection to a database of its own"});
}

void addInspection(Interpreter& interpreter, NativeModule& module)
{
    module.offer("inspect", [&] { return interpreter.makeFunction("inspect", &inspect); });
}

void addInspector(Interpreter& interpreter, NativeModule& module)
{
    for (std::string_view name : {"Inspector", "PGInspector"}) {
        module.offer(name, [&] {
            NativeClass* type = makeClass(interpreter, name, {"Inspector"}, &inspectorOf);
            type->setClassAttribute("from_engine",
                                    interpreter.makeFunction("from_engine", &inspectorOf));
            return Value(type);
        });
    }
}

void addEngine(Interpreter& interpreter, NativeModule& module)
{
    addInspector(interpreter, module);
    for (std::string_view name : {"Connection",
                                  "Engine",
                                  "Dialect",
                                  "Row",
                                  "Result",
                                  "RowMapping",
                                  "CursorResult",
                                  "ResultProxy",
                                  "RowProxy",
                                  "Transaction"})
        addMarker(interpreter, module, name);
    for (std::string_view name : {"create_engine", "engine_from_config"})
        module.offer(name,
                     [&] { return interpreter.makeFunction(std::string(name), &createEngine); });
}

void addSqlalchemy(Interpreter& interpreter, NativeModule& module)
{
    addInspection(interpreter, module);
    addEngine(interpreter, module);
    addReflection(interpreter, module);
}

struct DialectName
{
    std::string_view module;
    std::string_view type;
};

constexpr std::array dialects{
    DialectName{"sqlalchemy.dialects.postgresql", "PGDialect"},
    DialectName{"sqlalchemy.dialects.mysql", "MySQLDialect"},
    DialectName{"sqlalchemy.dialects.sqlite", "SQLiteDialect"},
    DialectName{"sqlalchemy.dialects.oracle", "OracleDialect"},
    DialectName{"sqlalchemy.dialects.mssql", "MSDialect"},
};

Evaluated postgresDialect(Interpreter& interpreter, const Arguments&)
{
    return makeBindDialect(interpreter);
}

void addDialect(Interpreter& interpreter, NativeModule& module)
{
    for (const DialectName& each : dialects) {
        if (!std::string_view(module.name()).starts_with(each.module))
            continue;
        const bool ours = each.type == "PGDialect";
        const std::string type(each.type);
        NativeFunction::Body construct = [type](Interpreter&, const Arguments&) -> Evaluated {
            return Value(Unknown{"a " + type + " made by the revision"});
        };
        if (ours)
            construct = &postgresDialect;
        for (const std::string& name : {type, std::string("dialect")})
            module.offer(name, [&] {
                return Value(
                    makeClass(interpreter, type, {"DefaultDialect", "Dialect"}, construct));
            });
    }
}

/// psycopg2's own exceptions, which are not those that SQLAlchemy raises over them.
void addDriverErrors(Interpreter& interpreter, NativeModule& module)
{
    for (std::string_view name : {"Error",
                                  "DatabaseError",
                                  "ProgrammingError",
                                  "OperationalError",
                                  "IntegrityError",
                                  "InternalError",
                                  "DataError",
                                  "NotSupportedError",
                                  "DuplicateTable",
                                  "DuplicateColumn",
                                  "DuplicateObject",
                                  "UndefinedTable",
                                  "UndefinedColumn",
                                  "UndefinedObject",
                                  "UniqueViolation"}) {
        module.offer(name, [&] {
            const std::string full = module.name() + "." + std::string(name);
            return Value(makeClass(interpreter,
                                   full,
                                   {"psycopg2.Error", "Exception", "BaseException"},
                                   [full](Interpreter&, const Arguments&) -> Evaluated {
                                       return Value(Unknown{"a " + full});
                                   }));
        });
    }
}

/// oslo.db's enginefacade: `reader` and `writer` lead to the database that the service is set up
/// for, which is the one that its env.py migrates.
class EngineFacade final : public NativeObject
{
public:
    std::string typeName() const override { return "_TransactionContextManager"; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (name == "get_engine")
            return constantFunction(interpreter, std::string(name), makeConnection(interpreter));
        return Value(Unknown{"enginefacade." + std::string(name) + " of oslo_db"});
    }
};

void addEngineFacade(Interpreter& interpreter, NativeModule& module)
{
    for (const char* name : {"reader", "writer"})
        module.set(name, Value(interpreter.make<EngineFacade>()));
}

struct ModuleEntry
{
    std::string_view dotted;
    Adder add = &addNothing;
};

/// Modules that exist; types, clauses and items are added to each of SQLAlchemy's by its name.
constexpr std::array modules{
    ModuleEntry{"sqlalchemy", &addSqlalchemy},
    ModuleEntry{"sqlalchemy.types"},
    ModuleEntry{"sqlalchemy.type_api"},
    ModuleEntry{"sqlalchemy.schema", &addReflection},
    ModuleEntry{"sqlalchemy.sql"},
    ModuleEntry{"sqlalchemy.sql.base"},
    ModuleEntry{"sqlalchemy.sql.compiler"},
    ModuleEntry{"sqlalchemy.sql.ddl"},
    ModuleEntry{"sqlalchemy.sql.dml"},
    ModuleEntry{"sqlalchemy.sql.elements"},
    ModuleEntry{"sqlalchemy.sql.expression"},
    ModuleEntry{"sqlalchemy.sql.functions"},
    ModuleEntry{"sqlalchemy.sql.naming"},
    ModuleEntry{"sqlalchemy.sql.operators"},
    ModuleEntry{"sqlalchemy.sql.schema", &addReflection},
    ModuleEntry{"sqlalchemy.sql.selectable"},
    ModuleEntry{"sqlalchemy.sql.sqltypes"},
    ModuleEntry{"sqlalchemy.sql.type_api"},
    ModuleEntry{"sqlalchemy.ext"},
    ModuleEntry{"sqlalchemy.ext.compiler"},
    ModuleEntry{"sqlalchemy.ext.declarative", &addOrm},
    ModuleEntry{"sqlalchemy.ext.declarative.api", &addOrm},
    ModuleEntry{"sqlalchemy.ext.hybrid"},
    ModuleEntry{"sqlalchemy.ext.mutable"},
    ModuleEntry{"sqlalchemy.ext.automap"},
    ModuleEntry{"sqlalchemy.ext.asyncio"},
    ModuleEntry{"sqlalchemy.dialects"},
    ModuleEntry{"sqlalchemy.dialects.postgresql", &addDialect},
    ModuleEntry{"sqlalchemy.dialects.postgresql.array"},
    ModuleEntry{"sqlalchemy.dialects.postgresql.base", &addDialect},
    ModuleEntry{"sqlalchemy.dialects.postgresql.dml"},
    ModuleEntry{"sqlalchemy.dialects.postgresql.ext"},
    ModuleEntry{"sqlalchemy.dialects.postgresql.hstore"},
    ModuleEntry{"sqlalchemy.dialects.postgresql.json"},
    ModuleEntry{"sqlalchemy.dialects.postgresql.named_types"},
    ModuleEntry{"sqlalchemy.dialects.postgresql.ranges"},
    ModuleEntry{"sqlalchemy.dialects.postgresql.types"},
    ModuleEntry{"sqlalchemy.dialects.postgresql.psycopg2", &addDialect},
    ModuleEntry{"sqlalchemy.dialects.mysql", &addDialect},
    ModuleEntry{"sqlalchemy.dialects.mysql.base", &addDialect},
    ModuleEntry{"sqlalchemy.dialects.mysql.types"},
    ModuleEntry{"sqlalchemy.dialects.mysql.json"},
    ModuleEntry{"sqlalchemy.dialects.mysql.enumerated"},
    ModuleEntry{"sqlalchemy.dialects.sqlite", &addDialect},
    ModuleEntry{"sqlalchemy.dialects.sqlite.base", &addDialect},
    ModuleEntry{"sqlalchemy.dialects.sqlite.json"},
    ModuleEntry{"sqlalchemy.dialects.oracle", &addDialect},
    ModuleEntry{"sqlalchemy.dialects.oracle.base", &addDialect},
    ModuleEntry{"sqlalchemy.dialects.mssql", &addDialect},
    ModuleEntry{"sqlalchemy.dialects.mssql.base", &addDialect},
    ModuleEntry{"sqlalchemy.engine", &addEngine},
    ModuleEntry{"sqlalchemy.engine.base", &addEngine},
    ModuleEntry{"sqlalchemy.engine.default"},
    ModuleEntry{"sqlalchemy.engine.interfaces", &addEngine},
    ModuleEntry{"sqlalchemy.engine.reflection", &addInspector},
    ModuleEntry{"sqlalchemy.engine.result", &addEngine},
    ModuleEntry{"sqlalchemy.engine.row", &addEngine},
    ModuleEntry{"sqlalchemy.engine.url"},
    ModuleEntry{"sqlalchemy.inspection", &addInspection},
    ModuleEntry{"sqlalchemy.exc", &addExceptions},
    ModuleEntry{"sqlalchemy.orm", &addOrm},
    ModuleEntry{"sqlalchemy.orm.exc", &addExceptions},
    ModuleEntry{"sqlalchemy.orm.session", &addOrm},
    ModuleEntry{"sqlalchemy.orm.decl_api", &addOrm},
    ModuleEntry{"sqlalchemy.orm.attributes"},
    ModuleEntry{"sqlalchemy.orm.query", &addOrm},
    ModuleEntry{"sqlalchemy.event"},
    ModuleEntry{"sqlalchemy.pool"},
    ModuleEntry{"sqlalchemy.util"},
    ModuleEntry{"alembic"},
    ModuleEntry{"alembic.context", &addContext},
    ModuleEntry{"alembic.migration", &addMigrationContext},
    ModuleEntry{"alembic.runtime"},
    ModuleEntry{"alembic.runtime.migration", &addMigrationContext},
    ModuleEntry{"alembic.util", &addExceptions},
    ModuleEntry{"alembic.util.exc", &addExceptions},
    ModuleEntry{"oslo_db.sqlalchemy.enginefacade", &addEngineFacade},
    ModuleEntry{"psycopg2", &addDriverErrors},
    ModuleEntry{"psycopg2.errors", &addDriverErrors},
};

Object* make(Interpreter& interpreter, std::string_view dotted)
{
    if (Object* directives = makeDirectiveModule(interpreter, dotted))
        return directives;
    const auto entry = std::ranges::find(modules, dotted, &ModuleEntry::dotted);
    if (entry == modules.end() && !isTypeModule(dotted))
        return nullptr;
    const Adder more = entry != modules.end() ? entry->add : &addNothing;
    return interpreter.make<NativeModule>(std::string(dotted),
                                          [more](Interpreter& running, NativeModule& module) {
                                              addTypes(running, module);
                                              if (module.name().starts_with("sqlalchemy")) {
                                                  addClauses(running, module);
                                                  addItems(running, module);
                                              }
                                              more(running, module);
                                          });
}

} // namespace

Object* NativeModules::find(Interpreter& interpreter, std::string_view dotted)
{
    if (const auto found = m_modules.find(dotted); found != m_modules.end())
        return found->second;
    Object* module = make(interpreter, dotted);
    m_modules.emplace(std::string(dotted), module);
    return module;
}

} // namespace sightglass
