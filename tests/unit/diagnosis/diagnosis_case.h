// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/diagnose.h"
#include "tests/support/graph_text.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass::tests {

/// A chain out of text and a database out of words: everything that diagnose() looks at.
struct DiagnosisCase
{
    Scripts scripts;
    RevisionGraph graph;
    std::optional<LiveState> live;
    std::optional<Error> liveError;

    explicit DiagnosisCase(std::string_view chain)
    {
        scripts.project.root = "/shop";
        scripts.project.config = "/shop/alembic.ini";
        scripts.project.section = "alembic";
        scripts.project.scriptLocation = "/shop/alembic";
        scripts.project.versionLocations = {"/shop/alembic/versions"};
        scripts.project.environmentFile = "/shop/alembic/env.py";
        scripts.project.versionTable.value = std::string("alembic_version");
        scripts.revisions = revisionsFromText(chain);
        scripts.filesRead = scripts.revisions.size();
        graph = RevisionGraph::build(scripts.revisions);
    }

    DiagnosisCase& database(const std::vector<std::string>& tables = {})
    {
        live.emplace();
        live->server.database = "shop";
        live->server.user = "app";
        live->server.host = "localhost";
        live->server.port = "5432";
        live->server.searchPath = {"public"};
        for (const std::string& table : tables)
            addTable({"public", table});
        return *this;
    }

    DiagnosisCase& addTable(const QualifiedName& name, const std::string& extension = {})
    {
        Table table;
        table.name = name;
        table.extension = extension;
        live->schema.tables[name] = std::make_shared<const Table>(table);
        return *this;
    }

    VersionTable& versionTable(const std::vector<std::string>& rows,
                               const QualifiedName& name = {"public", "alembic_version"})
    {
        VersionTable table;
        table.name = name;
        table.rows = rows;
        table.columnType = "character varying(32)";
        table.width = 32;
        table.hasPrimaryKey = true;
        table.primaryKeyName = name.name + "_pkc";
        live->versionTables.push_back(table);
        addTable(name);
        return live->versionTables.back();
    }

    FileProblem&
    fileProblem(FileProblem::Kind kind, const std::string& file, const std::string& alembic)
    {
        scripts.problems.push_back({.kind = kind,
                                    .detail = "It is " + file + ".",
                                    .span = {.file = "/shop/alembic/versions/" + file, .line = 3},
                                    .alembic = alembic});
        return scripts.problems.back();
    }

    Diagnosis diagnosis() const
    {
        return diagnose({.scripts = scripts,
                         .graph = graph,
                         .chainFindings = {},
                         .live = live ? &*live : nullptr,
                         .liveError = liveError ? &*liveError : nullptr});
    }
};

/// "zombie, also unknown-revision: The version table …" as one line to compare.
inline std::string shown(const Diagnosis& diagnosis)
{
    std::string text(toText(diagnosis.state));
    for (const DatabaseState state : diagnosis.alsoHolds)
        text += "+" + std::string(toText(state));
    return text + ": " + diagnosis.title;
}

/// Every command and SQL text of the ways back, a line each.
inline std::string commands(const Diagnosis& diagnosis)
{
    std::string text;
    for (const WayBack& option : diagnosis.options) {
        for (const RepairStep& step : option.steps)
            text += step.command + "\n" + step.sql + "\n";
    }
    return text;
}

inline std::string evidenceText(const Diagnosis& diagnosis)
{
    std::string text;
    for (const Evidence& evidence : diagnosis.evidence)
        text += std::string(toText(evidence.grade)) + " " + evidence.text + "\n";
    return text;
}

inline bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace sightglass::tests
