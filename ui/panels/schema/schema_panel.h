// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job_runner.h"
#include "ui/panels/panel.h"
#include "ui/panels/schema/schema_outline.h"

#include <QTimer>

class QLineEdit;
class QPlainTextEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace sightglass {

class CopyButton;
class SchemaPicker;
class TextLabel;

/// The schema at any revision, of the models, or live: a tree to walk and definitions to copy.
class SchemaPanel : public Panel
{
    Q_OBJECT

public:
    SchemaPanel(const PanelContext& context, JobRunner& jobs, QWidget* parent = nullptr);

    /// Shows the schema at the selected revision, whatever was chosen before.
    void followRevision();
    /// Shows the live schema, filtered by a name.
    void showLive(const QString& name);

protected:
    void showInspection(const std::shared_ptr<const Inspection>& inspection) override;
    void showEvent(QShowEvent* event) override;
    void applyTheme() override;

private:
    void createLayout();
    void connectSignals();
    void followSelection();
    void refreshPlaces();
    void readSchema();
    void take(SchemaOutline outline);
    void sayWhatIsShown();
    void startFilling();
    void fillSome();
    bool addSome(QTreeWidgetItem* top, std::size_t section);
    void endFilling();
    void addParts(QTreeWidgetItem* item);
    void applyFilter();
    void showDetails();
    void say(const QString& words);
    const SchemaObject* objectOf(const QTreeWidgetItem* item) const;

    JobRunner& m_jobs;
    std::shared_ptr<const Inspection> m_inspection;
    SchemaOutline m_outline;
    /// The next object that the tree gets: a large schema is filled in over several turns.
    std::size_t m_nextSection = 0;
    std::size_t m_nextObject = 0;
    std::size_t m_found = 0; ///< objects that fit the filter so far
    QTimer m_filler;
    bool m_selectionStale = false; ///< it changed while nobody looked

    SchemaPicker* m_picker = nullptr;
    QLineEdit* m_field = nullptr;
    TextLabel* m_words = nullptr;
    QTreeWidget* m_tree = nullptr;
    QPlainTextEdit* m_details = nullptr;
    CopyButton* m_copy = nullptr;
};

} // namespace sightglass
