// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/backup_store.h"

#include <QTest>

using namespace sightglass;

namespace {

StoredBackup backup(const std::string& id, bool isVerified, const std::string& database = "shop")
{
    StoredBackup stored;
    stored.manifest.id = id;
    stored.manifest.target = database;
    stored.manifest.verifiedAt = isVerified ? "2026-01-01T00:00:00Z" : "";
    return stored;
}

QString idsOf(const std::vector<BackupManifest>& manifests)
{
    QStringList ids;
    for (const BackupManifest& manifest : manifests)
        ids << QString::fromStdString(manifest.id);
    return ids.join(QLatin1Char(' '));
}

} // namespace

class BackupStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void theOldestGoAndNeverTheLastVerified()
    {
        QCOMPARE(idsOf(tooMany({backup("d", true), backup("c", true), backup("b", true)}, 2)),
                 QStringLiteral("b"));
        QCOMPARE(
            idsOf(tooMany(
                {backup("d", false), backup("c", false), backup("b", true), backup("a", true)}, 2)),
            QStringLiteral("a"));
        QCOMPARE(idsOf(tooMany({backup("d", true), backup("c", true, "other")}, 1)), QString());
        QCOMPARE(idsOf(tooMany({backup("b", false), backup("a", false)}, 1)), QStringLiteral("a"));
    }

    void aDamagedOneIsNotTheLastVerified()
    {
        StoredBackup damaged = backup("c", true);
        damaged.problem = "Its dump is missing.";
        QCOMPARE(idsOf(tooMany({damaged, backup("b", true), backup("a", true)}, 1)),
                 QStringLiteral("a"));
    }

    void aManifestSurvivesItsText()
    {
        BackupManifest manifest{.id = "shop-1", .file = "shop-1.dump", .format = "custom"};
        manifest.versionRows = {"a", "b"};
        manifest.tables = {{.name = "public.users", .rows = 5, .bytes = 8192},
                           {.name = "public.new", .rows = std::nullopt, .bytes = std::nullopt}};
        manifest.checksum = "00";
        manifest.bytes = 12;
        const auto read = readManifest(manifestText(manifest));
        QVERIFY(read.has_value());
        QVERIFY(*read == manifest);
    }

    void whatIsNoManifestIsRefused()
    {
        BackupManifest manifest{.id = "x", .file = "../../etc/passwd", .format = "custom"};
        manifest.checksum = "00";
        QVERIFY(!readManifest(manifestText(manifest)).has_value());
        for (const char* text : {"", "{", "[]", "{\"format\":\"sightglass-backup/2\"}"})
            QVERIFY(!readManifest(text).has_value());
    }
};

int backup_store_test(int argc, char** argv)
{
    BackupStoreTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "backup_store_test.moc"
