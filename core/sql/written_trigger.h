// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/definitions.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// A trigger as a statement writes it; where it stands is not part of it.
struct TriggerDefinition
{
    std::string timing;              ///< "BEFORE", "AFTER", "INSTEAD OF"; empty: not read
    std::vector<std::string> events; ///< in PostgreSQL's order: INSERT, DELETE, UPDATE, TRUNCATE
    std::vector<std::string> updateColumns; ///< UPDATE OF
    bool eachRow = false;
    bool constraint = false;
    bool deferrable = false;
    bool initiallyDeferred = false;
    QualifiedName from; ///< of a constraint trigger; empty name: not written
    std::string oldTable;
    std::string newTable;
    std::optional<SqlText> condition; ///< WHEN, without the parentheses around it
    std::vector<std::string> arguments;
    friend bool operator==(const TriggerDefinition&, const TriggerDefinition&) = default;
};

struct WrittenTrigger
{
    std::string trigger;
    QualifiedName function;
    TriggerDefinition parts;
};

/// CREATE TRIGGER as its author or pg_get_triggerdef wrote it; absent when it
/// is no such statement.
std::optional<WrittenTrigger> writtenTrigger(std::string_view definition);

} // namespace sightglass
