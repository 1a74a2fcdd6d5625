// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/sql/change_lines.h"

#include "core/operations/operation.h"

namespace sightglass::tests {

QString changeLines(std::string_view sql, const SqlReadingOptions& options)
{
    std::string lines;
    for (const SqlStatement& statement : readSql(sql, options)) {
        if (!statement.error.empty())
            lines +=
                "error: " + statement.error + " at " + std::to_string(statement.errorOffset) + "\n";
        for (const SqlChange& change : statement.changes) {
            lines += summaryOf(change.change);
            for (const std::string& condition : change.conditions)
                lines += " | if " + condition;
            if (!change.askedQuery.empty())
                lines +=
                    std::string(change.unless ? " | only if " : " | not if ") + change.askedQuery;
            lines += change.alternative ? " | else" : "";
            lines += change.tolerated ? " | tolerated" : "";
            lines += "\n";
        }
    }
    return QString::fromStdString(lines);
}

} // namespace sightglass::tests
