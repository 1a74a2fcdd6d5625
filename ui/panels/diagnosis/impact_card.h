// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/outlook.h"
#include "ui/widgets/card.h"
#include "ui/widgets/pill.h"

#include <QUrl>

#include <functional>
#include <vector>

namespace sightglass {

Pill outcomePill(Scenario::Outcome outcome);

/// The list for a clean start as a check list.
std::vector<ChecklistItem> cleanStartItems(const Impact& impact);

/// What running the chain would mean in each scenario. `open` is told of a link and of the evidence
/// that it belongs to.
class ImpactCard : public Card
{
    Q_OBJECT

public:
    ImpactCard(const Theme& theme,
               const Inspection& inspection,
               const Impact& impact,
               const std::function<void(const Evidence&, const QUrl&)>& open,
               QWidget* parent = nullptr);
};

} // namespace sightglass
