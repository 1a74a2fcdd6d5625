// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/directive_entity.h"

#include "core/directives/directive_call.h"

namespace sightglass {

Object* makeEntityModule(Interpreter&, std::string_view)
{
    return nullptr;
}

std::span<const Directive> entityDirectives()
{
    return {};
}

} // namespace sightglass
