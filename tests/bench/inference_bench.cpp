// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/inference_bench.h"

#include "tests/bench/measure.h"

#include <QTemporaryDir>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace sightglass::bench {

namespace {

using Path = std::filesystem::path;

std::string text(std::size_t number)
{
    return std::to_string(number);
}

/// Table i, which refers to an older one, and a column more for another.
void writeRevision(const Path& versions, std::size_t i)
{
    std::ofstream file(versions / ("r" + text(i) + ".py"));
    file << "import sqlalchemy as sa\nfrom alembic import op\n\nrevision = 'r" << i
         << "'\ndown_revision = " << (i == 0 ? std::string("None") : "'r" + text(i - 1) + "'")
         << "\n\n\ndef upgrade():\n    op.create_table(\n        't" << i
         << "',\n        sa.Column('id', sa.BigInteger(), primary_key=True),\n        "
            "sa.Column('name', sa.String(100), nullable=False, server_default='x'),\n        "
            "sa.Column('amount', sa.Numeric(10, 2)),\n        sa.CheckConstraint('amount >= 0', "
            "name='ck_t"
         << i << "'),\n    )\n    op.create_index('ix_t" << i << "_name', 't" << i
         << "', ['name'])\n";
    if (i > 0)
        file << "    op.add_column('t" << i / 2 << "', sa.Column('c" << i
             << "', sa.BigInteger()))\n    op.create_foreign_key('fk_t" << i << "', 't" << i / 2
             << "', 't" << i << "', ['c" << i << "'], ['id'])\n";
}

void writeChain(const Path& folder, std::size_t revisions)
{
    const Path versions = folder / "versions";
    std::filesystem::create_directories(versions);
    std::ofstream(folder / "alembic.ini") << "[alembic]\nscript_location = %(here)s\n";
    std::ofstream(folder / "env.py") << "target_metadata = None\n";
    for (std::size_t i = 0; i < revisions; ++i)
        writeRevision(versions, i);
}

} // namespace

void compareInference(std::size_t revisions, int runs)
{
    const QTemporaryDir temporary;
    const Path folder = temporary.path().toStdString();
    writeChain(folder, revisions);
    const std::string cache = "SIGHTGLASS_CACHE=" + (folder / "cache").string();
    const std::string sql = (folder / "heads.sql").string();
    // The text of the heads, by the program itself.
    medianOf(1, [&] {
        return runChild({"/bin/sh",
                         "-c",
                         std::string(SIGHTGLASS_CLI) + " sql heads --project " + folder.string() +
                             " > " + sql},
                        {cache})
            .problem;
    });
    const auto run = [&](const std::string& setting) {
        return medianOf(runs, [&] {
            return runChild({SIGHTGLASS_CLI,
                             "infer",
                             "--sql-file",
                             sql,
                             "--project",
                             folder.string(),
                             "--format",
                             "json"},
                            {setting})
                .problem;
        });
    };
    constexpr double aim = 2; // seconds
    const std::string name =
        "infer, " + text(revisions) + " revisions and as many tables, the whole program, ";
    printFigure(name + "warm", run(cache).count(), "s", aim);
    printFigure(name + "cold", run("SIGHTGLASS_CACHE=off").count(), "s", aim);
}

} // namespace sightglass::bench
