// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/row_table.h"

#include <QFontMetrics>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>

namespace sightglass {

RowTable::RowTable(const Theme& theme, QWidget* parent)
    : QTableView(parent)
    , m_theme(theme)
{
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(&theme, &Theme::changed, this, &RowTable::useTheme);
    useTheme();
}

void RowTable::useTheme()
{
    QFont font = m_theme.smallFont();
    font.setWeight(QFont::DemiBold);
    horizontalHeader()->setFont(font);
    setRowHeight(m_rowHeight);
    viewport()->update();
}

void RowTable::setRowHeight(int pixels)
{
    m_rowHeight = pixels;
    const int needed = QFontMetrics(m_theme.textFont()).height() + 8;
    verticalHeader()->setMinimumSectionSize(1);
    verticalHeader()->setDefaultSectionSize(std::max(pixels, needed));
}

void RowTable::setEmptyText(const QString& text)
{
    if (text == m_emptyText)
        return;
    m_emptyText = text;
    setAccessibleDescription(text);
    viewport()->update();
}

void RowTable::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    if (m_emptyText.isEmpty() || (model() != nullptr && model()->rowCount() > 0))
        return;
    QPainter painter(viewport());
    painter.setFont(m_theme.textFont());
    painter.setPen(m_theme.colors().dim);
    painter.drawText(viewport()->rect().adjusted(12, 12, -12, -12),
                     Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                     m_emptyText);
}

void RowTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    Q_EMIT resized();
}

void RowTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        Q_EMIT copyRequested();
        event->accept();
        return;
    }
    const bool ends = event->key() == Qt::Key_Home || event->key() == Qt::Key_End;
    const int rows = model() == nullptr ? 0 : model()->rowCount();
    if (!ends || rows == 0 || event->modifiers().testFlag(Qt::ShiftModifier)) {
        QTableView::keyPressEvent(event);
        return;
    }
    const int row = event->key() == Qt::Key_Home ? 0 : rows - 1;
    setCurrentIndex(model()->index(row, std::max(0, currentIndex().column())));
    event->accept();
}

void RowTable::focusInEvent(QFocusEvent* event)
{
    QTableView::focusInEvent(event);
    viewport()->update();
}

void RowTable::focusOutEvent(QFocusEvent* event)
{
    QTableView::focusOutEvent(event);
    viewport()->update();
}

} // namespace sightglass
