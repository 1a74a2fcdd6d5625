// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/statement_changes.h"
#include "core/sql/statement_definitions.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

/// One action of an ALTER TABLE with what is around it.
struct Action
{
    const StatementText& statement;
    const ParseNode& command;
    QualifiedName table;
    TokenRange range; ///< its tokens
    bool ifTableExists = false;

    std::string column() const { return std::string(command.text("name")); }

    bool missingOk() const { return command.flag("missing_ok"); }

    bool cascade() const { return command.text("behavior") == "DROP_CASCADE"; }

    ParseNode definition() const { return command.field("def"); }

    /// Behind ALTER [COLUMN] name.
    TokenRange behindColumn() const
    {
        const std::size_t name = range.begin + (statement.is(range.begin + 1, "column") ? 2 : 1);
        return {name + 1, range.end};
    }

    bool has(NewerClause clause) const { return statement.has(clause, range); }

    SqlText behind(std::string_view word) const
    {
        const TokenRange rest = behindColumn();
        const std::size_t found = statement.find(rest, word);
        return sqlTextOf(statement, {found + 1, range.end});
    }
};

Change addColumn(const Action& action)
{
    return change::AddColumn{
        .table = action.table,
        .column = readColumn(action.statement, action.definition(), action.range.end),
        .ifNotExists = action.missingOk(),
        .ifTableExists = action.ifTableExists};
}

Change dropColumn(const Action& action)
{
    return change::DropColumn{.table = action.table,
                              .column = action.column(),
                              .ifExists = action.missingOk(),
                              .cascade = action.cascade()};
}

Change columnDefault(const Action& action)
{
    if (!action.definition())
        return change::DropDefault{.table = action.table, .column = action.column()};
    if (action.has(NewerClause::SetExpression)) {
        const std::size_t open = action.statement.findOpening(action.behindColumn());
        return change::SetExpression{
            .table = action.table,
            .column = action.column(),
            .expression = sqlTextOf(action.statement, action.statement.inside(open))};
    }
    return change::SetDefault{
        .table = action.table, .column = action.column(), .expression = action.behind("default")};
}

Change setNotNull(const Action& action)
{
    return change::SetNotNull{.table = action.table, .column = action.column()};
}

Change dropNotNull(const Action& action)
{
    return change::DropNotNull{.table = action.table, .column = action.column()};
}

Change columnType(const Action& action)
{
    const ParseNode column = action.definition();
    const ParseNode collate = column.field("collClause");
    change::SetColumnType result{.table = action.table, .column = action.column()};
    std::size_t stop = action.range.end;
    if (collate) {
        stop = action.statement.from(collate).begin;
        result.collation = collationName(collate);
    }
    result.type = typeText(action.statement, column.field("typeName"), stop);
    if (column.has("raw_default"))
        result.usingExpression = action.behind("using");
    return result;
}

Change dropExpression(const Action& action)
{
    return change::DropGenerated{
        .table = action.table, .column = action.column(), .ifExists = action.missingOk()};
}

Change addIdentity(const Action& action)
{
    const ParseNode definition = action.definition();
    return change::AddIdentity{
        .table = action.table,
        .column = action.column(),
        .identity = {.always = definition.text("generated_when") == "a",
                     .options = readSequenceOptions(definition.list("options"))}};
}

Change setIdentity(const Action& action)
{
    change::SetIdentity result{.table = action.table, .column = action.column()};
    const std::vector<ParseNode> options = action.command.list("def");
    result.options = readSequenceOptions(options);
    for (const ParseNode& option : options) {
        const std::string_view name = option.text("defname");
        if (name == "generated")
            result.always = integerOf(option.field("arg")) == 'a';
        else if (name == "restart")
            result.restart = true;
    }
    return result;
}

Change dropIdentity(const Action& action)
{
    return change::DropIdentity{
        .table = action.table, .column = action.column(), .ifExists = action.missingOk()};
}

/// ADD CONSTRAINT n NOT NULL c, which the parser was given as CHECK (c).
Change addNotNull(const Action& action)
{
    const ParseNode definition = action.definition();
    const std::vector<std::string> column = definition.field("raw_expr").strings("fields");
    return change::SetNotNull{.table = action.table,
                              .column = column.empty() ? std::string() : column.back(),
                              .asConstraint = true,
                              .constraint = std::string(definition.text("conname")),
                              .notValid = definition.flag("skip_validation"),
                              .noInherit = definition.flag("is_no_inherit")};
}

Change addConstraint(const Action& action)
{
    if (action.has(NewerClause::NotNullConstraint))
        return addNotNull(action);
    return change::AddConstraint{
        .table = action.table,
        .constraint = readConstraint(action.statement, action.definition(), action.range)};
}

Change alterConstraint(const Action& action)
{
    const ParseNode definition = action.definition();
    // The attributes are read as those of a constraint that is written at a table.
    const ConstraintDefinition read = readConstraint(action.statement, definition, action.range);
    change::AlterConstraint result{.table = action.table,
                                   .name = std::string(definition.text("conname")),
                                   .deferrable = read.deferrable,
                                   .initially = read.initially};
    if (action.has(NewerClause::NotEnforced) || action.has(NewerClause::Enforced))
        result.enforced = action.has(NewerClause::Enforced);
    if (action.has(NewerClause::Inherit) || action.has(NewerClause::NoInherit))
        result.inherit = action.has(NewerClause::Inherit);
    return result;
}

Change validateConstraint(const Action& action)
{
    return change::ValidateConstraint{.table = action.table, .name = action.column()};
}

Change dropConstraint(const Action& action)
{
    return change::DropConstraint{.table = action.table,
                                  .name = action.column(),
                                  .ifExists = action.missingOk(),
                                  .cascade = action.cascade()};
}

Change attachPartition(const Action& action)
{
    const ParseNode partition = action.definition().field("name");
    const std::size_t behind = action.statement.behindName(action.statement.from(partition).begin);
    return change::AttachPartition{.table = action.table,
                                   .partition = relationName(partition),
                                   .bound = action.statement.cut({behind, action.range.end})};
}

Change detachPartition(const Action& action)
{
    const ParseNode definition = action.definition();
    return change::DetachPartition{.table = action.table,
                                   .partition = relationName(definition.field("name")),
                                   .concurrently = definition.flag("concurrent")};
}

Change option(const Action& action)
{
    return change::AlterTableOption{.table = action.table,
                                    .what = action.statement.cut(action.range)};
}

Change rowSecurity(const Action& action)
{
    return change::AlterTableOption{.table = action.table,
                                    .what = action.statement.cut(action.range),
                                    .rowSecurity =
                                        action.command.text("subtype") == "AT_EnableRowSecurity"};
}

Change logging(const Action& action)
{
    return change::AlterTableOption{.table = action.table,
                                    .what = action.statement.cut(action.range),
                                    .unlogged = action.command.text("subtype") == "AT_SetUnLogged"};
}

struct ActionKind
{
    std::string_view subtype;
    Change (*read)(const Action&);
};

constexpr std::array actionKinds{
    ActionKind{"AT_AddColumn", addColumn},
    ActionKind{"AT_AddConstraint", addConstraint},
    ActionKind{"AT_AddIdentity", addIdentity},
    ActionKind{"AT_AlterColumnType", columnType},
    ActionKind{"AT_AlterConstraint", alterConstraint},
    ActionKind{"AT_AttachPartition", attachPartition},
    ActionKind{"AT_ColumnDefault", columnDefault},
    ActionKind{"AT_DetachPartition", detachPartition},
    ActionKind{"AT_DisableRowSecurity", rowSecurity},
    ActionKind{"AT_DropColumn", dropColumn},
    ActionKind{"AT_DropConstraint", dropConstraint},
    ActionKind{"AT_DropExpression", dropExpression},
    ActionKind{"AT_DropIdentity", dropIdentity},
    ActionKind{"AT_DropNotNull", dropNotNull},
    ActionKind{"AT_EnableRowSecurity", rowSecurity},
    ActionKind{"AT_SetIdentity", setIdentity},
    ActionKind{"AT_SetLogged", logging},
    ActionKind{"AT_SetNotNull", setNotNull},
    ActionKind{"AT_SetUnLogged", logging},
    ActionKind{"AT_ValidateConstraint", validateConstraint},
};

/// ALTER TABLE IF EXISTS: an action is left out when there is no such relation.
void leaveOutWithoutTable(const QualifiedName& table, SqlChange& change)
{
    if (std::holds_alternative<change::AddColumn>(change.change))
        return; // has a field of its own
    std::string literal;
    for (const char c : toSql(table))
        literal.append(c == '\'' ? 2 : 1, c);
    change.askedQuery = "SELECT 1 WHERE to_regclass('" + literal + "') IS NOT NULL";
    change.unless = true;
}

/// Views, indexes and sequences may stand in ALTER TABLE; what they take there is no shape of ours.
bool isTableLike(std::string_view objectType)
{
    return objectType == "OBJECT_TABLE" || objectType == "OBJECT_FOREIGN_TABLE" ||
           objectType.empty();
}

/// ALTER INDEX … SET (…), RESET (…).
bool readIndexStorage(const ParseNode& node, const QualifiedName& index, SqlChanges& out)
{
    const std::vector<ParseNode> commands = node.list("cmds");
    const std::string_view action =
        commands.size() == 1 ? commands.front().text("subtype") : std::string_view();
    const bool sets = action == "AT_SetRelOptions";
    if (!sets && action != "AT_ResetRelOptions")
        return false;
    change::SetIndexStorage change{
        .index = index, .storage = {}, .reset = {}, .ifExists = node.flag("missing_ok")};
    for (const ParseNode& option : commands.front().list("def")) {
        const std::string name(option.text("defname"));
        const ParseNode value = option.field("arg");
        if (sets)
            change.storage.emplace_back(name, value ? plainValueOf(value) : "true");
        else
            change.reset.push_back(name);
    }
    out.push_back(readChange(std::move(change)));
    return true;
}

} // namespace

void readAlterTable(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    const ParseNode relation = node.field("relation");
    const QualifiedName table = relationName(relation);
    if (node.text("objtype") == "OBJECT_INDEX" && readIndexStorage(node, table, out))
        return;
    if (!isTableLike(node.text("objtype"))) {
        out.push_back(readChange(otherStatement(statement, table)));
        return;
    }
    TokenRange rest = statement.from(relation);
    rest.begin = statement.behindName(rest.begin);
    if (statement.token(rest.begin).text == "*")
        ++rest.begin;
    if (statement.isMark(rest.begin, ')')) // ONLY (name)
        ++rest.begin;
    const std::vector<TokenRange> ranges = statement.items(rest);
    const std::vector<ParseNode> commands = node.list("cmds");
    const bool ifExists = node.flag("missing_ok");
    for (std::size_t i = 0; i < commands.size(); ++i) {
        const Action action{.statement = statement,
                            .command = commands[i],
                            .table = table,
                            .range = ranges.size() == commands.size() ? ranges[i] : TokenRange{},
                            .ifTableExists = ifExists};
        const auto kind =
            std::ranges::find(actionKinds, commands[i].text("subtype"), &ActionKind::subtype);
        SqlChange change =
            readChange(kind != actionKinds.end() ? kind->read(action) : option(action));
        if (ifExists)
            leaveOutWithoutTable(table, change);
        out.push_back(std::move(change));
    }
}

} // namespace sightglass
