// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/work.h"
#include "core/base/error.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace sightglass {

namespace {

using End = WorkOutcome::End;

Error notWritten(const Path& file)
{
    return Error{.code = ErrorCode::NotPermitted,
                 .message = "Can't write " + printable(file.string()) + ".",
                 .nextStep = "Check its permissions and the disk.",
                 .file = file.string()};
}

bool writeDurably(const Path& file, std::string_view text, mode_t mode)
{
    const int descriptor =
        ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return false;
    bool isWritten = ::fchmod(descriptor, mode) == 0;
    while (isWritten && !text.empty()) {
        const ssize_t count = ::write(descriptor, text.data(), text.size());
        if (count < 0 && errno == EINTR)
            continue;
        isWritten = count > 0;
        if (isWritten)
            text.remove_prefix(static_cast<std::size_t>(count));
    }
    isWritten = isWritten && ::fsync(descriptor) == 0;
    return ::close(descriptor) == 0 && isWritten;
}

void syncFolderOf(const Path& file)
{
    const int descriptor = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    ::fsync(descriptor);
    ::close(descriptor);
}

Error stateChanged(const std::string& file, bool wasThere)
{
    return {.code = ErrorCode::StateChanged,
            .message = printable(file) + " is not what the plan saw" +
                       (wasThere ? "." : ": there is such a file now."),
            .nextStep = "Read the folder again and make a new plan.",
            .file = file};
}

/// Rights of the file, or those of a new one.
mode_t modeOf(const Path& file)
{
    struct stat facts
    {};

    constexpr mode_t allRights = 07777;
    constexpr mode_t ofNewFile = 0644;
    return ::stat(file.c_str(), &facts) == 0 ? facts.st_mode & allRights : ofNewFile;
}

Result<void> checkBefore(const FileWork& work)
{
    const auto now = currentHash(work.file);
    if (!now)
        return failure(now.error());
    if (*now == work.before)
        return {};
    return failure(stateChanged(work.file, work.before.has_value()));
}

/// A copy of the file as it is, on the disk before anything is done to it.
Result<void> keep(const FileWork& work, const Path& keptAt)
{
    const auto text = DiskFileSystem().read(work.file);
    if (!text)
        return failure(text.error());
    std::error_code code;
    std::filesystem::create_directories(keptAt.parent_path(), code);
    if (code || !writeDurably(keptAt, *text, 0600))
        return failure(notWritten(keptAt));
    syncFolderOf(keptAt);
    return {};
}

/// In one step, and never over another file.
bool renameAlone(const std::string& from, const std::string& to)
{
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return true;
    // Some file systems can't be asked to spare what is there; a link never replaces anything.
    return errno == EINVAL && ::link(from.c_str(), to.c_str()) == 0 && ::unlink(from.c_str()) == 0;
}

WorkOutcome performRename(const FileWork& work)
{
    const auto now = currentHash(work.renamedFrom);
    if (!now)
        return {.end = End::Nothing, .error = now.error()};
    if (*now != work.renamedHash)
        return {.end = End::Nothing, .error = stateChanged(work.renamedFrom, true)};
    if (auto met = checkBefore(work); !met)
        return {.end = End::Nothing, .error = met.error()};
    std::error_code code;
    std::filesystem::create_directories(Path(work.file).parent_path(), code);
    if (!renameAlone(work.renamedFrom, work.file))
        return {.end = End::Nothing,
                .error = errno == EEXIST ? stateChanged(work.file, false) : notWritten(work.file)};
    syncFolderOf(work.file);
    syncFolderOf(work.renamedFrom);
    return {};
}

} // namespace

Path keptFile(const FileWork& work, const Path& keptFolder, std::size_t step)
{
    return keptFolder / (std::to_string(step) + "-" + Path(work.file).filename().string());
}

FileWork undoOf(const FileWork& work, const Path& keptFolder, std::size_t step)
{
    if (!work.renamedFrom.empty())
        return {
            .file = work.renamedFrom, .renamedFrom = work.file, .renamedHash = work.renamedHash};
    FileWork undo{.file = work.file};
    if (const auto contents = newContents(work); contents && *contents)
        undo.before = contentHash(**contents);
    if (work.before)
        undo.keptAt = keptFile(work, keptFolder, step).string();
    return undo;
}

Result<std::optional<std::string>> newContents(const FileWork& work)
{
    std::string source = work.keptAt;
    if (!work.renamedFrom.empty()) // or that has been done already
        source = DiskFileSystem().isFile(work.renamedFrom) ? work.renamedFrom : work.file;
    if (source.empty())
        return work.contents;
    auto text = DiskFileSystem().read(source);
    if (!text)
        return failure(text.error());
    return std::optional<std::string>(std::move(*text));
}

Result<std::optional<std::string>> currentHash(const Path& file)
{
    const auto text = DiskFileSystem().read(file);
    if (text)
        return std::optional<std::string>(contentHash(*text));
    if (text.error().code == ErrorCode::NotFound)
        return std::optional<std::string>();
    return failure(text.error());
}

WorkOutcome performFile(const FileWork& work,
                        const std::optional<std::string>& contents,
                        const Path& keptFolder,
                        std::size_t step)
{
    if (!work.renamedFrom.empty())
        return performRename(work);
    if (auto met = checkBefore(work); !met)
        return {.end = End::Nothing, .error = met.error()};
    if (work.before) {
        if (auto kept = keep(work, keptFile(work, keptFolder, step)); !kept)
            return {.end = End::Nothing, .error = kept.error()};
    }
    std::error_code code;
    if (!contents) {
        std::filesystem::remove(work.file, code);
        syncFolderOf(work.file);
        return code ? WorkOutcome{.end = End::Nothing, .error = notWritten(work.file)}
                    : WorkOutcome();
    }
    // Its name keeps Alembic from taking it for a revision should it stay behind.
    const Path part = Path(work.file).parent_path() /
                      ("." + Path(work.file).filename().string() + ".sightglass-part");
    if (writeDurably(part, *contents, modeOf(work.file)) && checkBefore(work))
        std::filesystem::rename(part, work.file, code);
    else
        code = std::make_error_code(std::errc::io_error);
    if (!code) {
        syncFolderOf(work.file);
        return {};
    }
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    return {.end = End::Nothing, .error = notWritten(work.file)};
}

} // namespace sightglass
