// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/known.h"

#include <string>

namespace sightglass {

/// In what transactions env.py lets revisions run.
struct TransactionFacts
{
    Known<bool> perMigration = false;    ///< transaction_per_migration=True
    Known<bool> transactionalDdl = true; ///< transactional_ddl=True, as PostgreSQL has it
    /// Why statements may run outside of any transaction; empty: nothing says so.
    std::string autocommit;
};

/// Reads keywords of an env.py wherever they stand. An env.py that can't be read says nothing: the
/// defaults of Alembic are taken.
TransactionFacts readTransactionFacts(const FileSystem& files, const Path& environmentFile);

} // namespace sightglass
