// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/table_rows.h"
#include "ui/widgets/pill.h"

#include <QAbstractTableModel>

#include <vector>

namespace sightglass {

enum class TableColumn
{
    Name,
    Models,
    Chain,
    Live,
    Rows,
    Size,
    Verdict,
    Forecast
};

/// A sign, a word and a tone for what one of the three knows of a table.
Pill presencePill(TablePresence presence);

/// What is said of a table, in a tone.
Pill verdictPill(const TableRow& row);

/// "Autogenerate would drop the table"; empty where nothing happens.
QString forecastSentence(const TableRow& row);

/// Rows with what is searched in each, made away from the window.
struct TableList
{
    std::vector<TableRow> rows;
    std::vector<QString> texts; ///< one for each row

    static TableList of(std::vector<TableRow> rows);
};

/// Every table that models, chain or database know.
class TablesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr int columns = 8;

    using QAbstractTableModel::QAbstractTableModel;

    void setList(TableList list);

    const TableRow& row(int number) const { return m_list.rows[static_cast<std::size_t>(number)]; }

    bool contains(int number, const QString& text) const
    {
        return m_list.texts[static_cast<std::size_t>(number)].contains(text, Qt::CaseInsensitive);
    }

    bool less(int column, int left, int right) const;
    /// One row as text, its cells separated by tabs.
    QString line(int number) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString cell(int number, TableColumn column) const { return cellOf(row(number), column); }

    static QString cellOf(const TableRow& row, TableColumn column);

    TableList m_list;

    friend struct TableList;
};

} // namespace sightglass
