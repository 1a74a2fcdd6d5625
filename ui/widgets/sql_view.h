// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QWidget>

class QsciLexerSQL;
class QsciScintilla;

namespace sightglass {

/// SQL to read and to copy, in the theme's colours. Never writes.
class SqlView : public QWidget
{
    Q_OBJECT

public:
    explicit SqlView(const Theme& theme, const QString& accessibleName, QWidget* parent = nullptr);

    void setText(const QString& text);
    QString text() const;

private:
    void createEditor(const QString& accessibleName);
    void useTheme();
    void colourCode();
    void colourFrame();

    const Theme& m_theme;
    QsciScintilla* m_editor = nullptr;
    QsciLexerSQL* m_lexer = nullptr;
};

} // namespace sightglass
