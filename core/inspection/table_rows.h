// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/forecast/forecast.h"
#include "core/inspection/inspection.h"
#include "core/rules/table_owner.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// Whether one of the three knows a table, and alike.
enum class TablePresence
{
    Has,
    Differs, ///< has it in another shape than the chain (the models, where the chain lacks it)
    Lacks,
    Unknown ///< could not be read, or reading leaves a doubt about it
};

std::string_view toText(TablePresence presence); ///< "has", "differs", "lacks", "unknown"

/// One table in the models, at the heads of the chain, and live.
struct TableRow
{
    QualifiedName name;
    TablePresence models = TablePresence::Unknown;
    TablePresence chain = TablePresence::Unknown;
    TablePresence live = TablePresence::Unknown;
    std::optional<std::int64_t> rows;
    std::optional<std::int64_t> bytes;
    std::string verdict; ///< a few words: "in all three", "only live: unmanaged"
    /// What autogenerate would write against live: "drop", "create", "alter", "nothing", "unknown";
    /// "may drop" and so on where that hangs on something.
    std::string forecast;
    std::vector<ForecastOperation> operations; ///< of the forecast, in Alembic's words
    bool isProtected = false;                  ///< sightglass.toml protects it
    /// Who probably made a table that only live has; absent for all others.
    std::optional<TableOwner> owner;

    /// Live has it, and neither chain nor models do, as far as they are known. Autogenerate drops
    /// it unless env.py leaves it out.
    bool isUnmanaged() const;
    /// Two of the three are known and not alike, or autogenerate would write something.
    bool hasDifference() const;
    friend bool operator==(const TableRow&, const TableRow&) = default;
};

/// What autogenerate would write for what was read.
AutogenerateForecast forecastOf(const Inspection& inspection);

/// Every table that any of the three knows, partitions and extensions' tables among them, because
/// autogenerate looks at them too; sorted by name. Version tables are left out, but for one
/// that autogenerate would touch.
std::vector<TableRow> tableRows(const Inspection& inspection, const AutogenerateForecast& forecast);
std::vector<TableRow> tableRows(const Inspection& inspection);

} // namespace sightglass
