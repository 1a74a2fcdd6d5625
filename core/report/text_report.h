// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"
#include "core/schema/schema.h"

#include <string>

namespace sightglass {

/// The same for a terminal: plain text, lines that fit 100 columns where names allow it.
std::string chainText(const Inspection& inspection);
std::string diagnoseText(const Inspection& inspection);
std::string schemaText(const Schema& schema);
/// Everything on one page as Markdown.
std::string markdownReport(const Inspection& inspection);

} // namespace sightglass
