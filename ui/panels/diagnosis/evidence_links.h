// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"
#include "ui/theme.h"

#include <QString>
#include <QUrl>

namespace sightglass {

/// A piece of evidence as HTML. Whatever it names that the inspection knows is a link:
/// `revision:ID` for revisions and version rows, `table:NAME` for tables, `place:here` for its
/// place in a file. A name counts only where a whole word is that name; the revision, object or
/// place that the evidence itself points at is added behind a sentence that does not name it.
QString evidenceHtml(const Theme& theme, const Inspection& inspection, const Evidence& evidence);

/// An `a` element in the window's look.
QString linkHtml(const Theme& theme, const QString& scheme, const QString& target);
QString
linkHtml(const Theme& theme, const QString& scheme, const QString& target, const QString& shown);

/// What follows the scheme of a link made here.
QString linkTarget(const QUrl& link);

} // namespace sightglass
