// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/words.h"

#include "core/base/error.h"

#include <algorithm>

namespace sightglass {

std::string counted(std::size_t count, std::string_view one, std::string_view many)
{
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string firstOf(std::span<const std::string> names, std::size_t shown)
{
    // One more than asked for is shorter to name than to count.
    const std::size_t count = names.size() <= shown + 1 ? names.size() : shown;
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        const bool last = i + 1 == names.size();
        if (i > 0)
            text += last ? " and " : ", ";
        text += printable(names[i]);
    }
    if (count < names.size())
        text += " and " + std::to_string(names.size() - count) + " more";
    return text;
}

std::string firstSentence(std::string_view error)
{
    std::string_view line = error.substr(0, error.find('\n'));
    while (line.ends_with('.'))
        line.remove_suffix(1);
    return std::string(line);
}

std::size_t characterCount(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
    }));
}

std::string shellWord(std::string_view text)
{
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("._/-+=:@%,").find(c) != std::string_view::npos;
    };
    if (!text.empty() && std::all_of(text.begin(), text.end(), plain))
        return std::string(text);
    std::string quoted = "'";
    for (const char c : text)
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

std::string quotedLiteral(std::string_view text)
{
    std::string quoted = "'";
    for (const char c : text)
        quoted += c == '\'' ? std::string("''") : std::string(1, c);
    quoted += "'";
    // A backslash is plain text only where standard_conforming_strings is on; E'' says it for both.
    if (quoted.find('\\') == std::string::npos)
        return quoted;
    std::string escaped = "E";
    for (const char c : quoted)
        escaped += c == '\\' ? std::string("\\\\") : std::string(1, c);
    return escaped;
}

std::string alembicCommand(const Project& project, std::string_view arguments)
{
    std::string command = "alembic";
    const std::string config = project.config.filename().string();
    if (!config.empty() && config != "alembic.ini" && config != "pyproject.toml")
        command += " -c " + shellWord(config);
    if (!project.section.empty() && project.section != "alembic")
        command += " -n " + shellWord(project.section);
    return command + " " + std::string(arguments);
}

std::string shownPath(const Project& project, const Path& path)
{
    const Path relative = path.lexically_relative(project.root);
    if (relative.empty() || *relative.begin() == "..")
        return path.string();
    return relative.string();
}

std::string versionsFolder(const Project& project)
{
    if (project.versionLocations.empty())
        return shownPath(project, project.scriptLocation / "versions");
    return shownPath(project, project.versionLocations.front());
}

} // namespace sightglass
