// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/python/syntax_tree.h"

#include <optional>

namespace sightglass {

/// env.py as a syntax tree, for those that look for what it hands to Alembic.
///
/// shape  empty when there is none, it can't be read, or its encoding is not known
/// cost   at most 4 MB are read and parsed
std::optional<SyntaxTree> environmentTree(const FileSystem& files, const Path& environmentFile);

} // namespace sightglass
