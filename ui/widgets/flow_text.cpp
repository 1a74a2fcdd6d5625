// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/flow_text.h"

#include "ui/widgets/code_font.h"

#include <QAbstractTextDocumentLayout>
#include <QTextOption>
#include <QWheelEvent>

#include <cmath>

namespace sightglass {

namespace {

constexpr int leastWidth = 80;
constexpr double roomAroundCode = 7;

/// The height that the text needs at the width it has.
int heightOf(const QTextEdit& edit)
{
    return static_cast<int>(std::ceil(edit.document()->size().height())) + 2 * edit.frameWidth();
}

void wrapAnywhere(QTextEdit& edit)
{
    edit.setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    edit.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    edit.setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    edit.setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    edit.setTabChangesFocus(true);
    edit.setReadOnly(true);
}

/// A layout that is at work does not hear that a height has changed.
void tellLayoutLater(QWidget& widget)
{
    QMetaObject::invokeMethod(
        &widget, [&widget] { widget.updateGeometry(); }, Qt::QueuedConnection);
}

} // namespace

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
    connect(document()->documentLayout(),
            &QAbstractTextDocumentLayout::documentSizeChanged,
            this,
            &FlowText::fitHeight);
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
    setHtml(html);
    fitHeight();
}

void FlowText::fitHeight()
{
    setFixedHeight(heightOf(*this));
}

QSize FlowText::sizeHint() const
{
    return {leastWidth, heightOf(*this)};
}

QSize FlowText::minimumSizeHint() const
{
    return {leastWidth, 0};
}

void FlowText::resizeEvent(QResizeEvent* event)
{
    QTextBrowser::resizeEvent(event);
    fitHeight();
    if (event->oldSize().width() != event->size().width())
        tellLayoutLater(*this);
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
    connect(document()->documentLayout(),
            &QAbstractTextDocumentLayout::documentSizeChanged,
            this,
            &CodeBlock::fitHeight);
    connect(&theme, &Theme::changed, this, &CodeBlock::useTheme);
    useTheme();
}

void CodeBlock::useTheme()
{
    setFont(plainCodeFont(m_theme));
    const ThemeColors& colors = m_theme.colors();
    setStyleSheet(QStringLiteral("QTextEdit { background: %1; color: %2; border: 1px solid %3; "
                                 "border-radius: 5px; } QTextEdit:focus { border-color: %4; }")
                      .arg(colors.background.name(),
                           colors.ink.name(),
                           colors.line.name(),
                           colors.accent.name()));
    fitHeight();
}

QSize CodeBlock::sizeHint() const
{
    constexpr int border = 2;
    return {leastWidth, heightOf(*this) + border};
}

QSize CodeBlock::minimumSizeHint() const
{
    return {leastWidth, 0};
}

void CodeBlock::resizeEvent(QResizeEvent* event)
{
    QTextEdit::resizeEvent(event);
    fitHeight();
    if (event->oldSize().width() != event->size().width())
        tellLayoutLater(*this);
}

void CodeBlock::fitHeight()
{
    setFixedHeight(sizeHint().height());
}

void CodeBlock::wheelEvent(QWheelEvent* event)
{
    event->ignore();
}

} // namespace sightglass
