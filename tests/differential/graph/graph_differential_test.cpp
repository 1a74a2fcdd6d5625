// SPDX-License-Identifier: GPL-3.0-or-later
// Random folders against real Alembic's RevisionMap: heads, effective heads, bases, branch and
// merge points, next revisions, labels, dependencies as written and normalised, the whole walk
// order; or the error, class and words. Left out: the walk of graphs with a cycle that Alembic
// doesn't notice while it loads (it may not end). Set SIGHTGLASS_SEED to repeat a run.
#include "tests/support/alembic_oracle.h"
#include "tests/differential/graph/graph_answers.h"
#include "tests/differential/graph/random_graphs.h"
#include "tests/support/graph_text.h"

#include <QMap>
#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

constexpr int folders = 3000;

} // namespace

class GraphDifferentialTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        QVERIFY2(m_oracle.start(QStringLiteral("differential/graph/oracle.py")), qPrintable(m_oracle.error()));
        const QJsonObject version =
            m_oracle.ask({{QStringLiteral("ask"), QStringLiteral("version")}});
        qInfo("Alembic %s, Python %s",
              qPrintable(version[QStringLiteral("version")].toString()),
              qPrintable(version[QStringLiteral("python")].toString()));
    }

    void agreesWithAlembicOnRandomFolders()
    {
        const auto seed =
            static_cast<std::uint32_t>(qEnvironmentVariableIntValue("SIGHTGLASS_SEED"));
        qInfo("seed %u, %d folders", seed, folders);
        RandomGraphs random(seed);
        QMap<QString, int> outcomes;
        for (int i = 0; i < folders; ++i) {
            const std::vector<Revision> revisions = random.next();
            QJsonObject theirs;
            QString difference = compare(revisions, theirs);
            if (!difference.isEmpty()) {
                const auto smaller = shrunk(revisions, [this](const auto& some) {
                    QJsonObject unused;
                    return !compare(some, unused).isEmpty();
                });
                difference = compare(smaller, theirs);
                QFAIL(qPrintable(QStringLiteral("folder %1, shrunk to: %2\n%3")
                                     .arg(i)
                                     .arg(toQString(textOf(smaller)), difference)));
            }
            ++outcomes[outcomeOf(theirs)];
        }
        for (auto it = outcomes.begin(); it != outcomes.end(); ++it)
            qInfo("%6d  %s", it.value(), qPrintable(it.key()));
        QVERIFY(outcomes.value(QStringLiteral("walked")) > folders / 2);
        QVERIFY(outcomes.size() > 6);
    }

private:
    QString compare(const std::vector<Revision>& revisions, QJsonObject& theirs)
    {
        theirs = m_oracle.ask({{QStringLiteral("ask"), QStringLiteral("graph")},
                               {QStringLiteral("revisions"), toJson(revisions)}});
        return differences(RevisionGraph::build(revisions), theirs);
    }

    static QString outcomeOf(const QJsonObject& theirs)
    {
        const QString error = QStringLiteral("error");
        const QString kind = QStringLiteral("class");
        if (theirs.contains(error))
            return QStringLiteral("refused while loading: ") +
                   theirs[error].toObject()[kind].toString();
        const QJsonObject walk = theirs[QStringLiteral("walk")].toObject();
        if (walk.contains(error))
            return QStringLiteral("loaded, then refused: ") +
                   walk[error].toObject()[kind].toString();
        return QStringLiteral("walked");
    }

    AlembicOracle m_oracle;
};

int graph_differential_test(int argc, char** argv)
{
    GraphDifferentialTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "graph_differential_test.moc"
