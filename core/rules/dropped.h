// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/step.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// What a DROP, or a DROP action of ALTER TABLE, takes away.
struct DroppedObject
{
    std::string kind;   ///< "table", "column", "materialized view", "function", …
    QualifiedName name; ///< full; of a part: of its table
    std::string part;   ///< column, constraint, trigger
    bool cascade = false;
    bool isNew = false; ///< made earlier in the same revision

    std::string words() const; ///< "column orders.total", "constraint ck of orders"
};

/// Absent: the operation drops nothing.
std::optional<DroppedObject> droppedObject(const Step& step);

/// Full name of what is found by the path of creation: routines, which are no relations.
QualifiedName createdName(const Moment& moment, const QualifiedName& written);

/// Whether a downgrade takes back what its own upgrade made. False where the upgrade is not known.
bool undoesUpgrade(const Step& step);

/// Whether Alembic sends it to copy a table: batch_alter_table(recreate="always").
bool isBatchCopy(const Operation& operation);

/// How many values a column holds, as a live database told: counted, or rows without its NULLs.
std::optional<std::int64_t> valuesIn(const Step& step, const std::string& column);

/// What is known to depend on it, in words: "view order_totals", "foreign key … of order_items".
std::vector<std::string> dependentsOf(const Moment& moment, const DroppedObject& object);

/// "a, b and 3 more"; at most three are named.
std::string listed(const std::vector<std::string>& items);

} // namespace sightglass
