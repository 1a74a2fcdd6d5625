// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/rule.h"

#include <algorithm>

namespace sightglass {

std::string_view toText(RuleCategory category)
{
    switch (category) {
    case RuleCategory::DataLoss:
        return "data-loss";
    case RuleCategory::Lock:
        return "lock";
    case RuleCategory::Rewrite:
        return "rewrite";
    case RuleCategory::Compatibility:
        return "compatibility";
    case RuleCategory::Integrity:
        return "integrity";
    case RuleCategory::Transaction:
        return "transaction";
    case RuleCategory::Irreversible:
        return "irreversible";
    case RuleCategory::Hygiene:
        return "hygiene";
    }
    return "hygiene";
}

const Rule* findRule(std::string_view id)
{
    const auto table = ruleTable();
    const auto found = std::ranges::find(table, id, [](const Rule* rule) { return rule->id; });
    return found == table.end() ? nullptr : *found;
}

} // namespace sightglass
