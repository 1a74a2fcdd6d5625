// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace sightglass {

/// A table that some widespread system makes for itself.
struct KnownTable
{
    std::string_view system; ///< "Celery"
    std::string_view name;   ///< in lower case; empty: any, the columns are telling enough
    std::array<std::string_view, 6> columns; ///< that it has, in lower case; empty ones are none
    bool isHistory = false;                  ///< a migration tool keeps in it what it has run
};

std::span<const KnownTable> knownTables();

} // namespace sightglass
