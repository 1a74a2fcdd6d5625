// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/missing_object.h"

#include "core/rules/existing_object.h"
#include "core/rules/operation_sql.h"
#include "core/sql/data_facts.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace sightglass {

namespace {

/// undefined table, column, object, schema, function
constexpr std::array states{std::string_view("42P01"),
                            std::string_view("42703"),
                            std::string_view("42704"),
                            std::string_view("3F000"),
                            std::string_view("42883")};

/// Types that extensions bring: one that is missing is a missing CREATE EXTENSION.
constexpr std::array extensionTypes{std::string_view("citext"),
                                    std::string_view("hstore"),
                                    std::string_view("geometry"),
                                    std::string_view("geography"),
                                    std::string_view("raster"),
                                    std::string_view("ltree"),
                                    std::string_view("lquery"),
                                    std::string_view("cube"),
                                    std::string_view("seg"),
                                    std::string_view("isbn"),
                                    std::string_view("vector"),
                                    std::string_view("halfvec"),
                                    std::string_view("sparsevec")};

bool definesColumn(const Change& change)
{
    return std::holds_alternative<change::CreateTable>(change) ||
           std::holds_alternative<change::AddColumn>(change) ||
           std::holds_alternative<change::SetColumnType>(change);
}

bool isOfSystem(const QualifiedName& table)
{
    return table.name.starts_with("pg_") || table.schema.starts_with("pg_") ||
           table.schema == "information_schema";
}

/// Something about the table is not sure.
bool hasDoubt(const Moment& moment, const QualifiedName& table)
{
    return std::ranges::any_of(moment.replay().doubts(), [&](const Doubt& doubt) {
        return doubt.table.name.empty() || doubt.table == table;
    });
}

/// The first column that a statement writes to and that its table does not have.
std::optional<MissingObject> missingColumn(const Step& step)
{
    const Table& table = *step.target().table;
    for (const DataFacts& facts : dataFacts(sqlOf(step.operation()))) {
        if (facts.table.name != table.name.name)
            continue;
        std::vector<std::string> written = facts.assigned;
        written.insert(written.end(), facts.targets.begin(), facts.targets.end());
        for (const std::string& column : written) {
            if (table.column(column) == nullptr)
                return MissingObject{.words = "column " + toText(table.name) + "." + column,
                                     .message = "column \"" + column + "\" of relation \"" +
                                                table.name.name + "\" does not exist"};
        }
    }
    return std::nullopt;
}

/// Rows of a table that is not there: replay leaves data alone.
std::optional<MissingObject> missingForData(const Step& step)
{
    const auto* const data = step.as<change::ChangeData>();
    if (data == nullptr || data->table.name.empty())
        return std::nullopt;
    if (step.target().table) {
        auto missing = missingColumn(step);
        return missing && hasDoubt(step.moment, step.target().name) ? std::nullopt
                                                                    : std::move(missing);
    }
    if (!step.target().absent)
        return std::nullopt;
    if (isOfSystem(data->table) || isDoubtful(step.moment, step.target().name))
        return std::nullopt;
    return MissingObject{.words = "table " + toText(step.target().name),
                         .message = "relation \"" + toText(data->table) + "\" does not exist"};
}

} // namespace

std::optional<MissingObject> missingObject(const Step& step)
{
    const Operation& operation = step.operation();
    if (operation.alternative || operation.tolerated || !step.moment.isWhole())
        return std::nullopt;
    // Alembic makes its own table before anything runs.
    if (step.moment.isVersionTable(step.target().name))
        return std::nullopt;
    const auto& refusal = step.record.refusal;
    if (!refusal)
        return missingForData(step);
    if (std::ranges::find(states, refusal->state) == states.end() || isOfSystem(step.target().name))
        return std::nullopt;
    MissingObject missing{.words = refusal->object, .message = refusal->message};
    if (missing.words.empty())
        missing.words = "object of that name";
    constexpr std::string_view type = "type ";
    if (refusal->state == "42704" && refusal->message.starts_with(type) &&
        definesColumn(operation.change)) {
        missing.type = missing.words.substr(std::min(type.size(), missing.words.size()));
        missing.isColumnType =
            std::ranges::find(extensionTypes, missing.type) == extensionTypes.end();
    }
    return missing;
}

} // namespace sightglass
