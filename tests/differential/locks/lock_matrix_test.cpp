// SPDX-License-Identifier: GPL-3.0-or-later
// Each statement form of tests/data/locks/forms.tsv, run on a server in a transaction that is taken
// back: its locks, scans, rewrites and index builds are those that footprintOf says.
#include "core/cluster/private_server.h"
#include "core/history/sql_file.h"
#include "core/rules/moment.h"
#include "tests/differential/locks/server_forms.h"

#include <QTest>

#include <fstream>
#include <sstream>

using namespace sightglass;
using namespace sightglass::test;

namespace {

struct Form
{
    std::string statement;
    std::string zone;
};

std::string fileText(const std::string& name)
{
    std::ifstream file(std::string(SIGHTGLASS_TEST_DATA) + "/locks/" + name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<Form> readForms()
{
    std::vector<Form> forms;
    std::istringstream lines(fileText("forms.tsv"));
    std::string line;
    std::getline(lines, line); // the names of the columns
    while (std::getline(lines, line)) {
        std::istringstream cells(line);
        Form form;
        std::getline(cells, form.statement, '\t');
        std::getline(cells, form.zone, '\t');
        if (!form.statement.empty())
            forms.push_back(std::move(form));
    }
    return forms;
}

/// What the statements of a form take together.
struct Said
{
    std::map<QualifiedName, LockMode> locks;
    std::map<QualifiedName, LockMode> indexes;
    std::set<QualifiedName> named;
    bool rewrites = false;
    bool scans = false;
    bool buildsIndex = false;
    bool outside = false;
    bool onlyData = true; ///< what it reads depends on its plan, and TRUNCATE makes new files
    bool certain = true;
    std::string refused;
};

void note(Said& said, const Operation& operation, const Footprint& footprint)
{
    for (const RelationLock& lock : footprint.locks) {
        LockMode& mode = (lock.ofIndex ? said.indexes : said.locks)[lock.relation];
        mode = std::max(mode, lock.mode);
        if (!lock.further)
            said.named.insert(lock.relation);
    }
    said.rewrites = said.rewrites || footprint.rewrites;
    said.scans = said.scans || footprint.scans;
    said.buildsIndex = said.buildsIndex || footprint.buildsIndex;
    said.outside = said.outside || footprint.outsideTransactionOnly;
    said.certain = said.certain && footprint.confidence == Confidence::Certain;
    said.onlyData =
        said.onlyData && (std::holds_alternative<change::ChangeData>(operation.change) ||
                          std::holds_alternative<change::Query>(operation.change));
}

std::string shown(const std::map<QualifiedName, LockMode>& locks)
{
    std::string text;
    for (const auto& [name, mode] : locks)
        text += (text.empty() ? "" : ", ") + toText(name) + " " + std::string(toText(mode));
    return text.empty() ? "none" : text;
}

std::string flags(bool scans, bool rewrites, bool builds)
{
    return std::string(scans ? " scan" : "") + (rewrites ? " rewrite" : "") +
           (builds ? " index build" : "");
}

/// Locks that hold anybody up, and the weak ones on what the statement names.
std::map<QualifiedName, LockMode> compared(const std::map<QualifiedName, LockMode>& locks,
                                           const std::map<QualifiedName, LockMode>& known,
                                           const std::set<QualifiedName>& named)
{
    std::map<QualifiedName, LockMode> result;
    for (const auto& [name, mode] : locks) {
        const bool strong = mode >= LockMode::ShareUpdateExclusive;
        const auto other = known.find(name);
        const bool eitherStrong =
            strong || (other != known.end() && other->second >= LockMode::ShareUpdateExclusive);
        if (eitherStrong || named.contains(name))
            result[name] = mode;
    }
    return result;
}

/// Without the sequences behind identity columns, which no schema shows, and without the indexes of
/// a rewritten table.
ServerEffects comparable(ServerEffects done, const Said& said)
{
    for (const QualifiedName& sequence : done.sequences) {
        if (!said.locks.contains(sequence))
            done.locks.erase(sequence);
    }
    done.buildsIndex = done.buildsIndex && !done.rewrites;
    return done;
}

} // namespace

class LockMatrixTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<PrivateServer> m_server;
    std::unique_ptr<ServerForms> m_forms;
    Replay m_world;
    int m_ran = 0;
    int m_outside = 0;
    int m_refused = 0;

    Said sayOf(const Form& form) const
    {
        Said said;
        Replay replay = m_world;
        ReviewFacts facts;
        facts.serverVersion = m_forms->version();
        facts.timeZone = form.zone.empty() ? "UTC" : form.zone;
        facts.volatility = {{"f_stable", 's'}, {"f_volatile", 'v'}};
        const ChainKnowledge chain;
        NewObjects fresh;
        const SqlFileReading reading =
            readSqlFile(form.statement, "form.sql", {.database = m_world});
        for (const Operation& operation : reading.operations) {
            const Moment moment(replay, fresh, facts, chain, true);
            note(said, operation, footprintOf(operation, moment));
            if (const auto refusal = replay.apply(operation))
                said.refused = refusal->state;
        }
        return said;
    }

private Q_SLOTS:

    void initTestCase()
    {
        auto started = PrivateServer::start({});
        QVERIFY2(started, started ? "" : started.error().message.c_str());
        m_server = *std::move(started);
        QVERIFY(m_server->createDatabase("locks", {}));
        const std::string world = fileText("world.sql");
        m_forms = std::make_unique<ServerForms>(m_server->conninfo("locks"), world);
        for (const Operation& operation : readSqlFile(world, "world.sql").operations) {
            const auto refusal = m_world.apply(operation);
            QVERIFY2(!refusal, refusal ? refusal->message.c_str() : "");
        }
    }

    void aFormTakesAndDoesWhatIsSaidOfIt_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<QString>("zone");
        for (const Form& form : readForms()) {
            const std::string name = form.statement + (form.zone.empty() ? "" : " in " + form.zone);
            QTest::newRow(name.c_str())
                << QString::fromStdString(form.statement) << QString::fromStdString(form.zone);
        }
    }

    void aFormTakesAndDoesWhatIsSaidOfIt()
    {
        QFETCH(QString, statement);
        QFETCH(QString, zone);
        const Form form{.statement = statement.toStdString(), .zone = zone.toStdString()};
        const ServerEffects done = m_forms->run(form.statement, form.zone);
        const Said said = sayOf(form);
        ++m_ran;
        QCOMPARE(said.outside, done.refused == "25001");
        if (!done.refused.empty()) {
            ++(said.outside ? m_outside : m_refused);
            return;
        }
        const ServerEffects wanted = comparable(done, said);
        const bool counts = said.certain && !said.onlyData;
        const std::string server =
            shown(compared(wanted.locks, said.locks, said.named)) +
            (counts ? flags(wanted.scans, wanted.rewrites, wanted.buildsIndex) : "");
        const std::string ours =
            shown(compared(said.locks, wanted.locks, said.named)) +
            (counts ? flags(said.scans, said.rewrites, said.buildsIndex && !said.rewrites) : "");
        QCOMPARE(QString::fromStdString(ours), QString::fromStdString(server));
        for (const auto& [index, mode] : said.indexes)
            QCOMPARE(static_cast<int>(done.indexes.contains(index) ? done.indexes.at(index)
                                                                   : LockMode::None),
                     static_cast<int>(mode));
    }

    void cleanupTestCase()
    {
        qInfo("%d forms executed, %d of them refused inside a transaction, %d refused otherwise",
              m_ran,
              m_outside,
              m_refused);
        QVERIFY(m_ran >= 150);
    }
};

int lock_matrix_test(int argc, char** argv)
{
    LockMatrixTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "lock_matrix_test.moc"
