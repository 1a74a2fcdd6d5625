// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/server_folder.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sightglass {

namespace fs = std::filesystem;

namespace {

constexpr const char* prefix = "sightglass-pg-";
/// A younger folder may belong to a program that has not locked it yet.
constexpr auto youngest = std::chrono::minutes(1);

std::string temporaryFolder()
{
    std::error_code code;
    const fs::path folder = fs::temp_directory_path(code);
    // A socket path may have 107 bytes.
    return code || folder.string().size() > 60 ? std::string("/tmp") : folder.string();
}

int lockedFile(const std::string& path, int flags)
{
    const int file = ::open((path + "/owner.lock").c_str(), flags | O_CLOEXEC, 0600);
    if (file >= 0 && ::flock(file, LOCK_EX | LOCK_NB) == 0)
        return file;
    if (file >= 0)
        ::close(file);
    return -1;
}

/// Process id of a server that runs on this very folder, 0 when none does.
pid_t serverOf(const std::string& folder)
{
    std::ifstream file(folder + "/data/postmaster.pid");
    pid_t server = 0;
    file >> server;
    if (server <= 1)
        return 0;
    std::ifstream commandLine("/proc/" + std::to_string(server) + "/cmdline");
    std::stringstream words;
    words << commandLine.rdbuf();
    return words.str().find(folder + "/data") == std::string::npos ? 0 : server;
}

bool isOldEnough(const fs::path& folder)
{
    std::error_code code;
    const auto changed = fs::last_write_time(folder, code);
    return !code && fs::file_time_type::clock::now() - changed > youngest;
}

void removeAbandoned(const std::string& folder) noexcept
{
    struct stat status{};
    if (::lstat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
        return;
    if (::geteuid() != 0 && status.st_uid != ::geteuid())
        return;
    const int lock = lockedFile(folder, O_RDWR);
    if (lock < 0)
        return;
    if (const pid_t server = serverOf(folder); server > 0)
        ::kill(server, SIGQUIT);
    std::error_code code;
    fs::remove_all(folder, code);
    ::close(lock);
}

} // namespace

ServerFolder::ServerFolder(std::string path, int lock)
    : m_path(std::move(path))
    , m_lock(lock)
{
}

ServerFolder::ServerFolder(ServerFolder&& other) noexcept
    : m_path(std::exchange(other.m_path, {}))
    , m_lock(std::exchange(other.m_lock, -1))
{
}

ServerFolder& ServerFolder::operator=(ServerFolder&& other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_lock, other.m_lock);
    return *this;
}

ServerFolder::~ServerFolder()
{
    if (!m_path.empty()) {
        std::error_code code;
        fs::remove_all(m_path, code);
    }
    if (m_lock >= 0)
        ::close(m_lock);
}

Result<ServerFolder> ServerFolder::create(unsigned uid, unsigned gid)
{
    std::string pattern = temporaryFolder() + "/" + prefix + "XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) {
        return failure(ErrorCode::NotPermitted, "No folder could be made in " + temporaryFolder() + ".",
                       "Check its rights and free space.");
    }
    const int lock = lockedFile(pattern, O_RDWR | O_CREAT);
    ServerFolder folder(std::move(pattern), lock);
    if (lock < 0 || ::chown(folder.path().c_str(), uid, gid) != 0)
        return failure(ErrorCode::NotPermitted, "The folder " + folder.path() + " could not be prepared.");
    return folder;
}

void removeAbandonedServerFolders() noexcept
{
    std::error_code code;
    std::vector<std::string> folders;
    for (fs::directory_iterator it(temporaryFolder(), code), end; !code && it != end; it.increment(code)) {
        if (it->path().filename().string().starts_with(prefix) && isOldEnough(it->path()))
            folders.push_back(it->path().string());
    }
    std::ranges::for_each(folders, removeAbandoned);
}

} // namespace sightglass
