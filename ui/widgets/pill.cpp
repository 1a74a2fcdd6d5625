// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pill.h"

#include <QFontMetricsF>
#include <QPainter>

namespace sightglass {

namespace {
constexpr double sideRoom = 7;
constexpr double roomAbove = 2;

QFont pillFont(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}
} // namespace

QSizeF pillSize(const Pill& pill, const QFont& font)
{
    const QFontMetricsF metrics(pillFont(font));
    return {metrics.horizontalAdvance(pill.text) + 2 * sideRoom, metrics.height() + 2 * roomAbove};
}

QRectF paintPill(QPainter& painter,
                 const QRectF& area,
                 const Pill& pill,
                 const Theme& theme,
                 const QFont& font,
                 double leastWidth)
{
    const QSizeF wanted = pillSize(pill, font);
    const QRectF box(
        area.topLeft(),
        QSizeF(std::min(std::max(wanted.width(), leastWidth), area.width()), wanted.height()));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ink = theme.foreground(pill.tone);
    painter.setPen(pill.outlined ? QPen(ink, 1) : QPen(Qt::NoPen));
    painter.setBrush(pill.outlined ? QBrush(Qt::NoBrush) : QBrush(theme.background(pill.tone)));
    const QRectF outline = pill.outlined ? box.adjusted(0.5, 0.5, -0.5, -0.5) : box;
    painter.drawRoundedRect(outline, box.height() / 2, box.height() / 2);
    painter.setPen(ink);
    painter.setFont(pillFont(font));
    const QRectF inside = box.adjusted(sideRoom, 0, -sideRoom + 1, 0);
    const QString text =
        QFontMetricsF(painter.font()).elidedText(pill.text, Qt::ElideRight, inside.width());
    painter.drawText(inside, Qt::AlignCenter, text);
    painter.restore();
    return box;
}

PillLabel::PillLabel(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void PillLabel::setPill(const Pill& pill)
{
    m_pill = pill;
    setAccessibleName(pill.text);
    setVisible(!pill.text.isEmpty());
    updateGeometry();
    update();
}

void PillLabel::setLeastWidth(int pixels)
{
    m_leastWidth = pixels;
    updateGeometry();
}

QSize PillLabel::sizeHint() const
{
    const QSize size = pillSize(m_pill, m_theme.smallFont()).toSize() + QSize(1, 1);
    return {std::max(size.width(), m_leastWidth), size.height()};
}

QSize PillLabel::minimumSizeHint() const
{
    return sizeHint();
}

void PillLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintPill(painter, rect(), m_pill, m_theme, m_theme.smallFont(), m_leastWidth);
}

} // namespace sightglass
