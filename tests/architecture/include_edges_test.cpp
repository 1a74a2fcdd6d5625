// SPDX-License-Identifier: GPL-3.0-or-later
// Reads every #include of core, ui and app against the module table of core/README.md.

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <map>

namespace {

struct Row
{
    QSet<QString> mayInclude;
    QSet<QString> libraries;
    bool all = false;
};

QString textOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QSet<QString> words(const QString& cell)
{
    QSet<QString> result;
    for (const QString& word : cell.split(QLatin1Char(','))) {
        const QString name = word.trimmed();
        if (!name.isEmpty() && name != QStringLiteral("–"))
            result.insert(name);
    }
    return result;
}

std::map<QString, Row> moduleTable(const QString& source)
{
    std::map<QString, Row> table;
    for (const QString& line : textOf(source + QStringLiteral("/core/README.md")).split(QLatin1Char('\n'))) {
        const QStringList cells = line.split(QLatin1Char('|'));
        if (cells.size() != 5 || cells[1].contains(QStringLiteral("---")) || cells[1].trimmed() == QStringLiteral("module"))
            continue;
        table[cells[1].trimmed()] = {.mayInclude = words(cells[2]),
                                     .libraries = words(cells[3]),
                                     .all = cells[2].trimmed() == QStringLiteral("*")};
    }
    return table;
}

/// Library that a foreign header belongs to, among those the table speaks of; empty for std and system.
QString libraryOf(const QString& header)
{
    if (QRegularExpression(QStringLiteral("^Q[A-Z]")).match(header).hasMatch() || header.startsWith(QStringLiteral("Qt")))
        return QStringLiteral("Qt");
    static const std::map<QString, QString> prefixes{
        {QStringLiteral("tl/"), QStringLiteral("tl")},
        {QStringLiteral("tree_sitter/"), QStringLiteral("tree_sitter")},
        {QStringLiteral("toml++/"), QStringLiteral("toml++")},
        {QStringLiteral("yaml-cpp/"), QStringLiteral("yaml-cpp")},
        {QStringLiteral("pqxx"), QStringLiteral("pqxx")},
        {QStringLiteral("libpq"), QStringLiteral("pqxx")},
        {QStringLiteral("postgresql/"), QStringLiteral("pqxx")},
        {QStringLiteral("gvc"), QStringLiteral("graphviz")},
        {QStringLiteral("cgraph"), QStringLiteral("graphviz")},
        {QStringLiteral("graphviz/"), QStringLiteral("graphviz")},
        {QStringLiteral("nlohmann/"), QStringLiteral("nlohmann")},
        {QStringLiteral("Qsci/"), QStringLiteral("Qsci")},
        {QStringLiteral("CLI/"), QStringLiteral("CLI")},
        {QStringLiteral("spdlog/"), QStringLiteral("spdlog")},
        {QStringLiteral("git2"), QStringLiteral("git2")},
        {QStringLiteral("pg_query"), QStringLiteral("pg_query")},
    };
    for (const auto& [prefix, library] : prefixes) {
        if (header.startsWith(prefix))
            return library;
    }
    return {};
}

/// "core/layout/x.h" → "layout"; "ui/…" → "ui".
QString moduleOf(const QString& path)
{
    const QStringList parts = path.split(QLatin1Char('/'));
    return parts.value(0) == QStringLiteral("core") ? parts.value(1) : parts.value(0);
}

} // namespace

class IncludeEdgesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyIncludeIsAllowedByTheModuleTable()
    {
        const QString source = QStringLiteral(SIGHTGLASS_SOURCE_DIR);
        const auto table = moduleTable(source);
        QVERIFY2(table.size() >= 10, "core/README.md has lost its module table");
        static const QRegularExpression include(QStringLiteral("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"),
                                                QRegularExpression::MultilineOption);
        QStringList wrong;
        int files = 0;
        for (const QString& top : {QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("app")}) {
            QDirIterator walk(source + QLatin1Char('/') + top, {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                              QDirIterator::Subdirectories);
            while (walk.hasNext()) {
                const QString path = walk.next().mid(source.size() + 1);
                const QString from = moduleOf(path);
                ++files;
                const auto row = table.find(from);
                if (row == table.end()) {
                    wrong << path + QStringLiteral(": its module is not in the table");
                    continue;
                }
                for (auto matches = include.globalMatch(textOf(source + QLatin1Char('/') + path)); matches.hasNext();) {
                    const auto match = matches.next();
                    const QString header = match.captured(2);
                    const bool own = match.captured(1) == QStringLiteral("\"");
                    if (own && header.endsWith(QStringLiteral(".moc")))
                        continue;
                    const QString target = own ? moduleOf(header) : libraryOf(header);
                    if (target.isEmpty() || target == from)
                        continue;
                    const bool allowed = own ? row->second.all || row->second.mayInclude.contains(target)
                                             : row->second.libraries.contains(target) || target == QStringLiteral("tl");
                    if (!allowed)
                        wrong << QStringLiteral("%1 may not include %2").arg(path, header);
                }
            }
        }
        QVERIFY(files > 30);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    }

    void theTableHasNoCycle()
    {
        const auto table = moduleTable(QStringLiteral(SIGHTGLASS_SOURCE_DIR));
        for (const auto& [module, row] : table) {
            QSet<QString> reached;
            QStringList open(row.mayInclude.begin(), row.mayInclude.end());
            while (!open.isEmpty()) {
                const QString next = open.takeLast();
                if (reached.contains(next) || !table.contains(next))
                    continue;
                reached.insert(next);
                const auto& further = table.at(next).mayInclude;
                open.append(QStringList(further.begin(), further.end()));
            }
            QVERIFY2(!reached.contains(module), qPrintable(module));
        }
    }

    void theTopLevelIsTheGivenOne()
    {
        const QDir top(QStringLiteral(SIGHTGLASS_SOURCE_DIR));
        QStringList names = top.entryList(QDir::AllEntries | QDir::NoDotAndDotDot, QDir::Name);
        names.removeOne(QStringLiteral("build"));
        const QStringList given{QStringLiteral("CMakeLists.txt"), QStringLiteral("CMakePresets.json"),
                                QStringLiteral("LICENSE"),        QStringLiteral("README.md"),
                                QStringLiteral("app"),            QStringLiteral("core"),
                                QStringLiteral("packaging"),      QStringLiteral("resources"),
                                QStringLiteral("tests"),          QStringLiteral("ui")};
        QCOMPARE(QSet<QString>(names.begin(), names.end()), QSet<QString>(given.begin(), given.end()));
    }

    void noNestedEventLoopsInTheWindow()
    {
        const QString source = QStringLiteral(SIGHTGLASS_SOURCE_DIR);
        static const QRegularExpression forbidden(QStringLiteral("\\b(QEventLoop|processEvents|msleep|SIGNAL\\(|SLOT\\()"));
        for (const QString& top : {QStringLiteral("ui"), QStringLiteral("app")}) {
            QDirIterator walk(source + QLatin1Char('/') + top, {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                              QDirIterator::Subdirectories);
            while (walk.hasNext()) {
                const QString path = walk.next();
                const auto match = forbidden.match(textOf(path));
                QVERIFY2(!match.hasMatch(), qPrintable(path + QStringLiteral(": ") + match.captured()));
            }
        }
    }
};

int include_edges_test(int argc, char** argv)
{
    IncludeEdgesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "include_edges_test.moc"
