// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspection/inspection.h"
#include "core/report/dot_report.h"
#include "core/report/json_report.h"
#include "core/report/text_report.h"
#include "tests/support/graph_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace sightglass;

namespace {

Inspection inspectionOf(std::string_view chain, std::shared_ptr<const LiveState> live = nullptr)
{
    auto scripts = std::make_shared<Scripts>();
    scripts->project.root = "/shop";
    scripts->project.config = "/shop/alembic.ini";
    scripts->project.section = "alembic";
    scripts->project.scriptLocation = "/shop/alembic";
    scripts->project.versionLocations = {"/shop/alembic/versions"};
    scripts->project.versionTable.value = std::string("alembic_version");
    scripts->revisions = tests::revisionsFromText(chain);
    for (Revision& revision : scripts->revisions)
        revision.span.file = "/shop/alembic/versions/" + revision.id + ".py";
    scripts->ignored = {{"/shop/alembic/versions/notes.txt", "name does not end in .py"}};
    const std::string target = live ? "shop on localhost:5432" : "";
    return assembleInspection({.scripts = scripts, .live = std::move(live), .target = target});
}

std::shared_ptr<const LiveState> liveWith(const std::vector<std::string>& rows)
{
    auto live = std::make_shared<LiveState>();
    live->server.database = "shop";
    live->server.versionText = "15.6";
    live->server.searchPath = {"public"};
    Table users;
    users.name = {"public", "users"};
    users.columns = {
        {.name = "id", .type = "integer", .nullable = false, .identity = Identity{.always = true}},
        {.name = "email", .type = "character varying(255)", .defaultExpression = "''::text"}};
    users.primaryKey = KeyConstraint{.name = "users_pkey", .columns = {"id"}};
    users.indexes = {
        {.name = "ix_users_email", .unique = true, .columns = {"lower(email)"}, .valid = false}};
    users.foreignKeys = {{.name = "users_team_fkey",
                          .columns = {"team_id"},
                          .target = {"public", "teams"},
                          .targetColumns = {"id"},
                          .onDelete = "CASCADE",
                          .validated = false}};
    users.rowEstimate = 48210;
    users.bytes = 640LL * 1024 * 1024;
    live->schema.tables[users.name] = std::make_shared<const Table>(users);
    VersionTable table;
    table.name = {"public", "alembic_version"};
    table.rows = rows;
    table.columnType = "character varying(32)";
    table.width = 32;
    table.hasPrimaryKey = true;
    live->versionTables = {table};
    return live;
}

QJsonObject parsed(const std::string& text)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(text), &error);
    if (error.error != QJsonParseError::NoError)
        qWarning("%s", qPrintable(error.errorString()));
    return document.object();
}

QString joined(const QJsonValue& list)
{
    QStringList items;
    for (const auto& item : list.toArray())
        items << item.toString();
    return items.join(QLatin1Char(' '));
}

bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

std::string longestLine(const std::string& text)
{
    std::string longest;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const auto end = std::min(text.find('\n', begin), text.size());
        if (end - begin > longest.size())
            longest = text.substr(begin, end - begin);
        begin = end + 1;
    }
    return longest;
}

} // namespace

class ReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void chainJsonHasTheKeysOfTheContract()
    {
        const QJsonObject chain = parsed(
            chainJson(inspectionOf("a1; b1 <- a1 [left]; c1 <- a1; d1 <- b1, c1; e1 <- gone +d1")));
        QCOMPARE(chain[QStringLiteral("format")].toString(), QStringLiteral("sightglass/1"));
        QCOMPARE(chain[QStringLiteral("command")].toString(), QStringLiteral("chain"));
        QCOMPARE(joined(chain[QStringLiteral("heads")]), QStringLiteral("d1 e1"));
        QCOMPARE(joined(chain[QStringLiteral("bases")]), QStringLiteral("a1"));
        QCOMPARE(joined(chain[QStringLiteral("branch_points")]), QStringLiteral("a1"));
        QCOMPARE(joined(chain[QStringLiteral("merge_points")]), QStringLiteral("d1"));
        const QJsonObject missing = chain[QStringLiteral("missing")].toArray().at(0).toObject();
        QCOMPARE(missing[QStringLiteral("id")].toString(), QStringLiteral("gone"));
        QCOMPARE(joined(missing[QStringLiteral("referenced_by")]), QStringLiteral("e1"));
        QCOMPARE(missing[QStringLiteral("kind")].toString(), QStringLiteral("down_revision"));
        QCOMPARE(chain[QStringLiteral("revisions")].toArray().size(), 5);
        const QStringList project = chain[QStringLiteral("project")].toObject().keys();
        for (const char* key : {"root",
                                "config",
                                "script_location",
                                "version_locations",
                                "version_table",
                                "version_table_schema"})
            QVERIFY2(project.contains(QLatin1String(key)), key);
        const QJsonObject ignored = chain[QStringLiteral("ignored")].toArray().at(0).toObject();
        QCOMPARE(ignored[QStringLiteral("reason")].toString(),
                 QStringLiteral("name does not end in .py"));
    }

    void aRevisionSaysWhatItIsInTheChain()
    {
        const QJsonObject chain = parsed(chainJson(inspectionOf("a1; b1 <- a1 [left] +x1; x1")));
        for (const auto& value : chain[QStringLiteral("revisions")].toArray()) {
            const QJsonObject revision = value.toObject();
            if (revision[QStringLiteral("id")] != QStringLiteral("b1"))
                continue;
            QCOMPARE(joined(revision[QStringLiteral("down")]), QStringLiteral("a1"));
            QCOMPARE(joined(revision[QStringLiteral("depends_on")]), QStringLiteral("x1"));
            QCOMPARE(joined(revision[QStringLiteral("labels")]), QStringLiteral("left"));
            QCOMPARE(revision[QStringLiteral("file")].toString(),
                     QStringLiteral("/shop/alembic/versions/b1.py"));
            QCOMPARE(revision[QStringLiteral("line")].toInt(), 1);
            QVERIFY(revision[QStringLiteral("created")].isNull());
            QVERIFY(revision[QStringLiteral("head")].toBool());
            QVERIFY(!revision[QStringLiteral("base")].toBool());
            return;
        }
        QFAIL("b1 is not there");
    }

    void diagnoseJsonHasTheKeysOfTheContract()
    {
        const QJsonObject diagnosis =
            parsed(diagnoseJson(inspectionOf("a1; b1 <- a1", liveWith({"a1"}))));
        for (const char* key : {"database",
                                "state",
                                "title",
                                "evidence",
                                "version_rows",
                                "current",
                                "pending",
                                "fresh_database",
                                "options",
                                "checklist"})
            QVERIFY2(diagnosis.contains(QLatin1String(key)), key);
        QCOMPARE(diagnosis[QStringLiteral("state")].toString(), QStringLiteral("pending"));
        QCOMPARE(joined(diagnosis[QStringLiteral("pending")]), QStringLiteral("b1"));
        QVERIFY(
            diagnosis[QStringLiteral("fresh_database")].toObject()[QStringLiteral("ok")].isNull());
        const QJsonObject option = diagnosis[QStringLiteral("options")].toArray().at(0).toObject();
        QVERIFY(option[QStringLiteral("recommended")].toBool());
        QVERIFY(!option[QStringLiteral("steps")].toArray().isEmpty());
        QCOMPARE(
            diagnosis[QStringLiteral("database")].toObject()[QStringLiteral("name")].toString(),
            QStringLiteral("shop"));
    }

    void stateAndDatabaseAreNullWhereNoneWasRead()
    {
        const QJsonObject diagnosis = parsed(diagnoseJson(inspectionOf("a1")));
        QVERIFY(diagnosis.contains(QStringLiteral("state")));
        QVERIFY(diagnosis[QStringLiteral("state")].isNull());
        QVERIFY(diagnosis[QStringLiteral("database")].isNull());
        QCOMPARE(diagnosis[QStringLiteral("title")].toString(),
                 QStringLiteral("The chain is sound. No database was read."));
    }

    void schemaJsonSpellsTablesAsTheContractSays()
    {
        const QJsonObject schema = parsed(schemaJson(liveWith({})->schema, "live", ""));
        QVERIFY(!schema.contains(QStringLiteral("revision")));
        const QJsonObject table = schema[QStringLiteral("tables")].toArray().at(0).toObject();
        QCOMPARE(table[QStringLiteral("schema")].toString(), QStringLiteral("public"));
        const QJsonArray columns = table[QStringLiteral("columns")].toArray();
        QCOMPARE(columns.at(0).toObject()[QStringLiteral("nullable")].toBool(), false);
        QVERIFY(columns.at(0)
                    .toObject()[QStringLiteral("identity")]
                    .toObject()[QStringLiteral("always")]
                    .toBool());
        QCOMPARE(columns.at(1).toObject()[QStringLiteral("default")].toString(),
                 QStringLiteral("''::text"));
        const QJsonObject key = table[QStringLiteral("foreign_keys")].toArray().at(0).toObject();
        QCOMPARE(key[QStringLiteral("ref_table")].toString(), QStringLiteral("teams"));
        QCOMPARE(key[QStringLiteral("on_delete")].toString(), QStringLiteral("CASCADE"));
        QCOMPARE(key[QStringLiteral("valid")].toBool(true), false);
        QCOMPARE(table[QStringLiteral("indexes")]
                     .toArray()
                     .at(0)
                     .toObject()[QStringLiteral("valid")]
                     .toBool(true),
                 false);
        for (const char* list :
             {"enums", "sequences", "views", "functions", "triggers", "extensions", "opaque"})
            QVERIFY2(schema[QLatin1String(list)].isArray(), list);
    }

    void invalidUtf8BecomesAReplacementAndNeverAFailure()
    {
        const QJsonObject diagnosis =
            parsed(diagnoseJson(inspectionOf("a1", liveWith({"caf\xe9"}))));
        QCOMPARE(joined(diagnosis[QStringLiteral("version_rows")]), QStringLiteral("caf\uFFFD"));
    }

    void textShowsNoControlCharacters()
    {
        const Inspection inspection = inspectionOf("a1", liveWith({"\x1b[31mred\nline"}));
        for (const std::string& text :
             {diagnoseText(inspection), markdownReport(inspection), graphDot(inspection)})
            QVERIFY(!contains(text, "\x1b"));
        QVERIFY(contains(diagnoseText(inspection), "\\x1b[31mred\\nline"));
    }

    void diagnosisReadsAsOneScreenOfText()
    {
        const std::string text = diagnoseText(inspectionOf("a1; b1 <- a1", liveWith({"a1"})));
        QVERIFY(contains(text, "Pending: 1 revision is pending after a1.\n"));
        QVERIFY(contains(text, "Version rows  a1\n"));
        QVERIFY(contains(text, "Pending       b1\n"));
        QVERIFY(contains(text, "        $ alembic upgrade head\n"));
        QVERIFY(contains(text, "  no       Every revision is recorded as applied"));
        QVERIFY(contains(text, "unknown  The schema is what the revisions promise"));
    }

    void proseStaysWithinAHundredColumns()
    {
        std::string chain;
        for (int i = 0; i < 40; ++i)
            chain += "a_long_head_" + std::to_string(i) + ";";
        const std::string text = diagnoseText(inspectionOf(chain, liveWith({})));
        const auto begin = text.find("\nEvidence\n");
        const auto end = text.find("\nWays back\n");
        QVERIFY(begin != std::string::npos && end != std::string::npos);
        const std::string longest = longestLine(text.substr(begin, end - begin));
        QVERIFY2(longest.size() <= 100, longest.c_str());
    }

    void chainTextNamesWhatIsMissing()
    {
        const std::string text = chainText(inspectionOf("b1 <- a1"));
        QVERIFY(contains(text, "1 revision, 1 head, 0 bases, 1 missing"));
        QVERIFY(contains(text, "  missing a1: no file defines it; named by b1\n"));
    }

    void schemaTextShowsWhatIsNotValid()
    {
        const std::string text = schemaText(liveWith({})->schema);
        QVERIFY(contains(text, "public.users  about 48210 rows  640 MB\n"));
        QVERIFY(contains(text,
                         "    foreign key users_team_fkey (team_id) to public.teams (id) on delete "
                         "CASCADE, not valid\n"));
        QVERIFY(contains(text, "ix_users_email (lower(email)), invalid\n"));
    }

    void markdownKeepsForeignTextFromBecomingMarkup()
    {
        const std::string text = markdownReport(inspectionOf("a1", liveWith({"<script>|`x`*"})));
        const std::string prose = text.substr(0, text.find("## Ways back"));
        QVERIFY(!contains(prose, "<script>"));
        QVERIFY(contains(text, "&lt;script\\>\\|\\`x\\`\\*"));
        QVERIFY(contains(text, "## Ways back"));
    }

    void dotQuotesNamesAndDrawsWhatIsMissingDashed()
    {
        Inspection inspection = inspectionOf("b1 <- a1");
        const std::string text = graphDot(inspection);
        QVERIFY(text.starts_with("digraph revisions {"));
        QVERIFY(contains(text, "m0 [label=\"a1\\nmissing revision\", style=\"rounded,dashed\""));
        QVERIFY(contains(text, "r0 -> m0 [style=dashed"));
    }
};

int report_test(int argc, char** argv)
{
    ReportTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "report_test.moc"
