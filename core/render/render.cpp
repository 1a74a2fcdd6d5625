// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/render.h"

#include "core/base/error.h"
#include "core/render/change_text.h"

namespace sightglass {

namespace {

/// A reason on one line: it stands in a comment of SQL.
std::string asComment(const std::string& reason)
{
    return "-- " + printable(reason);
}

RenderedStatement rendered(const Operation& operation, std::size_t index)
{
    if (!operation.sql.empty())
        return {.sql = operation.sql, .resolved = true, .operation = index};
    const Known<std::string> text = toSql(operation.change);
    if (text.isKnown())
        return {.sql = text.value(), .resolved = true, .operation = index};
    const std::string& reason = operation.reason.empty() ? text.reason() : operation.reason;
    return {.sql = asComment(reason), .resolved = false, .operation = index};
}

} // namespace

Known<std::string> toSql(const Change& change)
{
    return std::visit([](const auto& each) { return textOf(each); }, change);
}

std::vector<RenderedStatement> renderStatements(const std::vector<Operation>& operations)
{
    std::vector<RenderedStatement> statements;
    for (std::size_t i = 0; i < operations.size(); ++i) {
        // Alternatives are what would run instead of their first branch.
        if (operations[i].alternative)
            continue;
        const bool goesOn = i > 0 && !operations[i].sql.empty() &&
                            operations[i].statement == operations[i - 1].statement &&
                            !operations[i - 1].alternative;
        if (!goesOn)
            statements.push_back(rendered(operations[i], i));
    }
    return statements;
}

} // namespace sightglass
