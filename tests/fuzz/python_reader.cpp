// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a revision file: no crash, and the quick reader says what the tree says.
#include "core/scripts/ini_file.h"
#include "core/scripts/revision_file.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace sightglass;

namespace {

/// A line inside brackets that stands further left than the line that opened them: there the
/// grammar sees the end of a block after an operator, and Python does not.
bool hasLowLine(std::string_view text)
{
    int depth = 0;
    std::size_t opened = 0; // indentation of the line that is not inside brackets
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
        if (depth <= 0)
            opened = indent;
        else if (indent < opened)
            return true;
        for (const char c : line)
            depth += c == '(' || c == '[' || c == '{'   ? 1
                     : c == ')' || c == ']' || c == '}' ? -1
                                                        : 0;
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return false;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const MemoryFileSystem files;
    ProjectModules modules(files, {"/p"});
    const auto quick = readRevisionFile({.file = "/p/x.py", .bytes = bytes}, modules);
    const auto tree =
        readRevisionFile({.file = "/p/x.py", .bytes = bytes, .quick = false}, modules);
    if (!(quick == tree) && !hasLowLine(bytes))
        std::abort();
    readRevisionFile({.file = "/p/x.py", .bytes = bytes, .whole = false}, modules);
    if (const auto ini = IniFile::parse(bytes, "/p/x.ini", "/p")) {
        for (const std::string& section : ini->sections())
            (void)ini->value(section, "sqlalchemy.url");
    }
    return 0;
}
