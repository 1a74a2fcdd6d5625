// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/result.h"

#include <chrono>

namespace sightglass {

/// A lock on a file, held against other programs until this object goes or the program ends, in
/// whatever way it ends.
class FileLock
{
public:
    FileLock() = default;
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    ~FileLock();

    /// Makes the file where it is absent.
    ///
    /// errors  NotPermitted  the file can't be made; TimedOut  another program holds it
    static Result<FileLock> take(const Path& file, std::chrono::milliseconds limit);

    /// Whether some program, this one too, holds the lock now. Never makes the file.
    static bool isHeld(const Path& file);

private:
    int m_descriptor = -1;
};

} // namespace sightglass
