// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/transaction_facts.h"

#include "core/scripts/environment_tree.h"

namespace sightglass {

namespace {

Known<bool> flagOf(std::string_view name, std::string_view value)
{
    if (value == "True" || value == "False")
        return value == "True";
    return Unknown{"env.py sets " + std::string(name) + " to " + std::string(value) +
                   ", which is not known"};
}

void readKeyword(SyntaxNode keyword, TransactionFacts& facts)
{
    const std::string_view name = keyword.field("name").text();
    const std::string_view value = keyword.field("value").text();
    if (name == "transaction_per_migration")
        facts.perMigration = flagOf(name, value);
    if (name == "transactional_ddl" && value != "None")
        facts.transactionalDdl = flagOf(name, value);
    if (name == "isolation_level" && value.find("None") == std::string_view::npos)
        facts.autocommit = "env.py sets isolation_level to " + std::string(value);
}

} // namespace

TransactionFacts readTransactionFacts(const FileSystem& files, const Path& environmentFile)
{
    TransactionFacts facts;
    const auto tree = environmentTree(files, environmentFile);
    if (!tree)
        return facts;
    if (tree->text().find("AUTOCOMMIT") != std::string::npos)
        facts.autocommit = "env.py names AUTOCOMMIT";
    for (const SyntaxNode keyword : nodesOfKind(tree->root(), "keyword_argument"))
        readKeyword(keyword, facts);
    return facts;
}

} // namespace sightglass
