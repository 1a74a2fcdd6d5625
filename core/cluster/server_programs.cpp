// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/server_programs.h"

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include <pwd.h>
#include <unistd.h>

namespace sightglass {

namespace fs = std::filesystem;

namespace {

bool hasServer(const fs::path& folder)
{
    std::error_code code;
    return fs::exists(folder / "initdb", code) && fs::exists(folder / "postgres", code) &&
           fs::exists(folder / "psql", code);
}

/// /usr/lib/postgresql/N/bin with the largest N.
std::string newestVersionedFolder()
{
    std::string best;
    int bestVersion = -1;
    std::error_code code;
    for (fs::directory_iterator it("/usr/lib/postgresql", code), end; !code && it != end; it.increment(code)) {
        const std::string name = it->path().filename().string();
        int version = 0;
        const auto parsed = std::from_chars(name.data(), name.data() + name.size(), version);
        if (parsed.ec == std::errc() && version > bestVersion && hasServer(it->path() / "bin")) {
            best = (it->path() / "bin").string();
            bestVersion = version;
        }
    }
    return best;
}

std::string folderOnPath()
{
    const char* path = std::getenv("PATH"); // NOLINT(concurrency-mt-unsafe): nobody of ours sets it
    std::istringstream folders(path == nullptr ? "" : path);
    for (std::string folder; std::getline(folders, folder, ':');) {
        if (!folder.empty() && hasServer(folder))
            return folder;
    }
    return {};
}

std::string serverFolder()
{
    const char* chosen = std::getenv("SIGHTGLASS_POSTGRES_BIN"); // NOLINT(concurrency-mt-unsafe)
    if (chosen != nullptr && hasServer(chosen))
        return chosen;
    const std::string versioned = newestVersionedFolder();
    return versioned.empty() ? folderOnPath() : versioned;
}

/// An account that a server may run as when we are root; PostgreSQL refuses to run as root.
bool lookUpServerUser(std::string& name, unsigned& uid, unsigned& gid)
{
    for (const char* candidate : {"postgres", "nobody"}) {
        passwd entry{};
        passwd* found = nullptr;
        std::vector<char> buffer(16'384);
        if (::getpwnam_r(candidate, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) {
            name = candidate;
            uid = entry.pw_uid;
            gid = entry.pw_gid;
            return true;
        }
    }
    return false;
}

} // namespace

Result<ServerPrograms> findServerPrograms()
{
    ServerPrograms programs{.folder = serverFolder(), .serverUid = ::geteuid(), .serverGid = ::getegid()};
    if (programs.folder.empty()) {
        return failure(ErrorCode::NotFound, "No PostgreSQL server is installed on this machine.",
                       "Install it (Debian: postgresql-15) or set SIGHTGLASS_POSTGRES_BIN to the folder of initdb.");
    }
    if (::geteuid() != 0)
        return programs;
    std::string name;
    if (!lookUpServerUser(name, programs.serverUid, programs.serverGid)) {
        return failure(ErrorCode::NotPermitted, "PostgreSQL does not run as root and there is no account postgres or nobody.",
                       "Run as an ordinary user.");
    }
    programs.asServerUser = {"setpriv", "--reuid=" + std::to_string(programs.serverUid),
                             "--regid=" + std::to_string(programs.serverGid), "--clear-groups", "--"};
    return programs;
}

} // namespace sightglass
