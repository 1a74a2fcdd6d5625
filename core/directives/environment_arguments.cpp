// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/environment_arguments.h"

#include "core/python/syntax_tree.h"

#include <utility>

namespace sightglass {

namespace {

constexpr std::string_view runsRevisions = "run_migrations";

bool isRun(std::string_view callee)
{
    return callee == runsRevisions || callee.ends_with(".run_migrations");
}

} // namespace

EnvironmentArguments environmentArguments(ModuleSource& modules, const Path& revisionFile)
{
    EnvironmentArguments arguments;
    auto text = modules.readFile(revisionFile.parent_path().parent_path() / "env.py");
    if (!text || text->find(runsRevisions) == std::string::npos)
        return arguments;
    const auto tree = SyntaxTree::parse(std::move(*text));
    if (!tree)
        return arguments;
    for (const SyntaxNode call : nodesOfKind(tree->root(), "call")) {
        if (!isRun(call.field("function").text()))
            continue;
        for (const SyntaxNode argument : call.field("arguments").namedChildren()) {
            if (argument.is("keyword_argument"))
                arguments.given.emplace(argument.field("name").text(),
                                        argument.field("value").text());
            else if (argument.is("dictionary_splat"))
                arguments.more = true;
        }
    }
    return arguments;
}

} // namespace sightglass
