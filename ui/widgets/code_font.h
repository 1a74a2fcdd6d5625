// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

namespace sightglass {

/// The code font without its ligatures: a command that is to be typed shows -- as two characters.
inline QFont plainCodeFont(const Theme& theme)
{
    QFont font = theme.codeFont();
    font.setStyleStrategy(QFont::PreferNoShaping);
    return font;
}

} // namespace sightglass
