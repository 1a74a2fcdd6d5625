// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"

class QLabel;
class QPushButton;

namespace sightglass {

class PillLabel;

/// The single most important sentence and its way forward, across the window.
class DiagnosisBanner : public Panel
{
    Q_OBJECT

public:
    explicit DiagnosisBanner(const PanelContext& context, QWidget* parent = nullptr);

Q_SIGNALS:
    void detailsRequested();

protected:
    void showInspection(const std::shared_ptr<const Inspection>& inspection) override;
    void applyTheme() override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void createLayout();
    void updateText();

    std::shared_ptr<const Inspection> m_inspection;
    Tone m_tone = Tone::Neutral;
    QLabel* m_icon = nullptr;
    QLabel* m_text = nullptr;
    PillLabel* m_start = nullptr; ///< whether an upgrade could begin now
    QPushButton* m_details = nullptr;
    QPushButton* m_show = nullptr;
};

} // namespace sightglass
