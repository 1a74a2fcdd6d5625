// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/git/repository.h"

#include "core/git/git_objects.h"

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {

Result<git_oid> commitOf(git_repository* repository, const std::string& reference)
{
    git_object* found = nullptr;
    if (git_revparse_single(&found, repository, reference.c_str()) != 0) {
        return failure(ErrorCode::NotFound,
                       "Git knows no " + reference + ".",
                       "Name a branch, a tag or a commit that git rev-parse knows; fetch it first "
                       "where the clone is shallow.");
    }
    const ObjectPointer object(found);
    git_object* peeled = nullptr;
    if (git_object_peel(&peeled, object.get(), GIT_OBJECT_COMMIT) != 0)
        return failure(
            ErrorCode::NotFound, reference + " is no commit.", "Name a branch, a tag or a commit.");
    const ObjectPointer commit(peeled);
    return *git_object_id(commit.get());
}

/// What a walk over a tree collects.
struct Collecting
{
    git_repository* repository;
    std::string folder; ///< with a / at its end, or empty
    std::string suffix;
    std::vector<CommittedFile> files;
    bool failed = false;
};

int collect(const char* root, const git_tree_entry* entry, void* payload)
{
    Collecting& collecting = *static_cast<Collecting*>(payload);
    const std::string name = git_tree_entry_name(entry);
    if (git_tree_entry_type(entry) != GIT_OBJECT_BLOB || !name.ends_with(collecting.suffix) ||
        git_tree_entry_filemode(entry) == GIT_FILEMODE_LINK)
        return 0;
    git_blob* found = nullptr;
    if (git_blob_lookup(&found, collecting.repository, git_tree_entry_id(entry)) != 0) {
        collecting.failed = true;
        return -1;
    }
    const BlobPointer blob(found);
    collecting.files.push_back(
        {.path = collecting.folder + root + name,
         .contents = std::string(static_cast<const char*>(git_blob_rawcontent(blob.get())),
                                 static_cast<std::size_t>(git_blob_rawsize(blob.get())))});
    return 0;
}

std::string currentBranch(git_repository* repository)
{
    git_reference* found = nullptr;
    if (git_repository_head(&found, repository) != 0)
        return {};
    const ReferencePointer head(found);
    return git_reference_is_branch(head.get()) != 0 ? git_reference_shorthand(head.get()) : "";
}

/// "origin/main"; empty: a clone without it, or no clone.
std::string headOfOrigin(git_repository* repository)
{
    git_reference* found = nullptr;
    if (git_reference_lookup(&found, repository, "refs/remotes/origin/HEAD") != 0)
        return {};
    const ReferencePointer symbolic(found);
    git_reference* target = nullptr;
    if (git_reference_resolve(&target, symbolic.get()) != 0)
        return {};
    const ReferencePointer resolved(target);
    return git_reference_shorthand(resolved.get());
}

Result<std::vector<std::string>> branchNames(git_repository* repository, git_branch_t kind)
{
    git_branch_iterator* made = nullptr;
    if (git_branch_iterator_new(&made, repository, kind) != 0)
        return unreadableRepository("its branches");
    const BranchesPointer branches(made);
    std::vector<std::string> names;
    git_reference* found = nullptr;
    git_branch_t type{};
    while (git_branch_next(&found, &type, branches.get()) == 0) {
        const ReferencePointer branch(found);
        const std::string name = git_reference_shorthand(branch.get());
        if (git_reference_type(branch.get()) == GIT_REFERENCE_DIRECT)
            names.push_back(name);
    }
    std::ranges::sort(names);
    return names;
}

} // namespace

std::string gitWords()
{
    const git_error* const error = git_error_last();
    return error != nullptr && error->message != nullptr ? error->message : "no reason given";
}

tl::unexpected<Error> unreadableRepository(const std::string& what)
{
    return failure(ErrorCode::NotReadable,
                   "The git repository can't be read: " + what + " (" + gitWords() + ").",
                   "See what git status says there.");
}

std::string toText(const git_oid& id)
{
    std::string text(GIT_OID_HEXSZ, '0');
    git_oid_fmt(text.data(), &id);
    return text;
}

GitRepository::GitRepository(std::unique_ptr<State> state)
    : m_state(std::move(state))
{}

GitRepository::GitRepository(GitRepository&&) noexcept = default;
GitRepository& GitRepository::operator=(GitRepository&&) noexcept = default;
GitRepository::~GitRepository() = default;

Result<GitRepository> GitRepository::containing(const std::filesystem::path& place)
{
    auto state = std::make_unique<State>();
    git_repository* found = nullptr;
    const std::string start = std::filesystem::absolute(place).string();
    if (git_repository_open_ext(&found, start.c_str(), 0, nullptr) != 0) {
        return failure(ErrorCode::NotFound,
                       "No git repository holds " + start + " (" + gitWords() + ").",
                       "Run this in a clone of the project.");
    }
    state->repository.reset(found);
    if (git_repository_workdir(found) == nullptr) {
        return failure(ErrorCode::NotFound,
                       "The git repository of " + start + " has no working folder.",
                       "Run this in a clone of the project.");
    }
    return GitRepository(std::move(state));
}

std::filesystem::path GitRepository::workingFolder() const
{
    return git_repository_workdir(m_state->repository.get());
}

Result<GitBranches> GitRepository::branches() const
{
    git_repository* const repository = m_state->repository.get();
    GitBranches branches{.current = currentBranch(repository)};
    for (const git_branch_t kind : {GIT_BRANCH_LOCAL, GIT_BRANCH_REMOTE}) {
        const auto names = branchNames(repository, kind);
        if (!names)
            return failure(names.error());
        branches.names.insert(branches.names.end(), names->begin(), names->end());
    }
    for (const std::string& name : {std::string("main"),
                                    std::string("master"),
                                    headOfOrigin(repository),
                                    std::string("origin/main"),
                                    std::string("origin/master")}) {
        if (name != branches.current &&
            std::ranges::find(branches.names, name) != branches.names.end()) {
            branches.usual = name;
            break;
        }
    }
    return branches;
}

Result<std::string> GitRepository::mergeBase(const std::string& reference) const
{
    git_repository* const repository = m_state->repository.get();
    const auto other = commitOf(repository, reference);
    if (!other)
        return failure(other.error());
    const auto head = commitOf(repository, "HEAD");
    if (!head)
        return failure(head.error());
    git_oid base;
    if (git_merge_base(&base, repository, &*head, &*other) != 0) {
        return failure(
            ErrorCode::NotFound,
            "The current branch has no commit in common with " + reference + ".",
            "Fetch the whole history where the clone is shallow: git fetch --unshallow.");
    }
    return toText(base);
}

Result<std::vector<CommittedFile>> GitRepository::filesAt(const std::string& commit,
                                                          const std::string& folder,
                                                          const std::string& suffix) const
{
    git_repository* const repository = m_state->repository.get();
    git_object* found = nullptr;
    if (git_revparse_single(&found, repository, (commit + "^{tree}").c_str()) != 0)
        return failure(
            ErrorCode::NotFound, "Git knows no commit " + commit + ".", "Name a commit.");
    const ObjectPointer object(found);
    const auto* const root = reinterpret_cast<const git_tree*>(object.get());
    Collecting collecting{.repository = repository,
                          .folder = folder.empty() ? "" : folder + "/",
                          .suffix = suffix,
                          .files = {}};
    TreePointer inner;
    if (!folder.empty()) {
        git_tree_entry* entryFound = nullptr;
        if (git_tree_entry_bypath(&entryFound, root, folder.c_str()) != 0)
            return collecting.files;
        const TreeEntryPointer entry(entryFound);
        git_tree* treeFound = nullptr;
        if (git_tree_lookup(&treeFound, repository, git_tree_entry_id(entry.get())) != 0)
            return collecting.files;
        inner.reset(treeFound);
    }
    if (git_tree_walk(inner ? inner.get() : root, GIT_TREEWALK_PRE, collect, &collecting) != 0 ||
        collecting.failed)
        return unreadableRepository("a file of commit " + commit);
    return collecting.files;
}

} // namespace sightglass
