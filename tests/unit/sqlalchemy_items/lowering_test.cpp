// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/items.h"

#include <QTest>

namespace sightglass::tests {
namespace {

class IntegerType final : public TypeObject
{
public:
    std::string typeName() const override { return "Integer"; }

    Outcome<SqlText, Raised> ddl() const override { return SqlText(std::string("INTEGER")); }

    std::string_view numericFamily() const override { return "INTEGER"; }
};

/// A table t with one column id that is its key.
struct KeyedTable
{
    IntegerType type;
    ColumnItem column;
    TableItem table;

    KeyedTable()
    {
        column.name = std::string("id");
        column.type = static_cast<TypeObject*>(&type);
        column.typeGiven = true;
        column.primaryKey = true;
        table.name = {{}, "t"};
        table.columns = {&column};
    }

    change::CreateTable created() const
    {
        const auto changes = createTableChanges(table, defaultNamingConvention());
        if (!changes || changes->empty())
            return {};
        const auto* made = std::get_if<change::CreateTable>(&changes->front());
        return made == nullptr ? change::CreateTable{} : *made;
    }
};

} // namespace

class LoweringTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSingleIntegerKeyIsSerial();
    void autoincrementOffIsNotSerial();
    void aTableConstraintToAnotherTableIsNotSerial();
    void anUnknownPartStandsBesideTheTable();
    void aTableOfACycleComesLast();
    void anUnknownNameHidesTheTable();
};

void LoweringTest::aSingleIntegerKeyIsSerial()
{
    const change::CreateTable made = KeyedTable().created();
    QCOMPARE(made.columns.size(), 1U);
    QVERIFY(made.columns[0].type == SqlText(std::string("SERIAL")));
    QVERIFY(made.columns[0].notNull);
    QCOMPARE(made.constraints.size(), 1U);
}

void LoweringTest::autoincrementOffIsNotSerial()
{
    KeyedTable keyed;
    keyed.column.autoincrement = "False";
    QVERIFY(keyed.created().columns.at(0).type == SqlText(std::string("INTEGER")));
}

void LoweringTest::aTableConstraintToAnotherTableIsNotSerial()
{
    KeyedTable keyed;
    ConstraintItem key;
    key.definition.kind = ConstraintDefinition::Kind::ForeignKey;
    key.definition.columns = {"id"};
    key.definition.target = {{}, "o"};
    key.definition.targetColumns = {"id"};
    keyed.table.constraints = {&key};
    keyed.table.constraintsGiven = 1;
    QVERIFY(keyed.created().columns.at(0).type == SqlText(std::string("INTEGER")));
}

void LoweringTest::anUnknownPartStandsBesideTheTable()
{
    KeyedTable keyed;
    keyed.column.unknown = Unknown{"nullable=settings.X"};
    const auto changes = createTableChanges(keyed.table, defaultNamingConvention());
    QVERIFY(changes);
    QCOMPARE(changes->size(), 2U);
    const auto* opaque = std::get_if<change::Opaque>(&changes->back());
    QVERIFY(opaque != nullptr);
    QCOMPARE(QString::fromStdString(opaque->table.name), QStringLiteral("t"));
    QVERIFY(opaque->what.find("settings.X") != std::string::npos);
}

void LoweringTest::aTableOfACycleComesLast()
{
    MetaDataItem metadata;
    TableItem a;
    TableItem b;
    TableItem c;
    a.name = {{}, "a"};
    b.name = {{}, "b"};
    c.name = {{}, "c"};
    ConstraintItem toB;
    toB.definition.kind = ConstraintDefinition::Kind::ForeignKey;
    toB.definition.target = b.name;
    ConstraintItem toA;
    toA.definition.kind = ConstraintDefinition::Kind::ForeignKey;
    toA.definition.target = a.name;
    a.constraints = {&toB};
    b.constraints = {&toA};
    metadata.tables = {&b, &a, &c};
    const std::vector<TableItem*> expected{&c, &a, &b};
    QVERIFY(sortedTables(metadata) == expected);
}

void LoweringTest::anUnknownNameHidesTheTable()
{
    TableItem table;
    table.unknown = Unknown{"computed"};
    const auto changes = createTableChanges(table, defaultNamingConvention());
    QVERIFY(changes);
    QCOMPARE(changes->size(), 1U);
    QVERIFY(std::holds_alternative<change::Opaque>(changes->front()));
}

} // namespace sightglass::tests

int lowering_test(int argc, char** argv)
{
    sightglass::tests::LoweringTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "lowering_test.moc"
