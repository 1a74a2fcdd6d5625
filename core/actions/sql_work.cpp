// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/session_ender.h"
#include "core/actions/work.h"
#include "core/base/error.h"
#include "core/journal/journal_entries.h"

#include <charconv>
#include <thread>

namespace sightglass {

namespace {

using Access = WritingSession::Access;
using End = WorkOutcome::End;

constexpr std::chrono::milliseconds fatePatience{5'000};
constexpr std::chrono::milliseconds fateStep{50};

std::string answerText(const AnswerRows& rows)
{
    std::string text;
    for (const auto& row : rows) {
        text += text.empty() ? "" : ", ";
        for (std::size_t i = 0; i < row.size(); ++i)
            text += (i == 0 ? "" : " ") + (row[i] ? printable(*row[i]) : std::string("NULL"));
    }
    return text.empty() ? "nothing" : text;
}

std::string unmetText(const PlannedCheck& check, const AnswerRows& now)
{
    return "For " + check.what + " the plan has " + answerText(check.expected) +
           ", and now it is " + answerText(now) + ".";
}

Error changed(const std::string& sentence)
{
    return Error{.code = ErrorCode::StateChanged,
                 .message = "The database is not what the plan saw. " + sentence,
                 .nextStep = "Read it again and make a new plan."};
}

Result<void> expectAnswers(const std::vector<PlannedCheck>& checks,
                           WritingSession& session,
                           const RunContext& run)
{
    for (const PlannedCheck& check : checks) {
        const auto answer = session.execute("reading " + check.what, check.sql, run);
        if (!answer)
            return failure(answer.error());
        if (answer->rows != check.expected)
            return failure(changed(unmetText(check, answer->rows)));
    }
    return {};
}

Result<void> runStatements(const SqlWork& work, WritingSession& session, const RunContext& run)
{
    for (const PlannedStatement& statement : work.statements) {
        const auto answer = session.execute("running " + statement.sql, statement.sql, run);
        if (!answer)
            return failure(answer.error());
        if (statement.rows && answer->changed != *statement.rows) {
            return failure(changed("The statement " + printable(statement.sql) + " has to change " +
                                   std::to_string(*statement.rows) + " and changed " +
                                   std::to_string(answer->changed) +
                                   (answer->changed == 1 ? " row." : " rows.")));
        }
    }
    return {};
}

Result<std::string>
oneText(WritingSession& session, std::string_view what, std::string_view sql, const RunContext& run)
{
    const auto answer = session.execute(what, sql, run);
    if (!answer)
        return failure(answer.error());
    if (answer->rows.size() != 1 || answer->rows[0].empty() || !answer->rows[0][0])
        return std::string();
    return *answer->rows[0][0];
}

/// Everything up to the commit; gives the transaction's number.
Result<std::string> prepared(const SqlWork& work,
                             WritingSession& session,
                             const OpenWritingSession& open,
                             const RunContext& run)
{
    for (const std::string& lock : work.locks) {
        if (const auto taken = session.execute("taking the lock", lock, run); !taken)
            return failure(taken.error());
    }
    if (auto met = expectAnswers(work.checks, session, run); !met)
        return failure(met.error());
    {
        const SessionEnder ender(work.endsSessionsOf, open);
        if (auto ran = runStatements(work, session, run); !ran)
            return failure(ran.error());
    }
    if (auto met = expectAnswers(work.after, session, run); !met)
        return failure(met.error());
    return oneText(session, "reading the transaction's number", "SELECT txid_current()", run);
}

/// Asks what became of a commit that got no answer, through another session.
WorkOutcome settledCommit(const SqlWork& work,
                          const std::string& transaction,
                          const JournalTarget& place,
                          const OpenWritingSession& open,
                          Error lost)
{
    const auto deadline = std::chrono::steady_clock::now() + fatePatience;
    do {
        auto session = open({});
        auto fate = Result<TransactionFate>(TransactionFate::InProgress);
        if (session && checkWhere(work, place, **session, {}))
            fate = provenFate(transaction, work.checks, work.after, **session, {});
        if (fate && *fate == TransactionFate::Committed)
            return {};
        if (fate && *fate == TransactionFate::Aborted)
            return {.end = End::Nothing, .error = std::move(lost)};
        if (fate && *fate == TransactionFate::NotKnown)
            break;
        std::this_thread::sleep_for(fateStep);
    } while (std::chrono::steady_clock::now() < deadline);
    return {.end = End::InDoubt, .error = std::move(lost)};
}

WorkOutcome performTogether(const SqlWork& work,
                            const JournalTarget& place,
                            WritingSession& session,
                            const OpenWritingSession& open,
                            const BeforeCommit& beforeCommit,
                            const RunContext& run)
{
    if (auto begun = session.begin(Access::ReadWrite, run); !begun)
        return {.end = End::Nothing, .error = begun.error()};
    const auto transaction = prepared(work, session, open, run);
    if (!transaction) {
        session.rollback();
        return {.end = End::Nothing, .error = transaction.error()};
    }
    if (auto noted = beforeCommit(*transaction); !noted) {
        session.rollback();
        return {.end = End::Nothing, .error = noted.error()};
    }
    const auto kept = session.commit();
    if (kept)
        return {};
    if (kept.error().code == ErrorCode::InDoubt)
        return settledCommit(work, *transaction, place, open, kept.error());
    return {.end = End::Nothing, .error = kept.error()};
}

WorkOutcome performAlone(const SqlWork& work, WritingSession& session, const RunContext& run)
{
    if (auto begun = session.begin(Access::ReadOnly, run); !begun)
        return {.end = End::Nothing, .error = begun.error()};
    const auto met = expectAnswers(work.checks, session, run);
    session.rollback();
    if (!met)
        return {.end = End::Nothing, .error = met.error()};
    bool isFirst = true;
    for (const PlannedStatement& statement : work.statements) {
        const auto answer = session.executeAlone("running " + statement.sql, statement.sql, run);
        if (!answer) {
            // What failed may have left something of its own, such as an invalid index.
            const bool refused = answer.error().code == ErrorCode::NotPermitted && isFirst;
            return {.end = refused ? End::Nothing : End::Partly, .error = answer.error()};
        }
        isFirst = false;
    }
    return {};
}

} // namespace

Result<JournalTarget> readPlace(JournalTarget seed, WritingSession& session, const RunContext& run)
{
    if (auto begun = session.begin(Access::ReadOnly, run); !begun)
        return failure(begun.error());
    const auto answer =
        session.execute("reading the database's identity",
                        "SELECT d.datname, d.oid, pg_catalog.has_function_privilege("
                        "'pg_catalog.pg_control_system()', 'execute') "
                        "FROM pg_catalog.pg_database d "
                        "WHERE d.datname = pg_catalog.current_database()",
                        run);
    const bool isRead = answer && answer->rows.size() == 1 && answer->rows[0].size() == 3;
    auto identifier = Result<std::string>(std::string());
    if (isRead && answer->rows[0][2] == "t")
        identifier = oneText(session,
                             "reading the cluster's identifier",
                             "SELECT system_identifier FROM pg_catalog.pg_control_system()",
                             run);
    session.rollback();
    if (!answer)
        return failure(answer.error());
    if (!identifier)
        return failure(identifier.error());
    if (isRead) {
        seed.database = answer->rows[0][0].value_or("");
        const std::string oid = answer->rows[0][1].value_or("");
        std::from_chars(oid.data(), oid.data() + oid.size(), seed.databaseOid);
    }
    seed.systemIdentifier = std::move(*identifier);
    return seed;
}

Result<void> checkPlace(const JournalTarget& place, WritingSession& session, const RunContext& run)
{
    const auto now = readPlace(place, session, run);
    if (!now)
        return failure(now.error());
    if (!isSameDatabase(*now, place))
        return failure(changed("It is another database than " + printable(place.shown) +
                               " was when the plan was made."));
    return {};
}

Result<void> checkWhere(const SqlWork& work,
                        const JournalTarget& place,
                        WritingSession& session,
                        const RunContext& run)
{
    if (work.database.empty())
        return checkPlace(place, session, run);
    const auto now = readPlace(place, session, run);
    if (!now)
        return failure(now.error());
    if (!isSameServer(*now, place))
        return failure(changed("It is another server than that of " + printable(place.shown) +
                               " was when the plan was made."));
    return {};
}

Result<TransactionFate>
transactionFate(const std::string& transaction, WritingSession& session, const RunContext& run)
{
    if (auto begun = session.begin(Access::ReadOnly, run); !begun)
        return failure(begun.error());
    const auto version = oneText(session,
                                 "reading the server's version",
                                 "SELECT pg_catalog.current_setting('server_version_num')",
                                 run);
    const bool knows = version && version->size() >= 6;
    const bool isNumber =
        !transaction.empty() && transaction.find_first_not_of("0123456789") == std::string::npos;
    auto word = Result<std::string>(std::string());
    if (knows && isNumber)
        word = oneText(session,
                       "reading what became of a transaction",
                       "SELECT pg_catalog.txid_status(" + transaction + ")",
                       run);
    session.rollback();
    if (!version)
        return failure(version.error());
    // A number that the server has not given yet: it crashed and lost all of that transaction.
    if (!word && word.error().sqlState == "22023")
        return TransactionFate::Aborted;
    if (!word && word.error().code == ErrorCode::QueryFailed)
        return TransactionFate::NotKnown;
    if (!word)
        return failure(word.error());
    if (*word == "committed")
        return TransactionFate::Committed;
    if (*word == "aborted")
        return TransactionFate::Aborted;
    return *word == "in progress" ? TransactionFate::InProgress : TransactionFate::NotKnown;
}

Result<TransactionFate> provenFate(const std::string& transaction,
                                   const std::vector<PlannedCheck>& before,
                                   const std::vector<PlannedCheck>& after,
                                   WritingSession& session,
                                   const RunContext& run)
{
    const auto fate = transactionFate(transaction, session, run);
    if (!fate || *fate != TransactionFate::Committed || before.empty() || after.empty())
        return fate;
    const auto isAfter = unmetChecks(after, session, run);
    if (isAfter && isAfter->empty())
        return fate;
    const auto isBefore = unmetChecks(before, session, run);
    return isBefore && isBefore->empty() ? TransactionFate::Aborted : fate;
}

Result<std::vector<std::string>>
unmetChecks(const std::vector<PlannedCheck>& checks, WritingSession& session, const RunContext& run)
{
    std::vector<std::string> sentences;
    if (auto begun = session.begin(Access::ReadOnly, run); !begun)
        return failure(begun.error());
    for (const PlannedCheck& check : checks) {
        const auto answer = session.execute("reading " + check.what, check.sql, run);
        if (!answer) {
            session.rollback();
            return failure(answer.error());
        }
        if (answer->rows != check.expected)
            sentences.push_back(unmetText(check, answer->rows));
    }
    session.rollback();
    return sentences;
}

WorkOutcome performSql(const SqlWork& work,
                       const JournalTarget& place,
                       const OpenWritingSession& open,
                       const BeforeCommit& beforeCommit,
                       const RunContext& run)
{
    auto session = open(run);
    if (!session)
        return {.end = End::Nothing, .error = session.error()};
    if (auto same = checkWhere(work, place, **session, run); !same)
        return {.end = End::Nothing, .error = same.error()};
    if (work.inTransaction)
        return performTogether(work, place, **session, open, beforeCommit, run);
    if (auto noted = beforeCommit({}); !noted)
        return {.end = End::Nothing, .error = noted.error()};
    return performAlone(work, **session, run);
}

} // namespace sightglass
