// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/execute_text.h"

namespace sightglass {

namespace {

/// [\w$] of a Python pattern; letters beyond ASCII are words there, other signs beyond it are rare.
bool isName(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || byte >= 0x80;
}

} // namespace

std::vector<BindMark> bindMarks(std::string_view text)
{
    std::vector<BindMark> marks;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != ':')
            continue;
        if (at > 0 && (text[at - 1] == ':' || text[at - 1] == '\\' || isName(text[at - 1])))
            continue;
        std::size_t end = at + 1;
        while (end < text.size() && isName(text[end]))
            ++end;
        if (end == at + 1 || (end < text.size() && text[end] == ':'))
            continue;
        marks.push_back({at, end, std::string(text.substr(at + 1, end - at - 1))});
        at = end - 1;
    }
    return marks;
}

std::string withoutColonEscapes(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] == ':') {
            std::size_t end = at + 2;
            while (end < text.size() && isName(text[end]))
                ++end;
            if (end == text.size() || text[end] != ':')
                continue;
        }
        result += text[at];
    }
    return result;
}

std::vector<BindMark> driverMarks(std::string_view text)
{
    std::vector<BindMark> marks;
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
        if (text[at] != '%')
            continue;
        if (text[at + 1] == '%') {
            ++at;
        } else if (text[at + 1] == 's') {
            marks.push_back({at, at + 2, {}});
        } else if (text[at + 1] == '(') {
            const std::size_t close = text.find(")s", at);
            if (close == std::string_view::npos)
                break;
            marks.push_back({at, close + 2, std::string(text.substr(at + 2, close - at - 2))});
            at = close + 1;
        }
    }
    return marks;
}

std::string withoutPercentEscapes(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        result += text[at];
        if (text[at] == '%' && at + 1 < text.size() && text[at + 1] == '%')
            ++at;
    }
    return result;
}

} // namespace sightglass
