// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/flat_tab_bar.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace sightglass {

namespace {
constexpr int mostRoomBetween = 16;
constexpr int leastRoomBetween = 7;
constexpr int roomAbove = 10;
constexpr int underline = 2;
} // namespace

FlatTabBar::FlatTabBar(const Theme& theme, QWidget* parent)
    : QTabBar(parent)
    , m_theme(theme)
{
    setDrawBase(false);
    setExpanding(false);
    setElideMode(Qt::ElideNone);
    setUsesScrollButtons(true);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QFont FlatTabBar::tabFont(bool open) const
{
    QFont font = m_theme.textFont();
    font.setWeight(open ? QFont::DemiBold : QFont::Normal);
    return font;
}

/// Where all words fit only closer together, they stand closer together.
int FlatTabBar::roomBetween() const
{
    const QFontMetrics metrics(tabFont(true));
    int words = 0;
    for (int i = 0; i < count(); ++i)
        words += metrics.horizontalAdvance(tabText(i));
    return std::clamp((width() - words) / std::max(count(), 1), leastRoomBetween, mostRoomBetween);
}

QSize FlatTabBar::tabSizeHint(int index) const
{
    const QFontMetrics metrics(tabFont(true)); // the wider one, so that nothing moves on a click
    return {metrics.horizontalAdvance(tabText(index)) + roomBetween(),
            metrics.height() + 2 * roomAbove};
}

QSize FlatTabBar::minimumTabSizeHint(int index) const
{
    return tabSizeHint(index);
}

void FlatTabBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.colors().line);
    for (int i = 0; i < count(); ++i) {
        const QRect area = tabRect(i);
        const bool open = i == currentIndex();
        const QRect inside = area.adjusted(0, 0, -roomBetween(), 0);
        painter.setFont(tabFont(open));
        painter.setPen(!isTabEnabled(i) ? m_theme.colors().ghost
                       : open           ? m_theme.colors().ink
                                        : m_theme.colors().dim);
        painter.drawText(inside, Qt::AlignVCenter | Qt::AlignLeft, tabText(i));
        if (!open)
            continue;
        painter.fillRect(QRect(inside.left(), height() - underline, inside.width(), underline),
                         m_theme.colors().accent);
        if (hasFocus()) {
            painter.setPen(QPen(m_theme.colors().accent, 2));
            painter.drawRoundedRect(inside.adjusted(-4, 6, 4, -6), 4, 4);
        }
    }
}

} // namespace sightglass
