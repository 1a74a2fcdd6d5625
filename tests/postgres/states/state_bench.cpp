// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/postgres/states/state_bench.h"

#include "core/history/history_reader.h"
#include "core/models/models.h"
#include "core/postgres/connect.h"
#include "core/scripts/script_directory.h"
#include "tests/support/migration_case.h"

#include <QJsonObject>

namespace sightglass::tests {

namespace {

QString q(const std::string& text)
{
    return QString::fromStdString(text);
}

constexpr const char* databaseName = "states";

} // namespace

Inspection inspectionOf(const std::string& folder,
                        const std::string& dsn,
                        std::shared_ptr<const ElsewhereSearch> elsewhere)
{
    const DiskFileSystem files;
    const auto project = findProject(files, {.start = folder});
    if (!project)
        qFatal("%s", toText(project.error()).c_str());
    const auto scripts = std::make_shared<const Scripts>(*readScripts(files, *project, {}));
    const auto graph =
        std::make_shared<const RevisionGraph>(RevisionGraph::build(scripts->revisions));
    const auto models = std::make_shared<const ModelsReading>(readModels(files, *project, {}, {}));
    HistorySettings settings;
    settings.surroundings.convention = models->convention;
    VersionTableHint hint;
    if (project->versionTable.value.isKnown())
        hint.table = project->versionTable.value.value();
    if (project->versionTableSchema.value.isKnown())
        hint.schema = project->versionTableSchema.value.value();
    auto database = connectReadOnly(*parseConnectionTarget(dsn), {}, {});
    if (!database)
        qFatal("%s", toText(database.error()).c_str());
    auto live = (*database)->readState(hint, {});
    if (!live)
        qFatal("%s", toText(live.error()).c_str());
    return assembleInspection({.scripts = scripts,
                               .graph = graph,
                               .history = readHistory(files, *scripts, graph, settings, {}),
                               .models = models,
                               .live = std::make_shared<const LiveState>(std::move(*live)),
                               .liveError = {},
                               .target = dsn,
                               .elsewhere = std::move(elsewhere)});
}

std::string recommendedOf(const Diagnosis& diagnosis)
{
    std::string text;
    for (const WayBack& option : diagnosis.options) {
        if (option.recommended)
            text += (text.empty() ? "" : "+") + option.id;
    }
    return text;
}

std::string textOf(const Diagnosis& diagnosis)
{
    std::string text = diagnosis.title + "\n" + diagnosis.detail + "\n";
    for (const Evidence& each : diagnosis.evidence)
        text += each.text + "\n";
    return text;
}

std::string stepsOf(const Diagnosis& diagnosis)
{
    std::string text;
    for (const WayBack& option : diagnosis.options) {
        text += "[" + option.id + "] " + option.title + "\n";
        for (const RepairStep& step : option.steps)
            text += step.command + "\n" + step.sql + "\n";
    }
    return text;
}

bool StateBench::start(QString& error)
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
    if (const auto made = m_server->createDatabase(databaseName, {}); !made) {
        error = q(toText(made.error()));
        return false;
    }
    return true;
}

void StateBench::begin(const std::string& chain)
{
    m_folder = std::make_unique<QTemporaryDir>();
    writeProject(casesFromText(chain, "states").front(), m_folder->path().toStdString());
    const QJsonObject answer =
        m_oracle.ask({{QStringLiteral("ask"), QStringLiteral("empty")},
                      {QStringLiteral("dsn"), q(m_server->conninfo(databaseName))}});
    if (answer.contains(QStringLiteral("error")))
        qFatal("the database can't be made empty");
}

std::string StateBench::upgrade(const std::string& to)
{
    const QJsonObject answer =
        m_oracle.ask({{QStringLiteral("ask"), QStringLiteral("upgrade")},
                      {QStringLiteral("folder"), m_folder->path()},
                      {QStringLiteral("dsn"), q(m_server->conninfo(databaseName))},
                      {QStringLiteral("to"), q(to)}});
    return answer.contains(QStringLiteral("error"))
               ? answer[QStringLiteral("message")].toString().toStdString()
               : std::string();
}

std::string StateBench::sql(const std::string& text) const
{
    const auto ran = m_server->runSql(databaseName, text, {});
    return ran ? std::string() : toText(ran.error());
}

std::string StateBench::conninfo() const
{
    return m_server->conninfo(databaseName);
}

Inspection StateBench::read(std::shared_ptr<const ElsewhereSearch> elsewhere,
                            const std::string& dsnEnd) const
{
    return inspectionOf(m_folder->path().toStdString(),
                        m_server->conninfo(databaseName) + dsnEnd,
                        std::move(elsewhere));
}

} // namespace sightglass::tests
