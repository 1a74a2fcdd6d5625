// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/reading_cache.h"

#include "core/base/blake2b.h"

namespace sightglass {

namespace {

/// Pieces of a key, each with its length, so that no two lists of pieces are the same bytes.
class KeyText
{
public:
    KeyText& add(std::string_view piece)
    {
        m_text += std::to_string(piece.size());
        m_text += ':';
        m_text += piece;
        return *this;
    }

    KeyText& add(std::size_t number) { return add(std::to_string(number)); }

    std::string hash() const { return blake2b(m_text, kept::keyBytes); }

private:
    std::string m_text;
};

std::string hashOfModule(std::string_view path, bool isPackage, std::string_view text)
{
    return KeyText().add(path).add(isPackage ? "package" : "module").add(text).hash();
}

std::string saltOf(const CacheSettings& settings)
{
    KeyText text;
    text.add(kept::formatVersion).add(settings.program);
    text.add(kept::bytesOf(settings.surroundings)).add(settings.importRoots.size());
    for (const Path& root : settings.importRoots)
        text.add(root.string());
    return text.hash();
}

} // namespace

const SourceModule* RecordingModules::find(std::string_view dotted)
{
    const SourceModule* module = m_modules.find(dotted);
    std::string content;
    if (module != nullptr) {
        std::string& hash = m_contents[module];
        if (hash.empty())
            hash = hashOfModule(module->path.string(), module->isPackage, module->tree.text());
        content = hash;
    }
    note(true, std::string(dotted), std::move(content));
    return module;
}

std::optional<std::string> RecordingModules::readFile(const Path& path)
{
    auto bytes = m_modules.readFile(path);
    note(false, path.string(), bytes ? blake2b(*bytes) : std::string());
    return bytes;
}

void RecordingModules::begin()
{
    m_noted.clear();
    m_lookups.clear();
}

void RecordingModules::note(bool module, std::string name, std::string content)
{
    if (m_noted.emplace(module, name).second)
        m_lookups.push_back(
            {.module = module, .name = std::move(name), .content = std::move(content)});
}

ReadingCache::ReadingCache(const CacheSettings& settings)
    : m_salt(saltOf(settings))
    , m_packs(settings.folder, hexDigits(blake2b(settings.project, 8)))
{}

std::string ReadingCache::keyOf(std::string_view file, std::string_view bytes) const
{
    return KeyText().add("file").add(m_salt).add(file).add(bytes).hash();
}

std::optional<ReadingCache::Found> ReadingCache::find(const std::string& key,
                                                      FileModuleSource& modules)
{
    auto bytes = m_packs.find(key);
    auto head = bytes ? kept::keptHeadFrom(bytes->view) : std::nullopt;
    if (!head || !holds(head->lookups, modules))
        return std::nullopt;
    return Found{.head = std::move(*head), .bytes = std::move(*bytes)};
}

void ReadingCache::keep(const std::string& key, const kept::KeptReading& reading)
{
    m_packs.keep(key, kept::bytesOf(reading));
}

std::string ReadingCache::keyOfRun(const Run& run) const
{
    const RevisionGraph& graph = run.graph;
    KeyText text;
    text.add("run").add(m_salt).add(kept::bytesOf(run.transactions)).add(graph.size());
    for (const RevisionIndex each : run.order)
        text.add(each);
    for (RevisionIndex each = 0; each < graph.size(); ++each) {
        text.add(graph.revision(each).id).add(run.readings[each]);
        text.add(graph.isReplaced(each) ? "replaced" : "counts");
        for (const RevisionIndex down : graph.acyclicDown(each))
            text.add(down);
    }
    return text.hash();
}

std::optional<kept::KeptRun> ReadingCache::findRun(const std::string& key,
                                                   FileModuleSource& modules)
{
    const auto bytes = m_packs.find(key);
    auto found = bytes ? kept::keptRunFrom(bytes->view) : std::nullopt;
    if (found && !holds(found->lookups, modules))
        found.reset();
    return found;
}

void ReadingCache::keepRun(const std::string& key, const kept::KeptRun& run)
{
    m_packs.keep(key, kept::bytesOf(run));
}

bool ReadingCache::holds(const std::vector<kept::SourceLookup>& lookups, FileModuleSource& modules)
{
    for (const kept::SourceLookup& lookup : lookups) {
        const std::scoped_lock lock(m_mutex);
        const auto [place, isNew] = m_contents.try_emplace({lookup.module, lookup.name});
        if (isNew && lookup.module) {
            if (const auto found = modules.textOf(lookup.name))
                place->second = hashOfModule(found->path.string(), found->isPackage, found->text);
        } else if (isNew) {
            if (const auto bytes = modules.readFile(lookup.name))
                place->second = blake2b(*bytes);
        }
        if (place->second != lookup.content)
            return false;
    }
    return true;
}

std::string identityOf(const std::string& key, const std::vector<kept::SourceLookup>& lookups)
{
    if (lookups.empty())
        return key;
    KeyText text;
    text.add(key);
    for (const kept::SourceLookup& lookup : lookups)
        text.add(lookup.name).add(lookup.content);
    return text.hash();
}

} // namespace sightglass
