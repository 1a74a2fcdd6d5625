// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/definitions.h"

namespace sightglass {

namespace {

std::string nameList(const std::vector<std::string>& names, bool periodLast = false)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        text += i == 0 ? "" : ", ";
        text += periodLast && i + 1 == names.size() ? "PERIOD " : "";
        text += quotedIdentifier(names[i]);
    }
    return "(" + text + ")";
}

std::string deferral(bool deferrable, bool initiallyDeferred)
{
    return std::string(deferrable ? " DEFERRABLE" : "") +
           (initiallyDeferred ? " INITIALLY DEFERRED" : "");
}

std::string validity(bool validated, bool enforced)
{
    return !enforced ? " NOT ENFORCED" : validated ? "" : " NOT VALID";
}

std::string keyDefinition(const KeyConstraint& key, std::string words)
{
    std::string columns = nameList(key.columns);
    if (key.withoutOverlaps)
        columns.insert(columns.size() - 1, " WITHOUT OVERLAPS");
    words += columns;
    if (!key.include.empty())
        words += " INCLUDE " + nameList(key.include);
    return words + deferral(key.deferrable, key.initiallyDeferred);
}

std::string relationText(const QualifiedName& name)
{
    return name.schema == "public" ? quotedIdentifier(name.name) : toSql(name);
}

/// Keys are spelled already; included columns are names.
std::string keyList(const std::vector<std::string>& keys)
{
    std::string text;
    for (const std::string& key : keys)
        text += (text.empty() ? "" : ", ") + key;
    return " (" + text + ")";
}

} // namespace

std::string primaryKeyDefinition(const KeyConstraint& key)
{
    return keyDefinition(key, "PRIMARY KEY ");
}

std::string uniqueDefinition(const KeyConstraint& key)
{
    return keyDefinition(key, key.nullsNotDistinct ? "UNIQUE NULLS NOT DISTINCT " : "UNIQUE ");
}

std::string foreignKeyDefinition(const ForeignKey& key)
{
    std::string text = "FOREIGN KEY " + nameList(key.columns, key.period) + " REFERENCES " +
                       relationText(key.target) + nameList(key.targetColumns, key.period);
    if (!key.match.empty())
        text += " MATCH " + key.match;
    if (!key.onUpdate.empty())
        text += " ON UPDATE " + key.onUpdate;
    if (!key.onDelete.empty())
        text += " ON DELETE " + key.onDelete;
    return text + deferral(key.deferrable, key.initiallyDeferred) +
           validity(key.validated, key.enforced);
}

std::string checkDefinition(const CheckConstraint& check)
{
    return "CHECK (" + check.expression + ")" + (check.noInherit ? " NO INHERIT" : "") +
           validity(check.validated, check.enforced);
}

std::string
indexDefinition(const QualifiedName& table, const Index& index, const IndexExtras& extras)
{
    std::string text = index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
    text += quotedIdentifier(index.name) + " ON " + (extras.only ? "ONLY " : "") + toSql(table);
    text += " USING " + quotedIdentifier(index.method) + keyList(index.columns);
    if (!index.include.empty())
        text += " INCLUDE " + nameList(index.include);
    if (index.nullsNotDistinct)
        text += " NULLS NOT DISTINCT";
    text += extras.storage;
    if (index.predicate)
        text += " WHERE " + *index.predicate;
    return text;
}

} // namespace sightglass
