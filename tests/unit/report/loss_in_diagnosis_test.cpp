// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspection/inspection.h"

#include <QTest>

using namespace sightglass;

namespace {

Loss dropped(const std::string& table, std::int64_t rows, bool managed)
{
    Loss loss;
    loss.table = {"public", table};
    loss.rows = rows;
    loss.managed = managed;
    return loss;
}

Inspection withUpgrade()
{
    Inspection inspection;
    inspection.diagnosis.options.push_back({.id = "upgrade", .cons = {"as written"}});
    inspection.diagnosis.options.push_back({.id = "stamp-match"});
    return inspection;
}

Inspection reviewed(LossAssessment loss)
{
    auto review = std::make_shared<ReviewResult>();
    review->loss = std::move(loss);
    Inspection inspection = withUpgrade();
    addReview(inspection, std::move(review), {});
    return inspection;
}

} // namespace

class LossInDiagnosisTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void anUpgradeSaysFirstWhatItDestroys()
    {
        const Inspection inspection =
            reviewed({.losses = {dropped("session", 4000, false), dropped("orders", 3, true)}});
        const auto& cons = inspection.diagnosis.options.front().cons;
        QCOMPARE(cons.size(), std::size_t(2));
        QCOMPARE(cons.front(),
                 std::string("2 tables lose all their rows, 4003 as far as is known; no revision "
                             "makes 1 of them"));
        QVERIFY(inspection.diagnosis.options.back().cons.empty());
    }

    void whatCouldNotBeReadMayDestroyMore()
    {
        const Inspection inspection = reviewed({.unknown = {"an opaque call"}});
        QCOMPARE(inspection.diagnosis.options.front().cons.front(),
                 std::string("1 operation may destroy more"));
    }

    void nothingLostIsNotSaid()
    {
        const Inspection inspection = reviewed({});
        QCOMPARE(inspection.diagnosis.options.front().cons, std::vector<std::string>{"as written"});
    }
};

int loss_in_diagnosis_test(int argc, char** argv)
{
    LossInDiagnosisTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "loss_in_diagnosis_test.moc"
