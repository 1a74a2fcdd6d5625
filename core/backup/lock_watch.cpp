// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/lock_watch.h"

#include "core/backup/server_door.h"

#include <utility>

namespace sightglass {

namespace {

constexpr std::chrono::milliseconds pauseBetween{200};

} // namespace

LockWatch::LockWatch(std::unique_ptr<WritingSession> session,
                     std::string application,
                     std::chrono::milliseconds limit)
    : m_session(std::move(session))
    , m_application(std::move(application))
    , m_limit(limit)
    , m_looked(std::chrono::steady_clock::now())
{}

bool LockWatch::isWaiting()
{
    if (!m_session->begin(WritingSession::Access::ReadOnly, {}))
        return false;
    const auto answer = m_session->execute(
        "looking for waits",
        "SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE datname = "
        "pg_catalog.current_database() AND wait_event_type = 'Lock' AND application_name = " +
            sqlLiteral(m_application),
        {});
    m_session->rollback();
    return answer && !answer->rows.empty() && answer->rows[0][0] != "0";
}

void LockWatch::look()
{
    const auto now = std::chrono::steady_clock::now();
    if (m_session == nullptr || now - m_looked < pauseBetween)
        return;
    m_looked = now;
    if (!isWaiting()) {
        m_since.reset();
        return;
    }
    if (!m_since)
        m_since = now;
    if (now - *m_since < m_limit || !m_session->begin(WritingSession::Access::ReadOnly, {}))
        return;
    const auto ended = m_session->execute(
        "ending a wait",
        "SELECT pg_catalog.pg_cancel_backend(pid) FROM pg_catalog.pg_stat_activity WHERE datname = "
        "pg_catalog.current_database() AND wait_event_type = 'Lock' AND application_name = " +
            sqlLiteral(m_application),
        {});
    m_session->rollback();
    m_hasEndedOne = m_hasEndedOne || (ended && !ended->rows.empty());
}

} // namespace sightglass
