// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"
#include "ui/widgets/card.h"

#include <functional>

namespace sightglass {

/// One finding with everything that is known of it. `open` is asked for each place that is clicked.
class FindingCard : public Card
{
    Q_OBJECT

public:
    FindingCard(const Theme& theme,
                const Finding& finding,
                const Inspection& inspection,
                const std::function<void(const SourceSpan&)>& open,
                QWidget* parent = nullptr);
};

} // namespace sightglass
