// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/containers.h"
#include "core/evaluation/evaluator.h"
#include "core/evaluation/text_format.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

const std::string& self(const Value& value)
{
    return *value.asText();
}

/// Case and character classes are followed for ASCII only.
bool isAscii(std::string_view text)
{
    return std::ranges::all_of(text,
                               [](char each) { return static_cast<unsigned char>(each) < 0x80; });
}

bool isSpace(char each)
{
    return each == ' ' || (each >= '\t' && each <= '\r') || (each >= 0x1c && each <= 0x1f);
}

Evaluated notFollowed(std::string_view method)
{
    return Unknown{"str." + std::string(method) + "() of letters that are not followed"};
}

/// The argument as text, or why it is not one.
Outcome<Known<std::string>, Raised> textArgument(Evaluator& evaluator,
                                                 const Arguments& arguments,
                                                 std::size_t index,
                                                 std::string_view name)
{
    const Value* value = arguments.at(index, name);
    if (value == nullptr) {
        if (arguments.hidden)
            return Known<std::string>(*arguments.hidden);
        return otherwise(
            evaluator.makeRaised("TypeError", "a method of str is missing an argument"));
    }
    if (const std::string* text = value->asText())
        return Known<std::string>(*text);
    if (value->isUnknown())
        return Known<std::string>(Unknown{value->reason()});
    if (value->asObject() != nullptr) {
        const auto names = evaluator.classNames(*value);
        if (std::ranges::find(names, "str") != names.end())
            return evaluator.text(*value);
    }
    return otherwise(evaluator.makeRaised(
        "TypeError", "a method of str needs text, not " + evaluator.typeName(*value)));
}

template <bool Left, bool Right>
Evaluated stripped(Evaluator& evaluator, const Value& value, const Arguments& arguments)
{
    std::string_view text = self(value);
    std::string set;
    const Value* given = arguments.at(0, "chars");
    if (given != nullptr && !given->isNone()) {
        auto characters = textArgument(evaluator, arguments, 0, "chars");
        if (!characters)
            return otherwise(std::move(characters.error()));
        if (!characters->isKnown())
            return Unknown{characters->reason()};
        set = characters->value();
        if (!isAscii(set))
            return notFollowed("strip");
    }
    const bool spaces = given == nullptr || given->isNone();
    const auto goes = [&](char each) {
        return spaces ? isSpace(each) : set.find(each) != std::string::npos;
    };
    while (Left && !text.empty() && goes(text.front()))
        text.remove_prefix(1);
    while (Right && !text.empty() && goes(text.back()))
        text.remove_suffix(1);
    return Value(text);
}

std::optional<std::int64_t> limitOf(const Arguments& arguments)
{
    const Value* given = arguments.at(1, "maxsplit");
    if (given == nullptr)
        return -1;
    const auto* number = given->asInteger();
    return number == nullptr ? std::nullopt : std::optional(*number);
}

std::vector<Value> splitSpaces(std::string_view text, std::int64_t limit, bool fromRight)
{
    std::vector<Value> parts;
    while (true) {
        while (!text.empty() && isSpace(fromRight ? text.back() : text.front()))
            fromRight ? text.remove_suffix(1) : text.remove_prefix(1);
        if (text.empty())
            break;
        if (limit >= 0 && static_cast<std::int64_t>(parts.size()) == limit) {
            while (!text.empty() && isSpace(fromRight ? text.front() : text.back()))
                fromRight ? text.remove_prefix(1) : text.remove_suffix(1);
            parts.emplace_back(text);
            break;
        }
        std::size_t size = 0;
        while (size < text.size() &&
               !isSpace(fromRight ? text[text.size() - 1 - size] : text[size]))
            ++size;
        parts.emplace_back(fromRight ? text.substr(text.size() - size) : text.substr(0, size));
        fromRight ? text.remove_suffix(size) : text.remove_prefix(size);
    }
    if (fromRight)
        std::ranges::reverse(parts);
    return parts;
}

template <bool FromRight>
Evaluated split(Evaluator& evaluator, const Value& value, const Arguments& arguments)
{
    const auto limit = limitOf(arguments);
    if (!limit)
        return Unknown{"split() with a limit that is not known"};
    std::string_view text = self(value);
    if (auto tooMuch = evaluator.charge(text.size()))
        return otherwise(std::move(*tooMuch));
    const Value* given = arguments.at(0, "sep");
    if (given == nullptr || given->isNone())
        return evaluator.interpreter.makeList(splitSpaces(text, *limit, FromRight));
    auto separator = textArgument(evaluator, arguments, 0, "sep");
    if (!separator)
        return otherwise(std::move(separator.error()));
    if (!separator->isKnown())
        return Unknown{separator->reason()};
    const std::string& by = separator->value();
    if (by.empty())
        return otherwise(evaluator.makeRaised("ValueError", "empty separator"));
    std::vector<Value> parts;
    while (*limit < 0 || static_cast<std::int64_t>(parts.size()) < *limit) {
        const std::size_t at = FromRight ? text.rfind(by) : text.find(by);
        if (at == std::string_view::npos)
            break;
        parts.emplace_back(FromRight ? text.substr(at + by.size()) : text.substr(0, at));
        text = FromRight ? text.substr(0, at) : text.substr(at + by.size());
    }
    parts.emplace_back(text);
    if (FromRight)
        std::ranges::reverse(parts);
    return evaluator.interpreter.makeList(std::move(parts));
}

Evaluated splitlines(Evaluator& evaluator, const Value& value, const Arguments& arguments)
{
    const Value* keep = arguments.at(0, "keepends");
    const bool keeps = keep != nullptr && keep->asBool() != nullptr && *keep->asBool();
    const std::string& text = self(value);
    std::vector<Value> lines;
    std::size_t from = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\n' && text[at] != '\r')
            continue;
        const std::size_t end = at;
        if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n')
            ++at;
        lines.emplace_back(text.substr(from, (keeps ? at + 1 : end) - from));
        from = at + 1;
    }
    if (from < text.size())
        lines.emplace_back(text.substr(from));
    return evaluator.interpreter.makeList(std::move(lines));
}

template <bool FromRight>
Evaluated partition(Evaluator& evaluator, const Value& value, const Arguments& arguments)
{
    auto by = textArgument(evaluator, arguments, 0, "sep");
    if (!by)
        return otherwise(std::move(by.error()));
    if (!by->isKnown())
        return Unknown{by->reason()};
    const std::string& text = self(value);
    const std::size_t at = FromRight ? text.rfind(by->value()) : text.find(by->value());
    std::vector<Value> parts;
    if (at == std::string::npos)
        parts = FromRight ? std::vector<Value>{"", "", text} : std::vector<Value>{text, "", ""};
    else
        parts = {text.substr(0, at), by->value(), text.substr(at + by->value().size())};
    return evaluator.interpreter.makeTuple(std::move(parts));
}

Evaluated join(Evaluator& evaluator, const Value& value, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return arguments.hidden ? Evaluated(*arguments.hidden)
                                : Evaluated(Unknown{"join() of nothing"});
    const Value& given = arguments.positional.front();
    if (const auto why = evaluator.doubt(given))
        return *why;
    auto items = evaluator.elements(given);
    if (!items)
        return otherwise(std::move(items.error()));
    // The order of a set's elements changes from run to run.
    if (const auto* set = given.as<SetObject>();
        set != nullptr && !set->ordered && items->size() > 1)
        return Unknown{"the order of a set"};
    std::string made;
    for (std::size_t at = 0; at < items->size(); ++at) {
        const Value& each = (*items)[at];
        if (each.isUnknown())
            return each;
        const auto names = evaluator.classNames(each);
        const bool isText = std::ranges::find(names, "str") != names.end();
        if (!isText && each.asObject() == nullptr)
            return otherwise(evaluator.makeRaised("TypeError",
                                                  "sequence item " + std::to_string(at) +
                                                      ": expected str instance, " +
                                                      evaluator.typeName(each) + " found"));
        const Known<std::string> part = evaluator.joinable(each);
        if (!part.isKnown())
            return Unknown{part.reason()};
        made += (at > 0 ? self(value) : std::string()) + part.value();
        if (made.size() > evaluator.limits.textBytes)
            break;
    }
    if (auto tooMuch = evaluator.charge(made.size()))
        return otherwise(std::move(*tooMuch));
    return Value(std::move(made));
}

Evaluated replace(Evaluator& evaluator, const Value& value, const Arguments& arguments)
{
    auto from = textArgument(evaluator, arguments, 0, "old");
    if (!from)
        return otherwise(std::move(from.error()));
    auto to = textArgument(evaluator, arguments, 1, "new");
    if (!to)
        return otherwise(std::move(to.error()));
    if (!from->isKnown() || !to->isKnown())
        return Unknown{from->isKnown() ? to->reason() : from->reason()};
    std::int64_t most = -1;
    if (const Value* count = arguments.at(2, "count")) {
        if (count->asInteger() == nullptr)
            return Unknown{"replace() with a count that is not known"};
        most = *count->asInteger();
    }
    if (from->value().empty())
        return Unknown{"replace() of nothing"};
    const std::string& text = self(value);
    std::string made;
    std::size_t at = 0;
    while (most != 0) {
        const std::size_t found = text.find(from->value(), at);
        if (found == std::string::npos)
            break;
        made += text.substr(at, found - at) + to->value();
        if (made.size() > evaluator.limits.textBytes)
            break;
        at = found + from->value().size();
        most -= most > 0 ? 1 : 0;
    }
    made += text.substr(at);
    if (auto tooMuch = evaluator.charge(made.size()))
        return otherwise(std::move(*tooMuch));
    return Value(std::move(made));
}

template <bool AtEnd>
Evaluated startsOrEnds(Evaluator& evaluator, const Value& value, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return Unknown{"startswith() of nothing"};
    if (arguments.positional.size() > 1)
        return Unknown{"startswith() of a part"};
    std::vector<Value> parts{arguments.positional.front()};
    if (const auto* several = plainItems(parts.front()))
        parts = std::vector<Value>(*several);
    for (const Value& each : parts) {
        if (each.isUnknown())
            return each;
        const std::string* text = each.asText();
        if (text == nullptr)
            return otherwise(
                evaluator.makeRaised("TypeError", "startswith needs text or a tuple of it"));
        if (AtEnd ? self(value).ends_with(*text) : self(value).starts_with(*text))
            return Value(true);
    }
    return Value(false);
}

template <bool FromRight, bool Raises>
Evaluated find(Evaluator& evaluator, const Value& value, const Arguments& arguments)
{
    auto part = textArgument(evaluator, arguments, 0, "sub");
    if (!part)
        return otherwise(std::move(part.error()));
    if (!part->isKnown())
        return Unknown{part->reason()};
    if (arguments.positional.size() > 1)
        return Unknown{"find() in a part"};
    const std::size_t at =
        FromRight ? self(value).rfind(part->value()) : self(value).find(part->value());
    if (at == std::string::npos) {
        if (Raises)
            return otherwise(evaluator.makeRaised("ValueError", "substring not found"));
        return Value(-1);
    }
    return Value(
        static_cast<std::int64_t>(countOfCharacters(std::string_view(self(value)).substr(0, at))));
}

Evaluated count(Evaluator& evaluator, const Value& value, const Arguments& arguments)
{
    auto part = textArgument(evaluator, arguments, 0, "sub");
    if (!part)
        return otherwise(std::move(part.error()));
    if (!part->isKnown() || part->value().empty() || arguments.positional.size() > 1)
        return Unknown{part->isKnown() ? "count() of a part" : part->reason()};
    std::int64_t found = 0;
    for (std::size_t at = 0; (at = self(value).find(part->value(), at)) != std::string::npos;
         at += part->value().size())
        ++found;
    return Value(found);
}

template <bool AtEnd>
Evaluated removed(Evaluator& evaluator, const Value& value, const Arguments& arguments)
{
    auto part = textArgument(evaluator, arguments, 0, "prefix");
    if (!part)
        return otherwise(std::move(part.error()));
    if (!part->isKnown())
        return Unknown{part->reason()};
    std::string_view text = self(value);
    if (AtEnd && text.ends_with(part->value()))
        text.remove_suffix(part->value().size());
    else if (!AtEnd && text.starts_with(part->value()))
        text.remove_prefix(part->value().size());
    return Value(text);
}

template <char Align>
Evaluated justified(Evaluator& evaluator, const Value& value, const Arguments& arguments)
{
    const Value* width = arguments.at(0, "width");
    const Value* fill = arguments.at(1, "fillchar");
    if (width == nullptr || width->asInteger() == nullptr ||
        (fill != nullptr && fill->asText() == nullptr))
        return Unknown{"a width that is not known"};
    const std::string with = fill == nullptr ? (Align == '0' ? "0" : " ") : *fill->asText();
    const std::string spec = with + (Align == '0' ? '=' : Align) +
                             std::to_string(std::max<std::int64_t>(*width->asInteger(), 0));
    if (Align == '^')
        return Unknown{"str.center()"};
    if (Align == '0') { // zfill: the sign stays in front
        std::string text = self(value);
        const std::size_t size = countOfCharacters(text);
        const auto wanted =
            static_cast<std::size_t>(std::max<std::int64_t>(*width->asInteger(), 0));
        if (auto tooMuch = evaluator.charge(wanted))
            return otherwise(std::move(*tooMuch));
        if (size < wanted)
            text.insert(text.starts_with('-') || text.starts_with('+') ? 1 : 0, wanted - size, '0');
        return Value(std::move(text));
    }
    return formatValue(evaluator, value, '\0', spec);
}

Evaluated encode(Evaluator&, const Value& value, const Arguments& arguments)
{
    const Value* given = arguments.at(0, "encoding");
    const std::string name = given == nullptr             ? "utf-8"
                             : given->asText() == nullptr ? ""
                                                          : *given->asText();
    if (name == "utf-8" || name == "utf8" || name == "UTF-8" ||
        (isAscii(self(value)) && (name == "ascii" || name == "latin-1" || name == "iso-8859-1")))
        return Value(BytesValue{self(value)});
    return Unknown{"text in another encoding"};
}

Evaluated format(Evaluator& evaluator, const Value& value, const Arguments& arguments)
{
    return formatText(evaluator, self(value), arguments);
}

Evaluated formatMap(Evaluator& evaluator, const Value& value, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return Unknown{"format_map() of nothing"};
    const auto* pairs = arguments.positional.front().as<DictObject>();
    if (pairs == nullptr || pairs->now().doubt || pairs->kind() != DictObject::Kind::Plain)
        return Unknown{"format_map() of something that is not followed"};
    Arguments named;
    for (const auto& [key, held] : pairs->now().pairs) {
        if (const std::string* name = key.asText())
            named.keywords.emplace_back(*name, held);
    }
    return formatText(evaluator, self(value), named);
}

Evaluated notKnown(Evaluator&, const Value&, const Arguments&)
{
    return Unknown{"a method of str that is not followed"};
}

constexpr std::array methods{
    Method{"center", justified<'^'>},
    Method{"count", count},
    Method{"encode", encode},
    Method{"endswith", startsOrEnds<true>},
    Method{"expandtabs", notKnown},
    Method{"find", find<false, false>},
    Method{"format", format},
    Method{"format_map", formatMap},
    Method{"index", find<false, true>},
    Method{"isascii", notKnown},
    Method{"isprintable", notKnown},
    Method{"istitle", notKnown},
    Method{"join", join},
    Method{"ljust", justified<'<'>},
    Method{"lstrip", stripped<true, false>},
    Method{"maketrans", notKnown},
    Method{"partition", partition<false>},
    Method{"removeprefix", removed<false>},
    Method{"removesuffix", removed<true>},
    Method{"replace", replace},
    Method{"rfind", find<true, false>},
    Method{"rindex", find<true, true>},
    Method{"rjust", justified<'>'>},
    Method{"rpartition", partition<true>},
    Method{"rsplit", split<true>},
    Method{"rstrip", stripped<false, true>},
    Method{"split", split<false>},
    Method{"splitlines", splitlines},
    Method{"startswith", startsOrEnds<false>},
    Method{"strip", stripped<true, true>},
    Method{"translate", notKnown},
    Method{"zfill", justified<'0'>},
};

} // namespace

std::optional<MethodBody> textMethod(std::string_view name)
{
    const auto* found = std::ranges::find(methods, name, &Method::name);
    return found == methods.end() ? textCaseMethod(name) : std::optional(found->run);
}

} // namespace sightglass
