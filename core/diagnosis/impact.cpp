// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/impact.h"

#include "core/base/error.h"
#include "core/diagnosis/words.h"
#include "core/history/downgrades.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace sightglass {

namespace {

using Outcome = Scenario::Outcome;

constexpr std::size_t longestWayBack = 40;

bool upgrades(const ContainerFacts& container)
{
    return container.order == StartOrder::UpgradesFirst ||
           container.order == StartOrder::UpgradesItself ||
           container.order == StartOrder::UpgradesAfter ||
           container.order == StartOrder::UpgradesOnly;
}

std::string pendingCount(const Diagnosis& diagnosis)
{
    return counted(diagnosis.pending.size(), "revision", "revisions");
}

Scenario freshDatabase(const ImpactInput& input)
{
    const FreshDatabase& fresh = input.diagnosis.freshDatabase;
    Scenario made{.id = "fresh-database", .title = "A new database"};
    if (!fresh.ok) {
        made.text = "Whether the chain builds it is not known: " + fresh.reason + ".";
        made.needsRehearsal = true;
        return made;
    }
    if (*fresh.ok) {
        made.outcome = Outcome::Works;
        made.text =
            "All " + counted(input.graph.size(), "revision", "revisions") + " run to the end.";
        return made;
    }
    made.outcome = Outcome::Stops;
    made.text =
        "It can't be built" +
        (fresh.revision.empty() ? std::string() : ": revision " + fresh.revision + " stops") +
        ": " + printable(firstSentence(fresh.error)) + ".";
    if (!fresh.revision.empty())
        made.evidence.push_back(
            {.text = fresh.revision,
             .revision = fresh.revision,
             .span = input.history == nullptr ? SourceSpan() : input.history->freshRun().span});
    return made;
}

/// What the pending revisions come to on the database that was read.
void judgePending(const ImpactInput& input, Scenario& made)
{
    const std::string run = pendingCount(input.diagnosis) + " would run";
    if (input.pending == nullptr) {
        made.text = run + "; they were not reviewed.";
        made.needsRehearsal = true;
        return;
    }
    const PendingFacts& pending = *input.pending;
    if (!pending.refusal.empty()) {
        made.outcome = Outcome::Stops;
        made.text =
            "Revision " + pending.refusedAt + " stops: " + pending.refusal + "." +
            (pending.concurrent ? " What runs outside of a transaction before it stays." : "");
        made.evidence.push_back({.text = pending.refusedAt, .revision = pending.refusedAt});
    } else if (!pending.loss.empty()) {
        made.outcome = Outcome::LosesData;
        made.text = run + ", and " + pending.loss + ".";
    } else if (!pending.notAnalysed.empty()) {
        made.text = run + "; not everything they do could be read: " + pending.notAnalysed;
        made.needsRehearsal = true;
    } else {
        made.outcome = Outcome::Works;
        made.text = run + "; nothing known stops them, and they destroy no rows.";
        made.needsRehearsal = true;
    }
}

Scenario thisDatabase(const ImpactInput& input)
{
    const Diagnosis& diagnosis = input.diagnosis;
    Scenario made{.id = "this-database", .title = "This database"};
    if (!diagnosis.hasDatabase) {
        made.text = "No database was read.";
    } else if (!diagnosis.pendingUnknown.empty()) {
        const bool stops = diagnosis.state == DatabaseState::BrokenChain ||
                           diagnosis.state == DatabaseState::UnknownRevision ||
                           diagnosis.state == DatabaseState::OverlappingHeads ||
                           diagnosis.state == DatabaseState::Ahead;
        made.outcome = stops ? Outcome::Stops : Outcome::NotKnown;
        made.text = (stops ? "An upgrade stops before it changes anything: "
                           : "What an upgrade would run is not known: ") +
                    diagnosis.pendingUnknown + ".";
    } else if (diagnosis.pending.empty()) {
        const bool odd = isUnhealthy(diagnosis.state);
        made.outcome = Outcome::Works;
        made.text = odd ? "An upgrade runs nothing and repairs nothing: all revisions are recorded "
                          "as applied."
                        : "An upgrade runs nothing: all revisions are applied.";
    } else if (diagnosis.state == DatabaseState::Empty &&
               !diagnosis.freshDatabase.ok.value_or(true)) {
        // It is a new database: whoever asked the schema found what the chain alone leaves.
        const Scenario fresh = freshDatabase(input);
        made.outcome = fresh.outcome;
        made.text = fresh.text;
        made.evidence = fresh.evidence;
    } else {
        judgePending(input, made);
    }
    return made;
}

/// The container whose start matters most: one that upgrades, else one that does not.
const ContainerFacts* leading(const std::vector<ContainerFacts>& containers)
{
    const auto found = std::ranges::find_if(containers, upgrades);
    if (found != containers.end())
        return &*found;
    return containers.empty() ? nullptr : &containers.front();
}

Evidence placeOf(const ContainerFacts& container)
{
    return {.text = container.span.file.empty()
                        ? container.name
                        : container.name + ", line " + std::to_string(container.span.line),
            .span = container.span};
}

std::vector<std::string> textsOf(const std::vector<Evidence>& evidence)
{
    std::vector<std::string> texts;
    std::ranges::transform(evidence, std::back_inserter(texts), &Evidence::text);
    return texts;
}

/// After the upgrade of a container that fails or does harm.
std::string startAfter(const ContainerFacts& container, const Scenario& here)
{
    if (here.outcome == Outcome::Stops)
        return container.failureIgnored || container.order == StartOrder::UpgradesAfter
                   ? " The upgrade stops, and the application runs on the old schema."
                   : " The upgrade stops, and the application does not start.";
    if (here.outcome == Outcome::LosesData)
        return " Nobody is asked: " + here.text;
    if (here.outcome == Outcome::NotKnown)
        return " " + here.text;
    return container.order == StartOrder::UpgradesAfter
               ? " The application runs on the old schema until the upgrade is done."
               : "";
}

Outcome outcomeAt(const ContainerFacts& container, const Scenario& here)
{
    if (here.outcome == Outcome::Works && container.order == StartOrder::UpgradesAfter)
        return Outcome::Risky;
    return here.outcome;
}

Scenario notScanned(const ImpactInput& input, Scenario made, const Scenario& here)
{
    const auto& lines = input.around.upgradeLines;
    if (!lines) {
        made.text = "How the application starts was not looked at.";
    } else if (lines->empty()) {
        made.text = "No container or CI file near the project has alembic upgrade: who runs it is "
                    "not known.";
    } else {
        made.outcome = here.outcome;
        made.evidence = *lines;
        made.text = "alembic upgrade stands in " + firstOf(textsOf(*lines)) + " and asks nobody." +
                    (here.outcome == Outcome::Works ? std::string() : " " + here.text);
    }
    return made;
}

Scenario deployment(const ImpactInput& input, const Scenario& here)
{
    Scenario made{.id = "deployment", .title = "A deployment that upgrades at its start"};
    made.needsRehearsal = here.needsRehearsal;
    if (!input.around.scanned)
        return notScanned(input, std::move(made), here);
    const ContainerFacts* const container = leading(input.around.containers);
    if (container == nullptr) {
        made.text = "No container of the project was found.";
        return made;
    }
    made.evidence.push_back(placeOf(*container));
    if (container->order == StartOrder::NotKnown) {
        made.text = container->name + " starts in a way that could not be followed.";
    } else if (container->order == StartOrder::NoUpgrade ||
               container->order == StartOrder::ByAnother) {
        const bool waiting = !input.diagnosis.pending.empty();
        made.outcome = waiting ? Outcome::Risky : Outcome::Works;
        made.text = container->name + " does not upgrade at its start." +
                    (waiting ? " The application would run on the old schema, with " +
                                   pendingCount(input.diagnosis) + " pending."
                             : std::string());
        made.needsRehearsal = false;
    } else {
        made.outcome = outcomeAt(*container, here);
        made.text = container->name + " upgrades at its start." + startAfter(*container, here);
    }
    return made;
}

Scenario replicas(const ImpactInput& input)
{
    Scenario made{.id = "replicas", .title = "Several replicas that start at once"};
    const SurroundingFacts& around = input.around;
    const auto upgrader = std::ranges::find_if(around.containers, upgrades);
    const bool known = around.scanned && upgrader != around.containers.end();
    if (around.scanned && !known) {
        const bool open = std::ranges::any_of(around.containers, [](const ContainerFacts& each) {
            return each.order == StartOrder::NotKnown;
        });
        made.outcome = open || around.containers.empty() ? Outcome::NotKnown : Outcome::Works;
        made.text = made.outcome == Outcome::Works
                        ? "No container upgrades at its start, so none meets another."
                        : "Whether containers upgrade at their start could not be told.";
        return made;
    }
    if (known)
        made.evidence.push_back(placeOf(*upgrader));
    if (around.envTakesLock.value_or(false)) {
        made.outcome = Outcome::Works;
        made.text = "env.py takes an advisory lock: one upgrades, the others wait.";
        made.needsRehearsal = true;
        return made;
    }
    made.outcome = known || !around.upgradeLines.value_or(std::vector<Evidence>()).empty()
                       ? Outcome::Risky
                       : Outcome::NotKnown;
    made.text =
        "Alembic takes no lock of its own. Two upgrades at once run the same revisions: one "
        "wins, and the other stops at an object that is there already";
    made.text += input.pending != nullptr && input.pending->concurrent
                     ? ", or leaves a part, because something runs outside of transactions."
                     : ".";
    if (known && upgrader->replicas.value_or(1) > 1)
        made.text +=
            " " + upgrader->name + " has " + std::to_string(*upgrader->replicas) + " replicas.";
    return made;
}

/// Newest first: what would be undone.
std::vector<RevisionIndex> wayBackOf(const ImpactInput& input)
{
    std::vector<RevisionIndex> path;
    for (const RevisionId& id : input.diagnosis.pending) {
        if (const auto index = input.graph.find(id))
            path.insert(path.begin(), *index);
    }
    if (path.empty()) {
        for (const RevisionId& id : input.diagnosis.current) {
            if (const auto index = input.graph.find(id))
                path.push_back(*index);
        }
    }
    if (path.empty() && !input.diagnosis.hasDatabase)
        path.assign(input.graph.heads().begin(), input.graph.heads().end());
    return path;
}

/// The first step of a way back that is as bad as the worst.
std::string worstStep(const RevisionGraph& graph, const DowngradePath& path)
{
    const auto step = std::ranges::find(path.steps, path.worst, &DowngradeAssessment::kind);
    if (step == path.steps.end())
        return "";
    std::string text = "revision " + graph.revision(step->revision).id;
    if (!step->loses.empty())
        return text + " loses " + firstOf(step->loses, 2);
    return text + (step->reason.empty() ? "" : ": " + printable(firstSentence(step->reason)));
}

struct WayBackWords
{
    DowngradeKind kind;
    Outcome outcome;
    std::string_view words;
};

constexpr std::array wayBackWords{
    WayBackWords{DowngradeKind::Mirrors, Outcome::Works, "the downgrades give the schema back"},
    WayBackWords{DowngradeKind::Lossy,
                 Outcome::LosesData,
                 "the downgrades give the schema back, but not the data"},
    WayBackWords{
        DowngradeKind::NotKnown, Outcome::NotKnown, "the downgrades could not be read in full"},
    WayBackWords{
        DowngradeKind::Incomplete, Outcome::Risky, "the downgrades do not give the schema back"},
    WayBackWords{DowngradeKind::Refused, Outcome::Stops, "PostgreSQL would refuse a downgrade"},
    WayBackWords{DowngradeKind::Raises, Outcome::Stops, "a downgrade refuses to run"},
    WayBackWords{DowngradeKind::Missing, Outcome::Stops, "a downgrade is missing"}};

Scenario rollback(const ImpactInput& input)
{
    Scenario made{.id = "rollback", .title = "A rollback"};
    std::vector<RevisionIndex> way = wayBackOf(input);
    if (input.history == nullptr || way.empty()) {
        made.text = "There is no revision to take back, or what they do was not read.";
        return made;
    }
    const bool cut = way.size() > longestWayBack;
    if (cut)
        way.resize(longestWayBack);
    const DowngradePath path = assessDowngradePath(*input.history, way);
    const auto words = std::ranges::find(wayBackWords, path.worst, &WayBackWords::kind);
    made.outcome = words->outcome;
    made.text = "Taking back " + counted(way.size(), "revision", "revisions") + ": " +
                std::string(words->words);
    if (const std::string step = worstStep(input.graph, path);
        path.worst != DowngradeKind::Mirrors && !step.empty())
        made.text += " (" + step + ")";
    made.text += cut ? "; those before were not judged." : ".";
    if (cut && made.outcome == Outcome::Works)
        made.outcome = Outcome::NotKnown;
    if (std::ranges::any_of(input.around.containers, upgrades))
        made.text += " An older release that upgrades at its start stops while the database is at "
                     "a revision that it has no file for.";
    made.needsRehearsal = made.outcome == Outcome::Works || made.outcome == Outcome::NotKnown;
    for (const DowngradeAssessment& step : path.steps) {
        if (step.kind == path.worst && step.kind != DowngradeKind::Mirrors &&
            made.evidence.size() < 5) {
            const RevisionId& id = input.graph.revision(step.revision).id;
            made.evidence.push_back({.text = id, .revision = id});
        }
    }
    return made;
}

} // namespace

std::string_view toText(Scenario::Outcome outcome)
{
    constexpr std::array words{std::string_view("works"),
                               std::string_view("stops"),
                               std::string_view("loses-data"),
                               std::string_view("risky"),
                               std::string_view("not-known")};
    return words[static_cast<std::size_t>(outcome)];
}

Impact impactOf(const ImpactInput& input)
{
    Scenario here = thisDatabase(input);
    Scenario deployed = deployment(input, here);
    return {.scenarios = {freshDatabase(input),
                          std::move(here),
                          std::move(deployed),
                          replicas(input),
                          rollback(input)},
            .cleanStart = cleanStartList(input)};
}

} // namespace sightglass
