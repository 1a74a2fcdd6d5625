// SPDX-License-Identifier: GPL-3.0-or-later
// DROP, RENAME, SET SCHEMA and COMMENT ON: statements that name objects of any kind.
#include "core/sql/statement_changes.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

/// An object that a statement names, whatever node the parser has for it.
struct NamedObject
{
    QualifiedName name; ///< of a trigger, policy, rule or constraint: of its table
    std::string part;   ///< the trigger, policy, rule, constraint, column
    std::optional<std::string> arguments;
};

/// A type of a list of arguments, without modifiers, which make no identity.
std::string argumentTypes(const StatementText& statement, const ParseNode& object)
{
    std::string result;
    for (const ParseNode& type : object.list("objargs")) {
        const TokenRange range = statement.item(statement.from(type));
        result += (result.empty() ? "" : ", ") + statement.cut(range);
    }
    return result;
}

bool isPartOfTable(std::string_view kind)
{
    constexpr std::array parts{std::string_view("OBJECT_TRIGGER"),
                               std::string_view("OBJECT_POLICY"),
                               std::string_view("OBJECT_RULE"),
                               std::string_view("OBJECT_TABCONSTRAINT"),
                               std::string_view("OBJECT_COLUMN")};
    return std::ranges::find(parts, kind) != parts.end();
}

NamedObject
namedObject(const StatementText& statement, const ParseNode& object, std::string_view kind)
{
    NamedObject result;
    if (object.is("String")) {
        result.name.name = object.string();
    } else if (object.is("TypeName")) {
        result.name = typeName(object);
    } else if (object.is("RangeVar")) {
        result.name = relationName(object);
    } else if (object.is("ObjectWithArgs")) {
        result.name = nameOfParts(object.strings("objname"));
        if (!object.flag("args_unspecified"))
            result.arguments = argumentTypes(statement, object);
    } else if (object.is("List")) {
        std::vector<std::string> parts = object.strings("items");
        const std::vector<ParseNode> items = object.items();
        if (!items.empty() && items.front().is("TypeName")) { // a constraint of a domain
            result.name = typeName(items.front());
            result.part = parts.size() > 1 ? parts.back() : std::string();
            return result;
        }
        if (isPartOfTable(kind) && parts.size() > 1) {
            result.part = parts.back();
            parts.pop_back();
        }
        result.name = nameOfParts(parts);
    }
    return result;
}

/// What is common to the objects of one DROP.
struct DropWords
{
    bool ifExists = false;
    bool cascade = false;
    bool concurrently = false;
};

std::string functionKind(std::string_view kind)
{
    return kind == "OBJECT_FUNCTION"    ? "function"
           : kind == "OBJECT_PROCEDURE" ? "procedure"
           : kind == "OBJECT_AGGREGATE" ? "aggregate"
                                        : "routine";
}

using Dropper = Change (*)(const NamedObject&, const DropWords&, std::string_view);

struct DropKind
{
    std::string_view kind;
    Dropper drop;
};

Change dropTable(const NamedObject& object, const DropWords& words, std::string_view)
{
    return change::DropTable{
        .table = object.name, .ifExists = words.ifExists, .cascade = words.cascade};
}

Change dropIndex(const NamedObject& object, const DropWords& words, std::string_view)
{
    return change::DropIndex{.index = object.name,
                             .ifExists = words.ifExists,
                             .concurrently = words.concurrently,
                             .cascade = words.cascade};
}

Change dropSequence(const NamedObject& object, const DropWords& words, std::string_view)
{
    return change::DropSequence{
        .sequence = object.name, .ifExists = words.ifExists, .cascade = words.cascade};
}

Change dropView(const NamedObject& object, const DropWords& words, std::string_view kind)
{
    return change::DropView{.view = object.name,
                            .materialized = kind == "OBJECT_MATVIEW",
                            .ifExists = words.ifExists,
                            .cascade = words.cascade};
}

Change dropType(const NamedObject& object, const DropWords& words, std::string_view kind)
{
    return change::DropType{.type = object.name,
                            .ifExists = words.ifExists,
                            .cascade = words.cascade,
                            .domain = kind == "OBJECT_DOMAIN"};
}

Change dropSchema(const NamedObject& object, const DropWords& words, std::string_view)
{
    return change::DropSchema{
        .schema = object.name.name, .ifExists = words.ifExists, .cascade = words.cascade};
}

Change dropExtension(const NamedObject& object, const DropWords& words, std::string_view)
{
    return change::DropExtension{
        .extension = object.name.name, .ifExists = words.ifExists, .cascade = words.cascade};
}

Change dropFunction(const NamedObject& object, const DropWords& words, std::string_view kind)
{
    return change::DropFunction{.function = object.name,
                                .arguments = object.arguments,
                                .kind = functionKind(kind),
                                .ifExists = words.ifExists,
                                .cascade = words.cascade};
}

Change dropTrigger(const NamedObject& object, const DropWords& words, std::string_view)
{
    return change::DropTrigger{.table = object.name,
                               .trigger = object.part,
                               .ifExists = words.ifExists,
                               .cascade = words.cascade};
}

Change dropPolicy(const NamedObject& object, const DropWords& words, std::string_view)
{
    return change::DropPolicy{
        .table = object.name, .policy = object.part, .ifExists = words.ifExists};
}

constexpr std::array dropKinds{
    DropKind{"OBJECT_TABLE", dropTable},
    DropKind{"OBJECT_FOREIGN_TABLE", dropTable},
    DropKind{"OBJECT_INDEX", dropIndex},
    DropKind{"OBJECT_SEQUENCE", dropSequence},
    DropKind{"OBJECT_VIEW", dropView},
    DropKind{"OBJECT_MATVIEW", dropView},
    DropKind{"OBJECT_TYPE", dropType},
    DropKind{"OBJECT_DOMAIN", dropType},
    DropKind{"OBJECT_SCHEMA", dropSchema},
    DropKind{"OBJECT_EXTENSION", dropExtension},
    DropKind{"OBJECT_FUNCTION", dropFunction},
    DropKind{"OBJECT_PROCEDURE", dropFunction},
    DropKind{"OBJECT_AGGREGATE", dropFunction},
    DropKind{"OBJECT_ROUTINE", dropFunction},
    DropKind{"OBJECT_TRIGGER", dropTrigger},
    DropKind{"OBJECT_POLICY", dropPolicy},
};

/// What is common to renames and moves to another schema.
struct Renaming
{
    const StatementText& statement;
    QualifiedName object; ///< of a part: its table
    std::string part;
    std::string newName;
    bool ifExists = false;
    std::string_view kind;
    std::optional<std::string> arguments;
};

Change renameTable(const Renaming& one)
{
    return change::RenameTable{
        .table = one.object, .newName = one.newName, .ifExists = one.ifExists};
}

Change renameColumn(const Renaming& one)
{
    return change::RenameColumn{.table = one.object, .column = one.part, .newName = one.newName};
}

Change renameConstraint(const Renaming& one)
{
    return change::RenameConstraint{.table = one.object, .name = one.part, .newName = one.newName};
}

Change renameIndex(const Renaming& one)
{
    return change::RenameIndex{
        .index = one.object, .newName = one.newName, .ifExists = one.ifExists};
}

Change renameSequence(const Renaming& one)
{
    return change::RenameSequence{.sequence = one.object, .newName = one.newName};
}

Change renameView(const Renaming& one)
{
    return change::RenameView{.view = one.object, .newName = one.newName};
}

Change renameMaterializedView(const Renaming& one)
{
    return change::RenameView{.view = one.object, .newName = one.newName, .materialized = true};
}

Change renameType(const Renaming& one)
{
    return change::RenameType{.type = one.object, .newName = one.newName};
}

Change renameSchema(const Renaming& one)
{
    return change::RenameSchema{.schema = one.part, .newName = one.newName};
}

Change renameDomainConstraint(const Renaming& one)
{
    return change::AlterDomain{.domain = one.object,
                               .notNull = {},
                               .defaultExpression = {},
                               .added = {},
                               .dropped = {},
                               .validated = {},
                               .renamed = one.part,
                               .newName = one.newName};
}

Change renameTrigger(const Renaming& one)
{
    return change::RenameTrigger{.table = one.object, .trigger = one.part, .newName = one.newName};
}

Change renamePolicy(const Renaming& one)
{
    return change::AlterPolicy{.table = one.object, .policy = one.part, .newName = one.newName};
}

Change renameFunction(const Renaming& one)
{
    return change::RenameFunction{.function = one.object,
                                  .arguments = one.arguments,
                                  .kind = functionKind(one.kind),
                                  .newName = one.newName,
                                  .newSchema = {}};
}

Change moveFunction(const Renaming& one)
{
    return change::RenameFunction{.function = one.object,
                                  .arguments = one.arguments,
                                  .kind = functionKind(one.kind),
                                  .newName = {},
                                  .newSchema = one.newName};
}

Change setTableSchema(const Renaming& one)
{
    return change::SetTableSchema{
        .table = one.object, .newSchema = one.newName, .ifExists = one.ifExists};
}

Change setTypeSchema(const Renaming& one)
{
    return change::SetTypeSchema{.type = one.object, .newSchema = one.newName};
}

Change moveUnfollowed(const Renaming& one)
{
    return change::Opaque{.what = "moves " + toText(one.object) + " to schema " + one.newName,
                          .table = one.object};
}

struct RenameKind
{
    std::string_view kind;
    Change (*rename)(const Renaming&);
    Change (*move)(const Renaming&);
};

constexpr std::array renameKinds{
    RenameKind{"OBJECT_TABLE", renameTable, setTableSchema},
    RenameKind{"OBJECT_FOREIGN_TABLE", renameTable, setTableSchema},
    RenameKind{"OBJECT_VIEW", renameView, setTableSchema},
    RenameKind{"OBJECT_MATVIEW", renameMaterializedView, setTableSchema},
    RenameKind{"OBJECT_SEQUENCE", renameSequence, setTableSchema},
    RenameKind{"OBJECT_INDEX", renameIndex, setTableSchema},
    RenameKind{"OBJECT_COLUMN", renameColumn, nullptr},
    RenameKind{"OBJECT_TABCONSTRAINT", renameConstraint, nullptr},
    RenameKind{"OBJECT_TYPE", renameType, setTypeSchema},
    RenameKind{"OBJECT_DOMAIN", renameType, setTypeSchema},
    RenameKind{"OBJECT_SCHEMA", renameSchema, nullptr},
    RenameKind{"OBJECT_DOMCONSTRAINT", renameDomainConstraint, nullptr},
    RenameKind{"OBJECT_TRIGGER", renameTrigger, nullptr},
    RenameKind{"OBJECT_POLICY", renamePolicy, nullptr},
    RenameKind{"OBJECT_FUNCTION", renameFunction, moveFunction},
    RenameKind{"OBJECT_PROCEDURE", renameFunction, moveFunction},
    RenameKind{"OBJECT_ROUTINE", renameFunction, moveFunction},
    RenameKind{"OBJECT_AGGREGATE", renameFunction, moveFunction},
    RenameKind{"OBJECT_EXTENSION", nullptr, moveUnfollowed},
};

Renaming renamingOf(const StatementText& statement, const ParseNode& node, std::string_view kind)
{
    Renaming result{.statement = statement, .kind = kind};
    result.part = node.text("subname");
    result.ifExists = node.flag("missing_ok");
    if (const ParseNode relation = node.field("relation")) {
        result.object = relationName(relation);
        return result;
    }
    const ParseNode object = node.field("object");
    const NamedObject named = namedObject(statement, object, kind);
    result.object = named.name;
    result.arguments = named.arguments;
    if (result.part.empty())
        result.part = named.part;
    return result;
}

/// ALTER … IF EXISTS of what has no field for it.
void leaveOutWithoutRelation(const Renaming& one, SqlChange& change)
{
    if (!one.ifExists || one.object.name.empty())
        return;
    const bool hasField = std::visit(
        [](const auto& read) {
            return requires
            {
                read.ifExists;
            };
        },
        change.change);
    if (hasField)
        return;
    std::string literal;
    for (const char c : toSql(one.object))
        literal.append(c == '\'' ? 2 : 1, c);
    change.askedQuery = "SELECT 1 WHERE to_regclass('" + literal + "') IS NOT NULL";
    change.unless = true;
}

SqlChange renamed(Change change)
{
    SqlChange result = readChange(std::move(change));
    if (const auto* opaque = std::get_if<change::Opaque>(&result.change))
        result.reason = opaque->what;
    return result;
}

/// "OBJECT_MATVIEW" in the words of COMMENT ON.
std::string commentKind(std::string_view kind)
{
    struct Word
    {
        std::string_view kind;
        std::string_view text;
    };

    static constexpr std::array words{Word{"OBJECT_MATVIEW", "materialized view"},
                                      Word{"OBJECT_TABCONSTRAINT", "constraint"},
                                      Word{"OBJECT_DOMCONSTRAINT", "domain constraint"},
                                      Word{"OBJECT_FOREIGN_TABLE", "foreign table"},
                                      Word{"OBJECT_STATISTIC_EXT", "statistics"},
                                      Word{"OBJECT_EVENT_TRIGGER", "event trigger"}};
    const auto found = std::ranges::find(words, kind, &Word::kind);
    if (found != words.end())
        return std::string(found->text);
    return kind.starts_with("OBJECT_") ? lowerCase(kind.substr(7)) : std::string();
}

} // namespace

void readDrop(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    const std::string_view kind = node.text("removeType");
    const DropWords words{.ifExists = node.flag("missing_ok"),
                          .cascade = node.text("behavior") == "DROP_CASCADE",
                          .concurrently = node.flag("concurrent")};
    const auto found = std::ranges::find(dropKinds, kind, &DropKind::kind);
    for (const ParseNode& object : node.list("objects")) {
        const NamedObject named = namedObject(statement, object, kind);
        out.push_back(readChange(found != dropKinds.end() ? found->drop(named, words, kind)
                                                          : otherStatement(statement, named.name)));
    }
}

void readRename(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    const std::string_view kind = node.text("renameType");
    const auto found = std::ranges::find(renameKinds, kind, &RenameKind::kind);
    Renaming renaming = renamingOf(statement, node, kind);
    renaming.newName = node.text("newname");
    SqlChange change = renamed(found != renameKinds.end() && found->rename != nullptr
                                   ? found->rename(renaming)
                                   : otherStatement(statement, renaming.object));
    leaveOutWithoutRelation(renaming, change);
    out.push_back(std::move(change));
}

void readSetSchema(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    const std::string_view kind = node.text("objectType");
    const auto found = std::ranges::find(renameKinds, kind, &RenameKind::kind);
    Renaming moving = renamingOf(statement, node, kind);
    moving.newName = node.text("newschema");
    SqlChange change = renamed(found != renameKinds.end() && found->move != nullptr
                                   ? found->move(moving)
                                   : otherStatement(statement, moving.object));
    leaveOutWithoutRelation(moving, change);
    out.push_back(std::move(change));
}

void readComment(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    const std::string_view kind = node.text("objtype");
    const NamedObject named = namedObject(statement, node.field("object"), kind);
    change::SetComment comment{
        .kind = commentKind(kind), .name = named.name, .part = named.part, .text = std::nullopt};
    if (node.has("comment"))
        comment.text = std::string(node.text("comment"));
    out.push_back(readChange(std::move(comment)));
}

} // namespace sightglass
