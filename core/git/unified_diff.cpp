// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/git/unified_diff.h"

#include "core/git/git_objects.h"

namespace sightglass {

namespace {

using PatchPointer = GitOwned<git_patch, git_patch_free>;

std::string linesOf(git_patch& patch)
{
    std::string text;
    const auto append =
        [](const git_diff_delta*, const git_diff_hunk*, const git_diff_line* line, void* into) {
            std::string& out = *static_cast<std::string*>(into);
            constexpr std::string_view marks = "+- ";
            if (marks.find(line->origin) != std::string_view::npos)
                out += line->origin;
            // The header names blobs that no repository has.
            const std::string_view content(line->content, line->content_len);
            if (line->origin == GIT_DIFF_LINE_FILE_HDR)
                out += content.substr(std::min(content.find("--- "), content.size()));
            else
                out += content;
            return 0;
        };
    git_patch_print(&patch, append, &text);
    return text;
}

} // namespace

std::string unifiedDiff(const std::string& path,
                        const std::optional<std::string>& before,
                        const std::optional<std::string>& after)
{
    const GitLibrary library;
    git_diff_options options = GIT_DIFF_OPTIONS_INIT;
    options.flags = GIT_DIFF_FORCE_TEXT;
    git_patch* made = nullptr;
    const int failed = git_patch_from_buffers(&made,
                                              before ? before->data() : nullptr,
                                              before ? before->size() : 0,
                                              before ? path.c_str() : nullptr,
                                              after ? after->data() : nullptr,
                                              after ? after->size() : 0,
                                              after ? path.c_str() : nullptr,
                                              &options);
    const PatchPointer patch(made);
    return failed == 0 && patch != nullptr ? linesOf(*patch) : std::string();
}

} // namespace sightglass
