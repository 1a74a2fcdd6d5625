// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/rule_page.h"

#include "core/report/rule_report.h"
#include "ui/text.h"
#include "ui/widgets/code_font.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextCursor>
#include <QTextDocument>
#include <QVBoxLayout>

namespace sightglass {

namespace {

constexpr int pageWidth = 660;
constexpr int pageHeight = 640;
constexpr int roomAround = 22;

bool isCode(const QTextBlock& block)
{
    return block.blockFormat().hasProperty(QTextFormat::BlockCodeFence) ||
           block.blockFormat().hasProperty(QTextFormat::BlockCodeLanguage) ||
           block.blockFormat().nonBreakableLines();
}

void styleHeading(QTextCursor& cursor, int level, const Theme& theme)
{
    QTextCharFormat letters;
    letters.setFont(theme.titleFont());
    letters.setFontPointSize(theme.textFont().pointSizeF() * (level == 1 ? 1.5 : 1.1));
    letters.setForeground(theme.colors().ink);
    cursor.mergeCharFormat(letters);
    QTextBlockFormat block;
    block.setTopMargin(level == 1 ? 0 : 14);
    block.setBottomMargin(4);
    cursor.mergeBlockFormat(block);
}

void styleCode(QTextCursor& cursor, const QTextBlock& block, const Theme& theme)
{
    QTextCharFormat letters;
    letters.setFont(plainCodeFont(theme));
    letters.setForeground(theme.colors().ink);
    cursor.mergeCharFormat(letters);
    QTextBlockFormat format;
    format.setBackground(theme.colors().background);
    format.setNonBreakableLines(false);
    format.setLeftMargin(0);
    format.setTopMargin(isCode(block.previous()) ? 0 : 4);
    format.setBottomMargin(isCode(block.next()) ? 0 : 8);
    cursor.mergeBlockFormat(format);
}

/// Words of code inside a sentence are marked by the reader of Markdown with a fixed font.
void styleWords(QTextCursor& cursor, const QTextBlock& block, const Theme& theme)
{
    QTextBlockFormat format;
    format.setBottomMargin(6);
    cursor.mergeBlockFormat(format);
    for (auto part = block.begin(); !part.atEnd(); ++part) {
        const QTextFragment fragment = part.fragment();
        if (!fragment.charFormat().fontFixedPitch())
            continue;
        QTextCursor words(block);
        words.setPosition(fragment.position());
        words.setPosition(fragment.position() + fragment.length(), QTextCursor::KeepAnchor);
        QTextCharFormat letters;
        letters.setFont(plainCodeFont(theme));
        words.mergeCharFormat(letters);
    }
}

} // namespace

RulePageDialog::RulePageDialog(const Theme& theme, const QString& rule, QWidget* parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_rule(rule)
    , m_text(new QTextBrowser(this))
{
    setObjectName(QStringLiteral("rulePageDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Rule %1").arg(rule));
    m_text->setObjectName(QStringLiteral("rulePageText"));
    m_text->setAccessibleName(windowTitle());
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setOpenExternalLinks(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(roomAround, 6, roomAround, 12);
    foot->addWidget(buttons);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text, 1);
    layout->addLayout(foot);
    resize(pageWidth, pageHeight);
    connect(&theme, &Theme::changed, this, &RulePageDialog::showPage);
    showPage();
}

void RulePageDialog::showPage()
{
    const Rule* const rule = findRule(toStd(m_rule));
    if (rule == nullptr) {
        m_text->setPlainText(tr("There is no page about %1.").arg(m_rule));
        return;
    }
    QTextDocument& page = *m_text->document();
    m_text->setFont(m_theme.textFont());
    page.setDefaultFont(m_theme.textFont());
    page.setMarkdown(toQString(ruleText(*rule)), QTextDocument::MarkdownDialectGitHub);
    page.setDocumentMargin(roomAround);
    for (QTextBlock block = page.begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        cursor.select(QTextCursor::BlockUnderCursor);
        const int level = block.blockFormat().headingLevel();
        if (level > 0)
            styleHeading(cursor, level, m_theme);
        else if (isCode(block))
            styleCode(cursor, block, m_theme);
        else
            styleWords(cursor, block, m_theme);
    }
    m_text->moveCursor(QTextCursor::Start);
}

} // namespace sightglass
