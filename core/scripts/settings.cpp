// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/settings.h"

#include "core/scripts/python_text.h"

#include <utility>

namespace sightglass {

namespace {

constexpr std::size_t largestSettings = 4'000'000; // bytes

/// Text of a settings file; refuses what is no text.
Result<std::string> readText(const FileSystem& files, const Path& path)
{
    auto text = files.read(path, largestSettings + 1);
    if (!text)
        return text;
    const auto refuse = [&](std::string what, std::string nextStep) {
        return failure(Error{.code = ErrorCode::Malformed,
                             .message = "The file " + std::move(what) +
                                        ", so it can't be a settings file of Alembic.",
                             .nextStep = std::move(nextStep),
                             .file = path.string()});
    };
    if (text->find('\0') != std::string::npos)
        return refuse("is binary", "Restore it from version control, or name another file.");
    if (text->size() > largestSettings)
        return refuse("has more than 4 MB", "Name another file.");
    if (!isUtf8(*text))
        return refuse("is not UTF-8", "Save it as UTF-8, or name another file.");
    return text;
}

} // namespace

Result<Settings> Settings::read(const FileSystem& files, Path ini, Path toml, std::string section)
{
    Settings settings;
    settings.m_section = std::move(section);
    if (!ini.empty()) {
        const auto text = readText(files, ini);
        if (!text)
            return failure(text.error());
        auto parsed = IniFile::parse(*text, ini.string(), ini.parent_path().generic_string());
        if (!parsed)
            return failure(parsed.error());
        settings.m_ini = std::move(*parsed);
        settings.m_iniPath = std::move(ini);
    }
    if (!toml.empty()) {
        const auto text = readText(files, toml);
        if (!text)
            return failure(text.error());
        auto parsed = readTomlSettings(*text, toml.string(), toml.parent_path().generic_string());
        if (!parsed)
            return failure(parsed.error());
        if (*parsed) {
            settings.m_toml = std::move(**parsed);
            settings.m_tomlPath = std::move(toml);
        }
    }
    return settings;
}

Result<std::optional<Setting>> Settings::mainOption(std::string_view name) const
{
    if (!m_ini)
        return std::optional<Setting>();
    const auto value = m_ini->value(m_section, name);
    if (!value)
        return failure(value.error());
    if (!*value)
        return std::optional<Setting>();
    Setting setting{
        .text = **value, .list = {}, .isList = false, .span = {.file = m_iniPath.string()}};
    setting.span.line = m_ini->raw(m_section, name)->line;
    return std::optional(std::move(setting));
}

Result<std::optional<Setting>> Settings::option(std::string_view name) const
{
    auto fromIni = mainOption(name);
    if (!fromIni || *fromIni)
        return fromIni;
    if (!m_toml)
        return std::optional<Setting>();
    const auto found = m_toml->find(name);
    if (found == m_toml->end())
        return std::optional<Setting>();
    Setting setting;
    setting.span = {.file = m_tomlPath.string()};
    setting.span.line = found->second.line;
    if (const auto* text = std::get_if<std::string>(&found->second.value)) {
        setting.text = *text;
    } else if (const auto* list = std::get_if<std::vector<std::string>>(&found->second.value)) {
        setting.list = *list;
        setting.isList = true;
    } else {
        setting.text = std::get<bool>(found->second.value) ? "true" : "false";
    }
    return std::optional(std::move(setting));
}

Result<bool> Settings::flag(std::string_view name) const
{
    const auto fromIni = mainOption(name);
    if (!fromIni)
        return failure(fromIni.error());
    if (*fromIni)
        return (*fromIni)->text == "true";
    const auto found = m_toml ? m_toml->find(name) : TomlSettings::const_iterator();
    if (!m_toml || found == m_toml->end())
        return false;
    if (const auto* value = std::get_if<bool>(&found->second.value))
        return *value;
    return failure(
        Error{.code = ErrorCode::Malformed,
              .message = "boolean value expected for TOML parameter '" + std::string(name) + "'.",
              .nextStep = "Write true or false without quotes.",
              .file = m_tomlPath.string(),
              .line = found->second.line});
}

Path Settings::folder() const
{
    return configPath().parent_path();
}

Path Settings::configPath() const
{
    return m_iniPath.empty() ? m_tomlPath : m_iniPath;
}

} // namespace sightglass
