// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/backup_name.h"

#include <algorithm>
#include <system_error>

namespace sightglass {

namespace {

/// Characters that are safe in a file's name on every system.
std::string fileWord(const std::string& text)
{
    std::string word;
    for (const char c : text) {
        const bool isSafe =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        word += isSafe ? c : '_';
    }
    return word.empty() ? "database" : word;
}

std::string timeWord(Time now)
{
    std::string word = toRfc3339(now);
    std::erase_if(word, [](char c) { return c == '-' || c == ':' || c == 'Z'; });
    std::ranges::replace(word, 'T', '-');
    return word;
}

} // namespace

std::string newBackupId(const BackupStore& store, const std::string& database, Time now)
{
    const std::string name = fileWord(database) + "-" + timeWord(now);
    const auto isTaken = [&](const std::string& id) {
        std::error_code code;
        return std::filesystem::exists(store.manifestOf(id), code) ||
               std::filesystem::exists(store.lockOf(id), code);
    };
    std::string id = name;
    for (int number = 2; isTaken(id); ++number)
        id = name + "-" + std::to_string(number);
    return id;
}

} // namespace sightglass
