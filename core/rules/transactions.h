// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/step.h"

namespace sightglass {

/// Which transaction each operation of a run is in, by number; 0 is none.
class TransactionCount
{
public:
    explicit TransactionCount(bool perMigration)
        : m_perMigration(perMigration)
    {}

    void beginRevision(RunMode mode);
    /// The transaction that `operation` runs in; what it does to transactions holds from the next
    /// on.
    int at(const Operation& operation);

private:
    bool m_perMigration = false;
    bool m_first = true;
    bool m_reopen = false; ///< an autocommit block was left: Alembic opens another
    RunMode m_mode = RunMode::Alembic;
    int m_count = 0;
    int m_current = 0;
};

} // namespace sightglass
