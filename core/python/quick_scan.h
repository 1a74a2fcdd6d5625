// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/python/module_names.h"

#include <optional>
#include <span>
#include <string_view>

namespace sightglass {

/// What the quick reader found in a whole file.
struct QuickModule
{
    ModuleNames names; ///< only of the names asked for
    Literal docstring;
};

/// Reads what `wanted` names are bound to in a module of the usual shape: plain literals assigned
/// at the top level, everything else that can't touch them. The whole text is gone through, token
/// by token, so that a later rebinding or a passage that is no Python is seen.
///
/// shape   empty for anything unusual: read it through a SyntaxTree then. What it does give equals
///         what followStatements and docstringOf give; compared in tests
/// cost    linear, some fifty times faster than a syntax tree
std::optional<QuickModule> quickScan(std::string_view text,
                                     std::span<const std::string_view> wanted);

} // namespace sightglass
