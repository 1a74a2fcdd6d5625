// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/findings/finding.h"
#include "ui/theme.h"

#include <QString>
#include <QTimer>
#include <QWidget>

#include <span>
#include <vector>

class QsciLexerPython;

namespace sightglass {

class SourceEditor;

/// A remark at a line of the source.
struct SourceRemark
{
    int line = 0; ///< 1-based
    Severity severity = Severity::Info;
    QString title;  ///< what it is, without a full stop
    QString detail; ///< a sentence more; may be empty
};

/// Remarks for the findings that stand in `file`, in the order of its lines, worst first.
std::vector<SourceRemark> remarksIn(const std::string& file, std::span<const Finding> findings);

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

Q_SIGNALS:
    /// A line was clicked, or reached with the keys; 1-based.
    void lineChanged(int line);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void createEditor();
    void useTheme();
    void colourCode();
    void colourFrame();
    void applyRemarks();
    void annotate(int line, std::span<const SourceRemark> remarks);

    const Theme& m_theme;
    SourceEditor* m_editor = nullptr;
    QsciLexerPython* m_lexer = nullptr;
    std::vector<SourceRemark> m_remarks;
    QTimer m_wrap; ///< remarks are broken into lines anew once the width has settled
};

} // namespace sightglass
