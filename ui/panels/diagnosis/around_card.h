// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/scan.h"
#include "ui/widgets/card.h"
#include "ui/widgets/pill.h"

#include <functional>
#include <vector>

namespace sightglass {

/// One line about what lies around the migrations.
struct AroundLine
{
    Pill mark;
    QString text;
    SourceSpan span; ///< empty file: none
};

/// The few things to know: env.py, tables made beside the chain, how containers start, where the
/// data are, what deletes them, SQL files. What was not found is said too.
std::vector<AroundLine> aroundLines(const ProjectScan& scan);

/// What lies around the migrations, in short; the findings about it are among the problems. `open`
/// is asked for a line's place.
class AroundCard : public Card
{
    Q_OBJECT

public:
    AroundCard(const Theme& theme,
               const ProjectScan& scan,
               const std::function<void(const SourceSpan&)>& open,
               QWidget* parent = nullptr);
};

} // namespace sightglass
