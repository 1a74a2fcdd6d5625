// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/python_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace sightglass {

namespace {

using State = PythonText::State;

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

/// Letters of Windows-1252 in 0x80…0x9F; 0 = none.
constexpr std::array<std::uint16_t, 32> windows1252{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

enum class Charset
{
    Utf8,
    Ascii,
    Latin1,
    Latin9,
    Windows1252,
    SingleByte, ///< known to Python, ASCII below 0x80, its table is not here
    Other,      ///< known to Python, ASCII bytes may be parts of letters
    NoSuch,
};

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names)
{
    return std::ranges::find(names, name) != names.end();
}

Charset charsetOf(std::string_view name)
{
    if (isOneOf(name, {"utf-8", "utf8", "u8", "utf", "utf-8-sig", "cp65001"}) ||
        name.starts_with("utf-8-"))
        return Charset::Utf8;
    if (isOneOf(name, {"ascii", "us-ascii", "646"}))
        return Charset::Ascii;
    if (isOneOf(name,
                {"latin-1", "latin1", "latin", "l1", "iso-8859-1", "iso8859-1", "8859", "cp819"}))
        return Charset::Latin1;
    if (isOneOf(name, {"iso-8859-15", "iso8859-15", "latin-9", "latin9", "l9"}))
        return Charset::Latin9;
    if (isOneOf(name, {"cp1252", "windows-1252", "1252"}))
        return Charset::Windows1252;
    static constexpr std::array single{"cp125",
                                       "windows-125",
                                       "125",
                                       "koi8-",
                                       "iso-8859-",
                                       "iso8859-",
                                       "mac-",
                                       "cp43",
                                       "cp85",
                                       "cp86",
                                       "cp77",
                                       "latin-",
                                       "latin",
                                       "tis-620"};
    if (std::ranges::any_of(single,
                            [&](std::string_view start) { return name.starts_with(start); }))
        return Charset::SingleByte;
    static constexpr std::array others{"utf-16",
                                       "utf-32",
                                       "utf-7",
                                       "gb",
                                       "big5",
                                       "euc",
                                       "shift",
                                       "sjis",
                                       "johab",
                                       "iso-2022",
                                       "hz",
                                       "cp93",
                                       "cp94",
                                       "cp95"};
    if (std::ranges::any_of(others,
                            [&](std::string_view start) { return name.starts_with(start); }))
        return Charset::Other;
    return Charset::NoSuch;
}

/// Name in a line such as `# -*- coding: latin-1 -*-`; empty when it has none.
std::string codingOf(std::string_view line)
{
    const auto first = line.find_first_not_of(" \t\f");
    if (first == std::string_view::npos || line[first] != '#')
        return {};
    for (auto at = line.find("coding", first); at != std::string_view::npos;
         at = line.find("coding", at + 1)) {
        std::size_t next = at + 6;
        if (next >= line.size() || (line[next] != ':' && line[next] != '='))
            continue;
        next = line.find_first_not_of(" \t", next + 1);
        std::string name;
        for (; next < line.size(); ++next) {
            const char c = line[next];
            const bool upper = c >= 'A' && c <= 'Z';
            const bool fits = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                              c == '-' || c == '_' || c == '.';
            if (!fits)
                break;
            name += upper ? static_cast<char>(c | 0x20) : c == '_' ? '-' : c;
        }
        if (!name.empty())
            return name;
    }
    return {};
}

std::string declaredCoding(std::string_view bytes)
{
    for (int number = 0; number < 2; ++number) {
        const auto end = bytes.find_first_of("\r\n");
        const std::string_view line = bytes.substr(0, end);
        if (std::string name = codingOf(line); !name.empty())
            return name;
        const auto first = line.find_first_not_of(" \t\f");
        const bool comment = first == std::string_view::npos || line[first] == '#';
        if (!comment || end == std::string_view::npos)
            return {};
        bytes.remove_prefix(end + (bytes.substr(end).starts_with("\r\n") ? 2 : 1));
    }
    return {};
}

void append(std::string& out, unsigned code)
{
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0U | (code >> 6U));
        out += static_cast<char>(0x80U | (code & 0x3FU));
    } else {
        out += static_cast<char>(0xE0U | (code >> 12U));
        out += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
        out += static_cast<char>(0x80U | (code & 0x3FU));
    }
}

unsigned letter(unsigned char byte, Charset charset)
{
    if (charset == Charset::Windows1252 && byte >= 0x80 && byte < 0xA0)
        return windows1252[byte - 0x80U];
    if (charset == Charset::Latin9) {
        static constexpr std::array<std::array<unsigned, 2>, 8> changed{{{0xA4, 0x20AC},
                                                                         {0xA6, 0x160},
                                                                         {0xA8, 0x161},
                                                                         {0xB4, 0x17D},
                                                                         {0xB8, 0x17E},
                                                                         {0xBC, 0x152},
                                                                         {0xBD, 0x153},
                                                                         {0xBE, 0x178}}};
        for (const auto& [from, to] : changed) {
            if (byte == from)
                return to;
        }
    }
    return byte;
}

/// Position of the first byte that is no UTF-8; npos when all is well.
std::size_t firstInvalid(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = [&](std::size_t i) {
            return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
        };
        const unsigned first = byte(0);
        if (first < 0x80) {
            ++at;
            continue;
        }
        const std::size_t length = first >= 0xC2 && first <= 0xDF   ? 2
                                   : first >= 0xE0 && first <= 0xEF ? 3
                                   : first >= 0xF0 && first <= 0xF4 ? 4
                                                                    : 0;
        if (length == 0)
            return at;
        for (std::size_t i = 1; i < length; ++i) {
            if ((byte(i) & 0xC0U) != 0x80)
                return at;
        }
        const bool overlong =
            (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
        const bool outside = (first == 0xED && byte(1) > 0x9F) || (first == 0xF4 && byte(1) > 0x8F);
        if (overlong || outside)
            return at;
        at += length;
    }
    return std::string_view::npos;
}

std::string hexOf(char byte)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    const auto value = static_cast<unsigned char>(byte);
    return std::string("0x") + digits[value >> 4U] + digits[value & 0xFU];
}

PythonText refused(std::string problem, std::string alembic, std::size_t at = 0)
{
    return {.state = State::Refused,
            .text = {},
            .skipped = 0,
            .problem = std::move(problem),
            .alembic = std::move(alembic),
            .problemAt = at};
}

/// UTF-8 text, or what is left of it when single bytes are wrong.
PythonText checkedUtf8(std::string_view bytes, std::size_t skipped, bool whole)
{
    PythonText result{.state = State::Decoded,
                      .text = {},
                      .skipped = skipped,
                      .problem = {},
                      .alembic = {},
                      .problemAt = 0};
    auto invalid = firstInvalid(bytes);
    if (!whole && invalid != std::string_view::npos && invalid + 4 > bytes.size()) {
        bytes = bytes.substr(0, invalid);
        invalid = std::string_view::npos;
    }
    result.text = bytes;
    if (invalid == std::string_view::npos)
        return result;
    result.state = State::Approximate;
    result.problemAt = skipped + invalid;
    result.problem = "is not UTF-8 at byte " + std::to_string(result.problemAt) +
                     " and names no other encoding; save it as UTF-8 or put a coding line on top";
    result.alembic = "SyntaxError: (unicode error) 'utf-8' codec can't decode byte " +
                     hexOf(bytes[invalid]) + " in position " + std::to_string(result.problemAt);
    return result;
}

PythonText singleByte(std::string_view bytes, Charset charset, const std::string& name)
{
    PythonText result;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80 || charset != Charset::SingleByte)
            append(result.text, letter(byte, charset));
        else
            append(result.text, 0xFFFD);
    }
    if (charset == Charset::SingleByte) {
        result.state = State::Approximate;
        result.problem =
            "declares the encoding " + name +
            ", whose letters outside ASCII are not decoded here; save it as UTF-8 to see them";
    }
    return result;
}

} // namespace

bool isUtf8(std::string_view text)
{
    return firstInvalid(text) == std::string_view::npos;
}

PythonText decodePython(std::string_view bytes, bool whole)
{
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        return refused("is UTF-16, which Python does not read; save it as UTF-8",
                       "SyntaxError: (unicode error) 'utf-8' codec can't decode byte " +
                           hexOf(bytes[0]) + " in position 0: invalid start byte");
    }
    if (const auto zero = bytes.find('\0'); zero != std::string_view::npos) {
        return refused("has a zero byte at " + std::to_string(zero) +
                           "; restore it from version control or another copy",
                       "ValueError: source code string cannot contain null bytes",
                       zero);
    }
    const std::size_t skipped = bytes.starts_with(byteOrderMark) ? byteOrderMark.size() : 0;
    const std::string_view body = bytes.substr(skipped);
    const std::string name = declaredCoding(body);
    const Charset charset = name.empty() ? Charset::Utf8 : charsetOf(name);
    if (charset == Charset::Utf8)
        return checkedUtf8(body, skipped, whole);
    if (skipped != 0) {
        PythonText result = checkedUtf8(body, skipped, whole);
        result.state = State::Approximate;
        result.problem = "begins with UTF-8's byte order mark and declares the encoding " + name +
                         "; remove one of the two";
        result.alembic = "SyntaxError: encoding problem: " + name + " with BOM";
        return result;
    }
    if (charset == Charset::NoSuch || charset == Charset::Other) {
        return refused(
            "declares the encoding " + name + ", which is not decoded here; save it as UTF-8",
            charset == Charset::NoSuch ? "SyntaxError: unknown encoding: " + name : std::string());
    }
    if (charset == Charset::Ascii) {
        const auto high = std::ranges::find_if(
            body, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
        if (high == body.end())
            return checkedUtf8(body, skipped, whole);
        PythonText result = singleByte(body, Charset::SingleByte, name);
        result.problemAt = static_cast<std::size_t>(high - body.begin());
        result.problem = "declares ASCII and has another byte at " +
                         std::to_string(result.problemAt) +
                         "; save it as UTF-8 and remove the coding line";
        result.alembic =
            "SyntaxError: (unicode error) 'ascii' codec can't decode byte " + hexOf(*high);
        return result;
    }
    return singleByte(body, charset, name);
}

} // namespace sightglass
