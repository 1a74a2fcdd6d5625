// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/graph_drawing.h"
#include "core/layout/lanes.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sightglass::tests {

RevisionGraph graphFromText(std::string_view text);

/// A graph of `count` revisions with branches, merges, dependencies, and now and then a missing id;
/// the same for the same seed.
RevisionGraph randomGraph(std::uint32_t seed, std::size_t count, bool connected = false);

/// "d; (c..b 2); a | d>c..b, c..b>a": nodes, then edges; "?" before a missing id, "!" before an
/// unknown one, "~>" for dependencies.
std::string toText(const Skeleton& skeleton);

/// One line a row: lanes as characters, then the id. "*" the node, "|" a line passing, "\\" one
/// that starts at the node, "/" one that ends at it, "x" a cut end.
std::string toText(const LaneRows& rows);

} // namespace sightglass::tests
