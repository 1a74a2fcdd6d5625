// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QString>

namespace sightglass {

struct Inspection;

/// Writes the map, with long runs folded, as SVG or PNG by the ending of `file`. Needs a
/// QApplication for its fonts. A PNG of a long chain is scaled down to stay below 64 million
/// pixels.
///
/// False when the ending is neither, the layout fails, or the file can't be written.
bool drawGraph(const Inspection& inspection, const QString& file, ColorScheme scheme);

} // namespace sightglass
