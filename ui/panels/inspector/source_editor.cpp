// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/inspector/source_editor.h"

#include "ui/panels/findings/finding_words.h"

#include <QPainter>

namespace sightglass {

namespace {
constexpr double cornerRadius = 5;

QColor frameColor(const Theme& theme, Severity severity)
{
    const Tone tone = Theme::toneOf(severity);
    return tone == Tone::Neutral ? theme.colors().ghost : theme.foreground(tone);
}
} // namespace

SourceEditor::SourceEditor(const Theme& theme, int signMargin, QWidget* parent)
    : QsciScintilla(parent)
    , m_theme(theme)
    , m_signMargin(signMargin)
{}

void SourceEditor::setFrames(std::vector<RemarkFrame> frames)
{
    m_frames = std::move(frames);
    viewport()->update();
}

int SourceEditor::textLeft() const
{
    int left = 0;
    for (int margin = 0; margin <= m_signMargin; ++margin)
        left += marginWidth(margin);
    return left;
}

int SourceEditor::indentOf(int line) const
{
    const auto number = static_cast<unsigned long>(line);
    const long start = SendScintilla(SCI_POSITIONFROMLINE, number);
    const long indent = SendScintilla(SCI_GETLINEINDENTPOSITION, number);
    const long from = SendScintilla(SCI_POINTXFROMPOSITION, 0UL, start);
    return textLeft() + static_cast<int>(SendScintilla(SCI_POINTXFROMPOSITION, 0UL, indent) - from);
}

int SourceEditor::lineTop(int line) const
{
    const long start = SendScintilla(SCI_POSITIONFROMLINE, static_cast<unsigned long>(line));
    return static_cast<int>(SendScintilla(SCI_POINTYFROMPOSITION, 0UL, start));
}

void SourceEditor::paintEvent(QPaintEvent* event)
{
    QsciScintilla::paintEvent(event);
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    for (const RemarkFrame& frame : m_frames) {
        paintFrame(painter, frame);
        paintSign(painter, frame);
    }
}

void SourceEditor::paintFrame(QPainter& painter, const RemarkFrame& frame)
{
    const auto number = static_cast<unsigned long>(frame.line);
    const int lineHeight = static_cast<int>(SendScintilla(SCI_TEXTHEIGHT, number));
    const int lines = static_cast<int>(SendScintilla(SCI_ANNOTATIONGETLINES, number));
    const int top =
        lineTop(frame.line) + lineHeight * static_cast<int>(SendScintilla(SCI_WRAPCOUNT, number));
    if (lines == 0 || top > viewport()->height() || top + lines * lineHeight < 0)
        return;
    const int left = indentOf(frame.line);
    const int right = viewport()->width() - roomAtRight;
    const int height = lines * lineHeight;
    const QColor paper = m_theme.colors().panel;
    // The annotation is painted over the whole width; a box leaves what is around it free.
    painter.fillRect(QRect(textLeft(), top, left - textLeft(), height), paper);
    painter.fillRect(QRect(right, top, roomAtRight, height), paper);
    painter.setPen(QPen(frameColor(m_theme, frame.severity), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(
        QRectF(left + 0.5, top + 0.5, right - left - 1, height - 1), cornerRadius, cornerRadius);
}

void SourceEditor::paintSign(QPainter& painter, const RemarkFrame& frame)
{
    const int top = lineTop(frame.line);
    const int height =
        static_cast<int>(SendScintilla(SCI_TEXTHEIGHT, static_cast<unsigned long>(frame.line)));
    if (top > viewport()->height() || top + height < 0)
        return;
    const int width = marginWidth(m_signMargin);
    painter.setFont(m_theme.smallFont());
    painter.setPen(frameColor(m_theme, frame.severity));
    painter.drawText(QRect(textLeft() - width, top, width, height),
                     Qt::AlignCenter,
                     QString(severitySign(frame.severity)));
}

} // namespace sightglass
