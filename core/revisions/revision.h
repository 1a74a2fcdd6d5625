// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/source_span.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

using RevisionId = std::string;

/// One id or label as a revision file names it, with the place where it stands.
struct RevisionReference
{
    RevisionId id;
    SourceSpan span; ///< the literal, or the assignment when the value is built elsewhere

    friend bool operator==(const RevisionReference&, const RevisionReference&) = default;
};

/// One revision file's facts, as written; nothing derived such as "is head".
struct Revision
{
    RevisionId id;
    SourceSpan span; ///< of the `revision = …` assignment; span.file is the file
    std::vector<RevisionReference> down;      ///< down_revision in written order; empty = base
    std::vector<RevisionReference> dependsOn; ///< revision ids or branch labels
    std::vector<RevisionReference> labels;    ///< branch_labels of this file alone
    SourceSpan downSpan;                      ///< of the `down_revision = …` assignment
    std::string message;                      ///< docstring up to its first blank line
    std::string longMessage;                  ///< docstring stripped
    std::optional<std::string>
        created; ///< RFC 3339, from `Create Date:`; without zone if written so
    std::optional<RevisionReference> docRevisionId;    ///< `Revision ID:` line of the docstring
    std::optional<std::vector<RevisionId>> docRevises; ///< `Revises:` line; empty list = base
    SourceSpan docRevisesSpan;

    friend bool operator==(const Revision&, const Revision&) = default;
};

} // namespace sightglass
