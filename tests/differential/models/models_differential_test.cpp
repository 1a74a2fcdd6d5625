// SPDX-License-Identifier: GPL-3.0-or-later
// Models in tests/data/models: the schema that reading finds against the catalog that create_all of
// real SQLAlchemy leaves.
#include "core/cluster/private_server.h"
#include "core/differences/differences.h"
#include "core/live/database.h"
#include "core/models/models.h"
#include "core/postgres/connect.h"
#include "tests/support/alembic_oracle.h"

#include <QDir>
#include <QFile>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

QString q(const std::string& text)
{
    return QString::fromStdString(text);
}

std::string lineOf(const Difference& difference)
{
    return difference.kind + " " + toText(difference.object) + "." + difference.part + " " +
           std::string(toText(difference.change)) + "\n    read:   " + difference.left +
           "\n    server: " + difference.right + "\n";
}

void write(const QString& path, const QByteArray& text)
{
    QFile file(path);
    if (!file.open(QFile::WriteOnly))
        qFatal("a test file can't be written");
    file.write(text);
}

} // namespace

class ModelsDifferentialTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<PrivateServer> m_server;
    std::unique_ptr<Database> m_database;
    std::string m_dsn;
    AlembicOracle m_oracle;

    QJsonObject ask(const char* what, const QString& folder = {})
    {
        return m_oracle.ask({{QStringLiteral("ask"), QString::fromLatin1(what)},
                             {QStringLiteral("folder"), folder},
                             {QStringLiteral("module"), QStringLiteral("models")},
                             {QStringLiteral("name"), QStringLiteral("metadata")},
                             {QStringLiteral("dsn"), q(m_dsn)}});
    }

private Q_SLOTS:

    void initTestCase()
    {
        QVERIFY2(m_oracle.start(QStringLiteral("differential/operations/oracle.py")),
                 "The oracle does not answer. Install Alembic for /usr/bin/python3.");
        auto server = PrivateServer::start({});
        QVERIFY2(server.has_value(), "no private server");
        m_server = std::move(*server);
        m_dsn = m_server->conninfo("models");
        m_oracle.ask({{QStringLiteral("ask"), QStringLiteral("database")},
                      {QStringLiteral("dsn"), q(m_server->conninfo())},
                      {QStringLiteral("name"), QStringLiteral("models")}});
        auto database = connectReadOnly(*parseConnectionTarget(m_dsn), {}, {});
        QVERIFY(database.has_value());
        m_database = std::move(*database);
    }

    void theSchemaThatIsReadIsWhatCreateAllMakes_data()
    {
        QTest::addColumn<QString>("path");
        const QDir folder(QStringLiteral(SIGHTGLASS_TEST_DATA "/models"));
        for (const QString& name : folder.entryList({QStringLiteral("*.py")}, QDir::Files))
            QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }

    void theSchemaThatIsReadIsWhatCreateAllMakes()
    {
        QFETCH(QString, path);
        QFile file(path);
        QVERIFY(file.open(QFile::ReadOnly));
        QTemporaryDir folder;
        write(folder.filePath(QStringLiteral("models.py")), file.readAll());
        write(folder.filePath(QStringLiteral("env.py")),
              "from alembic import context\n"
              "from models import metadata as target_metadata\n"
              "context.configure(target_metadata=target_metadata)\n"
              "context.run_migrations()\n");
        Project project;
        project.root = folder.path().toStdString();
        project.scriptLocation = project.root;
        project.environmentFile = project.root / "env.py";
        project.importRoots = {project.root};
        const ModelsReading reading = readModels(DiskFileSystem(), project, {}, {});
        QVERIFY2(reading.found, reading.whyNot.c_str());
        QVERIFY(!reading.declaredAt.empty());

        QVERIFY(!ask("empty").contains(QStringLiteral("error")));
        const QJsonObject answer = ask("metadata", folder.path());
        QVERIFY2(!answer.contains(QStringLiteral("error")),
                 qPrintable(answer[QStringLiteral("message")].toString()));
        const auto live = m_database->readState({}, {});
        QVERIFY(live.has_value());
        std::string lines;
        for (const Difference& each : differencesBetween(reading.schema, live->schema))
            lines += lineOf(each);
        for (const Doubt& doubt : reading.doubts)
            lines +=
                "doubt: " + toText(doubt.table) + "." + doubt.column + " " + doubt.reason + "\n";
        QVERIFY2(lines.empty(), lines.c_str());
    }
};

int models_differential_test(int argc, char** argv)
{
    ModelsDifferentialTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "models_differential_test.moc"
