// SPDX-License-Identifier: GPL-3.0-or-later
// usage: window_bench [TABLES]
// A window over a database of many tables: how long its thread is ever busy while it loads and
// while its panels are opened, filtered and sorted. Nothing is asserted of time; a step that does
// not come to its end is a failure.
#include "app/window/application.h"
#include "core/cluster/private_server.h"
#include "core/cluster/server_programs.h"
#include "core/process/run_process.h"
#include "tests/bench/big_database.h"
#include "tests/bench/measure.h"
#include "ui/text.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QLineEdit>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <cstdio>
#include <ctime>

using namespace sightglass;
using namespace sightglass::bench;

namespace {

constexpr int quietTurns = 30;
constexpr qint64 patienceMs = 600'000;
constexpr double aimMs = 50;

/// How long the thread of the window was at work between two turns of its event loop: by the clock,
/// and in its own processor time, which other programs on the machine do not lengthen.
class Heartbeat : public QObject
{
public:
    Heartbeat()
    {
        m_clock.start();
        connect(&m_timer, &QTimer::timeout, this, [this] { beat(); });
        m_timer.start(0);
    }

    void begin()
    {
        m_longest = 0;
        m_longestWork = 0;
        m_last = now();
        m_lastWork = work();
    }

    double longest() const { return m_longest; }

    double longestWork() const { return m_longestWork; }

private:
    double now() const { return static_cast<double>(m_clock.nsecsElapsed()) / 1e6; }

    static double work()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }

    void beat()
    {
        const double time = now();
        const double worked = work();
        m_longest = std::max(m_longest, time - m_last);
        m_longestWork = std::max(m_longestWork, worked - m_lastWork);
        m_last = time;
        m_lastWork = worked;
    }

    QElapsedTimer m_clock;
    QTimer m_timer;
    double m_last = 0, m_lastWork = 0, m_longest = 0, m_longestWork = 0;
};

[[noreturn]] void fail(const std::string& sentence)
{
    std::fprintf(stderr, "window_bench: %s\n", sentence.c_str());
    std::exit(1); // NOLINT(concurrency-mt-unsafe)
}

/// Turns the event loop until nothing runs for a while.
void settle(Application& application, const char* what)
{
    QElapsedTimer clock;
    clock.start();
    for (int quiet = 0; quiet < quietTurns;) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        const bool idle = application.controller().isIdle() && application.runner().isIdle();
        quiet = idle ? quiet + 1 : 0;
        if (clock.elapsed() > patienceMs)
            fail(std::string(what) + " did not come to its end");
    }
}

class Walk
{
public:
    explicit Walk(Application& application)
        : m_application(application)
    {}

    template <typename Action>
    void step(const char* what, Action action)
    {
        m_heart.begin();
        QElapsedTimer clock;
        clock.start();
        QTimer::singleShot(0, &m_application, action);
        QCoreApplication::processEvents();
        settle(m_application, what);
        printFigure(std::string(what) + ", window at work", m_heart.longestWork(), "ms", aimMs);
        std::printf("    by the clock %.0f ms; all of it %.1f s\n",
                    m_heart.longest(),
                    static_cast<double>(clock.elapsed()) / 1e3);
        std::fflush(stdout);
    }

private:
    Application& m_application;
    Heartbeat m_heart;
};

template <typename Widget>
Widget& in(Application& application, const char* name)
{
    auto* const found = application.window().findChild<Widget*>(QLatin1String(name));
    if (found == nullptr)
        fail(std::string("there is no ") + name);
    return *found;
}

void walkTables(Application& application, Walk& session)
{
    auto& list = in<QTableView>(application, "tableList");
    auto& field = in<QLineEdit>(application, "tableFilter");
    session.step("Tables opened",
                 [&] { application.window().workspace().showTab(BottomTab::Tables); });
    if (list.model()->rowCount() == 0)
        fail("the tables are empty");
    session.step("Tables filtered", [&] { QTest::keyClicks(&field, QStringLiteral("lacks")); });
    session.step("Tables, filter taken away", [&] { field.clear(); });
    session.step("Tables sorted",
                 [&] { list.horizontalHeader()->setSortIndicator(6, Qt::AscendingOrder); });
    session.step("Tables sorted the other way",
                 [&] { list.horizontalHeader()->setSortIndicator(0, Qt::DescendingOrder); });
    session.step("Tables scrolled to the end", [&] { list.scrollToBottom(); });
}

void walkProblems(Application& application, Walk& session)
{
    auto& list = in<QTableView>(application, "problemList");
    auto& field = in<QLineEdit>(application, "problemFilter");
    session.step("Problems opened",
                 [&] { application.window().workspace().showTab(BottomTab::Problems); });
    session.step("Problems filtered", [&] { QTest::keyClicks(&field, QStringLiteral("drop")); });
    session.step("Problems, filter taken away", [&] { field.clear(); });
    session.step("Problems sorted",
                 [&] { list.horizontalHeader()->setSortIndicator(1, Qt::AscendingOrder); });
}

void walkOthers(Application& application, Walk& session)
{
    Workspace& workspace = application.window().workspace();
    session.step("Diagnosis opened", [&] { workspace.showTab(BottomTab::Diagnosis); });
    session.step("Schema opened", [&] { workspace.showTab(BottomTab::Schema); });
    session.step("Compare opened", [&] { workspace.showTab(BottomTab::Compare); });
    session.step("A table asked for by name",
                 [&] { workspace.showTable(QStringLiteral("public.t7")); });
    session.step("Palette opened and typed into",
                 [&] { QTest::keyClick(&application.window(), Qt::Key_K, Qt::ControlModifier); });
}

} // namespace

int main(int argc, char** argv)
{
    QApplication qt(argc, argv);
    BigDatabase big;
    if (argc > 1)
        big.tables = static_cast<std::size_t>(std::strtoul(argv[1], nullptr, 10));
    const QTemporaryDir folder;
    const Path project = folder.filePath(QStringLiteral("project")).toStdString();
    big.writeProject(project);
    auto server = PrivateServer::start({});
    const auto programs = findServerPrograms();
    if (!server || !programs)
        fail(toText(server ? programs.error() : server.error()));
    if (const auto made = (*server)->runSql("postgres", big.liveSql(), {}); !made)
        fail(toText(made.error()));

    Application application(
        qt, {.settingsFile = folder.filePath(QStringLiteral("settings.ini")), .logFolder = {}});
    application.start({});
    settle(application, "the start");
    std::printf("%zu tables\n", big.tables);
    Walk session(application);
    session.step("Project opened",
                 [&] { application.requests().ask(OpenProject{.path = toQString(project)}); });
    session.step("Database read, compared and reviewed", [&] {
        application.requests().ask(ConnectDatabase{.target = toQString((*server)->uri()),
                                                   .environment = Environment::Ephemeral});
    });
    const auto& inspection = application.store().current();
    if (!inspection || !inspection->live || inspection->live->schema.tables.size() < big.tables)
        fail("the database was not read");
    const auto read = std::chrono::duration<double>(inspection->live->duration);
    const auto dump = medianOf(1, [&]() -> std::string {
        const auto outcome =
            runProcess({.program = programs->path("pg_dump"),
                        .arguments = {"--schema-only", "-f", "/dev/null", "-d", (*server)->uri()},
                        .limit = std::chrono::minutes(5)},
                       {});
        return outcome && outcome->exitCode == 0 ? std::string() : "pg_dump failed";
    });
    printRatio("catalog read by the window", read, "pg_dump --schema-only", dump, 1.0);
    std::printf("    %zu problems, state: %s\n",
                inspection->findings.size(),
                inspection->diagnosis.title.c_str());
    walkTables(application, session);
    walkProblems(application, session);
    walkOthers(application, session);
    session.step("Database read again", [&] { application.requests().ask(ReloadDatabase{}); });
    return 0;
}
