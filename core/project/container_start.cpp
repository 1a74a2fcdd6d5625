// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/container_start.h"

#include "core/base/error.h"
#include "core/project/start_reader.h"

#include <algorithm>
#include <array>
#include <set>

namespace sightglass {

std::string startWords(const ContainerStart& start)
{
    switch (start.verdict) {
    case StartVerdict::UpgradesFirst:
        return "upgrades, then starts";
    case StartVerdict::UpgradesItself:
        return "the application upgrades";
    case StartVerdict::UpgradesAfter:
        return "upgrades beside the application";
    case StartVerdict::UpgradesOnly:
        return "upgrades and ends";
    case StartVerdict::ByAnother:
        return "waits for " + printable(start.waitsFor) + ", which upgrades";
    case StartVerdict::NoUpgrade:
        return start.createsTables ? "no upgrade; creates tables itself" : "no upgrade";
    case StartVerdict::NotKnown:
        return "could not be followed";
    }
    return {};
}

std::string_view toText(StartVerdict verdict)
{
    switch (verdict) {
    case StartVerdict::UpgradesFirst:
        return "upgrades-first";
    case StartVerdict::UpgradesItself:
        return "upgrades-itself";
    case StartVerdict::UpgradesAfter:
        return "upgrades-after";
    case StartVerdict::UpgradesOnly:
        return "upgrades-only";
    case StartVerdict::ByAnother:
        return "by-another";
    case StartVerdict::NoUpgrade:
        return "no-upgrade";
    case StartVerdict::NotKnown:
        return "not-known";
    }
    return "";
}

namespace {

std::string joined(const std::vector<std::string>& words)
{
    std::string made;
    for (const std::string& word : words)
        made += (made.empty() ? "" : " ") + word;
    return made;
}

bool startsItself(const SchemaCall& call)
{
    return call.place == ProjectPlace::Application &&
           (call.reached == ReachedFrom::Startup || call.reached == ReachedFrom::Import);
}

/// A server that ends, so that commands run behind it, is none.
void dropFinished(std::vector<StartStep>& steps)
{
    std::vector<StartStep> made;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const bool last = i + 1 == steps.size();
        if (last || steps[i].kind != StartStepKind::Application || steps[i].background ||
            steps[i].runsOn)
            made.push_back(std::move(steps[i]));
    }
    steps = std::move(made);
}

StartVerdict verdictOf(const std::vector<StartStep>& steps, bool appUpgrades)
{
    std::size_t upgrade = steps.size();
    std::size_t application = steps.size();
    bool unknown = false;
    for (std::size_t i = steps.size(); i-- > 0;) {
        if (steps[i].kind == StartStepKind::Upgrade)
            upgrade = i;
        else if (steps[i].kind == StartStepKind::Application)
            application = i;
        unknown = unknown || steps[i].kind == StartStepKind::Unknown;
    }
    if (upgrade < steps.size()) {
        if (steps[upgrade].background || (application < upgrade && steps[application].background))
            return StartVerdict::UpgradesAfter;
        return application < steps.size() || unknown ? StartVerdict::UpgradesFirst
                                                     : StartVerdict::UpgradesOnly;
    }
    if (application < steps.size() && appUpgrades)
        return StartVerdict::UpgradesItself;
    if (unknown || steps.empty())
        return StartVerdict::NotKnown;
    return StartVerdict::NoUpgrade;
}

class StartsReader
{
public:
    explicit StartsReader(const StartInput& input)
        : m_input(input)
        , m_reader(input)
    {
        for (const SchemaCall& call : input.calls) {
            m_appUpgrades =
                m_appUpgrades || (call.kind == SchemaCallKind::Upgrade && startsItself(call));
            m_appCreates = m_appCreates || (call.kind == SchemaCallKind::CreateAll && call.likely &&
                                            startsItself(call));
        }
    }

    std::vector<ContainerStart> read()
    {
        for (const ComposeFile& file : m_input.composeFiles) {
            for (const ComposeService& service : file.services)
                addService(file, service);
        }
        for (const Dockerfile& file : m_input.dockerfiles) {
            if (!m_used.contains(file.file))
                addDockerfile(file);
        }
        for (ContainerStart& start : m_made)
            followWaiting(start);
        return std::move(m_made);
    }

private:
    const Dockerfile* dockerfileOf(const ComposeFile& file, const ComposeService& service) const
    {
        const Path context = (file.path.parent_path() / service.buildContext).lexically_normal();
        const Path path =
            (context / (service.dockerfile.empty() ? "Dockerfile" : service.dockerfile))
                .lexically_normal();
        const auto found = std::ranges::find(m_input.dockerfiles, path, &Dockerfile::path);
        return found == m_input.dockerfiles.end() ? nullptr : &*found;
    }

    void addService(const ComposeFile& file, const ComposeService& service)
    {
        if (runsPostgres(service) || (!service.builds && !service.command && !service.entrypoint))
            return;
        ContainerStart made{.service = service.name, .file = file.file};
        made.span = {.file = file.path.string(), .line = service.line};
        made.replicas = service.replicas;
        made.forTests = file.isForTests || namesTests(service.name);
        DockerStage stage;
        if (const Dockerfile* dockerfile = service.builds ? dockerfileOf(file, service) : nullptr) {
            m_used.insert(dockerfile->file);
            made.dockerfile = dockerfile->file;
            stage = dockerfile->stage(service.buildTarget);
            if (!service.command && !service.entrypoint)
                made.span = {.file = dockerfile->path.string(),
                             .line = stage.command      ? stage.command->line
                                     : stage.entrypoint ? stage.entrypoint->line
                                                        : stage.line};
        }
        if (service.entrypoint) {
            stage.entrypoint = DockerCommand{
                .words = *service.entrypoint, .shell = {}, .line = service.commandLine};
            stage.command.reset(); // compose leaves the image's own out then
        }
        if (service.command)
            stage.command =
                DockerCommand{.words = *service.command, .shell = {}, .line = service.commandLine};
        if (service.commandLine > 0)
            made.span.line = service.commandLine;
        finish(std::move(made), stage);
    }

    void addDockerfile(const Dockerfile& file)
    {
        const DockerStage stage = file.stage({});
        ContainerStart made{.service = {}, .file = file.file, .dockerfile = file.file};
        made.span = {.file = file.path.string(),
                     .line = stage.command ? stage.command->line : stage.line};
        made.forTests = file.place != ProjectPlace::Application || namesTests(file.file);
        finish(std::move(made), stage);
    }

    void finish(ContainerStart made, const DockerStage& stage)
    {
        const DockerCommand entry = stage.entrypoint.value_or(DockerCommand());
        const DockerCommand command = stage.command.value_or(DockerCommand());
        std::vector<std::string> arguments = command.words;
        if (!command.shell.empty())
            arguments = {"/bin/sh", "-c", command.shell};
        if (!entry.shell.empty()) {
            made.command = entry.shell;
            made.steps = m_reader.read({}, entry.shell, {}, made.span);
        } else if (!entry.empty()) {
            std::vector<std::string> words = entry.words;
            words.insert(words.end(), arguments.begin(), arguments.end());
            made.command = joined(words);
            made.steps = m_reader.read(words, {}, arguments, made.span);
        } else if (!command.empty()) {
            made.command = command.shell.empty() ? joined(command.words) : command.shell;
            made.steps = m_reader.read(command.words, command.shell, {}, made.span);
        } else {
            return; // the image's own, which is not here to be read
        }
        dropFinished(made.steps);
        if (!isProjects(made))
            return;
        made.verdict = verdictOf(made.steps, m_appUpgrades);
        const bool application = std::ranges::any_of(made.steps, [](const StartStep& step) {
            return step.kind == StartStepKind::Application;
        });
        const bool creates = std::ranges::any_of(made.steps, [](const StartStep& step) {
            return step.kind == StartStepKind::CreateAll;
        });
        made.createsTables = creates || (application && m_appCreates);
        m_made.push_back(std::move(made));
    }

    /// Whether it starts Python at all: a web server for files has nothing to upgrade.
    static bool isProjects(const ContainerStart& start)
    {
        static constexpr std::array words{
            "python",   "uvicorn",  "gunicorn",   "hypercorn", "granian",   "daphne",
            "uwsgi",    "celery",   "flask",      "fastapi",   "litestar",  "sanic",
            "alembic",  "superset", "airflow",    "dramatiq",  "arq",       "taskiq",
            "waitress", "pserve",   "jupyterhub", "uv run",    "poetry run"};
        const auto speaks = [](const std::string& text) {
            return std::ranges::any_of(
                words, [&text](const char* word) { return text.find(word) != std::string::npos; });
        };
        return speaks(start.command) ||
               std::ranges::any_of(start.steps, [&](const StartStep& step) {
                   return step.kind != StartStepKind::Unknown && speaks(step.text);
               });
    }

    /// A service that ends after its upgrade, and that this one waits for.
    void followWaiting(ContainerStart& start)
    {
        if (start.service.empty() || start.verdict != StartVerdict::NoUpgrade)
            return;
        const auto file = std::ranges::find(m_input.composeFiles, start.file, &ComposeFile::file);
        const ComposeService* service =
            file == m_input.composeFiles.end() ? nullptr : file->service(start.service);
        for (const ComposeDependency& each :
             service == nullptr ? std::vector<ComposeDependency>() : service->dependsOn) {
            const bool upgrades = std::ranges::any_of(m_made, [&](const ContainerStart& other) {
                return other.file == start.file && other.service == each.service &&
                       (other.verdict == StartVerdict::UpgradesOnly ||
                        other.verdict == StartVerdict::UpgradesFirst);
            });
            if (!upgrades)
                continue;
            start.waitsFor = each.service;
            if (each.condition == "service_completed_successfully" ||
                each.condition == "service_healthy")
                start.verdict = StartVerdict::ByAnother;
        }
    }

    const StartInput& m_input;
    StartReader m_reader;
    bool m_appUpgrades = false;
    bool m_appCreates = false;
    std::set<std::string> m_used;
    std::vector<ContainerStart> m_made;
};

} // namespace

std::vector<ContainerStart> containerStarts(const StartInput& input)
{
    return StartsReader(input).read();
}

std::vector<std::string> upgradingScripts(const std::vector<CommandScript>& scripts)
{
    std::vector<std::string> made;
    for (const CommandScript& script : scripts) {
        const bool upgrades = std::ranges::any_of(script.commands, [](const ShellCommand& command) {
            const auto inner = innermostCommands(command);
            return std::ranges::any_of(inner, isUpgradeCommand);
        });
        if (upgrades && script.place != ProjectPlace::Test)
            made.push_back(script.shownName());
    }
    return made;
}

} // namespace sightglass
