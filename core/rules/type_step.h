// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// A type as format_type spells it, taken apart: "numeric(10,2)[]".
struct SpelledType
{
    std::string name;         ///< without modifiers: "timestamp without time zone"
    std::vector<int> numbers; ///< its modifiers
    int dimensions = 0;       ///< of an array

    explicit SpelledType(std::string_view spelled);
    std::optional<int> number(std::size_t index) const;
    friend bool operator==(const SpelledType&, const SpelledType&) = default;
};

/// Whether values of one type are stored as they are in the other. `zoneIsUtc`: of the session.
enum class StepWork
{
    None,
    FreeUnderUtc, ///< between timestamp and timestamptz, when the session's zone is not known
    Rewrite
};

struct TypeStepContext
{
    std::optional<bool> zoneIsUtc; ///< absent: not known
    int serverVersion = 150000;
};

/// Of types that are no domains.
StepWork
typeStepWork(const SpelledType& from, const SpelledType& to, const TypeStepContext& around);

/// How the values fare.
enum class StepFit
{
    Fits,
    Refused, ///< one that does not fit makes the statement fail
    Cut      ///< rounded, or a part of it dropped, without a word
};

StepFit typeStepFit(const SpelledType& from, const SpelledType& to);

/// Types of one family share the operators that an index is built with.
std::string_view indexFamily(const SpelledType& type);

} // namespace sightglass
