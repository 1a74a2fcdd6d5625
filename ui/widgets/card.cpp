// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card.h"

#include <QPainter>

namespace sightglass {

namespace {
constexpr double cornerRadius = 8;
}

Card::Card(const Theme& theme, Frame frame, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_frame(frame)
{
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Card::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool accent = m_frame == Frame::Accent;
    const double width = accent ? 2 : 1;
    painter.setPen(QPen(accent ? m_theme.colors().accent : m_theme.colors().line, width));
    painter.setBrush(m_theme.colors().panel);
    const double inset = width / 2;
    painter.drawRoundedRect(
        QRectF(rect()).adjusted(inset, inset, -inset, -inset), cornerRadius, cornerRadius);
}

} // namespace sightglass
