// SPDX-License-Identifier: GPL-3.0-or-later
// What the readings of a connection target share; for core/live alone.
#pragma once

#include "core/base/error.h"
#include "core/base/result.h"
#include "core/live/connection_target.h"

#include <string>
#include <string_view>
#include <vector>

namespace sightglass::connection_text {

/// What to write instead.
inline constexpr std::string_view example =
    "Write it as postgresql://user:password@host:5432/database or as "
    "host=… dbname=… user=….";

/// Every keyword of libpq up to 18; one that the libpq here is too old for is refused by it by
/// name.
bool isLibpqKeyword(std::string_view word);

bool isSpace(char c);
bool isDigit(char c);
std::string lower(std::string_view text);
std::string_view trimmed(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
/// A number from 1 to 65535.
bool isPort(std::string_view text);

tl::unexpected<Error> malformed(std::string message, std::string nextStep = std::string(example));

/// The driver of a URL's scheme ("asyncpg", empty when none); an error for any but PostgreSQL's.
Result<std::string> driverOf(std::string_view scheme);

/// A URL in two: before and after its "://". `shown` is left empty.
Result<ConnectionTarget> readUrl(std::string_view scheme, std::string_view rest);

/// A keyword string of libpq. `shown` is left empty.
Result<ConnectionTarget> readKeywords(std::string_view text);

} // namespace sightglass::connection_text
