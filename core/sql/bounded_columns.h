// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/parse_tree.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// How much of a table a WHERE can be about.
struct WhereFacts
{
    bool alwaysTrue = false;          ///< whatever the row: true, 1 = 1
    std::vector<std::string> bounded; ///< columns held to constants, see DataFacts
    bool limited = false;             ///< IN (SELECT … LIMIT n)
};

/// `relation`: the name that its own columns may be written with; those of other relations bound
/// nothing. `variables`: of plpgsql around it, which are no columns.
WhereFacts whereFacts(const ParseNode& where,
                      std::string_view relation,
                      const std::set<std::string>& variables = {});

} // namespace sightglass
