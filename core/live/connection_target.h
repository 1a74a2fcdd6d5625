// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// Where a database is, out of whatever text named it. Holds secrets: never print `parameters`;
/// print `shown`.
struct ConnectionTarget
{
    std::map<std::string, std::string> parameters; ///< libpq keywords: host, port, dbname, user, password, …
    std::string shown;                ///< "swae on localhost:5432" or "service shop": safe to show and log
    std::string driver;               ///< "asyncpg" of postgresql+asyncpg://; empty else
    std::vector<std::string> dropped; ///< query keys that libpq does not know and that were left out

    std::string value(std::string_view keyword) const;
};

/// Reads a libpq URI, a libpq keyword string, or a SQLAlchemy URL (driver and unknown query keys
/// dropped, asyncpg's `ssl` mapped to sslmode). Percent-escapes are decoded. No network, no files.
///
/// errors  Malformed    not such a text; says what is wrong and shows a form that works
///         Unsupported  a URL of another database ("sqlite", "mysql+pymysql")
Result<ConnectionTarget> parseConnectionTarget(std::string_view text);

/// Keyword string for libpq, with passwords; never to be shown.
std::string toConninfo(const ConnectionTarget& target);

/// `text` with every password in URLs and keyword strings replaced by ***; for logs and messages.
std::string withoutSecrets(std::string_view text);

} // namespace sightglass
