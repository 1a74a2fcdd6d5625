// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/footprint.h"

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>

namespace sightglass::test {

/// What a statement took and did on a real server.
struct ServerEffects
{
    std::string refused; ///< its SQLSTATE; empty: it ran
    std::string message;
    std::map<QualifiedName, LockMode> locks;   ///< strongest, of tables, views and sequences
    std::map<QualifiedName, LockMode> indexes; ///< of indexes that were there
    std::set<QualifiedName> sequences;         ///< those among `locks`
    bool rewrites = false;                     ///< a table has another file
    bool buildsIndex = false; ///< an index of a table that was there has a new file
    bool scans = false;       ///< a thousand rows were read in sequence
};

/// A database on a server, on which statements are run and taken back.
class ServerForms
{
public:
    /// Runs `world` in the database of `conninfo`.
    ServerForms(const std::string& conninfo, const std::string& world);
    ~ServerForms();

    ServerEffects run(const std::string& statement, const std::string& zone);
    int version() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace sightglass::test
