// SPDX-License-Identifier: GPL-3.0-or-later
// usage: bench [--revisions N,N] [--tables N] [--runs N]
#include "core/base/file_system.h"
#include "core/cluster/private_server.h"
#include "core/cluster/server_programs.h"
#include "core/layout/dot_layout.h"
#include "core/layout/fold_runs.h"
#include "core/postgres/connect.h"
#include "core/process/run_process.h"
#include "tests/bench/inference_bench.h"
#include "tests/bench/measure.h"
#include "tests/support/generated_chain.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <span>
#include <sstream>

using namespace sightglass;
using namespace sightglass::bench;

namespace {

struct Sizes
{
    std::vector<std::size_t> revisions{1'000, 10'000};
    std::size_t tables = 10'000;
    int runs = 3;
};

/// Empty when the program ended well, else why not.
std::string ran(const ProcessRequest& request, int lastGoodStatus = 0)
{
    const auto outcome = runProcess(request, {});
    if (!outcome)
        return toText(outcome.error());
    return outcome->exitCode <= lastGoodStatus
               ? std::string()
               : request.program + " failed: " + outcome->errors.substr(0, 300);
}

/// `alembic heads` on a folder, the peer of what reads a whole chain.
class AlembicHeads
{
public:
    explicit AlembicHeads(const Path& folder)
        : m_request{.program = "alembic",
                    .arguments = {"-c", (folder / "alembic.ini").string(), "heads"},
                    .workingDirectory = folder.string(),
                    .limit = std::chrono::minutes(5)}
        , m_compiled(folder / "alembic" / "versions" / "__pycache__")
    {}

    void forgetCompiled() const
    {
        std::error_code code;
        std::filesystem::remove_all(m_compiled, code);
    }

    std::chrono::duration<double> cold(int runs) const
    {
        const auto time = medianOf(runs, [&] {
            forgetCompiled();
            return ran(m_request);
        });
        forgetCompiled();
        return time;
    }

    std::chrono::duration<double> warm(int runs) const
    {
        return medianOf(runs, [&] { return ran(m_request); });
    }

private:
    ProcessRequest m_request;
    Path m_compiled;
};

void compareChain(const Sizes& sizes, std::size_t count, const Path& folder)
{
    const ProcessRequest ours{
        .program = SIGHTGLASS_CLI,
        .arguments = {"chain", "--project", folder.string(), "--format", "json"},
        .limit = std::chrono::minutes(5)};
    const AlembicHeads heads(folder);
    const auto their = heads.cold(sizes.runs);
    const auto our = medianOf(sizes.runs, [&] { return ran(ours); });
    printRatio(
        "chain, " + std::to_string(count) + " revisions, cold", our, "alembic heads", their, 0.2);
    const auto warm = heads.warm(sizes.runs);
    printRatio("  the same, Alembic with compiled files", our, "alembic heads", warm, 1.0);
    heads.forgetCompiled();
}

/// Operations, replay and the verdict on a fresh database, without a cache and with a full one.
void compareOperations(const Sizes& sizes, std::size_t count, const Path& folder)
{
    const std::vector<std::string> ours = {
        SIGHTGLASS_CLI, "diagnose", "--project", folder.string(), "--format", "json"};
    const auto their = AlembicHeads(folder).cold(sizes.runs);
    std::error_code code;
    const Path cache = folder / "cache";
    const std::string setting = "SIGHTGLASS_CACHE=" + cache.string();
    double peak = 0;
    const auto run = [&] {
        const Child child = runChild(ours, {setting});
        peak = std::max(peak, child.peakMegabytes);
        return child.problem;
    };
    const auto cold = medianOf(sizes.runs, [&] {
        std::filesystem::remove_all(cache, code);
        return run();
    });
    const std::string name = "operations, " + std::to_string(count) + " revisions, ";
    printRatio(name + "cold", cold, "alembic heads", their, 1.0);
    printFigure(name + "peak", peak, "MB", 300);
    peak = 0;
    const auto warm = medianOf(sizes.runs, run);
    printRatio(name + "warm", warm, "alembic heads", their, 0.1);
    printFigure(name + "warm peak", peak, "MB", 300);
}

/// Reading, replay and every rule, without a cache.
void compareReview(const Sizes& sizes, std::size_t count, const Path& folder)
{
    const std::vector<std::string> ours = {
        SIGHTGLASS_CLI, "review", "--project", folder.string(), "--format", "json"};
    const auto their = AlembicHeads(folder).cold(sizes.runs);
    double peak = 0;
    const auto our = medianOf(sizes.runs, [&] {
        const Child child = runChild(ours, {"SIGHTGLASS_CACHE=off"});
        peak = std::max(peak, child.peakMegabytes);
        return child.problem;
    });
    const std::string name = "review, " + std::to_string(count) + " revisions, ";
    printRatio(name + "cold", our, "alembic heads", their, 1.0);
    printFigure(name + "peak", peak, "MB", 300);
}

std::vector<Revision> asRevisions(const std::vector<tests::GeneratedRevision>& chain)
{
    std::vector<Revision> revisions;
    for (const auto& generated : chain) {
        Revision revision;
        revision.id = generated.id;
        for (const std::string& id : generated.down)
            revision.down.push_back({.id = id});
        revisions.push_back(std::move(revision));
    }
    return revisions;
}

std::string dotText(const RevisionGraph& graph, const CardSizes& sizes)
{
    std::ostringstream text;
    text << "digraph g { rankdir=BT; node [shape=box, fixedsize=true, width="
         << sizes.cardWidth / 72 << ", height=" << sizes.cardHeight / 72 << ", label=\"\"];\n";
    for (RevisionIndex i = 0; i < graph.size(); ++i) {
        for (const RevisionIndex down : graph.down(i))
            text << down << " -> " << i << ";\n";
    }
    text << "}\n";
    return text.str();
}

void compareLayout(const Sizes& sizes,
                   std::size_t count,
                   const std::vector<tests::GeneratedRevision>& chain,
                   const Path& folder)
{
    const RevisionGraph graph = RevisionGraph::build(asRevisions(chain));
    const Path file = folder / "graph.dot";
    std::ofstream(file) << dotText(graph, {});
    std::size_t nodes = 0;
    const auto our = medianOf(sizes.runs, [&]() -> std::string {
        const Skeleton skeleton = foldRuns(graph, {});
        nodes = skeleton.nodes.size();
        const auto drawing = layOut(skeleton, {}, {});
        return drawing ? std::string() : toText(drawing.error());
    });
    const auto their = medianOf(1, [&] {
        return ran({.program = "dot",
                    .arguments = {"-Tplain", "-o", "/dev/null", file.string()},
                    .limit = std::chrono::minutes(20)});
    });
    printRatio("layout, " + std::to_string(count) + " revisions as " + std::to_string(nodes) +
                   " nodes",
               our,
               "dot, unfolded",
               their,
               0.05);
}

std::string tablesSql(std::size_t count)
{
    std::ostringstream sql;
    for (std::size_t i = 0; i < count; ++i) {
        sql << "CREATE TABLE t" << i
            << " (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, name varchar(100) NOT "
               "NULL "
            << "DEFAULT 'x', amount numeric(10,2) CHECK (amount >= 0), other bigint"
            << (i > 0 ? " REFERENCES t" : "");
        if (i > 0)
            sql << i / 2;
        sql << ", at timestamptz DEFAULT now());\nCREATE INDEX ix_t" << i << "_name ON t" << i
            << " (name);\n";
    }
    return sql.str();
}

void compareCatalog(const Sizes& sizes)
{
    auto server = PrivateServer::start({});
    const auto programs = findServerPrograms();
    if (!server || !programs) {
        std::fprintf(
            stderr, "bench: %s\n", toText(server ? programs.error() : server.error()).c_str());
        std::exit(1); // NOLINT(concurrency-mt-unsafe)
    }
    if (const auto made = (*server)->runSql("postgres", tablesSql(sizes.tables), {}); !made) {
        std::fprintf(stderr, "bench: %s\n", toText(made.error()).c_str());
        std::exit(1); // NOLINT(concurrency-mt-unsafe)
    }
    const auto target = parseConnectionTarget((*server)->uri());
    const auto our = medianOf(sizes.runs, [&]() -> std::string {
        auto database = connectReadOnly(*target, {}, {});
        if (!database)
            return toText(database.error());
        const auto state = (*database)->readState({}, {});
        if (!state)
            return toText(state.error());
        return state->schema.tables.size() == sizes.tables
                   ? std::string()
                   : std::string("not every table was read");
    });
    const auto their = medianOf(sizes.runs, [&] {
        return ran({.program = programs->path("pg_dump"),
                    .arguments = {"--schema-only", "-f", "/dev/null", "-d", (*server)->uri()},
                    .limit = std::chrono::minutes(5)});
    });
    printRatio("catalog, " + std::to_string(sizes.tables) + " tables",
               our,
               "pg_dump --schema-only",
               their,
               1.0);
}

template <typename Number>
Number numberFrom(std::string_view text)
{
    Number value{};
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

Sizes sizesFrom(std::span<char*> arguments)
{
    Sizes sizes;
    for (std::size_t i = 1; i + 1 < arguments.size(); i += 2) {
        const std::string_view name = arguments[i];
        const std::string_view value = arguments[i + 1];
        if (name == "--revisions") {
            sizes.revisions.clear();
            std::istringstream list{std::string(value)};
            for (std::string word; std::getline(list, word, ',');)
                sizes.revisions.push_back(numberFrom<std::size_t>(word));
        } else if (name == "--tables") {
            sizes.tables = numberFrom<std::size_t>(value);
        } else if (name == "--runs") {
            sizes.runs = numberFrom<int>(value);
        }
    }
    return sizes;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const Sizes sizes = sizesFrom(std::span(argv, static_cast<std::size_t>(argc)));
    for (const std::size_t count : sizes.revisions) {
        const QTemporaryDir folder;
        const Path path = folder.path().toStdString();
        const auto chain = tests::generatedChain(count, 40);
        tests::writeAlembicProject(path, chain);
        compareChain(sizes, count, path);
        compareLayout(sizes, count, chain, path);
        const QTemporaryDir mixed;
        const Path mixedPath = mixed.path().toStdString();
        tests::writeAlembicProject(mixedPath, chain, tests::GeneratedBodies::Mixed);
        compareOperations(sizes, count, mixedPath);
        compareReview(sizes, count, mixedPath);
    }
    compareInference(sizes.revisions.front(), sizes.runs);
    compareCatalog(sizes);
    return 0;
}
