// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/source_span.h"
#include "core/scripts/ini_file.h"
#include "core/scripts/toml_settings.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// One option of Alembic and where it stands.
struct Setting
{
    std::string text;
    std::vector<std::string> list; ///< when it was written as a TOML list
    bool isList = false;
    SourceSpan span;
};

/// Options of one environment: for each the ini's section first, then [tool.alembic].
class Settings
{
public:
    /// Reads alembic.ini and pyproject.toml as far as they are there.
    ///
    /// ini, toml  files, empty when there is none
    /// errors     Malformed, NotReadable
    static Result<Settings> read(const FileSystem& files, Path ini, Path toml, std::string section);

    /// Empty when neither file has it.
    ///
    /// errors  Malformed  broken interpolation in the ini
    Result<std::optional<Setting>> option(std::string_view name) const;
    /// The option of the ini alone, as env.py's config.get_main_option gives it.
    Result<std::optional<Setting>> mainOption(std::string_view name) const;
    /// True only for the exact word `true` in an ini, or a boolean in TOML.
    ///
    /// errors  Malformed  a TOML value that is no boolean
    Result<bool> flag(std::string_view name) const;

    const std::optional<IniFile>& ini() const { return m_ini; }

    bool hasToml() const { return m_toml.has_value(); }

    const std::string& section() const { return m_section; }

    const Path& iniPath() const { return m_iniPath; }

    /// Folder that relative paths are tried against first.
    Path folder() const;
    /// The file to name as the configuration: the ini if it is there.
    Path configPath() const;

private:
    Path m_iniPath;
    Path m_tomlPath;
    std::string m_section;
    std::optional<IniFile> m_ini;
    std::optional<TomlSettings> m_toml;
};

} // namespace sightglass
