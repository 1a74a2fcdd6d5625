// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogs/connect_dialog.h"

namespace sightglass {

/// The desktop's keychain for the connect dialog; where this build or this desktop has none, a
/// memory that says so. Nothing falls back to a file.
PasswordMemory keychainMemory();

} // namespace sightglass
