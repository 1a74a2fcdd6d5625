// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/differential/rebuild/read_chain.h"

#include "core/history/history_reader.h"
#include "core/scripts/script_directory.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace sightglass::tests {

ReadHistory historyOfTests()
{
    return [](const FileSystem& files,
              const Scripts& scripts,
              std::shared_ptr<const RevisionGraph> graph) {
        return readHistory(files, scripts, std::move(graph), {}, {});
    };
}

ReadChain readChain(const QString& folder)
{
    ReadChain chain;
    const auto project = findProject(chain.files, {.start = folder.toStdString()});
    if (!project)
        qFatal("%s", toText(project.error()).c_str());
    chain.scripts = *readScripts(chain.files, *project, {});
    chain.graph =
        std::make_shared<const RevisionGraph>(RevisionGraph::build(chain.scripts.revisions));
    chain.history = historyOfTests()(chain.files, chain.scripts, chain.graph);
    chain.copies = (folder + QStringLiteral("/copies")).toStdString();
    return chain;
}

std::string writeFiles(const Plan& plan)
{
    std::string text;
    for (const PlanStep& step : plan.steps) {
        const auto* work = std::get_if<FileWork>(&step.work);
        if (work == nullptr)
            continue;
        const QString path = QString::fromStdString(work->file);
        if (!work->renamedFrom.empty()) {
            QDir().mkpath(QFileInfo(path).path());
            if (!QFile::rename(QString::fromStdString(work->renamedFrom), path))
                qFatal("%s can't be moved", work->renamedFrom.c_str());
        }
        if (!work->contents)
            continue;
        QFile file(path);
        if (!file.open(QFile::WriteOnly))
            qFatal("%s can't be written", work->file.c_str());
        file.write(work->contents->c_str());
        text += *work->contents;
    }
    return text;
}

Plan planOrDie(const Result<Plan>& plan)
{
    if (!plan)
        qFatal("%s", toText(plan.error()).c_str());
    return *plan;
}

} // namespace sightglass::tests
