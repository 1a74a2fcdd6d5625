// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/diagnose.h"
#include "tests/unit/diagnosis/diagnosis_case.h"

#include <QTest>

#include <algorithm>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

const std::string line = "aaaa1111; bbbb2222 <- aaaa1111; cccc3333 <- bbbb2222";

std::string recommended(const Diagnosis& diagnosis)
{
    for (const WayBack& option : diagnosis.options) {
        if (option.recommended)
            return option.id;
    }
    return "";
}

} // namespace

class DiagnoseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void saysHealthyOnlyWhereEveryHeadIsRecordedAndTablesAreThere()
    {
        DiagnosisCase sample(line);
        sample.database({"users"}).versionTable({"cccc3333"});
        const Diagnosis diagnosis = sample.diagnosis();
        QCOMPARE(
            shown(diagnosis),
            std::string("healthy: Every revision is applied: the version table says cccc3333."));
        QVERIFY(diagnosis.options.empty());
        QVERIFY(diagnosis.hasDatabase);
        QCOMPARE(diagnosis.current, std::vector<RevisionId>{"cccc3333"});
        QVERIFY(contains(diagnosis.detail, "not compared yet"));
    }

    void listsWhatIsPendingOldestFirst()
    {
        DiagnosisCase sample(line);
        sample.database({"users"}).versionTable({"aaaa1111"});
        const Diagnosis diagnosis = sample.diagnosis();
        QCOMPARE(shown(diagnosis), std::string("pending: 2 revisions are pending after aaaa1111."));
        QCOMPARE(diagnosis.pending, (std::vector<RevisionId>{"bbbb2222", "cccc3333"}));
        QVERIFY(contains(commands(diagnosis), "alembic upgrade aaaa1111:head --sql\n"));
        QVERIFY(contains(commands(diagnosis), "alembic upgrade head\n"));
    }

    void callsADatabaseWithoutTablesAndStampEmpty()
    {
        DiagnosisCase sample(line);
        sample.database();
        const Diagnosis diagnosis = sample.diagnosis();
        QCOMPARE(shown(diagnosis), std::string("empty: The database is empty."));
        QCOMPARE(diagnosis.pending.size(), std::size_t{3});
        QCOMPARE(recommended(diagnosis), std::string("upgrade"));
    }

    void seesStampedHeadWithoutATableAsZombie()
    {
        DiagnosisCase sample(line);
        sample.database().versionTable({"cccc3333"});
        sample.addTable({"public", "spatial_ref_sys"}, "postgis");
        const Diagnosis diagnosis = sample.diagnosis();
        QCOMPARE(shown(diagnosis),
                 std::string("zombie: The version table says head. No table is there."));
        QCOMPARE(recommended(diagnosis), std::string("rebuild-schema"));
        QVERIFY(contains(commands(diagnosis), "alembic stamp base\n"));
        QVERIFY(contains(commands(diagnosis), "alembic upgrade head\n"));
        QVERIFY(contains(
            evidenceText(diagnosis),
            "asked There is no table beside the version table and 1 table of extensions."));
    }

    void namesTheRowOfAZombieThatIsNotAtHead()
    {
        DiagnosisCase sample(line);
        sample.database().versionTable({"bbbb2222"});
        QCOMPARE(shown(sample.diagnosis()),
                 std::string("zombie: The version table says bbbb2222. No table is there."));
    }

    void seesTablesWithoutAVersionTableAsUnstamped()
    {
        DiagnosisCase sample(line);
        sample.database({"a", "b", "c", "d", "e"});
        const Diagnosis diagnosis = sample.diagnosis();
        QCOMPARE(shown(diagnosis),
                 std::string("unstamped: 5 tables are there, and no version table says which "
                             "revision they belong to."));
        QVERIFY(contains(evidenceText(diagnosis),
                         "There are 5 tables: public.a, public.b, public.c and 2 more."));
        QCOMPARE(recommended(diagnosis), std::string("stamp-match"));
    }

    void seesTablesBesideAnEmptyVersionTableAsUnstamped()
    {
        DiagnosisCase sample(line);
        sample.database({"users"}).versionTable({});
        QCOMPARE(shown(sample.diagnosis()),
                 std::string("unstamped: 1 table is there, and the version table is empty."));
    }

    void doesNotTakeAnExtensionsTablesForTheApplications()
    {
        DiagnosisCase sample(line);
        sample.database();
        sample.addTable({"public", "spatial_ref_sys"}, "postgis");
        QCOMPARE(toText(sample.diagnosis().state), std::string_view("empty"));
    }

    void namesARowThatNoFileDefines()
    {
        DiagnosisCase sample(line);
        sample.database({"users"}).versionTable({"deadbeef0000"});
        const Diagnosis diagnosis = sample.diagnosis();
        QCOMPARE(
            shown(diagnosis),
            std::string(
                "unknown-revision: The version table says deadbeef0000. No file has this id."));
        QVERIFY(contains(diagnosis.detail, "Can't locate revision identified by 'deadbeef0000'"));
        QCOMPARE(recommended(diagnosis), std::string("find-file"));
        QVERIFY(contains(commands(diagnosis), "sightglass-cli rebuild deadbeef0000 --from git\n"));
        QVERIFY(contains(commands(diagnosis), "alembic stamp --purge REV\n"));
        QVERIFY(diagnosis.pending.empty());
    }

    void saysWhatAPartialIdWouldResolveTo()
    {
        DiagnosisCase sample(line);
        sample.database({"users"}).versionTable({"cccc"});
        const Diagnosis diagnosis = sample.diagnosis();
        QCOMPARE(
            shown(diagnosis),
            std::string("unknown-revision: The version table says cccc. No file has this id."));
        QVERIFY(contains(evidenceText(diagnosis),
                         "Row cccc is the id of no file; Alembic would take it for cccc3333."));
        QCOMPARE(recommended(diagnosis), std::string("write-whole-ids"));
        QVERIFY(contains(commands(diagnosis),
                         "UPDATE public.alembic_version SET version_num = 'cccc3333' WHERE "
                         "version_num = 'cccc';"));
    }

    void saysTheWorstFirstWhereAnUnknownRowStandsInADatabaseWithoutTables()
    {
        DiagnosisCase sample(line);
        sample.database().versionTable({"deadbeef0000"});
        const Diagnosis diagnosis = sample.diagnosis();
        QCOMPARE(
            shown(diagnosis),
            std::string("unknown-revision+zombie: The version table says deadbeef0000. No file "
                        "has this id, and no table is there."));
        QVERIFY(contains(commands(diagnosis), "alembic stamp --purge base\n"));
        QVERIFY(!contains(commands(diagnosis), "alembic stamp base\n"));
    }

    void seesARowThatAnotherStandsFor()
    {
        DiagnosisCase sample(line);
        sample.database({"users"}).versionTable({"aaaa1111", "cccc3333"});
        const Diagnosis diagnosis = sample.diagnosis();
        QCOMPARE(shown(diagnosis),
                 std::string("overlapping-heads: The version table holds aaaa1111, which cccc3333 "
                             "already stands for."));
        QVERIFY(contains(commands(diagnosis), "alembic stamp --purge cccc3333\n"));
        QVERIFY(contains(commands(diagnosis),
                         "INSERT INTO public.alembic_version (version_num) VALUES ('aaaa1111');"));
    }

    void countsDependenciesAsAncestorsOfRows()
    {
        DiagnosisCase sample("aaaa1111; bbbb2222 +aaaa1111");
        sample.database({"users"}).versionTable({"aaaa1111", "bbbb2222"});
        QCOMPARE(toText(sample.diagnosis().state), std::string_view("overlapping-heads"));
    }

    void acceptsOneRowForEachBranch()
    {
        DiagnosisCase sample("aaaa1111; bbbb2222 <- aaaa1111; cccc3333 <- aaaa1111");
        sample.database({"users"}).versionTable({"bbbb2222", "cccc3333"});
        QCOMPARE(shown(sample.diagnosis()),
                 std::string("healthy: Every revision is applied: the version table says bbbb2222 "
                             "and cccc3333."));
    }

    void seesRowsThatStandTwice()
    {
        DiagnosisCase sample(line);
        sample.database({"users"}).versionTable({"cccc3333", "cccc3333"}).hasPrimaryKey = false;
        const Diagnosis diagnosis = sample.diagnosis();
        QCOMPARE(
            shown(diagnosis),
            std::string("overlapping-heads: The version table holds cccc3333 more than once."));
        QVERIFY(contains(commands(diagnosis),
                         "ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);"));
        QVERIFY(contains(evidenceText(diagnosis), "has no primary key"));
    }

    void putsABrokenChainBeforeAllElse()
    {
        DiagnosisCase sample("bbbb2222 <- aaaa1111; cccc3333 <- bbbb2222");
        sample.database().versionTable({"cccc3333"});
        const Diagnosis diagnosis = sample.diagnosis();
        QCOMPARE(shown(diagnosis),
                 std::string("broken-chain+zombie: The chain is broken at aaaa1111."));
        QCOMPARE(recommended(diagnosis), std::string("restore-from-git"));
        QVERIFY(contains(commands(diagnosis), "sightglass-cli rebuild aaaa1111 --from git\n"));
        QVERIFY(diagnosis.freshDatabase.ok == false);
        QCOMPARE(diagnosis.freshDatabase.revision, std::string("bbbb2222"));
        QVERIFY(contains(diagnosis.freshDatabase.error, "KeyError: 'aaaa1111'"));
        QVERIFY(diagnosis.pending.empty());
        QVERIFY(contains(diagnosis.detail,
                         "One file names it as its down revision and no file defines it."));
    }

    void namesTheFilesOfADuplicate()
    {
        DiagnosisCase sample("aaaa1111; bbbb2222 <- aaaa1111; bbbb2222 <- aaaa1111");
        const Diagnosis diagnosis = sample.diagnosis();
        QCOMPARE(shown(diagnosis), std::string("broken-chain: 2 files define revision bbbb2222."));
    }

    void writesOutTheCycle()
    {
        DiagnosisCase sample("aaaa1111 <- cccc3333; bbbb2222 <- aaaa1111; cccc3333 <- bbbb2222");
        const Diagnosis diagnosis = sample.diagnosis();
        QCOMPARE(toText(diagnosis.state), std::string_view("broken-chain"));
        QVERIFY(contains(diagnosis.title, "The revisions form a cycle: "));
        QVERIFY(contains(diagnosis.title, " → "));
    }

    void namesAFileThatStopsAlembic()
    {
        DiagnosisCase sample(line);
        sample.fileProblem(
            FileProblem::Kind::SyntaxError, "dddd.py", "SyntaxError: invalid syntax");
        const Diagnosis diagnosis = sample.diagnosis();
        QCOMPARE(shown(diagnosis), std::string("broken-chain: Alembic can't load dddd.py."));
        QVERIFY(contains(commands(diagnosis), "$EDITOR +3 alembic/versions/dddd.py\n"));
        QCOMPARE(diagnosis.freshDatabase.error, std::string("SyntaxError: invalid syntax"));
    }

    void offersToMoveAHelperOutOfTheVersionsFolder()
    {
        DiagnosisCase sample(line);
        sample.fileProblem(FileProblem::Kind::NotARevision,
                           "helper's.py",
                           "CommandError: Could not determine revision id");
        QVERIFY(contains(commands(sample.diagnosis()),
                         "git mv 'alembic/versions/helper'\\''s.py' alembic/\n"));
    }

    void doesNotCallADatabaseHealthyWhileAFilesIdIsNotKnown()
    {
        DiagnosisCase sample(line);
        sample.fileProblem(FileProblem::Kind::ComputedIdentifier, "dddd.py", "");
        sample.database({"users"}).versionTable({"cccc3333"});
        const Diagnosis diagnosis = sample.diagnosis();
        QCOMPARE(
            shown(diagnosis),
            std::string("not-known: The identifiers of 1 file can't be known without running it."));
        QVERIFY(isUnhealthy(diagnosis.state));
        QCOMPARE(recommended(diagnosis), std::string("ask-alembic"));
    }

    void saysNoChainWhereThereIsNoRevision()
    {
        DiagnosisCase sample("");
        QCOMPARE(shown(sample.diagnosis()),
                 std::string("no-chain: There is no revision in alembic/versions."));
        sample.database({"users"}).versionTable({"cccc3333"});
        const Diagnosis diagnosis = sample.diagnosis();
        QCOMPARE(
            shown(diagnosis),
            std::string("no-chain+unknown-revision: There is no revision in alembic/versions."));
        QCOMPARE(diagnosis.severity, Severity::Critical);
        QCOMPARE(recommended(diagnosis), std::string("other-folder"));
    }

    void judgesFilesAloneWithoutClaimingAnythingOfADatabase()
    {
        DiagnosisCase sample(line);
        const Diagnosis diagnosis = sample.diagnosis();
        QCOMPARE(shown(diagnosis),
                 std::string("no-database: The chain is sound. No database was read."));
        QVERIFY(!isNamedState(diagnosis.state));
        QVERIFY(!isUnhealthy(diagnosis.state));
        QVERIFY(!diagnosis.hasDatabase);
        for (const ChecklistItem& item : diagnosis.checklist) {
            if (contains(item.item, "version row") || contains(item.item, "read-only") ||
                contains(item.item, "applied"))
                QVERIFY2(!item.ok, item.item.c_str());
        }
    }

    void saysWhyTheDatabaseCouldNotBeRead()
    {
        DiagnosisCase sample(line);
        sample.liveError = Error{.code = ErrorCode::ConnectionLost,
                                 .message = "Nobody answers on localhost:5432."};
        const Diagnosis diagnosis = sample.diagnosis();
        QCOMPARE(shown(diagnosis),
                 std::string("no-database: The chain is sound. The database could not be read."));
        QVERIFY(contains(evidenceText(diagnosis), "Nobody answers on localhost:5432."));
    }

    void doesNotKnowWhatUnreadableRowsSay()
    {
        DiagnosisCase sample(line);
        sample.database({"users"}).versionTable({}).readable = false;
        const Diagnosis diagnosis = sample.diagnosis();
        QCOMPARE(shown(diagnosis),
                 std::string("not-known: The rows of public.alembic_version may not be read."));
        QVERIFY(contains(commands(diagnosis), "GRANT SELECT ON public.alembic_version TO app;"));
        QVERIFY(isUnhealthy(diagnosis.state));
    }

    void doesNotTakeATableWithoutItsColumnForAnEmptyOne()
    {
        DiagnosisCase sample(line);
        sample.database({"users"}).versionTable({}).columnType.clear();
        QCOMPARE(shown(sample.diagnosis()),
                 std::string("not-known: public.alembic_version has no column version_num."));
    }

    void tellsTheShapeOfAMalformedVersionTable()
    {
        DiagnosisCase sample("a_very_long_revision_identifier_indeed");
        VersionTable& table = sample.database({"users"}).versionTable({});
        table.width = 16;
        table.hasPrimaryKey = false;
        table.nullable = true;
        table.otherColumns = {"applied_at"};
        const std::string evidence = evidenceText(sample.diagnosis());
        QVERIFY(contains(evidence, "public.alembic_version has no primary key"));
        QVERIFY(contains(evidence, "version_num allows NULL"));
        QVERIFY(contains(evidence, "columns that Alembic did not make: applied_at."));
        QVERIFY(contains(
            evidence, "holds 16 characters, too few for a_very_long_revision_identifier_indeed."));
    }

    void showsAnEmptyRowAsSuch()
    {
        DiagnosisCase sample(line);
        sample.database({"users"}).versionTable({""});
        QCOMPARE(
            shown(sample.diagnosis()),
            std::string("unknown-revision: The version table says (empty). No file has this id."));
    }

    void keepsForeignTextOnItsLineAndInItsQuotes()
    {
        DiagnosisCase sample(line);
        sample.database({"users"}).versionTable({"x'; DROP TABLE users; --\n$(rm -rf /)"});
        const Diagnosis diagnosis = sample.diagnosis();
        QVERIFY(!contains(diagnosis.title, "\n"));
        QVERIFY(contains(commands(diagnosis), "VALUES ('x''; DROP TABLE users; --"));
        QVERIFY(contains(commands(diagnosis),
                         "rebuild 'x'\\''; DROP TABLE users; --\n$(rm -rf /)' --from git"));
    }

    void usesHeadsWhereThereAreSeveral()
    {
        DiagnosisCase sample("aaaa1111; bbbb2222 <- aaaa1111; cccc3333 <- aaaa1111");
        sample.database();
        QVERIFY(contains(commands(sample.diagnosis()), "alembic upgrade heads\n"));
    }

    void namesConfigAndSectionInItsCommands()
    {
        DiagnosisCase sample(line);
        sample.scripts.project.config = "/shop/migrations.ini";
        sample.scripts.project.section = "billing";
        sample.database();
        QVERIFY(contains(commands(sample.diagnosis()),
                         "alembic -c migrations.ini -n billing upgrade head\n"));
    }

    void alwaysHasATitleEvidenceAndExactlyOneRecommendation_data()
    {
        QTest::addColumn<QString>("chain");
        for (const char* chain : {"",
                                  "aaaa1111",
                                  "aaaa1111; bbbb2222 <- aaaa1111",
                                  "bbbb2222 <- gone",
                                  "aaaa1111 <- aaaa1111",
                                  "aaaa1111; aaaa1111",
                                  "aaaa1111; bbbb2222 <- aaaa1111; cccc3333 <- aaaa1111 +bbbb2222",
                                  "aaaa1111 [x]; bbbb2222 <- aaaa1111 [x]"})
            QTest::newRow(chain) << QString::fromLatin1(chain);
    }

    void alwaysHasATitleEvidenceAndExactlyOneRecommendation()
    {
        QFETCH(QString, chain);
        const std::vector<std::vector<std::string>> rowSets{{},
                                                            {"aaaa1111"},
                                                            {"bbbb2222"},
                                                            {"aaaa1111", "bbbb2222"},
                                                            {"zzz"},
                                                            {"zzz", "zzz"},
                                                            {"aaaa1111", "aaaa1111"},
                                                            {""}};
        for (const auto& rows : rowSets) {
            for (const bool withTable : {false, true}) {
                for (const bool withVersionTable : {false, true}) {
                    DiagnosisCase sample(chain.toStdString());
                    sample.database(withTable ? std::vector<std::string>{"users"}
                                              : std::vector<std::string>{});
                    if (withVersionTable)
                        sample.versionTable(rows);
                    checkShape(sample);
                }
            }
        }
    }

private:
    static void checkShape(const DiagnosisCase& sample)
    {
        const Diagnosis diagnosis = sample.diagnosis();
        QVERIFY(!diagnosis.title.empty());
        QVERIFY(!diagnosis.evidence.empty());
        QVERIFY(isNamedState(diagnosis.state));
        if (isUnhealthy(diagnosis.state))
            QVERIFY(!diagnosis.options.empty());
        const auto recommendations =
            std::count_if(diagnosis.options.begin(),
                          diagnosis.options.end(),
                          [](const WayBack& option) { return option.recommended; });
        QCOMPARE(recommendations, diagnosis.options.empty() ? 0 : 1);
        for (const WayBack& option : diagnosis.options) {
            QVERIFY(!option.steps.empty());
            QVERIFY(!option.needs.empty());
        }
        if (diagnosis.state == DatabaseState::Healthy) {
            QVERIFY(diagnosis.pending.empty());
            QVERIFY(!diagnosis.current.empty());
            QVERIFY(!sample.graph.stopsAlembic());
            for (const ChecklistItem& item : diagnosis.checklist)
                QVERIFY2(item.ok != false || item.item == "One head", item.item.c_str());
        }
    }
};

int diagnose_test(int argc, char** argv)
{
    DiagnoseTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "diagnose_test.moc"
