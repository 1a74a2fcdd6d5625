// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/differential/operations/case_runner.h"

#include "core/differences/differences.h"
#include "core/history/history_reader.h"
#include "core/inspection/sql_script.h"
#include "core/models/models.h"
#include "core/postgres/connect.h"
#include "core/scripts/script_directory.h"
#include "core/sql/sql_reader.h"

#include <QJsonObject>
#include <QTemporaryDir>

#include <algorithm>

namespace sightglass::tests {

namespace {

QString q(const std::string& text)
{
    return QString::fromStdString(text);
}

std::string s(const QJsonValue& value)
{
    return value.toString().toStdString();
}

struct Statement
{
    std::string print; ///< libpg_query's fingerprint
    std::string text;
};

bool isIndex(const Statement& statement)
{
    return statement.text.starts_with("CREATE INDEX") ||
           statement.text.starts_with("CREATE UNIQUE INDEX");
}

/// Alembic walks a table's indexes as a set, in an order that changes from run to run.
void sortIndexes(std::vector<Statement>& statements)
{
    for (auto from = statements.begin(); from != statements.end();) {
        const auto to = std::find_if_not(from, statements.end(), isIndex);
        std::sort(from, to, [](const Statement& left, const Statement& right) {
            return std::pair(left.print, left.text) < std::pair(right.print, right.text);
        });
        from = to == statements.end() ? to : std::next(to);
    }
}

std::vector<Statement> statementsOf(std::string_view sql)
{
    std::vector<Statement> result;
    for (const SqlStatement& statement : readSql(sql)) {
        const std::string print = sqlFingerprint(statement.text);
        if (print.empty() && statement.error.empty())
            continue; // a comment alone
        // Alembic before 1.19 also drops the version table at the end of a way down to base.
        if (statement.text != "DROP TABLE alembic_version")
            result.push_back({print, statement.text});
    }
    sortIndexes(result);
    return result;
}

std::string shown(const Difference& difference)
{
    return difference.kind + " " + toText(difference.object) +
           (difference.part.empty() ? "" : "." + difference.part) + " " +
           std::string(toText(difference.change)) + "\n        replayed: " + difference.left +
           "\n        server:   " + difference.right;
}

std::string shown(const Doubt& doubt)
{
    return toText(doubt.table) + (doubt.column.empty() ? "" : "." + doubt.column) + ": " +
           doubt.reason;
}

/// Whether reading said before that it does not know this very object.
const Doubt* doubtAbout(const Difference& difference, const std::vector<Doubt>& doubts)
{
    const auto found = std::find_if(doubts.begin(), doubts.end(), [&](const Doubt& doubt) {
        return doubt.table.name.empty() ||
               (doubt.table == difference.object &&
                (doubt.column.empty() || doubt.column == difference.part));
    });
    return found == doubts.end() ? nullptr : &*found;
}

const CaseRevision& revisionOf(const MigrationCase& each, const std::string& id)
{
    return *std::find_if(each.revisions.begin(),
                         each.revisions.end(),
                         [&](const CaseRevision& one) { return one.id == id; });
}

bool isLine(const MigrationCase& each)
{
    return std::all_of(each.revisions.begin(), each.revisions.end(), [&](const CaseRevision& one) {
        return one.dependsOn.empty() &&
               (&one == &each.revisions.front()
                    ? one.down.empty()
                    : one.down == std::vector<std::string>{(&one - 1)->id});
    });
}

} // namespace

struct CaseRunner::Work
{
    const MigrationCase& each;
    std::string folder;
    Inspection inspection;
    CaseResult result;

    const History& history() const { return *inspection.history; }

    void disagree(const std::string& where, const std::string& text)
    {
        result.disagreements.push_back({where, text});
    }
};

bool CaseRunner::start(QString& error)
{
    if (!m_oracle.start(QStringLiteral("differential/operations/oracle.py"))) {
        error = QStringLiteral("The oracle does not answer. Install Alembic for /usr/bin/python3.");
        return false;
    }
    auto server = PrivateServer::start({});
    if (!server) {
        error = q(toText(server.error()));
        return false;
    }
    m_server = std::move(*server);
    m_dsn = m_server->conninfo("cases");
    m_oracle.ask({{QStringLiteral("ask"), QStringLiteral("database")},
                  {QStringLiteral("dsn"), q(m_server->conninfo())},
                  {QStringLiteral("name"), QStringLiteral("cases")}});
    const auto target = parseConnectionTarget(m_dsn);
    auto database = connectReadOnly(*target, {}, {});
    if (!database) {
        error = q(toText(database.error()));
        return false;
    }
    m_database = std::move(*database);
    return true;
}

QJsonObject CaseRunner::ask(const char* what, const std::string& folder, const std::string& to)
{
    return m_oracle.ask({{QStringLiteral("ask"), QString::fromLatin1(what)},
                         {QStringLiteral("folder"), q(folder)},
                         {QStringLiteral("dsn"), q(m_dsn)},
                         {QStringLiteral("to"), q(to)}});
}

Schema CaseRunner::liveSchema()
{
    const auto live = m_database->readState({}, {});
    if (!live)
        qFatal("%s", toText(live.error()).c_str());
    return live->schema;
}

Inspection CaseRunner::read(const std::string& folder) const
{
    const DiskFileSystem files;
    const auto project = findProject(files, {.start = folder});
    if (!project)
        qFatal("%s", toText(project.error()).c_str());
    auto scripts = std::make_shared<const Scripts>(*readScripts(files, *project, {}));
    const auto graph =
        std::make_shared<const RevisionGraph>(RevisionGraph::build(scripts->revisions));
    const auto models = std::make_shared<const ModelsReading>(readModels(files, *project, {}, {}));
    HistorySettings settings;
    settings.surroundings.convention = models->convention;
    return assembleInspection({.scripts = scripts,
                               .graph = graph,
                               .history = readHistory(files, *scripts, graph, settings, {}),
                               .models = models,
                               .target = {}});
}

CaseResult CaseRunner::run(const MigrationCase& each, const std::set<std::string>& only)
{
    QTemporaryDir folder;
    const std::string path = folder.path().toStdString();
    writeProject(each, path);
    Work work{.each = each, .folder = path, .inspection = read(path), .result = {}};
    if (ask("empty", path, {}).contains(QStringLiteral("error")))
        qFatal("the database can't be made empty");
    if (each.once || !each.fails.empty())
        compareAtOnce(work);
    else
        compareSteps(work, only);
    const FreshRun& fresh = work.history().freshRun();
    if (each.succeeds && fresh.outcome != FreshRun::Outcome::Succeeds)
        work.disagree(fresh.revision,
                      "reading is not sure that it succeeds: " +
                          (fresh.doubts.empty() ? fresh.error : fresh.doubts.front()));
    if (each.fails.empty())
        compareSql(work, "base:heads", false);
    const bool marked = !each.doubts.empty();
    if (marked && work.result.doubted == 0 && work.result.disagreements.empty())
        work.disagree("", "nothing was doubted; take the mark `--- doubts` away");
    return std::move(work.result);
}

void CaseRunner::compareAtOnce(Work& work)
{
    const QJsonObject answer = ask("upgrade", work.folder, "heads");
    const FreshRun& run = work.history().freshRun();
    if (answer.contains(QStringLiteral("error"))) {
        if (work.each.fails.empty())
            work.disagree(s(answer[QStringLiteral("at")]),
                          "real Alembic stops: " + s(answer[QStringLiteral("message")]));
        compareStop(work, answer);
        return;
    }
    if (!work.each.fails.empty())
        work.disagree("", "real Alembic does not stop");
    if (run.outcome == FreshRun::Outcome::Stops)
        work.disagree(run.revision, "reading says that it stops: " + run.error);
    work.result.verdictNotKnown = run.outcome == FreshRun::Outcome::NotKnown;
    std::vector<RevisionIndex> heads;
    for (const RevisionIndex index : work.inspection.graph->walkOrder())
        heads.push_back(index);
    compareSchema(work, "heads", work.history().at(heads));
}

void CaseRunner::compareSteps(Work& work, const std::set<std::string>& only)
{
    std::vector<RevisionIndex> applied;
    const auto order = work.inspection.graph->walkOrder();
    for (auto index = order.rbegin(); index != order.rend(); ++index) {
        const std::string& id = work.inspection.graph->revision(*index).id;
        const bool last = std::next(index) == order.rend();
        if (!only.empty() && !only.contains(id) && !last)
            continue;
        const std::string to = last ? "heads" : id;
        const QJsonObject answer = ask("upgrade", work.folder, to);
        if (answer.contains(QStringLiteral("error"))) {
            work.disagree(id, "real Alembic stops: " + s(answer[QStringLiteral("message")]));
            return;
        }
        applied.push_back(*index);
        if (last)
            applied.assign(order.begin(), order.end());
        compareSchema(work, id, work.history().at(applied));
    }
    const FreshRun& run = work.history().freshRun();
    work.result.verdictNotKnown = run.outcome == FreshRun::Outcome::NotKnown;
    if (run.outcome == FreshRun::Outcome::Stops)
        work.disagree(run.revision, "reading says that it stops: " + run.error);
    compareDowngrades(work);
}

void CaseRunner::compareDowngrades(Work& work)
{
    if (!isLine(work.each) || work.each.revisions.back().downgrade.empty())
        return;
    const auto order = work.inspection.graph->walkOrder();
    Replay replay = work.history().replayAfter(order[0]);
    std::string lowest = work.each.revisions.back().id;
    for (const RevisionIndex index : order) {
        const CaseRevision& revision =
            revisionOf(work.each, work.inspection.graph->revision(index).id);
        if (revision.downgrade.empty())
            break;
        const std::string to = revision.down.empty() ? "base" : revision.down.front();
        const QJsonObject answer = ask("downgrade", work.folder, to);
        if (answer.contains(QStringLiteral("error"))) {
            work.disagree("down from " + revision.id,
                          "real Alembic stops: " + s(answer[QStringLiteral("message")]));
            return;
        }
        replay.beginRun();
        for (const Operation& operation : work.history().steps(index).downgrade.operations) {
            if (const auto refusal = replay.apply(operation))
                work.disagree("down from " + revision.id,
                              "reading says that it stops: " + refusal->message);
        }
        compareSchema(work, "down from " + revision.id, {replay.schema(), replay.doubts()});
        ++work.result.downgradesCompared;
        lowest = to;
    }
    compareSql(work, work.each.revisions.back().id + ":" + lowest, true);
}

void CaseRunner::compareSchema(Work& work, const std::string& where, const ReplayedSchema& replayed)
{
    DifferenceSettings settings;
    settings.leftOut = [](const QualifiedName& name) { return name.name == "alembic_version"; };
    for (const Difference& difference :
         differencesBetween(replayed.schema, liveSchema(), settings)) {
        const Doubt* doubt = doubtAbout(difference, replayed.doubts);
        const bool allowed = doubt != nullptr && !work.each.doubts.empty() &&
                             doubt->reason.find(work.each.doubts) != std::string::npos;
        if (allowed)
            ++work.result.doubted;
        else
            work.disagree(where,
                          shown(difference) +
                              (doubt ? "\n        doubted:  " + doubt->reason : std::string()));
    }
    work.result.doubts.clear();
    for (const Doubt& doubt : replayed.doubts)
        work.result.doubts.push_back(shown(doubt));
    ++work.result.revisionsCompared;
}

void CaseRunner::compareStop(Work& work, const QJsonObject& answer) const
{
    const FreshRun& run = work.history().freshRun();
    const std::string message = s(answer[QStringLiteral("message")]);
    const std::string revision = s(answer[QStringLiteral("at")]);
    if (message.find(work.each.fails) == std::string::npos)
        work.disagree(revision, "real Alembic stops with other words: " + message);
    if (run.outcome != FreshRun::Outcome::Stops) {
        std::string doubts;
        for (const std::string& doubt : run.doubts)
            doubts += "\n        doubted:  " + doubt;
        work.disagree(revision, "reading does not see that it stops: " + message + doubts);
        return;
    }
    if (run.revision != revision)
        work.disagree(revision, "reading stops at " + run.revision + ": " + run.error);
    // What Python raises may be worded by us with its class in front.
    const bool alike =
        answer[QStringLiteral("state")].toString().isEmpty()
            ? run.error.find(message.substr(0, message.find('\n'))) != std::string::npos
            : run.error == message;
    if (!alike)
        work.disagree(revision,
                      "other words\n        reading: " + run.error +
                          "\n        real:    " + message);
    ++work.result.revisionsCompared;
}

void CaseRunner::compareSql(Work& work, const std::string& range, bool downgrade)
{
    const QJsonObject answer = m_oracle.ask({{QStringLiteral("ask"), QStringLiteral("sql")},
                                             {QStringLiteral("folder"), q(work.folder)},
                                             {QStringLiteral("range"), q(range)},
                                             {QStringLiteral("downgrade"), downgrade}});
    const std::string where = downgrade ? "sql downgrade" : "sql";
    const auto script = sqlScript(DiskFileSystem(),
                                  work.inspection.scripts->project,
                                  *work.inspection.graph,
                                  work.history(),
                                  range,
                                  downgrade);
    if (!script) {
        work.disagree(where, toText(script.error()));
        return;
    }
    const std::string stop = answer.contains(QStringLiteral("error"))
                                 ? "Revision " + s(answer[QStringLiteral("at")]) + ":"
                                 : std::string();
    std::string said;
    for (const auto* sentences : {&script->onlineOnly, &script->notRendered}) {
        if (said.empty() && !sentences->empty())
            said = sentences->front();
    }
    if (!stop.empty() && !said.starts_with(stop))
        work.disagree(where,
                      "alembic --sql stops\n        reading: " + said + "\n        real:    " +
                          stop + " " + s(answer[QStringLiteral("message")]));
    if (stop.empty() && !script->onlineOnly.empty())
        work.disagree(where, "alembic --sql does not stop\n        reading: " + said);
    if (!stop.empty())
        return;
    // What reading says it can't write is no less doubted than the schema of it.
    if (!work.each.doubts.empty() && !script->notRendered.empty())
        return;
    const std::vector<Statement> ours = statementsOf(scriptText(script->lines));
    const std::vector<Statement> theirs = statementsOf(s(answer[QStringLiteral("sql")]));
    const auto at = [](const std::vector<Statement>& list, std::size_t i) {
        return i < list.size() ? list[i] : Statement{"", "(none)"};
    };
    for (std::size_t i = 0; i < std::max(ours.size(), theirs.size()); ++i) {
        if (at(ours, i).print == at(theirs, i).print) {
            ++work.result.statementsCompared;
            continue;
        }
        work.disagree(where,
                      "statement " + std::to_string(i + 1) + "\n        rendered: " +
                          at(ours, i).text + "\n        alembic:  " + at(theirs, i).text);
        return; // what follows would be shifted
    }
}

std::string describe(const MigrationCase& each, const CaseResult& result)
{
    std::string text = each.place + ": " + each.name + "\n";
    for (const Disagreement& disagreement : result.disagreements)
        text += "    " + disagreement.where + ": " + disagreement.text + "\n";
    return text;
}

} // namespace sightglass::tests
