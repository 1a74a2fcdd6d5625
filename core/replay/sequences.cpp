// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replay/appliers.h"
#include "core/replay/lookup.h"
#include "core/replay/spelling.h"
#include "core/replay/views.h"

#include <algorithm>

namespace sightglass::replaying {

namespace {

std::int64_t firstValue(const SequenceOptions& options)
{
    if (options.increment.value_or(1) > 0)
        return options.noMinimum ? 1 : options.minimum.value_or(1);
    return options.noMaximum ? -1 : options.maximum.value_or(-1);
}

Done setOwner(const Catalog& catalog, Sequence& sequence, const SequenceOptions& options)
{
    if (options.ownedByNone) {
        sequence.ownerTable.reset();
        sequence.ownerColumn.clear();
    }
    if (!options.ownerTable)
        return std::nullopt;
    const auto table = catalog.findRelation(*options.ownerTable);
    if (!table)
        return noRelation(catalog, *options.ownerTable);
    const Table* const owner = catalog.table(*table);
    if (owner == nullptr)
        return refusal("42809",
                       "sequence cannot be owned by relation \"" + table->name + "\"",
                       "relation " + toText(*table));
    if (table->schema != sequence.name.schema)
        return refusal("55000",
                       "sequence must be in same schema as table it is linked to",
                       "sequence " + toText(sequence.name));
    if (owner->column(options.ownerColumn) == nullptr)
        return noColumn(*table, options.ownerColumn);
    sequence.ownerTable = *table;
    sequence.ownerColumn = options.ownerColumn;
    return std::nullopt;
}

Done setType(const Catalog& catalog, Sequence& sequence, const SequenceOptions& options)
{
    if (!options.type)
        return std::nullopt;
    const auto type = typeText(catalog, *options.type);
    if (!type)
        return type.error();
    if (type->isKnown())
        sequence.type = type->value();
    if (sequence.type != "bigint" && sequence.type != "integer" && sequence.type != "smallint")
        return refusal("22023",
                       "sequence type must be smallint, integer, or bigint",
                       "sequence " + toText(sequence.name));
    return std::nullopt;
}

/// A sequence by name, also one that belongs to an identity column.
Outcome<std::optional<QualifiedName>, Refusal>
sequenceNamed(const Catalog& catalog, const QualifiedName& name, bool ifExists)
{
    auto found = catalog.findRelation(name);
    if (!found) {
        if (ifExists)
            return found;
        return otherwise(noRelation(catalog, name));
    }
    if (catalog.relation(*found)->kind != RelationKind::Sequence)
        return otherwise(wrongKind(name, "a sequence"));
    return found;
}

} // namespace

bool defaultUses(const Table& table, const std::string& spelledSequence)
{
    const std::string call = "nextval(" + quotedLiteral(spelledSequence) + "::regclass)";
    return std::ranges::any_of(table.columns, [&](const Column& column) {
        return column.defaultExpression &&
               column.defaultExpression->find(call) != std::string::npos;
    });
}

void removeDefaultsOn(Catalog& catalog, const QualifiedName& sequence)
{
    const std::string call = "nextval(" + quotedLiteral(catalog.spelled(sequence)) + "::regclass)";
    for (const QualifiedName& user : catalog.defaultsWith(sequence)) {
        editTable(catalog, user, [&](Table& table) -> Done {
            for (Column& column : table.columns) {
                if (column.defaultExpression &&
                    column.defaultExpression->find(call) != std::string::npos)
                    column.defaultExpression.reset();
            }
            return std::nullopt;
        });
    }
}

void moveSequence(Catalog& catalog, const QualifiedName& from, const QualifiedName& to)
{
    const std::string before = "nextval(" + quotedLiteral(catalog.spelled(from)) + "::regclass)";
    const auto users = catalog.defaultsWith(from);
    Sequence moved = *catalog.sequence(from);
    catalog.remove<Sequence>(from);
    moved.name = to;
    catalog.put(std::move(moved));
    const std::string after = "nextval(" + quotedLiteral(catalog.spelled(to)) + "::regclass)";
    for (const QualifiedName& user : users) {
        editTable(catalog, user, [&](Table& table) -> Done {
            for (Column& column : table.columns) {
                if (column.defaultExpression)
                    column.defaultExpression =
                        replacedAll(*column.defaultExpression, before, after);
            }
            return std::nullopt;
        });
    }
}

Done apply(Catalog& catalog, const change::CreateSequence& change)
{
    const auto name = newName(catalog, change.sequence, change.temporary);
    if (!name)
        return name.error();
    if (catalog.relation(*name) != nullptr) {
        if (change.ifNotExists)
            return std::nullopt;
        return relationExists(name->name);
    }
    Sequence sequence{
        .name = *name, .type = "bigint", .ownerTable = {}, .ownerColumn = {}, .extension = {}};
    if (Done refused = setType(catalog, sequence, change.options))
        return refused;
    sequence.increment = change.options.increment.value_or(1);
    sequence.start = change.options.start.value_or(firstValue(change.options));
    if (Done refused = setOwner(catalog, sequence, change.options))
        return refused;
    catalog.put(std::move(sequence));
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::AlterSequence& change)
{
    const auto found = sequenceNamed(catalog, change.sequence, change.ifExists);
    if (!found)
        return found.error();
    if (!*found)
        return std::nullopt;
    if (const ColumnPlace* const place = catalog.identitySequence(**found); place != nullptr) {
        if (change.options.ownerTable || change.options.ownedByNone)
            return refusal("0A000",
                           "cannot change ownership of identity sequence",
                           "sequence " + toText(**found));
        return editColumn(
            catalog, place->table, std::string(place->column), [&](Table&, Column& column) -> Done {
                if (column.identity) {
                    column.identity->increment =
                        change.options.increment.value_or(column.identity->increment);
                    column.identity->start = change.options.start.value_or(column.identity->start);
                }
                return std::nullopt;
            });
    }
    Sequence sequence = *catalog.sequence(**found);
    if (Done refused = setType(catalog, sequence, change.options))
        return refused;
    sequence.increment = change.options.increment.value_or(sequence.increment);
    sequence.start = change.options.start.value_or(sequence.start);
    if (Done refused = setOwner(catalog, sequence, change.options))
        return refused;
    catalog.put(std::move(sequence));
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::DropSequence& change)
{
    const auto found = catalog.findRelation(change.sequence);
    if (!found) {
        if (change.ifExists)
            return std::nullopt;
        return noObject(catalog, "sequence", change.sequence, "42P01");
    }
    if (catalog.relation(*found)->kind != RelationKind::Sequence)
        return wrongKind(change.sequence, "a sequence");
    if (const ColumnPlace* const place = catalog.identitySequence(*found); place != nullptr)
        return refusal("2BP01",
                       "cannot drop sequence " + described(catalog, *found) + " because column " +
                           place->column + " of table " + described(catalog, place->table) +
                           " requires it",
                       "sequence " + toText(*found));
    const auto users = catalog.defaultsWith(*found);
    const std::string spelled = catalog.spelled(*found);
    const bool used = std::ranges::any_of(users, [&](const QualifiedName& user) {
        return defaultUses(*catalog.table(user), spelled);
    });
    if (used && !change.cascade)
        return dependedOn("sequence " + described(catalog, *found));
    removeDefaultsOn(catalog, *found);
    catalog.remove<Sequence>(*found);
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::RenameSequence& change)
{
    const auto found = sequenceNamed(catalog, change.sequence, false);
    return found ? renameRelation(catalog, **found, change.newName) : Done(found.error());
}

} // namespace sightglass::replaying
