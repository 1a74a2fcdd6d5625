// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/findings/finding.h"
#include "ui/theme.h"

#include <QString>

namespace sightglass {

/// The shape that says a severity without its colour.
QChar severitySign(Severity severity);

/// Up to the first full stop that ends a sentence; all of it when there is none.
QString firstSentence(const QString& text);

/// "locks ACCESS EXCLUSIVE, rewrites the table, 1.2 M rows, 640 MB"; empty when nothing is known.
QString evidenceWords(const Finding& finding);

/// Whether there is a page about the finding's rule. Findings on the chain have none.
bool hasRulePage(const Finding& finding);

/// "Dropping a table": the heading of the rule's page; the rule's id without one.
QString ruleTitle(const std::string& rule);

/// What the Fix column offers: the finding's own fixes, else its safe form or its rule's page.
QString fixWords(const Finding& finding);

/// The comment that takes the finding back, in the language of its file.
QString silenceLine(const Finding& finding, const QString& reason);

} // namespace sightglass
