// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace sightglass {

enum class ProblemColumn
{
    Severity,
    Problem,
    Where,
    Fix
};

/// The findings of an Inspection as rows, in its order: what stops people first.
class ProblemsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr int columns = 4;

    using QAbstractTableModel::QAbstractTableModel;

    void setInspection(std::shared_ptr<const Inspection> inspection);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    const std::shared_ptr<const Inspection>& inspection() const { return m_inspection; }

    const Finding& finding(int row) const
    {
        return m_inspection->findings[static_cast<std::size_t>(row)];
    }

    /// Whether row `left` stands before `right` when sorted by a column.
    bool less(int column, int left, int right) const;
    /// The row as one line, columns by tabs.
    QString line(int row) const;

private:
    const QString& fix(int row) const;

    std::shared_ptr<const Inspection> m_inspection;
    mutable std::vector<QString> m_fixes; ///< of the Fix column; empty: not asked for yet
};

/// Whether a finding is about what the database does not have yet.
bool isAboutPending(const Finding& finding, const Inspection& inspection);
/// "file.py:14", else the object, else a dash.
QString whereText(const Finding& finding);
/// What is wrong, why, where exactly, and what to do: HTML for the details and the tooltip.
QString findingHtml(const Finding& finding, const Inspection& inspection);

} // namespace sightglass
