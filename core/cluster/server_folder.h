// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>

namespace sightglass {

/// The folder of one private server: short enough for a socket path, readable only by its owner, and
/// locked as long as this program lives. Removed with this object.
class ServerFolder
{
public:
    ServerFolder(const ServerFolder&) = delete;
    ServerFolder& operator=(const ServerFolder&) = delete;
    ServerFolder(ServerFolder&& other) noexcept;
    ServerFolder& operator=(ServerFolder&& other) noexcept;
    ~ServerFolder();

    /// errors  NotPermitted  no folder can be made in the temporary folder
    static Result<ServerFolder> create(unsigned uid, unsigned gid);

    const std::string& path() const { return m_path; }

private:
    ServerFolder(std::string path, int lock);

    std::string m_path;
    int m_lock = -1;
};

/// Stops servers and removes folders whose program is gone and whose watcher was killed as well.
void removeAbandonedServerFolders() noexcept;

} // namespace sightglass
