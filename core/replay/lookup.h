// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/operations/definitions.h"
#include "core/replay/catalog.h"
#include "core/replay/refusals.h"

#include <string>
#include <vector>

/// Finding what a statement names, and the spelling of its types and expressions.
namespace sightglass::replaying {

/// An existing table, by its full name.
Outcome<QualifiedName, Refusal> tableNamed(const Catalog& catalog, const QualifiedName& name);
/// The same for ALTER … IF EXISTS: no table and no refusal when it is missing.
Outcome<std::optional<QualifiedName>, Refusal>
tableNamed(const Catalog& catalog, const QualifiedName& name, bool ifExists);
/// Where a new object goes: its full name; refused when there is no such namespace.
Outcome<QualifiedName, Refusal>
newName(const Catalog& catalog, const QualifiedName& name, bool temporary = false);

/// Runs `edit` on a copy of a table that exists and puts it back.
template <typename Edit>
Done editTable(Catalog& catalog, const QualifiedName& name, const Edit& edit)
{
    const Table* const found = catalog.table(name);
    if (found == nullptr)
        return noRelation(catalog, name);
    Table table = *found;
    if (Done refused = edit(table))
        return refused;
    catalog.put(std::move(table));
    return std::nullopt;
}

/// The same for one column of a table.
template <typename Edit>
Done editColumn(Catalog& catalog,
                const QualifiedName& name,
                const std::string& columnName,
                const Edit& edit)
{
    return editTable(catalog, name, [&](Table& table) -> Done {
        for (Column& column : table.columns) {
            if (column.name == columnName)
                return edit(table, column);
        }
        return noColumn(table.name, columnName);
    });
}

/// A type as the finished catalog spells it; Unknown with a reason where that can't be said.
Outcome<Known<std::string>, Refusal> typeText(const Catalog& catalog, const SqlText& type);

/// An expression as the finished catalog spells it. Unknown keeps what it is about in `columns`.
Outcome<Known<CanonicalExpression>, Refusal> expressionText(const Catalog& catalog,
                                                            const SqlText& sql,
                                                            ExpressionUse use,
                                                            const Table* table,
                                                            const std::string& columnType = {},
                                                            const std::string& columnName = {});
/// Against what the catalog resolves names now.
SqlScope scopeOf(const Catalog& catalog, const Table* table = nullptr);
/// Against what a later reader of the finished catalog resolves them.
SqlScope readingScopeOf(const Catalog& catalog, const Table* table);

/// The integer type of SERIAL and its kin; empty: no such type.
std::string_view serialType(std::string_view sqlType);

bool hasConstraint(const Table& table, const std::string& name);
/// Whether all of `names` are columns of the table; else the first that is not.
std::optional<std::string> missingColumn(const Table& table, const std::vector<std::string>& names);

/// Columns that a key of an index uses.
std::vector<std::string> columnsOfKey(std::string_view key);
bool usesColumn(const Index& index, const std::string& column);
bool usesColumn(const KeyConstraint& key, const std::string& column);
bool mentions(std::string_view expression, const std::string& column);
bool holds(const std::vector<std::string>& names, const std::string& name);

/// Runs `edit` on every expression of a table that can name types, functions and labels.
template <typename Edit>
void editTexts(Table& table, const Edit& edit)
{
    for (Column& column : table.columns) {
        if (column.defaultExpression)
            edit(*column.defaultExpression);
        if (column.generated)
            edit(*column.generated);
    }
    for (CheckConstraint& check : table.checks)
        edit(check.expression);
    for (Index& index : table.indexes) {
        for (std::string& key : index.columns)
            edit(key);
        if (index.predicate)
            edit(*index.predicate);
    }
    for (Policy& policy : table.policies) {
        edit(policy.usingExpression);
        edit(policy.checkExpression);
    }
}

template <typename List>
void sortByName(List& list)
{
    std::sort(
        list.begin(), list.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
}

template <typename List>
auto findByName(List& list, const std::string& name)
{
    return std::find_if(
        list.begin(), list.end(), [&](const auto& element) { return element.name == name; });
}

} // namespace sightglass::replaying
