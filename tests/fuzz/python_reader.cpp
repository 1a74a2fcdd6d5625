// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a revision file: no crash, and the quick reader says what the tree says.
#include "core/scripts/ini_file.h"
#include "core/scripts/revision_file.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace sightglass;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const MemoryFileSystem files;
    ProjectModules modules(files, {"/p"});
    const auto quick = readRevisionFile({.file = "/p/x.py", .bytes = bytes}, modules);
    const auto tree =
        readRevisionFile({.file = "/p/x.py", .bytes = bytes, .quick = false}, modules);
    if (!(quick == tree))
        std::abort();
    readRevisionFile({.file = "/p/x.py", .bytes = bytes, .whole = false}, modules);
    if (const auto ini = IniFile::parse(bytes, "/p/x.ini", "/p")) {
        for (const std::string& section : ini->sections())
            (void)ini->value(section, "sqlalchemy.url");
    }
    return 0;
}
