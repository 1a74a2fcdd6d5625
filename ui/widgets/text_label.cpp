// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_label.h"

#include "ui/widgets/code_font.h"

#include <QAction>
#include <QClipboard>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QPainter>

namespace sightglass {

namespace {

QFont fontOf(const TextLook& look, const Theme& theme)
{
    QFont font = theme.textFont();
    switch (look.size) {
    case TextSize::Small:
        font = theme.smallFont();
        break;
    case TextSize::Text:
        break;
    case TextSize::Title:
        font = theme.titleFont();
        break;
    case TextSize::Code:
        font = plainCodeFont(theme);
        break;
    }
    if (look.strong)
        font.setWeight(QFont::DemiBold);
    return font;
}

QColor inkOf(const TextLook& look, const Theme& theme)
{
    if (look.tone != Tone::Neutral)
        return theme.foreground(look.tone);
    return look.dim ? theme.colors().dim : theme.colors().ink;
}

} // namespace

TextLabel::TextLabel(const Theme& theme, const TextLook& look, QWidget* parent)
    : QLabel(parent)
    , m_theme(theme)
    , m_look(look)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    connect(&theme, &Theme::changed, this, &TextLabel::useTheme);
    useTheme();
}

TextLabel::TextLabel(const Theme& theme, const TextLook& look, const QString& text, QWidget* parent)
    : TextLabel(theme, look, parent)
{
    setText(text);
}

void TextLabel::setLook(const TextLook& look)
{
    m_look = look;
    useTheme();
}

void TextLabel::setRich(const QString& html)
{
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::TextBrowserInteraction);
    setText(html);
}

void TextLabel::useTheme()
{
    setFont(fontOf(m_look, m_theme));
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, inkOf(m_look, m_theme));
    colors.setColor(QPalette::Text, inkOf(m_look, m_theme));
    colors.setColor(QPalette::Link, m_theme.colors().accent);
    colors.setColor(QPalette::Highlight, m_theme.colors().selection);
    colors.setColor(QPalette::HighlightedText, m_theme.colors().ink);
    setPalette(colors);
}

ElidedLine::ElidedLine(const Theme& theme,
                       const TextLook& look,
                       Qt::TextElideMode mode,
                       QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_look(look)
    , m_mode(mode)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    auto* copy = new QAction(tr("Copy"), this);
    connect(
        copy, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(m_text); });
    addAction(copy);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ElidedLine::setText(const QString& text)
{
    m_text = text;
    setToolTip(text);
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize ElidedLine::sizeHint() const
{
    const QFontMetrics metrics(fontOf(m_look, m_theme));
    return {metrics.horizontalAdvance(m_text) + 2, metrics.height() + 2};
}

QSize ElidedLine::minimumSizeHint() const
{
    return {40, sizeHint().height()};
}

void ElidedLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QFont font = fontOf(m_look, m_theme);
    painter.setFont(font);
    painter.setPen(inkOf(m_look, m_theme));
    painter.drawText(rect(),
                     Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     QFontMetrics(font).elidedText(m_text, m_mode, width()));
}

} // namespace sightglass
