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
#include <set>
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
    /// Of a branch: files that are as they were; canonical.
    std::optional<std::set<Path>> unchanged;
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
                      .words = "what the branch adds since " + selection.since,
                      .unchanged = std::move(branch->unchanged)};
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

/// Whether a finding on the chain belongs to what is reviewed. One without a file is about all.
class OfReview
{
public:
    OfReview(const std::vector<Path>& locations,
             const ReviewSelection& selection,
             const std::optional<std::set<Path>>& unchanged,
             const ReviewResult& result)
        : m_locations(locations)
        , m_everything(selection.range.empty() && !selection.pending)
        , m_unchanged(unchanged)
        , m_result(result)
    {}

    bool operator()(const Finding& finding) const
    {
        if (finding.severity > Severity::Medium)
            return false;
        if (!m_unchanged)
            return m_everything || finding.severity == Severity::Critical || isInRange(finding);
        return isNew(finding.span) ||
               std::ranges::any_of(finding.related, [&](const auto& each) { return isNew(each); });
    }

private:
    bool isInRange(const Finding& finding) const
    {
        return !finding.span.file.empty() &&
               std::ranges::find(m_result.revisions, finding.span.file, &ReviewedRevision::file) !=
                   m_result.revisions.end();
    }

    /// A file of a version location that the branch made or changed.
    bool isNew(const SourceSpan& span) const
    {
        if (span.file.empty())
            return false;
        std::error_code error;
        const Path file = std::filesystem::weakly_canonical(span.file, error);
        const bool isRevision = std::ranges::any_of(m_locations, [&](const Path& location) {
            const Path folder = std::filesystem::weakly_canonical(location, error);
            return !file.lexically_relative(folder).generic_string().starts_with("..");
        });
        return isRevision && !m_unchanged->contains(file);
    }

    const std::vector<Path>& m_locations;
    bool m_everything;
    const std::optional<std::set<Path>>& m_unchanged;
    const ReviewResult& m_result;
};

/// A file that Python can't read, or a chain that Alembic can't load, is no clean review.
void addChainFindings(const Inspection& inspection, const OfReview& isPart, ReviewResult& result)
{
    for (Finding& finding : findingsOnTheChain(inspection)) {
        if (!isPart(finding))
            continue;
        const auto revision =
            std::ranges::find(result.revisions, finding.span.file, &ReviewedRevision::file);
        auto& findings = finding.span.file.empty() || revision == result.revisions.end()
                             ? result.findings
                             : revision->findings;
        findings.push_back(std::move(finding));
        sortFindings(findings);
    }
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

namespace {

/// What the operations of a range do.
Result<ReviewReport> reviewOperations(const FileSystem& files,
                                      const Inspection& inspection,
                                      const ReviewSelection& selection,
                                      const Chosen& choice,
                                      const RunContext& run)
{
    const Project& project = inspection.scripts->project;
    const auto settings = readSightglassSettings(files, project.root);
    if (!settings)
        return failure(settings.error());
    auto rules = ruleSettingsOf(settings->review, selection);
    if (!rules)
        return failure(std::move(rules.error()));

    ChainReviewInput input{.graph = *inspection.graph, .history = *inspection.history};
    input.range = choice.range;
    input.start = startOf(input.graph, input.range);
    input.applied = inspection.applied;
    input.rules = std::move(*rules);
    LiveState live; // what was not read of it is no reason for a finding
    if (beginsAtDatabase(inspection, input.range)) {
        live = *inspection.live;
        live.schema = schemaToTry(inspection);
        input.live = &live;
    }
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

    ReviewReport report{.range = choice.words, .root = reportRoot(project)};
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

} // namespace

Result<ReviewReport> reviewProject(const FileSystem& files,
                                   const Inspection& inspection,
                                   const ReviewSelection& selection,
                                   const RunContext& run)
{
    const auto choice = chosen(files, inspection, selection);
    if (!choice)
        return failure(choice.error());
    auto report = reviewOperations(files, inspection, selection, *choice, run);
    if (report) {
        addChainFindings(inspection,
                         OfReview(inspection.scripts->project.versionLocations,
                                  selection,
                                  choice->unchanged,
                                  report->result),
                         report->result);
    }
    return report;
}

Result<ProjectReview>
reviewPending(const FileSystem& files, const Inspection& inspection, const RunContext& run)
{
    const auto toCome = pendingRange(inspection);
    if (!toCome)
        return failure(toCome.error());
    auto pending = reviewOperations(files, inspection, {.pending = true}, *toCome, run);
    if (!pending)
        return failure(std::move(pending.error()));
    return ProjectReview{.result = std::move(pending->result),
                         .beforeUpgrade = std::move(pending->checklist)};
}

Result<ProjectReview>
reviewEverything(const FileSystem& files, const Inspection& inspection, const RunContext& run)
{
    auto all =
        reviewOperations(files,
                         inspection,
                         {},
                         {.range = everything(*inspection.graph), .words = {}, .unchanged = {}},
                         run);
    if (!all)
        return failure(std::move(all.error()));
    if (inspection.live == nullptr || inspection.applied.empty())
        return ProjectReview{.result = std::move(all->result), .beforeUpgrade = {}};
    auto pending = reviewPending(files, inspection, run);
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
                         .beforeUpgrade = std::move(pending->beforeUpgrade)};
}

} // namespace sightglass
