// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sightglass {

/// The bytes of a Python file as UTF-8, decoded as Python would.
struct PythonText
{
    enum class State
    {
        Decoded,
        Approximate, ///< identifiers can be trusted, letters outside ASCII can't
        Refused,     ///< nothing to read; `text` is empty
    };
    State state = State::Decoded;
    std::string text;
    std::size_t skipped = 0;   ///< bytes of the file before `text`: a byte order mark
    std::string problem;       ///< the rest of a sentence after the file's name; empty when Decoded
    std::string alembic;       ///< what Python says, empty if it goes on
    std::size_t problemAt = 0; ///< byte of the file, where one is to blame
};

/// Decodes a source file: byte order mark, coding line (PEP 263), UTF-8 otherwise.
///
/// whole   false when `bytes` is only the start of a file (a letter cut in two is dropped)
/// source  PEP 263, PEP 3120; Python 3.11's tokenizer
PythonText decodePython(std::string_view bytes, bool whole = true);

bool isUtf8(std::string_view text);

} // namespace sightglass
