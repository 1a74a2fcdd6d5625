// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/git/git_objects.h"
#include "core/git/repository.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <ctime>
#include <map>
#include <set>
#include <string_view>
#include <unordered_set>

namespace sightglass {

namespace {

constexpr std::size_t largestFile = 1U << 20U;
constexpr std::size_t branchesAsked = 500;
constexpr std::array<std::string_view, 3> foldersLeftOut{"node_modules", ".venv", "site-packages"};

struct OidHash
{
    std::size_t operator()(const git_oid& id) const
    {
        std::size_t hash = 0;
        std::memcpy(&hash, id.id, sizeof hash); // an id is a hash already
        return hash;
    }
};

struct OidEqual
{
    bool operator()(const git_oid& left, const git_oid& right) const
    {
        return git_oid_equal(&left, &right) != 0;
    }
};

using OidSet = std::unordered_set<git_oid, OidHash, OidEqual>;

std::string dayOf(git_time_t seconds)
{
    const auto time = static_cast<std::time_t>(seconds);
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::array<char, 16> text{};
    const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts);
    return {text.data(), length};
}

int addStash(std::size_t, const char*, const git_oid* id, void* payload)
{
    static_cast<std::vector<git_oid>*>(payload)->push_back(*id);
    return 0;
}

/// Looks at each tree and file of a history once, newest commit first.
class Search
{
public:
    Search(git_repository* repository, const HistoryQuery& query, const RunContext& run)
        : m_repository(repository)
        , m_query(query)
        , m_run(run)
        , m_end(std::chrono::steady_clock::now() + query.time)
    {}

    Result<HistoryAnswer> answer()
    {
        git_revwalk* made = nullptr;
        if (git_revwalk_new(&made, m_repository) != 0)
            return unreadableRepository("its history");
        const WalkPointer walk(made);
        git_revwalk_sorting(walk.get(), GIT_SORT_TIME);
        git_revwalk_push_glob(walk.get(), "refs/*");
        git_revwalk_push_head(walk.get()); // fails before the first commit: nothing to walk then
        std::vector<git_oid> stashes;
        git_stash_foreach(m_repository, addStash, &stashes);
        for (const git_oid& stash : stashes) {
            git_revwalk_push(walk.get(), &stash);
            noteStash(stash);
        }
        m_answer.complete = true;
        git_oid id;
        while (m_answer.complete && git_revwalk_next(&id, walk.get()) == 0)
            visit(id);
        nameBranches();
        return std::move(m_answer);
    }

private:
    bool isOver() const
    {
        return m_run.stopRequested() || m_answer.commits >= m_query.mostCommits ||
               m_answer.files.size() >= m_query.mostFiles ||
               std::chrono::steady_clock::now() > m_end;
    }

    /// A stash is a commit with the index and the untracked files as further parents.
    void noteStash(const git_oid& id)
    {
        m_stashed.insert(id);
        git_commit* found = nullptr;
        if (git_commit_lookup(&found, m_repository, &id) != 0)
            return;
        const CommitPointer commit(found);
        for (unsigned int i = 1; i < git_commit_parentcount(commit.get()); ++i)
            m_stashed.insert(*git_commit_parent_id(commit.get(), i));
    }

    void visit(const git_oid& id)
    {
        if (isOver()) {
            m_answer.complete = false;
            return;
        }
        ++m_answer.commits;
        git_commit* found = nullptr;
        if (git_commit_lookup(&found, m_repository, &id) != 0)
            return;
        const CommitPointer commit(found);
        m_commit = commit.get();
        look(*git_commit_tree_id(m_commit), "");
    }

    void look(const git_oid& id, const std::string& folder)
    {
        if (!m_trees.insert(id).second)
            return;
        git_tree* found = nullptr;
        if (git_tree_lookup(&found, m_repository, &id) != 0)
            return; // a shallow or partial clone
        const TreePointer tree(found);
        for (std::size_t i = 0; i < git_tree_entrycount(tree.get()); ++i) {
            const git_tree_entry* entry = git_tree_entry_byindex(tree.get(), i);
            const std::string name = git_tree_entry_name(entry);
            const git_oid& child = *git_tree_entry_id(entry);
            if (git_tree_entry_type(entry) == GIT_OBJECT_TREE) {
                if (std::ranges::find(foldersLeftOut, name) == foldersLeftOut.end())
                    look(child, folder + name + "/");
            } else if (git_tree_entry_type(entry) == GIT_OBJECT_BLOB &&
                       git_tree_entry_filemode(entry) != GIT_FILEMODE_LINK &&
                       name.ends_with(m_query.suffix) && m_blobs.insert(child).second) {
                read(child, folder + name);
            }
        }
    }

    void read(const git_oid& id, const std::string& path)
    {
        git_blob* found = nullptr;
        if (git_blob_lookup(&found, m_repository, &id) != 0)
            return;
        const BlobPointer blob(found);
        const auto size = static_cast<std::size_t>(git_blob_rawsize(blob.get()));
        if (size > largestFile)
            return;
        const std::string_view text(static_cast<const char*>(git_blob_rawcontent(blob.get())),
                                    size);
        if (text.find(m_query.contains) == std::string_view::npos)
            return;
        const char* const summary = git_commit_summary(m_commit);
        const git_oid& commit = *git_commit_id(m_commit);
        m_answer.files.push_back({.path = path,
                                  .contents = std::string(text),
                                  .commit = toText(commit),
                                  .summary = summary != nullptr ? summary : "",
                                  .date = dayOf(git_commit_time(m_commit)),
                                  .branch = {},
                                  .isStashed = m_stashed.contains(commit)});
        m_places[path].emplace_back(id, m_answer.files.size() - 1);
    }

    /// Which branch or tag has a file now: the tips' trees are asked by path.
    void nameBranches()
    {
        git_reference_iterator* made = nullptr;
        if (m_answer.files.empty() || git_reference_iterator_new(&made, m_repository) != 0)
            return;
        const GitOwned<git_reference_iterator, git_reference_iterator_free> references(made);
        std::map<std::string, git_oid> tips; // local branches sort before remote ones and tags
        git_reference* found = nullptr;
        while (tips.size() < branchesAsked && git_reference_next(&found, references.get()) == 0) {
            const ReferencePointer reference(found);
            const std::string name = git_reference_name(found);
            git_object* peeled = nullptr;
            if (name.starts_with("refs/stash") ||
                git_reference_peel(&peeled, found, GIT_OBJECT_TREE) != 0)
                continue;
            const ObjectPointer tree(peeled);
            tips.emplace(name, *git_object_id(peeled));
        }
        for (const auto& [name, tree] : tips)
            nameFilesOf(name, tree);
    }

    void nameFilesOf(const std::string& reference, const git_oid& id)
    {
        git_tree* found = nullptr;
        if (git_tree_lookup(&found, m_repository, &id) != 0)
            return;
        const TreePointer tree(found);
        for (const auto& [path, versions] : m_places) {
            git_tree_entry* entryFound = nullptr;
            if (git_tree_entry_bypath(&entryFound, tree.get(), path.c_str()) != 0)
                continue;
            const TreeEntryPointer entry(entryFound);
            for (const auto& [blob, index] : versions) {
                FileVersion& file = m_answer.files[index];
                if (file.branch.empty() && git_oid_equal(git_tree_entry_id(entryFound), &blob) != 0)
                    file.branch = shortName(reference);
            }
        }
    }

    static std::string shortName(const std::string& reference)
    {
        for (const std::string_view start : {"refs/heads/", "refs/remotes/", "refs/tags/"}) {
            if (reference.starts_with(start))
                return reference.substr(start.size());
        }
        return reference;
    }

    git_repository* m_repository;
    const HistoryQuery& m_query;
    const RunContext& m_run;
    std::chrono::steady_clock::time_point m_end;
    OidSet m_trees, m_blobs, m_stashed;
    git_commit* m_commit = nullptr;
    std::map<std::string, std::vector<std::pair<git_oid, std::size_t>>> m_places; ///< by path
    HistoryAnswer m_answer;
};

} // namespace

Result<HistoryAnswer> GitRepository::searchHistory(const HistoryQuery& query,
                                                   const RunContext& run) const
{
    return Search(m_state->repository.get(), query, run).answer();
}

} // namespace sightglass
