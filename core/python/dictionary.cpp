// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/python/dictionary.h"

#include <utility>

namespace sightglass {

const Literal* entryOf(const Literal& dictionary, const Literal& key)
{
    for (std::size_t i = dictionary.items.size(); i >= 2; i -= 2) {
        if (dictionary.items[i - 2].sameValue(key))
            return &dictionary.items[i - 1];
    }
    return nullptr;
}

void putEntry(Literal& dictionary, const Literal& key, Literal value)
{
    for (std::size_t i = 0; i + 1 < dictionary.items.size(); i += 2) {
        if (dictionary.items[i].sameValue(key)) {
            dictionary.items[i + 1] = std::move(value);
            return;
        }
    }
    dictionary.items.push_back(key);
    dictionary.items.push_back(std::move(value));
}

} // namespace sightglass
