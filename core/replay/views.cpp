// SPDX-License-Identifier: GPL-3.0-or-later
//
// Views: their names, what they read, and how far their columns can be told.
#include "core/replay/views.h"

#include "core/replay/appliers.h"
#include "core/replay/lookup.h"
#include "core/replay/spelling.h"

#include <algorithm>

namespace sightglass::replaying {

namespace {

constexpr const char* unworkedText = "the columns and the text of a view are not worked out";

/// What a query reads, by full names; words that are no relation (WITH names) are left out.
std::vector<QualifiedName> sourcesIn(const Catalog& catalog, const std::string& query)
{
    std::vector<QualifiedName> sources;
    for (const QualifiedName& written : relationsOf(query)) {
        const auto found = catalog.findRelation(written);
        if (found && std::ranges::find(sources, *found) == sources.end())
            sources.push_back(*found);
    }
    return sources;
}

bool hasStar(const std::string& query)
{
    return query.find('*') != std::string::npos;
}

Done checkReplacement(const Catalog& catalog,
                      const QualifiedName& name,
                      const change::CreateView& change,
                      bool& replaces)
{
    const RelationEntry* const entry = catalog.relation(name);
    if (entry == nullptr) {
        if (catalog.isType(name))
            return typeExists(name.name);
        return std::nullopt;
    }
    if (change.orReplace && entry->kind == RelationKind::View) {
        replaces = true;
        return std::nullopt;
    }
    if (change.orReplace && !change.materialized)
        return wrongKind(name, "a view");
    return relationExists(name.name);
}

} // namespace

Done refusedSource(const Catalog& catalog, const QualifiedName& written)
{
    if (isSystemNamespace(written.schema) || catalog.findRelation(written))
        return std::nullopt;
    // Without a schema it may be one of the system's own.
    if (written.schema.empty() && (written.name.starts_with("pg_") || catalog.searchPath().empty()))
        return std::nullopt;
    return refusal(
        "42P01", "relation \"" + toText(written) + "\" does not exist", "table " + toText(written));
}

std::vector<Column> columnsOfQuery(const Catalog&, const std::string&)
{
    return {};
}

Use columnUse(const Catalog& catalog, const QualifiedName& view, const ColumnPlace& place)
{
    const View* const found = catalog.view(view);
    if (found == nullptr)
        return Use::No;
    const std::string& query = found->definition;
    const bool named = withWordReplaced(query, place.column, "") != query ||
                       query.find("." + place.column) != std::string::npos ||
                       query.find(quotedIdentifier(place.column)) != std::string::npos;
    if (!named)
        return hasStar(query) ? Use::Perhaps : Use::No;
    const auto& sources = catalog.sourcesOf(view);
    const bool elsewhere = std::ranges::any_of(sources, [&](const QualifiedName& source) {
        if (source == place.table)
            return false;
        const Table* const table = catalog.table(source);
        return table == nullptr || table->column(place.column) != nullptr;
    });
    return elsewhere || !holds(columnsOf("(" + query + ")"), place.column) ? Use::Perhaps
                                                                           : Use::Yes;
}

Done dropView(Catalog& catalog, const QualifiedName& name, bool cascade)
{
    const View* const view = catalog.view(name);
    if (view == nullptr)
        return std::nullopt;
    if (!cascade && !catalog.viewsOn(name).empty())
        return dependedOn((view->materialized ? "materialized view " : "view ") +
                          described(catalog, name));
    // Views can stand on each other in long chains, and even in a circle.
    std::vector<QualifiedName> waiting = {name};
    while (!waiting.empty()) {
        const QualifiedName next = waiting.back();
        waiting.pop_back();
        if (catalog.view(next) == nullptr)
            continue;
        const auto dependents = catalog.viewsOn(next);
        catalog.setSources(next, {});
        catalog.remove<View>(next);
        waiting.insert(waiting.end(), dependents.begin(), dependents.end());
    }
    return std::nullopt;
}

void moveSources(Catalog& catalog, const QualifiedName& from, const QualifiedName& to)
{
    for (const QualifiedName& view : catalog.viewsOn(from)) {
        auto sources = catalog.sourcesOf(view);
        std::ranges::replace(sources, from, to);
        catalog.setSources(view, std::move(sources));
    }
}

void moveView(Catalog& catalog, const QualifiedName& from, const QualifiedName& to)
{
    View view = *catalog.view(from);
    auto sources = catalog.sourcesOf(from);
    catalog.setSources(from, {});
    catalog.remove<View>(from);
    view.name = to;
    catalog.put(std::move(view));
    catalog.setSources(to, std::move(sources));
    moveSources(catalog, from, to);
    if (from != to)
        catalog.doubt(to, {}, unworkedText);
}

Done apply(Catalog& catalog, const change::CreateView& change)
{
    const auto name = newName(catalog, change.view, change.temporary);
    if (!name)
        return name.error();
    if (change.ifNotExists && catalog.relation(*name) != nullptr)
        return std::nullopt;
    bool replaces = false;
    if (Done refused = checkReplacement(catalog, *name, change, replaces))
        return refused;
    for (const QualifiedName& written : relationsOf(change.query)) {
        if (Done refused = refusedSource(catalog, written))
            return refused;
    }
    View view{.name = *name,
              .materialized = change.materialized,
              .definition = change.query,
              .columns = columnsOfQuery(catalog, change.query),
              .indexes = {},
              .extension = {}};
    for (std::size_t i = 0; i < change.columns.size(); ++i) {
        if (i >= view.columns.size())
            view.columns.emplace_back();
        view.columns[i].name = change.columns[i];
    }
    catalog.doubt(*name, {}, unworkedText);
    catalog.put(std::move(view));
    catalog.setSources(*name, sourcesIn(catalog, change.query));
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::DropView& change)
{
    const std::string kind = change.materialized ? "materialized view" : "view";
    const auto found = catalog.findRelation(change.view);
    if (!found) {
        if (change.ifExists)
            return std::nullopt;
        return noObject(catalog, kind, change.view, "42P01");
    }
    const RelationKind wanted =
        change.materialized ? RelationKind::MaterializedView : RelationKind::View;
    if (catalog.relation(*found)->kind != wanted)
        return wrongKind(*found, "a " + kind);
    return dropView(catalog, *found, change.cascade);
}

Done apply(Catalog& catalog, const change::RefreshView& change)
{
    const auto found = catalog.findRelation(change.view);
    if (!found)
        return noRelation(catalog, change.view);
    if (catalog.relation(*found)->kind != RelationKind::MaterializedView)
        return wrongKind(*found, "a table or materialized view");
    return std::nullopt;
}

} // namespace sightglass::replaying
