// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/inspector/source_view.h"

#include "ui/widgets/code_lexer.h"

#include <QFontMetrics>
#include <QVBoxLayout>
#include <Qsci/qscilexerpython.h>
#include <Qsci/qsciscintilla.h>
#include <Qsci/qscistyle.h>

#include <algorithm>

namespace sightglass {

namespace {
constexpr int numberMargin = 0;
constexpr int markMargin = 1;
constexpr int dangerMark = 1;
constexpr int warningMark = 2;
constexpr int infoMark = 3;
constexpr int annotationStyles = 200; ///< above the lexer's own styles
constexpr qsizetype mostColouredText = 1'000'000;

int markOf(Severity severity)
{
    switch (Theme::toneOf(severity)) {
    case Tone::Danger:
        return dangerMark;
    case Tone::Warning:
        return warningMark;
    case Tone::Neutral:
    case Tone::Accent:
    case Tone::Good:
        return infoMark;
    }
    return infoMark;
}
} // namespace

SourceView::SourceView(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_editor(new QsciScintilla(this))
    , m_lexer(new QsciLexerPython(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_editor);
    createEditor();
    connect(&theme, &Theme::changed, this, &SourceView::useTheme);
    useTheme();
}

void SourceView::createEditor()
{
    m_editor->setObjectName(QStringLiteral("source"));
    m_editor->setAccessibleName(tr("Source of the revision"));
    m_editor->setUtf8(true);
    m_editor->setReadOnly(true);
    m_editor->setFrameShape(QFrame::NoFrame);
    m_editor->setMarginType(numberMargin, QsciScintilla::NumberMargin);
    m_editor->setMarginType(markMargin, QsciScintilla::SymbolMargin);
    m_editor->setMarginMarkerMask(markMargin,
                                  (1 << dangerMark) | (1 << warningMark) | (1 << infoMark));
    m_editor->setMarginWidth(markMargin, 14);
    m_editor->markerDefine(QsciScintilla::RightTriangle, dangerMark);
    m_editor->markerDefine(QsciScintilla::Circle, warningMark);
    m_editor->markerDefine(QsciScintilla::Rectangle, infoMark);
    m_editor->setAnnotationDisplay(QsciScintilla::AnnotationIndented);
    m_editor->setCaretLineVisible(true);
    m_editor->setTabWidth(4);
    m_editor->setFolding(QsciScintilla::NoFoldStyle);
    m_editor->SendScintilla(QsciScintilla::SCI_SETSCROLLWIDTHTRACKING, 1);
    m_editor->SendScintilla(QsciScintilla::SCI_SETSCROLLWIDTH, 1);
}

void SourceView::useTheme()
{
    const bool coloured = m_editor->length() <= mostColouredText;
    m_editor->setLexer(nullptr);
    colourCode();
    if (coloured)
        m_editor->setLexer(m_lexer);
    colourFrame();
    applyRemarks();
}

void SourceView::colourCode()
{
    const ThemeColors& colors = m_theme.colors();
    using Lexer = QsciLexerPython;
    usePlainStyles(*m_lexer, m_theme, Lexer::TripleDoubleQuotedFString);
    for (const int style : {Lexer::Comment,
                            Lexer::CommentBlock,
                            Lexer::TripleDoubleQuotedString,
                            Lexer::TripleSingleQuotedString})
        m_lexer->setColor(colors.dim, style);
    for (const int style : {Lexer::SingleQuotedString,
                            Lexer::DoubleQuotedString,
                            Lexer::SingleQuotedFString,
                            Lexer::DoubleQuotedFString})
        m_lexer->setColor(colors.good, style);
    m_lexer->setColor(colors.accent, Lexer::Keyword);
    m_lexer->setColor(colors.warning, Lexer::Number);
    m_lexer->setColor(colors.warning, Lexer::Decorator);
    QFont strong = plainCodeFont(m_theme);
    strong.setWeight(QFont::DemiBold);
    for (const int style : {Lexer::ClassName, Lexer::FunctionMethodName})
        m_lexer->setFont(strong, style);
}

void SourceView::colourFrame()
{
    const ThemeColors& colors = m_theme.colors();
    const QFont font = plainCodeFont(m_theme);
    m_editor->setFont(font);
    m_editor->setPaper(colors.panel);
    m_editor->setColor(colors.ink);
    m_editor->setMarginsFont(font);
    m_editor->setMarginsBackgroundColor(colors.panel);
    m_editor->setMarginsForegroundColor(colors.dim);
    m_editor->setCaretLineBackgroundColor(colors.accentSoft);
    m_editor->setCaretForegroundColor(colors.ink);
    m_editor->setSelectionBackgroundColor(colors.selection);
    m_editor->setSelectionForegroundColor(colors.ink);
    for (const auto& [mark, tone] : {std::pair{dangerMark, Tone::Danger},
                                     std::pair{warningMark, Tone::Warning},
                                     std::pair{infoMark, Tone::Neutral}}) {
        m_editor->setMarkerBackgroundColor(m_theme.foreground(tone), mark);
        m_editor->setMarkerForegroundColor(m_theme.foreground(tone), mark);
    }
    const QString widest = QString::number(std::max(m_editor->lines(), 100));
    m_editor->setMarginWidth(numberMargin, QFontMetrics(font).horizontalAdvance(widest) + 12);
}

void SourceView::showSource(const QString& text)
{
    // Scintilla takes a NUL for the end of the text.
    QString shown = text;
    shown.replace(QChar(0), QChar(0x2400));
    m_remarks.clear();
    m_editor->setText(shown);
    useTheme();
    m_editor->setCursorPosition(0, 0);
    m_editor->SendScintilla(QsciScintilla::SCI_SETFIRSTVISIBLELINE, 0UL);
    m_editor->SendScintilla(QsciScintilla::SCI_SETXOFFSET, 0UL);
}

QString SourceView::text() const
{
    return m_editor->text();
}

QString SourceView::remarkAt(int line) const
{
    return m_editor->annotation(line - 1);
}

int SourceView::currentLine() const
{
    int line = 0;
    int column = 0;
    m_editor->getCursorPosition(&line, &column);
    return line + 1;
}

void SourceView::showRemarks(const std::vector<SourceRemark>& remarks)
{
    m_remarks = remarks;
    applyRemarks();
}

void SourceView::applyRemarks()
{
    m_editor->clearAnnotations();
    m_editor->markerDeleteAll();
    for (const SourceRemark& remark : m_remarks) {
        const int line = remark.line - 1;
        if (line < 0 || line >= m_editor->lines())
            continue;
        const Tone tone = Theme::toneOf(remark.severity);
        const QsciStyle style(annotationStyles + static_cast<int>(tone),
                              QStringLiteral("remark"),
                              tone == Tone::Neutral ? m_theme.colors().dim
                                                    : m_theme.foreground(tone),
                              m_theme.background(tone),
                              plainCodeFont(m_theme));
        const QString before = m_editor->annotation(line);
        m_editor->annotate(
            line, before.isEmpty() ? remark.text : before + QLatin1Char('\n') + remark.text, style);
        m_editor->markerAdd(line, markOf(remark.severity));
    }
}

void SourceView::goToLine(int line)
{
    if (line <= 0 || line > m_editor->lines())
        return;
    m_editor->setCursorPosition(line - 1, 0);
    const long shown = m_editor->SendScintilla(QsciScintilla::SCI_LINESONSCREEN);
    const long visual = m_editor->SendScintilla(QsciScintilla::SCI_VISIBLEFROMDOCLINE,
                                                static_cast<unsigned long>(line - 1));
    const long first = std::max(0L, visual - shown / 2);
    m_editor->SendScintilla(QsciScintilla::SCI_SETFIRSTVISIBLELINE,
                            static_cast<unsigned long>(first));
}

} // namespace sightglass
