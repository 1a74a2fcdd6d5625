// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/change_text.h"
#include "core/render/sql_writer.h"

#include <algorithm>

namespace sightglass {

namespace {

std::string upper(std::string_view text)
{
    std::string raised(text);
    std::ranges::transform(raised, raised.begin(), [](char c) {
        return static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    });
    return raised;
}

std::string storageText(const std::vector<std::pair<std::string, std::string>>& storage)
{
    std::string list;
    for (const auto& [option, value] : storage) {
        list += (list.empty() ? "" : ", ") + option;
        if (!value.empty())
            list += " = " + value;
    }
    return "(" + list + ")";
}

void writeStorage(SqlWriter& out, const IndexDefinition& index)
{
    if (!index.storage.empty())
        out.words("WITH").words(storageText(index.storage));
}

} // namespace

SqlText textOf(const change::CreateIndex& change)
{
    const IndexDefinition& index = change.index;
    SqlWriter out;
    out.words("CREATE").when(index.unique, "UNIQUE").words("INDEX");
    out.when(change.concurrently, "CONCURRENTLY").when(change.ifNotExists, "IF NOT EXISTS");
    if (!index.name.empty())
        out.name(index.name);
    out.words("ON").when(index.only, "ONLY").name(index.table);
    if (!index.method.empty())
        out.words("USING").words(index.method);
    std::vector<SqlText> elements;
    std::ranges::transform(index.elements, std::back_inserter(elements), elementText);
    out.group(joined(elements));
    if (!index.include.empty())
        out.words("INCLUDE").names(index.include);
    out.when(index.nullsNotDistinct, "NULLS NOT DISTINCT");
    writeStorage(out, index);
    if (!index.tablespace.empty())
        out.words("TABLESPACE").name(index.tablespace);
    if (index.predicate)
        out.words("WHERE").text(*index.predicate);
    return out.result();
}

SqlText textOf(const change::DropIndex& change)
{
    return SqlWriter()
        .words("DROP INDEX")
        .when(change.concurrently, "CONCURRENTLY")
        .when(change.ifExists, "IF EXISTS")
        .name(change.index)
        .when(change.cascade, "CASCADE")
        .result();
}

SqlText textOf(const change::RenameIndex& change)
{
    return SqlWriter()
        .words("ALTER INDEX")
        .when(change.ifExists, "IF EXISTS")
        .name(change.index)
        .words("RENAME TO")
        .name(change.newName)
        .result();
}

SqlText textOf(const change::SetIndexStorage& change)
{
    SqlWriter out;
    out.words("ALTER INDEX").when(change.ifExists, "IF EXISTS").name(change.index);
    if (!change.storage.empty())
        return out.words("SET").words(storageText(change.storage)).result();
    return out.words("RESET").names(change.reset).result();
}

SqlText textOf(const change::Reindex& change)
{
    return SqlWriter()
        .words("REINDEX")
        .words(upper(change.kind))
        .when(change.concurrently, "CONCURRENTLY")
        .name(change.name)
        .result();
}

SqlText textOf(const change::SetComment& change)
{
    SqlWriter out;
    out.words("COMMENT ON").words(upper(change.kind));
    if (change.kind == "column")
        out.words(sqlName(change.name) + "." + sqlName(change.part));
    else if (change.part.empty())
        out.name(change.name);
    else
        out.name(change.part).words("ON").name(change.name);
    out.words("IS").words(change.text ? sqlLiteral(*change.text) : "NULL");
    return out.result();
}

} // namespace sightglass
