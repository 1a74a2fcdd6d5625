// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QString>
#include <QWidget>

#include <vector>

class QsciLexerPython;
class QsciScintilla;

namespace sightglass {

/// A remark at a line of the source.
struct SourceRemark
{
    int line = 0; ///< 1-based
    Severity severity = Severity::Info;
    QString text;
};

/// A revision file to read: numbers, Python colours, remarks under their lines. Never writes.
class SourceView : public QWidget
{
    Q_OBJECT

public:
    explicit SourceView(const Theme& theme, QWidget* parent = nullptr);

    void showSource(const QString& text);
    QString text() const;
    /// Text under a 1-based line; empty when nothing is said there.
    QString remarkAt(int line) const;
    /// 1-based line of the cursor.
    int currentLine() const;
    void showRemarks(const std::vector<SourceRemark>& remarks);
    /// Brings a 1-based line to the middle and puts the cursor on it; 0 does nothing.
    void goToLine(int line);

private:
    void createEditor();
    void useTheme();
    void colourCode();
    void colourFrame();
    void applyRemarks();

    const Theme& m_theme;
    QsciScintilla* m_editor = nullptr;
    QsciLexerPython* m_lexer = nullptr;
    std::vector<SourceRemark> m_remarks;
};

} // namespace sightglass
