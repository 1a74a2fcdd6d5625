// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizard/back_up_page.h"

#include "ui/main_window/message_bar.h"
#include "ui/text.h"
#include "ui/widgets/text_label.h"

#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace sightglass {

BackUpPage::BackUpPage(const Theme& theme, const std::string& lastBackup, bool offered)
    : WizardPage(theme, tr("Back up first"), tr("Back up first"))
    , m_words(new TextLabel(theme, {}, toQString(lastBackup)))
    , m_stage(new TextLabel(theme, {.dim = true}))
    , m_make(new QPushButton(tr("Back up now")))
    , m_bar(new QProgressBar)
{
    setObjectName(QStringLiteral("backUpPage"));
    setHeading(tr("Back up first"),
               tr("A stamp changes the version rows alone, and undo puts them back. A backup also "
                  "keeps what a later upgrade may change."));
    m_words->setObjectName(QStringLiteral("lastBackup"));
    m_make->setObjectName(QStringLiteral("backUpNow"));
    m_make->setAutoDefault(false);
    m_make->setVisible(offered);
    m_bar->setTextVisible(false);
    m_bar->hide();
    m_stage->hide();
    connect(m_make, &QPushButton::clicked, this, [this] {
        if (m_isRunning)
            Q_EMIT stopAsked();
        else
            Q_EMIT backUpAsked();
    });
    auto* box = qobject_cast<QVBoxLayout*>(layout());
    box->addWidget(m_words);
    box->addWidget(m_make, 0, Qt::AlignLeft);
    box->addWidget(m_bar);
    box->addWidget(m_stage);
    box->addStretch(1);
}

void BackUpPage::begin()
{
    m_isRunning = true;
    m_make->setText(tr("Stop"));
    m_bar->setRange(0, 0);
    m_bar->show();
    m_stage->setText(tr("Backing up…"));
    m_stage->show();
    Q_EMIT changed();
}

void BackUpPage::showProgress(const QString& stage, qulonglong done, qulonglong total)
{
    constexpr qulonglong scale = 1000;
    if (!m_isRunning)
        return;
    m_stage->setText(stage);
    m_bar->setRange(0, total == 0 ? 0 : static_cast<int>(scale));
    if (total > 0)
        m_bar->setValue(static_cast<int>(done * scale / total));
}

void BackUpPage::finish(const Result<std::string>& made)
{
    m_isRunning = false;
    m_isMade = m_isMade || made.has_value();
    m_make->setText(tr("Back up now"));
    m_bar->hide();
    m_stage->hide();
    if (made)
        m_words->setText(toQString(*made));
    else
        m_words->setText(made.error().code == ErrorCode::Cancelled
                             ? tr("The backup was stopped, and nothing is left of it.")
                             : shownText(made.error()));
    m_words->setLook({.tone = made ? Tone::Good : Tone::Danger});
    Q_EMIT changed();
}

} // namespace sightglass
