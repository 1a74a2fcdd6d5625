// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/run_lock.h"

#include "core/base/error.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <thread>
#include <utility>

namespace sightglass {

FileLock::FileLock(FileLock&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{}

FileLock& FileLock::operator=(FileLock&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

FileLock::~FileLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<FileLock> FileLock::take(const Path& file, std::chrono::milliseconds limit)
{
    FileLock lock;
    lock.m_descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock.m_descriptor < 0)
        return failure(ErrorCode::NotPermitted,
                       "Can't write " + printable(file.string()) + ".",
                       "Check the permissions of its folder, or name another with "
                       "$SIGHTGLASS_DATA.");
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (::flock(lock.m_descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (std::chrono::steady_clock::now() >= deadline)
            return failure(ErrorCode::TimedOut,
                           "Another program holds " + printable(file.string()) + ".",
                           "Wait until it has ended, then try again.");
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return lock;
}

bool FileLock::isHeld(const Path& file)
{
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0)
        return false;
    const bool held = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0;
    ::close(descriptor);
    return held;
}

} // namespace sightglass
