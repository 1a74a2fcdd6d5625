// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"
#include "ui/state/requests.h"
#include "ui/wizard/wizard.h"
#include "ui/wizard/wizard_desk.h"

#include <memory>

namespace sightglass {

class BackUpPage;
class ChooseRevisionPage;
class JobRunner;
class PlanPage;
class RunPage;

/// Sets the version rows: what is wrong, which revision and why, a backup first, the plan, the run.
class StampWizard : public Wizard
{
    Q_OBJECT

public:
    StampWizard(const Theme& theme,
                std::shared_ptr<const Inspection> inspection,
                WizardDesk desk,
                const ShowStampWizard& asked,
                JobRunner& runner,
                QWidget* parent);

Q_SIGNALS:
    /// Something was changed: the database is to be read again.
    void worldChanged();

protected:
    void entered(int step, bool forward) override;

private:
    enum Step
    {
        Wrong,
        Choose,
        BackUp,
        Review,
        Run
    };

    void offerCandidates();
    void makePlan();
    void takePlan(const Result<Plan>& plan);
    void makeBackup();
    void run();
    void takeBack();

    std::shared_ptr<const Inspection> m_inspection;
    WizardDesk m_desk;
    JobRunner& m_runner;
    ChooseRevisionPage* m_choose = nullptr;
    BackUpPage* m_backup = nullptr;
    PlanPage* m_plan = nullptr;
    RunPage* m_run = nullptr;
    StampRequest m_planned; ///< of the plan that is shown
    std::string m_done;     ///< run of the journal that can be taken back
    bool m_isUndo = false;  ///< the plan that is shown takes m_done back
};

} // namespace sightglass
