// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass::tests {

/// An inspection without a database out of a graph text; see graph_text.h.
std::shared_ptr<Inspection> inspectionOf(std::string_view graphText);

/// A chain whose oldest revision names an id that no file defines, applied up to that oldest one,
/// with findings of several severities and a diagnosis with three ways back.
std::shared_ptr<Inspection> brokenChain();

/// The version table holds an id that no file defines.
std::shared_ptr<Inspection> unknownRow();

/// A line of `count` revisions r0 … rN, each with a message.
std::shared_ptr<Inspection> longChain(int count);

/// `count` findings, their severities in turn, on revisions of a line of ten.
std::shared_ptr<Inspection> manyFindings(int count);

/// Text of a revision file as the samples' inspector shows it.
std::string sampleSource();

} // namespace sightglass::tests
