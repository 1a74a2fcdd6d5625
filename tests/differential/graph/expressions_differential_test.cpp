// SPDX-License-Identifier: GPL-3.0-or-later
// Revision expressions against real Alembic: get_revisions, get_revision, the targets of an
// upgrade, the steps of upgrade and downgrade from given rows, history ranges; with errors, the
// map's class and words and the sentence of the command. Set SIGHTGLASS_SEED to repeat a run.
#include "core/revisions/relative_text.h"
#include "tests/support/alembic_oracle.h"
#include "tests/differential/graph/graph_answers.h"
#include "tests/differential/graph/random_graphs.h"
#include "tests/support/graph_text.h"

#include <QMap>
#include <QTest>

#include <algorithm>
#include <set>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

constexpr int randomGraphs = 60;
constexpr std::size_t leastExpressions = 80;

std::vector<std::string> handWritten()
{
    return {
        "a; b <- a; c <- b; d <- c",
        "base0; a1 <- base0; b1 <- base0; a2 <- a1; b2 <- b1",
        "base0; a1 <- base0; b1 <- base0; a2 <- a1; b2 <- b1; m <- a2, b2; n <- m",
        "a1 [expand]; a2 <- a1; b1 [contract]; b2 <- b1 + a2; b3 <- b2",
        "a1 [expand]; a2 <- a1; a3 <- a2; b1 [contract]; b2 <- b1 + expand; c1 [data] + b2, a3",
        "ae1027a6acf; ae10368d8552 <- ae1027a6acf; b86d7f60f8bf <- ae10368d8552 [branch]; "
        "ae1fffffffff <- ae10368d8552",
        "abcd1 [lab]; abcd2 <- abcd1; abcd3 <- abcd2; labx <- abcd1 [labx1]; laby <- labx",
        "one; two <- one; three <- one; four <- two, three; five <- two; six <- four, five",
        "r0; r1 <- r0; r2 <- r1; r3 <- r2, r0; r4 <- r3",
        "x1 [x]; x2 <- x1; y1 [y] + x1; y2 <- y1 + x2; z1 [z]; z2 <- z1 + x2, y1; y3 <- y2",
        "0001; 0002 <- 0001; 0003 <- 0002 [main]; 0004 <- 0003; 0005 <- 0003 [side]; 0006 <- 0005",
        "a; b <- a, a; c <- b; d <- b",
        "a; b <- a [feature-1]; c <- b; d <- a [rel-2]; feature [head-1] <- a; e <- c + feature-1",
        "été1 [naïve]; été2 <- été1; étonner <- été2; o'hara <- été2",
        "p1; p2 <- p1; p3 <- p2; q1; q2 <- q1 + p2; q3 <- q2; s1 <- p3, q3; t1 <- q3 + p3",
    };
}

std::vector<std::string> namesOf(const RevisionGraph& graph)
{
    std::vector<std::string> names;
    for (const Revision& revision : graph.revisions()) {
        names.push_back(revision.id);
        for (const RevisionReference& label : revision.labels)
            names.push_back(label.id);
    }
    return names;
}

/// Texts of every form around the names of one graph.
class Expressions
{
public:
    Expressions(const RevisionGraph& graph, RandomGraphs& random)
        : m_random(random)
        , m_names(namesOf(graph))
    {}

    std::string any()
    {
        switch (m_random.below(12)) {
        case 0:
            return fixed();
        case 1:
            return name();
        case 2:
            return part();
        case 3:
            return branch() + "@" + symbol();
        case 4:
            return sign();
        case 5:
            return symbol() + sign();
        case 6:
            return branch() + "@" + sign();
        case 7:
            return branch() + "@" + symbol() + sign();
        case 8:
            return part() + sign();
        case 9:
            return branch() + "@" + part();
        case 10:
            return fixed() + sign();
        default:
            return odd();
        }
    }

    std::string range() { return end() + ":" + end(); }

    std::vector<std::string> rows(const RevisionGraph& graph)
    {
        std::vector<std::string> result;
        const std::size_t count = m_random.oneIn(4) ? 2 : (m_random.oneIn(5) ? 0 : 1);
        for (std::size_t i = 0; i < count; ++i) {
            const auto index = static_cast<RevisionIndex>(m_random.below(graph.size()));
            result.push_back(m_random.oneIn(8) ? part() : graph.revision(index).id);
        }
        if (m_random.oneIn(6)) {
            result.clear();
            for (const RevisionIndex head : graph.effectiveHeads())
                result.push_back(graph.revision(head).id);
        }
        if (m_random.oneIn(15) && !result.empty())
            result.push_back(result.front());
        return result;
    }

private:
    std::string name() { return m_names[m_random.below(m_names.size())]; }

    std::string part()
    {
        const std::string full = name();
        std::size_t length = 1 + m_random.below(full.size());
        while (length < full.size() && (static_cast<unsigned char>(full[length]) & 0xc0) == 0x80)
            ++length;
        return full.substr(0, length);
    }

    std::string fixed()
    {
        constexpr std::array<std::string_view, 4> words{"head", "heads", "base", "nosuch"};
        return std::string(words[m_random.below(words.size())]);
    }

    std::string branch()
    {
        return m_random.oneIn(6) ? (m_random.oneIn(2) ? part() : fixed()) : name();
    }

    std::string symbol() { return m_random.oneIn(2) ? fixed() : name(); }

    std::string sign()
    {
        return (m_random.oneIn(2) ? "+" : "-") + std::string(m_random.oneIn(20) ? "0" : "") +
               std::to_string(m_random.below(m_random.oneIn(9) ? 40 : 4));
    }

    std::string end()
    {
        if (m_random.oneIn(4))
            return {};
        return m_random.oneIn(2) ? name() : any();
    }

    std::string odd()
    {
        constexpr std::array<std::string_view, 16> texts{"@",
                                                         "@head",
                                                         "a@",
                                                         "",
                                                         "zzzz",
                                                         "zz",
                                                         "+",
                                                         "-",
                                                         "--1",
                                                         "+1+1",
                                                         "1_0",
                                                         "@@",
                                                         "@+1",
                                                         "@-1",
                                                         "head-1x",
                                                         " -1 "};
        return std::string(texts[m_random.below(texts.size())]);
    }

    RandomGraphs& m_random;
    std::vector<std::string> m_names;
};

} // namespace

class ExpressionsDifferentialTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QVERIFY2(m_oracle.start(QStringLiteral("differential/graph/oracle.py")), qPrintable(m_oracle.error())); }

    void agreesWithAlembicOnRevisionExpressions()
    {
        const auto seed =
            static_cast<std::uint32_t>(qEnvironmentVariableIntValue("SIGHTGLASS_SEED"));
        RandomGraphs random(seed);
        std::vector<std::vector<Revision>> graphs;
        for (const std::string& text : handWritten())
            graphs.push_back(revisionsFromText(text));
        for (int i = 0; i < randomGraphs; ++i)
            graphs.push_back(random.nextSound(4 + random.below(14)));

        QMap<QString, int> counts;
        QString wrong;
        int failures = 0;
        for (const std::vector<Revision>& revisions : graphs) {
            const RevisionGraph graph = RevisionGraph::build(revisions);
            const std::vector<Query> queries = queriesFor(graph, random);
            const QJsonArray answers = ask(revisions, queries);
            QCOMPARE(answers.size(), std::ssize(queries));
            for (std::size_t i = 0; i < queries.size(); ++i) {
                const QJsonObject theirs = answers[static_cast<qsizetype>(i)].toObject();
                const QString found = difference(graph, queries[i], theirs);
                if (!found.isEmpty() && ++failures <= 12)
                    wrong += toQString(textOf(revisions)) + QLatin1Char('\n') + found;
                count(counts, queries[i], theirs);
            }
        }
        qInfo("seed %u, %zu graphs", seed, graphs.size());
        for (auto it = counts.begin(); it != counts.end(); ++it)
            qInfo("%6d  %s", it.value(), qPrintable(it.key()));
        QVERIFY2(failures == 0,
                 qPrintable(QStringLiteral("%1 differ\n%2").arg(failures).arg(wrong)));
    }

private:
    static std::vector<Query> queriesFor(const RevisionGraph& graph, RandomGraphs& random)
    {
        Expressions expressions(graph, random);
        std::vector<Query> queries;
        std::set<std::string> texts;
        while (texts.size() < leastExpressions) {
            const std::string text = expressions.any();
            texts.insert(text);
            for (const char* kind : kindsFor(graph, text))
                queries.push_back({.kind = kind, .text = text, .rows = {}});
            for (const char* kind : {"upgrade", "downgrade"})
                queries.push_back({.kind = kind, .text = text, .rows = expressions.rows(graph)});
            queries.push_back({.kind = "range", .text = expressions.range(), .rows = {}});
        }
        std::erase_if(queries, [](const Query& query) {
            return query.kind == "range" && std::ranges::count(query.text, ':') != 1;
        });
        return queries;
    }

    /// Walks from a symbol are no names for get_revisions; ours gives what an upgrade of an empty
    /// database would make of them. -N counts from the heads for get_revisions, and is no name for
    /// get_revision.
    static std::vector<const char*> kindsFor(const RevisionGraph& graph, const std::string& text)
    {
        const auto relative = relativeTextOf(text);
        if (!relative || !relative->isWhole || graph.findLabel(text))
            return {"revisions", "revision"};
        if (relative->symbol || relative->count > 0)
            return {"target"};
        return {"revisions"};
    }

    QJsonArray ask(const std::vector<Revision>& revisions, const std::vector<Query>& queries)
    {
        m_oracle.ask({{QStringLiteral("ask"), QStringLiteral("graph")},
                      {QStringLiteral("revisions"), toJson(revisions)}});
        QJsonArray array;
        for (const Query& query : queries)
            array.append(query.toJson());
        return m_oracle
            .ask({{QStringLiteral("ask"), QStringLiteral("query")},
                  {QStringLiteral("queries"), array}})[QStringLiteral("answers")]
            .toArray();
    }

    static void count(QMap<QString, int>& counts, const Query& query, const QJsonObject& theirs)
    {
        const QString error = QStringLiteral("error");
        const QString outcome = theirs.contains(error)
                                    ? theirs[error].toObject()[QStringLiteral("class")].toString()
                                    : QStringLiteral("revisions given");
        ++counts[toQString(query.kind) + QStringLiteral(": ") + outcome];
    }

    AlembicOracle m_oracle;
};

int expressions_differential_test(int argc, char** argv)
{
    ExpressionsDifferentialTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "expressions_differential_test.moc"
