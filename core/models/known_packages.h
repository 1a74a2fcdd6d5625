// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace sightglass {

/// What a module of a public package gives to models, as Python source: bases and mixins with
/// their columns, nothing else; empty for modules that are not known. Names it leaves out are
/// Unknown.
std::string_view knownPackageSource(std::string_view dotted);

} // namespace sightglass
