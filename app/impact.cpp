// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/impact.h"

#include "app/scan_project.h"
#include "core/inspection/outlook.h"
#include "core/scripts/automatic_upgrades.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace sightglass {

namespace {

struct OrderOf
{
    StartVerdict verdict;
    StartOrder order;
};

constexpr std::array orders{OrderOf{StartVerdict::UpgradesFirst, StartOrder::UpgradesFirst},
                            OrderOf{StartVerdict::UpgradesItself, StartOrder::UpgradesItself},
                            OrderOf{StartVerdict::UpgradesAfter, StartOrder::UpgradesAfter},
                            OrderOf{StartVerdict::UpgradesOnly, StartOrder::UpgradesOnly},
                            OrderOf{StartVerdict::ByAnother, StartOrder::ByAnother},
                            OrderOf{StartVerdict::NoUpgrade, StartOrder::NoUpgrade},
                            OrderOf{StartVerdict::NotKnown, StartOrder::NotKnown}};

ContainerFacts factsOf(const ContainerStart& start)
{
    ContainerFacts made;
    made.name =
        start.service.empty() ? start.file : "Service " + start.service + " of " + start.file;
    const auto order = std::ranges::find(orders, start.verdict, &OrderOf::verdict);
    made.order = order == orders.end() ? StartOrder::NotKnown : order->order;
    made.failureIgnored = std::ranges::any_of(start.steps, [](const StartStep& step) {
        return step.kind == StartStepKind::Upgrade && step.failureIgnored;
    });
    made.createsTables = start.createsTables;
    made.replicas = start.replicas;
    made.span = start.span;
    return made;
}

std::string placeOf(const std::string& file, const SourceSpan& span)
{
    return file + ":" + std::to_string(span.line);
}

bool isAtStart(const SchemaCall& call)
{
    return call.kind == SchemaCallKind::CreateAll && call.place == ProjectPlace::Application &&
           call.likely && !call.forSqlite && call.condition.empty() &&
           (call.reached == ReachedFrom::Startup || call.reached == ReachedFrom::Import);
}

/// Whether env.py asks PostgreSQL for an advisory lock, in any of its texts.
std::optional<bool> takesLock(const FileSystem& files, const Project& project)
{
    if (project.environmentFile.empty())
        return std::nullopt;
    const auto text = files.read(project.environmentFile);
    if (!text)
        return std::nullopt;
    return text->find("pg_advisory_lock") != std::string::npos ||
           text->find("pg_advisory_xact_lock") != std::string::npos;
}

} // namespace

SurroundingFacts surroundingsOf(const ProjectScan& scan)
{
    SurroundingFacts made{.scanned = true};
    for (const ContainerStart& start : scan.starts) {
        if (!start.forTests)
            made.containers.push_back(factsOf(start));
    }
    for (const SchemaCall& call : scan.schemaCalls) {
        if (isAtStart(call))
            made.createAll.push_back(placeOf(call.file, call.span));
    }
    for (const SqlFileFacts& file : scan.sqlFiles) {
        if (!file.runBy.empty() && file.changes > 0)
            made.seedFiles.push_back(file.file);
    }
    return made;
}

SurroundingFacts nearSurroundings(const FileSystem& files, const Project& project)
{
    SurroundingFacts made;
    made.envTakesLock = takesLock(files, project);
    made.upgradeLines.emplace();
    for (const AutomaticUpgrade& each : automaticUpgrades(files, project).found) {
        const Path relative = Path(each.span.file).lexically_relative(project.root);
        made.upgradeLines->push_back(
            {.text =
                 placeOf(relative.empty() ? each.span.file : relative.generic_string(), each.span),
             .span = each.span});
    }
    return made;
}

Impact impactOf(const FileSystem& files, const Inspection& inspection, const ProjectScan* scan)
{
    SurroundingFacts around = nearSurroundings(files, inspection.scripts->project);
    if (scan != nullptr) {
        SurroundingFacts scanned = surroundingsOf(*scan);
        scanned.envTakesLock = around.envTakesLock;
        scanned.upgradeLines = std::move(around.upgradeLines);
        around = std::move(scanned);
    }
    return impactOf(inspection, around);
}

Impact
impactOf(const FileSystem& files, const Inspection& inspection, bool scan, const RunContext& run)
{
    if (!scan)
        return impactOf(files, inspection, nullptr);
    const ProjectScan around = scanAround(inspection, false, run);
    return impactOf(files, inspection, &around);
}

std::shared_ptr<const Outlook>
outlookOf(const FileSystem& files, const Inspection& inspection, std::optional<DatabaseVisit> visit)
{
    auto outlook = std::make_shared<Outlook>();
    outlook->visit = std::move(visit);
    if (inspection.live != nullptr)
        outlook->start = startCheckOf(inspection);
    if (inspection.history == nullptr)
        return outlook;
    outlook->impact = impactOf(files, inspection, inspection.surroundings.get());
    const auto heads = inspection.graph->effectiveHeads();
    for (const auto& [name, table] :
         inspection.history->at({heads.begin(), heads.end()}).schema.tables)
        outlook->chainTables.push_back(name);
    std::ranges::sort(outlook->chainTables);
    return outlook;
}

} // namespace sightglass
