// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace sightglass {

/// How well `pattern` fits `text`, both folded to lower case: its characters in order, more for
/// whole runs and for starts of words. Higher is better; nothing when it does not fit.
///
/// cost  linear in the text.
std::optional<int> fuzzyScore(QStringView pattern, QStringView text);

} // namespace sightglass
