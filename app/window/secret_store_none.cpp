// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/secret_store.h"

namespace sightglass {

PasswordMemory keychainMemory()
{
    return {.available = false,
            .reason = QStringLiteral(
                "this build has no keychain. Use a password file (~/.pgpass) instead.")};
}

} // namespace sightglass
