// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace sightglass::tests {

struct GeneratedRevision
{
    std::string id;
    std::vector<std::string> down;
};

/// `count` revisions, oldest first: a long line, with a side branch of one to four revisions that
/// merges back about every `branchEvery` revisions (0 = never). The same seed gives the same chain.
std::vector<GeneratedRevision>
generatedChain(std::size_t count, std::size_t branchEvery, std::uint32_t seed = 1);

enum class GeneratedBodies
{
    Plain, ///< a table and an index
    Mixed  ///< also what people write: columns, keys, SQL, batches, loops, questions to the schema
};

/// Writes it as an Alembic project: alembic.ini, alembic/env.py, alembic/versions/*.py with
/// docstrings and a handful of operations each, as autogenerate leaves them.
void writeAlembicProject(const std::filesystem::path& folder,
                         const std::vector<GeneratedRevision>& chain,
                         GeneratedBodies bodies = GeneratedBodies::Plain);

} // namespace sightglass::tests
