// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"

class QScrollArea;
class QVBoxLayout;

namespace sightglass {

/// The diagnosis in full: evidence with its grades, the ways back side by side, the checklist.
class DiagnosisPanel : public Panel
{
    Q_OBJECT

public:
    explicit DiagnosisPanel(const PanelContext& context, QWidget* parent = nullptr);

protected:
    void showInspection(const std::shared_ptr<const Inspection>& inspection) override;

private:
    QWidget* content(const Inspection& inspection);
    QWidget* heading(const Inspection& inspection);
    QWidget* connectCard(const Inspection& inspection);
    /// Whether a new database could be built from the chain, and where that would stop.
    QWidget* freshCard(const Inspection& inspection);
    void showPlace(const Evidence& evidence);

    QScrollArea* m_area = nullptr;
};

} // namespace sightglass
