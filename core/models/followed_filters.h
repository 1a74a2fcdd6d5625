// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models/models.h"

#include <memory>

namespace sightglass {

/// env.py's include_object and include_name, followed by reading: each question runs the function
/// with an object that knows its name, its table and its schema, and the answer is unknown as soon
/// as the function asks for more.
///
/// cost  the files of `reading` are kept as text; the first question reads them once more
std::shared_ptr<const EnvironmentFilters> followedFilters(const FileSystem& files,
                                                          const Project& project,
                                                          const TypeMap& types,
                                                          const ModelsReading& reading);

} // namespace sightglass
