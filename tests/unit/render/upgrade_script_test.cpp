// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/upgrade_script.h"

#include <QTest>

using namespace sightglass;

namespace {

using RowKind = VersionRowChange::Kind;

Operation dropping(std::string table, bool autocommit = false)
{
    Operation operation;
    operation.change = change::DropTable{.table = {.schema = {}, .name = std::move(table)}};
    operation.autocommit = autocommit;
    return operation;
}

std::vector<ScriptStep> twoSteps()
{
    return {{.revision = "a",
             .downRevisions = {},
             .operations = {dropping("t")},
             .rows = {{.kind = RowKind::Insert, .from = {}, .to = "a"}}},
            {.revision = "b",
             .downRevisions = {"a"},
             .operations = {},
             .rows = {{.kind = RowKind::Update, .from = "a", .to = "b"}}}};
}

} // namespace

class UpgradeScriptTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void writesAnUpgradeFromNothingAsAlembicDoes()
    {
        QCOMPARE(QString::fromStdString(scriptText(scriptLines(twoSteps()))),
                 QStringLiteral("BEGIN;\n\n"
                                "CREATE TABLE alembic_version (\n"
                                "    version_num VARCHAR(32) NOT NULL, \n"
                                "    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n"
                                ");\n\n"
                                "-- Running upgrade  -> a\n\n"
                                "DROP TABLE t;\n\n"
                                "INSERT INTO alembic_version (version_num) VALUES ('a') RETURNING "
                                "alembic_version.version_num;\n\n"
                                "-- Running upgrade a -> b\n\n"
                                "UPDATE alembic_version SET version_num='b' WHERE "
                                "alembic_version.version_num = 'a';\n\n"
                                "COMMIT;\n\n"));
    }

    void wrapsEachRevisionWhereTransactionsArePerMigration()
    {
        const auto lines = upgradeScript(twoSteps(),
                                         {.transactionPerMigration = true,
                                          .startRows = {"x"},
                                          .versionTable = {.schema = "my s", .name = "v"},
                                          .versionTableKey = false});
        const std::vector<std::string> expected = {
            "BEGIN",
            "-- Running upgrade  -> a",
            "DROP TABLE t",
            "INSERT INTO \"my s\".v (version_num) VALUES ('a')",
            "COMMIT",
            "BEGIN",
            "-- Running upgrade a -> b",
            "UPDATE \"my s\".v SET version_num='b' WHERE \"my s\".v.version_num = 'a'",
            "COMMIT"};
        QCOMPARE(lines, expected);
    }

    void makesATypeOnceARunAndAsksNothing()
    {
        Operation type;
        type.change = change::CreateEnum{
            .type = {.schema = {}, .name = "k"}, .labels = {"a"}, .oncePerRun = true};
        type.directive = "create_table";
        Operation gone;
        gone.change = change::DropType{.type = {.schema = {}, .name = "k"}, .ifExists = true};
        gone.directive = "Enum.drop";
        std::vector<Operation> operations = {type, type, gone};
        for (std::size_t i = 0; i < operations.size(); ++i)
            operations[i].statement = static_cast<int>(i);
        const std::vector<ScriptStep> steps = {
            {.revision = "r", .downRevisions = {}, .operations = operations, .rows = {}},
            {.revision = "s", .downRevisions = {"r"}, .operations = {type}, .rows = {}}};
        const std::vector<std::string> expected = {"BEGIN",
                                                   "-- Running upgrade  -> r",
                                                   "CREATE TYPE k AS ENUM ('a')",
                                                   "DROP TYPE k",
                                                   "-- Running upgrade r -> s",
                                                   "COMMIT"};
        QCOMPARE(upgradeScript(steps, {.startRows = {"x"}}), expected);
    }

    void goesDownToNothing()
    {
        const std::vector<ScriptStep> steps = {
            {.revision = "a",
             .downRevisions = {},
             .operations = {},
             .rows = {{.kind = RowKind::Delete, .from = "a", .to = {}}}}};
        const auto lines = upgradeScript(
            steps, {.downgrade = true, .startRows = {"a"}, .dropsVersionTable = true});
        const std::vector<std::string> expected = {
            "BEGIN",
            "-- Running downgrade a -> ",
            "DELETE FROM alembic_version WHERE alembic_version.version_num = 'a'",
            "DROP TABLE alembic_version",
            "COMMIT"};
        QCOMPARE(lines, expected);
    }

    void commitsAroundAutocommitBlocks_data()
    {
        QTest::addColumn<bool>("marked");
        QTest::newRow("edges are only marked") << true;
        QTest::newRow("edges are operations") << false;
    }

    void commitsAroundAutocommitBlocks()
    {
        QFETCH(bool, marked);
        std::vector<Operation> operations = {
            dropping("a"), dropping("b", true), dropping("c", true), dropping("d")};
        if (!marked) {
            Operation edge;
            edge.change = change::Transaction{.word = "COMMIT"};
            operations.insert(operations.begin() + 1, edge);
            edge.change = change::Transaction{.word = "BEGIN"};
            operations.insert(operations.begin() + 4, edge);
        }
        for (std::size_t i = 0; i < operations.size(); ++i)
            operations[i].statement = static_cast<int>(i);
        const std::vector<ScriptStep> steps = {
            {.revision = "r", .downRevisions = {}, .operations = operations, .rows = {}}};
        const auto lines = upgradeScript(steps, {.startRows = {"x"}});
        const std::vector<std::string> expected = {"BEGIN",
                                                   "-- Running upgrade  -> r",
                                                   "DROP TABLE a",
                                                   "COMMIT",
                                                   "DROP TABLE b",
                                                   "DROP TABLE c",
                                                   "BEGIN",
                                                   "DROP TABLE d",
                                                   "COMMIT"};
        QCOMPARE(lines, expected);
    }
};

int upgrade_script_test(int argc, char** argv)
{
    UpgradeScriptTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "upgrade_script_test.moc"
