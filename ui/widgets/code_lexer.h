// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/code_font.h"

#include <Qsci/qscilexer.h>

namespace sightglass {

/// Gives every style of a lexer, 0 to `last`, the theme's plain look; colours are set on top of it.
inline void usePlainStyles(QsciLexer& lexer, const Theme& theme, int last)
{
    const ThemeColors& colors = theme.colors();
    const QFont font = plainCodeFont(theme);
    lexer.setDefaultFont(font);
    lexer.setDefaultPaper(colors.panel);
    lexer.setDefaultColor(colors.ink);
    for (int style = 0; style <= last; ++style) {
        lexer.setFont(font, style);
        lexer.setPaper(colors.panel, style);
        lexer.setColor(colors.ink, style);
        lexer.setEolFill(false, style);
    }
}

} // namespace sightglass
