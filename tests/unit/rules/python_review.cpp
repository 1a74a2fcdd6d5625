// SPDX-License-Identifier: GPL-3.0-or-later
#include "python_review.h"

#include "core/base/file_system.h"
#include "core/history/history_reader.h"
#include "core/history/sql_file.h"
#include "core/review/chain_review.h"
#include "core/scripts/project.h"
#include "core/scripts/script_directory.h"

#include <QDir>
#include <QFile>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace sightglass::test {

namespace {

void write(const QString& file, const QString& text)
{
    QFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        qFatal("%s can't be written", qPrintable(file));
    out.write(text.toUtf8());
}

QString indented(const QString& body)
{
    QString text;
    const QStringList lines = body.split(QLatin1Char('\n'));
    for (const QString& line : lines)
        text += QStringLiteral("    ") + line + QLatin1Char('\n');
    return text;
}

QString function(const char* name, const std::string& body)
{
    return QStringLiteral("def %1():\n%2\n")
        .arg(QLatin1String(name),
             indented(body.empty() ? QStringLiteral("pass") : QString::fromStdString(body)));
}

QString revisionText(const QString& id, const QString& down, const QString& functions)
{
    return QStringLiteral("\"\"\"%1\"\"\"\n"
                          "from alembic import op, context\n"
                          "import sqlalchemy as sa\n"
                          "from sqlalchemy.dialects import postgresql\n"
                          "from sqlalchemy.orm import Session\n\n"
                          "revision = '%1'\n"
                          "down_revision = %2\n\n")
               .arg(id, down) +
           functions;
}

/// `r1` or `('r2', 'r3')` of "r2+r3".
QString downText(const QString& parents)
{
    const QStringList names = parents.split(QLatin1Char('+'));
    if (names.size() == 1)
        return QStringLiteral("'%1'").arg(names.first());
    return QStringLiteral("('%1')").arg(names.join(QStringLiteral("', '")));
}

QString priorFunctions(const PythonReviewInput& input)
{
    const QString sql = QString::fromStdString(input.prior.value_or(""));
    return QStringLiteral("def upgrade():\n    op.execute(\"\"\"%1\"\"\")\n\n"
                          "def downgrade():\n    pass\n")
        .arg(sql.isEmpty() ? QStringLiteral("SELECT 1") : sql);
}

QString ownFunctions(const PythonReviewInput& input)
{
    if (input.upgrade.find("def upgrade") != std::string::npos)
        return QString::fromStdString(input.upgrade);
    return function("upgrade", input.upgrade) + function("downgrade", input.downgrade);
}

/// Writes the versions and gives the id under review.
QString writeVersions(const QString& folder, const PythonReviewInput& input)
{
    const QString none = QStringLiteral("None");
    const QString first = input.graph.empty() ? QStringLiteral("r0") : QStringLiteral("r1");
    write(folder + QLatin1Char('/') + first + QStringLiteral(".py"),
          revisionText(first, none, priorFunctions(input)));
    QString graph = QString::fromStdString(input.graph);
    if (graph.isEmpty())
        graph = QStringLiteral("r0<-r1");
    const QStringList edges = graph.split(QLatin1Char(','));
    const QString empty =
        QStringLiteral("def upgrade():\n    pass\n\ndef downgrade():\n    pass\n");
    // The one under review is the first that is built on the base.
    const QString own = edges.first().section(QStringLiteral("<-"), 1);
    for (const QString& edge : edges) {
        const QString id = edge.section(QStringLiteral("<-"), 1);
        write(folder + QLatin1Char('/') + id + QStringLiteral(".py"),
              revisionText(id,
                           downText(edge.section(QStringLiteral("<-"), 0, 0)),
                           id == own ? ownFunctions(input) : empty));
    }
    return own;
}

} // namespace

ReviewResult reviewPython(const PythonReviewInput& input)
{
    const QTemporaryDir folder;
    const QString versions = folder.filePath(QStringLiteral("versions"));
    QDir().mkpath(versions);
    write(folder.filePath(QStringLiteral("env.py")),
          QStringLiteral("from alembic import context\n\ncontext.configure()\n"));
    const QString own = writeVersions(versions, input);

    const DiskFileSystem files;
    const auto project =
        findProject(files, {.start = folder.path().toStdString(), .section = "alembic"});
    if (!project)
        qFatal("%s", project.error().message.c_str());
    const auto scripts = readScripts(files, *project, {});
    if (!scripts)
        qFatal("%s", scripts.error().message.c_str());
    const auto graph =
        std::make_shared<const RevisionGraph>(RevisionGraph::build(scripts->revisions));
    const auto history = readHistory(files, *scripts, graph, {}, {});

    ChainReviewInput review{.graph = *graph, .history = *history};
    const auto index = graph->find(own.toStdString());
    if (!index)
        qFatal("the revision was not read");
    review.range = {*index};
    review.start = startOf(*graph, review.range);
    review.beganEmpty = input.priorIsComplete;
    review.transactionPerMigration = input.transactionPerMigration;
    review.alembicVersion = input.alembicVersion;
    review.facts = input.facts;
    review.rules = input.rules;
    review.protectedTables = input.protectedTables;
    LiveState live;
    if (input.live) {
        live.schema = readSqlFile(*input.live, {}).result.schema;
        review.live = &live;
    }
    return reviewChain(std::move(review), {});
}

} // namespace sightglass::test
