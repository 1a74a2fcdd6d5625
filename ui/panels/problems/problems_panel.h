// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"
#include "ui/panels/problems/problems_model.h"
#include "ui/widgets/filtered_rows.h"

class QAction;
class QComboBox;
class QLineEdit;
class QModelIndex;
class QToolButton;

namespace sightglass {

class ChipButton;
class FindingList;
class RowDelegate;
class RowTable;
class SeverityChips;

/// Everything that is wrong, worst first; Enter goes there.
class ProblemsPanel : public Panel
{
    Q_OBJECT

public:
    explicit ProblemsPanel(const PanelContext& context, QWidget* parent = nullptr);

public Q_SLOTS:
    /// Walks the shown rows, around the end, and jumps to each.
    void selectNext();
    void selectPrevious();

Q_SIGNALS:
    /// All findings of the inspection, whatever the filter shows.
    void countChanged(int count);

protected:
    void showInspection(const std::shared_ptr<const Inspection>& inspection) override;
    void applyTheme() override;

private:
    void createLayout();
    void createTable();
    void createActions();
    void connectSignals();
    void fillRules();
    /// Whether a finding passes every filter but the severity's.
    bool passes(const Finding& finding, const QString& text) const;
    void applyFilter();
    void walk(int step);
    void jump(const QModelIndex& index);
    void openFix(const QModelIndex& index);
    void openRule();
    void openInEditor();
    void openPlace(const SourceSpan& span);
    void copyRow();
    void showDetails();
    void updateColumns();
    void updateWords();
    int currentSourceRow() const;

    ProblemsModel m_model;
    FilteredRows m_rows;
    std::string m_onlyRule; ///< empty: all
    SeverityChips* m_chips = nullptr;
    ChipButton* m_pending = nullptr;
    QComboBox* m_rule = nullptr;
    QLineEdit* m_field = nullptr;
    QToolButton* m_detailsButton = nullptr;
    RowTable* m_table = nullptr;
    RowDelegate* m_delegate = nullptr;
    FindingList* m_details = nullptr;
    QAction* m_jump = nullptr;
    QAction* m_safeForm = nullptr;
    QAction* m_openRule = nullptr;
    QAction* m_openInEditor = nullptr;
    QAction* m_copy = nullptr;
};

} // namespace sightglass
