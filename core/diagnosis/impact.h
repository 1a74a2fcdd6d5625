// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/diagnosis.h"
#include "core/history/history.h"
#include "core/revisions/revision_graph.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// When a container of the project upgrades the database.
enum class StartOrder
{
    UpgradesFirst,  ///< before the application
    UpgradesItself, ///< the application's own code does
    UpgradesAfter,  ///< behind or beside the application
    UpgradesOnly,   ///< a container for the upgrade alone
    ByAnother,      ///< waits for a service that upgrades and ends
    NoUpgrade,
    NotKnown
};

/// How one container of the project starts.
struct ContainerFacts
{
    std::string name; ///< "Service web of compose.yml"
    StartOrder order = StartOrder::NotKnown;
    bool failureIgnored = false; ///< what follows runs although the upgrade failed
    bool createsTables = false;  ///< outside of the chain, at its start
    std::optional<int> replicas;
    SourceSpan span;
};

/// What lies around the chain, as far as it was looked at.
struct SurroundingFacts
{
    bool scanned = false; ///< the containers below are known
    std::vector<ContainerFacts> containers;
    std::vector<std::string> createAll; ///< "app/main.py:12": makes the models' tables at its start
    std::vector<std::string> seedFiles; ///< SQL files that a new database server runs by itself
    /// Where the project was not scanned: lines of container and CI files with `alembic upgrade`,
    /// as "start.sh:4".
    std::optional<std::vector<Evidence>> upgradeLines;
    std::optional<bool> envTakesLock; ///< env.py takes an advisory lock; absent: not read
};

/// What a review of the pending revisions came to.
struct PendingFacts
{
    std::string refusedAt;   ///< revision of the first operation that PostgreSQL would refuse
    std::string refusal;     ///< its words
    std::string loss;        ///< what would be destroyed, in words; empty: nothing that is known
    std::string notAnalysed; ///< why something stays open; empty: all was read
    bool concurrent = false; ///< something runs outside of transactions: a stop leaves a part
};

/// All that the impact is told from. Pointers may be null: not read.
struct ImpactInput
{
    const Diagnosis& diagnosis;
    const RevisionGraph& graph;
    const History* history = nullptr;
    const PendingFacts* pending = nullptr; ///< null: nothing is pending, or it was not reviewed
    const SurroundingFacts& around;
    /// Tables of the models that the chain does not make; absent: the models are not known.
    std::optional<std::vector<std::string>> modelsOnly;
    std::size_t modelTables = 0;
};

/// One way to run the chain, and what it would come to.
struct Scenario
{
    enum class Outcome
    {
        Works,
        Stops,
        LosesData,
        Risky, ///< it may work or not: chance decides
        NotKnown
    };
    std::string id;    ///< "fresh-database", …
    std::string title; ///< "A new database"
    Outcome outcome = Outcome::NotKnown;
    std::string text;               ///< one or two sentences
    std::vector<Evidence> evidence; ///< lines of files, revisions; the text is its short name
    bool needsRehearsal = false;    ///< only a run on a copy settles it
};

std::string_view toText(Scenario::Outcome outcome); ///< "works", "stops", "loses-data", …

/// A line of the list for a clean start.
struct CleanStartItem
{
    std::string item;
    std::optional<bool> ok; ///< absent: not known
    std::string evidence;
    bool needsRehearsal = false;
};

struct Impact
{
    std::vector<Scenario> scenarios; ///< fresh, this database, deployment, replicas, rollback
    std::vector<CleanStartItem> cleanStart;
};

/// What running the chain would mean in each scenario, and whether a clean start is possible.
///
/// cost  downgrades of at most 40 revisions are replayed
Impact impactOf(const ImpactInput& input);

/// The clean-start list alone.
std::vector<CleanStartItem> cleanStartList(const ImpactInput& input);

} // namespace sightglass
