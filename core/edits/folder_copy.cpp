// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edits/folder_copy.h"

#include "core/base/blake2b.h"
#include "core/base/error.h"

#include <algorithm>
#include <fstream>
#include <system_error>

namespace sightglass {

namespace {

constexpr std::size_t idBytes = 6;
constexpr std::size_t hashBytes = 32;

std::string hashOf(std::string_view text)
{
    return hexDigits(blake2b(text, hashBytes));
}

Error notCopied(const Path& place)
{
    return {.code = ErrorCode::NotPermitted,
            .message = "The folder can't be copied to " + printable(place.string()) +
                       ", so nothing was changed.",
            .nextStep = "Check permissions and the disk there.",
            .file = place.string()};
}

/// Folder below `copies` for the copies of one folder.
Path copiesOf(const Path& folder, const Path& copies)
{
    const std::string place = folder.lexically_normal().string();
    return copies / (folder.filename().string() + "-" + hexDigits(blake2b(place, idBytes)));
}

bool writeFile(const Path& file, const std::string& text)
{
    std::error_code code;
    std::filesystem::create_directories(file.parent_path(), code);
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    return static_cast<bool>(out.flush());
}

/// The oldest go, but never the one just made.
void removeOldest(const Path& folder, std::size_t kept, const Path& newest)
{
    std::error_code code;
    std::vector<std::pair<std::filesystem::file_time_type, Path>> copies;
    for (const auto& entry : std::filesystem::directory_iterator(folder, code)) {
        if (entry.path() != newest)
            copies.emplace_back(std::filesystem::last_write_time(entry.path(), code), entry.path());
    }
    std::ranges::sort(copies);
    for (std::size_t i = 0; i + kept <= copies.size(); ++i)
        std::filesystem::remove_all(copies[i].second, code);
}

} // namespace

std::string FolderState::id() const
{
    std::string text;
    for (const auto& [name, hash] : files)
        text += name + '\0' + hash + '\n';
    return hexDigits(blake2b(text, idBytes));
}

Result<FolderState> readFolderState(const Path& folder, const RunContext& run)
{
    FolderState state{.folder = folder};
    const DiskFileSystem disk;
    std::error_code code;
    using Iterator = std::filesystem::recursive_directory_iterator;
    for (Iterator at(folder, code), end; !code && at != end; at.increment(code)) {
        if (run.stopRequested())
            return failure(Error{.code = ErrorCode::Cancelled});
        if (at->path().filename() == "__pycache__") {
            at.disable_recursion_pending();
            continue;
        }
        if (!at->is_regular_file(code))
            continue;
        const auto text = disk.read(at->path());
        if (!text)
            return failure(text.error());
        state.files.emplace_back(at->path().lexically_relative(folder).string(), hashOf(*text));
    }
    if (code)
        return failure(Error{.code = ErrorCode::NotReadable,
                             .message = printable(folder.string()) + " can't be listed.",
                             .file = folder.string()});
    std::ranges::sort(state.files);
    return state;
}

Path copyOf(const FolderState& state, const Path& copies)
{
    return copiesOf(state.folder, copies) / state.id();
}

Result<void>
copyFolder(const FolderState& state, const Path& copies, std::size_t kept, const RunContext& run)
{
    const Path copy = copyOf(state, copies);
    std::error_code code;
    if (std::filesystem::is_directory(copy, code))
        return {};
    const Path part = copy.parent_path() / ("." + copy.filename().string() + "-part");
    std::filesystem::remove_all(part, code);
    std::filesystem::create_directories(part, code);
    std::filesystem::permissions(part, std::filesystem::perms::owner_all, code);
    const DiskFileSystem disk;
    for (const auto& [name, hash] : state.files) {
        if (run.stopRequested())
            return failure(Error{.code = ErrorCode::Cancelled});
        const auto text = disk.read(state.folder / name);
        if (!text || hashOf(*text) != hash)
            return failure(Error{.code = ErrorCode::StateChanged,
                                 .message = printable((state.folder / name).string()) +
                                            " was changed while the folder was copied.",
                                 .nextStep = "Make a new plan.",
                                 .file = (state.folder / name).string()});
        const auto written =
            writeFile(part / name, *text) ? disk.read(part / name) : Result<std::string>();
        if (!written || hashOf(*written) != hash)
            return failure(notCopied(part / name));
    }
    std::filesystem::rename(part, copy, code);
    if (code)
        return failure(notCopied(copy));
    removeOldest(copy.parent_path(), kept, copy);
    return {};
}

} // namespace sightglass
