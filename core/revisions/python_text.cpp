// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/revisions/python_text.h"

#include <array>

namespace sightglass {

namespace {

void appendEscaped(std::string& out, char c, char quote)
{
    constexpr std::string_view digits = "0123456789abcdef";
    const auto code = static_cast<unsigned char>(c);
    if (c == '\\' || c == quote) {
        out += '\\';
        out += c;
    } else if (c == '\n') {
        out += "\\n";
    } else if (c == '\r') {
        out += "\\r";
    } else if (c == '\t') {
        out += "\\t";
    } else if (code < 0x20 || code == 0x7f) {
        out += "\\x";
        out += digits[code >> 4];
        out += digits[code & 0xf];
    } else {
        out += c;
    }
}

} // namespace

std::string pythonRepr(std::string_view text)
{
    const bool hasSingle = text.find('\'') != std::string_view::npos;
    const bool hasDouble = text.find('"') != std::string_view::npos;
    const char quote = hasSingle && !hasDouble ? '"' : '\'';
    std::string out(1, quote);
    for (const char c : text)
        appendEscaped(out, c, quote);
    out += quote;
    return out;
}

std::string pythonTuple(std::span<const std::string> texts)
{
    std::string out = "(";
    for (const std::string& text : texts) {
        if (out.size() > 1)
            out += ", ";
        out += pythonRepr(text);
    }
    out += texts.size() == 1 ? ",)" : ")";
    return out;
}

std::string joined(std::span<const std::string> texts, std::string_view separator)
{
    std::string out;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (i > 0)
            out += separator;
        out += texts[i];
    }
    return out;
}

} // namespace sightglass
