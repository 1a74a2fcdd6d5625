// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/python/literal.h"

namespace sightglass {

/// The value of `key` in a Dictionary, of the last one where it is written twice; null when it is
/// not there. cost linear
const Literal* entryOf(const Literal& dictionary, const Literal& key);

/// `dictionary[key] = value` on a Dictionary. cost linear
void putEntry(Literal& dictionary, const Literal& key, Literal value);

} // namespace sightglass
