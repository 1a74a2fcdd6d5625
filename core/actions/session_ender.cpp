// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/session_ender.h"

#include <chrono>

namespace sightglass {

namespace {

constexpr std::chrono::milliseconds pauseBetween{100};

std::string endingSql(const std::vector<std::string>& databases)
{
    std::string list;
    for (const std::string& database : databases) {
        std::string literal;
        for (const char c : database)
            literal += c == '\'' ? std::string("''") : std::string(1, c);
        list += (list.empty() ? "'" : ", '") + literal + "'";
    }
    return "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity "
           "WHERE pid <> pg_catalog.pg_backend_pid() AND datname IN (" +
           list + ")";
}

} // namespace

SessionEnder::SessionEnder(std::vector<std::string> databases, OpenWritingSession open)
{
    if (databases.empty())
        return;
    m_thread = std::jthread(
        [sql = endingSql(databases), open = std::move(open)](const std::stop_token& stop) {
            auto session = open({.stop = stop});
            while (session && !stop.stop_requested()) {
                // One that may not be ended is told by the statement that waits for it.
                if ((*session)->begin(WritingSession::Access::ReadOnly, {.stop = stop}))
                    (void)(*session)->execute("ending sessions", sql, {.stop = stop});
                (*session)->rollback();
                std::this_thread::sleep_for(pauseBetween);
            }
        });
}

} // namespace sightglass
