// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"
#include "ui/panels/revisions/revision_filter.h"
#include "ui/panels/revisions/revisions_model.h"
#include "ui/widgets/filtered_rows.h"

class QAction;
class QLabel;
class QLineEdit;
class QTimer;

namespace sightglass {

class RevisionDelegate;
class RowTable;

/// All revisions as a list with lanes: the text form of the map, for any number of them.
class RevisionsPanel : public Panel
{
    Q_OBJECT

public:
    explicit RevisionsPanel(const PanelContext& context, QWidget* parent = nullptr);

public Q_SLOTS:
    /// Puts the cursor into the filter field.
    void focusFilter();

protected:
    void showInspection(const std::shared_ptr<const Inspection>& inspection) override;
    void applyTheme() override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void createActions();
    void createLayout();
    void connectSignals();
    void applyFilter(const QString& text);
    void followSelection();
    void showJump();
    void offerSelection(const QModelIndex& current);
    void scrollToSelection(bool center);
    void updateWords();
    void updateColumns();
    void updateActions();
    int currentSourceRow() const;

    RevisionsModel m_model;
    FilteredRows m_rows;
    RevisionFilter m_filter;
    QLabel* m_title = nullptr;
    QLabel* m_count = nullptr;
    QLineEdit* m_field = nullptr;
    RowTable* m_table = nullptr;
    RevisionDelegate* m_delegate = nullptr;
    QAction* m_copyId = nullptr;
    QAction* m_openInEditor = nullptr;
    QAction* m_showInMap = nullptr;
    QTimer* m_flash = nullptr;
    bool m_followsSelection = false; ///< while the table is moved because the selection moved
};

} // namespace sightglass
