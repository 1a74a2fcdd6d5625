// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/action_journal.h"
#include "core/journal/journal_entries.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <set>
#include <thread>

using namespace sightglass;

namespace {

JournalRecord intent(const std::string& run)
{
    JournalRecord record{.phase = JournalPhase::Intent};
    record.run = run;
    record.action = "stamp";
    record.title = "Set the version of shop to 1a2b";
    record.target = {.shown = "shop on db:5432",
                     .host = "db",
                     .port = "5432",
                     .database = "shop",
                     .user = "app",
                     .systemIdentifier = "7",
                     .databaseOid = 16384,
                     .environment = "production",
                     .project = "/srv/shop"};
    record.changes = {"Now: base", "After: 1a2b"};
    record.steps = {"BEGIN;", "INSERT …;", "COMMIT;"};
    record.undo = R"([{"title":"back"}])";
    record.undoText = "Undo puts the old rows back.";
    record.step = 1;
    return record;
}

JournalRecord outcome(const std::string& run, const std::string& state)
{
    JournalRecord record{.phase = JournalPhase::Outcome};
    record.run = run;
    record.state = state;
    record.sentences = {"done."};
    return record;
}

bool neverRuns(const std::string&)
{
    return false;
}

} // namespace

class ActionJournalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void aLineIsReadAsItWasWritten()
    {
        const ActionJournal journal(folder());
        const auto written = journal.append(intent("r1"), m_clock);
        QVERIFY2(written.has_value(), written ? "" : toText(written.error()).c_str());
        const auto reading = journal.read();
        QVERIFY(reading.has_value());
        QCOMPARE(reading->records.size(), std::size_t(1));
        QVERIFY(reading->records.front() == *written);
        QCOMPARE(written->sequence, std::int64_t(2)); // the first line says the format
        QVERIFY(!written->time.empty());
    }

    void anAbsentJournalIsEmpty()
    {
        const ActionJournal journal(folder() / "below");
        const auto reading = journal.read();
        QVERIFY(reading.has_value());
        QVERIFY(reading->records.empty());
        QVERIFY(!QFile::exists(path(folder() / "below")));
    }

    void aTornLineIsPassedOverAndStandsAlone()
    {
        const ActionJournal journal(folder());
        QVERIFY(journal.append(intent("r1"), m_clock).has_value());
        const qint64 whole = QFile(path(journal.file())).size();
        QVERIFY(journal.append(intent("r2"), m_clock).has_value());
        QFile file(path(journal.file()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray all = file.readAll();
        file.close();
        for (qint64 size = whole + 1; size < all.size() - 1; size += 23) {
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(all.left(size));
            file.close();
            QVERIFY(journal.append(intent("r3"), m_clock).has_value());
            const auto reading = journal.read();
            QVERIFY(reading.has_value());
            QCOMPARE(reading->records.size(), std::size_t(2));
            QCOMPARE(reading->records.back().run, std::string("r3"));
            QCOMPARE(reading->unreadLines, std::size_t(1));
        }
    }

    void writersAtOnceLeaveWholeLines()
    {
        const ActionJournal journal(folder());
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&, i] {
                for (int j = 0; j < 10; ++j)
                    (void)journal.append(intent("r" + std::to_string(10 * i + j)), m_clock);
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        const auto reading = journal.read();
        QVERIFY(reading.has_value());
        QCOMPARE(reading->records.size(), std::size_t(40));
        QCOMPARE(reading->unreadLines, std::size_t(0));
        std::set<std::int64_t> numbers;
        for (const JournalRecord& record : reading->records)
            numbers.insert(record.sequence);
        QCOMPARE(numbers.size(), std::size_t(40));
    }

    void passwordsDoNotGetIn()
    {
        const ActionJournal journal(folder());
        JournalRecord record = intent("r1");
        record.title = "Stamp postgresql://app:geheim17@db/shop";
        record.target.shown = "host=db password=geheim17";
        record.steps = {"pg_dump postgresql://app:geheim17@db/shop"};
        QVERIFY(journal.append(std::move(record), m_clock).has_value());
        QFile file(path(journal.file()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.contains("pg_dump"));
        QVERIFY2(!text.contains("geheim17"), text.constData());
    }

    void aLaterFormatIsLeftAlone()
    {
        const ActionJournal journal(folder());
        QFile file(path(journal.file()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"format\":\"sightglass-journal/2\"}\n");
        file.close();
        const auto written = journal.append(intent("r1"), m_clock);
        QVERIFY(!written.has_value());
        QCOMPARE(written.error().code, ErrorCode::Unsupported);
        QCOMPARE(journal.read().error().code, ErrorCode::Unsupported);
    }

    void aFolderThatCanNotBeMadeIsAnError()
    {
        QFile file(m_folder->filePath(QStringLiteral("taken")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const ActionJournal journal(folder() / "taken" / "below");
        const auto written = journal.append(intent("r1"), m_clock);
        QVERIFY(!written.has_value());
        QCOMPARE(written.error().code, ErrorCode::NotPermitted);
    }

    void aRunWithoutAnOutcomeIsRunningOrInterrupted()
    {
        const ActionJournal journal(folder());
        QVERIFY(journal.append(intent("r1"), m_clock).has_value());
        const auto isRunning = [&](const std::string& run) { return journal.isRunning(run); };
        {
            const auto lock = journal.lockRun("r1");
            QVERIFY(lock.has_value());
            QCOMPARE(entriesOf(*journal.read(), isRunning).front().state, EntryState::Running);
        }
        const auto entry = entriesOf(*journal.read(), isRunning).front();
        QCOMPARE(entry.state, EntryState::Interrupted);
        QVERIFY(entry.isOpen());
        QVERIFY(!entry.canBeUndone());
    }

    void whatWasTakenBackIsNotTakenBackAgain()
    {
        const ActionJournal journal(folder());
        QVERIFY(journal.append(intent("r1"), m_clock).has_value());
        QVERIFY(journal.append(outcome("r1", "done"), m_clock).has_value());
        QVERIFY(entriesOf(*journal.read(), neverRuns).front().canBeUndone());
        JournalRecord undo = intent("r2");
        undo.undoes = "r1";
        QVERIFY(journal.append(std::move(undo), m_clock).has_value());
        QVERIFY(journal.append(outcome("r2", "refused"), m_clock).has_value());
        QVERIFY(entriesOf(*journal.read(), neverRuns).front().canBeUndone());
        undo = intent("r3");
        undo.undoes = "r1";
        QVERIFY(journal.append(std::move(undo), m_clock).has_value());
        QVERIFY(journal.append(outcome("r3", "done"), m_clock).has_value());
        const auto entries = entriesOf(*journal.read(), neverRuns);
        QCOMPARE(entries.front().undoneBy, std::string("r3"));
        QVERIFY(!entries.front().canBeUndone());
    }

    void aStateOfALaterProgramIsADoubt()
    {
        const ActionJournal journal(folder());
        QVERIFY(journal.append(intent("r1"), m_clock).has_value());
        QVERIFY(journal.append(outcome("r1", "half-way"), m_clock).has_value());
        QCOMPARE(entriesOf(*journal.read(), neverRuns).front().state, EntryState::InDoubt);
    }

    void databasesAreTheSameByClusterAndOid()
    {
        const JournalTarget shop = intent("r").target;
        JournalTarget other = shop;
        other.host = "127.0.0.1";
        QVERIFY(isSameDatabase(shop, other));
        other.systemIdentifier = "8";
        QVERIFY(!isSameDatabase(shop, other));
        other.systemIdentifier.clear();
        QVERIFY(!isSameDatabase(shop, other));
        other.host = shop.host;
        QVERIFY(isSameDatabase(shop, other));
        other.databaseOid = 1;
        QVERIFY(!isSameDatabase(shop, other));
    }

private:
    Path folder() const { return m_folder->path().toStdString(); }

    static QString path(const Path& file) { return QString::fromStdString(file.string()); }

    std::unique_ptr<QTemporaryDir> m_folder;
    SystemClock m_clock;
};

int action_journal_test(int argc, char** argv)
{
    ActionJournalTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "action_journal_test.moc"
