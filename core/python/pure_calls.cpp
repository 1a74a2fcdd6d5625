// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/python/pure_calls.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace sightglass {

namespace {

using Kind = Literal::Kind;

constexpr std::size_t longest = 1'000'000; // bytes of a text that is built here

Literal sequenceOf(Kind kind, std::vector<Literal> items)
{
    Literal result{.kind = kind, .text = {}, .items = {}, .range = {}};
    for (Literal& item : items) {
        const bool repeated =
            kind == Kind::Set && std::ranges::any_of(result.items, [&](const Literal& one) {
                return one.sameValue(item);
            });
        if (!repeated)
            result.items.push_back(std::move(item));
    }
    return result;
}

std::optional<std::vector<Literal>> elements(const Literal& value)
{
    if (value.isSequence())
        return value.items;
    if (value.kind == Kind::Dictionary) {
        std::vector<Literal> keys;
        for (std::size_t i = 0; i < value.items.size(); i += 2)
            keys.push_back(value.items[i]);
        return keys;
    }
    return std::nullopt;
}

std::optional<Literal> converted(const PureCall& call, Kind kind)
{
    if (call.arguments.empty())
        return sequenceOf(kind, {});
    auto items = elements(call.arguments.front());
    if (!items || call.arguments.size() != 1)
        return std::nullopt;
    return sequenceOf(kind, std::move(*items));
}

std::string_view trimmed(std::string_view text, bool left, bool right)
{
    static constexpr std::string_view blanks = " \t\n\r\f\v";
    while (left && !text.empty() && blanks.find(text.front()) != std::string_view::npos)
        text.remove_prefix(1);
    while (right && !text.empty() && blanks.find(text.back()) != std::string_view::npos)
        text.remove_suffix(1);
    return text;
}

bool isAscii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::optional<std::string>
replaced(std::string_view text, std::string_view from, std::string_view to)
{
    std::string out;
    std::size_t done = 0;
    for (auto at = text.find(from); at != std::string_view::npos; at = text.find(from, done)) {
        out.append(text, done, at - done).append(to);
        done = at + from.size();
        if (out.size() > longest)
            return std::nullopt;
    }
    return out.append(text, done);
}

std::optional<std::string> formatted(std::string_view format, const PureCall& call)
{
    std::string out;
    std::size_t next = 0;
    for (std::size_t at = 0; at < format.size(); ++at) {
        const char c = format[at];
        if (c != '{' && c != '}') {
            out += c;
            continue;
        }
        if (at + 1 < format.size() && format[at + 1] == c) {
            out += c;
            ++at;
            continue;
        }
        const auto close = format.find('}', at);
        if (c == '}' || close == std::string_view::npos)
            return std::nullopt;
        const std::string_view field = format.substr(at + 1, close - at - 1);
        const Literal* value = nullptr;
        std::size_t index = next;
        const auto [last, problem] =
            std::from_chars(field.data(), field.data() + field.size(), index);
        const bool numbered = problem == std::errc() && last == field.data() + field.size();
        if (field.empty() || numbered) {
            if (field.empty())
                ++next;
            if (index < call.arguments.size())
                value = &call.arguments[index];
        } else {
            for (const auto& [name, item] : call.keywords) {
                if (name == field)
                    value = &item;
            }
        }
        const auto text = value == nullptr ? std::nullopt : asText(*value);
        if (!text || out.size() > longest)
            return std::nullopt;
        out += *text;
        at = close;
    }
    return out;
}

std::optional<Literal> joined(const Literal& separator, const PureCall& call)
{
    const auto items = call.arguments.size() == 1 ? elements(call.arguments.front()) : std::nullopt;
    if (!items || call.arguments.front().kind == Kind::Set)
        return std::nullopt; // a set's order changes from run to run
    std::string out;
    for (std::size_t i = 0; i < items->size(); ++i) {
        if (!(*items)[i].isText() || out.size() > longest)
            return std::nullopt;
        out += (i == 0 ? "" : separator.text) + (*items)[i].text;
    }
    return Literal::ofText(std::move(out));
}

} // namespace

bool isBuiltin(std::string_view name)
{
    static constexpr std::array names{
        "bool",   "bytes", "callable", "dict",  "float",  "frozenset", "id",    "int",  "len",
        "list",   "map",   "max",      "min",   "object", "print",     "range", "repr", "set",
        "sorted", "str",   "sum",      "super", "tuple",  "type",      "zip"};
    return std::ranges::find(names, name) != names.end();
}

std::optional<std::string> asText(const Literal& value)
{
    if (value.kind == Kind::None)
        return "None";
    if (value.kind == Kind::Text || value.kind == Kind::Boolean || value.kind == Kind::Integer)
        return value.text;
    return std::nullopt;
}

std::optional<std::string> percentFormatted(std::string_view format, const Literal& value)
{
    std::string out;
    std::size_t next = 0;
    for (std::size_t at = 0; at < format.size(); ++at) {
        if (format[at] != '%') {
            out += format[at];
            continue;
        }
        if (++at >= format.size())
            return std::nullopt;
        if (format[at] == '%') {
            out += '%';
            continue;
        }
        const Literal* item = nullptr;
        if (format[at] == '(') {
            const auto close = format.find(')', at);
            if (close == std::string_view::npos || close + 1 >= format.size() ||
                value.kind != Kind::Dictionary)
                return std::nullopt;
            const std::string_view key = format.substr(at + 1, close - at - 1);
            for (std::size_t i = 0; i + 1 < value.items.size(); i += 2) {
                if (value.items[i].isText() && value.items[i].text == key)
                    item = &value.items[i + 1];
            }
            at = close + 1;
        } else if (value.kind == Kind::Tuple) {
            item = next < value.items.size() ? &value.items[next++] : nullptr;
        } else {
            item = next++ == 0 ? &value : nullptr;
        }
        const bool number = format[at] == 'd' || format[at] == 'i';
        if (item == nullptr || (format[at] != 's' && !(number && item->kind == Kind::Integer)))
            return std::nullopt;
        const auto text = asText(*item);
        if (!text || out.size() > longest)
            return std::nullopt;
        out += *text;
    }
    if (value.kind == Kind::Tuple && next != value.items.size())
        return std::nullopt;
    return out;
}

std::optional<Literal> pureFunction(const PureCall& call)
{
    if (call.splat)
        return std::nullopt;
    if (call.name == "dict" && call.arguments.empty()) {
        Literal result{.kind = Kind::Dictionary, .text = {}, .items = {}, .range = {}};
        for (const auto& [name, value] : call.keywords) {
            result.items.push_back(Literal::ofText(std::string(name)));
            result.items.push_back(value);
        }
        return result;
    }
    if (!call.keywords.empty())
        return std::nullopt;
    if (call.name == "tuple" || call.name == "list")
        return converted(call, call.name == "tuple" ? Kind::Tuple : Kind::List);
    if (call.name == "set" || call.name == "frozenset")
        return converted(call, Kind::Set);
    if (call.name == "str" && call.arguments.size() == 1) {
        auto text = asText(call.arguments.front());
        return text ? std::optional(Literal::ofText(std::move(*text))) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<Literal> pureMethod(const Literal& object, const PureCall& call)
{
    if (call.splat || !object.isText())
        return std::nullopt;
    if (call.name == "format") {
        auto text = formatted(object.text, call);
        return text ? std::optional(Literal::ofText(std::move(*text))) : std::nullopt;
    }
    if (!call.keywords.empty())
        return std::nullopt;
    if (call.name == "join")
        return joined(object, call);
    const auto& given = call.arguments;
    if (call.name == "replace" && given.size() == 2 && given[0].isText() && given[1].isText() &&
        !given[0].text.empty()) {
        auto text = replaced(object.text, given[0].text, given[1].text);
        return text ? std::optional(Literal::ofText(std::move(*text))) : std::nullopt;
    }
    if (!given.empty() || !isAscii(object.text))
        return std::nullopt;
    if (call.name == "strip" || call.name == "lstrip" || call.name == "rstrip")
        return Literal::ofText(
            std::string(trimmed(object.text, call.name != "rstrip", call.name != "lstrip")));
    if (call.name == "lower" || call.name == "upper") {
        std::string text = object.text;
        const bool lower = call.name == "lower";
        std::ranges::transform(text, text.begin(), [&](char c) {
            const bool letter = lower ? (c >= 'A' && c <= 'Z') : (c >= 'a' && c <= 'z');
            return letter ? static_cast<char>(c ^ 0x20) : c;
        });
        return Literal::ofText(std::move(text));
    }
    return std::nullopt;
}

} // namespace sightglass
