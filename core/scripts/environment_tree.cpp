// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/environment_tree.h"

#include "core/scripts/python_text.h"

#include <utility>

namespace sightglass {

std::optional<SyntaxTree> environmentTree(const FileSystem& files, const Path& environmentFile)
{
    constexpr std::size_t largestFile = 4'000'000; // bytes
    if (environmentFile.empty())
        return std::nullopt;
    const auto bytes = files.read(environmentFile, largestFile);
    if (!bytes)
        return std::nullopt;
    PythonText decoded = decodePython(*bytes);
    if (decoded.state == PythonText::State::Refused)
        return std::nullopt;
    return SyntaxTree::parse(std::move(decoded.text));
}

} // namespace sightglass
