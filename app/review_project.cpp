// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/review_project.h"

#include "core/git/repository.h"
#include "core/inspection/prevention.h"
#include "core/review/branch_revisions.h"
#include "core/review/chain_review.h"
#include "core/review/suppressions.h"
#include "core/revisions/revision_range.h"
#include "core/scripts/sightglass_settings.h"
#include "core/scripts/transaction_facts.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <utility>

namespace sightglass {

namespace {

std::optional<Severity> severityNamed(const std::string& name)
{
    constexpr std::array severities{
        Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info};
    const auto found = std::ranges::find_if(
        severities, [&](Severity severity) { return toText(severity) == name; });
    return found == severities.end() ? std::nullopt : std::optional(*found);
}

tl::unexpected<Error> noSuchRule(const std::string& rule)
{
    return failure(ErrorCode::Usage,
                   "There is no rule " + rule + ".",
                   "List the rules with: sightglass-cli explain.");
}

Result<void> addRules(const std::vector<std::string>& names,
                      std::set<std::string, std::less<>>& into)
{
    for (const std::string& name : names) {
        if (findRule(name) == nullptr)
            return noSuchRule(name);
        into.insert(name);
    }
    return {};
}

std::vector<RevisionIndex> everything(const RevisionGraph& graph)
{
    std::vector<RevisionIndex> range;
    for (const RevisionIndex index : graph.walkOrder() | std::views::reverse)
        range.push_back(index);
    return range;
}

struct Chosen
{
    std::vector<RevisionIndex> range; ///< oldest first
    std::string words;
};

Result<Chosen> chosenRange(const RevisionGraph& graph, const std::string& text)
{
    const auto colon = text.find(':');
    if (colon == std::string::npos) {
        auto found = resolveRevisions(graph, text);
        if (!found)
            return failure(found.error());
        return Chosen{.range = std::move(*found), .words = text};
    }
    std::vector<RevisionId> rows;
    const std::string from = text.substr(0, colon);
    if (!from.empty() && from != "base") {
        const auto start = resolveRevisions(graph, from);
        if (!start)
            return failure(start.error());
        for (const RevisionIndex index : *start)
            rows.push_back(graph.revision(index).id);
    }
    const std::string to = text.substr(colon + 1);
    auto path = upgradePath(graph, rows, to.empty() ? "heads" : to);
    if (!path)
        return failure(path.error());
    return Chosen{.range = std::move(*path), .words = text};
}

Result<Chosen> pendingRange(const Inspection& inspection)
{
    if (inspection.applied.empty()) {
        return failure(ErrorCode::Usage,
                       "What is pending is not known without the database's version table.",
                       "Name a database with --dsn, or a range.");
    }
    Chosen chosen{.range = {}, .words = "what is pending"};
    for (const RevisionIndex index : inspection.graph->walkOrder() | std::views::reverse) {
        if (!inspection.applied[index])
            chosen.range.push_back(index);
    }
    return chosen;
}

Result<Chosen>
chosen(const FileSystem& files, const Inspection& inspection, const ReviewSelection& selection)
{
    const RevisionGraph& graph = *inspection.graph;
    if (!selection.since.empty()) {
        auto branch = revisionsSince(files, *inspection.scripts, graph, selection.since);
        if (!branch)
            return failure(std::move(branch.error()));
        return Chosen{.range = std::move(branch->added),
                      .words = "what the branch adds since " + selection.since};
    }
    if (selection.pending)
        return pendingRange(inspection);
    if (!selection.range.empty())
        return chosenRange(graph, selection.range);
    return Chosen{.range = everything(graph), .words = "every revision"};
}

/// A live database tells something of the range only where the range begins at what it has.
bool beginsAtDatabase(const Inspection& inspection, const std::vector<RevisionIndex>& range)
{
    if (inspection.live == nullptr || inspection.applied.empty())
        return false;
    return std::ranges::none_of(range,
                                [&](RevisionIndex index) { return inspection.applied[index]; });
}

Path reportRoot(const Project& project)
{
    const Path place =
        project.versionLocations.empty() ? project.root : project.versionLocations.front();
    if (const auto repository = GitRepository::containing(place))
        return repository->workingFolder().lexically_normal();
    return project.root;
}

/// Files whose revisions are reviewed whole: a suppression without effect there can be told.
std::vector<std::string> filesOf(const ReviewResult& result)
{
    std::vector<std::string> names;
    for (const ReviewedRevision& revision : result.revisions) {
        if (!revision.file.empty() && std::ranges::find(names, revision.file) == names.end())
            names.push_back(revision.file);
    }
    return names;
}

std::vector<ChecklistItem> checklistOf(const FileSystem& files,
                                       const Inspection& inspection,
                                       const ReviewSettings& settings,
                                       const ReviewReport& report)
{
    const std::vector<TableRow> tables = tableRows(inspection);
    const AutomaticUpgrades automatic = automaticUpgrades(files, inspection.scripts->project);
    return preventionChecklist({.review = report.result,
                                .tables = tables,
                                .protectedTables = settings.protectedTables,
                                .automatic = automatic,
                                .root = report.root});
}

} // namespace

Result<RuleSettings> ruleSettingsOf(const ReviewSettings& settings,
                                    const ReviewSelection& selection)
{
    RuleSettings rules;
    for (const auto* const names : {&settings.enable, &selection.enable}) {
        if (auto added = addRules(*names, rules.enabled); !added)
            return failure(added.error());
    }
    for (const auto* const names : {&settings.disable, &selection.disable}) {
        if (auto added = addRules(*names, rules.disabled); !added)
            return failure(added.error());
    }
    for (const auto& [rule, name] : settings.severity) {
        if (findRule(rule) == nullptr)
            return noSuchRule(rule);
        const auto severity = severityNamed(name);
        if (!severity) {
            return failure(ErrorCode::Malformed,
                           "The severity " + name + " of rule " + rule + " is none.",
                           "Write critical, high, medium, low or info.");
        }
        rules.severities.emplace(rule, *severity);
    }
    return rules;
}

void takeBackFindings(const FileSystem& files, ReviewResult& result)
{
    for (const std::string& file : filesOf(result)) {
        const auto text = files.read(file);
        if (!text || text->find("danger-ok") == std::string::npos)
            continue;
        const auto suppressions = readSuppressions(*text, file);
        const auto revision = std::ranges::find(result.revisions, file, &ReviewedRevision::file);
        applySuppressions(suppressions, true, revision->findings);
        sortFindings(revision->findings);
    }
}

Result<ReviewReport> reviewProject(const FileSystem& files,
                                   const Inspection& inspection,
                                   const ReviewSelection& selection,
                                   const RunContext& run)
{
    const Project& project = inspection.scripts->project;
    const auto settings = readSightglassSettings(files, project.root);
    if (!settings)
        return failure(settings.error());
    auto rules = ruleSettingsOf(settings->review, selection);
    if (!rules)
        return failure(std::move(rules.error()));
    auto range = chosen(files, inspection, selection);
    if (!range)
        return failure(std::move(range.error()));

    ChainReviewInput input{.graph = *inspection.graph, .history = *inspection.history};
    input.range = std::move(range->range);
    input.start = startOf(input.graph, input.range);
    input.applied = inspection.applied;
    input.rules = std::move(*rules);
    if (beginsAtDatabase(inspection, input.range))
        input.live = inspection.live.get();
    const TransactionFacts transactions = readTransactionFacts(files, project.environmentFile);
    input.transactionPerMigration =
        transactions.perMigration.isKnown() && transactions.perMigration.value();
    input.protectedTables = settings->review.protectedTables;
    if (!settings->review.alembicVersion.empty())
        input.alembicVersion = settings->review.alembicVersion;
    if (project.versionTable.value.isKnown())
        input.versionTable = project.versionTable.value.value();
    if (const auto version =
            selection.serverVersion ? selection.serverVersion : settings->review.serverVersion) {
        input.facts.serverVersion = *version * 10'000;
        input.facts.serverKnown = true;
    }

    ReviewReport report{.range = std::move(range->words), .root = reportRoot(project)};
    report.serverVersion = input.facts.serverVersion;
    report.serverKnown = input.facts.serverKnown || input.live != nullptr;
    if (input.live != nullptr)
        report.serverVersion = input.live->server.versionNumber;
    report.result = reviewChain(std::move(input), run);
    if (run.stopRequested())
        return failure(ErrorCode::Cancelled, "Stopped.");
    takeBackFindings(files, report.result);
    if (selection.pending && report.result.loss)
        report.checklist = checklistOf(files, inspection, settings->review, report);
    return report;
}

Result<ProjectReview>
reviewEverything(const FileSystem& files, const Inspection& inspection, const RunContext& run)
{
    auto all = reviewProject(files, inspection, {}, run);
    if (!all)
        return failure(std::move(all.error()));
    if (inspection.live == nullptr || inspection.applied.empty())
        return ProjectReview{.result = std::move(all->result), .beforeUpgrade = {}};
    auto pending = reviewProject(files, inspection, {.pending = true}, run);
    if (!pending)
        return failure(std::move(pending.error()));
    for (ReviewedRevision& revision : pending->result.revisions) {
        const auto place =
            std::ranges::find(all->result.revisions, revision.id, &ReviewedRevision::id);
        if (place != all->result.revisions.end())
            *place = std::move(revision);
    }
    // What holds for the run as a whole is about the run that is to come.
    all->result.findings = std::move(pending->result.findings);
    all->result.loss = std::move(pending->result.loss);
    return ProjectReview{.result = std::move(all->result),
                         .beforeUpgrade = std::move(pending->checklist)};
}

} // namespace sightglass
