// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/transaction_forms.h"

#include "core/rules/operation_sql.h"
#include "core/rules/sql_words.h"
#include "core/sql/statement_tokens.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

/// Statements that are refused whatever they say.
constexpr std::array<std::string_view, 6> refused{"VACUUM",
                                                  "CREATE DATABASE",
                                                  "DROP DATABASE",
                                                  "ALTER SYSTEM",
                                                  "CREATE TABLESPACE",
                                                  "DROP TABLESPACE"};

/// WITH (… option = false …).
bool isOff(const std::vector<SqlToken>& tokens, std::string_view option)
{
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (!tokens[i].is(option))
            continue;
        const SqlToken& value =
            tokens[tokens[i + 1].text == "=" && i + 2 < tokens.size() ? i + 2 : i + 1];
        if (value.is("false") || value.is("off") || value.text == "0" || value.text == "'false'")
            return true;
    }
    return false;
}

/// A replication slot is made at once, and stays when the transaction is rolled back.
bool makesSlot(const std::string& sql)
{
    const std::vector<SqlToken> tokens = sqlTokens(sql);
    return !isOff(tokens, "create_slot") && !isOff(tokens, "connect");
}

std::string wordsOf(const change::Other& other, const Operation& operation)
{
    if (std::ranges::find(refused, other.statement) != refused.end())
        return other.statement;
    const std::string sql = sqlOf(operation);
    if (other.statement == "ALTER DATABASE" && hasSqlWords(sql, {"set", "tablespace"}))
        return "ALTER DATABASE … SET TABLESPACE";
    if (other.statement == "CLUSTER" && other.object.name.empty())
        return "CLUSTER of all tables";
    const bool subscribes =
        other.statement == "CREATE SUBSCRIPTION" || other.statement == "DROP SUBSCRIPTION";
    return subscribes && makesSlot(sql) ? other.statement : std::string();
}

} // namespace

bool isConcurrentForm(const Change& change)
{
    return !concurrentWords(change).empty();
}

std::string concurrentWords(const Change& change)
{
    if (const auto* const created = std::get_if<change::CreateIndex>(&change))
        return created->concurrently ? "CREATE INDEX CONCURRENTLY" : "";
    if (const auto* const dropped = std::get_if<change::DropIndex>(&change))
        return dropped->concurrently ? "DROP INDEX CONCURRENTLY" : "";
    if (const auto* const rebuilt = std::get_if<change::Reindex>(&change))
        return rebuilt->concurrently ? "REINDEX CONCURRENTLY" : "";
    if (const auto* const detached = std::get_if<change::DetachPartition>(&change))
        return detached->concurrently ? "DETACH PARTITION CONCURRENTLY" : "";
    return {};
}

std::string nonTransactionalWords(const Operation& operation)
{
    if (const auto* const reindex = std::get_if<change::Reindex>(&operation.change)) {
        if (reindex->kind == "schema")
            return "REINDEX SCHEMA";
        if (reindex->kind == "database")
            return "REINDEX DATABASE";
        return reindex->kind == "system" ? "REINDEX SYSTEM" : "";
    }
    const auto* const other = std::get_if<change::Other>(&operation.change);
    return other == nullptr ? std::string() : wordsOf(*other, operation);
}

} // namespace sightglass
