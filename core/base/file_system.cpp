// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file_system.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sightglass {

namespace fs = std::filesystem;

namespace {

Error systemError(int number, const Path& path, const char* doing)
{
    const bool missing = number == ENOENT || number == ENOTDIR;
    std::string reason = missing                 ? "it does not exist"
                         : number == EACCES      ? "you have no right to read it"
                         : number == EISDIR      ? "it is a folder"
                         : number == ELOOP       ? "its links form a loop"
                         : number == ENAMETOOLONG ? "its name is too long"
                                                 : std::generic_category().message(number);
    return Error{.code = missing ? ErrorCode::NotFound : ErrorCode::NotReadable,
                 .message = std::string("Can't ") + doing + " " + path.string() + ": " + reason + ".",
                 .nextStep = missing ? "Check the path." : "Check its permissions.",
                 .file = path.string()};
}

/// An open file that closes itself.
class OpenFile
{
public:
    explicit OpenFile(const Path& path)
        : m_descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK))
    {
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    OpenFile(OpenFile&&) = delete;
    OpenFile& operator=(OpenFile&&) = delete;
    ~OpenFile()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    int descriptor() const { return m_descriptor; }

private:
    int m_descriptor;
};

} // namespace

Result<std::string> DiskFileSystem::read(const Path& file, std::size_t limit) const
{
    const OpenFile open(file);
    if (open.descriptor() < 0)
        return failure(systemError(errno, file, "read"));
    struct stat status{};
    if (::fstat(open.descriptor(), &status) != 0)
        return failure(systemError(errno, file, "read"));
    if (S_ISDIR(status.st_mode))
        return failure(systemError(EISDIR, file, "read"));
    if (!S_ISREG(status.st_mode)) {
        return failure(Error{.code = ErrorCode::NotReadable,
                             .message = "Can't read " + file.string() + ": it is not a regular file.",
                             .nextStep = "Move it out of the folder.",
                             .file = file.string()});
    }
    std::string text;
    text.resize(std::min<std::size_t>(limit, static_cast<std::size_t>(status.st_size)));
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t count = ::read(open.descriptor(), text.data() + done, text.size() - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failure(systemError(errno, file, "read"));
        if (count == 0)
            break;
        done += static_cast<std::size_t>(count);
    }
    text.resize(done);
    return text;
}

Result<std::vector<DirectoryEntry>> DiskFileSystem::list(const Path& folder) const
{
    std::error_code code;
    fs::directory_iterator iterator(folder, code);
    if (code)
        return failure(systemError(code.value(), folder, "list"));
    std::vector<DirectoryEntry> entries;
    for (const fs::directory_iterator end; iterator != end; iterator.increment(code)) {
        if (code)
            return failure(systemError(code.value(), folder, "list"));
        std::error_code ignored;
        entries.push_back({.name = iterator->path().filename().string(),
                           .isDirectory = iterator->is_directory(ignored),
                           .isFile = iterator->is_regular_file(ignored),
                           .isLink = iterator->is_symlink(ignored)});
    }
    std::ranges::sort(entries, {}, &DirectoryEntry::name);
    return entries;
}

bool DiskFileSystem::isFile(const Path& path) const
{
    std::error_code code;
    return fs::is_regular_file(path, code);
}

bool DiskFileSystem::isDirectory(const Path& path) const
{
    std::error_code code;
    return fs::is_directory(path, code);
}

Result<std::uintmax_t> DiskFileSystem::size(const Path& file) const
{
    std::error_code code;
    const auto bytes = fs::file_size(file, code);
    if (code)
        return failure(systemError(code.value(), file, "read"));
    return bytes;
}

Result<Path> DiskFileSystem::canonical(const Path& path) const
{
    std::error_code code;
    auto result = fs::canonical(path, code);
    if (code)
        return failure(systemError(code.value(), path, "read"));
    return result;
}

void MemoryFileSystem::put(const Path& file, std::string text)
{
    m_files[file.lexically_normal().string()] = std::move(text);
}

Result<std::string> MemoryFileSystem::read(const Path& file, std::size_t limit) const
{
    const auto found = m_files.find(file.lexically_normal().string());
    if (found == m_files.end())
        return failure(systemError(isDirectory(file) ? EISDIR : ENOENT, file, "read"));
    return found->second.substr(0, limit);
}

Result<std::vector<DirectoryEntry>> MemoryFileSystem::list(const Path& folder) const
{
    if (!isDirectory(folder))
        return failure(systemError(ENOENT, folder, "list"));
    const std::string prefix = (folder / "").lexically_normal().string();
    std::map<std::string, DirectoryEntry> entries;
    for (const auto& [path, text] : m_files) {
        if (!path.starts_with(prefix))
            continue;
        const std::string rest = path.substr(prefix.size());
        const auto slash = rest.find('/');
        const std::string name = rest.substr(0, slash);
        const bool folderEntry = slash != std::string::npos;
        entries[name] = {.name = name, .isDirectory = folderEntry, .isFile = !folderEntry};
    }
    std::vector<DirectoryEntry> result;
    for (auto& [name, entry] : entries)
        result.push_back(std::move(entry));
    return result;
}

bool MemoryFileSystem::isFile(const Path& path) const
{
    return m_files.contains(path.lexically_normal().string());
}

bool MemoryFileSystem::isDirectory(const Path& path) const
{
    const std::string prefix = (path / "").lexically_normal().string();
    const auto next = m_files.lower_bound(prefix);
    return next != m_files.end() && next->first.starts_with(prefix);
}

Result<std::uintmax_t> MemoryFileSystem::size(const Path& file) const
{
    return read(file).map([](const std::string& text) { return std::uintmax_t{text.size()}; });
}

Result<Path> MemoryFileSystem::canonical(const Path& path) const
{
    if (!isFile(path) && !isDirectory(path))
        return failure(systemError(ENOENT, path, "read"));
    return path.lexically_normal();
}

} // namespace sightglass
