// SPDX-License-Identifier: GPL-3.0-or-later
// Models in tests/data/models: the schema that reading finds against the catalog that create_all of
// real SQLAlchemy leaves. Those in newer/ are for SQLAlchemy 2, which the oracle does not have:
// what its create_all sent to a mock engine stands beside them as SQL.
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

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QFile::ReadOnly))
        qFatal("a test file can't be read");
    return file.readAll();
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

    static void addFiles(const QString& path)
    {
        QTest::addColumn<QString>("path");
        const QDir folder(path);
        for (const QString& name : folder.entryList({QStringLiteral("*.py")}, QDir::Files))
            QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }

    /// Reads `models`; what `made` makes on the server must be the same.
    void compare(const QByteArray& models, const QByteArray& made)
    {
        QTemporaryDir folder;
        write(folder.filePath(QStringLiteral("models.py")), models);
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
        write(folder.filePath(QStringLiteral("models.py")), made);
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
        addFiles(QStringLiteral(SIGHTGLASS_TEST_DATA "/models"));
    }

    void theSchemaThatIsReadIsWhatCreateAllMakes()
    {
        QFETCH(QString, path);
        const QByteArray models = contentOf(path);
        compare(models, models);
    }

    void theSchemaThatIsReadIsWhatNewerVersionsSend_data()
    {
        addFiles(QStringLiteral(SIGHTGLASS_TEST_DATA "/models/newer"));
    }

    void theSchemaThatIsReadIsWhatNewerVersionsSend()
    {
        QFETCH(QString, path);
        const QByteArray sql =
            contentOf(QString(path).replace(QStringLiteral(".py"), QStringLiteral(".sql")));
        compare(contentOf(path),
                "class Statements:\n"
                "    def create_all(self, engine):\n"
                "        with engine.begin() as connection:\n"
                "            connection.exec_driver_sql(r'''" +
                    sql + "''')\nmetadata = Statements()\n");
    }
};

int models_differential_test(int argc, char** argv)
{
    ModelsDifferentialTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "models_differential_test.moc"
