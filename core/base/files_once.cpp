// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files_once.h"

namespace sightglass {

namespace {

constexpr std::size_t largestHeld = 100'000; // bytes of a file
constexpr std::size_t mostHeld = 50'000'000; // of all

} // namespace

Result<std::string> FilesOnce::read(const Path& file, std::size_t limit) const
{
    {
        const std::scoped_lock lock(m_mutex);
        if (auto held = m_held.extract(file.string()); !held.empty()) {
            m_bytes -= held.mapped().size();
            return held.mapped().size() <= limit ? std::move(held.mapped())
                                                 : held.mapped().substr(0, limit);
        }
    }
    auto bytes = m_files.read(file, limit);
    // A file as long as the limit may go on behind it.
    if (!bytes || bytes->size() >= limit || bytes->size() > largestHeld)
        return bytes;
    const std::scoped_lock lock(m_mutex);
    if (m_bytes + bytes->size() <= mostHeld && m_held.emplace(file.string(), *bytes).second)
        m_bytes += bytes->size();
    return bytes;
}

} // namespace sightglass
