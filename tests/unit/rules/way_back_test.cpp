// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/sql_review.h"

#include <QTest>

#include <algorithm>

using namespace sightglass;

namespace {

struct Way
{
    std::string prior; ///< of the whole chain; empty: nothing is known
    std::string upgrade;
    std::string downgrade;
    std::string live = {}; ///< SQL that makes the database as it is; empty: none is at hand
};

/// Titles of what the two rules about the way back say.
QStringList flawsOf(const Way& way)
{
    SqlReviewInput input;
    input.text = way.upgrade;
    input.file = "revision.sql";
    input.downgrade = way.downgrade;
    if (!way.prior.empty()) {
        input.prior = way.prior;
        input.priorIsComplete = true;
    }
    if (!way.live.empty())
        input.live = way.live;
    QStringList titles;
    for (const ReviewedRevision& revision : reviewSql(std::move(input), {}).revisions) {
        for (const Finding& finding : revision.findings) {
            if (finding.rule == "downgrade-not-mirror" || finding.rule == "enum-type-left-behind")
                titles.push_back(QString::fromStdString(finding.title));
        }
    }
    return titles;
}

} // namespace

class WayBackTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void whatMirrorsIsSilent_data()
    {
        QTest::addColumn<QString>("prior");
        QTest::addColumn<QString>("upgrade");
        QTest::addColumn<QString>("downgrade");
        const auto row =
            [](const char* label, const char* prior, const char* upgrade, const char* downgrade) {
                QTest::newRow(label) << QString::fromLatin1(prior) << QString::fromLatin1(upgrade)
                                     << QString::fromLatin1(downgrade);
            };
        const char* const users = "CREATE TABLE users (id bigint PRIMARY KEY, email text, "
                                  "CONSTRAINT uq_users_email UNIQUE (email))";
        row("column", "", "ALTER TABLE users ADD COLUMN a int", "ALTER TABLE users DROP COLUMN a");
        row("column of a known table",
            users,
            "ALTER TABLE users ADD COLUMN a int",
            "ALTER TABLE users DROP COLUMN a");
        row("dropped column comes last",
            users,
            "ALTER TABLE users DROP COLUMN id",
            "ALTER TABLE users ADD COLUMN id bigint PRIMARY KEY");
        row("constraint under a name of the server",
            users,
            "ALTER TABLE users DROP CONSTRAINT uq_users_email",
            "ALTER TABLE users ADD UNIQUE (email)");
        row("constraint of an unknown table",
            "",
            "ALTER TABLE users DROP CONSTRAINT uq_users_email",
            "ALTER TABLE users ADD UNIQUE (email)");
        row("rename",
            "",
            "ALTER TABLE users RENAME TO people",
            "ALTER TABLE people RENAME TO users");
        row("rename and column",
            "",
            "ALTER TABLE users RENAME TO people; ALTER TABLE people ADD COLUMN a int",
            "ALTER TABLE people DROP COLUMN a; ALTER TABLE people RENAME TO users");
        row("index of an unknown table", "", "DROP INDEX ix_a", "CREATE INDEX ix_a ON orders (a)");
        row("unknown table dropped and made again",
            "",
            "DROP TABLE items",
            "CREATE TABLE items (id bigint PRIMARY KEY)");
        row("nullability",
            "",
            "ALTER TABLE users ALTER COLUMN email SET NOT NULL",
            "ALTER TABLE users ALTER COLUMN email DROP NOT NULL");
        row("only data",
            "",
            "ALTER TABLE users ADD COLUMN a int; UPDATE users SET a = 1",
            "ALTER TABLE users DROP COLUMN a");
        row("view replaced",
            "",
            "CREATE OR REPLACE VIEW v AS SELECT 1 AS a, 2 AS b",
            "DROP VIEW v; CREATE VIEW v AS SELECT 1 AS a");
        row("label that can't be taken back",
            "",
            "ALTER TYPE mood ADD VALUE 'x'; ALTER TABLE users ADD COLUMN a int",
            "ALTER TABLE users DROP COLUMN a");
        row("enum used by another table",
            "CREATE TABLE users (id bigint PRIMARY KEY)",
            "CREATE TYPE mood AS ENUM ('a'); CREATE TABLE t (m mood)",
            "DROP TABLE t; DROP TYPE mood");
        row("a table in a schema that is not known",
            "",
            "SET search_path TO app; CREATE TABLE x (id bigint PRIMARY KEY)",
            "DROP TABLE x");
        row("what is not there is left out",
            "",
            "ALTER TABLE users ADD COLUMN a int",
            "DROP INDEX IF EXISTS ix_other; ALTER TABLE users DROP COLUMN a");
    }

    void whatMirrorsIsSilent()
    {
        QFETCH(QString, prior);
        QFETCH(QString, upgrade);
        QFETCH(QString, downgrade);
        QCOMPARE(flawsOf({.prior = prior.toStdString(),
                          .upgrade = upgrade.toStdString(),
                          .downgrade = downgrade.toStdString()}),
                 QStringList());
    }

    /// A database that a stopped upgrade left: what is there of it is not what was before.
    void whatAStoppedUpgradeLeftIsNotBroughtBack()
    {
        const std::string before = "CREATE TABLE users (id bigint PRIMARY KEY)";
        const std::string upgrade = "CREATE TABLE t (id bigint PRIMARY KEY); ALTER TABLE users ADD "
                                    "COLUMN a int; CREATE TABLE u (id bigint PRIMARY KEY)";
        const std::string downgrade = "DROP TABLE u; ALTER TABLE users DROP COLUMN a; DROP TABLE t";
        const std::string left = before + "; CREATE TABLE t (id bigint PRIMARY KEY); ALTER TABLE "
                                          "users ADD COLUMN a int";
        QCOMPARE(
            flawsOf({.prior = before, .upgrade = upgrade, .downgrade = downgrade, .live = left}),
            QStringList());
        QCOMPARE(flawsOf({.prior = before,
                          .upgrade = upgrade + "; DROP TABLE old",
                          .downgrade = downgrade,
                          .live = left + "; CREATE TABLE old (id bigint)"}),
                 QStringList{QStringLiteral("Downgrade does not bring back table public.old")});
    }

    void whatDoesNotIsNamed_data()
    {
        QTest::addColumn<QString>("prior");
        QTest::addColumn<QString>("upgrade");
        QTest::addColumn<QString>("downgrade");
        QTest::addColumn<QString>("title");
        const auto row = [](const char* label,
                            const char* prior,
                            const char* upgrade,
                            const char* downgrade,
                            const char* title) {
            QTest::newRow(label) << QString::fromLatin1(prior) << QString::fromLatin1(upgrade)
                                 << QString::fromLatin1(downgrade) << QString::fromLatin1(title);
        };
        row("column left",
            "",
            "ALTER TABLE users ADD COLUMN a int; ALTER TABLE users ADD COLUMN b int",
            "ALTER TABLE users DROP COLUMN a",
            "Downgrade leaves column public.users.b behind");
        row("index left",
            "",
            "ALTER TABLE users ADD COLUMN a int; CREATE INDEX ix_b ON users (b)",
            "ALTER TABLE users DROP COLUMN a",
            "Downgrade leaves index public.ix_b behind");
        row("column does not come back",
            "",
            "ALTER TABLE users DROP COLUMN a; ALTER TABLE users ADD COLUMN b int",
            "ALTER TABLE users DROP COLUMN b",
            "Downgrade does not bring back column public.users.a");
        row("column comes back otherwise",
            "CREATE TABLE users (id bigint PRIMARY KEY, a integer NOT NULL)",
            "ALTER TABLE users DROP COLUMN a",
            "ALTER TABLE users ADD COLUMN a integer",
            "Downgrade leaves column public.users.a otherwise than it was");
        row("nullability is not undone",
            "",
            "ALTER TABLE users ALTER COLUMN a SET NOT NULL; ALTER TABLE users ADD COLUMN b int",
            "ALTER TABLE users DROP COLUMN b",
            "Downgrade does not undo the change of column public.users.a");
        row("order that can't work",
            "",
            "CREATE TABLE t (id bigint PRIMARY KEY); CREATE INDEX ix_t ON t (id)",
            "DROP TABLE t; DROP INDEX ix_t",
            "Downgrade fails: index \"ix_t\" does not exist");
        row("what was never made",
            "",
            "ALTER TABLE users ADD COLUMN a int",
            "ALTER TABLE users DROP COLUMN z",
            "Downgrade drops column public.users.z, which the upgrade does not make");
        row("table left",
            "CREATE TABLE users (id bigint PRIMARY KEY)",
            "CREATE TABLE t (id bigint PRIMARY KEY); ALTER TABLE users ADD COLUMN a int",
            "ALTER TABLE users DROP COLUMN a",
            "Downgrade leaves table public.t behind");
        row("enum type left",
            "",
            "CREATE TYPE mood AS ENUM ('a'); CREATE TABLE t (m mood)",
            "DROP TABLE t",
            "Downgrade leaves type public.mood behind");
        row("view left",
            "",
            "CREATE VIEW v AS SELECT 1 AS a; CREATE TABLE t (id bigint PRIMARY KEY)",
            "DROP TABLE t",
            "Downgrade leaves view public.v behind");
    }

    void whatDoesNotIsNamed()
    {
        QFETCH(QString, prior);
        QFETCH(QString, upgrade);
        QFETCH(QString, downgrade);
        QFETCH(QString, title);
        QCOMPARE(flawsOf({.prior = prior.toStdString(),
                          .upgrade = upgrade.toStdString(),
                          .downgrade = downgrade.toStdString()}),
                 QStringList(title));
    }
};

int way_back_test(int argc, char** argv)
{
    WayBackTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "way_back_test.moc"
