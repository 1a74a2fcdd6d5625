// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/autogenerate_facts.h"

#include "core/scripts/environment_tree.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

/// One of the settings that is True, False, or a function of its own.
using Switch = std::optional<Known<bool>>;

/// Several calls may say it: they have to agree, else it is not known.
void readSwitch(const std::string& keyword, std::string_view value, Switch& read)
{
    const bool constant = value == "True" || value == "False";
    const bool set = value == "True";
    if (!constant)
        read = Known<bool>(Unknown{"env.py sets " + keyword + " to " + std::string(value) +
                                   ", which is not known"});
    else if (!read)
        read = Known<bool>(set);
    else if (read->isKnown() && read->value() != set)
        read = Known<bool>(Unknown{"env.py sets " + keyword + " to True and to False"});
}

struct Switches
{
    Switch schemas;
    Switch types;
    Switch defaults;
};

struct SwitchWord
{
    std::string_view keyword;
    Switch Switches::*read;
};

constexpr std::array switchWords{SwitchWord{"include_schemas", &Switches::schemas},
                                 SwitchWord{"compare_type", &Switches::types},
                                 SwitchWord{"compare_server_default", &Switches::defaults}};

void readKeyword(const SyntaxNode& keyword, Switches& switches, AutogenerateFacts& facts)
{
    const std::string name(keyword.field("name").text());
    const std::string_view value = keyword.field("value").text();
    const auto* const word = std::ranges::find(switchWords, name, &SwitchWord::keyword);
    if (word != switchWords.end() && value != "None")
        readSwitch(name, value, switches.*(word->read));
    if (value == "None")
        return;
    if (name == "process_revision_directives")
        facts.rewriter = value;
    if (name != "include_object" && name != "include_name")
        return;
    facts.filter = name;
    EnvironmentFilter filter{
        .keyword = name, .function = std::string(value), .line = keyword.line()};
    const auto same = [&](const EnvironmentFilter& each) {
        return each.keyword == filter.keyword && each.function == filter.function;
    };
    if (std::ranges::none_of(facts.filters, same))
        facts.filters.push_back(std::move(filter));
}

/// `**conf_args` of a call to configure(): whatever it holds may be any of the settings.
std::string passedOn(const SyntaxTree& tree)
{
    for (const SyntaxNode call : nodesOfKind(tree.root(), "call")) {
        const std::string_view function = call.field("function").text();
        if (!function.ends_with("configure"))
            continue;
        for (const SyntaxNode argument : call.field("arguments").namedChildren()) {
            if (argument.is("dictionary_splat"))
                return std::string(argument.text());
        }
    }
    return {};
}

} // namespace

AutogenerateFacts readAutogenerateFacts(const FileSystem& files, const Path& environmentFile)
{
    AutogenerateFacts facts;
    const auto tree = environmentTree(files, environmentFile);
    if (!tree)
        return facts;
    Switches switches;
    for (const SyntaxNode keyword : nodesOfKind(tree->root(), "keyword_argument"))
        readKeyword(keyword, switches, facts);
    facts.passedOn = passedOn(*tree);
    facts.compareType = switches.types;
    const Known<bool> unsaid =
        facts.passedOn.empty()
            ? Known<bool>(false)
            : Known<bool>(Unknown{"env.py hands on " + facts.passedOn + ", which is not known"});
    facts.includeSchemas = switches.schemas.value_or(unsaid);
    facts.compareServerDefault = switches.defaults.value_or(unsaid);
    return facts;
}

} // namespace sightglass
