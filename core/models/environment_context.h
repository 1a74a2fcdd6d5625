// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/evaluation/objects.h"
#include "core/scripts/project.h"
#include "core/scripts/settings.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace sightglass {

/// What env.py sees of Alembic: alembic.context with the settings of the project's files.
class EnvironmentContext
{
public:
    EnvironmentContext(const FileSystem& files, const Project& project);

    /// The module alembic.context.
    Object* module(Interpreter& interpreter);

    /// From now on as the command line would call env.py: nothing in config.attributes, no -x.
    void setCommandLine() { m_commandLine = true; }

    /// target_metadata of configure(): the first that is known, else the first given.
    const std::optional<Value>& configured() const { return m_configured; }

    /// Another argument of configure(), the first that was given; absent: none was.
    std::optional<Value> argument(std::string_view keyword) const;

private:
    Value config(Interpreter& interpreter);
    /// An option's text; Unknown where the settings were not read.
    Value option(std::string_view section, std::string_view name, const Value& fallback) const;
    Value attributesGet(const Arguments& given) const;

    std::optional<Settings> m_settings;
    Value m_file;
    std::string m_section;
    bool m_commandLine = false;
    std::optional<Value> m_configured;
    std::map<std::string, Value, std::less<>> m_arguments; ///< of configure()
};

} // namespace sightglass
