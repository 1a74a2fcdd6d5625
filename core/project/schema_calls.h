// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/run_context.h"
#include "core/findings/finding.h"
#include "core/project/project_files.h"

#include <string>
#include <vector>

namespace sightglass {

enum class SchemaCallKind
{
    CreateAll, ///< metadata.create_all
    DropAll,   ///< metadata.drop_all
    Upgrade    ///< Alembic's upgrade, by command.upgrade or by starting alembic
};

/// Who runs a function, as far as calls can be followed by name.
enum class ReachedFrom
{
    NotKnown,
    Import,  ///< importing the module runs it
    Startup, ///< the application's own start
    Script   ///< a person or a container starts it as a program
};

/// A place of Python code that makes, drops or upgrades the schema.
struct SchemaCall
{
    SchemaCallKind kind = SchemaCallKind::CreateAll;
    std::string file; ///< as ProjectFile::shown
    SourceSpan span;
    ProjectPlace place = ProjectPlace::Application;
    std::string code;       ///< "Base.metadata.create_all"
    std::string function;   ///< it stands in; empty: in the module
    std::string condition;  ///< of the nearest `if` around it; empty: none
    bool stamps = false;    ///< the same file stamps the version table
    bool asks = false;      ///< the same function asks before
    bool forSqlite = false; ///< the same function speaks of SQLite
    bool likely = true;     ///< false: whether it is SQLAlchemy's is not known
    std::string command;    ///< of a command line that runs the function: "migrate"; empty: none
    ReachedFrom reached = ReachedFrom::NotKnown;
    std::vector<SourceSpan> way; ///< calls from the start to it, first the start
};

/// All such calls of a project's Python files, read with their syntax trees; names in comments and
/// texts are none. Callers are followed by name over imports, a few steps.
///
/// cost  files without one of the words are searched as text only
std::vector<SchemaCall> readSchemaCalls(const FileSystem& files,
                                        const ProjectFiles& project,
                                        const ScanLimits& limits,
                                        const RunContext& run);

/// "create-all-beside-chain" and "drop-all-in-code". Those of tests come as one.
std::vector<Finding> schemaCallFindings(const std::vector<SchemaCall>& calls);

} // namespace sightglass
