// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// `:name` where text() takes it for a bind parameter: not after a colon, a word character or a
/// backslash, wherever it stands, and not before a colon.
struct BindMark
{
    std::size_t begin = 0; ///< of the colon
    std::size_t end = 0;
    std::string name;
};

/// source  SQLAlchemy sql/compiler.py, BIND_PARAMS
std::vector<BindMark> bindMarks(std::string_view text);
/// `\:` as `:`.
/// source  SQLAlchemy sql/compiler.py, BIND_PARAMS_ESC
std::string withoutColonEscapes(std::string_view text);

/// `%(name)s` and `%s` of the driver's own text.
std::vector<BindMark> driverMarks(std::string_view text);
/// `%%` as `%`.
std::string withoutPercentEscapes(std::string_view text);

} // namespace sightglass
