// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job_runner.h"
#include "ui/panels/panel.h"
#include "ui/panels/tables/tables_model.h"
#include "ui/widgets/filtered_rows.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace sightglass {

class RowTable;

/// Every table with what the models, the chain and the database know of it.
class TablesPanel : public Panel
{
    Q_OBJECT

public:
    TablesPanel(const PanelContext& context, JobRunner& jobs, QWidget* parent = nullptr);

    /// Selects the row of a table, or of the table that an object belongs to, as soon as it is
    /// there; takes a filter away that hides it.
    void selectTable(const QString& name);

protected:
    void showInspection(const std::shared_ptr<const Inspection>& inspection) override;
    void applyTheme() override;

private:
    void createTable();
    void createLayout();
    void connectSignals();
    void take(TableList list);
    void applyFilter();
    void updateWords();
    void updateColumns();
    /// The line under the table: how many there are, and what the signs mean.
    QWidget* createFoot();
    void copyRow();
    void selectWanted();

    JobRunner& m_jobs;
    TablesModel m_model;
    FilteredRows m_rows;
    bool m_reading = false;
    QString m_wanted; ///< to be selected once the rows are there; empty: none
    RowTable* m_table = nullptr;
    QLineEdit* m_field = nullptr;
    QPushButton* m_onlyDifferences = nullptr;
    QLabel* m_count = nullptr; ///< how many of how many are shown
};

} // namespace sightglass
