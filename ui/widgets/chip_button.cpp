// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chip_button.h"

#include <QFontMetrics>
#include <QPainter>

namespace sightglass {

namespace {
constexpr int sideRoom = 10;
constexpr int leastHeight = 24;

QFont chipFont(const Theme& theme)
{
    QFont font = theme.smallFont();
    font.setWeight(QFont::DemiBold);
    return font;
}
} // namespace

ChipButton::ChipButton(const Theme& theme, Tone tone, QWidget* parent)
    : QToolButton(parent)
    , m_theme(theme)
    , m_tone(tone)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize ChipButton::sizeHint() const
{
    const QFontMetrics metrics(chipFont(m_theme));
    return {metrics.horizontalAdvance(text()) + 2 * sideRoom,
            std::max(leastHeight, metrics.height() + 8)};
}

void ChipButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeColors& colors = m_theme.colors();
    const bool neutral = m_tone == Tone::Neutral;
    const QColor on = neutral ? colors.selection : m_theme.background(m_tone);
    const QColor border = hasFocus()    ? colors.accent
                          : isChecked() ? (neutral ? colors.accent : m_theme.foreground(m_tone))
                                        : colors.line;
    painter.setPen(QPen(border, hasFocus() ? 2 : 1));
    painter.setBrush(isChecked() ? on : colors.panel);
    const QRectF box = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
    painter.setFont(chipFont(m_theme));
    painter.setPen(neutral ? colors.ink : m_theme.foreground(m_tone));
    painter.drawText(box, Qt::AlignCenter, text());
}

} // namespace sightglass
