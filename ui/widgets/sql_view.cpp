// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sql_view.h"

#include "ui/widgets/code_lexer.h"

#include <QVBoxLayout>
#include <Qsci/qscilexersql.h>
#include <Qsci/qsciscintilla.h>

namespace sightglass {

namespace {
constexpr qsizetype mostColouredText = 1'000'000;
} // namespace

SqlView::SqlView(const Theme& theme, const QString& accessibleName, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_editor(new QsciScintilla(this))
    , m_lexer(new QsciLexerSQL(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_editor);
    createEditor(accessibleName);
    setFocusProxy(m_editor);
    connect(&theme, &Theme::changed, this, &SqlView::useTheme);
    useTheme();
}

void SqlView::createEditor(const QString& accessibleName)
{
    m_editor->setObjectName(QStringLiteral("sql"));
    m_editor->setAccessibleName(accessibleName);
    m_editor->setUtf8(true);
    m_editor->setReadOnly(true);
    m_editor->setFrameShape(QFrame::NoFrame);
    m_editor->setWrapMode(QsciScintilla::WrapWord);
    m_editor->setWrapIndentMode(QsciScintilla::WrapIndentIndented);
    m_editor->setFolding(QsciScintilla::NoFoldStyle);
    m_editor->setTabWidth(4);
    for (int margin = 0; margin < 3; ++margin)
        m_editor->setMarginWidth(margin, 0);
    m_editor->SendScintilla(QsciScintilla::SCI_SETMARGINLEFT, 0, 16);
    m_lexer->setFoldComments(false);
    m_lexer->setBackslashEscapes(false);
}

void SqlView::setText(const QString& text)
{
    const bool coloured = text.size() <= mostColouredText;
    m_editor->setLexer(coloured ? m_lexer : nullptr);
    m_editor->setText(text);
    colourFrame();
}

QString SqlView::text() const
{
    return m_editor->text();
}

void SqlView::useTheme()
{
    const bool coloured = m_editor->length() <= mostColouredText;
    m_editor->setLexer(nullptr);
    colourCode();
    if (coloured)
        m_editor->setLexer(m_lexer);
    colourFrame();
}

void SqlView::colourCode()
{
    const ThemeColors& colors = m_theme.colors();
    using Lexer = QsciLexerSQL;
    usePlainStyles(*m_lexer, m_theme, Lexer::QuotedOperator);
    for (const int style : {Lexer::Comment, Lexer::CommentLine, Lexer::CommentDoc})
        m_lexer->setColor(colors.dim, style);
    for (const int style : {Lexer::SingleQuotedString})
        m_lexer->setColor(colors.good, style);
    m_lexer->setColor(colors.accent, Lexer::Keyword);
    m_lexer->setColor(colors.warning, Lexer::Number);
}

void SqlView::colourFrame()
{
    const ThemeColors& colors = m_theme.colors();
    const QFont font = plainCodeFont(m_theme);
    m_editor->setFont(font);
    m_editor->setPaper(colors.panel);
    m_editor->setColor(colors.ink);
    m_editor->setMarginsBackgroundColor(colors.panel);
    m_editor->setCaretForegroundColor(colors.ink);
    m_editor->setSelectionBackgroundColor(colors.selection);
    m_editor->setSelectionForegroundColor(colors.ink);
}

} // namespace sightglass
