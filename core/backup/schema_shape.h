// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/schema.h"

#include <map>
#include <string>
#include <vector>

namespace sightglass {

/// What each object of a schema is, as a short hash of the lines that differencesBetween compares,
/// by kind and name: "table public.users". Objects of extensions, owners and comments of schemas do
/// not count.
std::map<std::string, std::string> shapesOf(const Schema& schema);

/// One name for all of them.
std::string fingerprintOf(const std::map<std::string, std::string>& shapes);

/// Sentences: what is not in `found` as it is in `wanted`, and what is beside it. At most `limit`
/// objects are named.
std::vector<std::string> shapeDifferences(const std::map<std::string, std::string>& wanted,
                                          const std::map<std::string, std::string>& found,
                                          std::size_t limit = 10);

} // namespace sightglass
