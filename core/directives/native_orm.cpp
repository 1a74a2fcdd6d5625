// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/native_modules.h"

namespace sightglass {

void addOrm(Interpreter&, NativeModule&) {}

} // namespace sightglass
