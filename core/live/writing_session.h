// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/run_context.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// A cell of an answer; absent: NULL.
using AnswerCell = std::optional<std::string>;
using AnswerRows = std::vector<std::vector<AnswerCell>>;

/// What a statement gave.
struct SqlAnswer
{
    AnswerRows rows;
    std::int64_t changed = 0; ///< rows that it inserted, updated or deleted
};

/// A session that may write; only a confirmed action has one. It stays read-only outside of a
/// transaction that was begun for writing. One thread.
class WritingSession
{
public:
    enum class Access
    {
        ReadOnly,
        ReadWrite
    };

    virtual ~WritingSession() = default;

    /// Begins a transaction at READ COMMITTED: each statement sees what is committed before it, so
    /// that what is read under a lock is the truth.
    virtual Result<void> begin(Access access, const RunContext& run) = 0;

    /// Runs one statement. After an error the transaction can only be rolled back.
    ///
    /// what    in words, for messages: "locking public.alembic_version"
    /// errors  ConnectionLost, QueryFailed, TimedOut, NotPermitted, Cancelled
    virtual Result<SqlAnswer>
    execute(std::string_view what, std::string_view sql, const RunContext& run) = 0;

    /// Ends the transaction and keeps what it did. Can't be stopped half-way.
    ///
    /// errors  QueryFailed  the server refused: nothing is kept
    ///         InDoubt      no answer came: it may be kept or not
    virtual Result<void> commit() = 0;

    /// Ends the transaction and keeps nothing; never throws.
    virtual void rollback() noexcept = 0;

    /// Runs one statement outside of any transaction, for what refuses to be in one (CREATE INDEX
    /// CONCURRENTLY).
    ///
    /// errors  as execute; ConnectionLost: it may have been done or not
    virtual Result<SqlAnswer>
    executeAlone(std::string_view what, std::string_view sql, const RunContext& run) = 0;
};

/// Opens a new session to the one database that an action is about.
///
/// errors  those of connectReadOnly
using OpenWritingSession =
    std::function<Result<std::unique_ptr<WritingSession>>(const RunContext& run)>;

/// Opens a new session to another database of the same server, by its name.
///
/// errors  those of connectReadOnly
using OpenNamedSession = std::function<Result<std::unique_ptr<WritingSession>>(
    const std::string& database, const RunContext& run)>;

} // namespace sightglass
