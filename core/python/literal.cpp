// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/python/literal.h"

#include <algorithm>
#include <charconv>

namespace sightglass {

bool Literal::isKnown() const
{
    return reason().empty();
}

bool Literal::isSequence() const
{
    return kind == Kind::Tuple || kind == Kind::List || kind == Kind::Set;
}

std::string Literal::reason() const
{
    std::vector<const Literal*> open{this};
    while (!open.empty()) {
        const Literal* one = open.back();
        open.pop_back();
        if (one->kind == Kind::Unknown)
            return one->text.empty() ? std::string("not known") : one->text;
        for (auto item = one->items.rbegin(); item != one->items.rend(); ++item)
            open.push_back(&*item);
    }
    return {};
}

Literal Literal::boolean(bool value)
{
    return {.kind = Kind::Boolean, .text = value ? "True" : "False", .items = {}, .range = {}};
}

Literal Literal::integer(long long value)
{
    return {.kind = Kind::Integer, .text = std::to_string(value), .items = {}, .range = {}};
}

Literal Literal::ofText(std::string value)
{
    return {.kind = Kind::Text, .text = std::move(value), .items = {}, .range = {}};
}

Literal Literal::object(std::string what)
{
    return {.kind = Kind::Object, .text = std::move(what), .items = {}, .range = {}};
}

Literal Literal::unknown(std::string reason)
{
    return {.kind = Kind::Unknown, .text = std::move(reason), .items = {}, .range = {}};
}

bool Literal::sameValue(const Literal& other) const
{
    std::vector<std::pair<const Literal*, const Literal*>> open{{this, &other}};
    while (!open.empty()) {
        const auto [a, b] = open.back();
        open.pop_back();
        if (a->kind != b->kind || a->text != b->text || a->items.size() != b->items.size())
            return false;
        for (std::size_t i = 0; i < a->items.size(); ++i)
            open.emplace_back(&a->items[i], &b->items[i]);
    }
    return true;
}

std::optional<bool> truth(const Literal& value)
{
    switch (value.kind) {
    case Literal::Kind::None:
        return false;
    case Literal::Kind::Boolean:
        return value.text == "True";
    case Literal::Kind::Integer:
        return value.text != "0";
    case Literal::Kind::Text:
    case Literal::Kind::Bytes:
        return !value.text.empty();
    case Literal::Kind::Tuple:
    case Literal::Kind::List:
    case Literal::Kind::Set:
    case Literal::Kind::Dictionary:
        return !value.items.empty();
    case Literal::Kind::Module:
        return true;
    case Literal::Kind::Float:
    case Literal::Kind::Object:
    case Literal::Kind::Unknown:
        return std::nullopt;
    }
    return std::nullopt;
}

std::string kindInWords(const Literal& value)
{
    switch (value.kind) {
    case Literal::Kind::None:
        return "None";
    case Literal::Kind::Boolean:
        return "the boolean " + value.text;
    case Literal::Kind::Integer:
    case Literal::Kind::Float:
        return "the number " + value.text;
    case Literal::Kind::Text:
        return "text";
    case Literal::Kind::Bytes:
        return "bytes";
    case Literal::Kind::Tuple:
        return "a tuple";
    case Literal::Kind::List:
        return "a list";
    case Literal::Kind::Set:
        return "a set";
    case Literal::Kind::Dictionary:
        return "a dictionary";
    case Literal::Kind::Module:
        return "the module " + value.text;
    case Literal::Kind::Object:
        return value.text;
    case Literal::Kind::Unknown:
        return "a value that is not known";
    }
    return {};
}

namespace {

bool appendUtf8(std::string& out, unsigned long code)
{
    const auto put = [&](unsigned long byte) { out += static_cast<char>(byte); };
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return false;
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0U | (code >> 6U));
        put(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        put(0xE0U | (code >> 12U));
        put(0x80U | ((code >> 6U) & 0x3FU));
        put(0x80U | (code & 0x3FU));
    } else {
        put(0xF0U | (code >> 18U));
        put(0x80U | ((code >> 12U) & 0x3FU));
        put(0x80U | ((code >> 6U) & 0x3FU));
        put(0x80U | (code & 0x3FU));
    }
    return true;
}

/// Reads one escape whose backslash stands at `at`; moves `at` behind it. False when it can't be
/// answered.
class Escapes
{
public:
    Escapes(std::string_view part, bool bytes)
        : m_part(part)
        , m_bytes(bytes)
    {}

    bool read(std::size_t& at, std::string& out) const
    {
        if (at + 1 >= m_part.size()) {
            out += '\\';
            ++at;
            return true;
        }
        const char letter = m_part[at + 1];
        static constexpr std::string_view names = "\\'\"abfnrtv";
        static constexpr std::string_view values = "\\'\"\a\b\f\n\r\t\v";
        if (const auto found = names.find(letter); found != std::string_view::npos) {
            out += values[found];
            at += 2;
            return true;
        }
        if (letter == '\n' || letter == '\r') {
            at += m_part.substr(at + 1).starts_with("\r\n") ? 3 : 2;
            return true;
        }
        if (letter >= '0' && letter <= '7')
            return octal(at, out);
        if (letter == 'x')
            return hexadecimal(at, 2, out);
        if (!m_bytes && (letter == 'u' || letter == 'U'))
            return hexadecimal(at, letter == 'u' ? 4 : 8, out);
        if (!m_bytes && letter == 'N')
            return false; // needs the table of Unicode's names
        out += '\\';      // an unknown escape stays as it is
        ++at;
        return true;
    }

private:
    bool put(unsigned long code, std::string& out) const
    {
        if (!m_bytes)
            return appendUtf8(out, code);
        out += static_cast<char>(code & 0xFFU);
        return true;
    }

    bool octal(std::size_t& at, std::string& out) const
    {
        unsigned long code = 0;
        std::size_t length = 1;
        for (; length <= 3 && at + length < m_part.size(); ++length) {
            const char digit = m_part[at + length];
            if (digit < '0' || digit > '7')
                break;
            code = code * 8 + static_cast<unsigned long>(digit - '0');
        }
        at += length;
        return put(code, out);
    }

    bool hexadecimal(std::size_t& at, std::size_t digits, std::string& out) const
    {
        if (at + 2 + digits > m_part.size())
            return false;
        unsigned long code = 0;
        const char* first = m_part.data() + at + 2;
        const auto [last, problem] = std::from_chars(first, first + digits, code, 16);
        if (problem != std::errc() || last != first + digits)
            return false;
        at += 2 + digits;
        return put(code, out);
    }

    std::string_view m_part;
    bool m_bytes;
};

bool has(std::string_view prefix, char lower)
{
    return std::ranges::any_of(prefix, [&](char c) { return (c | 0x20) == lower; });
}

} // namespace

std::optional<std::string> decodeStringPart(std::string_view part, std::string_view prefix)
{
    const bool raw = has(prefix, 'r');
    const bool format = has(prefix, 'f');
    const Escapes escapes(part, has(prefix, 'b'));
    std::string out;
    out.reserve(part.size());
    for (std::size_t at = 0; at < part.size();) {
        const char c = part[at];
        if (c == '\\' && !raw) {
            if (!escapes.read(at, out))
                return std::nullopt;
            continue;
        }
        if (c == '\r') { // every end of a line is \n to Python
            out += '\n';
            at += at + 1 < part.size() && part[at + 1] == '\n' ? 2 : 1;
            continue;
        }
        const bool doubled =
            format && (c == '{' || c == '}') && at + 1 < part.size() && part[at + 1] == c;
        out += c;
        at += doubled ? 2 : 1;
    }
    return out;
}

Literal decodeString(std::string_view spelled)
{
    const auto quote = spelled.find_first_of("'\"");
    if (quote == std::string_view::npos)
        return Literal::unknown("it is no string literal");
    const std::string_view prefix = spelled.substr(0, quote);
    std::string_view body = spelled.substr(quote);
    const std::string_view triple = body.substr(0, 3);
    const std::size_t width = triple == "'''" || triple == "\"\"\"" ? 3 : 1;
    const std::string_view mark = body.substr(0, width);
    if (body.size() < 2 * width || !body.ends_with(mark))
        return Literal::unknown("a string that does not end");
    body = body.substr(width, body.size() - 2 * width);
    auto text = decodeStringPart(body, prefix);
    if (!text)
        return Literal::unknown("a string with an escape that is not resolved here");
    Literal result = Literal::ofText(std::move(*text));
    if (has(prefix, 'b'))
        result.kind = Literal::Kind::Bytes;
    return result;
}

} // namespace sightglass
