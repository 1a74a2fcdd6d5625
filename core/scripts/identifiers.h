// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/python/module_names.h"
#include "core/scripts/docstring_facts.h"
#include "core/scripts/revision_file.h"

#include <string_view>

namespace sightglass {

/// A revision file whose statements were followed.
struct FollowedFile
{
    const ModuleNames& names;
    const EvaluationHooks& hooks;
    const Literal& docstring;
    std::string_view text;
    const SpanSource& source;
};

/// The revision that the names make, and what Alembic would not accept of them.
RevisionFile revisionFrom(const FollowedFile& file);

} // namespace sightglass
