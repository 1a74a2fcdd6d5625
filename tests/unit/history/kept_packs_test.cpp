// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/blake2b.h"
#include "core/history/kept_packs.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <memory>
#include <thread>

using namespace sightglass;
using namespace sightglass::kept;
namespace fs = std::filesystem;

namespace {

std::string keyOf(int number)
{
    return blake2b("key " + std::to_string(number));
}

std::string valueOf(int number)
{
    return "value " + std::to_string(number) + std::string(static_cast<std::size_t>(number), '.');
}

std::string bytesIn(const Path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const Path& file, const std::string& bytes)
{
    std::ofstream(file, std::ios::binary) << bytes;
}

/// Some values of a group, in one pack.
void keepSome(const Path& folder, int first, int last, PackLimits limits = {})
{
    PackFolder packs(folder, "g", limits);
    for (int i = first; i <= last; ++i)
        packs.keep(keyOf(i), valueOf(i));
    packs.save();
}

/// Opens the group as it is, looks all keys up and writes: what a program does.
void useAll(const Path& folder, int count)
{
    PackFolder packs(folder, "g");
    for (int i = 0; i < count; ++i) {
        const auto found = packs.find(keyOf(i));
        if (found && *found != valueOf(i))
            qFatal("a value that nobody kept");
        if (!found)
            packs.keep(keyOf(i), valueOf(i));
    }
    packs.save();
}

} // namespace

class KeptPacksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void findsWhatAnotherOpeningKept()
    {
        keepSome(folder(), 0, 9);
        const PackFolder packs(folder(), "g");
        for (int i = 0; i < 10; ++i)
            QVERIFY(packs.find(keyOf(i)) == valueOf(i));
        QVERIFY(!packs.find(keyOf(10)));
    }

    void keepsGroupsApart()
    {
        keepSome(folder(), 0, 9);
        QVERIFY(!PackFolder(folder(), "h").find(keyOf(1)));
    }

    void makesTheFolderAndShowsItToNobodyElse()
    {
        const Path deep = folder() / "a" / "b";
        keepSome(deep, 0, 0);
        QVERIFY(PackFolder(deep, "g").find(keyOf(0)));
        QCOMPARE(fs::status(deep).permissions() & fs::perms::others_all, fs::perms::none);
        QCOMPARE(fs::status(pack(deep)).permissions() &
                     (fs::perms::others_all | fs::perms::group_all),
                 fs::perms::none);
    }

    void doesNotFindWhatIsCutShort()
    {
        keepSome(folder(), 0, 3);
        const Path file = pack(folder());
        const std::string whole = bytesIn(file);
        for (std::size_t size = 0; size < whole.size(); ++size) {
            write(file, whole.substr(0, size));
            const PackFolder packs(folder(), "g");
            for (int i = 0; i < 4; ++i) {
                if (const auto found = packs.find(keyOf(i)))
                    QVERIFY(*found == valueOf(i));
            }
            QVERIFY(!packs.find(keyOf(0)) || !packs.find(keyOf(1)) || !packs.find(keyOf(2)) ||
                    !packs.find(keyOf(3)));
        }
    }

    void doesNotFindWhatIsDamagedAnywhere()
    {
        keepSome(folder(), 0, 3);
        const Path file = pack(folder());
        const std::string whole = bytesIn(file);
        for (std::size_t at = 0; at < whole.size(); ++at) {
            for (const int bit : {1, 0x80}) {
                std::string damaged = whole;
                damaged[at] = static_cast<char>(damaged[at] ^ bit);
                write(file, damaged);
                const PackFolder packs(folder(), "g");
                int lost = 0;
                for (int i = 0; i < 4; ++i) {
                    const auto found = packs.find(keyOf(i));
                    lost += found ? 0 : 1;
                    if (found)
                        QVERIFY(*found == valueOf(i));
                }
                QVERIFY2(lost > 0, std::to_string(at).c_str());
            }
        }
    }

    void writesAnewWhatWasDamaged()
    {
        keepSome(folder(), 0, 3);
        write(pack(folder()), "nothing of ours");
        useAll(folder(), 4);
        const PackFolder packs(folder(), "g");
        for (int i = 0; i < 4; ++i)
            QVERIFY(packs.find(keyOf(i)));
    }

    void joinsManyPacksToOneAndDropsWhatNobodyUses()
    {
        for (int i = 0; i < 5; ++i)
            keepSome(folder(), i, i);
        QCOMPARE(count(folder()), 5);
        PackFolder packs(folder(), "g");
        QVERIFY(packs.find(keyOf(0)));
        QVERIFY(packs.find(keyOf(4)));
        packs.keep(keyOf(7), valueOf(7));
        packs.save();
        QCOMPARE(count(folder()), 1);
        const PackFolder after(folder(), "g");
        for (const int i : {0, 4, 7})
            QVERIFY(after.find(keyOf(i)));
        QVERIFY(!after.find(keyOf(1)));
    }

    void staysBelowItsBoundAndDropsTheOldest()
    {
        const PackLimits limits{.folderBytes = 3'000};
        for (int i = 0; i < 8; ++i) {
            PackFolder packs(folder(), "g" + std::to_string(i), limits);
            packs.keep(keyOf(i), std::string(900, 'x'));
            packs.save();
            const auto old = fs::file_time_type::clock::now() - std::chrono::hours(20 - i);
            for (const auto& each : fs::directory_iterator(folder())) {
                if (each.path().filename().string().starts_with("g" + std::to_string(i)))
                    fs::last_write_time(each.path(), old);
            }
        }
        std::uintmax_t total = 0;
        for (const auto& each : fs::directory_iterator(folder()))
            total += each.file_size();
        QVERIFY(total <= 3'000);
        QVERIFY(PackFolder(folder(), "g7").find(keyOf(7)));
        QVERIFY(!PackFolder(folder(), "g0").find(keyOf(0)));
    }

    void isQuietWhereNothingCanBeWritten()
    {
        const Path file = folder() / "a file";
        write(file, "");
        keepSome(file / "below", 0, 3); // a folder can't be made below a file
        QVERIFY(!PackFolder(file / "below", "g").find(keyOf(0)));
        QCOMPARE(count(folder()), 0);
    }

    void leavesNoDraftWhereTheDiskIsFull()
    {
        if (!fs::exists("/dev/full"))
            QSKIP("no device that is always full");
        // A pack larger than what may be opened is not written at all.
        keepSome(folder(), 0, 9, {.packBytes = 100});
        QVERIFY(fs::is_empty(folder()));
    }

    void takesKeysOfOneLengthOnly()
    {
        PackFolder packs(folder(), "g");
        packs.keep("short", "value");
        packs.save();
        QCOMPARE(count(folder()), 0);
    }

    void isSafeForManyThreads()
    {
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 4; ++i) {
                threads.emplace_back([this] {
                    for (int round = 0; round < 8; ++round)
                        useAll(folder(), 20 + round);
                });
            }
        }
        const PackFolder packs(folder(), "g");
        for (int i = 0; i < 20; ++i) {
            if (const auto found = packs.find(keyOf(i)))
                QVERIFY(*found == valueOf(i));
        }
        QCOMPARE(drafts(), 0);
    }

    void oneOpeningServesManyThreads()
    {
        keepSome(folder(), 0, 49);
        PackFolder packs(folder(), "g");
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 4; ++i) {
                threads.emplace_back([&packs, i] {
                    for (int key = 0; key < 50; ++key) {
                        if (packs.find(keyOf(key)) != valueOf(key))
                            qFatal("a value is lost");
                        packs.keep(keyOf(100 + 50 * i + key), valueOf(key));
                    }
                });
            }
        }
        packs.save();
        const PackFolder after(folder(), "g");
        for (int key = 100; key < 300; ++key)
            QVERIFY(after.find(keyOf(key)));
    }

    void isSafeForManyPrograms()
    {
        std::vector<pid_t> children;
        for (int i = 0; i < 4; ++i) {
            const pid_t child = ::fork();
            if (child == 0) {
                for (int round = 0; round < 8; ++round)
                    useAll(folder(), 20 + round);
                ::_exit(0);
            }
            children.push_back(child);
        }
        for (const pid_t child : children) {
            int status = -1;
            ::waitpid(child, &status, 0);
            QCOMPARE(status, 0);
        }
        useAll(folder(), 20);
        const PackFolder packs(folder(), "g");
        for (int i = 0; i < 20; ++i)
            QVERIFY(packs.find(keyOf(i)) == valueOf(i));
        QCOMPARE(drafts(), 0);
    }

private:
    Path folder() const { return m_folder->path().toStdString(); }

    static int countEnding(const Path& folder, std::string_view ending)
    {
        int count = 0;
        for (const auto& each : fs::directory_iterator(folder))
            count += each.path().filename().string().ends_with(ending) ? 1 : 0;
        return count;
    }

    static int count(const Path& folder) { return countEnding(folder, ".pack"); }

    int drafts() const { return countEnding(folder(), ".draft"); }

    static Path pack(const Path& folder)
    {
        for (const auto& each : fs::directory_iterator(folder)) {
            if (each.path().extension() == ".pack")
                return each.path();
        }
        return {};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

int kept_packs_test(int argc, char** argv)
{
    KeptPacksTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "kept_packs_test.moc"
