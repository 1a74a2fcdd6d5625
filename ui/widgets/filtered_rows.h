// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractProxyModel>

#include <functional>
#include <vector>

namespace sightglass {

/// Some rows of a flat table, in its order or sorted. QSortFilterProxyModel tells every gap to its
/// views one by one, which takes seconds at 100,000 rows; this one resets, and its panel keeps the
/// selection by id. Rows that the source adds at its end or drops from its start are followed
/// without a reset.
class FilteredRows : public QAbstractProxyModel
{
    Q_OBJECT

public:
    using Accept = std::function<bool(int sourceRow)>;
    /// Whether source row `left` stands before `right` in `column`, ascending.
    using Less = std::function<bool(int column, int left, int right)>;

    using QAbstractProxyModel::QAbstractProxyModel;

    void setSourceModel(QAbstractItemModel* model) override;
    /// Tests every row; an empty function accepts all.
    void setAccept(Accept accept);
    /// The same for a test that is known to accept only rows that the present one accepts.
    void narrow(Accept accept);

    void setLess(Less less) { m_less = std::move(less); }

    /// Column -1 is the source's own order.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    int sourceRow(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

    /// -1 when the row is filtered away.
    int rowOfSource(int sourceRow) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    QModelIndex sibling(int row, int column, const QModelIndex& of) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override;
    QModelIndex mapToSource(const QModelIndex& proxy) const override;
    QModelIndex mapFromSource(const QModelIndex& source) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool accepts(int sourceRow) const { return !m_accept || m_accept(sourceRow); }

    void collect();
    void order();
    void renumber();
    void followReset();
    void followInsert(const QModelIndex& parent, int first, int last);
    void announceRemove(const QModelIndex& parent, int first, int last);
    void followRemove(const QModelIndex& parent, int first, int last);
    void followChange(const QModelIndex& topLeft, const QModelIndex& bottomRight);

    Accept m_accept;
    Less m_less;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    std::vector<int> m_rows;  ///< source row of each row
    std::vector<int> m_proxy; ///< row of each source row, or -1
};

} // namespace sightglass
