// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/blake2b.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace sightglass {

namespace {

constexpr std::size_t blockBytes = 128;

using Words = std::array<std::uint64_t, 8>;

constexpr Words initial = {0x6a09e667f3bcc908,
                           0xbb67ae8584caa73b,
                           0x3c6ef372fe94f82b,
                           0xa54ff53a5f1d36f1,
                           0x510e527fade682d1,
                           0x9b05688c2b3e6c1f,
                           0x1f83d9abfb41bd6b,
                           0x5be0cd19137e2179};

constexpr std::array<std::array<std::uint8_t, 16>, 10> orders = {{
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
}};

constexpr std::array<std::array<std::uint8_t, 4>, 8> lanes = {{
    {0, 4, 8, 12},
    {1, 5, 9, 13},
    {2, 6, 10, 14},
    {3, 7, 11, 15},
    {0, 5, 10, 15},
    {1, 6, 11, 12},
    {2, 7, 8, 13},
    {3, 4, 9, 14},
}};

/// A block's words; what it lacks to its full length is zero.
std::array<std::uint64_t, 16> wordsOf(std::string_view block)
{
    std::array<std::uint64_t, 16> words{};
    if constexpr (std::endian::native == std::endian::little) {
        std::memcpy(words.data(), block.data(), block.size());
    } else {
        for (std::size_t i = 0; i < block.size(); ++i)
            words[i / 8] |= static_cast<std::uint64_t>(static_cast<unsigned char>(block[i]))
                            << (8 * (i % 8));
    }
    return words;
}

void compress(Words& state, std::string_view block, std::uint64_t count, bool last)
{
    const auto words = wordsOf(block);
    std::array<std::uint64_t, 16> v{};
    std::ranges::copy(state, v.begin());
    std::ranges::copy(initial, v.begin() + 8);
    v[12] ^= count; // texts are shorter than 2^64 bytes
    if (last)
        v[14] = ~v[14];
    for (std::size_t round = 0; round < 12; ++round) {
        const auto& order = orders[round % orders.size()];
        for (std::size_t i = 0; i < lanes.size(); ++i) {
            const auto& [a, b, c, d] = lanes[i];
            v[a] += v[b] + words[order[2 * i]];
            v[d] = std::rotr(v[d] ^ v[a], 32);
            v[c] += v[d];
            v[b] = std::rotr(v[b] ^ v[c], 24);
            v[a] += v[b] + words[order[2 * i + 1]];
            v[d] = std::rotr(v[d] ^ v[a], 16);
            v[c] += v[d];
            v[b] = std::rotr(v[b] ^ v[c], 63);
        }
    }
    for (std::size_t i = 0; i < state.size(); ++i)
        state[i] ^= v[i] ^ v[i + 8];
}

} // namespace

Blake2bStream::Blake2bStream(std::size_t size)
    : m_state(initial)
    , m_size(size)
{
    m_state[0] ^= 0x01010000U ^ static_cast<std::uint64_t>(size);
}

void Blake2bStream::add(std::string_view bytes)
{
    // The last block is told apart from the others, so one is always kept back.
    const std::size_t lacking = blockBytes - m_rest.size();
    if (bytes.size() <= lacking) {
        m_rest += bytes;
        return;
    }
    const auto take = [this](std::string_view block) {
        m_count += blockBytes;
        compress(m_state, block, m_count, false);
    };
    if (!m_rest.empty()) {
        m_rest += bytes.substr(0, lacking);
        bytes.remove_prefix(lacking);
        take(m_rest);
    }
    while (bytes.size() > blockBytes) {
        take(bytes.substr(0, blockBytes));
        bytes.remove_prefix(blockBytes);
    }
    m_rest = bytes;
}

std::string Blake2bStream::digest()
{
    compress(m_state, m_rest, m_count + m_rest.size(), true);
    std::string digest;
    for (std::size_t i = 0; i < m_size; ++i)
        digest.push_back(static_cast<char>((m_state[i / 8] >> (8 * (i % 8))) & 0xFFU));
    return digest;
}

std::string blake2b(std::string_view bytes, std::size_t size)
{
    Blake2bStream stream(size);
    stream.add(bytes);
    return stream.digest();
}

std::string hexDigits(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char each : bytes) {
        const auto byte = static_cast<unsigned char>(each);
        text.push_back(digits[byte >> 4U]);
        text.push_back(digits[byte & 0xFU]);
    }
    return text;
}

} // namespace sightglass
