// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/run_context.h"
#include "core/revisions/revision.h"
#include "core/scripts/project.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace sightglass {

/// A file that could not become a revision, or only in part.
struct FileProblem
{
    enum class Kind
    {
        Unreadable,         ///< no rights, vanished, not a regular file
        NotUtf8,            ///< encoding that could not be decoded
        SyntaxError,        ///< Python would refuse the file; a revision may still have been read
        NotARevision,       ///< no `revision`: Alembic stops at it
        NoDownRevision,     ///< `revision` without `down_revision`: Alembic stops at it
        ComputedIdentifier, ///< an identifier that can't be known without running the file
        InvalidIdentifier,  ///< not text: None, a number, bytes
        CompiledOnly,       ///< .pyc without source
        TooLarge,
        CaseCollision, ///< two names that are one on some file systems
        LoadedTwice,   ///< the same real file reached twice
    };
    Kind kind = Kind::NotARevision;
    std::string detail;   ///< one sentence
    SourceSpan span;      ///< file and, where known, line
    std::string revision; ///< id when one was read
    std::string alembic;  ///< what real Alembic says or does; empty if it goes on

    friend bool operator==(const FileProblem&, const FileProblem&) = default;
};

struct IgnoredFile
{
    std::string file;
    std::string reason; ///< "name does not end in .py"
    friend bool operator==(const IgnoredFile&, const IgnoredFile&) = default;
};

/// A versions folder (or several) as read. Revisions are in Alembic's load order.
struct Scripts
{
    Project project;
    std::vector<Revision> revisions;
    std::vector<FileProblem> problems;
    std::vector<IgnoredFile>
        ignored; ///< files of the version locations that Alembic's filter leaves out
    std::size_t filesRead = 0;
    std::chrono::milliseconds duration{0};
};

/// Reads the identifiers of every revision file, in parallel, without executing anything. Broken
/// files are listed and the rest stands.
///
/// errors  Cancelled; NotReadable when no version location can be listed
/// cost    each file is read once (of one over 16 MB the first 1 MB) and gone through token by token;
///         a syntax tree only for files of an unusual shape
Result<Scripts> readScripts(const FileSystem& files, const Project& project, const RunContext& run);

} // namespace sightglass
