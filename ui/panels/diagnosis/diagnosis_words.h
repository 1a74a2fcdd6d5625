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

/// What the banner says: the state, and what the review of the revisions found beside it. A chain
/// that hangs together may still do harm.
struct BannerWords
{
    QString title;
    QString detail;
    Tone tone = Tone::Neutral;
    QString icon;
};

BannerWords bannerWords(const Inspection& inspection);

/// What is said of the database was read a while ago and could not be read again; empty while it
/// is the newest.
QString staleSentence(const Inspection& inspection);

/// Where the version table says the database is and where its schema is, with links; empty where
/// nothing was inferred.
QString placesHtml(const Theme& theme, const Inspection& inspection);

/// The first revision that the evidence points at; empty when there is none.
QString revisionToShow(const Diagnosis& diagnosis);

/// Would `upgrade heads` on an empty database come to its end: a mark, and what is known.
struct FreshWords
{
    Pill mark;
    QString sentence;
    QStringList doubts; ///< what could not be read on the way, at most a few
};

FreshWords freshWords(const Inspection& inspection);

} // namespace sightglass
