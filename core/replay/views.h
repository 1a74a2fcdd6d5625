// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/replay/catalog.h"

#include <string>
#include <vector>

namespace sightglass::replaying {

Done dropView(Catalog& catalog, const QualifiedName& view, bool cascade);
void moveView(Catalog& catalog, const QualifiedName& from, const QualifiedName& to);

/// Views that read `from` read `to` now.
void moveSources(Catalog& catalog, const QualifiedName& from, const QualifiedName& to);

/// Whether a query's relation is missing; what the system has is always there.
Done refusedSource(const Catalog& catalog, const QualifiedName& written);

/// The columns of a query where they can be told; else none.
std::vector<Column> columnsOfQuery(const Catalog& catalog, const std::string& query);

/// Whether a view certainly uses a column of a table, may use it, or does not.
enum class Use
{
    No,
    Perhaps,
    Yes
};
Use columnUse(const Catalog& catalog, const QualifiedName& view, const ColumnPlace& place);

/// Sequences.
void moveSequence(Catalog& catalog, const QualifiedName& from, const QualifiedName& to);
bool defaultUses(const Table& table, const std::string& spelledSequence);
void removeDefaultsOn(Catalog& catalog, const QualifiedName& sequence);

/// ALTER … RENAME TO and SET SCHEMA of any kind of relation.
Done renameRelation(Catalog& catalog, const QualifiedName& from, const std::string& newName);
Done moveRelation(Catalog& catalog, const QualifiedName& from, const QualifiedName& to);
void renameIndex(Catalog& catalog, const QualifiedName& from, const std::string& newName);

} // namespace sightglass::replaying
