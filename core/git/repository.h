// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/run_context.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace sightglass {

/// A file as a commit has it.
struct CommittedFile
{
    std::string path; ///< relative to the working folder, with / between its parts
    std::string contents;
};

/// The branches of a repository.
struct GitBranches
{
    std::string current;            ///< the branch of HEAD; empty: detached, or no commit yet
    std::string usual;              ///< what work is compared with; empty: none is known
    std::vector<std::string> names; ///< local ones, then remote ones ("origin/main"), each sorted
};

/// One of the contents that a file ever had.
struct FileVersion
{
    std::string path; ///< relative to the working folder, with / between its parts
    std::string contents;
    std::string commit;  ///< the newest commit that has it
    std::string summary; ///< its first line
    std::string date;    ///< its day: "2025-10-19"
    std::string branch;  ///< a branch, remote branch or tag that has it now; empty: none
    bool isStashed = false;
};

/// What to look for in the history, and when to stop.
struct HistoryQuery
{
    std::string suffix;   ///< of the file's name: ".py"
    std::string contains; ///< text in it
    std::size_t mostCommits = 50000;
    std::size_t mostFiles = 20000;
    std::chrono::milliseconds time{3000};
};

struct HistoryAnswer
{
    std::vector<FileVersion> files; ///< newest first, each content once
    std::size_t commits = 0;        ///< that were looked at
    bool complete = false;          ///< false: a limit was reached
};

/// A git repository, opened for reading: nothing is checked out, fetched, written or run. One
/// object, one thread.
class GitRepository
{
public:
    /// The repository whose working folder holds `place`.
    ///
    /// errors  NotFound     no repository holds it, or it is a bare one
    ///         NotReadable  git's own words
    static Result<GitRepository> containing(const std::filesystem::path& place);

    GitRepository(GitRepository&&) noexcept;
    GitRepository& operator=(GitRepository&&) noexcept;
    ~GitRepository();

    /// Folder that paths of committed files are relative to.
    std::filesystem::path workingFolder() const;

    /// Every branch; `usual` is main, master, or what origin's HEAD points at: the first of them
    /// that is there and is not the current branch.
    ///
    /// errors  NotReadable
    Result<GitBranches> branches() const;

    /// Id of the commit where the branch of HEAD and `reference` part; `reference` is a branch, a
    /// tag, a remote branch or a commit, as `git rev-parse` takes it.
    ///
    /// errors  NotFound  no such reference, no commit yet, or nothing in common
    Result<std::string> mergeBase(const std::string& reference) const;

    /// Files below `folder` (of the working folder; empty: all) whose names end in `suffix`, as
    /// `commit` has them. A folder that is not there holds no files.
    ///
    /// errors  NotFound  no such commit; NotReadable
    Result<std::vector<CommittedFile>>
    filesAt(const std::string& commit, const std::string& folder, const std::string& suffix) const;

    /// Every content that matches, in any commit that a branch, remote branch, tag, stash or HEAD
    /// leads to.
    ///
    /// errors  NotReadable
    /// cost    each tree and file of the history once, within the limits
    Result<HistoryAnswer> searchHistory(const HistoryQuery& query, const RunContext& run) const;

private:
    struct State;
    explicit GitRepository(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace sightglass
