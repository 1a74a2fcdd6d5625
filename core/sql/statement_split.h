// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// A statement of a text, or a command to psql.
struct StatementRange
{
    std::size_t begin = 0; ///< of its first token
    std::size_t end = 0;   ///< behind its last token, its semicolon left out
    bool command = false;  ///< begins with a backslash
};

/// The statements of `text` as psql finds them: at semicolons outside of parentheses and of SQL
/// function bodies. Empty ones are left out.
///
/// script  lines that begin a backslash command, and data behind COPY … FROM stdin, are understood
std::vector<StatementRange> splitStatements(std::string_view text, bool script);

} // namespace sightglass
