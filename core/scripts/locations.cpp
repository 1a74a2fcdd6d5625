// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/locations.h"

#include "core/scripts/project_modules.h"

#include <algorithm>

namespace sightglass {

namespace {

constexpr std::size_t highest = 8; // folders above, where no repository says where to stop

std::string trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::vector<std::string> splitAt(std::string_view text, std::string_view separators)
{
    std::vector<std::string> pieces;
    std::string piece;
    for (const char c : text) {
        if (separators.find(c) == std::string_view::npos) {
            piece += c;
            continue;
        }
        pieces.push_back(trimmed(piece));
        piece.clear();
    }
    pieces.push_back(trimmed(piece));
    std::erase(pieces, std::string());
    return pieces;
}

void addRoot(std::vector<Path>& roots, const FileSystem& files, const Path& path)
{
    const Path normal = path.lexically_normal();
    if (std::ranges::find(roots, normal) == roots.end() && files.isDirectory(normal))
        roots.push_back(normal);
}

} // namespace

std::vector<Path> foldersUpward(const FileSystem& files, const Path& folder)
{
    std::vector<Path> folders;
    for (Path one = folder; folders.size() <= highest && one.has_relative_path();
         one = one.parent_path()) {
        folders.push_back(one);
        if (files.isDirectory(one / ".git") || files.isFile(one / ".git"))
            return folders;
    }
    return folders;
}

std::vector<Path> importRootsOf(const FileSystem& files,
                                const Path& folder,
                                const std::vector<std::string>& prepended)
{
    std::vector<Path> roots;
    for (const std::string& entry : prepended)
        addRoot(roots, files, folder / entry);
    for (const Path& one : foldersUpward(files, folder)) {
        addRoot(roots, files, one);
        addRoot(roots, files, one / "src");
    }
    return roots;
}

Result<std::vector<std::string>> splitPaths(const std::string& text,
                                            const std::optional<Setting>& separator,
                                            std::string_view legacySeparators)
{
    if (!separator || separator->text.empty())
        return splitAt(text, legacySeparators);
    const std::string& word = separator->text;
    if (word == "space")
        return splitAt(text, " ");
    if (word == "newline")
        return splitAt(text, "\n");
    if (word == "os" || word == ":")
        return splitAt(text, ":");
    if (word == ";")
        return splitAt(text, ";");
    return failure(
        Error{.code = ErrorCode::Malformed,
              .message = "'" + printable(word) +
                         "' is not a valid value for path_separator; expected 'space', "
                         "'newline', 'os', ':', ';'.",
              .nextStep =
                  word.find('#') == std::string::npos
                      ? "Write one of these words."
                      : "Move the comment to a line of its own; in an ini it is part of the value.",
              .file = separator->span.file,
              .line = separator->span.line});
}

ResolvedPath resolvePath(const FileSystem& files,
                         const std::string& text,
                         const Path& folder,
                         const std::vector<Path>& roots)
{
    const Path path(text);
    if (path.is_absolute())
        return {.path = path.lexically_normal(), .exists = files.isDirectory(path), .note = {}};
    const auto colon = text.find(':');
    if (colon == std::string::npos) {
        for (const Path& base : foldersUpward(files, folder)) {
            const Path one = (base / path).lexically_normal();
            if (!files.isDirectory(one))
                continue;
            std::string note;
            if (base != folder) {
                note = "The path " + printable(text) +
                       " is relative to the folder Alembic is started in; it was found under " +
                       base.string() + ".";
            }
            return {.path = one, .exists = true, .note = std::move(note)};
        }
        return {.path = (folder / path).lexically_normal(), .exists = false, .note = {}};
    }
    const std::string package = text.substr(0, colon);
    std::string inside = text.substr(colon + 1);
    std::ranges::replace(inside, ':', '/');
    const auto found = ProjectModules(files, roots).locate(package);
    if (!found) {
        return {.path = (folder / inside).lexically_normal(),
                .exists = false,
                .note = "The package " + printable(package) + " of " + printable(text) +
                        " was not found in the project; it may be installed elsewhere."};
    }
    const Path base = files.isFile(*found) ? found->parent_path() : *found;
    const Path one = (base / inside).lexically_normal();
    return {.path = one, .exists = files.isDirectory(one), .note = {}};
}

} // namespace sightglass
