// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/flow_layout.h"

#include <QWidget>

#include <algorithm>

namespace sightglass {

namespace {

bool isShown(const QLayoutItem* item)
{
    return !item->isEmpty();
}

QLayoutItem* taken(std::vector<QLayoutItem*>& items, int index)
{
    if (index < 0 || static_cast<std::size_t>(index) >= items.size())
        return nullptr;
    QLayoutItem* const item = items[static_cast<std::size_t>(index)];
    items.erase(items.begin() + index);
    return item;
}

QLayoutItem* at(const std::vector<QLayoutItem*>& items, int index)
{
    const auto position = static_cast<std::size_t>(index);
    return index < 0 || position >= items.size() ? nullptr : items[position];
}

int heightOf(const QLayoutItem* item, int width)
{
    return item->hasHeightForWidth() ? item->heightForWidth(width) : item->sizeHint().height();
}

QSize grown(QSize size, const QMargins& margins)
{
    return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

} // namespace

FlowLayout::FlowLayout(int spacing, QWidget* parent)
    : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
    setSpacing(spacing);
}

FlowLayout::~FlowLayout()
{
    for (QLayoutItem* item : m_items)
        delete item;
}

void FlowLayout::addItem(QLayoutItem* item)
{
    m_items.push_back(item);
}

int FlowLayout::count() const
{
    return static_cast<int>(m_items.size());
}

QLayoutItem* FlowLayout::itemAt(int index) const
{
    return at(m_items, index);
}

QLayoutItem* FlowLayout::takeAt(int index)
{
    return taken(m_items, index);
}

int FlowLayout::heightForWidth(int width) const
{
    return arrange(QRect(0, 0, width, 0), false);
}

QSize FlowLayout::sizeHint() const
{
    int width = 0;
    int height = 0;
    for (const QLayoutItem* item : m_items) {
        if (!isShown(item))
            continue;
        width += item->sizeHint().width() + (width > 0 ? spacing() : 0);
        height = std::max(height, item->sizeHint().height());
    }
    return grown({width, height}, contentsMargins());
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem* item : m_items) {
        if (isShown(item))
            size = size.expandedTo(item->minimumSize());
    }
    return grown(size, contentsMargins());
}

void FlowLayout::setGeometry(const QRect& area)
{
    QLayout::setGeometry(area);
    arrange(area, true);
}

int FlowLayout::arrange(const QRect& area, bool place) const
{
    const QRect inside = area.marginsRemoved(contentsMargins());
    int x = inside.x();
    int y = inside.y();
    int lineHeight = 0;
    for (QLayoutItem* item : m_items) {
        if (!isShown(item))
            continue;
        QSize size = item->sizeHint();
        size.setWidth(
            std::min(size.width(), std::max(inside.width(), item->minimumSize().width())));
        if (lineHeight > 0 && x + size.width() > inside.x() + inside.width()) {
            x = inside.x();
            y += lineHeight + spacing();
            lineHeight = 0;
        }
        if (place)
            item->setGeometry(QRect(QPoint(x, y), size));
        x += size.width() + spacing();
        lineHeight = std::max(lineHeight, size.height());
    }
    return y + lineHeight - area.y() + contentsMargins().bottom();
}

ColumnsLayout::ColumnsLayout(int leastWidth, int mostColumns, int spacing, QWidget* parent)
    : QLayout(parent)
    , m_leastWidth(leastWidth)
    , m_mostColumns(mostColumns)
{
    setContentsMargins(0, 0, 0, 0);
    setSpacing(spacing);
}

ColumnsLayout::~ColumnsLayout()
{
    for (QLayoutItem* item : m_items)
        delete item;
}

void ColumnsLayout::addItem(QLayoutItem* item)
{
    m_items.push_back(item);
}

int ColumnsLayout::count() const
{
    return static_cast<int>(m_items.size());
}

QLayoutItem* ColumnsLayout::itemAt(int index) const
{
    return at(m_items, index);
}

QLayoutItem* ColumnsLayout::takeAt(int index)
{
    return taken(m_items, index);
}

int ColumnsLayout::columnsFor(int width) const
{
    const int fitting = (width + spacing()) / (m_leastWidth + spacing());
    const int most = std::max(1, std::min(m_mostColumns, count()));
    return std::clamp(fitting, 1, most);
}

int ColumnsLayout::heightForWidth(int width) const
{
    return arrange(QRect(0, 0, width, 0), false);
}

QSize ColumnsLayout::sizeHint() const
{
    const int columns = std::max(1, std::min(m_mostColumns, count()));
    const int width = columns * m_leastWidth + (columns - 1) * spacing();
    return grown({width, heightForWidth(width)}, contentsMargins());
}

QSize ColumnsLayout::minimumSize() const
{
    int width = 0;
    for (const QLayoutItem* item : m_items)
        width = std::max(width, item->minimumSize().width());
    return grown({std::min(width, m_leastWidth), 0}, contentsMargins());
}

void ColumnsLayout::setGeometry(const QRect& area)
{
    QLayout::setGeometry(area);
    arrange(area, true);
}

int ColumnsLayout::arrange(const QRect& area, bool place) const
{
    const QRect inside = area.marginsRemoved(contentsMargins());
    const int columns = columnsFor(inside.width());
    const int width = (inside.width() - (columns - 1) * spacing()) / columns;
    int y = inside.y();
    for (std::size_t first = 0; first < m_items.size();
         first += static_cast<std::size_t>(columns)) {
        const std::size_t last =
            std::min(m_items.size(), first + static_cast<std::size_t>(columns));
        int height = 0;
        for (std::size_t i = first; i < last; ++i)
            height = std::max(height, heightOf(m_items[i], width));
        for (std::size_t i = first; place && i < last; ++i) {
            const int x = inside.x() + static_cast<int>(i - first) * (width + spacing());
            m_items[i]->setGeometry(QRect(x, y, width, height));
        }
        y += height + (last < m_items.size() ? spacing() : 0);
    }
    return y - area.y() + contentsMargins().bottom();
}

} // namespace sightglass
