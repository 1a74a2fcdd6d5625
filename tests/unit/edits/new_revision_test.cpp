// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edits/new_revision.h"

#include <QTest>

using namespace sightglass;

namespace {

NewRevision merge()
{
    return {.id = "c0ffee",
            .down = {"aaa", "bbb"},
            .message = "join both",
            .created = "2026-01-02 03:04:05.000006"};
}

QString nameOf(const FileNaming& naming, const std::string& message)
{
    const auto name = revisionFileName(naming, "c0ffee", message, "2026-01-02 03:04:05.000006");
    return QString::fromStdString(name ? *name : toText(name.error()));
}

FileNaming named(const std::string& form)
{
    return {.form = form};
}

} // namespace

/// Names and texts of new revision files; the whole file is compared with Alembic's elsewhere.
class NewRevisionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void namesAsAlembicDoes()
    {
        QCOMPARE(nameOf(FileNaming(), "Add users, orders"),
                 QStringLiteral("c0ffee_add_users_orders.py"));
        QCOMPARE(nameOf(FileNaming(), ""), QStringLiteral("c0ffee_.py"));
        QCOMPARE(nameOf(FileNaming(), "a very long message that says all there is to say about it"),
                 QStringLiteral("c0ffee_a_very_long_message_that_says_all_there_.py"));
        QCOMPARE(
            nameOf(named("%(year)d_%(month).2d_%(day).2d_%(hour).2d%(minute).2d-%(rev)s_%(slug)s"),
                   "x"),
            QStringLiteral("2026_01_02_0304-c0ffee_x.py"));
        QCOMPARE(nameOf(named("100%%_%(rev)s"), "x"), QStringLiteral("100%_c0ffee.py"));
        QVERIFY(nameOf(named("%(author)s_%(rev)s"), "x").contains(QStringLiteral("%(author)")));
    }

    void cutsAtWholeLetters()
    {
        QCOMPARE(nameOf({.slugLength = 3}, "éé éé"), QString::fromUtf8("c0ffee_éé_.py"));
    }

    void followsTheTemplate()
    {
        const auto made = revisionText(
            merge(),
            "# ours\nrevision: str = ${repr(up_revision)}\ndown_revision = "
            "${repr(down_revision)}\n\ndef upgrade():\n    ${upgrades if upgrades else "
            "\"pass\"}\n");
        QCOMPARE(QString::fromStdString(made.text),
                 QStringLiteral("# ours\nrevision: str = 'c0ffee'\ndown_revision = ('aaa', 'bbb')\n"
                                "\ndef upgrade():\n    pass\n"));
        QVERIFY(made.note.empty());
    }

    void codeInATemplateIsNotRun()
    {
        for (const char* const code : {"% if x:\n", "<%! import os %>\n", "${os.getcwd()}\n"}) {
            const auto made = revisionText(merge(), code);
            QVERIFY(!made.note.empty());
            QVERIFY(made.text.find("revision = 'c0ffee'\n") != std::string::npos);
            QVERIFY(made.text.find("getcwd") == std::string::npos);
        }
    }

    void bodiesStandWhereTheTemplateHasThem()
    {
        NewRevision revision = merge();
        revision.upgrade = "    op.drop_table('a')\n    op.drop_table('b')\n";
        QVERIFY(revisionText(revision, std::nullopt)
                    .text.find("def upgrade() -> None:\n    op.drop_table('a')\n"
                               "    op.drop_table('b')\n\n") != std::string::npos);
    }
};

int new_revision_test(int argc, char** argv)
{
    NewRevisionTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "new_revision_test.moc"
