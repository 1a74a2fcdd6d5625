// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/file_system.h"
#include "core/base/result.h"
#include "core/journal/journal_record.h"
#include "core/journal/run_lock.h"

#include <cstddef>
#include <string>
#include <vector>

namespace sightglass {

/// What stands in the journal.
struct JournalReading
{
    std::vector<JournalRecord> records; ///< in order
    std::size_t unreadLines = 0;        ///< torn by a crash, or not written by this program
};

/// What was done, kept for good: a file of JSON lines in the user's data folder that only grows.
///
/// Every line is on the disk before append() returns. A line that a crash has torn stands alone and
/// is passed over. Several programs may write at once: each line is whole.
class ActionJournal
{
public:
    /// folder  of the user's data; made when it is first written to
    explicit ActionJournal(Path folder);

    Path file() const;
    /// Where an action keeps what it replaces, so that it can be put back.
    Path keptFolder(const std::string& run) const;

    /// Writes one line and gives it with its number and time.
    ///
    /// errors  NotPermitted  the folder or file can't be written, the disk is full
    ///         TimedOut      another program holds the journal
    ///         Unsupported   a later program has begun the file
    Result<JournalRecord> append(JournalRecord record, const Clock& clock) const;

    /// shape   empty where there is no journal yet
    /// errors  NotReadable; Unsupported  a later program has begun the file
    Result<JournalReading> read() const;

    /// Held while an action runs, so that others can tell a running one from an interrupted one.
    ///
    /// errors  as append
    Result<FileLock> lockRun(const std::string& run) const;
    bool isRunning(const std::string& run) const;
    void forgetLock(const std::string& run) const noexcept;

private:
    Result<void> makeFolder(const Path& folder) const;
    Path lockFile(const std::string& run) const;

    Path m_folder;
};

/// A name for one run of an action: sorts by time, and no two are alike.
std::string newRunId(const Clock& clock);

} // namespace sightglass
