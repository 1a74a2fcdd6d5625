// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/result.h"
#include "core/revisions/revision.h"
#include "core/scripts/file_naming.h"
#include "core/scripts/project.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// What a new revision file says.
struct NewRevision
{
    RevisionId id;
    std::vector<RevisionId> down;
    std::vector<RevisionId> dependsOn;
    std::string message;
    std::string created;   ///< "2026-11-21 04:50:00.123456", as Alembic writes it
    std::string imports;   ///< lines beside those of the template; may be empty
    std::string upgrade;   ///< body, indented by four spaces; empty: pass
    std::string downgrade; ///< the same
};

/// The text of a file, and what of it is not as the project's template would have it.
struct RevisionText
{
    std::string text;
    std::string note; ///< one sentence; empty: the template was followed
};

/// A revision file after the project's script.py.mako, as `alembic revision` writes it. Where the
/// template has code beside Alembic's usual expressions, which would have to be run, the file is
/// made after Alembic's own template, and `note` says so.
///
/// source  Alembic 1.8 to 1.19, templates/generic/script.py.mako; compared in tests
RevisionText revisionText(const NewRevision& revision, const std::optional<std::string>& mako);

/// The template of a project; absent: there is none.
std::optional<std::string> templateOf(const FileSystem& files, const Project& project);

/// The file name that Alembic would give a revision.
///
/// created  as NewRevision::created or RFC 3339; may be empty where the template has no time in it
/// errors   Unsupported  the template has a part that is not known
Result<std::string> revisionFileName(const FileNaming& naming,
                                     const RevisionId& id,
                                     const std::string& message,
                                     const std::string& created);

} // namespace sightglass
