// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/compared_table.h"
#include "core/forecast/type_words.h"

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {

/// The sequence of SERIAL, which Alembic takes away for integer and bigint.
bool isSerial(const Table& table, const Column& column, const Schema& live)
{
    constexpr std::string_view begin = "nextval('";
    constexpr std::string_view end = "'::regclass)";
    const std::string& text = column.defaultExpression.value_or(std::string());
    if (!text.starts_with(begin) || !text.ends_with(end) ||
        (column.type != "integer" && column.type != "bigint"))
        return false;
    const std::string named = text.substr(begin.size(), text.size() - begin.size() - end.size());
    return std::ranges::any_of(live.sequences, [&](const auto& each) {
        const Sequence& sequence = *each.second;
        return sequence.name.name == named && sequence.ownerTable == table.name &&
               sequence.ownerColumn == column.name;
    });
}

const Domain*
domainOf(const std::string& type, const Schema& live, const std::vector<std::string>& path)
{
    for (const auto& [name, domain] : live.domains) {
        if (type == toSql(name) ||
            (type == quotedIdentifier(name.name) && std::ranges::count(path, name.schema) > 0))
            return domain.get();
    }
    return nullptr;
}

ComparedColumn columnOf(const Table& table,
                        const Column& column,
                        const Schema& live,
                        const std::vector<std::string>& path)
{
    ComparedColumn made{.name = column.name,
                        .type = reflectedType(column.type, live, path),
                        .typeUnknown = {},
                        .nullable = column.nullable,
                        .defaultText = column.defaultExpression,
                        .computed = column.generated.has_value(),
                        .serial = isSerial(table, column, live)};
    if (made.serial)
        made.defaultText.reset();
    // A domain may stand on another.
    const Domain* domain = domainOf(column.type, live, path);
    for (int depth = 0; domain != nullptr && depth < 8; ++depth) {
        made.nullable = made.nullable && domain->nullable;
        if (!made.defaultText)
            made.defaultText = domain->defaultExpression;
        domain = domainOf(domain->type, live, path);
    }
    if (column.identity) {
        made.identity = IdentityDefinition{.always = column.identity->always, .options = {}};
        made.identity->options.start = column.identity->start;
        made.identity->options.increment = column.identity->increment;
    }
    if (!column.comment.empty())
        made.comment = column.comment;
    return made;
}

/// The column that a key of an index is; empty: an expression.
std::string columnOfKey(const Table& table, const std::string& key)
{
    for (const Column& column : table.columns) {
        const std::string quoted = quotedIdentifier(column.name);
        if (key.starts_with(quoted) && (key.size() == quoted.size() || key[quoted.size()] == ' '))
            return column.name;
    }
    return {};
}

ComparedKey indexOf(const Table& table, const Index& index)
{
    ComparedKey made{.name = index.name, .columns = {}, .isIndex = true, .unique = index.unique};
    for (const std::string& key : index.columns) {
        const std::string column = columnOfKey(table, key);
        if (column.empty())
            made.functional = true;
        else
            made.columns.push_back(column);
        made.keys += (made.keys.empty() ? "" : ", ") + key;
    }
    return made;
}

/// Whether the bare name finds this table through the search path, as it is then written.
bool isVisible(const QualifiedName& name, const Schema& live, const std::vector<std::string>& path)
{
    for (const std::string& each : path) {
        if (each == name.schema)
            return true;
        if (live.table({.schema = each, .name = name.name}) != nullptr)
            return false;
    }
    return false;
}

} // namespace

ComparedTable
reflectedTable(const Table& table, const Schema& live, const std::vector<std::string>& path)
{
    const std::string defaultSchema = path.empty() ? "public" : path.front();
    ComparedTable made;
    if (table.name.schema != defaultSchema)
        made.schema = table.name.schema;
    for (const Column& column : table.columns)
        made.columns.push_back(columnOf(table, column, live, path));
    for (const KeyConstraint& unique : table.uniques)
        made.uniques.push_back({.name = unique.name, .columns = unique.columns, .unique = true});
    for (const Index& index : table.indexes)
        made.indexes.push_back(indexOf(table, index));
    for (const ForeignKey& key : table.foreignKeys) {
        ComparedForeignKey one{.name = key.name,
                               .columns = key.columns,
                               .target = key.target,
                               .targetColumns = key.targetColumns,
                               .onDelete = comparedAction(key.onDelete),
                               .onUpdate = comparedAction(key.onUpdate),
                               .deferrable = key.deferrable,
                               .initiallyDeferred = key.initiallyDeferred};
        if (isVisible(key.target, live, path))
            one.target.schema = key.target.schema == made.schema ? made.schema : std::string();
        made.foreignKeys.push_back(std::move(one));
    }
    if (!table.comment.empty())
        made.comment = table.comment;
    return made;
}

} // namespace sightglass
