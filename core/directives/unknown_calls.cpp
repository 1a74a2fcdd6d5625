// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/unknown_calls.h"

#include "core/directives/connection.h"
#include "core/directives/execute.h"
#include "core/directives/revision_session.h"
#include "core/sqlalchemy/clause.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sightglass {

namespace {

constexpr int deepestArgument = 4;

/// Names that only tell, wait, look or change a container, whatever object they are of. One that is
/// handed a way to the database is asked about all the same.
constexpr std::array<std::string_view, 63> harmlessNames{"debug",
                                                         "info",
                                                         "warning",
                                                         "warn",
                                                         "error",
                                                         "exception",
                                                         "critical",
                                                         "log",
                                                         "print",
                                                         "echo",
                                                         "secho",
                                                         "sleep",
                                                         "write",
                                                         "flush",
                                                         "append",
                                                         "extend",
                                                         "pop",
                                                         "sort",
                                                         "setdefault",
                                                         "discard",
                                                         "fetchall",
                                                         "fetchone",
                                                         "close",
                                                         "getLogger",
                                                         "isinstance",
                                                         "len",
                                                         "str",
                                                         "repr",
                                                         "list",
                                                         "set",
                                                         "dict",
                                                         "tuple",
                                                         "sorted",
                                                         "getattr",
                                                         "load_dotenv",
                                                         "filterwarnings",
                                                         "remove",
                                                         "clear",
                                                         "insert",
                                                         "update",
                                                         "popitem",
                                                         "set_description",
                                                         "set_description_str",
                                                         "set_postfix",
                                                         "reset",
                                                         "increment",
                                                         "mkdir",
                                                         "rmdir",
                                                         "unlink",
                                                         "touch",
                                                         "write_text",
                                                         "write_bytes",
                                                         "encode",
                                                         "decode",
                                                         "encrypt",
                                                         "decrypt",
                                                         "init_app",
                                                         "register_blueprint",
                                                         "errorhandler",
                                                         "add_extension",
                                                         "from_object",
                                                         "localeselector",
                                                         "exempt"};

/// Packages that reach no database.
constexpr std::array<std::string_view, 47> harmlessPackages{"logging",
                                                            "structlog",
                                                            "loguru",
                                                            "click",
                                                            "typer",
                                                            "rich",
                                                            "tqdm",
                                                            "dotenv",
                                                            "yaml",
                                                            "requests",
                                                            "httpx",
                                                            "boto3",
                                                            "numpy",
                                                            "pandas",
                                                            "pytz",
                                                            "dateutil",
                                                            "arrow",
                                                            "pendulum",
                                                            "faker",
                                                            "passlib",
                                                            "bcrypt",
                                                            "jwt",
                                                            "pydantic",
                                                            "sentry_sdk",
                                                            "slugify",
                                                            "ulid",
                                                            "nanoid",
                                                            "decouple",
                                                            "orjson",
                                                            "cryptography",
                                                            "simplejson",
                                                            "ujson",
                                                            "werkzeug",
                                                            "jinja2",
                                                            "bs4",
                                                            "lxml",
                                                            "PIL",
                                                            "six",
                                                            "tenacity",
                                                            "markdown",
                                                            "redis",
                                                            "babel",
                                                            "flask_babel",
                                                            "flask_wtf",
                                                            "flask_login",
                                                            "flask_security",
                                                            "disk_objectstore"};

/// Beginnings of names of functions that ask and change nothing.
constexpr std::array<std::string_view, 12> askingBeginnings{"has_",
                                                            "is_",
                                                            "get_",
                                                            "exists",
                                                            "check_",
                                                            "find_",
                                                            "_has",
                                                            "_is",
                                                            "_get",
                                                            "_check",
                                                            "table_exists",
                                                            "column_exists"};

/// Methods that hand SQL to something like a connection.
constexpr std::array<std::string_view, 4> sqlNames{"execute", "exec_driver_sql", "run_sql", "sql"};

/// Methods of sessions that write rows.
constexpr std::array<std::string_view, 15> dataNames{"populate_table",
                                                     "populate_column",
                                                     "add",
                                                     "add_all",
                                                     "merge",
                                                     "delete",
                                                     "commit",
                                                     "rollback",
                                                     "refresh",
                                                     "bulk_save_objects",
                                                     "bulk_insert_mappings",
                                                     "bulk_update_mappings",
                                                     "save",
                                                     "delete_instance",
                                                     "expunge_all"};

/// Where paths of files come from: what is done to one is done to the disk.
constexpr std::array<std::string_view, 4> pathSources{
    ".iterdir()", ".glob(", ".rglob(", "listdir("};

bool isPathOnDisk(std::string_view reason)
{
    return std::ranges::any_of(pathSources, [&](std::string_view source) {
        return reason.find(source) != std::string_view::npos;
    });
}

/// Makers of sessions: what they make is asked on its own.
constexpr std::array<std::string_view, 4> sessionNames{
    "Session", "sessionmaker", "scoped_session", "create_scoped_session"};

template <std::size_t count>
bool holds(const std::array<std::string_view, count>& names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

bool carriesHandle(const Value& value, int depth = 0)
{
    if (reachesDatabase(value))
        return true;
    if (depth > deepestArgument)
        return false;
    if (const std::vector<Value>* items = Interpreter::itemsOf(value)) {
        return std::ranges::any_of(
            *items, [&](const Value& item) { return carriesHandle(item, depth + 1); });
    }
    return false;
}

bool isHanded(const Arguments& arguments)
{
    return std::ranges::any_of(arguments.positional,
                               [](const Value& value) { return carriesHandle(value); }) ||
           std::ranges::any_of(arguments.keywords,
                               [](const auto& pair) { return carriesHandle(pair.second); });
}

std::string lastName(std::string_view callee)
{
    const std::size_t dot = callee.rfind('.');
    std::string_view name = dot == std::string_view::npos ? callee : callee.substr(dot + 1);
    return std::string(name.substr(0, name.find_first_of("([")));
}

/// "alembic_utils" of "alembic_utils is not part of the project"; empty for other reasons.
std::string_view packageIn(std::string_view reason)
{
    constexpr std::string_view words = " is not part of the project";
    if (!reason.ends_with(words))
        return {};
    return reason.substr(0, reason.size() - words.size());
}

bool isSql(const Value* value)
{
    return value != nullptr && (value->asText() != nullptr || value->as<Clause>() != nullptr);
}

void emitUnknown(Interpreter& interpreter, const UnknownCall& call, bool structural)
{
    RevisionSession* session = sessionOf(interpreter);
    // There is no way to raise from here; a try around it sees no error either, for nobody knows
    // whether there is one.
    static_cast<void>(session->emitOpaque(
        interpreter,
        change::Opaque{.what = "calls " + call.callee, .table = {}, .structural = structural},
        EmitDetails{.directive = call.callee,
                    .span = call.span,
                    .reason = "calls " + call.callee + ": " + call.reason,
                    .circumstances = {},
                    .texts = {}}));
}

} // namespace

void noteUnknownCall(Interpreter& interpreter, const UnknownCall& call)
{
    RevisionSession* session = sessionOf(interpreter);
    if (session == nullptr || !session->running())
        return;
    const std::string name = lastName(call.callee);
    const bool handed = isHanded(call.arguments);
    const bool harmless = holds(harmlessNames, name) ||
                          holds(harmlessPackages, packageIn(call.reason)) ||
                          isPathOnDisk(call.reason);
    if (harmless && !handed)
        return;
    if (holds(sessionNames, name) && call.result)
        return;
    // A directive that calls a method of something it was given: it says itself what it does.
    if (call.callee == call.reason && call.reason.starts_with("argument "))
        return;
    const bool asks = std::ranges::any_of(
        askingBeginnings, [&](std::string_view begin) { return name.starts_with(begin); });
    if (asks && call.result)
        return;
    if (handed) {
        emitUnknown(interpreter, call, true);
        return;
    }
    if (isRunTimeResult(call.reason) || call.reason.ends_with("is set by the configuration"))
        return;
    const bool data = givesDataStatement(session->sourceIndex(interpreter, call.span), call.span) ||
                      call.callee.find(".query(") != std::string::npos;
    if (holds(sqlNames, name) && !data && isSql(call.arguments.at(0, "statement"))) {
        static_cast<void>(executeCall(interpreter,
                                      call.arguments,
                                      ExecuteCall{.directive = call.callee,
                                                  .rule = StringRule::Driver,
                                                  .autocommit = false,
                                                  .parameters = true,
                                                  .reason = call.reason}));
        return;
    }
    if (!call.result)
        emitUnknown(interpreter, call, !holds(dataNames, name) && !data);
}

} // namespace sightglass
