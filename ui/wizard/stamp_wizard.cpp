// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizard/stamp_wizard.h"

#include "ui/jobs/job_runner.h"
#include "ui/panels/diagnosis/diagnosis_words.h"
#include "ui/text.h"
#include "ui/widgets/page_area.h"
#include "ui/widgets/text_label.h"
#include "ui/wizard/back_up_page.h"
#include "ui/wizard/choose_revision_page.h"
#include "ui/wizard/plan_page.h"
#include "ui/wizard/run_page.h"

#include <QVBoxLayout>

namespace sightglass {

namespace {

const QString offerSubject = QStringLiteral("stamp candidates");
const QString planSubject = QStringLiteral("plan");
const QString backupSubject = QStringLiteral("backup");
const QString runSubject = QStringLiteral("action");

/// What the diagnosis says, to begin with.
class WrongPage : public WizardPage
{
public:
    WrongPage(const Theme& theme, const Inspection& inspection)
        : WizardPage(theme, StampWizard::tr("What is wrong"), {})
    {
        setObjectName(QStringLiteral("wrongPage"));
        const Diagnosis& diagnosis = inspection.diagnosis;
        setHeading(toQString(diagnosis.title), toQString(diagnosis.detail));
        auto* area = new PageArea;
        auto* content = new QWidget;
        auto* rows = new QVBoxLayout(content);
        rows->setContentsMargins(0, 0, 0, 0);
        rows->setSpacing(6);
        for (const Evidence& evidence : diagnosis.evidence)
            rows->addWidget(new TextLabel(
                theme, {}, QString(QChar(0x2022)) + QLatin1Char(' ') + toQString(evidence.text)));
        rows->addStretch(1);
        showIn(*area, content);
        layout()->addWidget(area);
    }
};

} // namespace

StampWizard::StampWizard(const Theme& theme,
                         std::shared_ptr<const Inspection> inspection,
                         WizardDesk desk,
                         const ShowStampWizard& asked,
                         JobRunner& runner,
                         QWidget* parent)
    : Wizard(theme, tr("Stamp the database"), parent)
    , m_inspection(std::move(inspection))
    , m_desk(std::move(desk))
    , m_runner(runner)
    , m_choose(new ChooseRevisionPage(theme, asked))
    , m_backup(new BackUpPage(theme,
                              m_desk.lastBackup ? m_desk.lastBackup() : std::string(),
                              static_cast<bool>(m_desk.backUp)))
    , m_plan(new PlanPage(theme, tr("Stamp")))
    , m_run(new RunPage(theme))
{
    addPage(new WrongPage(theme, *m_inspection));
    for (WizardPage* page : {static_cast<WizardPage*>(m_choose),
                             static_cast<WizardPage*>(m_backup),
                             static_cast<WizardPage*>(m_plan),
                             static_cast<WizardPage*>(m_run)})
        addPage(page);
    connect(m_backup, &BackUpPage::backUpAsked, this, &StampWizard::makeBackup);
    connect(m_backup, &BackUpPage::stopAsked, this, [this] { m_runner.stop(backupSubject); });
    connect(m_run, &RunPage::stopAsked, this, [this] { m_runner.stop(runSubject); });
    connect(m_run, &RunPage::undoAsked, this, &StampWizard::takeBack);
    connect(
        &m_runner,
        &JobRunner::progressed,
        this,
        [this](const QString& subject, const QString& stage, qulonglong done, qulonglong total) {
            if (subject == backupSubject)
                m_backup->showProgress(stage, done, total);
            else if (subject == runSubject)
                m_run->showProgress(stage, done, total);
        });
    offerCandidates();
    begin();
}

void StampWizard::offerCandidates()
{
    m_runner.start(
        offerSubject,
        this,
        [offer = m_desk.stampOffer](const RunContext& run) { return offer(run); },
        [this](const Result<StampOffer>& offer) { m_choose->setOffer(offer); });
}

void StampWizard::entered(int step, bool)
{
    if (step == Review && !m_isUndo)
        makePlan();
    else if (step == Run)
        run();
}

void StampWizard::makePlan()
{
    m_planned = m_choose->request();
    m_plan->setPlan(std::nullopt, {});
    m_runner.start(
        planSubject,
        this,
        [plan = m_desk.planStamp, request = m_planned](const RunContext& run) {
            return plan(request, run);
        },
        [this](const Result<Plan>& plan) { takePlan(plan); });
}

void StampWizard::takePlan(const Result<Plan>& plan)
{
    if (!plan) {
        m_plan->setProblem(plan.error());
        return;
    }
    m_plan->setPlan(*plan, m_isUndo ? QString() : toQString(m_desk.stampCommand(m_planned, *plan)));
}

void StampWizard::makeBackup()
{
    m_backup->begin();
    m_runner.start(
        backupSubject,
        this,
        [backUp = m_desk.backUp](const RunContext& run) { return backUp(run); },
        [this](const Result<std::string>& made) { m_backup->finish(made); });
}

void StampWizard::run()
{
    if (!m_plan->plan())
        return;
    m_run->begin(toQString(m_plan->plan()->title));
    m_runner.start(
        runSubject,
        this,
        [act = m_desk.run, plan = *m_plan->plan(), typed = m_plan->typed()](const RunContext& run) {
            return act(plan, typed, run);
        },
        [this](const PlanOutcome& outcome) {
            const bool canUndo = outcome.state == EntryState::Done && !m_isUndo &&
                                 m_plan->plan()->undo.possible && m_desk.planUndo;
            m_done = outcome.run;
            m_run->finish(outcome, canUndo);
            if (outcome.state != EntryState::Refused)
                Q_EMIT worldChanged();
        });
}

void StampWizard::takeBack()
{
    m_isUndo = true;
    m_plan->setUndo();
    goTo(Review);
    m_runner.start(
        planSubject,
        this,
        [plan = m_desk.planUndo, done = m_done](const RunContext& context) {
            return plan(done, context);
        },
        [this](const Result<Plan>& plan) { takePlan(plan); });
}

} // namespace sightglass
