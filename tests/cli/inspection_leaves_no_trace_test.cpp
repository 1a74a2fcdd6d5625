// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/run_cli.h"

#include <QDateTime>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

using namespace sightglass::tests;

namespace {

constexpr int limitMs = 120'000;
const QString program = QStringLiteral(SIGHTGLASS_BINARY_DIR "/bin/sightglass-cli");

QStringList listing(const QString& folder)
{
    QStringList lines;
    QDirIterator walk(folder,
                      QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                      QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QFileInfo entry(walk.next());
        lines << QStringLiteral("%1 %2 %3")
                     .arg(entry.filePath())
                     .arg(entry.size())
                     .arg(entry.lastModified().toMSecsSinceEpoch());
    }
    lines.sort();
    return lines;
}

/// Lines of a trace that start another program or another process; threads are not processes.
QStringList startsOf(const QString& trace)
{
    static const QRegularExpression start(QStringLiteral("\\b(execve|execveat|fork|vfork)\\("));
    static const QRegularExpression clone(QStringLiteral("\\bclone3?\\("));
    QStringList starts;
    for (const QString& line : trace.split(QLatin1Char('\n'))) {
        if (start.match(line).hasMatch() ||
            (clone.match(line).hasMatch() && !line.contains(QStringLiteral("CLONE_THREAD"))))
            starts << line;
    }
    return starts;
}

/// Lines that change a file below `folder`, or open one for writing.
QStringList writesBelow(const QString& trace, const QString& folder)
{
    static const QRegularExpression change(
        QStringLiteral("\\b(creat|rename\\w*|unlink\\w*|mkdir\\w*|rmdir|link\\w*|symlink\\w*|"
                       "truncate|chmod|fchmodat\\w*|utime\\w*)\\("));
    QStringList writes;
    for (const QString& line : trace.split(QLatin1Char('\n'))) {
        if (!line.contains(folder))
            continue;
        const bool opened = line.contains(QStringLiteral("O_WRONLY")) ||
                            line.contains(QStringLiteral("O_RDWR")) ||
                            line.contains(QStringLiteral("O_CREAT"));
        if (opened || change.match(line).hasMatch())
            writes << line;
    }
    return writes;
}

} // namespace

class InspectionLeavesNoTraceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        std::filesystem::copy(dataProject("shop"),
                              (m_folder->path() + QStringLiteral("/shop")).toStdString(),
                              std::filesystem::copy_options::recursive);
    }

    void writesNothingIntoTheProject_data() { addCommands(); }

    void writesNothingIntoTheProject()
    {
        QFETCH(QStringList, arguments);
        const QStringList before = listing(project());
        QVERIFY(before.size() >= 6);
        for (const bool warm : {false, true}) {
            QProcess process;
            process.setProcessEnvironment(environment());
            process.start(program, arguments + QStringList{QStringLiteral("--project"), project()});
            QVERIFY(process.waitForFinished(limitMs));
            QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
            QCOMPARE(listing(project()), before);
            // Only where operations are read is there anything to keep, and only there.
            const bool reads = arguments.first() == QStringLiteral("diagnose");
            QVERIFY(warm || listing(cache()).isEmpty() != reads);
            QCOMPARE(listing(m_folder->path()).size(),
                     before.size() + 1 + (reads ? 1 + listing(cache()).size() : 0));
        }
    }

    void startsNoProcessAndOpensNothingForWriting_data() { addCommands(); }

    void startsNoProcessAndOpensNothingForWriting()
    {
        QFETCH(QStringList, arguments);
        const QString strace = QStandardPaths::findExecutable(QStringLiteral("strace"));
        if (strace.isEmpty())
            QSKIP("strace is not installed");
        const QString file = m_folder->filePath(QStringLiteral("trace"));
        QProcess process;
        process.setProcessEnvironment(environment());
        process.start(strace,
                      QStringList{QStringLiteral("-f"),
                                  QStringLiteral("-qq"),
                                  QStringLiteral("-s"),
                                  QStringLiteral("4096"),
                                  QStringLiteral("-e"),
                                  QStringLiteral("trace=%process,%file"),
                                  QStringLiteral("-o"),
                                  file,
                                  program} +
                          arguments + QStringList{QStringLiteral("--project"), project()});
        QVERIFY(process.waitForFinished(limitMs));
        const QByteArray said = process.readAllStandardError();
        if (said.contains("ptrace") || said.contains("PTRACE"))
            QSKIP("tracing is not permitted here");
        QVERIFY2(process.exitCode() == 0, said.constData());
        QFile traceFile(file);
        QVERIFY(traceFile.open(QIODevice::ReadOnly));
        const QString trace = QString::fromUtf8(traceFile.readAll());
        QVERIFY(trace.contains(project())); // the trace has seen the project being read
        const QStringList starts = startsOf(trace);
        QVERIFY2(starts.size() == 1 && starts.first().contains(QStringLiteral("sightglass-cli")),
                 qPrintable(starts.join(QLatin1Char('\n'))));
        const QStringList writes = writesBelow(trace, project());
        QVERIFY2(writes.isEmpty(), qPrintable(writes.join(QLatin1Char('\n'))));
    }

private:
    static void addCommands()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("chain") << QStringList{QStringLiteral("chain")};
        QTest::newRow("diagnose") << QStringList{
            QStringLiteral("diagnose"), QStringLiteral("--format"), QStringLiteral("json")};
    }

    QString cache() const { return m_folder->filePath(QStringLiteral("cache")); }

    /// The user's cache is a folder beside the project.
    QProcessEnvironment environment() const
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("SIGHTGLASS_CACHE"), cache());
        return environment;
    }

    QString project() const { return m_folder->filePath(QStringLiteral("shop")); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

int inspection_leaves_no_trace_test(int argc, char** argv)
{
    InspectionLeavesNoTraceTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "inspection_leaves_no_trace_test.moc"
