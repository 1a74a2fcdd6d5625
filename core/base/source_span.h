// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

namespace sightglass {

/// A range of a text file. Offsets are bytes, 0-based, half-open; lines and columns (in bytes) are
/// 1-based and only for people; 0 means unknown.
struct SourceSpan
{
    std::string file;
    std::size_t begin = 0;
    std::size_t end = 0;
    int line = 0;
    int column = 0;
    int endLine = 0;
    int endColumn = 0;

    friend bool operator==(const SourceSpan&, const SourceSpan&) = default;
};

} // namespace sightglass
