// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/inspect.h"
#include "app/window/folder_watcher.h"
#include "core/demos/demo.h"
#include "core/inspection/inspection.h"
#include "core/live/connection_target.h"
#include "core/live/database.h"
#include "ui/jobs/job_runner.h"
#include "ui/state/branch_review.h"
#include "ui/state/inspection_store.h"
#include "ui/state/requests.h"
#include "ui/state/selection.h"
#include "ui/state/session.h"
#include "ui/wizard/wizard_desk.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace sightglass {

class Logging;
struct DatabaseVisit;

/// What the controller works on; everything outlives it.
struct ControllerParts
{
    InspectionStore& store;
    Selection& selection;
    Requests& requests;
    Session& session;
    BranchReviewStore& branchReview;
    JobRunner& runner;
    Logging& log;
};

/// Requests → jobs → store: the only starter of stages. Opening runs nothing of the project; a
/// database is read through a session that is opened for the reading and closed after it. The last
/// good inspection stays until there is a better one. What revisions do and what the models declare
/// is read once the chain is in sight, and joins it then.
class Controller : public QObject
{
    Q_OBJECT

public:
    explicit Controller(const ControllerParts& parts, QObject* parent = nullptr);
    ~Controller() override;

    void handle(const Request& request);
    /// True when nothing is being read and nothing waits to be.
    bool isIdle() const;

    /// Of the open project; null before the first reading.
    const std::shared_ptr<const Scripts>& scripts() const { return m_scripts; }

    /// What wizards can do here; empty functions while no database was read, or the revisions were
    /// not.
    WizardDesk desk() const;
    /// Without its password; empty when no database was asked for.
    QString conninfoWithoutPassword() const;
    void dismissMessage(const QString& bar);

Q_SIGNALS:
    /// A project was opened or its diagnosis is new: it belongs into the list of recent ones.
    void projectShown();

private:
    /// One reading of a folder.
    struct FilesRead
    {
        std::shared_ptr<const Scripts> scripts;
    };

    /// An inspection, and the visit to its database that it tells of.
    struct Assembled
    {
        std::shared_ptr<const Inspection> inspection;
        std::shared_ptr<const DatabaseVisit> visit; ///< null: nothing to compare, or not yet
    };

    void openProject(const OpenProject& request);
    void readFiles(const ProjectRequest& request, bool opening);
    void takeFiles(const Result<FilesRead>& result, const ProjectRequest& request, bool opening);
    void adoptProject(const ProjectRequest& request, const Scripts& scripts);
    void connectDatabase(const std::string& target, Environment environment);
    void connectProjectDatabase();
    void forgetDatabase();
    void disconnect();
    void readDatabase();
    void takeDatabase(Result<LiveState> result);
    void startIncident(const QString& name);
    void takeDemo(Result<RunningDemo> result);
    void endDemo();
    void closeProject();
    void openInEditor(const OpenInEditor& request);
    void stopWork();
    void readOperations();
    void takeOperations(const Result<SourceReadings>& result, std::chrono::milliseconds duration);
    void forgetOperations();
    void review(const std::shared_ptr<const Inspection>& inspection);
    void lookAround(const std::shared_ptr<const Inspection>& inspection);
    void reviewBranch(const QString& reference);
    void startBranchReview();
    void closeReview();
    void assemble();
    void takeInspection(std::shared_ptr<const Inspection> made);
    void takeVisit(const Assembled& made);
    void rememberDatabase();
    VersionTableHint versionTableHint() const;

    ControllerParts m_parts;
    FolderWatcher m_watcher;
    ProjectRequest m_request;
    std::shared_ptr<const Scripts> m_scripts;
    std::shared_ptr<const RevisionGraph> m_graph; ///< of m_scripts; null: not built yet
    SourceReadings m_sources;                     ///< of m_graph
    bool m_sourcesAsked = false;              ///< for m_graph; also when it failed or was stopped
    std::optional<ConnectionTarget> m_target; ///< SECRET
    std::shared_ptr<const LiveState> m_live;
    std::shared_ptr<const DatabaseVisit> m_visit; ///< of m_live; null: not compared yet
    std::optional<Error> m_liveError;
    std::optional<Error> m_refreshError;               ///< of a later reading than m_live
    std::shared_ptr<const ProjectScan> m_surroundings; ///< of m_scripts; null: not looked at
    std::shared_ptr<RunningDemo> m_demo; ///< the server that the open project's database lives in
    std::shared_ptr<RunningDemo> m_nextDemo; ///< started; its files are being read
    bool m_databaseWaits =
        false; ///< to be read as soon as the files say what the version table is called
    bool m_chooseFirst = false;  ///< nothing was selected yet in this project
    VersionTableHint m_hintRead; ///< by which the database was read last
};

} // namespace sightglass
