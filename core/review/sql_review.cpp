// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/sql_review.h"

#include "core/history/sql_file.h"

#include <deque>
#include <memory>
#include <utility>

namespace sightglass {

namespace {

/// What a text makes of an empty database, and every table that it ever creates.
struct PriorSql
{
    Replay database{ReplaySettings{}};
    std::set<QualifiedName> created;
};

PriorSql run(const std::string& text)
{
    PriorSql prior;
    for (const Operation& operation : readSqlFile(text, {}).operations) {
        if (const auto refusal = prior.database.apply(operation))
            prior.database.assume(operation, *refusal);
        const bool creates = std::holds_alternative<change::CreateTable>(operation.change) ||
                             std::holds_alternative<change::RenameTable>(operation.change) ||
                             std::holds_alternative<change::SetTableSchema>(operation.change);
        if (!creates)
            continue;
        for (const auto& [name, table] : prior.database.schema().tables)
            prior.created.insert(name);
    }
    // A file's last transaction is over when the next begins.
    prior.database.beginRun();
    return prior;
}

/// Keeps readings where parts can point at them.
class Readings
{
public:
    Readings(const Replay& start, bool whole)
        : m_start(start)
        , m_whole(whole)
    {}

    const RevisionReading* read(const std::string& text, const std::string& file)
    {
        RevisionReading& reading = m_readings.emplace_back();
        reading.operations =
            readSqlFile(text, file, {.database = m_start, .whole = m_whole}).operations;
        reading.empty = reading.operations.empty();
        return &reading;
    }

private:
    const Replay& m_start;
    bool m_whole = false;
    std::deque<RevisionReading> m_readings;
};

} // namespace

ReviewResult reviewSql(SqlReviewInput input, const RunContext& context)
{
    ReviewRequest request;
    if (input.prior) {
        PriorSql prior = run(*input.prior);
        request.chain.managed = std::move(prior.created);
        request.chain.schema = std::make_shared<const Schema>(prior.database.schema());
        request.start = std::move(prior.database);
    }
    request.chain.complete = input.prior && input.priorIsComplete;
    if (input.live)
        request.start = run(*input.live).database;
    request.assessLoss = input.live.has_value();
    request.whole = request.chain.complete || input.live;
    request.facts = std::move(input.facts);
    request.rules = std::move(input.rules);
    request.protectedTables = std::move(input.protectedTables);
    request.transactionPerMigration = input.transactionPerMigration;

    const Replay start = request.start;
    Readings readings(start, request.whole);
    const auto part = [&](const std::string& text, bool reported) {
        ReviewPart result{.mode = input.mode, .reading = readings.read(text, input.file)};
        result.reported = reported;
        return result;
    };
    for (const std::string& text : input.pendingBefore)
        request.parts.push_back(part(text, false));
    ReviewPart own = part(input.text, true);
    own.direction = input.direction;
    own.span.file = input.file;
    if (input.downgrade)
        own.opposite = readings.read(*input.downgrade, input.file);
    request.parts.push_back(std::move(own));
    for (const std::string& text : input.following)
        request.following.push_back(part(text, false));
    for (const std::string& text : input.otherBranches)
        request.beside.push_back(part(text, false));
    return review(std::move(request), context);
}

} // namespace sightglass
