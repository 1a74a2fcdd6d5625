// SPDX-License-Identifier: GPL-3.0-or-later
// "{}".format() and "%s" %: patterns that values are put into.
#include "core/evaluation/containers.h"
#include "core/evaluation/text_format.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace sightglass {

namespace {

/// One run of "…{…}…".format(…).
class Formatter
{
public:
    Formatter(Evaluator& evaluator, const Arguments& arguments)
        : m_evaluator(evaluator)
        , m_arguments(arguments)
    {}

    Evaluated run(std::string_view pattern, int depth)
    {
        std::string made;
        for (std::size_t at = 0; at < pattern.size(); ++at) {
            const char each = pattern[at];
            const bool twice = at + 1 < pattern.size() && pattern[at + 1] == each;
            if ((each == '{' || each == '}') && twice) {
                made += each;
                ++at;
                continue;
            }
            if (each == '}')
                return otherwise(m_evaluator.makeRaised("ValueError",
                                                        "Single '}' encountered in format string"));
            if (each != '{') {
                made += each;
                continue;
            }
            const std::size_t end = closing(pattern, at);
            if (end == std::string_view::npos)
                return otherwise(
                    m_evaluator.makeRaised("ValueError", "expected '}' before end of string"));
            Evaluated part = field(pattern.substr(at + 1, end - at - 1), depth);
            if (!part)
                return part;
            if (part->asText() == nullptr)
                return part->isUnknown() ? part : Evaluated(Unknown{"a part of a text"});
            made += *part->asText();
            if (auto tooMuch = m_evaluator.charge(part->asText()->size()))
                return otherwise(std::move(*tooMuch));
            at = end;
        }
        return Value(std::move(made));
    }

private:
    static std::size_t closing(std::string_view pattern, std::size_t at)
    {
        int open = 0;
        for (; at < pattern.size(); ++at) {
            if (pattern[at] == '{')
                ++open;
            else if (pattern[at] == '}' && --open == 0)
                return at;
        }
        return std::string_view::npos;
    }

    Evaluated field(std::string_view text, int depth)
    {
        const std::size_t end = std::min(text.find_first_of("!:"), text.size());
        Evaluated value = named(text.substr(0, end));
        if (!value)
            return value;
        std::string_view rest = text.substr(end);
        char conversion = '\0';
        if (rest.size() >= 2 && rest[0] == '!') {
            conversion = rest[1];
            rest = rest.substr(2);
        }
        std::string spec;
        if (rest.starts_with(':')) {
            if (depth > 1)
                return Unknown{"a format within a format"};
            Evaluated inner = run(rest.substr(1), depth + 1);
            if (!inner || inner->asText() == nullptr)
                return inner;
            spec = *inner->asText();
        }
        return formatValue(m_evaluator, *value, conversion, spec);
    }

    Evaluated first(std::string_view name)
    {
        const bool digits = std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; });
        if (!digits) {
            if (const Value* value = m_arguments.keyword(name))
                return *value;
            if (m_arguments.hidden)
                return *m_arguments.hidden;
            return otherwise(m_evaluator.makeRaised("KeyError", "'" + std::string(name) + "'"));
        }
        std::size_t index = m_next;
        if (name.empty())
            ++m_next;
        else if (std::from_chars(name.data(), name.data() + name.size(), index).ec != std::errc())
            index = SIZE_MAX;
        if (index < m_arguments.positional.size())
            return m_arguments.positional[index];
        if (m_arguments.hidden)
            return *m_arguments.hidden;
        return otherwise(m_evaluator.makeRaised(
            "IndexError", "Replacement index out of range for positional args tuple"));
    }

    Evaluated named(std::string_view text)
    {
        std::size_t at = std::min(text.find_first_of(".["), text.size());
        Evaluated value = first(text.substr(0, at));
        while (value && at < text.size()) {
            const bool attribute = text[at] == '.';
            const std::size_t end = attribute
                                        ? std::min(text.find_first_of(".[", at + 1), text.size())
                                        : std::min(text.find(']', at), text.size());
            const std::string_view name = text.substr(at + 1, end - at - 1);
            if (attribute) {
                value = m_evaluator.attribute(*value, name);
                at = end;
                continue;
            }
            std::int64_t index = 0;
            const auto read = std::from_chars(name.data(), name.data() + name.size(), index);
            const bool number = read.ec == std::errc() && read.ptr == name.data() + name.size();
            value = m_evaluator.subscript(*value, number ? Value(index) : Value(name));
            at = std::min(end + 1, text.size());
        }
        return value;
    }

    Evaluator& m_evaluator;
    const Arguments& m_arguments;
    std::size_t m_next = 0;
};

} // namespace

Evaluated formatText(Evaluator& evaluator, const std::string& pattern, const Arguments& arguments)
{
    return Formatter(evaluator, arguments).run(pattern, 0);
}

namespace {

/// One run of "…%s…" % value.
class PercentFormatter
{
public:
    PercentFormatter(Evaluator& evaluator, const Value& value)
        : m_evaluator(evaluator)
        , m_value(value)
        , m_tuple(value.as<TupleObject>())
    {}

    Evaluated run(std::string_view pattern)
    {
        std::string made;
        for (std::size_t at = 0; at < pattern.size(); ++at) {
            if (pattern[at] != '%') {
                made += pattern[at];
                continue;
            }
            ++at;
            if (at < pattern.size() && pattern[at] == '%') {
                made += '%';
                continue;
            }
            Evaluated part = field(pattern, at);
            if (!part)
                return part;
            if (part->asText() == nullptr)
                return part->isUnknown() ? part : Evaluated(Unknown{"a part of a text"});
            if (auto tooMuch = m_evaluator.charge(part->asText()->size()))
                return otherwise(std::move(*tooMuch));
            made += *part->asText();
        }
        const bool all = m_tuple != nullptr
                             ? m_next >= m_tuple->items().size()
                             : m_next > 0 || m_named || m_value.as<DictObject>() != nullptr ||
                                   m_value.isUnknown();
        if (!all && !m_named)
            return otherwise(m_evaluator.makeRaised(
                "TypeError", "not all arguments converted during string formatting"));
        return Value(std::move(made));
    }

private:
    Evaluated next()
    {
        if (m_tuple == nullptr)
            return m_next++ == 0 || m_value.isUnknown() ? Evaluated(m_value) : tooFew();
        return m_next < m_tuple->items().size() ? Evaluated(m_tuple->items()[m_next++]) : tooFew();
    }

    Evaluated tooFew()
    {
        return otherwise(
            m_evaluator.makeRaised("TypeError", "not enough arguments for format string"));
    }

    Evaluated field(std::string_view pattern, std::size_t& at)
    {
        std::optional<Value> named;
        if (at < pattern.size() && pattern[at] == '(') {
            const std::size_t end = pattern.find(')', at);
            if (end == std::string_view::npos)
                return otherwise(m_evaluator.makeRaised("ValueError", "incomplete format key"));
            Evaluated value =
                m_evaluator.subscript(m_value, Value(pattern.substr(at + 1, end - at - 1)));
            if (!value)
                return value;
            named = std::move(*value);
            m_named = true;
            at = end + 1;
        }
        std::string flags;
        while (at < pattern.size() &&
               std::string_view("-+ #0").find(pattern[at]) != std::string_view::npos)
            flags += pattern[at++];
        std::string width;
        while (at < pattern.size() &&
               ((pattern[at] >= '0' && pattern[at] <= '9') || pattern[at] == '.'))
            width += pattern[at++];
        if (at >= pattern.size())
            return otherwise(m_evaluator.makeRaised("ValueError", "incomplete format"));
        if (pattern[at] == '*')
            return Unknown{"a format whose width is an argument"};
        const char type = pattern[at];
        Evaluated value = named ? Evaluated(*named) : next();
        if (!value)
            return value;
        return shown(*value, type, flags, width);
    }

    Evaluated
    shown(const Value& value, char type, const std::string& flags, const std::string& width)
    {
        if (value.isUnknown())
            return value;
        std::string spec = flags.find('-') != std::string::npos ? "<" : ">";
        for (const char sign : {'+', ' '}) {
            if (flags.find(sign) != std::string::npos)
                spec += sign;
        }
        if (flags.find('0') != std::string::npos && spec[0] == '>')
            spec = spec.substr(1) + "0";
        spec += width;
        if (type == 's' || type == 'r' || type == 'a')
            return formatValue(
                m_evaluator, value, type == 's' ? 's' : 'r', width.empty() ? "" : spec);
        if (value.asInteger() == nullptr && value.asFloat() == nullptr && value.asBool() == nullptr)
            return value.asText() != nullptr
                       ? Evaluated(otherwise(m_evaluator.makeRaised(
                             "TypeError",
                             std::string("%") + type +
                                 " format: a real number is required, not str")))
                       : Evaluated(Unknown{"a number in a format that is not followed"});
        Value number = value;
        if (const bool* flag = value.asBool())
            number = Value(*flag ? 1 : 0);
        if (type == 'd' || type == 'i' || type == 'u') {
            if (const auto* real = number.asFloat())
                number = std::abs(*real) < 1e15 ? Value(static_cast<std::int64_t>(*real))
                                                : Value(Unknown{"a number too large to follow"});
            return formatValue(m_evaluator, number, '\0', spec + "d");
        }
        return formatValue(m_evaluator, number, '\0', spec + type);
    }

    Evaluator& m_evaluator;
    const Value& m_value;
    const TupleObject* m_tuple;
    std::size_t m_next = 0;
    bool m_named = false;
};

} // namespace

Evaluated percentText(Evaluator& evaluator, const std::string& pattern, const Value& value)
{
    return PercentFormatter(evaluator, value).run(pattern);
}

} // namespace sightglass
