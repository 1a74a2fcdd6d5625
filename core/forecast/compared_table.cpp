// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/compared_table.h"

#include <algorithm>

namespace sightglass {

const ComparedColumn* ComparedTable::column(std::string_view name) const
{
    const auto found = std::ranges::find(columns, name, &ComparedColumn::name);
    return found == columns.end() ? nullptr : &*found;
}

std::string comparedAction(std::string action)
{
    std::ranges::transform(action, action.begin(), [](char each) {
        return each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each;
    });
    return action == "no action" ? std::string() : action;
}

} // namespace sightglass
