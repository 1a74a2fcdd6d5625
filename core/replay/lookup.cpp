// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replay/lookup.h"

#include "core/replay/spelling.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace sightglass::replaying {

namespace {

struct SerialWord
{
    std::string_view word;
    std::string_view type;
};

constexpr std::array serialWords{
    SerialWord{"serial", "integer"},
    SerialWord{"serial4", "integer"},
    SerialWord{"bigserial", "bigint"},
    SerialWord{"serial8", "bigint"},
    SerialWord{"smallserial", "smallint"},
    SerialWord{"serial2", "smallint"},
};

std::string
spelledOn(const Catalog& catalog, const std::vector<std::string>& path, const QualifiedName& name)
{
    for (const std::string& schema : path) {
        if (schema == name.schema)
            return quotedIdentifier(name.name);
        if (catalog.isType({.schema = schema, .name = name.name}))
            break;
    }
    return toSql(name);
}

/// The type of a name that was resolved on the current path, for the path of a later reader.
std::string respelledType(const Catalog& catalog, const std::string& type)
{
    if (catalog.searchPath() == catalog.readingPath())
        return type;
    const std::string base = baseTypeOf(type);
    const auto found = catalog.findType(nameFromSql(base));
    const bool own = found && (catalog.enumType(*found) != nullptr ||
                               catalog.domain(*found) != nullptr || catalog.otherType(*found));
    return own ? withBaseType(type, base, catalog.spelled(*found)) : type;
}

std::string respelledExpression(const Catalog& catalog, std::string text)
{
    if (catalog.searchPath() == catalog.readingPath())
        return text;
    const auto respell = [&](const QualifiedName& name) {
        const std::string from = spelledOn(catalog, catalog.searchPath(), name);
        const std::string to = catalog.spelled(name);
        if (from != to)
            text = withTypeRenamed(text, from, to);
    };
    for (const auto& entry : catalog.schema().enums)
        respell(entry.first);
    for (const auto& entry : catalog.schema().domains)
        respell(entry.first);
    return text;
}

} // namespace

std::string_view serialType(std::string_view sqlType)
{
    std::string word;
    for (const char c : sqlType) {
        if (std::isspace(static_cast<unsigned char>(c)) == 0)
            word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    const auto found = std::ranges::find(serialWords, word, &SerialWord::word);
    return found == serialWords.end() ? std::string_view() : found->type;
}

Outcome<std::optional<QualifiedName>, Refusal>
tableNamed(const Catalog& catalog, const QualifiedName& name, bool ifExists)
{
    const auto found = catalog.findRelation(name);
    if (!found) {
        if (ifExists)
            return std::optional<QualifiedName>();
        return otherwise(noRelation(catalog, name));
    }
    if (catalog.relation(*found)->kind != RelationKind::Table)
        return otherwise(wrongKind(name, "a table"));
    return found;
}

Outcome<QualifiedName, Refusal> tableNamed(const Catalog& catalog, const QualifiedName& name)
{
    const auto found = tableNamed(catalog, name, false);
    if (!found)
        return otherwise(found.error());
    return **found;
}

Outcome<QualifiedName, Refusal>
newName(const Catalog& catalog, const QualifiedName& name, bool temporary)
{
    QualifiedName full = name;
    if (temporary)
        full.schema = temporaryNamespace;
    else if (name.schema.empty())
        full.schema = catalog.creationNamespace();
    if (full.schema.empty())
        return otherwise(
            refusal("3F000", "no schema has been selected to create in", "relation " + name.name));
    if (!catalog.hasNamespace(full.schema))
        return otherwise(noSchema(full.schema));
    return full;
}

SqlScope scopeOf(const Catalog& catalog, const Table* table)
{
    return {.schema = catalog.schema(),
            .searchPath = catalog.searchPath(),
            .table = table,
            .otherTypes = &catalog.otherTypes(),
            .newLabels = &catalog.newLabels(),
            .parsedTexts = &catalog.parsedTexts()};
}

SqlScope readingScopeOf(const Catalog& catalog, const Table* table)
{
    return {.schema = catalog.schema(),
            .searchPath = catalog.readingPath(),
            .table = table,
            .otherTypes = &catalog.otherTypes(),
            .parsedTexts = &catalog.parsedTexts()};
}

Outcome<Known<std::string>, Refusal> typeText(const Catalog& catalog, const SqlText& type)
{
    if (!type.isKnown())
        return Known<std::string>(Unknown{type.reason()});
    auto text = canonicalType(type.value(), scopeOf(catalog));
    if (text && text->isKnown())
        return Known<std::string>(respelledType(catalog, text->value()));
    if (!text && text.error().state == "42704") {
        // Types that a schema does not hold are known by name only.
        const auto found = catalog.findType(nameFromSql(baseTypeOf(type.value())));
        const bool array = type.value().find('[') != std::string::npos;
        if (found)
            return Known<std::string>(catalog.spelled(*found) + (array ? "[]" : ""));
    }
    return text;
}

Outcome<Known<CanonicalExpression>, Refusal> expressionText(const Catalog& catalog,
                                                            const SqlText& sql,
                                                            ExpressionUse use,
                                                            const Table* table,
                                                            const std::string& columnType,
                                                            const std::string& columnName)
{
    if (!sql.isKnown())
        return Known<CanonicalExpression>(Unknown{sql.reason()});
    auto found =
        canonicalExpression(sql.value(), use, scopeOf(catalog, table), columnType, columnName);
    if (found && found->isKnown())
        found->value().text = respelledExpression(catalog, found->value().text);
    return found;
}

bool hasConstraint(const Table& table, const std::string& name)
{
    const auto named = [&](const auto& constraint) { return constraint.name == name; };
    return (table.primaryKey && table.primaryKey->name == name) ||
           std::ranges::any_of(table.uniques, named) ||
           std::ranges::any_of(table.foreignKeys, named) ||
           std::ranges::any_of(table.checks, named) || std::ranges::any_of(table.exclusions, named);
}

std::optional<std::string> missingColumn(const Table& table, const std::vector<std::string>& names)
{
    for (const std::string& name : names) {
        if (table.column(name) == nullptr)
            return name;
    }
    return std::nullopt;
}

bool holds(const std::vector<std::string>& names, const std::string& name)
{
    return std::ranges::find(names, name) != names.end();
}

std::vector<std::string> columnsOfKey(std::string_view key)
{
    const QualifiedName plain = nameFromSql(key);
    const std::string quoted = quotedIdentifier(plain.name);
    const bool isColumn = plain.schema.empty() && !plain.name.empty() && key.starts_with(quoted) &&
                          (key.size() == quoted.size() || key[quoted.size()] == ' ');
    if (isColumn)
        return {plain.name};
    // An expression ends with its last parenthesis; behind it are collation, class and order.
    const std::size_t end = key.rfind(')');
    return columnsOf(end == std::string_view::npos ? key : key.substr(0, end + 1));
}

bool mentions(std::string_view expression, const std::string& column)
{
    return expression.find(column) != std::string_view::npos &&
           holds(columnsOf(expression), column);
}

bool usesColumn(const Index& index, const std::string& column)
{
    if (holds(index.include, column))
        return true;
    if (index.predicate && mentions(*index.predicate, column))
        return true;
    return std::ranges::any_of(index.columns, [&](const std::string& key) {
        return key.find(column) != std::string::npos && holds(columnsOfKey(key), column);
    });
}

bool usesColumn(const KeyConstraint& key, const std::string& column)
{
    return holds(key.columns, column) || holds(key.include, column);
}

} // namespace sightglass::replaying
