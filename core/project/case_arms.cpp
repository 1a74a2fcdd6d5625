// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/case_arms.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>

namespace sightglass {

namespace {

bool isName(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '_';
    });
}

/// `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME:=default}`, with or without the colon.
struct Expansion
{
    std::string_view name;
    std::string_view fallback;
};

std::optional<Expansion> expansionOf(std::string_view text)
{
    if (text.size() < 2 || text.front() != '$')
        return std::nullopt;
    text.remove_prefix(1);
    if (text.front() != '{')
        return isName(text) ? std::optional(Expansion{.name = text, .fallback = {}}) : std::nullopt;
    if (text.back() != '}')
        return std::nullopt;
    text = text.substr(1, text.size() - 2);
    const std::size_t end = text.find_first_of(":-=");
    const std::string_view name = text.substr(0, end);
    if (!isName(name))
        return std::nullopt;
    if (end == std::string_view::npos)
        return Expansion{.name = name, .fallback = {}};
    std::string_view rest = text.substr(end);
    rest.remove_prefix(rest.front() == ':' ? 1 : 0);
    if (rest.empty() || (rest.front() != '-' && rest.front() != '='))
        return std::nullopt;
    return Expansion{.name = name, .fallback = rest.substr(1)};
}

/// Values of a script's words, as far as they are its arguments.
class Values
{
public:
    Values(const std::vector<ShellCommand>& commands, const std::vector<std::string>& arguments)
        : m_arguments(arguments)
    {
        for (const ShellCommand& command : commands) {
            for (const std::string& assignment : command.assignments)
                assign(assignment, command.inBranch);
        }
    }

    std::optional<std::string> of(std::string_view word) const
    {
        if (word.empty() || word.find_first_of("$`*?[") == std::string_view::npos)
            return std::string(word);
        const auto expansion = expansionOf(word);
        if (!expansion)
            return std::nullopt;
        if (const auto own = named(expansion->name))
            return own;
        return expansion->fallback.empty() || !isUnset(expansion->name) ? std::nullopt
                                                                        : of(expansion->fallback);
    }

private:
    void assign(std::string_view text, bool sometimes)
    {
        const std::size_t equals = text.find('=');
        if (equals == std::string_view::npos)
            return;
        const std::string name(text.substr(0, equals));
        const std::string_view right = text.substr(equals + 1);
        const auto expansion = expansionOf(right);
        // NAME=${NAME:=$1}: what the environment says is not known here and seldom set.
        const bool ownDefault = expansion && expansion->name == name && !m_values.contains(name);
        const auto value = ownDefault ? of(expansion->fallback) : of(right);
        if (value && !value->empty() && !sometimes)
            m_values[name] = *value;
        else
            m_values.erase(name);
        if (sometimes)
            m_unsure[name] = true;
    }

    bool isUnset(std::string_view name) const
    {
        return isPositional(name) && indexOf(name) > m_arguments.size();
    }

    static bool isPositional(std::string_view name)
    {
        return name.size() == 1 && name.front() >= '1' && name.front() <= '9';
    }

    static std::size_t indexOf(std::string_view name)
    {
        return static_cast<std::size_t>(name.front() - '0');
    }

    std::optional<std::string> named(std::string_view name) const
    {
        if (isPositional(name)) {
            const std::size_t index = indexOf(name);
            return index <= m_arguments.size() ? std::optional(m_arguments[index - 1])
                                               : std::nullopt;
        }
        const std::string key(name);
        const auto found = m_values.find(key);
        return found == m_values.end() || m_unsure.contains(key) ? std::nullopt
                                                                 : std::optional(found->second);
    }

    const std::vector<std::string>& m_arguments;
    std::map<std::string, std::string> m_values;
    std::map<std::string, bool> m_unsure;
};

/// Absent: a pattern whose meaning is not known here.
std::optional<bool> matches(const std::vector<std::string>& patterns, const std::string& value)
{
    for (const std::string& pattern : patterns) {
        if (pattern == "*" || pattern == value)
            return true;
        if (pattern.find_first_of("*?[$") != std::string::npos)
            return std::nullopt;
    }
    return false;
}

} // namespace

std::map<int, int> takenArms(const std::vector<ShellCommand>& commands,
                             const std::vector<std::string>& arguments)
{
    std::map<int, int> taken;
    if (arguments.empty())
        return taken;
    const Values values(commands, arguments);
    std::map<int, std::map<int, const ShellCase*>> arms;
    for (const ShellCommand& command : commands) {
        for (const ShellCase& each : command.cases)
            arms[each.number].emplace(each.arm, &each);
    }
    for (const auto& [number, ofCase] : arms) {
        const auto value = values.of(ofCase.begin()->second->word);
        std::optional<int> chosen = value ? std::optional(0) : std::nullopt;
        for (const auto& [arm, each] : ofCase) {
            const auto fits = chosen ? matches(each->patterns, *value) : std::nullopt;
            if (!fits)
                chosen.reset();
            else if (*fits && *chosen == 0)
                chosen = arm;
            if (!chosen || *chosen != 0)
                break;
        }
        if (chosen)
            taken.emplace(number, *chosen);
    }
    return taken;
}

bool isInOtherArm(const ShellCommand& command, const std::map<int, int>& taken)
{
    return std::ranges::any_of(command.cases, [&](const ShellCase& each) {
        const auto found = taken.find(each.number);
        return found != taken.end() && found->second != each.arm;
    });
}

} // namespace sightglass
