// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"
#include "core/schema/schema.h"

#include <string>

namespace sightglass {

/// The JSON documents of the command line, as text, ending in a newline. Invalid UTF-8 of file
/// names or database text is replaced, never an error. `command` is set as contracts/cli says.
std::string chainJson(const Inspection& inspection);
std::string diagnoseJson(const Inspection& inspection);
std::string
schemaJson(const Schema& schema, const std::string& source, const std::string& revision);

} // namespace sightglass
