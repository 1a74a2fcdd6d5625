// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identity/identity.h"

#include <QTest>

using namespace sightglass;

class IdentityTest : public QObject
{
    Q_OBJECT

    static DatabaseIdentity visited()
    {
        DatabaseIdentity made;
        made.target = "shop on localhost:5432";
        made.systemIdentifier = "7300000000000000001";
        made.databaseOid = 16384;
        made.database = "shop";
        made.serverVersion = "15.6";
        made.tables = {{.name = "public.orders", .rows = 1200, .bytes = 400'000},
                       {.name = "public.users", .rows = 30, .bytes = 100'000},
                       {.name = "public.visits", .rows = std::nullopt, .bytes = 900'000}};
        made.tableCount = 3;
        made.versionRows = {"b2"};
        made.versionRowsKnown = true;
        made.versionTable = "public.alembic_version";
        made.readAt = "2026-11-20T10:00:00Z";
        return made;
    }

    /// a1 before b2 before c3, which removes public.orders.
    static ChainBetween chain()
    {
        return {.comesBefore = order,
                .removes = [](const std::string& table) { return table == "public.orders"; }};
    }

    static std::optional<bool> order(const std::string& earlier, const std::string& later)
    {
        const std::string all = "a1b2c3";
        const auto one = all.find(earlier);
        const auto other = all.find(later);
        if (one == std::string::npos || other == std::string::npos)
            return std::nullopt;
        return one < other;
    }

    /// "kind alarming: objects" of each change.
    static std::string shown(const DatabaseIdentity& now)
    {
        std::string made;
        for (const IdentityChange& change : identityChanges(visited(), now, chain())) {
            made += (made.empty() ? "" : "; ") + std::string(toText(change.kind)) +
                    (change.alarming ? ":" : " (explained):");
            for (const std::string& object : change.objects)
                made += " " + object;
        }
        return made;
    }

private Q_SLOTS:

    void theSameDatabaseHasNoChange()
    {
        QCOMPARE(shown(visited()), std::string());
        DatabaseIdentity grown = visited();
        grown.tables.push_back({.name = "public.new", .rows = 1, .bytes = 8192});
        grown.tables[0].rows = 90'000;
        grown.versionRows = {"c3"};
        grown.serverVersion = "15.7";
        QCOMPARE(shown(grown), std::string());
    }

    void anotherClusterIsSaid()
    {
        DatabaseIdentity now = visited();
        now.systemIdentifier = "7300000000000000002";
        now.databaseOid = 5;
        QCOMPARE(shown(now),
                 std::string("another-cluster: 7300000000000000001 7300000000000000002"));
    }

    void anotherDatabaseOfTheSameNameIsSaid()
    {
        DatabaseIdentity now = visited();
        now.databaseOid = 20'000;
        QCOMPARE(shown(now), std::string("another-database: shop"));
        now.systemIdentifier.clear();
        const auto changes = identityChanges(visited(), now, chain());
        QVERIFY(changes.front().text.find("is not known") != std::string::npos);
    }

    void aClusterThatMayNotBeNamedIsNoChange()
    {
        DatabaseIdentity now = visited();
        now.systemIdentifier.clear();
        QCOMPARE(shown(now), std::string());
    }

    void lostTablesAreNamed()
    {
        DatabaseIdentity now = visited();
        now.tables.erase(now.tables.begin());
        now.tableCount = 2;
        QCOMPARE(shown(now), std::string("tables-lost: public.orders"));
        QVERIFY(identityChanges(visited(), now, chain()).front().text.find("1200 rows") !=
                std::string::npos);
        // A revision that was run since removes this one, and says nothing of the other.
        now.versionRows = {"c3"};
        QCOMPARE(shown(now), std::string("tables-lost (explained): public.orders"));
        now.tables.erase(now.tables.begin());
        QCOMPARE(shown(now),
                 std::string("tables-lost: public.users; tables-lost (explained): public.orders"));
    }

    void lostRowsAreSaid()
    {
        DatabaseIdentity now = visited();
        now.tables[0].rows = 0;
        QCOMPARE(shown(now), std::string("rows-lost: public.orders"));
        now = visited();
        now.tables[0].rows.reset(); // truncated, and not analysed since
        now.tables[0].bytes = 24'576;
        now.tables[2].bytes = 16'384;
        QCOMPARE(shown(now), std::string("rows-lost: public.orders public.visits"));
        now = visited();
        now.tables[1].rows = 10; // fewer rows are daily work
        QCOMPARE(shown(now), std::string());
    }

    void aRevisionThatWentBackIsSaid()
    {
        DatabaseIdentity now = visited();
        now.versionRows = {"a1"};
        QCOMPARE(shown(now), std::string("revision-went-back: b2"));
        now.versionRows = {"a1", "b2"}; // a row more takes nothing away
        QCOMPARE(shown(now), std::string());
        now.versionRows.clear();
        QCOMPARE(shown(now), std::string("version-rows-lost: b2"));
        now.versionRowsKnown = false;
        QCOMPARE(shown(now), std::string());
        now = visited();
        now.versionRows.clear();
        now.versionTable = "public.billing_version"; // another project's
        QCOMPARE(shown(now), std::string());
        now.versionTable.clear(); // it is gone
        QCOMPARE(shown(now), std::string("version-rows-lost: b2"));
        now = visited();
        now.versionRows = {"zz"}; // unknown to the chain: nothing is guessed
        QCOMPARE(shown(now), std::string());
    }

    void oneOfTwoRowsThatWentIsSaid()
    {
        DatabaseIdentity before = visited();
        before.versionRows = {"b2", "x1"};
        DatabaseIdentity now = visited();
        ChainBetween other = chain();
        other.comesBefore = [](const std::string& earlier, const std::string& later) {
            return std::optional(earlier == "b2" && later == "c3");
        };
        const auto changes = identityChanges(before, now, other);
        QCOMPARE(changes.size(), std::size_t{1});
        QCOMPARE(changes.front().objects, std::vector<std::string>{"x1"});
        now.versionRows = {"c3", "x1"};
        QVERIFY(identityChanges(before, now, other).empty());
    }

    void whatWasNoticedStaysInSight()
    {
        DatabaseIdentity now = visited();
        now.readAt = "2026-11-21T10:00:00Z";
        now.tables.clear();
        const auto changes = identityChanges(visited(), now, chain());
        DatabaseIdentity kept = withNoticed(now, visited(), changes);
        QCOMPARE(kept.noticed.size(), std::size_t{1});
        QCOMPARE(kept.noticed.front().at, now.readAt);
        QVERIFY(identityChanges(kept, now, chain()).empty());
        QCOMPARE(withNoticed(now, kept, {}).noticed, kept.noticed);
        QVERIFY(readIdentity(identityText(kept)).value() == kept);
        for (int i = 0; i < 20; ++i)
            kept = withNoticed(now, kept, changes);
        QCOMPARE(kept.noticed.size(), mostNoticed);
    }

    void aFileGivesBackWhatWasWritten()
    {
        const auto back = readIdentity(identityText(visited()));
        QVERIFY(back.has_value());
        QVERIFY(*back == visited());
        DatabaseIdentity bare = visited();
        bare.systemIdentifier.clear();
        bare.versionRowsKnown = false;
        bare.versionRows.clear();
        bare.tables.clear();
        bare.tableCount = 0;
        QVERIFY(readIdentity(identityText(bare)).value() == bare);
    }

    void aTornFileIsAnError()
    {
        const std::string text = identityText(visited());
        for (std::size_t size = 0; size + 2 < text.size(); ++size)
            QVERIFY(!readIdentity(std::string_view(text).substr(0, size)).has_value());
        QVERIFY(!readIdentity("{\"format\": \"sightglass-identity/2\"}").has_value());
    }

    void theFileNameTellsTargetsApartAndNoPassword()
    {
        const auto name = [](const char* dsn) {
            return identityFileName(*parseConnectionTarget(dsn));
        };
        QCOMPARE(name("postgresql://a:secret@h:5432/d"), name("postgresql://b:other@h:5432/d"));
        QVERIFY(name("postgresql://h:5432/d") != name("postgresql://h:5433/d"));
        QVERIFY(name("postgresql://h/d") != name("postgresql://h/e"));
        QVERIFY(name("postgresql://a:secret@h/d").find("secret") == std::string::npos);
        QVERIFY(name("postgresql://h/..%2F..%2Fx").find('/') == std::string::npos);
    }

    void aPartlyReadCatalogIsNotRemembered()
    {
        LiveState live;
        live.server.databaseOid = 1;
        QVERIFY(identityOf(live, "x", nullptr).has_value());
        live.notRead = {"There is no right to read the identity of the server: permission denied "
                        "for function pg_control_system."};
        QVERIFY(identityOf(live, "x", nullptr).has_value());
        live.notRead.emplace_back("Reading the members of extensions failed: too many files.");
        QVERIFY(!identityOf(live, "x", nullptr).has_value());
        live.notRead.clear();
        live.server.databaseOid = 0;
        QVERIFY(!identityOf(live, "x", nullptr).has_value());
    }
};

int identity_test(int argc, char** argv)
{
    IdentityTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "identity_test.moc"
