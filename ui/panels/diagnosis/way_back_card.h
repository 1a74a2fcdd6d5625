// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/diagnosis.h"
#include "ui/widgets/card.h"

class QVBoxLayout;

namespace sightglass {

/// One way back with what speaks for and against it, what it needs, and its steps in order.
/// Commands are to be read and copied; what a wizard can do has a button that opens it.
class WayBackCard : public Card
{
    Q_OBJECT

public:
    WayBackCard(const Theme& theme, const WayBack& way, QWidget* parent = nullptr);

Q_SIGNALS:
    void stampAsked(const sightglass::StampStep& stamp);

private:
    QLayout* stepLayout(const RepairStep& step, int number);
    void addTitle(const WayBack& way);
    void addArguments(const WayBack& way);
    void addSteps(const WayBack& way);

    const Theme& m_theme;
    QVBoxLayout* m_layout = nullptr;
};

} // namespace sightglass
