// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"
#include "core/journal/journal_entries.h"

#include <string>
#include <vector>

namespace sightglass {

/// What happened, as Markdown: what is the matter now, what was done in the order of time with its
/// exact steps and what became of it, what is left to do. Holds no row of data and no password.
///
/// entries  of the journal; those of other databases and projects are left out by the caller
std::string incidentReport(const Inspection& inspection, const std::vector<JournalEntry>& entries);

/// The entries of the journal that are about the database and project of an inspection.
std::vector<JournalEntry> entriesAbout(const Inspection& inspection,
                                       std::vector<JournalEntry> entries);

} // namespace sightglass
