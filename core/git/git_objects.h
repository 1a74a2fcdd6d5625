// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/git/repository.h"

#include <git2.h>

#include <memory>
#include <string>

namespace sightglass {

/// One of libgit2's objects with what frees it.
template <typename T, void (*freeIt)(T*)>
struct GitFreeing
{
    void operator()(T* object) const { freeIt(object); }
};

template <typename T, void (*freeIt)(T*)>
using GitOwned = std::unique_ptr<T, GitFreeing<T, freeIt>>;

using RepositoryPointer = GitOwned<git_repository, git_repository_free>;
using ObjectPointer = GitOwned<git_object, git_object_free>;
using TreePointer = GitOwned<git_tree, git_tree_free>;
using TreeEntryPointer = GitOwned<git_tree_entry, git_tree_entry_free>;
using BlobPointer = GitOwned<git_blob, git_blob_free>;

/// libgit2 counts its users; this is one.
struct GitLibrary
{
    GitLibrary() { git_libgit2_init(); }

    GitLibrary(const GitLibrary&) = delete;
    GitLibrary& operator=(const GitLibrary&) = delete;

    ~GitLibrary() { git_libgit2_shutdown(); }
};

using WalkPointer = GitOwned<git_revwalk, git_revwalk_free>;
using CommitPointer = GitOwned<git_commit, git_commit_free>;
using BranchesPointer = GitOwned<git_branch_iterator, git_branch_iterator_free>;
using ReferencePointer = GitOwned<git_reference, git_reference_free>;

/// What libgit2 said last.
std::string gitWords();
tl::unexpected<Error> unreadableRepository(const std::string& what);
std::string toText(const git_oid& id);

struct GitRepository::State
{
    GitLibrary library;
    RepositoryPointer repository;
};

} // namespace sightglass
