// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/destructive.h"

#include <algorithm>
#include <string_view>

namespace sightglass {

namespace {

/// What is lost, as the object of a sentence.
std::string lossOf(const DestructiveCommand& command)
{
    switch (command.kind) {
    case DestructiveKind::VolumesOfProject:
    case DestructiveKind::Volume: {
        if (command.volumes.empty())
            return command.kind == DestructiveKind::Volume ? "every volume that no container uses"
                                                           : "the volumes of the compose project";
        std::string names;
        for (const std::string& each : command.volumes)
            names += (names.empty() ? "" : ", ") + each;
        return (command.volumes.size() == 1 ? "the volume " : "the volumes ") + printable(names);
    }
    case DestructiveKind::Database:
        return "a whole database";
    case DestructiveKind::Schema:
        return "a schema with everything in it";
    case DestructiveKind::Tables:
        return "the tables of every revision";
    case DestructiveKind::DataFolder:
        return "the files of the database server";
    }
    return {};
}

bool concernsVolumes(const DestructiveCommand& command)
{
    return command.kind == DestructiveKind::VolumesOfProject ||
           command.kind == DestructiveKind::Volume;
}

/// Compose would delete nothing of worth: no named volume, and no database without one.
bool deletesNothing(const DestructiveCommand& command)
{
    return command.kind == DestructiveKind::VolumesOfProject && command.volumesKnown &&
           command.volumes.empty() && !command.databaseVolume;
}

Severity severityOf(const DestructiveCommand& command)
{
    if (command.place == ProjectPlace::Ci || command.place == ProjectPlace::Test ||
        command.forTests || deletesNothing(command))
        return Severity::Info;
    if (command.place == ProjectPlace::Example)
        return Severity::Low;
    if (concernsVolumes(command) && !command.databaseVolume)
        return command.volumesKnown ? Severity::Low : Severity::Medium;
    return command.kind == DestructiveKind::Tables ? Severity::Medium : Severity::High;
}

std::string meaningOf(const DestructiveCommand& command)
{
    if (command.place == ProjectPlace::Ci)
        return "It runs in CI, where machines are usually thrown away.";
    if (command.forTests || command.place == ProjectPlace::Test)
        return "It works on what is named for tests.";
    if (deletesNothing(command))
        return "The compose file declares no volume, so nothing that is kept goes.";
    if (concernsVolumes(command) && command.volumesKnown && !command.databaseVolume)
        return "None of them holds the data of a PostgreSQL service in the compose files.";
    if (concernsVolumes(command) && !command.volumesKnown)
        return "Which compose file or volume it means could not be told, so it may be the "
               "database's.";
    return "One mistyped word is enough, and no backup is made before.";
}

constexpr std::string_view nextStep =
    "Let it say what will be lost and ask for a typed phrase, or make a backup first.";

std::string shortened(std::string text)
{
    std::ranges::replace(text, '\n', ' ');
    text = printable(text);
    return text.size() <= 70 ? text : text.substr(0, 67) + "…";
}

} // namespace

std::vector<Finding> destructiveFindings(const std::vector<DestructiveCommand>& commands)
{
    std::vector<Finding> made;
    for (const DestructiveCommand& command : commands) {
        if (command.asks)
            continue;
        Finding finding{.rule = "destructive-without-prompt",
                        .category = "project",
                        .severity = severityOf(command)};
        const bool known = !concernsVolumes(command) || command.volumesKnown;
        finding.confidence = known ? Confidence::Certain : Confidence::Likely;
        finding.title = shortened(command.script) + " deletes without asking";
        finding.detail = "`" + shortened(command.text) + "` deletes " + lossOf(command) +
                         ", and nothing above it asks. " + meaningOf(command);
        if (finding.severity != Severity::Info)
            finding.detail += " " + std::string(nextStep);
        finding.span = {.file = command.file, .line = command.line};
        if (!command.volumes.empty())
            finding.object = command.volumes.front();
        if (!known)
            finding.unsettled = "Name the compose file with -f, or put it beside the script.";
        const auto said = std::ranges::find_if(made, [&finding](const Finding& other) {
            return other.title == finding.title && other.detail == finding.detail;
        });
        if (said == made.end())
            made.push_back(std::move(finding));
        else
            said->related.push_back(std::move(finding.span));
    }
    return made;
}

} // namespace sightglass
