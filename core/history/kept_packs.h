// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sightglass::kept {

inline constexpr std::size_t keyBytes = 32;

/// Bytes, and what keeps them where they are.
struct KeptBytes
{
    std::shared_ptr<const void> owner;
    std::string_view view;

    friend bool operator==(const KeptBytes& left, std::string_view right)
    {
        return left.view == right;
    }
};

struct PackLimits
{
    std::uint64_t folderBytes = 200'000'000; ///< of all packs; the oldest go first
    std::uint64_t packBytes = 250'000'000;   ///< larger ones are not opened
    std::size_t packs = 6;                   ///< of one group, before they become one
};

/// Values by key in a folder that several programs may use at once. Values that were made together
/// are one file, a pack, which never changes: it is written under another name and renamed. Packs
/// of one group are opened together.
///
/// Whatever can't be read or written is quietly not there. Nothing is trusted: each value has a
/// checksum.
///
/// thread  safe
class PackFolder
{
public:
    /// group  letters and digits that the names of its packs begin with
    PackFolder(Path folder, std::string group, PackLimits limits = {});

    std::optional<KeptBytes> find(std::string_view key) const;
    /// Takes a value in; `save` writes it.
    void keep(std::string_view key, std::string value);
    /// Writes what was taken in, and removes what is too much. Where there are many packs of the
    /// group, what was found or taken in becomes one and the others go.
    void save();

    /// Nothing of the group was there to open.
    bool empty() const { return m_packs.empty(); }

private:
    struct Pack
    {
        Path path;
        std::string bytes;
    };

    struct Place
    {
        std::shared_ptr<const Pack> pack;
        std::string_view value; ///< not checked yet
        std::uint64_t check = 0;
        mutable std::atomic<bool> found = false;
    };

    /// Keys are hashes already.
    struct KeyHash
    {
        std::size_t operator()(std::string_view key) const;
    };

    void open(const Path& file);
    using Values = std::map<std::string_view, std::string_view>;

    std::optional<Path> write(const Values& values) const;
    void removeOldest(const Path& written) const;
    void touch() const;

    Path m_folder;
    std::string m_group;
    PackLimits m_limits;
    std::vector<std::shared_ptr<const Pack>> m_packs;
    std::unordered_map<std::string_view, Place, KeyHash> m_places; ///< into m_packs

    std::mutex m_mutex; ///< of what follows
    std::map<std::string, std::string> m_new;
};

} // namespace sightglass::kept
