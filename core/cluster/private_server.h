// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/run_context.h"

#include <memory>
#include <string>

namespace sightglass {

/// A PostgreSQL of our own: a new cluster in its own folder, socket only, no TCP. As root it runs as an
/// unprivileged user. Ends with this object; if this program dies in any way, a small watcher stops the
/// server and removes the folder.
class PrivateServer
{
public:
    PrivateServer(const PrivateServer&) = delete;
    PrivateServer& operator=(const PrivateServer&) = delete;
    PrivateServer(PrivateServer&&) = delete;
    PrivateServer& operator=(PrivateServer&&) = delete;
    ~PrivateServer();

    /// Makes and starts a cluster; about 2 s. Also removes what earlier crashes left.
    ///
    /// errors  NotFound      no PostgreSQL server programs on this machine; says which package
    ///         NotPermitted, QueryFailed, TimedOut, Cancelled
    static Result<std::unique_ptr<PrivateServer>> start(const RunContext& run);

    /// libpq keyword string of a database in it, as its superuser.
    std::string conninfo(const std::string& database = "postgres") const;
    /// libpq URI of the same.
    std::string uri(const std::string& database = "postgres") const;
    const std::string& folder() const;
    std::string user() const;

    /// Runs SQL text through psql, stopping at the first error.
    Result<void> runSql(const std::string& database, const std::string& sql, const RunContext& run) const;
    Result<void> createDatabase(const std::string& name, const RunContext& run) const;

    /// Stops and removes; called by the destructor.
    void stop() noexcept;

private:
    struct State;
    explicit PrivateServer(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace sightglass
