// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/diagnose.h"
#include "tests/unit/diagnosis/diagnosis_case.h"

#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

std::string paired(const DiagnosisCase& sample)
{
    const auto pairing = pairVersionTable(sample.scripts.project, sample.graph, *sample.live);
    std::string text = pairing.table == nullptr ? "none" : toText(pairing.table->name);
    if (pairing.table == nullptr && !pairing.candidates.empty())
        text = std::to_string(pairing.candidates.size()) + " fit";
    return text + (pairing.remark.empty() ? "" : " | " + pairing.remark);
}

DiagnosisCase sampleWithUnknownSchema()
{
    DiagnosisCase sample("aaaa1111; bbbb2222 <- aaaa1111");
    sample.scripts.project.versionTableSchema.value = Unknown{"computed by a call, line 14"};
    sample.database({"users"});
    return sample;
}

} // namespace

class VersionTablePairingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void followsTheSearchPathInItsOrder()
    {
        DiagnosisCase sample("aaaa1111");
        sample.database();
        sample.live->server.searchPath = {"app", "public"};
        sample.versionTable({"aaaa1111"}, {"public", "alembic_version"});
        sample.versionTable({"zzz"}, {"app", "alembic_version"});
        QCOMPARE(paired(sample), std::string("app.alembic_version"));
    }

    void takesTheSchemaThatEnvPyNames()
    {
        DiagnosisCase sample("aaaa1111");
        sample.scripts.project.versionTableSchema.value = std::string("habits");
        sample.database();
        sample.versionTable({"aaaa1111"}, {"public", "alembic_version"});
        sample.versionTable({}, {"habits", "alembic_version"});
        QCOMPARE(paired(sample), std::string("habits.alembic_version"));
    }

    void findsATableOffTheSearchPathByItsIdsAndSaysSo()
    {
        DiagnosisCase sample("aaaa1111");
        sample.database();
        sample.versionTable({"aaaa1111"}, {"habits", "alembic_version"});
        QCOMPARE(
            paired(sample),
            std::string("habits.alembic_version | No table alembic_version is on this session's "
                        "search path (public). habits.alembic_version was taken because it holds "
                        "ids of this chain."));
    }

    void leavesAForeignTableOffTheSearchPathAlone()
    {
        DiagnosisCase sample("aaaa1111");
        sample.database({"users"});
        sample.versionTable({"zzz"}, {"other", "alembic_version"});
        QVERIFY(paired(sample).starts_with("none | "));
        const Diagnosis diagnosis = sample.diagnosis();
        QCOMPARE(toText(diagnosis.state), std::string_view("unstamped"));
        QVERIFY(contains(evidenceText(diagnosis),
                         "another version table, other.alembic_version, with 1 row: zzz; 0 of them "
                         "in this chain."));
    }

    void pairsByIdsWhereTheSchemaCannotBeRead()
    {
        DiagnosisCase sample = sampleWithUnknownSchema();
        sample.versionTable({"zzz"}, {"public", "alembic_version"});
        sample.versionTable({"bbbb2222"}, {"habits", "alembic_version"});
        QVERIFY(paired(sample).starts_with(
            "habits.alembic_version | The version table's schema can't be read from env.py: "
            "computed by a call, line 14."));
        QCOMPARE(toText(sample.diagnosis().state), std::string_view("healthy"));
    }

    void namesSeveralThatFitAndChoosesNone()
    {
        DiagnosisCase sample = sampleWithUnknownSchema();
        sample.versionTable({"bbbb2222"}, {"tenant_a", "alembic_version"});
        sample.versionTable({"aaaa1111"}, {"tenant_b", "alembic_version"});
        QVERIFY(paired(sample).starts_with("2 fit | "));
        const Diagnosis diagnosis = sample.diagnosis();
        QCOMPARE(shown(diagnosis),
                 std::string("not-known: Several version tables fit this project: "
                             "tenant_a.alembic_version and tenant_b.alembic_version."));
        QVERIFY(contains(commands(diagnosis),
                         "sightglass-cli diagnose --version-table alembic_version "
                         "--version-table-schema tenant_b\n"));
    }

    void takesTheOnlyCandidateAlsoWithUnknownRows()
    {
        DiagnosisCase sample = sampleWithUnknownSchema();
        sample.versionTable({"zzz"}, {"habits", "alembic_version"});
        QCOMPARE(toText(sample.diagnosis().state), std::string_view("unknown-revision"));
    }

    void settingsAloneLeadNowhereWhereTheyAreNotKnown()
    {
        DiagnosisCase sample = sampleWithUnknownSchema();
        sample.versionTable({"bbbb2222"}, {"habits", "alembic_version"});
        QVERIFY(versionTableOf(sample.scripts.project, *sample.live) == nullptr);
    }
};

int version_table_pairing_test(int argc, char** argv)
{
    VersionTablePairingTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "version_table_pairing_test.moc"
