// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/row_counts.h"

#include <algorithm>
#include <charconv>

namespace sightglass {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::int64_t numberIn(const SqlAnswer& answer)
{
    std::int64_t number = 0;
    if (answer.rows.size() == 1 && !answer.rows[0].empty()) {
        const std::string text = answer.rows[0][0].value_or("0");
        std::from_chars(text.data(), text.data() + text.size(), number);
    }
    return number;
}

} // namespace

bool holdsRows(const Table& table)
{
    return table.extension.empty() &&
           (table.kind == TableKind::Table || table.kind == TableKind::Partition);
}

Result<std::map<QualifiedName, std::int64_t>> countedRows(const Schema& schema,
                                                          WritingSession& session,
                                                          milliseconds limit,
                                                          const RunContext& run)
{
    std::map<QualifiedName, std::int64_t> counted;
    const auto end = steady_clock::now() + limit;
    for (const auto& [name, table] : schema.tables) {
        if (!holdsRows(*table))
            continue;
        const auto left = std::chrono::duration_cast<milliseconds>(end - steady_clock::now());
        if (left.count() <= 0)
            break;
        const std::string timeout = std::to_string(left.count());
        auto answer = session.execute(
            "setting the time-out", "SET LOCAL statement_timeout = " + timeout, run);
        if (answer)
            answer =
                session.execute("counting rows", "SELECT count(*) FROM ONLY " + toSql(name), run);
        if (!answer && answer.error().code == ErrorCode::Cancelled)
            return failure(answer.error());
        if (!answer)
            break;
        counted[name] = numberIn(*answer);
    }
    return counted;
}

} // namespace sightglass
