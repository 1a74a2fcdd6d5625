// SPDX-License-Identifier: GPL-3.0-or-later
//
// A pack: the magic, the number of values, for each its key, where it begins, how long it is and
// its checksum; a checksum over all this; the values. Numbers are eight bytes, lowest first.
#include "core/history/kept_packs.h"

#include "core/base/blake2b.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <chrono>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

namespace sightglass::kept {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic = "sgpack1\n";
constexpr std::string_view packEnding = ".pack";
constexpr std::string_view draftEnding = ".draft";
constexpr std::size_t rowBytes = keyBytes + 3 * 8;
constexpr std::size_t headBytes = magic.size() + 8;
constexpr auto aDay = std::chrono::hours(24);

std::uint64_t numberAt(std::string_view bytes, std::size_t at)
{
    std::uint64_t value = 0;
    if constexpr (std::endian::native == std::endian::little) {
        std::memcpy(&value, bytes.data() + at, 8);
        return value;
    }
    for (std::size_t i = 0; i < 8; ++i)
        value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    return value;
}

void addNumber(std::string& bytes, std::uint64_t value)
{
    for (unsigned i = 0; i < 8; ++i)
        bytes.push_back(static_cast<char>((value >> (8 * i)) & 0xFFU));
}

/// Finds damage, not forgery: what wrote the folder may write anything.
std::uint64_t checkOf(std::string_view bytes)
{
    constexpr std::uint64_t prime = 0x9E3779B97F4A7C15;
    std::uint64_t sum = bytes.size() * prime + 1;
    std::size_t at = 0;
    for (; at + 8 <= bytes.size(); at += 8)
        sum = (std::rotl(sum, 29) ^ numberAt(bytes, at)) * prime;
    for (; at < bytes.size(); ++at)
        sum = (std::rotl(sum, 29) ^ static_cast<unsigned char>(bytes[at])) * prime;
    return sum ^ (sum >> 32U);
}

std::optional<std::string> wholeFile(const Path& file, std::uint64_t limit)
{
    std::error_code code;
    const std::uint64_t size = fs::file_size(file, code);
    if (code || size > limit)
        return std::nullopt;
    std::ifstream stream(file, std::ios::binary);
    std::string bytes(size, '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(size));
    if (!stream || stream.gcount() != static_cast<std::streamsize>(size))
        return std::nullopt;
    return bytes;
}

struct FoundFile
{
    Path path;
    std::uint64_t size = 0;
    fs::file_time_type written;
};

std::vector<FoundFile> filesIn(const Path& folder, std::string_view begin, std::string_view end)
{
    std::vector<FoundFile> found;
    std::error_code code;
    for (fs::directory_iterator each(folder, code), none; !code && each != none;
         each.increment(code)) {
        const std::string name = each->path().filename().string();
        if (!name.starts_with(begin) || !name.ends_with(end))
            continue;
        std::error_code ofFile;
        FoundFile file{.path = each->path(),
                       .size = each->file_size(ofFile),
                       .written = each->last_write_time(ofFile)};
        if (!ofFile)
            found.push_back(std::move(file));
    }
    std::ranges::sort(found, {}, &FoundFile::written);
    return found;
}

/// A name that no other thread or program writes to.
std::string draftName()
{
    static std::atomic<unsigned> count{0};
    return std::to_string(::getpid()) + "-" +
           std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()) + "-" +
           std::to_string(count++) + std::string(draftEnding);
}

} // namespace

PackFolder::PackFolder(Path folder, std::string group, PackLimits limits)
    : m_folder(std::move(folder))
    , m_group(std::move(group))
    , m_limits(limits)
{
    for (const FoundFile& file : filesIn(m_folder, m_group, packEnding))
        open(file.path);
}

void PackFolder::open(const Path& file)
{
    auto bytes = wholeFile(file, m_limits.packBytes);
    if (!bytes)
        return;
    const auto pack = std::make_shared<const Pack>(Pack{.path = file, .bytes = std::move(*bytes)});
    const std::string_view all = pack->bytes;
    m_packs.push_back(pack); // one that is damaged too: it goes when packs become one
    if (all.size() < headBytes || !all.starts_with(magic))
        return;
    const std::uint64_t count = numberAt(all, magic.size());
    if (count > (all.size() - headBytes) / rowBytes)
        return;
    const std::size_t rowsEnd = headBytes + count * rowBytes;
    if (all.size() < rowsEnd + 8 || numberAt(all, rowsEnd) != checkOf(all.substr(0, rowsEnd)))
        return;
    for (std::size_t row = headBytes; row < rowsEnd; row += rowBytes) {
        const std::uint64_t begin = numberAt(all, row + keyBytes);
        const std::uint64_t size = numberAt(all, row + keyBytes + 8);
        if (begin > all.size() || size > all.size() - begin)
            continue;
        Place& place = m_places[all.substr(row, keyBytes)];
        place.pack = pack;
        place.value = all.substr(begin, size);
        place.check = numberAt(all, row + keyBytes + 16);
    }
}

std::size_t PackFolder::KeyHash::operator()(std::string_view key) const
{
    return key.size() < 8 ? 0 : static_cast<std::size_t>(numberAt(key, 0));
}

std::optional<KeptBytes> PackFolder::find(std::string_view key) const
{
    const auto found = m_places.find(key);
    if (found == m_places.end())
        return std::nullopt;
    const Place& place = found->second;
    if (checkOf(place.value) != place.check)
        return std::nullopt;
    place.found = true;
    return KeptBytes{.owner = place.pack, .view = place.value};
}

void PackFolder::keep(std::string_view key, std::string value)
{
    if (key.size() != keyBytes)
        return;
    const std::scoped_lock lock(m_mutex);
    m_new.insert_or_assign(std::string(key), std::move(value));
}

void PackFolder::save()
{
    const std::scoped_lock lock(m_mutex);
    if (m_new.empty()) {
        touch();
        return;
    }
    Values values;
    const bool join = m_packs.size() + 1 >= m_limits.packs;
    for (const auto& [key, place] : m_places) {
        if (join && place.found)
            values.emplace(key, place.value);
    }
    for (const auto& [key, value] : m_new)
        values.insert_or_assign(key, value);
    const auto written = write(values);
    m_new.clear();
    if (!written)
        return;
    if (join) {
        for (const auto& pack : m_packs) {
            std::error_code code;
            if (pack->path != *written)
                fs::remove(pack->path, code);
        }
    }
    removeOldest(*written);
}

std::optional<Path> PackFolder::write(const Values& values) const
{
    std::string bytes(magic);
    addNumber(bytes, values.size());
    std::uint64_t begin = headBytes + values.size() * rowBytes + 8;
    for (const auto& [key, value] : values) {
        bytes.append(key);
        addNumber(bytes, begin);
        addNumber(bytes, value.size());
        addNumber(bytes, checkOf(value));
        begin += value.size();
    }
    if (begin > m_limits.packBytes)
        return std::nullopt;
    addNumber(bytes, checkOf(bytes));
    const std::string name = hexDigits(blake2b(bytes, 12));
    for (const auto& [key, value] : values)
        bytes.append(value);

    std::error_code code;
    if (fs::create_directories(m_folder, code))
        fs::permissions(m_folder, fs::perms::owner_all, code);
    const Path draft = m_folder / draftName();
    const Path file = m_folder / (m_group + "-" + name + std::string(packEnding));
    std::ofstream stream(draft, std::ios::binary | std::ios::trunc);
    fs::permissions(draft, fs::perms::owner_read | fs::perms::owner_write, code);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    if (stream)
        fs::rename(draft, file, code);
    if (!stream || code) {
        fs::remove(draft, code);
        return std::nullopt;
    }
    return file;
}

void PackFolder::removeOldest(const Path& written) const
{
    std::error_code code;
    const auto longAgo = fs::file_time_type::clock::now() - aDay;
    for (const FoundFile& draft : filesIn(m_folder, {}, draftEnding)) {
        if (draft.written < longAgo) // of a program that ended before it was done
            fs::remove(draft.path, code);
    }
    const auto packs = filesIn(m_folder, {}, packEnding);
    std::uint64_t total = 0;
    for (const FoundFile& each : packs)
        total += each.size;
    for (const FoundFile& each : packs) {
        if (total <= m_limits.folderBytes)
            return;
        if (each.path == written)
            continue;
        fs::remove(each.path, code);
        total -= each.size;
    }
}

void PackFolder::touch() const
{
    const auto now = fs::file_time_type::clock::now();
    for (const auto& pack : m_packs) {
        std::error_code code;
        const auto written = fs::last_write_time(pack->path, code);
        if (!code && now - written > aDay)
            fs::last_write_time(pack->path, now, code);
    }
}

} // namespace sightglass::kept
