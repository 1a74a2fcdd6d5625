// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <Qsci/qsciscintilla.h>

#include <vector>

namespace sightglass {

/// What is drawn around the remarks of one line: a box under it and a sign beside it.
struct RemarkFrame
{
    int line = 0; ///< 0-based
    Severity severity = Severity::Info;
};

/// The editor with boxes around its annotations and signs in its margin; Scintilla has neither in
/// colours of their own.
class SourceEditor : public QsciScintilla
{
    Q_OBJECT

public:
    static constexpr int roomAtRight = 12; ///< between a box and the edge
    static constexpr int roomInBox = 10;   ///< between a box and its text

    SourceEditor(const Theme& theme, int signMargin, QWidget* parent = nullptr);

    void setFrames(std::vector<RemarkFrame> frames);
    /// Where the text of a line begins, from the left edge of the editor.
    int indentOf(int line) const;
    int textLeft() const; ///< where the margins end

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int lineTop(int line) const;
    void paintFrame(QPainter& painter, const RemarkFrame& frame);
    void paintSign(QPainter& painter, const RemarkFrame& frame);

    const Theme& m_theme;
    int m_signMargin;
    std::vector<RemarkFrame> m_frames;
};

} // namespace sightglass
