// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/revisions/revision_graph.h"
#include "core/stamp/stamp_rows.h"
#include "tests/differential/graph/random_graphs.h"

#include <string>
#include <vector>

namespace sightglass::tests {

/// A chain, a version table and a wish.
struct StampState
{
    std::vector<Revision> revisions;
    std::string schema; ///< of the version table; empty: the search path
    std::string table = "alembic_version";
    std::string make; ///< DDL with @ for the table's name; empty: there is no table
    std::vector<std::string> rows;
    StampRequest request;
};

/// The state as text from which it can be made again by hand.
std::string toText(const StampState& state);

/// States of chains that Alembic loads: rows that are heads, any revisions, parts of ids, unknown,
/// repeated; wishes of every form.
class StampStates
{
public:
    explicit StampStates(std::uint32_t seed)
        : m_random(seed)
    {}

    StampState next();

private:
    std::string anyId(const StampState& state);
    std::string part(const StampState& state);
    std::string label(const StampState& state);
    std::string wish(const StampState& state);
    void addTable(StampState& state);
    void addRows(StampState& state);

    RandomGraphs m_random;
};

} // namespace sightglass::tests
