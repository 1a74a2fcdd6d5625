// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/private_server.h"
#include "core/inspection/outlook.h"
#include "tests/ui/window/fixture.h"
#include "ui/text.h"

#include <QLabel>
#include <QProcess>
#include <QPushButton>
#include <QTest>

#include <array>

namespace sightglass {

namespace {

constexpr int patience = 60'000;
/// Its name says that it is no throw-away database: what is remembered of it is compared.
const char* const database = "shop_dev";

/// Two revisions: one makes a table, the other changes it.
QString writeShop(const WindowFixture& fixture)
{
    const QString project = fixture.writeProject(QStringLiteral("shop"), 0);
    const auto write = [&](int number, const char* body) {
        const QString id = WindowFixture::revisionId(number);
        const QString down =
            number == 0 ? QStringLiteral("None")
                        : QStringLiteral("'%1'").arg(WindowFixture::revisionId(number - 1));
        WindowFixture::writeFile(
            QStringLiteral("%1/migrations/versions/%2_step.py").arg(project, id),
            QStringLiteral("\"\"\"step\"\"\"\nfrom alembic import op\nimport sqlalchemy as sa\n\n"
                           "revision = '%1'\ndown_revision = %2\n\n\ndef upgrade():\n    %3\n\n\n"
                           "def downgrade():\n    pass\n")
                .arg(id, down, QLatin1String(body))
                .toUtf8());
    };
    write(0, "op.create_table('orders', sa.Column('id', sa.Integer(), nullable=False))");
    write(1, "op.add_column('orders', sa.Column('note', sa.Text()))");
    return project;
}

std::unique_ptr<PrivateServer> startServer()
{
    auto server = PrivateServer::start({});
    if (!server)
        qFatal("%s", toText(server.error()).c_str());
    const std::string sql = "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);"
                            "INSERT INTO alembic_version VALUES ('r00000');"
                            "CREATE TABLE orders (id integer NOT NULL);"
                            "CREATE TABLE letters (id integer);";
    if (!(*server)->createDatabase(database, {}) || !(*server)->runSql(database, sql, {}))
        qFatal("the database could not be made");
    return std::move(*server);
}

/// Read, reviewed and scanned to the end.
bool isComplete(Application& application)
{
    const auto& inspection = application.store().current();
    return inspection && inspection->live && inspection->review && inspection->surroundings &&
           application.controller().isIdle();
}

std::unique_ptr<Application> opened(WindowFixture& fixture, const PrivateServer& server)
{
    return fixture.open({.project = toStd(writeShop(fixture)), .dsn = server.uri(database)});
}

const Outlook& outlookOf(Application& application)
{
    return *application.store().current()->outlook;
}

QString bannerOf(Application& application)
{
    return findIn<QLabel>(application.window(), "diagnosisSentence")->text();
}

/// A transaction that holds a lock until it is let go.
class HeldLock
{
public:
    HeldLock(const PrivateServer& server, const QByteArray& statement)
    {
        m_psql.start(QStringLiteral("psql"),
                     {QStringLiteral("-X"),
                      QStringLiteral("-q"),
                      toQString(std::string_view(server.uri(database)))});
        m_psql.write("BEGIN;\n" + statement + ";\n\\echo held\n");
        m_psql.waitForStarted();
        m_psql.waitForReadyRead(10'000);
    }

    ~HeldLock()
    {
        m_psql.write("ROLLBACK;\n\\q\n");
        m_psql.waitForFinished(10'000);
    }

    HeldLock(const HeldLock&) = delete;
    HeldLock& operator=(const HeldLock&) = delete;

private:
    QProcess m_psql;
};

} // namespace

class OutlookInWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init() { m_server = startServer(); }

    void aLockThatIsHeldTurnsTheLightAndGoesWithIt()
    {
        WindowFixture fixture;
        qputenv("SIGHTGLASS_IDENTITY", fixture.path(QStringLiteral("identities")).toUtf8());
        auto application = opened(fixture, *m_server);
        QTRY_VERIFY_WITH_TIMEOUT(isComplete(*application), patience);
        QCOMPARE(outlookOf(*application).start->verdict, std::optional(StartAnswer::Yes));
        QCOMPARE(outlookOf(*application).impact->scenarios.size(), std::size_t{5});
        {
            const HeldLock lock(*m_server, "LOCK TABLE orders IN ROW EXCLUSIVE MODE");
            application->requests().ask(ReloadDatabase{});
            QTRY_VERIFY_WITH_TIMEOUT(isComplete(*application) &&
                                         !outlookOf(*application).start->blockers.empty(),
                                     patience);
            QVERIFY2(bannerOf(*application).contains(QStringLiteral("on public.orders")),
                     qPrintable(bannerOf(*application)));
            QTest::mouseClick(findIn<QPushButton>(application->window(), "diagnosisDetails"),
                              Qt::LeftButton);
            QTRY_VERIFY(findIn<QWidget>(application->window(), "startCard") != nullptr);
            QVERIFY(findIn<QWidget>(application->window(), "startCard")->accessibleName() !=
                    QStringLiteral("No open transaction stands in the "
                                   "way of the pending revisions."));
        }
        application->requests().ask(ReloadDatabase{});
        QTRY_VERIFY_WITH_TIMEOUT(isComplete(*application) &&
                                     outlookOf(*application).start->verdict == StartAnswer::Yes,
                                 patience);
    }

    void aTableThatIsGoneIsNoticedUntilItIsPutAside()
    {
        WindowFixture fixture;
        qputenv("SIGHTGLASS_IDENTITY", fixture.path(QStringLiteral("identities")).toUtf8());
        auto application = opened(fixture, *m_server);
        QTRY_VERIFY_WITH_TIMEOUT(isComplete(*application), patience);
        QVERIFY(outlookOf(*application).visit->changes.empty());
        QVERIFY(m_server->runSql(database, "DROP TABLE letters", {}));
        application->requests().ask(ReloadDatabase{});
        QTRY_VERIFY_WITH_TIMEOUT(isComplete(*application) &&
                                     outlookOf(*application).visit->changes.size() == 1,
                                 patience);
        QVERIFY2(bannerOf(*application).contains(QStringLiteral("public.letters")),
                 qPrintable(bannerOf(*application)));
        // Told as new once, and kept in sight.
        application->requests().ask(ReloadDatabase{});
        QTRY_VERIFY_WITH_TIMEOUT(isComplete(*application) &&
                                     outlookOf(*application).visit->noticed.size() == 1,
                                 patience);
        QVERIFY2(bannerOf(*application).contains(QStringLiteral("Noticed on ")),
                 qPrintable(bannerOf(*application)));
        QTest::mouseClick(findIn<QPushButton>(application->window(), "diagnosisDetails"),
                          Qt::LeftButton);
        QTRY_VERIFY(findIn<QPushButton>(application->window(), "rememberDatabase") != nullptr);
        QTest::mouseClick(findIn<QPushButton>(application->window(), "rememberDatabase"),
                          Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(
            isComplete(*application) && outlookOf(*application).visit->noticed.empty(), patience);
        QVERIFY(!bannerOf(*application).contains(QStringLiteral("Noticed on ")));
        application->requests().ask(ReloadDatabase{});
        QTRY_VERIFY_WITH_TIMEOUT(isComplete(*application) &&
                                     !outlookOf(*application).visit->rememberedAt.empty(),
                                 patience);
        QVERIFY(outlookOf(*application).visit->changes.empty());
        QVERIFY(outlookOf(*application).visit->noticed.empty());
    }

private:
    std::unique_ptr<PrivateServer> m_server;
};

} // namespace sightglass

int outlook_in_window_test(int argc, char** argv)
{
    sightglass::OutlookInWindowTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "outlook_in_window_test.moc"
