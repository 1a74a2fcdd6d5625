// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/file_module_source.h"
#include "core/history/kept_packs.h"
#include "core/history/reading_bytes.h"
#include "core/scripts/transaction_facts.h"

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sightglass {

/// The modules of a project, and what was looked up since `begin`: what a reading hangs on.
///
/// thread  one
class RecordingModules final : public ModuleSource
{
public:
    explicit RecordingModules(FileModuleSource& modules)
        : m_modules(modules)
    {}

    const SourceModule* find(std::string_view dotted) override;
    std::optional<std::string> readFile(const Path& path) override;

    void begin();

    const std::vector<kept::SourceLookup>& lookups() const { return m_lookups; }

private:
    void note(bool module, std::string name, std::string content);

    FileModuleSource& m_modules;
    std::map<const SourceModule*, std::string> m_contents; ///< hashes
    std::set<std::pair<bool, std::string>> m_noted;
    std::vector<kept::SourceLookup> m_lookups;
};

/// All that decides how the files of a project are read, beside the files.
struct CacheSettings
{
    Path folder;         ///< of the user
    std::string program; ///< the program that reads: its version and build
    std::string project; ///< its packs are one group
    std::vector<Path> importRoots;
    const Surroundings& surroundings;
};

/// Where readings are kept by the content they were made of. Safe to delete at any time; what is
/// damaged or of another version is not found.
///
/// thread  safe, and several programs may share one
class ReadingCache
{
public:
    explicit ReadingCache(const CacheSettings& settings);

    /// A key for a file of this name and content under the present settings.
    std::string keyOf(std::string_view file, std::string_view bytes) const;

    /// What was kept under the key, if what it hangs on is still the same.
    struct Found
    {
        kept::KeptHead head;
        kept::KeptBytes bytes;
    };

    std::optional<Found> find(const std::string& key, FileModuleSource& modules);
    void keep(const std::string& key, const kept::KeptReading& reading);

    /// A key for all revisions and the order they run in, from what identifies the reading of each.
    struct Run
    {
        const RevisionGraph& graph;
        const std::vector<RevisionIndex>& order;
        const TransactionFacts& transactions;
        const std::vector<std::string>& readings;
    };

    std::string keyOfRun(const Run& run) const;
    std::optional<kept::KeptRun> findRun(const std::string& key, FileModuleSource& modules);
    void keepRun(const std::string& key, const kept::KeptRun& run);

    /// Writes what is new.
    void save() { m_packs.save(); }

    /// Writes what is new where nothing was kept before: the first time it is a lot, and need not be
    /// held while the chain is replayed.
    void saveFirst()
    {
        if (m_packs.empty())
            m_packs.save();
    }

private:
    bool holds(const std::vector<kept::SourceLookup>& lookups, FileModuleSource& modules);

    std::string m_salt; ///< of every key
    kept::PackFolder m_packs;
    std::mutex m_mutex;                                             ///< of m_contents
    std::map<std::pair<bool, std::string>, std::string> m_contents; ///< as they are now, hashed
};

/// What identifies a reading: its file's key and what it found elsewhere.
std::string identityOf(const std::string& key, const std::vector<kept::SourceLookup>& lookups);

} // namespace sightglass
