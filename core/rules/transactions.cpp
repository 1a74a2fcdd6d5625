// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/transactions.h"

namespace sightglass {

void TransactionCount::beginRevision(RunMode mode)
{
    const bool same = !m_first && mode == m_mode && !m_perMigration;
    m_mode = mode;
    if (m_mode != RunMode::Alembic)
        m_current = 0;
    else if (!same || m_current == 0 || m_reopen) // Alembic opened another behind the block
        m_current = ++m_count;
    m_first = false;
    m_reopen = false;
}

int TransactionCount::at(const Operation& operation)
{
    if (operation.autocommit) {
        m_reopen = true;
        return 0;
    }
    if (m_reopen) {
        m_reopen = false;
        m_current = m_mode == RunMode::Alembic ? ++m_count : 0;
    }
    const auto* const transaction = std::get_if<change::Transaction>(&operation.change);
    if (transaction == nullptr)
        return m_current;
    const int now = m_current;
    if (transaction->word == "BEGIN" && m_current == 0)
        m_current = ++m_count;
    else if (transaction->word == "COMMIT" || transaction->word == "ROLLBACK")
        m_current = 0;
    return now;
}

} // namespace sightglass
