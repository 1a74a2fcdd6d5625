// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/source_span.h" // moc stumbles over <compare> as the first standard header
#include "core/rules/table_owner.h"

#include <QTest>

#include <memory>

using namespace sightglass;

namespace {

Table table(const std::string& name, const std::vector<std::string>& columns)
{
    Table result;
    result.name = {.schema = "public", .name = name};
    for (const std::string& each : columns) {
        Column column;
        column.name = each;
        column.type = "text";
        result.columns.push_back(column);
    }
    return result;
}

Schema schemaOf(const std::vector<Table>& tables)
{
    Schema schema;
    for (const Table& each : tables)
        schema.tables.insert_or_assign(each.name, std::make_shared<const Table>(each));
    return schema;
}

TableOwner ownerOf(const Table& one, const std::vector<Table>& beside = {})
{
    std::vector<Table> all = beside;
    all.push_back(one);
    return probableOwner(one, schemaOf(all));
}

} // namespace

class TableOwnerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void anExtensionOwnsWhatItMade()
    {
        Table one = table("spatial_ref_sys", {"srid"});
        one.extension = "postgis";
        const TableOwner owner = ownerOf(one);
        QVERIFY(owner.kind == TableOwner::Kind::Extension);
        QCOMPARE(owner.name, std::string("postgis"));
    }

    void nameAndColumnsTogetherTellASystem_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("columns");
        QTest::addColumn<QString>("system");
        const auto row =
            [](const char* label, const char* name, const char* columns, const char* system) {
                QTest::newRow(label) << QString::fromLatin1(name)
                                     << QString::fromLatin1(columns).split(QLatin1Char(' '))
                                     << QString::fromLatin1(system);
            };
        row("postgis", "spatial_ref_sys", "srid auth_name auth_srid srtext proj4text", "PostGIS");
        row("celery",
            "celery_taskmeta",
            "id task_id status result date_done traceback name args",
            "Celery");
        row("apscheduler under its own name",
            "my_jobs",
            "id next_run_time job_state",
            "APScheduler");
        row("a queue of pgmq", "q_mails", "msg_id read_ct enqueued_at vt message", "pgmq");
        row("django", "django_content_type", "id app_label model", "Django");
        row("hangfire",
            "job",
            "id stateid statename invocationdata arguments createdat expireat",
            "Hangfire");
        row("flyway under another name",
            "history",
            "installed_rank version description type script checksum installed_by success",
            "Flyway");
        row("entity framework",
            "__EFMigrationsHistory",
            "MigrationId ProductVersion",
            "Entity Framework");
        row("golang-migrate before rails", "schema_migrations", "version dirty", "golang-migrate");
        row("rails", "schema_migrations", "version", "Rails");
    }

    void nameAndColumnsTogetherTellASystem()
    {
        QFETCH(QString, name);
        QFETCH(QStringList, columns);
        QFETCH(QString, system);
        std::vector<std::string> names;
        for (const QString& each : columns)
            names.push_back(each.toStdString());
        const TableOwner owner = ownerOf(table(name.toStdString(), names));
        QVERIFY(owner.kind == TableOwner::Kind::System);
        QCOMPARE(QString::fromStdString(owner.name), system);
        QVERIFY(QString::fromStdString(owner.evidence).endsWith(QLatin1Char('.')));
    }

    void aNameAloneProvesNothing()
    {
        const TableOwner owner = ownerOf(table("celery_taskmeta", {"id", "note"}));
        QVERIFY(owner.kind == TableOwner::Kind::Nobody);
        QVERIFY(owner.name.empty());
        QVERIFY(!owner.evidence.empty());
    }

    void anotherToolsHistoryBesideItIsAHint()
    {
        const Table history = table("django_migrations", {"id", "app", "name", "applied"});
        const TableOwner owner = ownerOf(table("polls_question", {"id", "text"}), {history});
        QVERIFY(owner.kind == TableOwner::Kind::OtherMigrations);
        QCOMPARE(owner.name, std::string("Django"));
    }

    void aHistoryInAnotherNamespaceIsNone()
    {
        Table history = table("django_migrations", {"id", "app", "name", "applied"});
        history.name.schema = "other";
        const TableOwner owner = ownerOf(table("polls_question", {"id", "text"}), {history});
        QVERIFY(owner.kind == TableOwner::Kind::Nobody);
    }

    void theVersionTableOfAnotherChainIsTold()
    {
        const TableOwner owner = ownerOf(table("billing_version", {"version_num"}));
        QVERIFY(owner.kind == TableOwner::Kind::OtherMigrations);
        const TableOwner near =
            ownerOf(table("invoices", {"id"}), {table("billing_version", {"version_num"})});
        QVERIFY(near.kind == TableOwner::Kind::OtherMigrations);
        const TableOwner own =
            ownerOf(table("invoices", {"id"}), {table("alembic_version", {"version_num"})});
        QVERIFY(own.kind == TableOwner::Kind::Nobody);
    }
};

int table_owner_test(int argc, char** argv)
{
    TableOwnerTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "table_owner_test.moc"
