// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/run_context.h"
#include "core/models/environment_filters.h"
#include "core/operations/changes.h"
#include "core/replay/replay.h"
#include "core/schema/schema.h"
#include "core/scripts/autogenerate_facts.h"
#include "core/scripts/project.h"
#include "core/sqlalchemy/naming_convention.h"
#include "core/sqlalchemy/type_map.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sightglass {

/// What the project's own source declares: the tables of target_metadata as create_all would make
/// them on an empty database, and the naming convention that migrations take from it.
struct ModelsReading
{
    bool found = false; ///< a target_metadata was followed to its source
    std::string whyNot; ///< one sentence when it was not
    Schema schema;
    std::vector<Change> declared; ///< what create_all sends for it, in its order
    std::vector<Doubt> doubts;    ///< parts that reading can't know, each with its reason
    std::map<QualifiedName, SourceSpan> declaredAt; ///< class or Table of each table
    NamingConvention convention = defaultNamingConvention();
    AutogenerateFacts autogenerate; ///< how env.py lets them be compared with a database
    /// env.py's functions that leave things out, where it has some; null: they can't be followed.
    std::shared_ptr<const EnvironmentFilters> filters;
    std::vector<Path> files;        ///< what was read
    std::vector<std::string> notes; ///< sentences: target_metadata is a list, a module is missing …
};

/// Reads the models that env.py names in target_metadata: declarative classes (1.x Column, 2.x
/// Mapped), mixins, abstract bases, Table objects, sqlmodel. Nothing is executed.
///
/// errors  none: what is wrong is in the reading. Stops early when asked to
/// cost    the syntax trees of the modules that env.py imports, as far as they hold models
ModelsReading readModels(const FileSystem& files,
                         const Project& project,
                         const TypeMap& types,
                         const RunContext& run);

} // namespace sightglass
