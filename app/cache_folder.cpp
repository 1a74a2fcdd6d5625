// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cache_folder.h"

#include <cstdlib>
#include <optional>
#include <system_error>

namespace sightglass {

namespace {

std::optional<std::string> variable(const char* name)
{
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): nobody sets any
    return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
}

} // namespace

Path userCacheFolder()
{
    if (const auto own = variable("SIGHTGLASS_CACHE"))
        return *own == "off" ? Path() : Path(*own);
    const Path below = Path("sightglass") / "readings";
    // The base directory specification: a path that is not absolute is to be passed over.
    if (const auto given = variable("XDG_CACHE_HOME"); given && Path(*given).is_absolute())
        return Path(*given) / below;
    if (const auto home = variable("HOME"); home && Path(*home).is_absolute())
        return Path(*home) / ".cache" / below;
    return {};
}

std::string programBuild()
{
    std::string text = SIGHTGLASS_VERSION;
    std::error_code code;
    const Path file = std::filesystem::read_symlink("/proc/self/exe", code);
    if (code)
        return text;
    const auto size = std::filesystem::file_size(file, code);
    const auto time = std::filesystem::last_write_time(file, code);
    if (!code)
        text += " " + std::to_string(size) + " " + std::to_string(time.time_since_epoch().count());
    return text;
}

} // namespace sightglass
