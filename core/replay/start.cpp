// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replay/start.h"

#include "core/sql/expression.h"

namespace sightglass::replaying {

namespace {

/// The relations that a view reads, as far as they are there.
std::vector<QualifiedName> sourcesOf(const Catalog& catalog, const View& view)
{
    std::vector<QualifiedName> result;
    for (const QualifiedName& name : relationsOf(view.definition)) {
        if (auto found = catalog.findRelation(name))
            result.push_back(*std::move(found));
    }
    return result;
}

} // namespace

void fill(Catalog& catalog, const Schema& start)
{
    for (const std::string& name : start.namespaces)
        catalog.putNamespace(name, true);
    for (const auto& [name, extension] : start.extensions)
        catalog.putExtension(name, extension);
    for (const auto& [name, type] : start.enums)
        catalog.put(*type);
    for (const auto& [name, domain] : start.domains)
        catalog.put(*domain);
    for (const auto& [name, sequence] : start.sequences)
        catalog.put(*sequence);
    for (const auto& [name, table] : start.tables)
        catalog.put(*table);
    for (const auto& [name, view] : start.views)
        catalog.put(*view);
    for (const auto& [name, view] : start.views)
        catalog.setSources(name, sourcesOf(catalog, *view));
    for (const auto& [key, function] : start.functions)
        catalog.putFunction(*function);
    catalog.commit();
}

} // namespace sightglass::replaying
