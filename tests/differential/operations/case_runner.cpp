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

std::vector<std::string> fingerprints(std::string_view sql, std::vector<std::string>& texts)
{
    std::vector<std::string> result;
    for (const SqlStatement& statement : readSql(sql)) {
        const std::string print = sqlFingerprint(statement.text);
        if (print.empty() && statement.error.empty())
            continue; // a comment alone
        result.push_back(print);
        texts.push_back(statement.text);
    }
    return result;
}

std::string shown(const Difference& difference)
{
    return difference.kind + " " + toText(difference.object) +
           (difference.part.empty() ? "" : "." + difference.part) + " " +
           std::string(toText(difference.change)) + "\n        replayed: " + difference.left +
           "\n        server:   " + difference.right;
}

} // namespace

bool CaseRunner::start(QString& error)
{
    if (!m_oracle.start(QStringLiteral("differential/operations/oracle.py"))) {
        error = m_oracle.error();
        return false;
    }
    auto server = PrivateServer::start({});
    if (!server) {
        error = q(toText(server.error()));
        return false;
    }
    m_server = std::move(*server);
    return true;
}

std::string CaseRunner::newDatabase()
{
    const std::string name = "case" + std::to_string(++m_databases);
    m_oracle.ask({{QStringLiteral("ask"), QStringLiteral("database")},
                  {QStringLiteral("dsn"), q(m_server->conninfo())},
                  {QStringLiteral("name"), q(name)}});
    return m_server->conninfo(name);
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

CaseResult CaseRunner::run(const MigrationCase& each)
{
    QTemporaryDir folder;
    const std::string path = folder.path().toStdString();
    writeProject(each, path);
    const Inspection inspection = read(path);
    CaseResult result;
    compareSchemas(each, path, inspection, result);
    if (each.fails.empty())
        compareSql(path, inspection, result);
    return result;
}

void CaseRunner::compareSchemas(const MigrationCase& each,
                                const std::string& folder,
                                const Inspection& inspection,
                                CaseResult& result)
{
    const std::string dsn = newDatabase();
    std::vector<RevisionIndex> applied;
    const auto order = inspection.graph->walkOrder();
    for (auto index = order.rbegin(); index != order.rend(); ++index) {
        const std::string& id = inspection.graph->revision(*index).id;
        const QJsonObject answer = m_oracle.ask({{QStringLiteral("ask"), QStringLiteral("upgrade")},
                                                 {QStringLiteral("folder"), q(folder)},
                                                 {QStringLiteral("dsn"), q(dsn)},
                                                 {QStringLiteral("to"), q(id)}});
        if (answer.contains(QStringLiteral("error"))) {
            if (each.fails.empty()) {
                result.disagreements.push_back(
                    {id, "real Alembic stops: " + s(answer[QStringLiteral("message")])});
            }
            compareStop(answer, id, inspection, result);
            return;
        }
        applied.push_back(*index);
        const auto target = parseConnectionTarget(dsn);
        auto database = connectReadOnly(*target, {}, {});
        if (!database)
            qFatal("%s", toText(database.error()).c_str());
        const auto live = (*database)->readState({}, {});
        if (!live)
            qFatal("%s", toText(live.error()).c_str());
        DifferenceSettings settings;
        settings.leftOut = [](const QualifiedName& name) { return name.name == "alembic_version"; };
        const auto replayed = inspection.history->at(applied);
        for (const Difference& difference :
             differencesBetween(replayed.schema, live->schema, settings))
            result.disagreements.push_back({id, shown(difference)});
        ++result.revisionsCompared;
    }
    const FreshRun& run = inspection.history->freshRun();
    if (run.outcome == FreshRun::Outcome::Stops) {
        result.disagreements.push_back({run.revision, "reading says that it stops: " + run.error});
    }
    if (!each.fails.empty())
        result.disagreements.push_back({"", "real Alembic does not stop"});
}

void CaseRunner::compareStop(const QJsonObject& answer,
                             const std::string& revision,
                             const Inspection& inspection,
                             CaseResult& result) const
{
    const FreshRun& run = inspection.history->freshRun();
    const std::string message = s(answer[QStringLiteral("message")]);
    if (run.outcome != FreshRun::Outcome::Stops) {
        result.disagreements.push_back(
            {revision, "reading does not see that it stops: " + message});
        return;
    }
    if (run.revision != revision)
        result.disagreements.push_back({revision, "reading stops at " + run.revision});
    // What Python raises may be worded by us with its class in front.
    const bool alike =
        answer[QStringLiteral("state")].toString().isEmpty()
            ? run.error.find(message.substr(0, message.find('\n'))) != std::string::npos
            : run.error == message;
    if (!alike) {
        result.disagreements.push_back(
            {revision,
             "other words\n        reading: " + run.error + "\n        real:    " + message});
    }
}

void CaseRunner::compareSql(const std::string& folder,
                            const Inspection& inspection,
                            CaseResult& result)
{
    const QJsonObject answer =
        m_oracle.ask({{QStringLiteral("ask"), QStringLiteral("sql")},
                      {QStringLiteral("folder"), q(folder)},
                      {QStringLiteral("range"), QStringLiteral("base:heads")}});
    if (answer.contains(QStringLiteral("error")))
        return; // Alembic itself can't print it offline
    const auto script = sqlScript(
        inspection.scripts->project, *inspection.graph, *inspection.history, "base:heads", false);
    if (!script) {
        result.disagreements.push_back({"sql", toText(script.error())});
        return;
    }
    const std::string ours = scriptText(script->lines);
    std::vector<std::string> ourTexts;
    std::vector<std::string> theirTexts;
    const auto ourPrints = fingerprints(ours, ourTexts);
    const auto theirPrints = fingerprints(s(answer[QStringLiteral("sql")]), theirTexts);
    for (std::size_t i = 0; i < std::max(ourPrints.size(), theirPrints.size()); ++i) {
        const std::string our = i < ourPrints.size() ? ourPrints[i] : "";
        const std::string their = i < theirPrints.size() ? theirPrints[i] : "";
        if (our == their) {
            ++result.statementsCompared;
            continue;
        }
        result.disagreements.push_back(
            {"sql",
             "statement " + std::to_string(i + 1) +
                 "\n        rendered: " + (i < ourTexts.size() ? ourTexts[i] : "(none)") +
                 "\n        alembic:  " + (i < theirTexts.size() ? theirTexts[i] : "(none)")});
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
