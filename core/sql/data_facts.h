// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/definitions.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// One value of a VALUES list.
struct WrittenValue
{
    std::string column;                 ///< it is for; empty: the columns are not named
    std::optional<std::string> literal; ///< of a constant, without quotes; absent: computed, NULL
    bool isNumber = false;
    bool isDefault = false; ///< DEFAULT
};

/// What can be told of a statement that changes data without knowing its table.
struct DataFacts
{
    std::string command; ///< "INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE"
    QualifiedName table;
    bool hasWhere = false;
    bool whereIsAlwaysTrue = false; ///< true, 1 = 1
    /// Columns of its own table that WHERE holds to some values: equality with a constant or a
    /// parameter, an IN list, a range closed at both ends, in every arm of an OR.
    std::vector<std::string> boundedColumns;
    bool limited = false; ///< WHERE … IN (SELECT … LIMIT n)
    /// Columns of UPDATE SET as written, repeated ones included; of MERGE, of all its branches; of
    /// INSERT … ON CONFLICT. Elements of arrays and fields of composite values are left out.
    std::vector<std::string> assigned;
    std::vector<std::string> targets; ///< columns of INSERT as written, repeated too
    /// Of VALUES, and of a SELECT without a table.
    std::vector<std::vector<WrittenValue>> rows;
    bool fromQuery = false; ///< INSERT … SELECT … FROM
    bool overridingSystemValue = false;
};

/// The data changes of one statement in the order in which they stand: those in WITH first. Empty:
/// it has none, or does not parse.
std::vector<DataFacts> dataFacts(std::string_view statement);

/// String literals anywhere in a statement, without quotes, also those inside a dollar-quoted body.
/// Needs no parser: newer syntax is as good.
std::vector<std::string> literalsOf(std::string_view statement);

} // namespace sightglass
