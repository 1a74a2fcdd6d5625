// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/differential/rebuild/rebuild_bench.h"

#include "core/postgres/connect.h"
#include "core/postgres/writing_session.h"
#include "core/rebuild/function_texts.h"

#include <QDir>
#include <QFile>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>

#include <algorithm>
#include <set>

namespace sightglass::tests {

namespace {

QString q(const std::string& text)
{
    return QString::fromStdString(text);
}

} // namespace

bool RebuildBench::start(QString& error)
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
    m_dsn = m_server->conninfo("rebuilt");
    m_oracle.ask({{QStringLiteral("ask"), QStringLiteral("database")},
                  {QStringLiteral("dsn"), q(m_server->conninfo())},
                  {QStringLiteral("name"), QStringLiteral("rebuilt")}});
    return true;
}

QString RebuildBench::ask(const char* what, const std::string& folder, const std::string& to)
{
    const QJsonObject answer = m_oracle.ask({{QStringLiteral("ask"), QString::fromLatin1(what)},
                                             {QStringLiteral("folder"), q(folder)},
                                             {QStringLiteral("dsn"), q(m_dsn)},
                                             {QStringLiteral("to"), q(to)}});
    if (!answer.contains(QStringLiteral("error")))
        return {};
    return answer[QStringLiteral("error")].toString() + QStringLiteral(": ") +
           answer[QStringLiteral("message")].toString();
}

QString RebuildBench::upgrade(const std::string& folder, const std::string& to)
{
    const QString emptied = ask("empty", folder, {});
    return emptied.isEmpty() ? ask("upgrade", folder, to) : emptied;
}

QString RebuildBench::downgrade(const std::string& folder, const std::string& to)
{
    return ask("downgrade", folder, to);
}

LiveState RebuildBench::live() const
{
    auto database = connectReadOnly(*parseConnectionTarget(m_dsn), {}, {});
    if (!database)
        qFatal("%s", toText(database.error()).c_str());
    auto live = (*database)->readState({}, {});
    if (!live)
        qFatal("%s", toText(live.error()).c_str());
    return std::move(*live);
}

Schema RebuildBench::schema() const
{
    Schema schema = live().schema;
    schema.tables.erase(QualifiedName{"public", "alembic_version"});
    return schema;
}

FunctionTexts RebuildBench::functions() const
{
    auto session = connectForAction(*parseConnectionTarget(m_dsn), {}, {});
    if (!session)
        qFatal("%s", toText(session.error()).c_str());
    const auto texts = readFunctionTexts(**session, {});
    if (!texts)
        qFatal("%s", toText(texts.error()).c_str());
    return *texts;
}

std::vector<std::string> RebuildBench::dump() const
{
    QProcess process;
    process.start(QStringLiteral("/usr/lib/postgresql/15/bin/pg_dump"),
                  {QStringLiteral("--schema-only"),
                   QStringLiteral("--no-owner"),
                   QStringLiteral("--exclude-table=alembic_version"),
                   QStringLiteral("--dbname=") + q(m_dsn)});
    if (!process.waitForFinished(60000) || process.exitCode() != 0)
        qFatal("%s", process.readAllStandardError().constData());
    // Each dump has a random word of its own.
    QString text = QString::fromUtf8(process.readAllStandardOutput());
    text.remove(QRegularExpression(QStringLiteral("\\\\(un)?restrict \\w+\n")));
    std::vector<std::string> statements;
    for (const QString& part : text.split(QStringLiteral("\n--\n"))) {
        if (!part.startsWith(QStringLiteral("-- ")) && !part.trimmed().isEmpty())
            statements.push_back(part.trimmed().toStdString());
    }
    std::ranges::sort(statements);
    return statements;
}

std::vector<MigrationCase> operationCases()
{
    std::vector<MigrationCase> cases;
    const QDir folder(QStringLiteral(SIGHTGLASS_TEST_DATA "/operations"));
    for (const QString& name : folder.entryList({QStringLiteral("*.cases")}, QDir::Files)) {
        QFile file(folder.filePath(name));
        if (!file.open(QFile::ReadOnly))
            qFatal("%s can't be read", qPrintable(name));
        for (MigrationCase& each : casesFromText(file.readAll().toStdString(), name.toStdString()))
            cases.push_back(std::move(each));
    }
    return cases;
}

QString unlike(const std::vector<std::string>& left, const std::vector<std::string>& right)
{
    QString text;
    const std::multiset<std::string> inLeft(left.begin(), left.end());
    const std::multiset<std::string> inRight(right.begin(), right.end());
    for (const std::string& each : left) {
        if (inRight.count(each) != inLeft.count(each))
            text += QStringLiteral("- ") + q(each) + QLatin1Char('\n');
    }
    for (const std::string& each : right) {
        if (inRight.count(each) != inLeft.count(each))
            text += QStringLiteral("+ ") + q(each) + QLatin1Char('\n');
    }
    return text;
}

} // namespace sightglass::tests
