// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/flow_text.h"

#include "ui/widgets/code_font.h"

#include <QAbstractTextDocumentLayout>
#include <QTextOption>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace sightglass {

namespace {

constexpr int leastWidth = 80;
constexpr int usualWidth = 320;
constexpr double roomAroundCode = 7;
constexpr int border = 2; ///< of a box of code, both sides

void wrapAnywhere(QTextEdit& edit)
{
    edit.setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    edit.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    edit.setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    edit.setTabChangesFocus(true);
    edit.setReadOnly(true);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    edit.setSizePolicy(policy);
}

} // namespace

void TextMeasure::follow(const QTextEdit& edit)
{
    const QTextDocument& document = *edit.document();
    m_copy.reset(document.clone());
    // Letters are as wide as where they will be drawn.
    m_copy->documentLayout()->setPaintDevice(edit.viewport());
    // A clone does not take these along.
    m_copy->setDefaultFont(document.defaultFont());
    m_copy->setDefaultTextOption(document.defaultTextOption());
    m_copy->setDocumentMargin(document.documentMargin());
}

int TextMeasure::heightAt(int width) const
{
    if (m_copy == nullptr)
        return 0;
    // A pixel less: where rounding decides, there is room for the line.
    m_copy->setTextWidth(std::max(width, leastWidth) - 1);
    return static_cast<int>(std::ceil(m_copy->size().height()));
}

FlowText::FlowText(const Theme& theme, QWidget* parent)
    : QTextBrowser(parent)
    , m_theme(theme)
{
    setOpenLinks(false);
    setFrameShape(QFrame::NoFrame);
    viewport()->setAutoFillBackground(false);
    setStyleSheet(QStringLiteral("background: transparent;"));
    document()->setDocumentMargin(0);
    wrapAnywhere(*this);
    connect(&theme, &Theme::changed, this, &FlowText::useTheme);
    useTheme();
}

void FlowText::useTheme()
{
    setFont(m_theme.textFont());
    const ThemeColors& colors = m_theme.colors();
    document()->setDefaultStyleSheet(
        QStringLiteral("p{margin:0 0 5px 0} a{color:%1;text-decoration:none} .dim{color:%2} "
                       ".c{font-family:'%3';font-size:%4pt} .warning{color:%5} .danger{color:%6}")
            .arg(colors.accent.name(), colors.dim.name(), m_theme.codeFont().family())
            .arg(m_theme.codeFont().pointSizeF())
            .arg(colors.warning.name(), colors.danger.name()));
    if (!m_html.isEmpty())
        setRich(m_html);
}

void FlowText::setRich(const QString& html)
{
    m_html = html;
    document()->setDefaultFont(m_theme.textFont());
    setHtml(html);
    m_measure.follow(*this);
    updateGeometry();
}

QSize FlowText::sizeHint() const
{
    return {usualWidth, heightForWidth(usualWidth)};
}

QSize FlowText::minimumSizeHint() const
{
    return {leastWidth, 0};
}

int FlowText::heightForWidth(int width) const
{
    return m_measure.heightAt(width);
}

void FlowText::wheelEvent(QWheelEvent* event)
{
    event->ignore(); // what holds it scrolls
}

CodeBlock::CodeBlock(const Theme& theme, const QString& code, QWidget* parent)
    : QTextEdit(parent)
    , m_theme(theme)
{
    setFrameShape(QFrame::NoFrame);
    document()->setDocumentMargin(roomAroundCode);
    setAcceptRichText(false);
    setPlainText(code);
    wrapAnywhere(*this);
    connect(&theme, &Theme::changed, this, &CodeBlock::useTheme);
    useTheme();
}

void CodeBlock::useTheme()
{
    setFont(plainCodeFont(m_theme));
    document()->setDefaultFont(plainCodeFont(m_theme));
    const ThemeColors& colors = m_theme.colors();
    setStyleSheet(QStringLiteral("QTextEdit { background: %1; color: %2; border: 1px solid %3; "
                                 "border-radius: 5px; } QTextEdit:focus { border-color: %4; }")
                      .arg(colors.background.name(),
                           colors.ink.name(),
                           colors.line.name(),
                           colors.accent.name()));
    m_measure.follow(*this);
    updateGeometry();
}

QSize CodeBlock::sizeHint() const
{
    return {usualWidth, heightForWidth(usualWidth)};
}

QSize CodeBlock::minimumSizeHint() const
{
    return {leastWidth, 0};
}

int CodeBlock::heightForWidth(int width) const
{
    return m_measure.heightAt(width - border) + border;
}

void CodeBlock::wheelEvent(QWheelEvent* event)
{
    event->ignore();
}

} // namespace sightglass
