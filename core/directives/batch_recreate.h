// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/interpreter.h"
#include "core/operations/changes.h"
#include "core/schema/schema.h"
#include "core/sqlalchemy/items.h"

#include <string>
#include <vector>

namespace sightglass {

/// What a block over one table asks for with recreate="always".
struct RecreatedTable
{
    QualifiedName name;               ///< as the block has it
    const Table* reflected = nullptr; ///< as it is in `schema`; null with `given`
    const Schema* schema = nullptr;
    const TableItem* given = nullptr; ///< copy_from, which stands for reflection
    std::vector<Change> asked;        ///< in order, as plain ALTERs would have them
};

/// What is sent for it, with the SQL of what can't be rendered from a change.
struct TableCopy
{
    std::vector<Change> changes;
    std::vector<std::string> texts; ///< as many as changes; empty: rendered
};

/// The changes that put a copy into the table's place: its constraints go, `_alembic_tmp_NAME` is
/// made and filled, the table dropped, the copy renamed and indexed. What reflection does not see
/// (expressions in indexes, operator classes, table comments) is lost, as it really is.
///
/// Unknown with a reason where the table has parts that are not followed here.
/// errors  ValueError, KeyError as Alembic raises them for what the table does not have
/// source  Alembic 1.8, ApplyBatchImpl; SQLAlchemy 1.4, reflection; compared in tests
Outcome<Known<TableCopy>, Raised> recreateTable(Interpreter& interpreter, RecreatedTable table);

} // namespace sightglass
