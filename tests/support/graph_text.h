// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/revisions/revision_graph.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass::tests {

/// Revisions out of "a; b <- a; c <- a, b [label] +dep": `<-` down revisions, [..] labels, +
/// depends_on, entries separated by ; or newline. File of revision x is x.py, line 1.
std::vector<Revision> revisionsFromText(std::string_view text);

/// The revisions as such a text.
std::string textOf(const std::vector<Revision>& revisions);
/// Ids in the given order, with a space between.
std::string textOf(const RevisionGraph& graph, std::span<const RevisionIndex> indexes);
/// One line a problem: kind, ids, the label or characters in brackets, what Alembic says behind a
/// bar.
std::string textOf(const GraphProblem& problem);

} // namespace sightglass::tests
