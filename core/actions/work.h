// SPDX-License-Identifier: GPL-3.0-or-later
// How the works of a step are done; for core/actions alone.
#pragma once

#include "core/actions/plan.h"
#include "core/base/file_system.h"
#include "core/base/run_context.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// What became of a step.
struct WorkOutcome
{
    enum class End
    {
        Done,
        Nothing, ///< it left nothing
        Partly,  ///< it left something
        InDoubt
    };
    End end = End::Done;
    std::optional<Error> error;
};

/// Told just before a transaction is committed, with its number; an error keeps it from being.
using BeforeCommit = std::function<Result<void>(const std::string& transaction)>;

/// Runs SQL against the database that `place` names, and no other; SQL that names a database
/// against that one, of the same server.
WorkOutcome performSql(const SqlWork& work,
                       const JournalTarget& place,
                       const OpenWritingSession& open,
                       const BeforeCommit& beforeCommit,
                       const RunContext& run);

/// Asks `checks` in a transaction that can't write. Gives a sentence for each answer that is not
/// the expected one.
Result<std::vector<std::string>> unmetChecks(const std::vector<PlannedCheck>& checks,
                                             WritingSession& session,
                                             const RunContext& run);

/// What the server remembers of a transaction.
enum class TransactionFate
{
    Committed,
    Aborted,
    InProgress,
    NotKnown ///< too long ago, or a server before PostgreSQL 10
};

Result<TransactionFate>
transactionFate(const std::string& transaction, WritingSession& session, const RunContext& run);

/// The same, with a look at the world. A server that crashed may give the number of a transaction
/// that it lost to another one, which then is the one it tells of: where all is as `before`, and
/// not as `after`, the transaction has left nothing.
Result<TransactionFate> provenFate(const std::string& transaction,
                                   const std::vector<PlannedCheck>& before,
                                   const std::vector<PlannedCheck>& after,
                                   WritingSession& session,
                                   const RunContext& run);

/// `seed` with what the server says of the database.
Result<JournalTarget> readPlace(JournalTarget seed, WritingSession& session, const RunContext& run);

/// Errors unless the session leads to the database of `place`.
Result<void> checkPlace(const JournalTarget& place, WritingSession& session, const RunContext& run);
/// Errors unless the session leads to where `work` is to be done for `place`: to its database, or
/// to any of its server.
Result<void> checkWhere(const SqlWork& work,
                        const JournalTarget& place,
                        WritingSession& session,
                        const RunContext& run);

/// Where the file that `work` replaces is kept.
Path keptFile(const FileWork& work, const Path& keptFolder, std::size_t step);
/// Takes `work` back once it is done.
FileWork undoOf(const FileWork& work, const Path& keptFolder, std::size_t step);
/// Contents that the file gets; absent: it goes.
Result<std::optional<std::string>> newContents(const FileWork& work);
/// Hash of the file as it is; absent where there is none.
Result<std::optional<std::string>> currentHash(const Path& file);

/// `contents` as newContents gave them. The old file is copied into `keptFolder` before.
WorkOutcome performFile(const FileWork& work,
                        const std::optional<std::string>& contents,
                        const Path& keptFolder,
                        std::size_t step);

WorkOutcome performCommand(const CommandWork& work,
                           const std::function<void(std::string_view)>& output,
                           const RunContext& run);

} // namespace sightglass
