// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/directive_entity.h"

#include "core/directives/directive_call.h"
#include "core/sql/sql_reader.h"
#include "core/sqlalchemy/items_parts.h"
#include "core/sqlalchemy/naming.h"

#include <algorithm>
#include <array>

namespace sightglass {
namespace {

using Role = DirectiveParameter::Role;

/// PGView, PGFunction, …: an object of alembic_utils.
class Entity final : public Object
{
public:
    explicit Entity(std::string className)
        : m_className(std::move(className))
    {}

    std::string typeName() const override { return m_className; }

    std::vector<std::string> classNames() const override
    {
        return {m_className, "ReplaceableEntity"};
    }

    Known<bool> truth(Interpreter&) override { return true; }

    std::string schema;
    std::string signature;
    std::string definition;
    std::string onEntity;
    std::string role;
    std::string columns;
    bool isConstraint = false;
    bool withData = true;
    bool withGrantOption = false;
    std::optional<Unknown> unknown;

private:
    std::string m_className;
};

std::string qualified(const Entity& entity)
{
    return quotedIdentifier(entity.schema) + "." + quotedIdentifier(entity.signature);
}

std::string withoutSemicolon(std::string text)
{
    const std::size_t end = text.find_last_not_of(" \t\r\n;");
    text.erase(end == std::string::npos ? 0 : end + 1);
    return text;
}

/// `name(a integer)` with its name quoted; `keepDefaults` as creating wants it.
std::string routine(const Entity& entity, bool keepDefaults)
{
    const std::size_t open = entity.signature.find('(');
    std::string name = entity.signature.substr(0, open);
    while (!name.empty() && name.back() == ' ')
        name.pop_back();
    std::string rest = open == std::string::npos ? "()" : entity.signature.substr(open);
    const std::string start = quotedIdentifier(entity.schema) + "." + quotedIdentifier(name);
    if (keepDefaults)
        return start + rest;
    // DROP takes no defaults; they end at the next comma outside parentheses and quotes.
    std::string kept;
    int depth = 0;
    bool skipping = false;
    for (std::size_t i = 0; i < rest.size(); ++i) {
        const char c = rest[i];
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth <= 1 && (c == ',' || (c == ')' && depth == 0)))
            skipping = false;
        const std::string_view left = std::string_view(rest).substr(i);
        const bool word = left.starts_with(" default ") || left.starts_with(" DEFAULT ");
        skipping = skipping || c == '=' || (c == ':' && left.starts_with(":=")) || word;
        if (!skipping)
            kept += c;
    }
    return start + kept;
}

std::string policyTable(const Entity& entity)
{
    const std::size_t dot = entity.onEntity.rfind('.');
    const std::string table =
        dot == std::string::npos ? entity.onEntity : entity.onEntity.substr(dot + 1);
    return quotedIdentifier(entity.schema) + "." + table;
}

std::string createView(const Entity& entity)
{
    return "CREATE VIEW " + qualified(entity) + " AS " + entity.definition;
}

std::string replaceView(const Entity& entity)
{
    return "CREATE OR REPLACE VIEW " + qualified(entity) + " AS " + entity.definition;
}

std::string dropView(const Entity& entity)
{
    return "DROP VIEW " + qualified(entity);
}

std::string createMaterialized(const Entity& entity)
{
    return "CREATE MATERIALIZED VIEW " + qualified(entity) + " AS " +
           withoutSemicolon(entity.definition) + (entity.withData ? " WITH DATA" : " WITH NO DATA");
}

std::string replaceMaterialized(const Entity& entity)
{
    return "DROP MATERIALIZED VIEW IF EXISTS " + qualified(entity) + "; " +
           createMaterialized(entity);
}

std::string dropMaterialized(const Entity& entity)
{
    return "DROP MATERIALIZED VIEW " + qualified(entity);
}

std::string createFunction(const Entity& entity)
{
    return "CREATE FUNCTION " + routine(entity, true) + " " + entity.definition;
}

std::string replaceFunction(const Entity& entity)
{
    return "CREATE OR REPLACE FUNCTION " + routine(entity, true) + " " + entity.definition;
}

std::string dropFunction(const Entity& entity)
{
    return "DROP FUNCTION " + routine(entity, false);
}

std::string createProcedure(const Entity& entity)
{
    return "CREATE PROCEDURE " + routine(entity, true) + " " + entity.definition;
}

std::string replaceProcedure(const Entity& entity)
{
    return "CREATE OR REPLACE PROCEDURE " + routine(entity, true) + " " + entity.definition;
}

std::string dropProcedure(const Entity& entity)
{
    return "DROP PROCEDURE " + routine(entity, false);
}

std::string createTrigger(const Entity& entity)
{
    return std::string("CREATE ") + (entity.isConstraint ? "CONSTRAINT " : "") + "TRIGGER " +
           quotedIdentifier(entity.signature) + " " + entity.definition;
}

std::string dropTrigger(const Entity& entity)
{
    return "DROP TRIGGER " + quotedIdentifier(entity.signature) + " ON " + entity.onEntity;
}

std::string replaceTrigger(const Entity& entity)
{
    return "DROP TRIGGER IF EXISTS " + quotedIdentifier(entity.signature) + " ON " +
           entity.onEntity + "; " + createTrigger(entity);
}

std::string createExtension(const Entity& entity)
{
    return "CREATE EXTENSION " + quotedIdentifier(entity.signature) + " WITH SCHEMA " +
           quotedIdentifier(entity.schema);
}

std::string dropExtension(const Entity& entity)
{
    return "DROP EXTENSION " + quotedIdentifier(entity.signature);
}

std::string createPolicy(const Entity& entity)
{
    return "CREATE POLICY " + entity.signature + " ON " + policyTable(entity) + " " +
           entity.definition;
}

std::string dropPolicy(const Entity& entity)
{
    return "DROP POLICY " + entity.signature + " ON " + policyTable(entity);
}

std::string replacePolicy(const Entity& entity)
{
    return "DROP POLICY IF EXISTS " + entity.signature + " ON " + policyTable(entity) + "; " +
           createPolicy(entity);
}

std::string grantOn(const Entity& entity)
{
    const std::string columns = entity.columns.empty() ? "" : " (" + entity.columns + ")";
    return entity.definition + columns + " ON " + quotedIdentifier(entity.schema) + "." +
           quotedIdentifier(entity.onEntity);
}

std::string createGrant(const Entity& entity)
{
    return "GRANT " + grantOn(entity) + " TO " + quotedIdentifier(entity.role) +
           (entity.withGrantOption ? " WITH GRANT OPTION" : "");
}

std::string dropGrant(const Entity& entity)
{
    return "REVOKE " + grantOn(entity) + " FROM " + quotedIdentifier(entity.role);
}

struct EntityKind
{
    std::string_view className;
    std::string (*create)(const Entity&);
    std::string (*drop)(const Entity&);
    std::string (*replace)(const Entity&);
};

constexpr std::array<EntityKind, 9> kinds = {{
    {"PGView", createView, dropView, replaceView},
    {"PGMaterializedView", createMaterialized, dropMaterialized, replaceMaterialized},
    {"PGFunction", createFunction, dropFunction, replaceFunction},
    {"PGProcedure", createProcedure, dropProcedure, replaceProcedure},
    {"PGTrigger", createTrigger, dropTrigger, replaceTrigger},
    {"PGExtension", createExtension, dropExtension, nullptr},
    {"PGPolicy", createPolicy, dropPolicy, replacePolicy},
    {"PGGrantTable", createGrant, dropGrant, createGrant},
    {"PGGrantColumns", createGrant, dropGrant, createGrant},
}};

const EntityKind* kindOfEntity(const Entity& entity)
{
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&entity](const EntityKind& each) {
        return each.className == entity.typeName();
    });
    return found == kinds.end() ? nullptr : &*found;
}

std::string wordOf(const Value* value, std::optional<Unknown>& unknown)
{
    return withoutSemicolon(textArgument(value, unknown));
}

/// Older policies name their table in the signature: "name.table".
void splitPolicy(Entity& entity)
{
    const std::size_t dot = entity.signature.find('.');
    if (!entity.onEntity.empty() || dot == std::string::npos)
        return;
    entity.onEntity = entity.signature.substr(dot + 1);
    entity.signature.erase(dot);
}

void readGrant(Interpreter& interpreter, const Arguments& arguments, Entity& entity)
{
    const bool ofColumns = entity.typeName() == "PGGrantColumns";
    entity.onEntity = textArgument(arguments.at(1, "table"), entity.unknown);
    std::size_t next = 2;
    if (ofColumns) {
        if (const Value* columns = arguments.at(next++, "columns")) {
            auto names = columnNamesOf(interpreter, *columns, entity.unknown);
            for (std::size_t i = 0; names && i < names->size(); ++i)
                entity.columns += (i == 0 ? "" : ", ") + quotedIdentifier((*names)[i]);
        }
    }
    entity.role = textArgument(arguments.at(next, "role"), entity.unknown);
    entity.definition = textArgument(arguments.at(next + 1, "grant"), entity.unknown);
    entity.withGrantOption =
        flagOf(interpreter, arguments.at(next + 2, "with_grant_option"), false, entity.unknown);
}

Evaluated
makeEntity(Interpreter& interpreter, const std::string& className, const Arguments& arguments)
{
    auto* entity = interpreter.make<Entity>(className);
    if (arguments.hidden)
        note(entity->unknown, arguments.hidden->reason);
    entity->schema = textArgument(arguments.at(0, "schema"), entity->unknown);
    if (className.starts_with("PGGrant")) {
        readGrant(interpreter, arguments, *entity);
        return Value(static_cast<Object*>(entity));
    }
    // PGTrigger and PGPolicy take the table third in their newer versions.
    const bool onTable = className == "PGTrigger" || className == "PGPolicy";
    const bool tableThird = className == "PGPolicy" && arguments.positional.size() > 3;
    entity->signature = textArgument(arguments.at(1, "signature"), entity->unknown);
    entity->definition = wordOf(arguments.at(tableThird ? 3 : 2, "definition"), entity->unknown);
    if (onTable)
        entity->onEntity =
            textArgument(arguments.at(tableThird ? 2 : 3, "on_entity"), entity->unknown);
    if (className == "PGPolicy")
        splitPolicy(*entity);
    entity->isConstraint =
        flagOf(interpreter, arguments.at(4, "is_constraint"), false, entity->unknown);
    entity->withData = flagOf(interpreter, arguments.keyword("with_data"), true, entity->unknown);
    return Value(static_cast<Object*>(entity));
}

/// The definition of a trigger may leave out the schema; alembic_utils puts it in.
void addSchema(const Entity& entity, Change& change)
{
    if (auto* made = std::get_if<change::CreateTrigger>(&change);
        made != nullptr && made->table.schema.empty())
        made->table.schema = entity.schema;
}

LoweredOutcome lowerEntity(const DirectiveCall& call,
                           std::string_view verb,
                           std::string (*EntityKind::*statement)(const Entity&))
{
    const Value& given = *call.given("target");
    const auto* entity = given.as<Entity>();
    const std::string what = std::string(verb) + " an entity of alembic_utils";
    if (entity == nullptr)
        return opaqueLowering(what, given.isUnknown() ? given.reason() : "it is another object");
    if (entity->unknown)
        return opaqueLowering(what, entity->unknown->reason);
    const EntityKind* kind = kindOfEntity(*entity);
    if (kind == nullptr || kind->*statement == nullptr)
        return raising("NotImplementedError", "", {"RuntimeError", "Exception", "BaseException"});
    std::string sql = (kind->*statement)(*entity);
    std::optional<Unknown> unknown;
    if (verb == "drops" && call.flag("cascade", unknown))
        sql += " CASCADE";
    Lowered made;
    for (SqlStatement& each : readSql(sql)) {
        for (SqlChange& change : each.changes) {
            addSchema(*entity, change.change);
            made.changes.push_back(std::move(change.change));
            made.texts.push_back(each.text);
        }
    }
    return made;
}

LoweredOutcome createEntity(const DirectiveCall& call)
{
    return lowerEntity(call, "creates", &EntityKind::create);
}

LoweredOutcome dropEntity(const DirectiveCall& call)
{
    return lowerEntity(call, "drops", &EntityKind::drop);
}

LoweredOutcome replaceEntity(const DirectiveCall& call)
{
    return lowerEntity(call, "replaces", &EntityKind::replace);
}

constexpr std::array<DirectiveParameter, 1> entityParameters = {{{"target", Role::Plain, true}}};
constexpr std::array<DirectiveParameter, 2> dropParameters = {
    {{"target", Role::Plain, true}, {"cascade"}}};

constexpr std::array<Directive, 3> directives = {{
    {"create_entity", entityParameters, false, false, createEntity},
    {"drop_entity", dropParameters, false, false, dropEntity},
    {"replace_entity", entityParameters, false, false, replaceEntity},
}};

} // namespace

Object* makeEntityModule(Interpreter& interpreter, std::string_view dotted)
{
    const std::string_view package = dotted.substr(0, dotted.find('.'));
    if (package == "alembic_postgresql_enum")
        return makeEnumModule(interpreter, dotted);
    if (package != "alembic_utils" && package != "alembic_utils_extended")
        return nullptr;
    auto* module = interpreter.make<NativeModule>(std::string(dotted));
    for (const EntityKind& kind : kinds) {
        const std::string name(kind.className);
        module->set(name,
                    Value(static_cast<Object*>(interpreter.make<NativeClass>(
                        name,
                        std::vector<std::string>{"ReplaceableEntity"},
                        [name](Interpreter& inner, const Arguments& arguments) {
                            return makeEntity(inner, name, arguments);
                        }))));
    }
    module->set("register_entities",
                interpreter.makeFunction(
                    "register_entities",
                    [](Interpreter&, const Arguments&) -> Evaluated { return Value(); }));
    return module;
}

std::span<const Directive> entityDirectives()
{
    return directives;
}

} // namespace sightglass
