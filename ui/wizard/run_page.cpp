// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizard/run_page.h"

#include "ui/main_window/message_bar.h"
#include "ui/text.h"
#include "ui/widgets/page_area.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/text_label.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace sightglass {

namespace {

/// What a state or a verdict says at a glance.
Pill pillOf(const PlanOutcome& outcome)
{
    if (outcome.isFine())
        return {.text = QStringLiteral("\u2713 done"), .tone = Tone::Good};
    switch (outcome.state) {
    case EntryState::Refused:
        return {.text = QStringLiteral("nothing changed"), .tone = Tone::Warning};
    case EntryState::Done:
        return {.text = QStringLiteral("done, not as planned"), .tone = Tone::Warning};
    case EntryState::InDoubt:
        return {.text = QStringLiteral("in doubt"), .tone = Tone::Danger};
    case EntryState::Failed:
    case EntryState::Running:
    case EntryState::Interrupted:
        break;
    }
    return {.text = QStringLiteral("failed"), .tone = Tone::Danger};
}

QString headingOf(const PlanOutcome& outcome)
{
    if (outcome.isFine())
        return RunPage::tr("Done, and read again: it is as planned");
    if (outcome.state == EntryState::Refused)
        return RunPage::tr("Nothing was changed");
    return outcome.state == EntryState::Done ? RunPage::tr("Done, but not as planned")
                                             : RunPage::tr("It did not come to its end");
}

} // namespace

RunPage::RunPage(const Theme& theme)
    : WizardPage(theme, tr("Run and verify"), tr("Running"))
    , m_area(new PageArea)
    , m_stage(new QLabel)
    , m_bar(new QProgressBar)
    , m_stop(new QPushButton(tr("Stop")))
{
    setObjectName(QStringLiteral("runPage"));
    m_stage->setObjectName(QStringLiteral("runStage"));
    m_bar->setTextVisible(false);
    m_stop->setObjectName(QStringLiteral("runStop"));
    m_stop->setAutoDefault(false);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        m_stop->setEnabled(false);
        m_stage->setText(tr("Stopping…"));
        Q_EMIT stopAsked();
    });
    auto* row = new QHBoxLayout;
    row->addWidget(m_bar, 1);
    row->addWidget(m_stop);
    auto* box = qobject_cast<QVBoxLayout*>(layout());
    box->addWidget(m_stage);
    box->addLayout(row);
    box->addWidget(m_area, 1);
}

bool RunPage::canGoBack() const
{
    return m_outcome && m_outcome->state == EntryState::Refused;
}

void RunPage::begin(const QString& title)
{
    m_outcome.reset();
    setHeading(title, {});
    m_stage->setText(tr("Running…"));
    m_stage->show();
    m_bar->setRange(0, 0);
    m_bar->show();
    m_stop->setEnabled(true);
    m_stop->show();
    showIn(*m_area, new QWidget);
    Q_EMIT changed();
}

void RunPage::showProgress(const QString& stage, qulonglong done, qulonglong total)
{
    constexpr qulonglong scale = 1000;
    if (m_outcome || !m_stop->isEnabled())
        return;
    m_stage->setText(stage);
    m_bar->setRange(0, total == 0 ? 0 : static_cast<int>(scale));
    if (total > 0)
        m_bar->setValue(static_cast<int>(done * scale / total));
}

void RunPage::finish(const PlanOutcome& outcome, bool canUndo)
{
    m_outcome = outcome;
    m_stage->hide();
    m_bar->hide();
    m_stop->hide();
    setHeading(headingOf(outcome), {});
    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(8);
    auto* pill = new PillLabel(theme());
    pill->setPill(pillOf(outcome));
    rows->addWidget(pill, 0, Qt::AlignLeft);
    if (outcome.error) {
        auto* error = new TextLabel(theme(), {.tone = Tone::Danger}, shownText(*outcome.error));
        error->setObjectName(QStringLiteral("runError"));
        rows->addWidget(error);
    }
    for (const auto* sentences : {&outcome.sentences, &outcome.verdictSentences}) {
        for (const std::string& sentence : *sentences)
            rows->addWidget(new TextLabel(theme(), {}, toQString(sentence)));
    }
    if (canUndo) {
        auto* undo = new QPushButton(tr("Undo…"));
        undo->setObjectName(QStringLiteral("runUndo"));
        undo->setAutoDefault(false);
        connect(undo, &QPushButton::clicked, this, &RunPage::undoAsked);
        rows->addWidget(undo, 0, Qt::AlignLeft);
    }
    rows->addStretch(1);
    showIn(*m_area, content);
    Q_EMIT changed();
}

} // namespace sightglass
