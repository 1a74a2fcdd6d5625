// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job_runner.h"
#include "ui/panels/panel.h"

#include <memory>

class QLineEdit;
class QTextBrowser;
class QToolButton;

namespace sightglass {

class CopyButton;
class SchemaPicker;

/// Two schemas side by side: of revisions, heads, models, the database.
class ComparePanel : public Panel
{
    Q_OBJECT

public:
    ComparePanel(const PanelContext& context, JobRunner& jobs, QWidget* parent = nullptr);
    ~ComparePanel() override;

protected:
    void showInspection(const std::shared_ptr<const Inspection>& inspection) override;
    void showEvent(QShowEvent* event) override;

private:
    struct Comparison;

    void createLayout();
    void connectSignals();
    void followSelection();
    void refreshPlaces();
    void swap();
    void compare();
    void showComparison();
    QString comparisonHtml() const;

    JobRunner& m_jobs;
    std::shared_ptr<const Inspection> m_inspection;
    std::unique_ptr<Comparison> m_comparison; ///< never null
    bool m_selectionStale = false;            ///< it changed while nobody looked

    SchemaPicker* m_left = nullptr;
    SchemaPicker* m_right = nullptr;
    QToolButton* m_swap = nullptr;
    QLineEdit* m_field = nullptr;
    CopyButton* m_copy = nullptr;
    QTextBrowser* m_page = nullptr;
};

} // namespace sightglass
