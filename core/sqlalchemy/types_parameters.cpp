// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/types_spec.h"

#include <algorithm>
#include <cmath>

namespace sightglass {

namespace {

bool isKeywordOnly(std::string_view parameter)
{
    return parameter.starts_with('=');
}

bool isStar(std::string_view parameter)
{
    return parameter.starts_with('*');
}

std::string called(const TypeSpec& spec)
{
    return std::string(spec.name) + ".__init__()";
}

auto wrongCall(std::string message)
{
    return raising("TypeError", std::move(message), {"Exception", "BaseException"});
}

Known<std::string> asNumber(const Value& value)
{
    if (value.isUnknown())
        return Unknown{value.reason()};
    if (value.isNone())
        return std::string();
    if (const bool* truth = value.asBool())
        return std::string(*truth ? "1" : "0");
    if (const std::int64_t* integer = value.asInteger())
        return std::to_string(*integer);
    if (const double* number = value.asFloat(); number != nullptr && std::abs(*number) < 1e15)
        return std::to_string(static_cast<std::int64_t>(*number));
    // 2.0 writes what it is given; 1.4 refuses text here.
    if (const std::string* text = value.asText())
        return *text;
    return Unknown{"a type's size is given by something that can't be read"};
}

} // namespace

std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> words;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        if (end > begin)
            words.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

const Value* TypeParameters::find(std::string_view name) const
{
    const auto found = values.find(name);
    return found == values.end() ? nullptr : &found->second;
}

Known<std::string> TypeParameters::number(std::string_view name) const
{
    if (const Value* value = find(name))
        return asNumber(*value);
    if (hidden)
        return *hidden;
    return std::string();
}

Known<std::string> TypeParameters::size(std::string_view name) const
{
    Known<std::string> given = number(name);
    if (given.isKnown() && given.value() == "0")
        return std::string();
    return given;
}

Known<std::string> TypeParameters::text(std::string_view name) const
{
    const Value* value = find(name);
    if (value == nullptr) {
        if (hidden)
            return *hidden;
        return std::string();
    }
    if (const std::string* text = value->asText())
        return *text;
    return asNumber(*value);
}

Known<bool> TypeParameters::flag(std::string_view name, bool otherwise) const
{
    const Value* value = find(name);
    if (value == nullptr) {
        if (hidden)
            return *hidden;
        return otherwise;
    }
    if (value->isUnknown())
        return Unknown{value->reason()};
    if (value->isNone())
        return false;
    if (const bool* truth = value->asBool())
        return *truth;
    if (const std::int64_t* integer = value->asInteger())
        return *integer != 0;
    if (const std::string* text = value->asText())
        return !text->empty();
    return true;
}

Outcome<TypeParameters, Raised> bindParameters(const TypeSpec& spec, const Arguments& arguments)
{
    const std::vector<std::string> names = wordsOf(spec.parameters);
    const bool anyPositional = std::ranges::find(names, "*") != names.end();
    const bool anyKeyword = std::ranges::find(names, "**") != names.end();
    TypeParameters parameters;
    parameters.hidden = arguments.hidden;
    if (names.empty() && !(arguments.positional.empty() && arguments.keywords.empty()))
        return wrongCall(std::string(spec.name) + "() takes no arguments");
    std::size_t index = 0;
    for (const Value& value : arguments.positional) {
        if (index >= names.size() || isKeywordOnly(names[index]) || isStar(names[index])) {
            if (anyPositional)
                break;
            return wrongCall(called(spec) + " takes at most " + std::to_string(index) +
                             " positional arguments but " +
                             std::to_string(arguments.positional.size()) + " were given");
        }
        parameters.values.insert_or_assign(names[index++], value);
    }
    for (const auto& [name, value] : arguments.keywords) {
        const bool known = std::ranges::any_of(
            names, [&](const std::string& each) { return each == name || each == "=" + name; });
        if (!known && !anyKeyword)
            return wrongCall(called(spec) + " got an unexpected keyword argument '" + name + "'");
        if (parameters.values.contains(name))
            return wrongCall(called(spec) + " got multiple values for argument '" + name + "'");
        parameters.values.emplace(name, value);
    }
    return parameters;
}

} // namespace sightglass
