// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/version_rows.h"

#include <QTest>

using namespace sightglass;

namespace {

QString textOf(const std::vector<VersionRowChange>& changes)
{
    QStringList parts;
    for (const VersionRowChange& each : changes) {
        const QString from = QString::fromStdString(each.from);
        const QString to = QString::fromStdString(each.to);
        switch (each.kind) {
        case VersionRowChange::Kind::Insert:
            parts << QStringLiteral("+") + to;
            break;
        case VersionRowChange::Kind::Delete:
            parts << QStringLiteral("-") + from;
            break;
        case VersionRowChange::Kind::Update:
            parts << from + QStringLiteral(">") + to;
            break;
        }
    }
    return parts.join(QLatin1Char(' '));
}

// Two branches of one base that are merged; b1 depends on a2 in `dependent`.
std::vector<RevisionParents> merged()
{
    return {{.revision = "base", .parents = {}, .allParents = {}},
            {.revision = "a1", .parents = {"base"}, .allParents = {"base"}},
            {.revision = "b1", .parents = {"base"}, .allParents = {"base"}},
            {.revision = "m", .parents = {"a1", "b1"}, .allParents = {"a1", "b1"}}};
}

std::vector<RevisionParents> dependent()
{
    return {{.revision = "a1", .parents = {}, .allParents = {}},
            {.revision = "a2", .parents = {"a1"}, .allParents = {"a1"}},
            {.revision = "b1", .parents = {"a2"}, .allParents = {"a2"}},
            {.revision = "b2", .parents = {"b1"}, .allParents = {"b1"}},
            {.revision = "a3", .parents = {"a2"}, .allParents = {"a2"}}};
}

} // namespace

class VersionRowsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void goesUpThroughBranchesAndTheirMerge()
    {
        VersionRows rows(merged(), {});
        QCOMPARE(textOf(rows.upgrade("base")), QStringLiteral("+base"));
        QCOMPARE(textOf(rows.upgrade("a1")), QStringLiteral("base>a1"));
        QCOMPARE(textOf(rows.upgrade("b1")), QStringLiteral("+b1"));
        QCOMPARE(textOf(rows.upgrade("m")), QStringLiteral("-a1 b1>m"));
        QCOMPARE(rows.rows(), std::set<std::string>{"m"});
    }

    void goesDownTheSameWay()
    {
        VersionRows rows(merged(), {"m"});
        QCOMPARE(textOf(rows.downgrade("m")), QStringLiteral("+a1 m>b1"));
        QCOMPARE(textOf(rows.downgrade("b1")), QStringLiteral("-b1"));
        QCOMPARE(textOf(rows.downgrade("a1")), QStringLiteral("a1>base"));
        QCOMPARE(textOf(rows.downgrade("base")), QStringLiteral("-base"));
        QVERIFY(rows.rows().empty());
    }

    void takesOverTheRowOfADependency()
    {
        VersionRows rows(dependent(), {"a2"});
        QCOMPARE(textOf(rows.upgrade("b1")), QStringLiteral("a2>b1"));
        QCOMPARE(textOf(rows.upgrade("a3")), QStringLiteral("+a3"));
        QCOMPARE(textOf(rows.downgrade("b1")), QStringLiteral("-b1"));
        QCOMPARE(textOf(rows.downgrade("a3")), QStringLiteral("a3>a2"));
    }

    void changesNothingWhereAlembicWouldStop()
    {
        VersionRows rows(merged(), {"a1"});
        QVERIFY(rows.downgrade("m").empty());
        QVERIFY(rows.upgrade("a1").empty());
        QVERIFY(rows.upgrade("nowhere").empty());
        QCOMPARE(rows.rows(), std::set<std::string>{"a1"});
    }

    void survivesCycles()
    {
        VersionRows rows({{.revision = "x", .parents = {"y"}, .allParents = {"y"}},
                          {.revision = "y", .parents = {"x"}, .allParents = {"x"}},
                          {.revision = "z", .parents = {"x", "y"}, .allParents = {}}},
                         {"x", "y", "w"});
        QCOMPARE(textOf(rows.upgrade("z")), QStringLiteral("-x y>z"));
    }
};

int version_rows_test(int argc, char** argv)
{
    VersionRowsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "version_rows_test.moc"
