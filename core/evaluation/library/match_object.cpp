// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/library/match_object.h"

namespace sightglass {

namespace {

Value defaultOf(const Arguments& arguments)
{
    const Value* given = arguments.at(0, "default");
    return given != nullptr ? *given : Value();
}

} // namespace

Value groupText(const std::string& text, const RegularExpression::Match& match, std::size_t group)
{
    const auto [begin, end] = match.groups[group];
    return begin == std::string::npos ? Value() : Value(text.substr(begin, end - begin));
}

Evaluated MatchObject::attribute(Interpreter& interpreter, std::string_view name)
{
    using Body = Evaluated (MatchObject::*)(Interpreter&, const Arguments&);
    static constexpr std::pair<std::string_view, Body> methods[] = {
        {"group", &MatchObject::group},
        {"groups", &MatchObject::groups},
        {"groupdict", &MatchObject::named},
        {"start", &MatchObject::start},
        {"end", &MatchObject::end},
        {"span", &MatchObject::span}};
    if (name == "string")
        return Value(m_text);
    for (const auto& [known, body] : methods) {
        if (known == name)
            return interpreter.makeFunction(
                std::string(name),
                [this, body = body](Interpreter& inner, const Arguments& arguments) {
                    return (this->*body)(inner, arguments);
                });
    }
    return Unknown{"re.Match." + std::string(name) + " is not followed"};
}

std::optional<std::size_t> MatchObject::indexOf(const Value& key) const
{
    if (const auto* number = key.asInteger();
        number != nullptr && *number >= 0 &&
        static_cast<std::size_t>(*number) < m_match.groups.size())
        return static_cast<std::size_t>(*number);
    if (const auto* name = key.asText()) {
        for (const auto& [known, group] : m_pattern->names()) {
            if (known == *name)
                return group;
        }
    }
    return std::nullopt;
}

Evaluated MatchObject::one(Interpreter& interpreter, const Value& key)
{
    if (key.isUnknown())
        return key;
    const auto group = indexOf(key);
    if (!group)
        return otherwise(interpreter.evaluator().makeRaised("IndexError", "no such group"));
    return groupText(m_text, m_match, *group);
}

Evaluated MatchObject::group(Interpreter& interpreter, const Arguments& arguments)
{
    if (arguments.hidden)
        return *arguments.hidden;
    if (arguments.positional.empty())
        return groupText(m_text, m_match, 0);
    if (arguments.positional.size() == 1)
        return one(interpreter, arguments.positional.front());
    std::vector<Value> all;
    for (const Value& key : arguments.positional) {
        Evaluated each = one(interpreter, key);
        if (!each)
            return each;
        all.push_back(*each);
    }
    return interpreter.makeTuple(std::move(all));
}

Evaluated MatchObject::groups(Interpreter& interpreter, const Arguments& arguments)
{
    std::vector<Value> all;
    for (std::size_t i = 1; i < m_match.groups.size(); ++i) {
        const Value each = groupText(m_text, m_match, i);
        all.push_back(each.isNone() ? defaultOf(arguments) : each);
    }
    return interpreter.makeTuple(std::move(all));
}

Evaluated MatchObject::named(Interpreter& interpreter, const Arguments& arguments)
{
    std::vector<std::pair<Value, Value>> all;
    for (const auto& [name, group] : m_pattern->names()) {
        const Value each = groupText(m_text, m_match, group);
        all.emplace_back(Value(name), each.isNone() ? defaultOf(arguments) : each);
    }
    return interpreter.makeDictionary(std::move(all));
}

std::pair<Value, Value> MatchObject::place(const Arguments& arguments) const
{
    const auto group = arguments.positional.empty() ? std::optional<std::size_t>(0)
                                                    : indexOf(arguments.positional.front());
    if (!group)
        return {Value(Unknown{"a group that is not known"}),
                Value(Unknown{"a group that is not known"})};
    const auto [begin, end] = m_match.groups[*group];
    if (begin == std::string::npos)
        return {Value(-1), Value(-1)};
    return {Value(static_cast<std::int64_t>(begin)), Value(static_cast<std::int64_t>(end))};
}

Evaluated MatchObject::start(Interpreter&, const Arguments& arguments)
{
    return place(arguments).first;
}

Evaluated MatchObject::end(Interpreter&, const Arguments& arguments)
{
    return place(arguments).second;
}

Evaluated MatchObject::span(Interpreter& interpreter, const Arguments& arguments)
{
    const auto [begin, end] = place(arguments);
    return interpreter.makeTuple({begin, end});
}

} // namespace sightglass
