// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/step.h"

#include <optional>
#include <string>

namespace sightglass {

/// What SET NOT NULL, or a key that implies it, finds of a column.
enum class NotNullWork
{
    None,          ///< it is NOT NULL already
    Proven,        ///< a valid CHECK proves it: no row is read
    NotKnown,      ///< all rows are read, unless it is NOT NULL or proven: the table is not known
    HelperDropped, ///< all rows are read: the CHECK that proved it goes before it could be used
    Scan           ///< all rows are read
};

struct NotNullOutlook
{
    NotNullWork work = NotNullWork::NotKnown;
    std::string helper; ///< the CHECK that proves it, or did
};

NotNullOutlook
notNullOutlook(const Step& step, const QualifiedName& table, const std::string& column);

/// The column that a step makes NOT NULL: SET NOT NULL, or a NOT NULL constraint that is valid at
/// once.
struct ColumnMadeNotNull
{
    QualifiedName table; ///< as written
    std::string column;
};

std::optional<ColumnMadeNotNull> columnMadeNotNull(const Change& change);

/// The way to NOT NULL that keeps nobody waiting, with PostgreSQL `serverVersion`; empty: there is
/// none.
std::string
stepsToNotNull(const QualifiedName& written, const std::string& column, int serverVersion);

/// Whether both are actions of one ALTER TABLE.
bool inOneAlterTable(const Operation& left, const Operation& right);

} // namespace sightglass
