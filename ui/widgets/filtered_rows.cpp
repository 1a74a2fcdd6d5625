// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/filtered_rows.h"

#include <algorithm>

namespace sightglass {

void FilteredRows::setSourceModel(QAbstractItemModel* model)
{
    beginResetModel();
    if (sourceModel() != nullptr)
        sourceModel()->disconnect(this);
    QAbstractProxyModel::setSourceModel(model);
    if (model != nullptr) {
        connect(model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
            beginResetModel();
            m_rows.clear();
            m_proxy.clear();
        });
        connect(model, &QAbstractItemModel::modelReset, this, &FilteredRows::followReset);
        connect(model, &QAbstractItemModel::rowsInserted, this, &FilteredRows::followInsert);
        connect(
            model, &QAbstractItemModel::rowsAboutToBeRemoved, this, &FilteredRows::announceRemove);
        connect(model, &QAbstractItemModel::rowsRemoved, this, &FilteredRows::followRemove);
        connect(model, &QAbstractItemModel::dataChanged, this, &FilteredRows::followChange);
    }
    collect();
    endResetModel();
}

void FilteredRows::setAccept(Accept accept)
{
    beginResetModel();
    m_accept = std::move(accept);
    collect();
    endResetModel();
}

void FilteredRows::narrow(Accept accept)
{
    beginResetModel();
    m_accept = std::move(accept);
    std::erase_if(m_rows, [this](int row) { return !accepts(row); });
    renumber();
    endResetModel();
}

void FilteredRows::collect()
{
    const int count = sourceModel() == nullptr ? 0 : sourceModel()->rowCount();
    m_rows.clear();
    for (int row = 0; row < count; ++row) {
        if (accepts(row))
            m_rows.push_back(row);
    }
    order();
}

void FilteredRows::order()
{
    if (m_sortColumn < 0 || !m_less) {
        std::sort(m_rows.begin(), m_rows.end());
    } else if (m_sortOrder == Qt::AscendingOrder) {
        std::stable_sort(m_rows.begin(), m_rows.end(), [this](int left, int right) {
            return m_less(m_sortColumn, left, right);
        });
    } else {
        std::stable_sort(m_rows.begin(), m_rows.end(), [this](int left, int right) {
            return m_less(m_sortColumn, right, left);
        });
    }
    renumber();
}

void FilteredRows::renumber()
{
    const int count = sourceModel() == nullptr ? 0 : sourceModel()->rowCount();
    m_proxy.assign(static_cast<std::size_t>(count), -1);
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        m_proxy[static_cast<std::size_t>(m_rows[row])] = static_cast<int>(row);
}

void FilteredRows::sort(int column, Qt::SortOrder sortOrder)
{
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    std::vector<int> sources;
    for (const QModelIndex& index : before)
        sources.push_back(sourceRow(index.row()));
    m_sortColumn = column;
    m_sortOrder = sortOrder;
    std::sort(m_rows.begin(), m_rows.end());
    order();
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i)
        after.push_back(
            index(rowOfSource(sources[static_cast<std::size_t>(i)]), before[i].column()));
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

int FilteredRows::rowOfSource(int sourceRow) const
{
    if (sourceRow < 0 || static_cast<std::size_t>(sourceRow) >= m_proxy.size())
        return -1;
    return m_proxy[static_cast<std::size_t>(sourceRow)];
}

void FilteredRows::followReset()
{
    collect();
    endResetModel();
}

void FilteredRows::followInsert(const QModelIndex&, int first, int last)
{
    const bool atEnd = last + 1 == sourceModel()->rowCount();
    if (!atEnd || m_sortColumn >= 0) {
        beginResetModel();
        collect();
        endResetModel();
        return;
    }
    std::vector<int> added;
    for (int row = first; row <= last; ++row) {
        if (accepts(row))
            added.push_back(row);
    }
    m_proxy.resize(static_cast<std::size_t>(last) + 1, -1);
    if (added.empty())
        return;
    const int at = rowCount();
    beginInsertRows({}, at, at + static_cast<int>(added.size()) - 1);
    for (const int row : added) {
        m_proxy[static_cast<std::size_t>(row)] = static_cast<int>(m_rows.size());
        m_rows.push_back(row);
    }
    endInsertRows();
}

void FilteredRows::announceRemove(const QModelIndex&, int first, int last)
{
    // Rows go before the source drops them: until then both sides agree on every index.
    const auto gone = [first, last](int row) { return row >= first && row <= last; };
    const auto begin = std::find_if(m_rows.begin(), m_rows.end(), gone);
    if (begin == m_rows.end())
        return;
    const auto end = std::find_if_not(begin, m_rows.end(), gone);
    if (std::any_of(end, m_rows.end(), gone)) {
        beginResetModel();
        std::erase_if(m_rows, gone);
        renumber();
        endResetModel();
        return;
    }
    const int at = static_cast<int>(begin - m_rows.begin());
    beginRemoveRows({}, at, at + static_cast<int>(end - begin) - 1);
    m_rows.erase(begin, end);
    renumber();
    endRemoveRows();
}

void FilteredRows::followRemove(const QModelIndex&, int first, int last)
{
    const int dropped = last - first + 1;
    for (int& row : m_rows) {
        if (row > last)
            row -= dropped;
    }
    renumber();
}

void FilteredRows::followChange(const QModelIndex& topLeft, const QModelIndex& bottomRight)
{
    for (int row = topLeft.row(); row <= bottomRight.row(); ++row) {
        if (const int mine = rowOfSource(row); mine >= 0)
            Q_EMIT dataChanged(index(mine, topLeft.column()), index(mine, bottomRight.column()));
    }
}

QModelIndex FilteredRows::index(int row, int column, const QModelIndex& parent) const
{
    return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}

QModelIndex FilteredRows::parent(const QModelIndex&) const
{
    return {};
}

QModelIndex FilteredRows::sibling(int row, int column, const QModelIndex&) const
{
    return index(row, column);
}

int FilteredRows::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FilteredRows::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || sourceModel() == nullptr ? 0 : sourceModel()->columnCount();
}

bool FilteredRows::hasChildren(const QModelIndex& parent) const
{
    return !parent.isValid() && !m_rows.empty();
}

QModelIndex FilteredRows::mapToSource(const QModelIndex& proxy) const
{
    if (!proxy.isValid() || proxy.row() >= rowCount())
        return {};
    return sourceModel()->index(sourceRow(proxy.row()), proxy.column());
}

QModelIndex FilteredRows::mapFromSource(const QModelIndex& source) const
{
    if (!source.isValid())
        return {};
    const int row = rowOfSource(source.row());
    return row < 0 ? QModelIndex() : index(row, source.column());
}

QVariant FilteredRows::headerData(int section, Qt::Orientation orientation, int role) const
{
    // The base class maps through row 0, which need not exist.
    return sourceModel() == nullptr || orientation == Qt::Vertical
               ? QVariant()
               : sourceModel()->headerData(section, orientation, role);
}

} // namespace sightglass
