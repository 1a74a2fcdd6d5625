// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/change_text.h"
#include "core/render/sql_writer.h"

namespace sightglass {

namespace {

SqlWriter alterTable(const QualifiedName& table, bool ifExists = false)
{
    SqlWriter out;
    out.words("ALTER TABLE").when(ifExists, "IF EXISTS").name(table);
    return out;
}

SqlWriter alterColumn(const QualifiedName& table, const std::string& column)
{
    SqlWriter out = alterTable(table);
    out.words("ALTER COLUMN").name(column);
    return out;
}

SqlText elementsOf(const change::CreateTable& change)
{
    std::vector<SqlText> elements;
    for (const ColumnDefinition& column : change.columns)
        elements.push_back(columnText(column));
    for (std::size_t i = 0; i < change.like.size(); ++i) {
        SqlWriter like;
        like.words("LIKE").name(change.like[i]);
        if (i < change.likeOptions.size())
            like.words(change.likeOptions[i]);
        elements.push_back(like.result());
    }
    for (const ConstraintDefinition& constraint : change.constraints)
        elements.push_back(constraintText(constraint));
    return joined(elements, ", \n    ");
}

void writeElements(SqlWriter& out, const change::CreateTable& change)
{
    const SqlText elements = elementsOf(change);
    if (!elements.isKnown())
        out.fail(elements.reason());
    else if (!elements.value().empty())
        out.words("(\n    " + elements.value() + "\n)");
    else if (!change.partitionOf && change.query.empty())
        out.words("(\n)");
}

} // namespace

SqlText textOf(const change::CreateTable& change)
{
    SqlWriter out;
    out.words("CREATE").when(change.temporary, "TEMPORARY").when(change.unlogged, "UNLOGGED");
    out.words("TABLE").when(change.ifNotExists, "IF NOT EXISTS").name(change.table);
    if (change.partitionOf)
        out.words("PARTITION OF").name(*change.partitionOf);
    writeElements(out, change);
    out.words(change.partitionBound);
    if (!change.inherits.empty()) {
        std::string parents;
        for (const QualifiedName& parent : change.inherits)
            parents += (parents.empty() ? "" : ", ") + sqlName(parent);
        out.glue("\n").words("INHERITS ( " + parents + " )");
    }
    if (!change.partitionBy.empty())
        out.glue("\n").words("PARTITION BY").words(change.partitionBy);
    for (const std::string& option : change.options)
        out.glue("\n").words(option);
    if (!change.query.empty())
        out.words("AS").words(change.query);
    return out.result();
}

SqlText textOf(const change::DropTable& change)
{
    return SqlWriter()
        .words("DROP TABLE")
        .when(change.ifExists, "IF EXISTS")
        .name(change.table)
        .when(change.cascade, "CASCADE")
        .result();
}

SqlText textOf(const change::RenameTable& change)
{
    return alterTable(change.table, change.ifExists)
        .words("RENAME TO")
        .name(change.newName)
        .result();
}

SqlText textOf(const change::SetTableSchema& change)
{
    return alterTable(change.table, change.ifExists)
        .words("SET SCHEMA")
        .name(change.newSchema)
        .result();
}

SqlText textOf(const change::AddColumn& change)
{
    return alterTable(change.table, change.ifTableExists)
        .words("ADD COLUMN")
        .when(change.ifNotExists, "IF NOT EXISTS")
        .text(columnText(change.column))
        .result();
}

SqlText textOf(const change::DropColumn& change)
{
    return alterTable(change.table)
        .words("DROP COLUMN")
        .when(change.ifExists, "IF EXISTS")
        .name(change.column)
        .when(change.cascade, "CASCADE")
        .result();
}

SqlText textOf(const change::RenameColumn& change)
{
    return alterTable(change.table)
        .words("RENAME")
        .name(change.column)
        .words("TO")
        .name(change.newName)
        .result();
}

SqlText textOf(const change::SetColumnType& change)
{
    SqlWriter out = alterColumn(change.table, change.column);
    out.words("TYPE").text(change.type);
    if (!change.collation.empty())
        out.words("COLLATE").words(collationText(change.collation));
    if (change.usingExpression)
        out.words("USING").text(*change.usingExpression);
    return out.result();
}

SqlText textOf(const change::SetNotNull& change)
{
    if (!change.asConstraint)
        return alterColumn(change.table, change.column).words("SET NOT NULL").result();
    SqlWriter out = alterTable(change.table);
    out.words("ADD");
    if (!change.constraint.empty())
        out.words("CONSTRAINT").name(change.constraint);
    return out.words("NOT NULL")
        .name(change.column)
        .when(change.notValid, "NOT VALID")
        .when(change.noInherit, "NO INHERIT")
        .result();
}

SqlText textOf(const change::DropNotNull& change)
{
    return alterColumn(change.table, change.column).words("DROP NOT NULL").result();
}

SqlText textOf(const change::SetDefault& change)
{
    return alterColumn(change.table, change.column)
        .words("SET DEFAULT")
        .text(change.expression)
        .result();
}

SqlText textOf(const change::DropDefault& change)
{
    return alterColumn(change.table, change.column).words("DROP DEFAULT").result();
}

SqlText textOf(const change::AddIdentity& change)
{
    return alterColumn(change.table, change.column)
        .words("ADD")
        .words(identityText(change.identity))
        .result();
}

SqlText textOf(const change::SetIdentity& change)
{
    SqlWriter out = alterColumn(change.table, change.column);
    if (change.always)
        out.words("SET GENERATED").words(*change.always ? "ALWAYS" : "BY DEFAULT");
    // Each option has a SET of its own, in the order of their Python names.
    SequenceOptions one;
    const auto add = [&] {
        const std::string text = sequenceOptionsText(one);
        out.when(!text.empty(), "SET").words(text);
        one = {};
    };
    one.cache = change.options.cache;
    add();
    one.cycle = change.options.cycle;
    add();
    one.increment = change.options.increment;
    add();
    one.maximum = change.options.maximum;
    add();
    one.minimum = change.options.minimum;
    add();
    one.noMaximum = change.options.noMaximum;
    add();
    one.noMinimum = change.options.noMinimum;
    add();
    one.start = change.options.start;
    add();
    out.when(change.restart, "RESTART");
    return out.result();
}

SqlText textOf(const change::DropIdentity& change)
{
    return alterColumn(change.table, change.column)
        .words("DROP IDENTITY")
        .when(change.ifExists, "IF EXISTS")
        .result();
}

SqlText textOf(const change::DropGenerated& change)
{
    return alterColumn(change.table, change.column)
        .words("DROP EXPRESSION")
        .when(change.ifExists, "IF EXISTS")
        .result();
}

SqlText textOf(const change::SetExpression& change)
{
    return alterColumn(change.table, change.column)
        .words("SET EXPRESSION AS")
        .group(change.expression)
        .result();
}

SqlText textOf(const change::AddConstraint& change)
{
    return alterTable(change.table).words("ADD").text(constraintText(change.constraint)).result();
}

SqlText textOf(const change::DropConstraint& change)
{
    return alterTable(change.table)
        .words("DROP CONSTRAINT")
        .when(change.ifExists, "IF EXISTS")
        .name(change.name)
        .when(change.cascade, "CASCADE")
        .result();
}

SqlText textOf(const change::RenameConstraint& change)
{
    return alterTable(change.table)
        .words("RENAME CONSTRAINT")
        .name(change.name)
        .words("TO")
        .name(change.newName)
        .result();
}

SqlText textOf(const change::ValidateConstraint& change)
{
    return alterTable(change.table).words("VALIDATE CONSTRAINT").name(change.name).result();
}

SqlText textOf(const change::AlterConstraint& change)
{
    SqlWriter out = alterTable(change.table);
    out.words("ALTER CONSTRAINT").name(change.name);
    if (change.deferrable)
        out.words(*change.deferrable ? "DEFERRABLE" : "NOT DEFERRABLE");
    if (!change.initially.empty())
        out.words("INITIALLY").words(change.initially);
    if (change.enforced)
        out.words(*change.enforced ? "ENFORCED" : "NOT ENFORCED");
    if (change.inherit)
        out.words(*change.inherit ? "INHERIT" : "NO INHERIT");
    return out.result();
}

SqlText textOf(const change::AttachPartition& change)
{
    return alterTable(change.table)
        .words("ATTACH PARTITION")
        .name(change.partition)
        .words(change.bound)
        .result();
}

SqlText textOf(const change::DetachPartition& change)
{
    return alterTable(change.table)
        .words("DETACH PARTITION")
        .name(change.partition)
        .when(change.concurrently, "CONCURRENTLY")
        .result();
}

SqlText textOf(const change::AlterTableOption& change)
{
    if (change.what.empty())
        return Unknown{"what the ALTER TABLE sets is not known"};
    return alterTable(change.table).words(change.what).result();
}

} // namespace sightglass
