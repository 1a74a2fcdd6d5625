// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/plan.h"
#include "ui/wizard/wizard.h"

#include <functional>
#include <optional>

class QLineEdit;

namespace sightglass {

class PageArea;

/// A plan to be read and confirmed: what is and what will be, the exact statements, what it
/// touches, what has to hold, how it is taken back; and the phrase, where one has to be typed. The
/// same for every action.
class PlanPage : public WizardPage
{
    Q_OBJECT

public:
    PlanPage(const Theme& theme, const QString& verb);

    /// Nothing: it is being made. `commands` for a terminal.
    void setPlan(std::optional<Plan> plan, const QString& commands);
    void setProblem(const Error& error);
    /// The plan takes back what was done; there is no way to the pages before.
    void setUndo();

    const std::optional<Plan>& plan() const { return m_plan; }

    std::string typed() const;

    bool isComplete() const override;

    QString nextText() const override { return m_verb; }

    bool canGoBack() const override { return !m_isUndo; }

    bool actsOnNext() const override { return true; }

    QString commands() const override { return m_commands; }

private:
    void rebuild();
    QWidget* linesOf(const Plan& plan);
    QWidget* statementsOf(const Plan& plan);
    QWidget* affectedOf(const Plan& plan);
    QWidget* preconditionsOf(const Plan& plan);
    QWidget* phraseOf(const Plan& plan);
    void followPhrase();

    QString m_verb;
    bool m_isUndo = false;
    QString m_commands;
    std::optional<Plan> m_plan;
    std::optional<Error> m_problem;
    PageArea* m_area = nullptr;
    QLineEdit* m_phrase = nullptr;
};

} // namespace sightglass
