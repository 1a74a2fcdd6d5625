// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/user_folders.h"

#include <cstdlib>
#include <optional>
#include <system_error>

namespace sightglass {

namespace {

/// A folder of ours by the base directory specification; empty where there is none to name.
Path baseFolder(const char* variable, const Path& belowHome, const Path& ours)
{
    // The specification: a path that is not absolute is to be passed over.
    if (const auto given = environmentVariable(variable); given && Path(*given).is_absolute())
        return Path(*given) / ours;
    if (const auto home = environmentVariable("HOME"); home && Path(*home).is_absolute())
        return Path(*home) / belowHome / ours;
    return {};
}

Path dataFolder(const Path& ours)
{
    return baseFolder("XDG_DATA_HOME", Path(".local") / "share", ours);
}

} // namespace

std::optional<std::string> environmentVariable(const char* name)
{
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): nobody sets any
    return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
}

Path userCacheFolder()
{
    if (const auto own = environmentVariable("SIGHTGLASS_CACHE"))
        return *own == "off" ? Path() : Path(*own);
    return baseFolder("XDG_CACHE_HOME", ".cache", Path("sightglass") / "readings");
}

Path userDataFolder()
{
    if (const auto own = environmentVariable("SIGHTGLASS_DATA"); own && !own->empty())
        return *own;
    return dataFolder("sightglass");
}

Path identityFolder()
{
    if (const auto own = environmentVariable("SIGHTGLASS_IDENTITY"))
        return *own == "off" ? Path() : Path(*own);
    return dataFolder(Path("sightglass") / "identities");
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
