// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sightglass {

/// A value of [tool.alembic], its percent signs resolved.
struct TomlSetting
{
    std::variant<std::string, std::vector<std::string>, bool> value;
    int line = 0;
};

using TomlSettings = std::map<std::string, TomlSetting, std::less<>>;

/// The table [tool.alembic] of a pyproject.toml; empty when it has none.
///
/// here    replaces %(here)s
/// errors  Malformed  no TOML; [tool.alembic] is no table; a percent sign that Python would refuse
/// source  Alembic 1.19 config.py, Config.toml_alembic_config
Result<std::optional<TomlSettings>>
readTomlSettings(std::string_view text, const std::string& file, const std::string& here);

} // namespace sightglass
