// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/run_plan.h"
#include "ui/wizard/wizard.h"

#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;

namespace sightglass {

class PageArea;

/// A plan while it runs and what became of it: progress and Stop, then what was changed, what the
/// world looks like now, and undo.
class RunPage : public WizardPage
{
    Q_OBJECT

public:
    explicit RunPage(const Theme& theme);

    void begin(const QString& title);
    void showProgress(const QString& stage, qulonglong done, qulonglong total);
    void finish(const PlanOutcome& outcome, bool canUndo);

    bool isComplete() const override { return m_outcome.has_value(); }

    QString nextText() const override { return tr("Close"); }

    bool canGoBack() const override;

    bool canLeave() const override { return isComplete(); }

Q_SIGNALS:
    void stopAsked();
    void undoAsked();

private:
    PageArea* m_area = nullptr;
    QLabel* m_stage = nullptr;
    QProgressBar* m_bar = nullptr;
    QPushButton* m_stop = nullptr;
    std::optional<PlanOutcome> m_outcome;
};

} // namespace sightglass
