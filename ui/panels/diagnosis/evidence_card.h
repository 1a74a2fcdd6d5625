// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"
#include "ui/widgets/card.h"

#include <QUrl>

#include <functional>
#include <span>

namespace sightglass {

/// What the diagnosis rests on, each statement with how it is known. `open` is asked for the links
/// of evidence_links.h.
class EvidenceCard : public Card
{
    Q_OBJECT

public:
    EvidenceCard(const Theme& theme,
                 const Inspection& inspection,
                 const std::function<void(const Evidence&, const QUrl&)>& open,
                 QWidget* parent = nullptr);
};

/// Points that were looked at: met, not met, or not known, in words. Whatever their evidence names
/// is a link.
class ChecklistCard : public Card
{
    Q_OBJECT

public:
    ChecklistCard(const Theme& theme,
                  const Inspection& inspection,
                  std::span<const ChecklistItem> items,
                  const QString& title,
                  const std::function<void(const QUrl&)>& open,
                  QWidget* parent = nullptr);
};

} // namespace sightglass
