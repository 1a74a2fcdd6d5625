// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/file_names.h"

#include <algorithm>
#include <set>

namespace sightglass {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isWord(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
}

using Ids = std::set<std::string, std::less<>>;

/// The longest known id that the name begins with, up to a separator; else a first word that looks
/// generated.
std::string leadingId(std::string_view name, const Ids& known)
{
    std::string found;
    for (std::size_t end = 1; end < name.size(); ++end) {
        if (!isWord(name[end]) && known.contains(name.substr(0, end)))
            found = name.substr(0, end);
    }
    if (!found.empty())
        return found;
    const auto word =
        static_cast<std::size_t>(std::ranges::find_if_not(name, isWord) - name.begin());
    const std::string_view first = name.substr(0, word);
    return first.size() == 12 && looksGenerated(first) ? std::string(first) : std::string();
}

bool tellsSomething(std::string_view id)
{
    return id.size() >= 4 && std::ranges::any_of(id, isDigit);
}

} // namespace

std::string_view fileNameOf(std::string_view path)
{
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool namesId(std::string_view fileName, std::string_view id)
{
    if (id.empty())
        return false;
    for (auto at = fileName.find(id); at != std::string_view::npos;
         at = fileName.find(id, at + 1)) {
        const std::size_t end = at + id.size();
        const bool begins = at == 0 || !isWord(fileName[at - 1]) || !isWord(id.front());
        const bool ends = end >= fileName.size() || !isWord(fileName[end]) || !isWord(id.back());
        if (begins && ends)
            return true;
    }
    return false;
}

bool looksGenerated(std::string_view id)
{
    const bool isHex =
        std::ranges::all_of(id, [](char c) { return isDigit(c) || (c >= 'a' && c <= 'f'); });
    const bool hasDigit = std::ranges::any_of(id, isDigit);
    const bool hasLetter = !std::ranges::all_of(id, isDigit);
    return isHex && id.size() >= 8 && hasDigit && hasLetter;
}

FileNames::FileNames(const RevisionGraph& graph)
    : m_foreign(graph.size())
    , m_carriesOwn(graph.size(), false)
{
    Ids known;
    for (const Revision& revision : graph.revisions())
        known.insert(revision.id);
    for (const MissingRevision& missing : graph.missing())
        known.insert(missing.id);

    std::size_t carrying = 0;
    for (RevisionIndex i = 0; i < graph.size(); ++i) {
        const Revision& revision = graph.revision(i);
        const std::string_view name = fileNameOf(revision.span.file);
        m_carriesOwn[i] = namesId(name, revision.id);
        if (m_carriesOwn[i]) {
            ++carrying;
            continue;
        }
        const std::string leading = leadingId(name, known);
        // A word may begin a file's name by chance, and a prefix of the id is no disagreement.
        if (!tellsSomething(leading) || revision.id.starts_with(leading))
            continue;
        m_foreign[i] = leading;
        m_byForeign.try_emplace(leading, i);
    }
    m_mostCarryTheirs = graph.size() >= 5 && carrying * 5 >= graph.size() * 4;
}

std::optional<RevisionIndex> FileNames::fileNamedAfter(std::string_view id) const
{
    const auto it = m_byForeign.find(id);
    return it == m_byForeign.end() ? std::nullopt : std::optional(it->second);
}

} // namespace sightglass
