// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace sightglass {

/// MD5 of the bytes as 32 lower-case hex digits (RFC 1321). Only for names that others make with
/// it; it protects nothing.
std::string md5Hex(std::string_view bytes);

} // namespace sightglass
