// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/row_painting.h"

#include "ui/widgets/code_font.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QStyleOptionViewItem>

namespace sightglass {

namespace {
constexpr int cellRoom = 8;
constexpr int focusBar = 2;

QFont fontOf(const CellLook& look, const Theme& theme)
{
    switch (look.font) {
    case CellFont::Text:
        return theme.textFont();
    case CellFont::Small:
        return theme.smallFont();
    case CellFont::Code:
        return plainCodeFont(theme);
    }
    return theme.textFont();
}

QColor inkOf(const CellLook& look, const Theme& theme)
{
    if (look.tone != Tone::Neutral)
        return theme.foreground(look.tone);
    return look.dim ? theme.colors().dim : theme.colors().ink;
}
} // namespace

void paintRowBackground(QPainter& painter,
                        const QStyleOptionViewItem& option,
                        const QModelIndex& index,
                        const Theme& theme,
                        bool separator)
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter.fillRect(option.rect, selected ? theme.colors().selection : theme.colors().panel);
    if (separator) {
        const QRectF area(option.rect);
        painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1),
                         theme.colors().line);
    }
    const bool focused = option.widget != nullptr && option.widget->hasFocus();
    if (selected && focused && index.column() == 0)
        painter.fillRect(QRect(option.rect.topLeft(), QSize(focusBar, option.rect.height())),
                         theme.colors().accent);
}

void paintCellText(QPainter& painter,
                   const QRectF& area,
                   const QString& text,
                   const CellLook& look,
                   const Theme& theme)
{
    const QFont font = fontOf(look, theme);
    painter.setFont(font);
    painter.setPen(inkOf(look, theme));
    const QString shown = QFontMetricsF(font).elidedText(text, look.elide, area.width());
    const int side = look.atRight ? Qt::AlignRight : Qt::AlignLeft;
    painter.drawText(area, side | Qt::AlignVCenter | Qt::TextSingleLine, shown);
}

RowDelegate::RowDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{}

void RowDelegate::paint(QPainter* painter,
                        const QStyleOptionViewItem& option,
                        const QModelIndex& index) const
{
    painter->save();
    paintRowBackground(*painter, option, index, m_theme, m_separator);
    const QRectF area = QRectF(option.rect).adjusted(cellRoom, 0, -cellRoom, 0);
    const QVariant pill = index.data(pillRole);
    if (pill.isValid()) {
        const QFont font = m_theme.smallFont();
        const double height = pillSize(pill.value<Pill>(), font).height();
        const QRectF box(area.left(), area.center().y() - height / 2, area.width(), height);
        paintPill(*painter, box, pill.value<Pill>(), m_theme, font);
    } else {
        const auto look = m_looks.find(index.column());
        paintCellText(*painter,
                      area,
                      index.data().toString(),
                      look == m_looks.end() ? CellLook{} : look->second,
                      m_theme);
    }
    painter->restore();
}

} // namespace sightglass
