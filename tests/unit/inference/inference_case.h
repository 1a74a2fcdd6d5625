// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/history/history_reader.h"
#include "core/history/sql_file.h"
#include "core/inference/inference.h"
#include "core/scripts/project.h"
#include "core/scripts/script_directory.h"
#include "tests/support/migration_case.h"

#include <QTemporaryDir>

#include <memory>
#include <string>
#include <vector>

namespace sightglass::tests {

/// A chain out of text, read and replayed, to compare SQL with.
class InferenceCase
{
public:
    explicit InferenceCase(const std::string& text)
    {
        const auto cases = casesFromText(text, "test");
        writeProject(cases.front(), m_folder.path().toStdString());
        const DiskFileSystem files;
        const auto project = findProject(files, {.start = m_folder.path().toStdString()});
        scripts = std::make_shared<const Scripts>(*readScripts(files, *project, {}));
        graph = std::make_shared<const RevisionGraph>(RevisionGraph::build(scripts->revisions));
        history = readHistory(files, *scripts, graph, {}, {});
        prints = std::make_unique<Fingerprints>(Fingerprints::of(*history, *graph));
    }

    InferenceResult infer(const std::string& sql) const
    {
        return inferRevisions(
            *prints,
            *history,
            *graph,
            readSqlFile(sql, "schema.sql").result,
            {.leftOut = [](const QualifiedName& name) { return name.name == "alembic_version"; }});
    }

    std::string ids(const HeadSet& set) const
    {
        std::string text;
        for (const RevisionIndex each : set)
            text += (text.empty() ? "" : "+") + graph->revision(each).id;
        return text;
    }

    /// "r2 = r3 100": the first candidate, those of the same schema, its score in per cent.
    std::string first(const std::string& sql) const
    {
        const InferenceResult result = infer(sql);
        if (!result.whyNot.empty())
            return result.whyNot;
        const InferenceCandidate& best = result.candidates.front();
        std::string text = ids(best.revisions);
        for (const HeadSet& same : best.sameSchema)
            text += " = " + ids(same);
        text += " " + std::to_string(static_cast<int>(best.score * 100));
        return result.best() == nullptr ? text + " not decided" : text;
    }

    std::shared_ptr<const Scripts> scripts;
    std::shared_ptr<const RevisionGraph> graph;
    std::shared_ptr<const History> history;
    std::unique_ptr<Fingerprints> prints;

private:
    QTemporaryDir m_folder;
};

} // namespace sightglass::tests
