// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/canonical_constant.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <map>
#include <utility>

namespace sightglass::canonical {

namespace {

constexpr int deepestJson = 100;

/// jsonb orders keys by their length first.
struct KeyOrder
{
    bool operator()(const std::string& left, const std::string& right) const
    {
        return left.size() != right.size() ? left.size() < right.size() : left < right;
    }
};

std::string quoted(const std::string& text)
{
    struct Escape
    {
        char character;
        char letter;
    };

    static constexpr auto escapes = std::to_array<Escape>({{'"', '"'},
                                                           {'\\', '\\'},
                                                           {'\b', 'b'},
                                                           {'\f', 'f'},
                                                           {'\n', 'n'},
                                                           {'\r', 'r'},
                                                           {'\t', 't'}});
    std::string result = "\"";
    for (const char c : text) {
        const auto* const escape = std::ranges::find(escapes, c, &Escape::character);
        constexpr std::string_view hex = "0123456789abcdef";
        if (escape != escapes.end()) {
            result += '\\';
            result += escape->letter;
        } else if (static_cast<unsigned char>(c) < ' ') {
            result += "\\u00";
            result += hex[static_cast<unsigned char>(c) >> 4];
            result += hex[static_cast<unsigned char>(c) & 0xF];
        } else {
            result += c;
        }
    }
    return result + '"';
}

void appendUtf8(std::string& text, std::uint32_t code)
{
    const auto add = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
    if (code < 0x80) {
        add(code);
    } else if (code < 0x800) {
        add(0xC0 | (code >> 6));
        add(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        add(0xE0 | (code >> 12));
        add(0x80 | ((code >> 6) & 0x3F));
        add(0x80 | (code & 0x3F));
    } else {
        add(0xF0 | (code >> 18));
        add(0x80 | ((code >> 12) & 0x3F));
        add(0x80 | ((code >> 6) & 0x3F));
        add(0x80 | (code & 0x3F));
    }
}

/// Reads one value and writes it as jsonb does. Fails for good at the first fault.
class JsonReader
{
public:
    explicit JsonReader(std::string_view text)
        : m_text(text)
    {}

    std::optional<std::string> read()
    {
        std::string result = value(0);
        skipSpace();
        if (m_failed || m_at != m_text.size())
            return std::nullopt;
        return result;
    }

private:
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    std::string fail()
    {
        m_failed = true;
        m_at = m_text.size();
        return {};
    }

    void skipSpace()
    {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')
            ++m_at;
    }

    bool take(char c)
    {
        skipSpace();
        if (peek() != c)
            return false;
        ++m_at;
        return true;
    }

    std::string value(int depth)
    {
        skipSpace();
        if (depth > deepestJson)
            return fail();
        for (const std::string_view word : {"true", "false", "null"}) {
            if (m_text.substr(m_at).starts_with(word)) {
                m_at += word.size();
                return std::string(word);
            }
        }
        switch (peek()) {
        case '{':
            return object(depth);
        case '[':
            return array(depth);
        case '"':
            return quoted(string());
        default:
            return number();
        }
    }

    std::string array(int depth)
    {
        ++m_at;
        std::string result = "[";
        if (take(']'))
            return "[]";
        do {
            result += (result.size() > 1 ? ", " : "") + value(depth + 1);
        } while (!m_failed && take(','));
        return take(']') ? result + "]" : fail();
    }

    std::string object(int depth)
    {
        ++m_at;
        std::map<std::string, std::string, KeyOrder> members;
        if (take('}'))
            return "{}";
        do {
            skipSpace();
            if (peek() != '"')
                return fail();
            std::string key = string();
            if (!take(':'))
                return fail();
            members[std::move(key)] = value(depth + 1);
        } while (!m_failed && take(','));
        if (!take('}'))
            return fail();
        std::string result = "{";
        for (const auto& [key, member] : members)
            result += (result.size() > 1 ? ", " : "") + quoted(key) + ": " + member;
        return result + "}";
    }

    std::uint32_t hexadecimal()
    {
        constexpr std::size_t digits = 4;
        std::uint32_t code = 0;
        const std::string_view text = m_text.substr(std::min(m_at, m_text.size()), digits);
        const auto read = std::from_chars(text.data(), text.data() + text.size(), code, 16);
        if (text.size() != digits || read.ptr != text.data() + digits)
            fail();
        else
            m_at += digits;
        return code;
    }

    void escape(std::string& into)
    {
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
        const char letter = peek();
        ++m_at;
        if (const std::size_t at = letters.find(letter);
            letter != '\0' && at != std::string_view::npos) {
            into += meant[at];
            return;
        }
        if (letter != 'u') {
            fail();
            return;
        }
        std::uint32_t code = hexadecimal();
        if (code >= 0xD800 && code < 0xDC00 &&
            m_text.substr(std::min(m_at, m_text.size())).starts_with("\\u")) {
            m_at += 2;
            const std::uint32_t low = hexadecimal();
            if (low < 0xDC00 || low > 0xDFFF)
                fail();
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        } else if (code == 0 || (code >= 0xD800 && code < 0xE000)) {
            fail();
        }
        if (!m_failed)
            appendUtf8(into, code);
    }

    std::string string()
    {
        std::string result;
        for (++m_at; m_at < m_text.size() && m_text[m_at] != '"';) {
            const char c = m_text[m_at];
            if (static_cast<unsigned char>(c) < ' ')
                return fail();
            ++m_at;
            if (c == '\\')
                escape(result);
            else
                result += c;
        }
        if (peek() != '"')
            return fail();
        ++m_at;
        return result;
    }

    std::string number()
    {
        const std::size_t begin = m_at;
        const auto digits = [&] {
            const std::size_t first = m_at;
            while (peek() >= '0' && peek() <= '9')
                ++m_at;
            return m_at - first;
        };
        if (peek() == '-')
            ++m_at;
        const bool zero = peek() == '0';
        const std::size_t whole = digits();
        if (whole == 0 || (zero && whole > 1))
            return fail();
        if (peek() == '.') {
            ++m_at;
            if (digits() == 0)
                return fail();
        }
        if ((peek() | 0x20) == 'e') {
            ++m_at;
            if (peek() == '+' || peek() == '-')
                ++m_at;
            if (digits() == 0)
                return fail();
        }
        const auto text = numericText(m_text.substr(begin, m_at - begin));
        return text ? *text : fail();
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    bool m_failed = false;
};

} // namespace

std::optional<std::string> jsonbText(std::string_view json)
{
    return JsonReader(json).read();
}

bool isJson(std::string_view json)
{
    return JsonReader(json).read().has_value();
}

} // namespace sightglass::canonical
