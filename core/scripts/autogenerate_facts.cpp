// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/autogenerate_facts.h"

#include "core/scripts/environment_tree.h"

namespace sightglass {

namespace {

/// Several calls may say it: they have to agree, else it is not known.
void readSchemas(std::string_view value, bool first, AutogenerateFacts& facts)
{
    const bool constant = value == "True" || value == "False";
    const bool set = value == "True";
    if (!constant)
        facts.includeSchemas = Unknown{"env.py sets include_schemas to " + std::string(value) +
                                       ", which is not known"};
    else if (first)
        facts.includeSchemas = set;
    else if (facts.includeSchemas.isKnown() && facts.includeSchemas.value() != set)
        facts.includeSchemas = Unknown{"env.py sets include_schemas to True and to False"};
}

} // namespace

AutogenerateFacts readAutogenerateFacts(const FileSystem& files, const Path& environmentFile)
{
    AutogenerateFacts facts;
    const auto tree = environmentTree(files, environmentFile);
    if (!tree)
        return facts;
    bool first = true;
    for (const SyntaxNode keyword : nodesOfKind(tree->root(), "keyword_argument")) {
        const std::string_view name = keyword.field("name").text();
        const std::string_view value = keyword.field("value").text();
        if (name == "include_schemas") {
            readSchemas(value, first, facts);
            first = false;
        } else if ((name == "include_object" || name == "include_name") && value != "None") {
            facts.filter = name;
        }
    }
    return facts;
}

} // namespace sightglass
