// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/directives/revision_reader.h"

#include <optional>
#include <string>
#include <string_view>

namespace sightglass {

struct FirstReading;

/// Where readings are kept by the content they were made of. Safe to delete at any time; what is
/// damaged or of another version is not found.
///
/// thread  safe, and several programs may share one
class ReadingCache
{
public:
    virtual ~ReadingCache() = default;
    /// A key for a file of this name and content under the present settings.
    virtual std::string keyOf(std::string_view file, std::string_view bytes) const = 0;
    /// What was kept under the key, if the other files that it was made of are still the same.
    virtual std::optional<FirstReading> find(const std::string& key, ModuleSource& modules) = 0;
    virtual void
    keep(const std::string& key, const FirstReading& reading, ModuleSource& modules) = 0;
};

} // namespace sightglass
