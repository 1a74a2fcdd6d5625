// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

#include <array>
#include <cstdio>

namespace sightglass {

namespace {

/// Bytes of the UTF-8 sequence at `position`, 0 when it is invalid.
std::size_t sequenceLength(std::string_view text, std::size_t position)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[position + i]); };
    const unsigned char first = byte(0);
    std::size_t length = 0;
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        length = 2;
    else if (first >= 0xE0 && first <= 0xEF)
        length = 3;
    else if (first >= 0xF0 && first <= 0xF4)
        length = 4;
    if (length == 0 || position + length > text.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80)
            return 0;
    }
    const bool overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
    const bool outside = (first == 0xED && byte(1) > 0x9F) || (first == 0xF4 && byte(1) > 0x8F);
    return overlong || outside ? 0 : length;
}

std::string escaped(unsigned char byte)
{
    switch (byte) {
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: break;
    }
    std::array<char, 5> buffer{};
    const int written = std::snprintf(buffer.data(), buffer.size(), "\\x%02x", byte);
    return written > 0 ? std::string(buffer.data()) : std::string();
}

} // namespace

std::string_view toText(ErrorCode code)
{
    switch (code) {
    case ErrorCode::NotFound: return "not found";
    case ErrorCode::NotReadable: return "not readable";
    case ErrorCode::Malformed: return "malformed";
    case ErrorCode::Ambiguous: return "ambiguous";
    case ErrorCode::Unsupported: return "unsupported";
    case ErrorCode::Usage: return "usage";
    case ErrorCode::NotPermitted: return "not permitted";
    case ErrorCode::ConnectionLost: return "connection lost";
    case ErrorCode::QueryFailed: return "query failed";
    case ErrorCode::TimedOut: return "timed out";
    case ErrorCode::Cancelled: return "cancelled";
    case ErrorCode::StateChanged: return "state changed";
    case ErrorCode::InDoubt: return "in doubt";
    }
    return "unknown";
}

std::string printable(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = sequenceLength(text, i);
        const auto byte = static_cast<unsigned char>(text[i]);
        if (length == 0 || byte < 0x20 || byte == 0x7F) {
            result += escaped(byte);
            ++i;
            continue;
        }
        result += text.substr(i, length);
        i += length;
    }
    return result;
}

std::string toText(const Error& error)
{
    std::string text;
    if (!error.file.empty()) {
        text += printable(error.file);
        if (error.line > 0)
            text += ":" + std::to_string(error.line);
        text += ": ";
    }
    text += printable(error.message);
    if (!error.nextStep.empty())
        text += " " + printable(error.nextStep);
    return text;
}

} // namespace sightglass
