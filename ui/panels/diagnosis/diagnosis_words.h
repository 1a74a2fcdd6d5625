// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"
#include "ui/theme.h"
#include "ui/widgets/pill.h"

#include <QString>

namespace sightglass {

/// Colour of a state: good only for healthy; unknown never looks like fine.
Tone toneOf(const Diagnosis& diagnosis);
/// Two or three words for the state. Without a database "Healthy" would say too much.
QString stateText(const Diagnosis& diagnosis);
/// The icon that says the same without colour: "check", "info" or "warning".
QString iconOf(const Diagnosis& diagnosis);
Pill gradePill(Grade grade);
/// What "read" or "asked" means, as a tooltip.
QString gradeSentence(Grade grade);
/// The first revision that the evidence points at; empty when there is none.
QString revisionToShow(const Diagnosis& diagnosis);

} // namespace sightglass
