// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replay/query_columns.h"

#include "core/replay/lookup.h"
#include "core/replay/naming.h"
#include "core/sql/output_type.h"
#include "core/sql/parse_tree.h"

#include <algorithm>
#include <array>

namespace sightglass::replaying {

namespace {

/// A new table takes the type and the collation, nothing else.
Column copied(const Column& column, std::string name)
{
    Column copy;
    copy.name = std::move(name);
    copy.type = column.type;
    copy.collation = column.collation;
    return copy;
}

/// Whether it can't be told which columns a table has.
bool inDoubt(const Catalog& catalog, const QualifiedName& table)
{
    return std::ranges::any_of(catalog.doubts(), [&](const Doubt& doubt) {
        return doubt.table.name.empty() ||
               (doubt.table == table &&
                (doubt.column.empty() || doubt.reach == Doubt::Reach::Existence));
    });
}

/// Why a column of a table is in doubt; empty column: any. Empty: none is.
std::string doubtAbout(const Catalog& catalog, const QualifiedName& table, std::string_view column)
{
    const auto found = std::ranges::find_if(catalog.doubts(), [&](const Doubt& doubt) {
        return doubt.table == table && (column.empty() || doubt.column == column);
    });
    return found == catalog.doubts().end() ? std::string() : found->reason;
}

/// The only relation that a plain SELECT reads; nullptr: another kind of query.
const Table* sourceOf(const Catalog& catalog, const ParseNode& select, std::string& alias)
{
    static constexpr std::array others{std::string_view("withClause"),
                                       std::string_view("larg"),
                                       std::string_view("valuesLists"),
                                       std::string_view("intoClause")};
    const std::vector<ParseNode> from = select.list("fromClause");
    const bool plain =
        std::ranges::none_of(others, [&](std::string_view name) { return select.has(name); });
    if (!select.is("SelectStmt") || !plain || from.size() != 1 || !from.front().is("RangeVar"))
        return nullptr;
    const ParseNode& relation = from.front();
    const ParseNode other = relation.field("alias");
    if (other.has("colnames"))
        return nullptr;
    alias = other ? other.text("aliasname") : relation.text("relname");
    const auto found = catalog.findRelation({.schema = std::string(relation.text("schemaname")),
                                             .name = std::string(relation.text("relname"))});
    return found && !inDoubt(catalog, *found) ? catalog.table(*found) : nullptr;
}

/// What a plain SELECT reads, and its text.
struct Source
{
    const Catalog& catalog;
    const Table* table;
    std::string alias;
    const std::string& query;
};

/// Adds a column of an expression; false: its type can't be told.
bool addComputed(const Source& source, const ParseNode& target, PickedColumns& picked)
{
    if (!doubtAbout(source.catalog, source.table->name, {}).empty())
        return false;
    const ParseNode value = target.field("val");
    Table shape = *source.table;
    shape.name.name = source.alias;
    const auto type = outputType(value, source.query, readingScopeOf(source.catalog, &shape));
    if (!type.isKnown())
        return false;
    const std::string name(target.text("name"));
    picked.columns.push_back({.name = name.empty() ? nameOfOutput(value) : name,
                              .type = type.value(),
                              .collation = {},
                              .comment = {}});
    return true;
}

void addCopy(const Source& source,
             const Column& column,
             const std::string& name,
             PickedColumns& picked)
{
    picked.columns.push_back(copied(column, name));
    if (auto reason = doubtAbout(source.catalog, source.table->name, column.name); !reason.empty())
        picked.doubts.emplace_back(picked.columns.size() - 1, std::move(reason));
}

/// Adds what one entry of the select list gives; false: it can't be told.
bool addPicked(const Source& source, const ParseNode& target, PickedColumns& picked)
{
    const ParseNode value = target.field("val");
    if (!value.is("ColumnRef"))
        return addComputed(source, target, picked);
    const Table& table = *source.table;
    std::vector<std::string> fields = value.strings("fields");
    if (fields.empty() || fields.size() > 2 ||
        (fields.size() == 2 && fields.front() != source.alias))
        return false;
    const std::vector<ParseNode> nodes = value.list("fields");
    if (nodes.back().is("A_Star")) {
        for (const Column& column : table.columns)
            addCopy(source, column, column.name, picked);
        return true;
    }
    const Column* const column = table.column(fields.back());
    if (column == nullptr)
        return false;
    const std::string name(target.text("name"));
    addCopy(source, *column, name.empty() ? column->name : name, picked);
    return true;
}

} // namespace

std::optional<PickedColumns> pickedColumns(const Catalog& catalog, const std::string& query)
{
    const auto tree = parseSql(query);
    if (!tree || tree->statements().size() != 1)
        return std::nullopt;
    const ParseNode select = tree->statements().front();
    std::string alias;
    const Table* const table = sourceOf(catalog, select, alias);
    if (table == nullptr)
        return std::nullopt;
    const Source source{.catalog = catalog, .table = table, .alias = alias, .query = query};
    PickedColumns picked;
    for (const ParseNode& target : select.list("targetList")) {
        if (!addPicked(source, target, picked))
            return std::nullopt;
    }
    return picked;
}

} // namespace sightglass::replaying
