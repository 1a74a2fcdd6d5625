// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/downgrades.h"

#include <string_view>

namespace sightglass {

/// What follows "the downgrade": "gives the schema back, but not the data".
std::string_view downgradeSentence(DowngradeKind kind);

} // namespace sightglass
