// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>

namespace sightglass {

/// "11 ms ago", "3 min ago": how old something is, in the largest unit that fits.
QString ageText(std::chrono::milliseconds age);
/// How long ago something was.
std::chrono::milliseconds ageOf(std::chrono::system_clock::time_point when);

} // namespace sightglass
