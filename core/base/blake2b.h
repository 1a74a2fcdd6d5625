// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sightglass {

/// BLAKE2b of the bytes (RFC 7693), without a key, as `size` raw bytes: 1 to 64.
///
/// cost  about a millisecond a megabyte
std::string blake2b(std::string_view bytes, std::size_t size = 32);

/// `bytes` as lower-case hex digits.
std::string hexDigits(std::string_view bytes);

} // namespace sightglass
