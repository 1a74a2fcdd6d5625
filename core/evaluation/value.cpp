// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/value.h"

#include <cassert>

namespace sightglass {

Value::Value(Object* object)
    : m_storage(object)
{
    assert(object != nullptr);
}

const Value* Arguments::keyword(std::string_view name) const
{
    for (const auto& [key, value] : keywords) {
        if (key == name)
            return &value;
    }
    return nullptr;
}

const Value* Arguments::at(std::size_t index, std::string_view name) const
{
    return index < positional.size() ? &positional[index] : keyword(name);
}

} // namespace sightglass
