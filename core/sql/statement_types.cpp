// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/statement_changes.h"
#include "core/sql/statement_definitions.h"

namespace sightglass {

void readCreateEnum(const StatementText&, const ParseNode& node, SqlChanges& out)
{
    out.push_back(readChange(change::CreateEnum{.type = nameOfParts(node.strings("typeName")),
                                                .labels = node.strings("vals")}));
}

void readAlterEnum(const StatementText&, const ParseNode& node, SqlChanges& out)
{
    const QualifiedName type = nameOfParts(node.strings("typeName"));
    const std::string label(node.text("newVal"));
    if (node.has("oldVal")) {
        out.push_back(readChange(change::RenameEnumLabel{
            .type = type, .label = std::string(node.text("oldVal")), .newLabel = label}));
        return;
    }
    change::AddEnumLabel add{
        .type = type, .label = label, .ifNotExists = node.flag("skipIfNewValExists")};
    (node.flag("newValIsAfter") ? add.after : add.before) = node.text("newValNeighbor");
    out.push_back(readChange(std::move(add)));
}

void readCompositeType(const StatementText&, const ParseNode& node, SqlChanges& out)
{
    out.push_back(readChange(
        change::CreateType{.type = relationName(node.field("typevar")), .kind = "composite"}));
}

void readRangeType(const StatementText&, const ParseNode& node, SqlChanges& out)
{
    out.push_back(readChange(
        change::CreateType{.type = nameOfParts(node.strings("typeName")), .kind = "range"}));
}

void readCreateDomain(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    // What may follow a domain's type is what may follow a column's.
    const ColumnDefinition column = readColumn(statement, node, statement.all().end);
    out.push_back(readChange(change::CreateDomain{.domain = nameOfParts(node.strings("domainname")),
                                                  .type = column.type,
                                                  .notNull = column.notNull,
                                                  .defaultExpression = column.defaultExpression,
                                                  .constraints = column.constraints}));
}

void readAlterDomain(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    change::AlterDomain alter{.domain = nameOfParts(node.strings("typeName")),
                              .notNull = {},
                              .defaultExpression = {},
                              .added = {},
                              .dropped = {},
                              .validated = {},
                              .renamed = {},
                              .newName = {}};
    const std::string name(node.text("name"));
    const std::string_view action = node.text("subtype");
    const ParseNode definition = node.field("def");
    const TokenRange all = statement.all();
    if (action == "T" && definition) {
        alter.defaultExpression =
            sqlTextOf(statement, {statement.find(all, "default") + 1, all.end});
    } else if (action == "T") {
        alter.dropDefault = true;
    } else if (action == "N" || action == "O") {
        alter.notNull = action == "O";
    } else if (action == "C") {
        alter.added.push_back(
            readConstraint(statement, definition, {statement.find(all, "add") + 1, all.end}));
    } else if (action == "X") {
        alter.dropped = name;
        alter.ifExists = node.flag("missing_ok");
    } else {
        alter.validated = name;
    }
    out.push_back(readChange(std::move(alter)));
}

void readCreateSequence(const StatementText&, const ParseNode& node, SqlChanges& out)
{
    const ParseNode relation = node.field("sequence");
    change::CreateSequence sequence{.sequence = relationName(relation),
                                    .options = readSequenceOptions(node.list("options")),
                                    .ifNotExists = node.flag("if_not_exists")};
    sequence.temporary = relation.text("relpersistence") == "t";
    out.push_back(readChange(std::move(sequence)));
}

void readAlterSequence(const StatementText&, const ParseNode& node, SqlChanges& out)
{
    out.push_back(
        readChange(change::AlterSequence{.sequence = relationName(node.field("sequence")),
                                         .options = readSequenceOptions(node.list("options")),
                                         .ifExists = node.flag("missing_ok")}));
}

void readCreateExtension(const StatementText&, const ParseNode& node, SqlChanges& out)
{
    change::CreateExtension extension{.extension = std::string(node.text("extname")),
                                      .ifNotExists = node.flag("if_not_exists")};
    for (const ParseNode& option : node.list("options")) {
        const std::string_view name = option.text("defname");
        if (name == "schema")
            extension.schema = option.text("arg");
        else if (name == "new_version")
            extension.version = option.text("arg");
    }
    out.push_back(readChange(std::move(extension)));
}

} // namespace sightglass
