// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/requests.h"
#include "ui/wizard/wizard.h"
#include "ui/wizard/wizard_desk.h"

#include <optional>
#include <vector>

class QButtonGroup;
class QCheckBox;
class QLineEdit;
class QRadioButton;

namespace sightglass {

class PageArea;

/// Revisions that the schema speaks for, each with what speaks for and against it, and a field for
/// any other. Nothing that anything speaks against is chosen beforehand.
class ChooseRevisionPage : public WizardPage
{
    Q_OBJECT

public:
    ChooseRevisionPage(const Theme& theme, const ShowStampWizard& asked);

    void setOffer(const Result<StampOffer>& offer);
    /// What is chosen; empty revisions: nothing yet.
    StampRequest request() const;

    bool isComplete() const override { return !request().revisions.empty(); }

private:
    QWidget* rowOf(const StampCandidate& candidate, int index);
    void addField(QWidget* content);

    PageArea* m_area = nullptr;
    QButtonGroup* m_choice = nullptr;
    QRadioButton* m_other = nullptr;
    QLineEdit* m_field = nullptr;
    QCheckBox* m_purge = nullptr;
    ShowStampWizard m_asked;
    std::vector<StampCandidate> m_candidates;
};

} // namespace sightglass
