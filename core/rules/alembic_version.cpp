// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_version.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace sightglass {

namespace {

std::vector<int> numbersOf(std::string_view version)
{
    std::vector<int> numbers;
    while (!version.empty()) {
        int number = 0;
        const auto [end, error] =
            std::from_chars(version.data(), version.data() + version.size(), number);
        if (error != std::errc())
            break;
        numbers.push_back(number);
        version.remove_prefix(static_cast<std::size_t>(end - version.data()));
        if (version.empty() || version.front() != '.')
            break;
        version.remove_prefix(1);
    }
    return numbers;
}

} // namespace

bool isAtLeast(std::string_view version, std::string_view least)
{
    return !std::ranges::lexicographical_compare(numbersOf(version), numbersOf(least));
}

} // namespace sightglass
