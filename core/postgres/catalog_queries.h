// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// What one query reads. The order is the order in which they are asked.
enum class CatalogPart
{
    Facts,
    Identity,
    Settings,
    Locked,
    Namespaces,
    Relations,
    Columns,
    Parents,
    Constraints,
    Indexes,
    Comments,
    Triggers,
    Policies,
    Views,
    Enums,
    Domains,
    Sequences,
    Functions,
    Extensions,
    Members,
    Sizes
};

struct CatalogQuery
{
    CatalogPart part = CatalogPart::Facts;
    std::string_view words; ///< "indexes": for messages
    bool essential = false; ///< without it the rest would mislead, so its refusal ends the reading
    std::string sql;
};

/// What the text of a query depends on.
struct CatalogContext
{
    int serverVersion = 0;
    /// Relations under another session's AccessExclusiveLock, as "1,2": functions that would wait
    /// for it are not asked about them.
    std::string locked;
    /// False: sizes come from the planner's page counts, which cost no system call per relation.
    bool measureSizes = true;
};

/// The query for one part, with nothing in it that a server of that version does not have. Each
/// name is qualified. Columns are in the order that catalog_reader reads them in.
CatalogQuery catalogQuery(CatalogPart part, const CatalogContext& context);

/// Every part, in order.
std::vector<CatalogPart> catalogParts();

} // namespace sightglass
