// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/canonical_types.h"

#include <optional>
#include <string>
#include <string_view>

namespace sightglass::canonical {

/// What the type's output function prints of a literal that its input function read; absent with
/// trouble: PostgreSQL refuses it, or what it prints depends on the moment or the session.
std::optional<std::string> outputOf(std::string_view literal, TypeUse type, TypeSpace& types);

/// As numeric prints it; absent: no number.
std::optional<std::string> numericText(std::string_view text);

/// JSON text as jsonb prints it; absent: no JSON, or more deeply nested than we read.
std::optional<std::string> jsonbText(std::string_view json);
/// Whether it is one JSON value.
bool isJson(std::string_view json);

/// As date, time, timestamp, interval print them in ISO and postgres style; absent: not read.
std::optional<std::string> dateText(std::string_view text);
std::optional<std::string> timeText(std::string_view text, int precision);
std::optional<std::string> timestampText(std::string_view text, int precision);
std::optional<std::string> intervalText(std::string_view text, std::int32_t modifier);

/// 'now', 'today' and their kin: replaced by the moment when the statement runs.
bool isMoment(std::string_view text);

} // namespace sightglass::canonical
