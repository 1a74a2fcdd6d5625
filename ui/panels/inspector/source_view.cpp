// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/inspector/source_view.h"

#include "ui/panels/findings/finding_words.h"
#include "ui/panels/inspector/source_editor.h"
#include "ui/text.h"
#include "ui/widgets/code_lexer.h"

#include <QFontMetrics>
#include <QVBoxLayout>
#include <Qsci/qscilexerpython.h>
#include <Qsci/qscistyle.h>
#include <Qsci/qscistyledtext.h>

#include <algorithm>
#include <tuple>

namespace sightglass {

namespace {
constexpr int wrapAfterMs = 60;
constexpr int numberMargin = 0;
constexpr int markMargin = 1;
constexpr int dangerMark = 1;
constexpr int warningMark = 2;
constexpr int titleStyles = 200; ///< above the lexer's own styles
constexpr int detailStyles = 230;
constexpr int quietStyles = 240;
constexpr int tones = 5;
constexpr qsizetype mostColouredText = 1'000'000;
constexpr std::size_t mostRemarksOfLine = 3;
constexpr std::size_t mostRemarks = 300;
constexpr int leastTextWidth = 120;

/// Text broken at blanks into lines of at most `width` pixels.
QStringList brokenLines(const QString& text, const QFontMetricsF& metrics, double width)
{
    QStringList lines{QString()};
    for (const QString& word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        QString& last = lines.last();
        const QString longer = last.isEmpty() ? word : last + QLatin1Char(' ') + word;
        if (last.isEmpty() || metrics.horizontalAdvance(longer) <= width)
            last = longer;
        else
            lines << word;
    }
    return lines;
}

QFont remarkFont(const Theme& theme, bool strong)
{
    QFont font = theme.textFont();
    font.setPointSizeF(font.pointSizeF() * 0.93);
    if (strong)
        font.setWeight(QFont::DemiBold);
    return font;
}
} // namespace

std::vector<SourceRemark> remarksIn(const std::string& file, std::span<const Finding> findings)
{
    std::vector<SourceRemark> remarks;
    for (const Finding& finding : findings) {
        if (finding.span.file != file || finding.span.line <= 0 || !finding.suppressed.empty())
            continue;
        remarks.push_back({.line = finding.span.line,
                           .severity = finding.severity,
                           .title = toQString(finding.title),
                           .detail = firstSentence(toQString(finding.detail))});
    }
    std::ranges::stable_sort(remarks, [](const SourceRemark& left, const SourceRemark& right) {
        return std::tie(left.line, left.severity) < std::tie(right.line, right.severity);
    });
    if (remarks.size() > mostRemarks)
        remarks.resize(mostRemarks);
    return remarks;
}

SourceView::SourceView(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_editor(new SourceEditor(theme, markMargin, this))
    , m_lexer(new QsciLexerPython(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_editor);
    createEditor();
    connect(&theme, &Theme::changed, this, &SourceView::useTheme);
    m_wrap.setSingleShot(true);
    m_wrap.setInterval(wrapAfterMs);
    connect(&m_wrap, &QTimer::timeout, this, &SourceView::applyRemarks);
    connect(m_editor, &QsciScintilla::cursorPositionChanged, this, [this](int line, int) {
        if (m_editor->hasFocus())
            Q_EMIT lineChanged(line + 1);
    });
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
    m_editor->setMarginMarkerMask(markMargin, 0); // signs are the editor's own
    m_editor->setMarginWidth(markMargin, 18);
    m_editor->markerDefine(QsciScintilla::Background, dangerMark);
    m_editor->markerDefine(QsciScintilla::Background, warningMark);
    m_editor->setAnnotationDisplay(QsciScintilla::AnnotationStandard);
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
    m_editor->setMarkerBackgroundColor(colors.dangerSoft, dangerMark);
    m_editor->setMarkerBackgroundColor(colors.warningSoft, warningMark);
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

void SourceView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (!m_remarks.empty())
        m_wrap.start();
}

void SourceView::applyRemarks()
{
    m_editor->clearAnnotations();
    m_editor->markerDeleteAll();
    std::vector<RemarkFrame> frames;
    for (std::size_t i = 0; i < m_remarks.size();) {
        const int line = m_remarks[i].line;
        std::size_t end = i;
        while (end < m_remarks.size() && m_remarks[end].line == line)
            ++end;
        if (line >= 1 && line <= m_editor->lines()) {
            const Severity worst = m_remarks[i].severity;
            annotate(line - 1, std::span(m_remarks).subspan(i, end - i));
            if (Theme::toneOf(worst) != Tone::Neutral)
                m_editor->markerAdd(
                    line - 1, Theme::toneOf(worst) == Tone::Danger ? dangerMark : warningMark);
            frames.push_back({.line = line - 1, .severity = worst});
        }
        i = end;
    }
    m_editor->setFrames(std::move(frames));
}

void SourceView::annotate(int line, std::span<const SourceRemark> remarks)
{
    const QFont strong = remarkFont(m_theme, true);
    const QFont plain = remarkFont(m_theme, false);
    const Tone worst = Theme::toneOf(remarks.front().severity);
    const QColor paper = m_theme.colors().panel;
    const int left = m_editor->indentOf(line);
    const double width = std::max(leastTextWidth,
                                  m_editor->viewport()->width() - left - SourceEditor::roomAtRight -
                                      2 * SourceEditor::roomInBox);
    // Annotations begin at the left edge of the text: blanks bring them into their box.
    const int before = left - m_editor->textLeft() + SourceEditor::roomInBox;
    QList<QsciStyledText> parts;
    const auto add = [&](const QString& text, const QFont& font, const QColor& ink, int number) {
        const double blank = QFontMetricsF(font).horizontalAdvance(QLatin1Char(' '));
        const QString indent(static_cast<qsizetype>(before / blank), QLatin1Char(' '));
        const QsciStyle style(number, QStringLiteral("remark"), ink, paper, font);
        for (const QString& each : brokenLines(text, QFontMetricsF(font), width))
            parts << QsciStyledText(
                (parts.isEmpty() ? QString() : QStringLiteral("\n")) + indent + each, style);
    };
    std::size_t shown = 0;
    for (const SourceRemark& remark : remarks) {
        if (shown++ == mostRemarksOfLine)
            break;
        const Tone tone = Theme::toneOf(remark.severity);
        add(QString(severitySign(remark.severity)) + QLatin1Char(' ') + remark.title +
                QLatin1Char('.'),
            strong,
            tone == Tone::Neutral ? m_theme.colors().dim : m_theme.foreground(tone),
            titleStyles + static_cast<int>(tone) * tones + static_cast<int>(worst));
        if (!remark.detail.isEmpty())
            add(remark.detail, plain, m_theme.colors().ink, detailStyles + static_cast<int>(worst));
    }
    if (remarks.size() > mostRemarksOfLine)
        add(tr("and %1 more; the findings page has them all")
                .arg(remarks.size() - mostRemarksOfLine),
            plain,
            m_theme.colors().dim,
            quietStyles + static_cast<int>(worst));
    m_editor->annotate(line, parts);
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
