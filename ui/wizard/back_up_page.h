// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/wizard/wizard.h"

#include <string>

class QPushButton;
class QProgressBar;

namespace sightglass {

class TextLabel;

/// A backup before anything is changed: what there is, and one to be made now. It can be passed
/// over; what that means is said.
class BackUpPage : public WizardPage
{
    Q_OBJECT

public:
    BackUpPage(const Theme& theme, const std::string& lastBackup, bool offered);

    void begin();
    void showProgress(const QString& stage, qulonglong done, qulonglong total);
    void finish(const Result<std::string>& made);

    bool isComplete() const override { return !m_isRunning; }

    QString nextText() const override { return m_isMade ? tr("Continue") : tr("Go on without"); }

    bool canGoBack() const override { return !m_isRunning; }

    bool canLeave() const override { return !m_isRunning; }

Q_SIGNALS:
    void backUpAsked();
    void stopAsked();

private:
    bool m_isRunning = false;
    bool m_isMade = false;
    TextLabel* m_words = nullptr;
    TextLabel* m_stage = nullptr;
    QPushButton* m_make = nullptr;
    QProgressBar* m_bar = nullptr;
};

} // namespace sightglass
