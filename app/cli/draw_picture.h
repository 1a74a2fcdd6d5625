// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/inspection/inspection.h"

#include <string>

namespace sightglass {

/// Paints the graph as the window does, without a window, into an .svg or .png file. Starts a Qt
/// application on a platform that needs no display, if none runs yet; once a program.
///
/// errors  NotReadable  the file can't be written
Result<void> drawPicture(const Inspection& inspection, const std::string& file, bool dark);

} // namespace sightglass
