// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/operation.h"

#include <QTest>

#include <set>

using namespace sightglass;

namespace {

QString summary(const Change& change)
{
    return QString::fromStdString(summaryOf(change));
}

template <std::size_t... Index>
std::vector<Change> oneOfEach(std::index_sequence<Index...>)
{
    return {Change(std::variant_alternative_t<Index, AnyChange>())...};
}

} // namespace

class OperationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void everyKindHasItsOwnWordAndASummary()
    {
        const auto changes = oneOfEach(std::make_index_sequence<std::variant_size_v<AnyChange>>());
        std::set<std::string_view> words;
        for (const Change& change : changes) {
            words.insert(kindOf(change));
            QVERIFY(!summaryOf(change).empty());
            (void)objectOf(change);
        }
        QCOMPARE(words.size(), changes.size());
    }

    void summariesNameTheObject()
    {
        const QualifiedName jobs{.schema = {}, .name = "jobs"};
        QCOMPARE(summary(change::AddColumn{
                     .table = jobs,
                     .column = {.name = "owner", .type = std::string("TEXT"), .notNull = true}}),
                 QString::fromUtf8("Adds column owner (text, not null) to jobs"));
        QCOMPARE(summary(change::SetColumnType{
                     .table = jobs, .column = "state", .type = std::string("VARCHAR(20)")}),
                 QString::fromUtf8("Changes the type of jobs.state to varchar(20)"));
        QCOMPARE(summary(change::DropIndex{.index = {.schema = {}, .name = "ix_jobs_owner"}}),
                 QString::fromUtf8("Drops index ix_jobs_owner"));
        QCOMPARE(summary(change::CreateTable{.table = jobs, .columns = {{.name = "id"}}}),
                 QString::fromUtf8("Creates table jobs with 1 column"));
        QCOMPARE(summary(change::SetColumnType{
                     .table = jobs, .column = "state", .type = Unknown{"computed"}}),
                 QString::fromUtf8("Changes the type of jobs.state to unknown type"));
    }

    void summariesStayOnOneLine()
    {
        const QString line =
            summary(change::Query{.text = "SELECT 1,\n\n  2" + std::string(500, 'x')});
        QVERIFY(!line.contains(QLatin1Char('\n')));
        QVERIFY(line.size() < 100);
    }

    void objectsAreWhatAChangeIsAbout()
    {
        const QualifiedName jobs{.schema = "app", .name = "jobs"};
        const ChangedObject column = objectOf(change::DropColumn{.table = jobs, .column = "a"});
        QCOMPARE(column.table, jobs);
        QCOMPARE(column.column, std::string("a"));
        QCOMPARE(objectOf(change::DropType{.type = jobs}).name, std::string("app.jobs"));
        QCOMPARE(objectOf(change::CreateIndex{.index = {.name = "ix", .table = jobs}}).name,
                 std::string("ix"));
        QCOMPARE(objectOf(change::SetComment{.kind = "column", .name = jobs, .part = "c"}).column,
                 std::string("c"));
    }

    void dataAndSettingsAreNotStructural()
    {
        QVERIFY(isStructural(change::DropTable{}));
        QVERIFY(isStructural(change::Opaque{}));
        QVERIFY(!isStructural(change::Opaque{.structural = false}));
        QVERIFY(!isStructural(change::ChangeData{}));
        QVERIFY(!isStructural(change::SetSetting{}));
        QVERIFY(!isStructural(change::Other{.statement = "VACUUM"}));
        QVERIFY(isStructural(change::Other{.statement = "GRANT"}));
    }
};

int operation_test(int argc, char** argv)
{
    OperationTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "operation_test.moc"
