// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rule.h"

#include <string>

namespace sightglass {

std::string rulesText(); ///< one line a rule, by category
std::string rulesJson();
std::string ruleText(const Rule& rule); ///< its page, for a terminal
std::string ruleJson(const Rule& rule);

} // namespace sightglass
