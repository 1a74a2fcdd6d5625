// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edits/edited_files.h"

#include "core/base/error.h"

#include <algorithm>

namespace sightglass {

namespace {

Error gone(const Path& file)
{
    return {.code = ErrorCode::NotFound,
            .message = printable(file.string()) + " does not exist.",
            .file = file.string()};
}

} // namespace

EditedFiles::EditedFiles(const FileSystem& below, const std::vector<FileEdit>& edits)
    : m_below(below)
{
    for (const FileEdit& edit : edits)
        m_edits[edit.file.lexically_normal()] = edit.contents;
}

const std::optional<std::string>* EditedFiles::edited(const Path& file) const
{
    const auto found = m_edits.find(file.lexically_normal());
    return found == m_edits.end() ? nullptr : &found->second;
}

Result<std::string> EditedFiles::read(const Path& file, std::size_t limit) const
{
    const auto* const edit = edited(file);
    if (edit == nullptr)
        return m_below.read(file, limit);
    if (!*edit)
        return failure(gone(file));
    return (*edit)->substr(0, limit);
}

Result<std::vector<DirectoryEntry>> EditedFiles::list(const Path& folder) const
{
    auto entries = m_below.list(folder);
    if (!entries)
        return entries;
    const Path inside = folder.lexically_normal();
    for (const auto& [file, contents] : m_edits) {
        if (file.parent_path() != inside)
            continue;
        const std::string name = file.filename().string();
        std::erase_if(*entries, [&](const DirectoryEntry& each) { return each.name == name; });
        if (contents)
            entries->push_back({.name = name, .isFile = true});
    }
    std::ranges::sort(*entries, {}, &DirectoryEntry::name);
    return entries;
}

bool EditedFiles::isFile(const Path& path) const
{
    const auto* const edit = edited(path);
    return edit == nullptr ? m_below.isFile(path) : edit->has_value();
}

bool EditedFiles::isDirectory(const Path& path) const
{
    return edited(path) == nullptr && m_below.isDirectory(path);
}

Result<std::uintmax_t> EditedFiles::size(const Path& file) const
{
    const auto* const edit = edited(file);
    if (edit == nullptr)
        return m_below.size(file);
    if (!*edit)
        return failure(gone(file));
    return (*edit)->size();
}

Result<Path> EditedFiles::canonical(const Path& path) const
{
    const auto* const edit = edited(path);
    if (edit == nullptr)
        return m_below.canonical(path);
    if (!*edit)
        return failure(gone(path));
    auto folder = m_below.canonical(path.parent_path());
    return folder ? Result<Path>(*folder / path.filename()) : folder;
}

} // namespace sightglass
