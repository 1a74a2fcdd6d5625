// SPDX-License-Identifier: GPL-3.0-or-later
//
// source  ATPrepAlterColumnType, ATExecAlterColumnType, ATPostAlterTypeParse
#include "core/replay/appliers.h"
#include "core/replay/casts.h"
#include "core/replay/constraints.h"
#include "core/replay/indexes.h"
#include "core/replay/lookup.h"
#include "core/replay/spelling.h"
#include "core/replay/triggers.h"
#include "core/replay/views.h"
#include "core/sql/canonical_index.h"
#include "core/sql/sql_reader.h"

#include <algorithm>
#include <cctype>

namespace sightglass::replaying {

namespace {

/// The type below a domain.
std::string belowDomains(const Catalog& catalog, std::string type)
{
    for (int depth = 0; depth < 32; ++depth) {
        const auto name = catalog.findType(nameFromSql(baseTypeOf(type)));
        const Domain* const domain = name ? catalog.domain(*name) : nullptr;
        if (domain == nullptr || catalog.spelled(*name) != type)
            break;
        type = domain->type;
    }
    return type;
}

bool isEnum(const Catalog& catalog, const std::string& type)
{
    for (const QualifiedName& name :
         candidates(nameFromSql(baseTypeOf(type)), catalog.readingPath())) {
        if (catalog.enumType(name) != nullptr && catalog.spelled(name) == baseTypeOf(type))
            return true;
    }
    return false;
}

Answer casts(const Catalog& catalog, const std::string& from, const std::string& to)
{
    const std::string source = belowDomains(catalog, from);
    const std::string target = belowDomains(catalog, to);
    if (source.empty() || target.empty())
        return Answer::NotKnown;
    if (baseTypeOf(source) == baseTypeOf(target) &&
        source.ends_with("[]") == target.ends_with("[]"))
        return Answer::Yes;
    // No cast is defined for an enum; only the way out through text is automatic.
    if (isEnum(catalog, target))
        return Answer::No;
    if (isEnum(catalog, source))
        return takesText(target) ? Answer::Yes : Answer::No;
    return castsAutomatically(source, target);
}

Refusal noCast(const std::string& what,
               const QualifiedName& table,
               const std::string& column,
               const std::string& to)
{
    return refusal("42804",
                   what + "column \"" + column + "\" cannot be cast automatically to type " +
                       baseTypeOf(to) + (to.ends_with("[]") ? "[]" : ""),
                   "column " + toText(table) + "." + column);
}

/// The type that a default was stored with; empty: it can't be told.
std::string typeOfDefault(const std::string& text)
{
    if (text.empty())
        return {};
    if (text.starts_with("nextval("))
        return "bigint";
    if (text == "true" || text == "false")
        return "boolean";
    if (text == "now()" || text == "CURRENT_TIMESTAMP")
        return "timestamp with time zone";
    if (text == "gen_random_uuid()")
        return "uuid";
    const bool digits = std::ranges::all_of(
        text, [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '.'; });
    if (digits)
        return text.find('.') == std::string::npos ? "integer" : "numeric";
    const std::size_t cast = text.rfind("'::");
    const bool literal = text.front() == '\'' && cast != std::string::npos &&
                         text.find("''") == std::string::npos && text.find('\'', 1) == cast;
    if (literal)
        return text.substr(cast + 3);
    return {};
}

/// What may not be there when a column's type changes.
Done refusedUse(Catalog& catalog, const Table& table, const std::string& column)
{
    const auto object = "column " + toText(table.name) + "." + column;
    for (const QualifiedName& view : catalog.viewsOn(table.name)) {
        const Use use = columnUse(catalog, view, {.table = table.name, .column = column});
        if (use == Use::Yes)
            return refusal("0A000", "cannot alter type of a column used by a view or rule", object);
        if (use == Use::Perhaps)
            catalog.doubt(table.name, column, "view " + view.name + " may use the column");
    }
    for (const Column& other : table.columns) {
        if (other.generated && other.name != column && mentions(*other.generated, column))
            return refusal(
                "0A000", "cannot alter type of a column used by a generated column", object);
    }
    for (const Policy& policy : table.policies) {
        if (mentions(policy.usingExpression, column) || mentions(policy.checkExpression, column))
            return refusal(
                "0A000", "cannot alter type of a column used in a policy definition", object);
    }
    if (std::ranges::any_of(table.triggers,
                            [&](const Trigger& trigger) { return triggerUses(trigger, column); }))
        return refusal(
            "0A000", "cannot alter type of a column used in a trigger definition", object);
    return std::nullopt;
}

/// Re-reads what mentions the column: its spelling follows the type.
Done rebuildChecks(Catalog& catalog, Table& table, const std::string& column)
{
    for (CheckConstraint& check : table.checks) {
        if (check.expression.empty() || !mentions(check.expression, column))
            continue;
        const auto text = canonicalExpression(
            check.expression, ExpressionUse::Check, readingScopeOf(catalog, &table));
        if (!text)
            return text.error();
        if (text->isKnown())
            check.expression = text->value().text;
        else
            catalog.doubt(table.name,
                          {},
                          "the spelling of check " + check.name +
                              " after a change of type is not known: " + text->reason());
    }
    return std::nullopt;
}

void doubtSpelling(Catalog& catalog,
                   const Table& table,
                   const std::string& of,
                   std::string_view why)
{
    catalog.doubt(table.name,
                  {},
                  "the spelling of " + of +
                      " after a change of type is not known: " + std::string(why));
}

/// What a printed definition says: a T of the one change that it is.
template <typename T>
std::optional<T> printed(const std::string& definition)
{
    for (SqlStatement& statement : readSql(definition)) {
        for (SqlChange& each : statement.changes) {
            if (T* const made = std::get_if<T>(&each.change))
                return std::move(*made);
        }
    }
    return std::nullopt;
}

/// An index that uses the column anywhere is made again from its printed text, all of it.
Done rebuildIndexes(Catalog& catalog, Table& table, const std::string& column)
{
    for (Index& index : table.indexes) {
        if (!usesColumn(index, column))
            continue;
        const auto written = printed<change::CreateIndex>(index.definition);
        if (!written) {
            doubtSpelling(catalog, table, "index " + index.name, "its definition can't be read");
            continue;
        }
        const auto made = canonicalIndex(written->index, table, readingScopeOf(catalog, &table));
        if (!made)
            return made.error();
        if (!made->doubt.empty()) {
            doubtSpelling(catalog, table, "index " + index.name, made->doubt);
            continue;
        }
        index.columns = made->index.columns;
        index.predicate = made->index.predicate;
        index.definition = made->index.definition;
    }
    return std::nullopt;
}

bool namesColumn(const ConstraintDefinition& exclusion, const std::string& column)
{
    const auto inText = [&](const std::optional<SqlText>& text) {
        return text && text->isKnown() && mentions(text->value(), column);
    };
    return inText(exclusion.predicate) ||
           std::ranges::any_of(exclusion.elements, [&](const IndexElement& element) {
               return element.column == column || inText(element.expression);
           });
}

/// So is an exclusion constraint.
Done rebuildExclusions(Catalog& catalog, Table& table, const std::string& column)
{
    for (ExclusionConstraint& exclusion : table.exclusions) {
        if (exclusion.definition.empty())
            continue;
        const auto written =
            printed<change::AddConstraint>("ALTER TABLE t ADD " + exclusion.definition);
        if (!written) {
            doubtSpelling(catalog,
                          table,
                          "exclusion constraint " + exclusion.name,
                          "its definition can't be read");
            continue;
        }
        if (!namesColumn(written->constraint, column))
            continue;
        auto made = canonicalExclusion(written->constraint, table, readingScopeOf(catalog, &table));
        if (!made)
            return made.error();
        if (made->isKnown())
            exclusion.definition = std::move(made->value());
        else
            doubtSpelling(catalog, table, "exclusion constraint " + exclusion.name, made->reason());
    }
    return std::nullopt;
}

/// Foreign keys on both sides of the column must still join.
Done checkForeignKeys(const Catalog& catalog, const Table& table, const std::string& column)
{
    auto names = catalog.referencing(table.name);
    names.insert(table.name);
    for (const QualifiedName& name : names) {
        const Table& user = name == table.name ? table : *catalog.table(name);
        for (const ForeignKey& key : user.foreignKeys) {
            const Table* const target =
                key.target == table.name ? &table : catalog.table(key.target);
            for (std::size_t i = 0; target != nullptr && i < key.columns.size(); ++i) {
                const bool concerned = (name == table.name && key.columns[i] == column) ||
                                       (key.target == table.name && key.targetColumns[i] == column);
                const Column* const from = user.column(key.columns[i]);
                const Column* const to = target->column(key.targetColumns[i]);
                if (concerned && from != nullptr && to != nullptr &&
                    comparableTypes(from->type, to->type) == Answer::No)
                    return refusal("42804",
                                   "foreign key constraint \"" + key.name +
                                       "\" cannot be implemented",
                                   "constraint " + key.name + " of " + toText(name));
            }
        }
    }
    return std::nullopt;
}

Done checkCasts(Catalog& catalog,
                const Table& table,
                const Column& column,
                const change::SetColumnType& change,
                const std::string& type)
{
    if (!change.usingExpression && casts(catalog, column.type, type) == Answer::No)
        return noCast("", table.name, column.name, type);
    if (!column.defaultExpression || column.generated)
        return std::nullopt;
    const std::string stored = typeOfDefault(*column.defaultExpression);
    const Answer answer = stored.empty() ? Answer::NotKnown : casts(catalog, stored, type);
    if (answer == Answer::No)
        return noCast("default for ", table.name, column.name, type);
    if (answer == Answer::NotKnown && baseTypeOf(column.type) != baseTypeOf(type))
        catalog.doubt(
            table.name, column.name, "whether its default fits the new type is not known");
    return std::nullopt;
}

Done setColumnType(Catalog& catalog,
                   const QualifiedName& name,
                   const change::SetColumnType& change,
                   const Known<std::string>& type)
{
    const Done refused =
        editColumn(catalog, name, change.column, [&](Table& table, Column& column) -> Done {
            if (Done used = refusedUse(catalog, table, change.column))
                return used;
            if (!type.isKnown()) {
                catalog.doubt(name, change.column, "its type is not known: " + type.reason());
                column.type.clear();
                return std::nullopt;
            }
            if (Done uncast = checkCasts(catalog, table, column, change, type.value()))
                return uncast;
            column.type = type.value();
            column.collation = change.collation == "default" ? std::string() : change.collation;
            if (Done unfit = checkForeignKeys(catalog, table, change.column))
                return unfit;
            if (Done failed = rebuildChecks(catalog, table, change.column))
                return failed;
            if (Done failed = rebuildIndexes(catalog, table, change.column))
                return failed;
            if (Done failed = rebuildExclusions(catalog, table, change.column))
                return failed;
            refreshDefinitions(table);
            return std::nullopt;
        });
    if (refused)
        return refused;
    for (const QualifiedName& child : catalog.childrenOf(name)) {
        if (Done failed = setColumnType(catalog, child, change, type))
            return failed;
    }
    return std::nullopt;
}

} // namespace

Done apply(Catalog& catalog, const change::SetColumnType& change)
{
    const auto table = tableNamed(catalog, change.table);
    if (!table)
        return table.error();
    if (catalog.table(*table)->column(change.column) == nullptr)
        return noColumn(*table, change.column);
    if (change.type.isKnown() && !serialType(change.type.value()).empty())
        return noType({.schema = {}, .name = change.type.value()});
    const auto type = typeText(catalog, change.type);
    if (!type)
        return type.error();
    return setColumnType(catalog, *table, change, *type);
}

} // namespace sightglass::replaying
