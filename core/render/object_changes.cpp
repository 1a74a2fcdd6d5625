// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/change_text.h"
#include "core/render/sql_writer.h"

namespace sightglass {

namespace {

SqlText dropped(std::string_view what, const QualifiedName& name, bool ifExists, bool cascade)
{
    return SqlWriter()
        .words("DROP")
        .words(what)
        .when(ifExists, "IF EXISTS")
        .name(name)
        .when(cascade, "CASCADE")
        .result();
}

SqlText renamed(std::string_view what, const QualifiedName& name, const std::string& newName)
{
    return SqlWriter()
        .words("ALTER")
        .words(what)
        .name(name)
        .words("RENAME TO")
        .name(newName)
        .result();
}

void writeSequenceOptions(SqlWriter& out, const SequenceOptions& options)
{
    if (options.type)
        out.words("AS").words(*options.type);
    out.words(sequenceOptionsText(options));
    if (options.ownerTable)
        out.words("OWNED BY")
            .words(sqlName(*options.ownerTable) + "." + sqlName(options.ownerColumn));
    out.when(options.ownedByNone, "OWNED BY NONE");
}

std::string_view viewWord(bool materialized)
{
    return materialized ? "MATERIALIZED VIEW" : "VIEW";
}

} // namespace

SqlText textOf(const change::CreateEnum& change)
{
    std::string labels;
    for (const std::string& label : change.labels)
        labels += (labels.empty() ? "" : ", ") + sqlLiteral(label);
    return SqlWriter()
        .words("CREATE TYPE")
        .name(change.type)
        .words("AS ENUM")
        .words("(" + labels + ")")
        .result();
}

SqlText textOf(const change::AddEnumLabel& change)
{
    SqlWriter out;
    out.words("ALTER TYPE").name(change.type).words("ADD VALUE");
    out.when(change.ifNotExists, "IF NOT EXISTS").literal(change.label);
    if (!change.before.empty())
        out.words("BEFORE").literal(change.before);
    if (!change.after.empty())
        out.words("AFTER").literal(change.after);
    return out.result();
}

SqlText textOf(const change::RenameEnumLabel& change)
{
    return SqlWriter()
        .words("ALTER TYPE")
        .name(change.type)
        .words("RENAME VALUE")
        .literal(change.label)
        .words("TO")
        .literal(change.newLabel)
        .result();
}

SqlText textOf(const change::CreateDomain& change)
{
    SqlWriter out;
    out.words("CREATE DOMAIN").name(change.domain).words("AS").text(change.type);
    if (change.defaultExpression)
        out.words("DEFAULT").text(*change.defaultExpression);
    out.when(change.notNull, "NOT NULL");
    for (const ConstraintDefinition& constraint : change.constraints)
        out.text(constraintText(constraint));
    return out.result();
}

SqlText textOf(const change::AlterDomain& change)
{
    SqlWriter out;
    out.words("ALTER DOMAIN").name(change.domain);
    if (change.notNull)
        return out.words(*change.notNull ? "SET NOT NULL" : "DROP NOT NULL").result();
    if (change.defaultExpression)
        return out.words("SET DEFAULT").text(*change.defaultExpression).result();
    if (change.dropDefault)
        return out.words("DROP DEFAULT").result();
    if (!change.added.empty())
        return out.words("ADD").text(constraintText(change.added.front())).result();
    if (!change.renamed.empty())
        return out.words("RENAME CONSTRAINT")
            .name(change.renamed)
            .words("TO")
            .name(change.newName)
            .result();
    if (!change.validated.empty())
        return out.words("VALIDATE CONSTRAINT").name(change.validated).result();
    return out.words("DROP CONSTRAINT")
        .when(change.ifExists, "IF EXISTS")
        .name(change.dropped)
        .result();
}

SqlText textOf(const change::CreateType& change)
{
    if (change.kind == "shell")
        return SqlWriter().words("CREATE TYPE").name(change.type).result();
    return Unknown{"only the name of type " + change.type.name + " is known"};
}

SqlText textOf(const change::DropType& change)
{
    return dropped(change.domain ? "DOMAIN" : "TYPE", change.type, change.ifExists, change.cascade);
}

SqlText textOf(const change::RenameType& change)
{
    return renamed("TYPE", change.type, change.newName);
}

SqlText textOf(const change::SetTypeSchema& change)
{
    return SqlWriter()
        .words("ALTER TYPE")
        .name(change.type)
        .words("SET SCHEMA")
        .name(change.newSchema)
        .result();
}

SqlText textOf(const change::CreateSequence& change)
{
    SqlWriter out;
    out.words("CREATE").when(change.temporary, "TEMPORARY").words("SEQUENCE");
    out.when(change.ifNotExists, "IF NOT EXISTS").name(change.sequence);
    writeSequenceOptions(out, change.options);
    return out.result();
}

SqlText textOf(const change::AlterSequence& change)
{
    SqlWriter out;
    out.words("ALTER SEQUENCE").when(change.ifExists, "IF EXISTS").name(change.sequence);
    writeSequenceOptions(out, change.options);
    return change.options == SequenceOptions{}
               ? SqlText(Unknown{"what is changed of sequence " + change.sequence.name +
                                 " is not known"})
               : out.result();
}

SqlText textOf(const change::DropSequence& change)
{
    return dropped("SEQUENCE", change.sequence, change.ifExists, change.cascade);
}

SqlText textOf(const change::RenameSequence& change)
{
    return renamed("SEQUENCE", change.sequence, change.newName);
}

SqlText textOf(const change::CreateSchema& change)
{
    return SqlWriter()
        .words("CREATE SCHEMA")
        .when(change.ifNotExists, "IF NOT EXISTS")
        .name(change.schema)
        .result();
}

SqlText textOf(const change::DropSchema& change)
{
    return dropped(
        "SCHEMA", {.schema = {}, .name = change.schema}, change.ifExists, change.cascade);
}

SqlText textOf(const change::RenameSchema& change)
{
    return renamed("SCHEMA", {.schema = {}, .name = change.schema}, change.newName);
}

SqlText textOf(const change::CreateExtension& change)
{
    SqlWriter out;
    out.words("CREATE EXTENSION").when(change.ifNotExists, "IF NOT EXISTS").name(change.extension);
    if (!change.schema.empty())
        out.words("SCHEMA").name(change.schema);
    if (!change.version.empty())
        out.words("VERSION").literal(change.version);
    return out.result();
}

SqlText textOf(const change::DropExtension& change)
{
    return dropped(
        "EXTENSION", {.schema = {}, .name = change.extension}, change.ifExists, change.cascade);
}

SqlText textOf(const change::CreateView& change)
{
    SqlWriter out;
    out.words("CREATE").when(change.orReplace, "OR REPLACE").when(change.temporary, "TEMPORARY");
    out.words(viewWord(change.materialized)).when(change.ifNotExists, "IF NOT EXISTS");
    out.name(change.view);
    if (!change.columns.empty())
        out.names(change.columns);
    if (change.query.empty())
        out.fail("the query of view " + change.view.name + " is not known");
    return out.words("AS").words(change.query).result();
}

SqlText textOf(const change::DropView& change)
{
    return dropped(viewWord(change.materialized), change.view, change.ifExists, change.cascade);
}

SqlText textOf(const change::RenameView& change)
{
    return renamed(viewWord(change.materialized), change.view, change.newName);
}

SqlText textOf(const change::RefreshView& change)
{
    return SqlWriter()
        .words("REFRESH MATERIALIZED VIEW")
        .when(change.concurrently, "CONCURRENTLY")
        .name(change.view)
        .result();
}

} // namespace sightglass
