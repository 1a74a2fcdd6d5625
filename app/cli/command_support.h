// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/inspect.h"

#include <optional>
#include <string>

namespace sightglass {

/// One line on stderr: what, where, what to do. Secrets are taken out.
void printError(CommandContext& context, const Error& error);

/// The status that a failure of ours has on the command line.
ExitStatus statusOf(const Error& error);

/// What the common options and $SIGHTGLASS_DSN ask for.
InspectRequest requestOf(const CommonOptions& common);

/// An inspection and the status its reading alone calls for: NoDatabase when the database that was
/// named could not be read, and the chain still stands. Nothing when there is nothing to show; the
/// error has been printed in either case and `*status` is set.
std::optional<Inspection>
readInspection(const InspectRequest& request, CommandContext& context, ExitStatus* status);

/// Whether a finding is at or over the threshold that --fail-on names.
bool hasFindingsAtOrOver(const std::vector<Finding>& findings, const std::string& threshold);

/// Writes `text` to a file that is there in full or not at all.
///
/// errors  NotReadable  the file can't be written
Result<void> writeFile(const std::string& file, const std::string& text);

} // namespace sightglass
