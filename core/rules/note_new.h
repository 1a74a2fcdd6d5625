// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/moment.h"

namespace sightglass {

/// Takes in what `change` makes, renames or drops; called before it is applied. A thing that is
/// there already (IF NOT EXISTS, OR REPLACE) is not new.
void noteNewObjects(const Change& change, const Moment& moment, NewObjects& fresh);

} // namespace sightglass
