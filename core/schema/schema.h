// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/shared_map.h"
#include "core/schema/relation.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

namespace sightglass {

/// Everything that replay or a catalog knows of a database's objects.
///
/// One type for replayed, modelled and live. Copies share the objects and most of the maps, so a
/// schema can be kept at every revision. System namespaces are left out.
struct Schema
{
    template <typename T>
    using Objects = SharedMap<QualifiedName, std::shared_ptr<const T>>;

    std::set<std::string> namespaces;
    Objects<Table> tables;
    Objects<View> views;
    Objects<EnumType> enums;
    Objects<Domain> domains;
    Objects<Sequence> sequences;
    std::map<std::pair<QualifiedName, std::string>, std::shared_ptr<const Function>>
        functions; ///< name, arguments
    std::map<std::string, Extension> extensions;

    const Table* table(const QualifiedName& name) const;
    /// By content, not by pointer.
    friend bool operator==(const Schema& left, const Schema& right);
};

} // namespace sightglass
