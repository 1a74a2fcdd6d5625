// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sightglass {

/// BLAKE2b of the bytes (RFC 7693), without a key, as `size` raw bytes: 1 to 64.
///
/// cost  about a millisecond a megabyte
std::string blake2b(std::string_view bytes, std::size_t size = 32);

/// The same of bytes that come in pieces.
class Blake2bStream
{
public:
    explicit Blake2bStream(std::size_t size = 32);

    void add(std::string_view bytes);
    /// Of everything that was added; nothing can be added after it.
    std::string digest();

private:
    std::array<std::uint64_t, 8> m_state;
    std::string m_rest; ///< at most one block
    std::uint64_t m_count = 0;
    std::size_t m_size;
};

/// `bytes` as lower-case hex digits.
std::string hexDigits(std::string_view bytes);

} // namespace sightglass
