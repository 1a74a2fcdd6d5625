// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demos/demo.h"
#include "core/process/run_process.h"
#include "tests/cli/run_cli.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

#include <optional>
#include <set>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

const QString versions = QStringLiteral("backend/api-gateway/alembic/versions");
const QString environment = QStringLiteral("backend/api-gateway/alembic/env.py");
const QString dropping = QStringLiteral("82233f5589d3_add_research_report_streaming_fields.py");

using Names = std::set<std::string>;

const Names ofTheFrontEnd{"account",
                          "accounts",
                          "openai_usage",
                          "pinned_stocks",
                          "rate_limit",
                          "session",
                          "sessions",
                          "user",
                          "user_api_keys",
                          "verification",
                          "verification_tokens"};

QString textOf(const QString& file)
{
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly) ? QString::fromUtf8(opened.readAll()) : QString();
}

bool write(const QString& file, const QString& text)
{
    QFile opened(file);
    return opened.open(QIODevice::WriteOnly) && opened.write(text.toUtf8()) >= 0;
}

/// First arguments of a directive's calls.
Names namedBy(const QString& directive, const QString& python)
{
    Names names;
    const QRegularExpression call(QRegularExpression::escape(directive) +
                                  QStringLiteral("\\(\\s*['\"]([^'\"]+)['\"]"));
    for (auto match = call.globalMatch(python); match.hasNext();)
        names.insert(match.next().captured(1).toStdString());
    return names;
}

} // namespace

/// The third incident, before it happens: the demo's project and database, the whole program, and
/// real Alembic as the judge.
class AutogenerateGuardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        qunsetenv("SIGHTGLASS_DSN");
        auto demo = startDemo("dropped-tables", {});
        QVERIFY2(demo.has_value(), demo ? "" : toText(demo.error()).c_str());
        m_demo.emplace(std::move(*demo));
        m_root = QString::fromStdString(m_demo->project.string());
    }

    void cleanupTestCase() { m_demo.reset(); }

    void elevenDropsAreShownWithRowsAndOwners()
    {
        const CliRun run = cli({"review", "--pending", "--format", "json"});
        const QJsonObject loss = run.json()[QStringLiteral("loss")].toObject();
        QCOMPARE(loss[QStringLiteral("tables")].toInt(), 11);
        QCOMPARE(loss[QStringLiteral("not_managed")].toInt(), 11);
        QCOMPARE(loss[QStringLiteral("rows")].toInt(), 12'965);
        QCOMPARE(loss[QStringLiteral("tables_without_rows")].toInt(), 0);
        Names names;
        for (const QJsonValue& each : loss[QStringLiteral("losses")].toArray()) {
            const QJsonObject one = each.toObject();
            names.insert(one[QStringLiteral("name")].toString().toStdString());
            QVERIFY(one[QStringLiteral("rows")].toInt() > 0);
            QCOMPARE(one[QStringLiteral("revision")].toString(), QStringLiteral("82233f5589d3"));
            QVERIFY(one[QStringLiteral("line")].toInt() >= 23 &&
                    one[QStringLiteral("line")].toInt() <= 41);
            QVERIFY(!one[QStringLiteral("owner")].toObject().isEmpty());
        }
        QCOMPARE(names, ofTheFrontEnd);
        QCOMPARE(findings(run, "unmanaged-table-drop"), std::size_t(11));
        QCOMPARE(findings(run, "protected-table"), std::size_t(0));
        QCOMPARE(run.status, 1);
        const CliRun text = cli({"review", "--pending"});
        QVERIFY(contains(text.out, "What would be gone"));
        QVERIFY(contains(text.out, "Better Auth"));
        QVERIFY(contains(text.out, "Before it runs"));
    }

    void theProtectedListTurnsThemIntoErrors()
    {
        const QString settings = m_root + QStringLiteral("/sightglass.toml");
        QString list;
        for (const std::string& name : ofTheFrontEnd)
            list += QStringLiteral("\"%1\", ").arg(QString::fromStdString(name));
        QVERIFY(write(settings, QStringLiteral("[review]\nprotected_tables = [%1]\n").arg(list)));
        const CliRun run = cli({"review", "--pending", "--format", "json"});
        const CliRun tables = cli({"tables", "--format", "json"});
        QVERIFY(QFile::remove(settings));
        // Each drop of a table; those of their indexes stand beside them.
        QVERIFY(findings(run, "protected-table") >= 11);
        QCOMPARE(answer(run, "The protected tables"), QStringLiteral("true"));
        QCOMPARE(marked(tables), ofTheFrontEnd);
        const CliRun without = cli({"review", "--pending", "--format", "json"});
        QCOMPARE(answer(without, "The protected tables"), QStringLiteral("false"));
        QCOMPARE(marked(cli({"tables", "--format", "json"})), Names());
    }

    void theChecklistHasSevenAnswers()
    {
        const CliRun run = cli({"review", "--pending", "--format", "json"});
        QCOMPARE(run.json()[QStringLiteral("checklist")].toArray().size(), 7);
        QCOMPARE(answer(run, "Every pending revision"), QStringLiteral("true"));
        QCOMPARE(answer(run, "No table or column"), QStringLiteral("false"));
        QCOMPARE(answer(run, "Nothing runs migrations"), QStringLiteral("true"));
        const QString compose = m_root + QStringLiteral("/docker-compose.yml");
        const QString before = textOf(compose);
        QVERIFY(write(compose,
                      before + QStringLiteral("# alembic upgrade head\n"
                                              "    command: alembic upgrade head\n")));
        const CliRun automatic = cli({"review", "--pending", "--format", "json"});
        QVERIFY(write(compose, before));
        QCOMPARE(answer(automatic, "Nothing runs migrations"), QStringLiteral("false"));
        QVERIFY2(contains(automatic.out, "docker-compose.yml:"), automatic.out.c_str());
    }

    void theForecastIsWhatAutogenerateDrops()
    {
        takeDroppingRevisionAway();
        Names forecast;
        const CliRun run = cli({"tables", "--format", "json"});
        for (const QJsonValue& each : run.json()[QStringLiteral("tables")].toArray()) {
            const QJsonObject row = each.toObject();
            if (row[QStringLiteral("forecast")] == QStringLiteral("drop"))
                forecast.insert(row[QStringLiteral("name")].toString().toStdString());
        }
        const QString revision = autogenerated();
        QCOMPARE(namedBy(QStringLiteral("op.drop_table"), upgradeOf(revision)), forecast);
        QCOMPARE(forecast, ofTheFrontEnd);
    }

    void withTheFilterAutogenerateLeavesThemAlone()
    {
        takeDroppingRevisionAway();
        const CliRun filter = cli({"tables", "--guard", "filter"});
        QVERIFY2(filter.status == 0 && filter.err.empty(), filter.err.c_str());
        QString python = textOf(m_root + QLatin1Char('/') + environment);
        const QString original = python;
        python.replace(QStringLiteral("context.configure("),
                       QStringLiteral("context.configure(include_object=include_object, "));
        python.replace(QStringLiteral("config = context.config\n"),
                       QString::fromStdString(filter.out) +
                           QStringLiteral("\nconfig = context.config\n"));
        QVERIFY(write(m_root + QLatin1Char('/') + environment, python));
        const QString upgrade = upgradeOf(autogenerated());
        QVERIFY(write(m_root + QLatin1Char('/') + environment, original));
        QCOMPARE(namedBy(QStringLiteral("op.drop_table"), upgrade), Names());
        QCOMPARE(namedBy(QStringLiteral("op.drop_index"), upgrade), Names());
        QVERIFY2(upgrade.contains(QStringLiteral("op.add_column('research_reports'")),
                 qPrintable(upgrade));
    }

    void withTheStubsAutogenerateSeesNoDifference()
    {
        takeDroppingRevisionAway();
        const CliRun stubs = cli({"tables", "--guard", "stubs"});
        QVERIFY2(stubs.status == 0 && stubs.err.empty(), stubs.err.c_str());
        QString python = textOf(m_root + QLatin1Char('/') + environment);
        const QString original = python;
        python.replace(QStringLiteral("target_metadata = Base.metadata\n"),
                       QStringLiteral("target_metadata = Base.metadata\n\n") +
                           QString::fromStdString(stubs.out) +
                           QStringLiteral("\n\nadd_unmanaged_tables(target_metadata)\n"));
        python.replace(QStringLiteral("context.configure("),
                       QStringLiteral("context.configure(compare_type=True, "
                                      "compare_server_default=True, "));
        QVERIFY(write(m_root + QLatin1Char('/') + environment, python));
        const QString upgrade = upgradeOf(autogenerated());
        QVERIFY(write(m_root + QLatin1Char('/') + environment, original));
        for (const std::string& name : ofTheFrontEnd)
            QVERIFY2(!upgrade.contains(QStringLiteral("'%1'").arg(QString::fromStdString(name))),
                     qPrintable(upgrade));
        QVERIFY2(upgrade.contains(QStringLiteral("op.add_column('research_reports'")),
                 qPrintable(upgrade));
    }

    void withoutADatabaseThereIsNothingToGuard()
    {
        const CliRun run =
            runCli({"tables", "--project", m_root.toStdString(), "--guard", "filter"});
        QCOMPARE(run.status, 2);
        QVERIFY2(isOneErrorLine(run.err) && run.out.empty(), run.err.c_str());
    }

private:
    CliRun cli(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.end(),
                         {"--project", m_root.toStdString(), "--dsn", m_demo->dsn});
        return runCli(arguments);
    }

    static std::size_t findings(const CliRun& run, const char* rule)
    {
        std::size_t count = 0;
        for (const QJsonValue& each : run.json()[QStringLiteral("findings")].toArray())
            count += each.toObject()[QStringLiteral("rule")] == QLatin1String(rule) ? 1 : 0;
        return count;
    }

    /// "true", "false" or "null" of the item that begins so.
    static QString answer(const CliRun& run, const char* item)
    {
        for (const QJsonValue& each : run.json()[QStringLiteral("checklist")].toArray()) {
            const QJsonObject one = each.toObject();
            const QJsonValue ok = one[QStringLiteral("ok")];
            if (one[QStringLiteral("item")].toString().startsWith(QLatin1String(item)))
                return ok.isNull()   ? QStringLiteral("null")
                       : ok.toBool() ? QStringLiteral("true")
                                     : QStringLiteral("false");
        }
        return QStringLiteral("no such item");
    }

    static Names marked(const CliRun& run)
    {
        Names names;
        for (const QJsonValue& each : run.json()[QStringLiteral("tables")].toArray()) {
            const QJsonObject row = each.toObject();
            if (row[QStringLiteral("protected")].toBool())
                names.insert(row[QStringLiteral("name")].toString().toStdString());
        }
        return names;
    }

    /// Autogenerate asks for a database at the head: the revision that drops is not there yet.
    void takeDroppingRevisionAway() const
    {
        QFile::remove(m_root + QLatin1Char('/') + versions + QLatin1Char('/') + dropping);
    }

    /// What real `alembic revision --autogenerate` writes; the file is taken away again.
    QString autogenerated() const
    {
        const QDir folder(m_root + QLatin1Char('/') + versions);
        const QStringList before = folder.entryList(QDir::Files);
        const ProcessRequest request{
            .program = "/usr/bin/python3",
            .arguments = {"-m", "alembic", "revision", "--autogenerate", "-m", "probe"},
            .environment = {{"DATABASE_URL", m_demo->dsn}, {"PYTHONDONTWRITEBYTECODE", "1"}},
            .workingDirectory = m_demo->project.string(),
            .limit = std::chrono::minutes(2)};
        const auto outcome = runProcess(request, {});
        if (!outcome || outcome->exitCode != 0)
            return QStringLiteral("alembic failed: ") +
                   QString::fromStdString(outcome ? outcome->errors : toText(outcome.error()));
        for (const QString& name : folder.entryList(QDir::Files)) {
            if (before.contains(name))
                continue;
            const QString text = textOf(folder.filePath(name));
            QFile::remove(folder.filePath(name));
            return text;
        }
        return QStringLiteral("alembic wrote no file");
    }

    static QString upgradeOf(const QString& revision)
    {
        const auto begin = revision.indexOf(QStringLiteral("def upgrade"));
        if (begin < 0)
            return QStringLiteral("no upgrade: ") + revision;
        return revision.mid(begin, revision.indexOf(QStringLiteral("def downgrade")) - begin);
    }

    std::optional<RunningDemo> m_demo;
    QString m_root;
};

int autogenerate_guard_test(int argc, char** argv)
{
    AutogenerateGuardTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "autogenerate_guard_test.moc"
