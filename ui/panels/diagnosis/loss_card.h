// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/loss.h"
#include "ui/widgets/card.h"

#include <QUrl>

#include <functional>

namespace sightglass {

/// What an upgrade would destroy in this database: a sentence, then every table and column with
/// rows, size, maker and the revision that does it. `open` is asked for links of the kinds of
/// evidence_links.h.
class LossCard : public Card
{
    Q_OBJECT

public:
    LossCard(const Theme& theme,
             const LossAssessment& loss,
             const std::function<void(const QUrl&)>& open,
             QWidget* parent = nullptr);
};

} // namespace sightglass
