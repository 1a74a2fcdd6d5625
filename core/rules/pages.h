// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace sightglass {

/// The page of a rule as resources/rules/<id>.md has it, in Markdown; empty: there is none. The
/// pages are part of the program.
std::string_view rulePage(std::string_view id);

} // namespace sightglass
