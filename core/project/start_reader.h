// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/container_start.h"

#include <string>
#include <vector>

namespace sightglass {

/// Whether a command upgrades with Alembic: alembic, python -m alembic, flask db upgrade.
bool isUpgradeCommand(const ShellCommand& command);

/// Follows what a container starts, through shell scripts and Python programs of the project.
class StartReader
{
public:
    explicit StartReader(const StartInput& input)
        : m_input(input)
    {}

    /// `words` in exec form, or `shell` as a text for a shell. `arguments` replace "$@".
    std::vector<StartStep> read(const std::vector<std::string>& words,
                                const std::string& shell,
                                const std::vector<std::string>& arguments,
                                const SourceSpan& span);

private:
    void follow(const std::vector<ShellCommand>& commands,
                const SourceSpan& span,
                const std::vector<std::string>& arguments,
                bool stops,
                int depth);
    void followCommand(const ShellCommand& command,
                       const SourceSpan& span,
                       const std::vector<std::string>& arguments,
                       bool ignored,
                       int depth);
    bool
    followScript(const ShellCommand& command, const std::vector<std::string>& arguments, int depth);
    bool followPython(const ShellCommand& command, const SourceSpan& span, bool ignored);
    void add(StartStepKind kind,
             const ShellCommand& command,
             const SourceSpan& span,
             bool ignored,
             std::string why = {});

    const StartInput& m_input;
    bool m_runsOn = false; ///< of the command being followed
    std::vector<StartStep> m_steps;
};

} // namespace sightglass
