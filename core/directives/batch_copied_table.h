// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/directives/batch_recreate.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

struct CopiedColumn
{
    std::string key; ///< its name in the block, whatever it is renamed to
    ColumnDefinition definition;
    std::string comment;
    std::string serial; ///< SERIAL's word for a reflected column that has a sequence of its own
    bool isNew = false;
    std::string castTo; ///< the rows' values change their type
};

/// What a table that is made anew starts from.
struct CopiedTable
{
    std::vector<CopiedColumn> columns;
    std::vector<ConstraintDefinition> constraints;
    std::vector<IndexDefinition> indexes;
    std::vector<change::CreateEnum> enums;
    std::string unknown; ///< why it is not followed; empty: it is

    /// Keeps the first reason.
    void doubt(std::string reason);
    /// By its name in the block; null when there is none.
    CopiedColumn* column(const std::string& key);
};

/// The table as reflection sees it, or as copy_from gives it.
Outcome<CopiedTable, Raised> copiedTable(Interpreter& interpreter, const RecreatedTable& table);

/// SERIAL's word for integer, BIGSERIAL's for bigint …; empty for another type.
std::string serialWordOf(const std::string& type);

} // namespace sightglass
