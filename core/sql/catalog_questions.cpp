// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/catalog_questions.h"

#include "core/sql/parse_tree.h"
#include "core/sql/question_select.h"

#include <algorithm>

namespace sightglass {

namespace {

constexpr int depthLimit = 200;

/// What an expression depends on.
struct Dependence
{
    bool other = false; ///< tables of users, parameters, columns of nothing
};

void collect(const ParseNode& node, bool inQuery, Dependence& found, int depth)
{
    if (depth > depthLimit)
        found.other = true;
    if (found.other)
        return;
    const bool query = inQuery || node.is("SelectStmt");
    const std::string_view schema = node.text("schemaname");
    if (node.is("RangeVar") && schema != "information_schema" && schema != "pg_catalog" &&
        !node.text("relname").starts_with("pg_"))
        found.other = true;
    if (node.is("ParamRef") || (node.is("ColumnRef") && !inQuery))
        found.other = true;
    if (node.is("FuncCall")) {
        const std::vector<std::string> name = node.strings("funcname");
        if (name.empty() || !question::isKnownFunction(name.back()))
            found.other = true;
    }
    for (const auto& [name, child] : node.fields()) {
        collect(child, query, found, depth + 1);
        for (const ParseNode& item : node.list(name))
            collect(item, query, found, depth + 1);
    }
}

} // namespace

bool asksCatalogOnly(std::string_view condition)
{
    const auto tree = parseSql("SELECT " + std::string(condition));
    if (!tree || tree->statements().size() != 1)
        return false;
    Dependence found;
    // The outer SELECT is ours: its columns are of nothing.
    for (const ParseNode& target : tree->statements().front().list("targetList"))
        collect(target, false, found, 0);
    const bool bare = tree->statements().front().list("fromClause").empty();
    return bare && !found.other;
}

Known<CatalogAnswer> answerFromSchema(std::string_view select,
                                      const Schema& schema,
                                      const std::vector<std::string>& searchPath,
                                      const IsEmptyTable& isEmpty)
{
    const auto tree = parseSql(select);
    if (!tree || tree->statements().size() != 1 || !tree->statements().front().is("SelectStmt"))
        return Unknown{"is no single SELECT"};
    question::CatalogTables tables(schema, searchPath, isEmpty);
    question::SelectReader reader(tables);
    const auto rows = reader.read(tree->statements().front());
    if (!rows)
        return Unknown{reader.reason()};
    CatalogAnswer answer;
    answer.columns = rows->columns;
    for (const std::vector<question::Datum>& row : rows->rows) {
        std::vector<std::optional<std::string>> printedRow;
        for (question::Datum value : row) {
            if (value.kind == question::Datum::Kind::Object)
                value = tables.printedObject(value);
            if (value.isUnknown())
                return Unknown{value.text.empty() ? "depends on PostgreSQL's own objects"
                                                  : value.text};
            printedRow.push_back(question::printed(value));
        }
        answer.rows.push_back(std::move(printedRow));
    }
    return answer;
}

} // namespace sightglass
