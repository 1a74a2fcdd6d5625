// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/findings/finding.h"
#include "core/project/command_scripts.h"
#include "core/project/compose.h"
#include "core/project/dockerfile.h"
#include "core/project/schema_calls.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

enum class StartStepKind
{
    Upgrade,     ///< alembic upgrade, by whatever name
    CreateAll,   ///< a program that creates the tables of the models
    Application, ///< what runs on
    Unknown      ///< a script or variable that could not be followed
};

struct StartStep
{
    StartStepKind kind = StartStepKind::Unknown;
    std::string text; ///< the command
    std::string why;  ///< of an Unknown one
    SourceSpan span;
    bool failureIgnored = false; ///< what follows runs although it failed
    bool background = false;
    bool runsOn = false; ///< nothing behind it runs: exec, or a branch of its own
};

enum class StartVerdict
{
    UpgradesFirst,  ///< before the application
    UpgradesItself, ///< the application's own code does
    UpgradesAfter,  ///< behind or beside the application
    UpgradesOnly,   ///< a container for the upgrade alone
    ByAnother,      ///< waits for a service that upgrades and ends
    NoUpgrade,
    NotKnown ///< something on the way could not be read
};

std::string_view toText(StartVerdict verdict); ///< "upgrades-first", …

/// How one container of the project starts.
struct ContainerStart
{
    std::string service; ///< of a compose file; empty: the image alone
    std::string file;    ///< compose file or Dockerfile, as ProjectFile::shown
    std::string dockerfile;
    std::string command; ///< entrypoint and command in one line
    SourceSpan span;
    std::vector<StartStep> steps;
    StartVerdict verdict = StartVerdict::NotKnown;
    std::optional<int> replicas;
    std::string waitsFor; ///< service that upgrades, of ByAnother
    bool forTests = false;
    bool createsTables =
        false; ///< its application creates tables outside of the chain at its start
};

/// "upgrades, then starts": the verdict in words, for a line of its own.
std::string startWords(const ContainerStart& start);

struct StartInput
{
    const ProjectFiles& project;
    const std::vector<CommandScript>& scripts;
    const std::vector<ComposeFile>& composeFiles;
    const std::vector<Dockerfile>& dockerfiles;
    const std::vector<SchemaCall>& calls;
};

/// How the containers start that run the project's own code: those of compose files that build an
/// image or are told to start Python, and Dockerfiles that no compose file names.
std::vector<ContainerStart> containerStarts(const StartInput& input);

/// "start-without-upgrade", "upgrade-after-start", "upgrade-failure-ignored",
/// "upgrade-by-several-replicas".
std::vector<Finding> startFindings(const std::vector<ContainerStart>& starts,
                                   const StartInput& input);

/// Scripts outside of containers that upgrade: "target migrate of Makefile".
std::vector<std::string> upgradingScripts(const std::vector<CommandScript>& scripts);

} // namespace sightglass
