// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/revisions/revision.h"

#include <string_view>
#include <vector>

namespace sightglass::tests {

/// Revisions out of "a; b <- a; c <- a, b [label] +dep": `<-` down revisions, [..] labels, + depends_on,
/// entries separated by ; or newline. File of revision x is x.py, line 1.
std::vector<Revision> revisionsFromText(std::string_view text);

} // namespace sightglass::tests
