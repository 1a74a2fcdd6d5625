// SPDX-License-Identifier: GPL-3.0-or-later
// The same comparison on real folders: files written to disk, read by our reader, loaded by
// Alembic's ScriptDirectory. Set SIGHTGLASS_SEED to repeat a run.
#include "core/scripts/script_directory.h"
#include "tests/support/alembic_oracle.h"
#include "tests/differential/graph/graph_answers.h"
#include "tests/differential/graph/random_graphs.h"
#include "tests/support/graph_text.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

constexpr int folders = 300;

bool write(const QString& path, const std::string& text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) &&
           file.write(text.data(), static_cast<qint64>(text.size())) == std::ssize(text);
}

/// The ids as somebody would write them: None, one text, a tuple or a list.
std::string literal(const std::vector<RevisionReference>& references, RandomGraphs& random)
{
    if (references.empty())
        return "None";
    const auto quoted = [&](const RevisionReference& reference) {
        const char quote = random.oneIn(2) ? '"' : '\'';
        return quote + reference.id + quote;
    };
    if (references.size() == 1 && !random.oneIn(4))
        return quoted(references.front());
    std::string items;
    for (const RevisionReference& reference : references)
        items += quoted(reference) + ", ";
    return random.oneIn(2) ? "(" + items + ")" : "[" + items + "]";
}

std::string fileText(const Revision& revision, RandomGraphs& random)
{
    const std::string annotation = random.oneIn(2) ? ": str" : "";
    return "\"\"\"" + revision.message + "\n\nRevision ID: " + revision.id + "\n\n\"\"\"\n" +
           (random.oneIn(3) ? "from typing import Sequence, Union\n\n" : "") + "revision" +
           annotation + " = '" + revision.id +
           "'\ndown_revision = " + literal(revision.down, random) +
           "\nbranch_labels = " + literal(revision.labels, random) +
           "\ndepends_on = " + literal(revision.dependsOn, random) +
           "\n\n\ndef upgrade():\n    pass\n\n\ndef downgrade():\n    pass\n";
}

bool writeFolder(const QString& folder,
                 const std::vector<Revision>& revisions,
                 RandomGraphs& random)
{
    const QString versions = folder + QStringLiteral("/migrations/versions");
    bool isWritten = QDir().mkpath(versions) &&
                     write(folder + QStringLiteral("/alembic.ini"),
                           "[alembic]\nscript_location = %(here)s/migrations\n") &&
                     write(folder + QStringLiteral("/migrations/env.py"), "");
    for (std::size_t i = 0; i < revisions.size(); ++i) {
        const QString name = QStringLiteral("/m%1.py").arg(i, 4, 10, QLatin1Char('0'));
        isWritten = isWritten && write(versions + name, fileText(revisions[i], random));
    }
    return isWritten;
}

} // namespace

class FoldersDifferentialTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QVERIFY2(m_oracle.start(QStringLiteral("differential/graph/oracle.py")), qPrintable(m_oracle.error())); }

    void agreesWithAlembicOnFoldersOnDisk()
    {
        const auto seed =
            static_cast<std::uint32_t>(qEnvironmentVariableIntValue("SIGHTGLASS_SEED"));
        RandomGraphs random(seed + 1000);
        std::size_t files = 0;
        for (int i = 0; i < folders; ++i) {
            const std::vector<Revision> revisions = random.next();
            const QTemporaryDir folder;
            QVERIFY(writeFolder(folder.path(), revisions, random));
            const QString found = compare(folder.path());
            QVERIFY2(found.isEmpty(),
                     qPrintable(QStringLiteral("folder %1: %2\n%3")
                                    .arg(i)
                                    .arg(toQString(textOf(revisions)), found)));
            files += revisions.size();
        }
        qInfo("seed %u, %d folders, %zu files", seed, folders, files);
    }

private:
    QString compare(const QString& folder)
    {
        const DiskFileSystem disk;
        const ProjectRequest request{.start = folder.toStdString()};
        const auto project = findProject(disk, request);
        if (!project)
            return toQString(toText(project.error()));
        const auto scripts = readScripts(disk, *project, {});
        if (!scripts)
            return toQString(toText(scripts.error()));
        for (const FileProblem& problem : scripts->problems)
            return toQString(problem.detail);
        const QJsonObject theirs = m_oracle.ask(
            {{QStringLiteral("ask"), QStringLiteral("graph")}, {QStringLiteral("folder"), folder}});
        return differences(RevisionGraph::build(scripts->revisions), theirs);
    }

    AlembicOracle m_oracle;
};

int folders_differential_test(int argc, char** argv)
{
    FoldersDifferentialTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "folders_differential_test.moc"
