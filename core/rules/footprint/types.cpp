// SPDX-License-Identifier: GPL-3.0-or-later
// Types, domains, extensions: what reaches the tables that use them.
#include "core/rules/footprint/builder.h"

#include <algorithm>

namespace sightglass::footprints {

namespace {

constexpr int labelInTransaction = 120000;

/// "app.mood[]" as a name; modifiers are left out.
std::string elementName(std::string type)
{
    while (type.ends_with("[]"))
        type.resize(type.size() - 2);
    const std::size_t open = type.find('(');
    return open == std::string::npos ? type : type.substr(0, open);
}

bool isOfType(const Builder& b, const Column& column, const QualifiedName& type)
{
    const std::string element = elementName(column.type);
    if (element == type.name || element == toText(type) || element == toSql(type))
        return true;
    return b.moment.fullTypeName({.schema = {}, .name = element}) == type &&
           element.find(' ') == std::string::npos;
}

/// Tables with a column of the type.
std::vector<QualifiedName> tablesWith(const Builder& b, const QualifiedName& type)
{
    std::vector<QualifiedName> result;
    for (const auto& [name, table] : b.moment.schema().tables) {
        const bool has = std::ranges::any_of(
            table->columns, [&](const Column& column) { return isOfType(b, column, type); });
        if (has)
            result.push_back(name);
    }
    return result;
}

/// ADD CHECK without NOT VALID, SET NOT NULL and VALIDATE read every table that has the domain.
bool checksRows(const change::AlterDomain& c)
{
    return (!c.added.empty() && !c.added.front().notValid) || c.notNull.value_or(false) || !c.validated.empty();
}

} // namespace

void take(Builder& b, const change::AddEnumLabel&)
{
    b.footprint.outsideTransactionOnly = b.version() < labelInTransaction;
}

void take(Builder& b, const change::DropType& c)
{
    if (!c.cascade)
        return;
    for (const QualifiedName& table : tablesWith(b, b.moment.fullTypeName(c.type)))
        b.lockFurther(table, LockMode::AccessExclusive);
}

void take(Builder& b, const change::DropExtension& c)
{
    if (!c.cascade)
        return;
    // Of the extensions that bring a type, most name it after themselves.
    for (const auto& [name, table] : b.moment.schema().tables) {
        const bool uses = std::ranges::any_of(table->columns, [&](const Column& column) {
            return elementName(column.type).ends_with(c.extension);
        });
        if (uses || table->extension == c.extension)
            b.lockFurther(name, LockMode::AccessExclusive);
    }
}

void take(Builder& b, const change::AlterDomain& c)
{
    if (!checksRows(c))
        return;
    for (const QualifiedName& table : tablesWith(b, b.moment.fullTypeName(c.domain))) {
        b.lockFurther(table, LockMode::Share);
        b.scan();
    }
    if (b.moment.isWhole())
        return;
    b.scan();
    b.doubt(Confidence::Likely, "which tables have a column of the domain");
}

} // namespace sightglass::footprints
