// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/container_start.h"

#include <algorithm>

namespace sightglass {

namespace {

std::string nameOf(const ContainerStart& start)
{
    return start.service.empty() ? "The image of " + start.file
                                 : "Service " + printable(start.service) + " of " + start.file;
}

Finding findingOf(std::string rule, Severity severity, const ContainerStart& start)
{
    Finding made{.rule = std::move(rule), .category = "project", .severity = severity};
    made.span = start.span;
    made.object = start.service;
    return made;
}

bool upgrades(const ContainerStart& start)
{
    return start.verdict == StartVerdict::UpgradesFirst ||
           start.verdict == StartVerdict::UpgradesItself ||
           start.verdict == StartVerdict::UpgradesAfter ||
           start.verdict == StartVerdict::UpgradesOnly || start.verdict == StartVerdict::ByAnother;
}

void addOrder(const ContainerStart& start, std::vector<Finding>& made)
{
    if (start.verdict == StartVerdict::UpgradesAfter) {
        Finding finding = findingOf("upgrade-after-start", Severity::Medium, start);
        finding.title = nameOf(start) + " upgrades beside the application";
        finding.detail =
            "`" + printable(start.command.substr(0, 80)) +
            "` starts the application before the upgrade has ended, so new code meets the old "
            "schema. Run `alembic upgrade head` first and start the application behind &&.";
        made.push_back(std::move(finding));
    }
    const auto ignored = std::ranges::find_if(start.steps, [](const StartStep& step) {
        return step.kind == StartStepKind::Upgrade && step.failureIgnored && !step.background;
    });
    if (ignored == start.steps.end() || start.verdict != StartVerdict::UpgradesFirst)
        return;
    Finding finding = findingOf("upgrade-failure-ignored", Severity::Medium, start);
    finding.span = ignored->span;
    finding.title = nameOf(start) + " starts after a failed upgrade too";
    finding.detail =
        "`" + printable(ignored->text) +
        "` may fail and what follows runs all the same: nothing stops the script there. The "
        "application then works on a schema that it does not know. Put `set -e` at the top of the "
        "script, or && behind the upgrade.";
    // Several services may start by one script: it is said once.
    const bool said = std::ranges::any_of(made, [&finding](const Finding& other) {
        return other.rule == finding.rule && other.span == finding.span;
    });
    if (!said)
        made.push_back(std::move(finding));
}

void addReplicas(const ContainerStart& start, std::vector<Finding>& made)
{
    const bool each = start.verdict == StartVerdict::UpgradesFirst ||
                      start.verdict == StartVerdict::UpgradesItself;
    if (!each || !start.replicas || *start.replicas < 2)
        return;
    Finding finding = findingOf("upgrade-by-several-replicas", Severity::Medium, start);
    finding.title = std::to_string(*start.replicas) + " containers of " + printable(start.service) +
                    " upgrade at once";
    finding.detail = nameOf(start) + " runs the upgrade in each of its " +
                     std::to_string(*start.replicas) +
                     " containers. Alembic takes no lock of its own: two that begin together run "
                     "the same revision "
                     "twice, and one of them fails. Run the upgrade in one service that ends, and "
                     "let this one wait for "
                     "it with service_completed_successfully.";
    finding.confidence = Confidence::Likely;
    finding.unsettled = "See whether env.py takes an advisory lock before it migrates.";
    made.push_back(std::move(finding));
}

void addWaiting(const ContainerStart& start, std::vector<Finding>& made)
{
    if (start.waitsFor.empty() || start.verdict != StartVerdict::NoUpgrade)
        return;
    Finding finding = findingOf("upgrade-not-awaited", Severity::Low, start);
    finding.title = nameOf(start) + " does not wait for the upgrade";
    finding.detail = "It depends on " + printable(start.waitsFor) +
                     ", which upgrades, but only until that has started. Write `condition: "
                     "service_completed_successfully` below depends_on.";
    made.push_back(std::move(finding));
}

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < 3; ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    return names.size() > 3 ? text + " and " + std::to_string(names.size() - 3) + " others" : text;
}

/// One finding for all containers: none of them upgrades.
void addMissing(const std::vector<ContainerStart>& starts,
                const StartInput& input,
                std::vector<Finding>& made)
{
    std::vector<const ContainerStart*> without;
    bool unknown = false;
    for (const ContainerStart& start : starts) {
        if (upgrades(start) && !start.forTests)
            return;
        if (start.forTests)
            continue;
        unknown = unknown || start.verdict == StartVerdict::NotKnown;
        if (start.verdict == StartVerdict::NoUpgrade)
            without.push_back(&start);
    }
    if (without.empty())
        return;
    const std::vector<std::string> scripts = upgradingScripts(input.scripts);
    const bool bypassed = std::ranges::any_of(
        without, [](const ContainerStart* start) { return start->createsTables; });
    const Severity severity = bypassed          ? Severity::High
                              : scripts.empty() ? Severity::Medium
                                                : Severity::Info;
    Finding finding = findingOf("start-without-upgrade", severity, *without.front());
    for (std::size_t i = 1; i < without.size(); ++i)
        finding.related.push_back(without[i]->span);
    finding.title = bypassed ? "Containers start with create_all and never upgrade"
                             : "No container start runs alembic upgrade";
    finding.detail = nameOf(*without.front()) + " starts `" +
                     printable(without.front()->command.substr(0, 80)) + "`. ";
    if (bypassed)
        finding.detail +=
            "The application creates its tables itself, so no revision is ever recorded or run. ";
    if (scripts.empty())
        finding.detail += "Nothing in the project runs `alembic upgrade`, so a new database stays "
                          "without its tables. Run "
                          "`alembic upgrade head` before the application starts.";
    else
        finding.detail += "The upgrade is run elsewhere: " + printable(listed(scripts)) +
                          ". A new database has no tables until then.";
    if (unknown) {
        finding.confidence = Confidence::Possible;
        finding.unsettled = "Another container's start could not be followed.";
    }
    made.push_back(std::move(finding));
}

} // namespace

std::vector<Finding> startFindings(const std::vector<ContainerStart>& starts,
                                   const StartInput& input)
{
    std::vector<Finding> made;
    for (const ContainerStart& start : starts) {
        if (start.forTests)
            continue;
        addOrder(start, made);
        addReplicas(start, made);
        addWaiting(start, made);
    }
    addMissing(starts, input, made);
    return made;
}

} // namespace sightglass
