// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "directive_reading.h"

namespace sightglass::tests {

class UnknownPartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anUnknownTableNameIsOpaque();
    void anUnknownTypeKeepsItsColumn();
    void anUnknownDefaultKeepsItsColumn();
    void unknownColumnsKeepTheTable();
    void aCustomOperationIsNamed();
    void aRegisteredOperationIsRun();
    void aFinalNameIsText();
    void aFlagThatDecidesWhetherItRunsIsNotGuessed();
    void whoeverIsHandedTheConnectionMayUseIt();
};

void UnknownPartsTest::aFlagThatDecidesWhetherItRunsIsNotGuessed()
{
    for (const char* call : {"postgresql.ENUM('a', name='e').create(bind, checkfirst=ours.X)",
                             "postgresql.ENUM('a', name='e').drop(bind, checkfirst=ours.X)",
                             "sa.Table('t', sa.MetaData(), sa.Column('a', sa.Text()))"
                             ".drop(bind, checkfirst=ours.X)",
                             "op.drop_index('i', if_exists=ours.X)",
                             "op.execute(sa.schema.DropSchema('s', cascade=ours.X))",
                             "op.create_table('t', sa.Column('a', postgresql.ENUM('x', name='e', "
                             "create_type=ours.X)))"}) {
        const auto reading =
            readText(revisionOf("import ours\nfrom sqlalchemy.dialects import postgresql\n"
                                "bind = op.get_bind()\n" +
                                std::string(call)));
        const QStringList lines = summariesOf(reading);
        QVERIFY2(!lines.isEmpty() && lines[0].startsWith(QStringLiteral("opaque opaque")),
                 qPrintable(QString::fromUtf8(call) + lines.join(QLatin1Char('\n'))));
    }
}

void UnknownPartsTest::whoeverIsHandedTheConnectionMayUseIt()
{
    for (const char* call :
         {"ours.update(op.get_bind())", "ours.things.insert(conn=op.get_bind())"}) {
        const auto reading = readText(revisionOf("import ours\n" + std::string(call)));
        const QStringList lines = summariesOf(reading);
        QVERIFY2(lines.size() == 1 && lines[0].startsWith(QStringLiteral("opaque opaque")),
                 qPrintable(QString::fromUtf8(call) + lines.join(QLatin1Char('\n'))));
    }
    QVERIFY(readText(revisionOf("import ours\nours.update(1)")).operations.empty());
}

void UnknownPartsTest::anUnknownTableNameIsOpaque()
{
    const auto reading = readText(revisionOf("import secrets_of_ours\n"
                                             "op.drop_table(secrets_of_ours.NAME)\n"
                                             "op.drop_table('known')"));
    const QStringList lines = summariesOf(reading);
    QCOMPARE(lines.size(), 2);
    QVERIFY2(lines[0].startsWith(QStringLiteral("opaque opaque")), qPrintable(lines[0]));
    QCOMPARE(lines[1], QStringLiteral("resolved drop_table known"));
}

void UnknownPartsTest::anUnknownTypeKeepsItsColumn()
{
    const auto reading = readText(revisionOf(
        "import ours\nop.add_column('t', sa.Column('a', ours.Money(), nullable=False))"));
    QCOMPARE(reading.operations.size(), 1U);
    const auto* added = std::get_if<change::AddColumn>(&reading.operations[0].change);
    QVERIFY(added != nullptr);
    QCOMPARE(QString::fromStdString(added->column.name), QStringLiteral("a"));
    QVERIFY(added->column.notNull);
    QVERIFY(!added->column.type.isKnown());
    QVERIFY(reading.operations[0].resolution == Resolution::Opaque);
}

void UnknownPartsTest::anUnknownDefaultKeepsItsColumn()
{
    const auto reading = readText(revisionOf(
        "import ours\nop.add_column('t', sa.Column('a', sa.Text(), server_default=ours.X))"));
    QCOMPARE(reading.operations.size(), 1U);
    const auto* added = std::get_if<change::AddColumn>(&reading.operations[0].change);
    QVERIFY(added != nullptr && added->column.defaultExpression);
    QVERIFY(!added->column.defaultExpression->isKnown());
    QVERIFY(added->column.type == SqlText(std::string("TEXT")));
}

void UnknownPartsTest::unknownColumnsKeepTheTable()
{
    const auto reading = readText(revisionOf(
        "import ours\nop.create_table('t', sa.Column('a', sa.Text()), *ours.audit_columns())"));
    const QStringList lines = summariesOf(reading);
    QVERIFY2(!lines.isEmpty() && lines[0].contains(QStringLiteral("create_table t")),
             qPrintable(lines.join(QLatin1Char('\n'))));
    const bool doubtful = std::any_of(
        reading.operations.begin(), reading.operations.end(), [](const Operation& each) {
            const auto* opaque = std::get_if<change::Opaque>(&each.change);
            return opaque != nullptr && opaque->table.name == "t" && opaque->structural;
        });
    QVERIFY(doubtful);
}

void UnknownPartsTest::aCustomOperationIsNamed()
{
    const auto reading = readText(revisionOf("op.create_view('v')"));
    QCOMPARE(reading.operations.size(), 1U);
    const auto* opaque = std::get_if<change::Opaque>(&reading.operations[0].change);
    QVERIFY(opaque != nullptr);
    QVERIFY(opaque->what.find("op.create_view") != std::string::npos);
}

void UnknownPartsTest::aRegisteredOperationIsRun()
{
    const std::string text = R"(from alembic import op
from alembic.operations import Operations, MigrateOperation


@Operations.register_operation("create_view")
class CreateView(MigrateOperation):
    def __init__(self, name, query):
        self.name = name
        self.query = query

    @classmethod
    def create_view(cls, operations, name, query):
        return operations.invoke(CreateView(name, query))


@Operations.implementation_for(CreateView)
def create_view(operations, operation):
    operations.execute("CREATE VIEW %s AS %s" % (operation.name, operation.query))


def upgrade():
    op.create_view("v", "SELECT 1 AS a")
)";
    const auto reading = readText(text);
    QCOMPARE(statementsOf(reading), QStringList{QStringLiteral("CREATE VIEW v AS SELECT 1 AS a")});
}

void UnknownPartsTest::aFinalNameIsText()
{
    const auto reading = readText(
        revisionOf("op.drop_index(op.f('ix_') + 'a')\nop.drop_column(f\"{op.f('t')}\", 'b')"));
    const QStringList expected{QStringLiteral("DROP INDEX ix_a"),
                               QStringLiteral("ALTER TABLE t DROP COLUMN b")};
    QCOMPARE(statementsOf(reading), expected);
}

} // namespace sightglass::tests

int unknown_parts_test(int argc, char** argv)
{
    sightglass::tests::UnknownPartsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "unknown_parts_test.moc"
