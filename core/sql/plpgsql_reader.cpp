// SPDX-License-Identifier: GPL-3.0-or-later
// What a DO block does, as far as its text tells. Conditions that only the catalog decides become a
// question (SqlChange::askedQuery), others are kept as written.
#include "core/sql/plpgsql_block.h"
#include "core/sql/statement_changes.h"

namespace sightglass {

void readDo(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    for (const ParseNode& option : node.list("args")) {
        const std::string_view language = option.text("arg");
        if (option.text("defname") == "language" && language != "plpgsql") {
            out.push_back(opaqueChange("runs a DO block in " + std::string(language)));
            return;
        }
    }
    const auto tree = parsePlpgsql(statement.text());
    if (!tree) {
        out.push_back(opaqueChange(
            "runs a DO block whose body can't be read", {}, true, tree.error().message));
        return;
    }
    const std::vector<ParseNode> functions = tree->root().list("");
    if (functions.size() != 1) {
        out.push_back(opaqueChange("runs a DO block whose body can't be read"));
        return;
    }
    plpgsql::BlockReader(functions.front(), out);
    if (out.empty())
        out.push_back(readChange(change::Query{.text = std::string(statement.text())}));
}

} // namespace sightglass
