// SPDX-License-Identifier: GPL-3.0-or-later
// Statements as text, so that a failing test reads like a report.
#pragma once

#include "core/sql/sql_reader.h"

#include <QString>

namespace sightglass::tests {

/// One line a change: its kind and summary, then under what it stands.
QString changeLines(std::string_view sql, const SqlReadingOptions& options = {});

/// The only change of `sql`; a default one of another kind when there is no such change.
template <typename One>
One only(std::string_view sql)
{
    const auto statements = readSql(sql);
    if (statements.size() != 1 || statements[0].changes.size() != 1)
        return {};
    const One* found = std::get_if<One>(&statements[0].changes[0].change);
    return found == nullptr ? One() : *found;
}

} // namespace sightglass::tests
