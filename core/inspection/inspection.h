// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/diagnose.h"
#include "core/findings/finding.h"
#include "core/history/history.h"
#include "core/live/live_state.h"
#include "core/models/models.h"
#include "core/revisions/revision_graph.h"
#include "core/rules/review_result.h"
#include "core/scripts/script_directory.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sightglass {

struct Outlook;
struct ProjectScan;

/// Everything known at one moment. Immutable once built; handed to any thread as
/// shared_ptr<const Inspection>.
struct Inspection
{
    std::shared_ptr<const Scripts> scripts;      ///< never null
    std::shared_ptr<const RevisionGraph> graph;  ///< never null
    std::shared_ptr<const History> history;      ///< of this graph; null: operations are not read
    std::shared_ptr<const ModelsReading> models; ///< null: models are not read
    std::shared_ptr<const LiveState> live;       ///< null: no database, or it could not be read
    std::optional<Error> liveError;              ///< why it could not be read
    /// Why `live` is older than it was asked for: a later reading failed. Absent: it is the newest.
    std::optional<Error> refreshError;
    std::string target;            ///< ConnectionTarget::shown; empty: none asked for
    std::vector<Finding> findings; ///< sorted: the chain's, and an unhealthy database as one more
    Diagnosis diagnosis;
    std::vector<bool> applied; ///< per RevisionIndex; empty when no version table was read
    std::vector<RevisionIndex> databaseAt;      ///< revisions that the version rows name
    std::vector<std::string> unknownRows;       ///< version rows that no file defines
    std::shared_ptr<const ReviewResult> review; ///< of every revision; null: not reviewed
    std::vector<std::string> protectedTables;   ///< patterns of sightglass.toml
    /// What should hold before the pending revisions run; empty: not reviewed with a database.
    std::vector<ChecklistItem> beforeUpgrade;
    /// What lies around the migrations; null: not looked at. Its findings are among `findings`.
    std::shared_ptr<const ProjectScan> surroundings;
    /// Which database it is and what an upgrade would meet and mean; null: not looked at.
    std::shared_ptr<const Outlook> outlook;
};

/// The live schema as operations are tried on it: what was not read of it is as the recorded
/// revisions promise. Needs Inspection::live.
Schema schemaToTry(const Inspection& inspection);

/// Those of `findings` that are about the chain, in their order; what `chain` prints and judges.
std::vector<Finding> findingsOnTheChain(const Inspection& inspection);

/// What was read, as far as it was.
struct InspectionParts
{
    std::shared_ptr<const Scripts> scripts;     ///< never null
    std::shared_ptr<const RevisionGraph> graph; ///< of these scripts; null: it is built
    std::shared_ptr<const History> history;     ///< of this graph
    std::shared_ptr<const ModelsReading> models;
    std::shared_ptr<const LiveState> live;
    std::optional<Error> liveError;
    std::optional<Error> refreshError; ///< of a later reading than `live`
    std::string target;
    std::shared_ptr<const ElsewhereSearch> elsewhere; ///< for unknown version rows; null: none
    std::vector<std::string> protectedTables;         ///< patterns of sightglass.toml
};

/// Puts together what was read. Pure.
Inspection assembleInspection(InspectionParts parts);

/// Adds what a review found; what its authors took back stays out of the findings.
void addReview(Inspection& inspection,
               std::shared_ptr<const ReviewResult> review,
               std::vector<ChecklistItem> beforeUpgrade = {});

/// Adds what lies around the migrations, once; its findings join the others.
void addSurroundings(Inspection& inspection, std::shared_ptr<const ProjectScan> scan);

} // namespace sightglass
