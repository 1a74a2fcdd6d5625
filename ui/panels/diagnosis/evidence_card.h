// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/diagnosis.h"
#include "ui/widgets/card.h"

#include <functional>
#include <span>

namespace sightglass {

/// What the diagnosis rests on, each statement with how it is known. `open` is asked for those that
/// name a revision or a place in a file.
class EvidenceCard : public Card
{
    Q_OBJECT

public:
    EvidenceCard(const Theme& theme,
                 std::span<const Evidence> evidence,
                 const std::function<void(const Evidence&)>& open,
                 QWidget* parent = nullptr);
};

/// Points that were looked at: met, not met, or not known, in a sign and words.
class ChecklistCard : public Card
{
    Q_OBJECT

public:
    ChecklistCard(const Theme& theme,
                  std::span<const ChecklistItem> items,
                  QWidget* parent = nullptr);
};

} // namespace sightglass
