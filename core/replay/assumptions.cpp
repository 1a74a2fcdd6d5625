// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replay/assumptions.h"

#include "core/operations/operation.h"
#include "core/replay/appliers.h"
#include "core/replay/clipped_names.h"
#include "core/replay/lookup.h"
#include "core/replay/spelling.h"

#include <algorithm>
#include <type_traits>
#include <variant>

namespace sightglass::replaying {

namespace {

/// An operation that meets several missing things is tried again after each.
constexpr int mostRounds = 16;

template <typename... Alternatives>
bool isOneOf(const Change& change)
{
    return (std::holds_alternative<Alternatives>(change) || ...);
}

bool isDrop(const Change& change)
{
    return isOneOf<change::DropTable,
                   change::DropColumn,
                   change::DropConstraint,
                   change::DropIndex,
                   change::DropType,
                   change::DropSequence,
                   change::DropSchema,
                   change::DropExtension,
                   change::DropView,
                   change::DropFunction,
                   change::DropTrigger,
                   change::DropPolicy>(change);
}

/// What a DROP does not find is gone already.
bool isGone(const Change& change, const Refusal& refusal)
{
    return isDrop(change) && refusal.message.ends_with(" does not exist") &&
           refusal.state != "42703";
}

/// The first quoted name of a message.
std::string firstQuoted(const std::string& message)
{
    const std::size_t open = message.find('"');
    const std::size_t close = message.find('"', open + 1);
    return open == std::string::npos || close == std::string::npos
               ? std::string()
               : message.substr(open + 1, close - open - 1);
}

/// "s.t" of "table s.t".
QualifiedName nameAfter(const std::string& object, std::string_view word)
{
    const std::string text = object.substr(std::min(word.size(), object.size()));
    const std::size_t dot = text.find('.');
    if (dot == std::string::npos)
        return {.schema = {}, .name = text};
    return {.schema = text.substr(0, dot), .name = text.substr(dot + 1)};
}

bool assumeSchema(Catalog& catalog, const std::string& name)
{
    if (name.empty() || catalog.hasNamespace(name))
        return false;
    catalog.putNamespace(name, true);
    return true;
}

bool assumeTable(Catalog& catalog, const QualifiedName& written)
{
    if (written.name.empty() || catalog.findRelation(written))
        return false;
    QualifiedName name = written;
    if (name.schema.empty())
        name.schema = catalog.creationNamespace();
    if (name.schema.empty())
        name.schema = "public";
    assumeSchema(catalog, name.schema);
    if (catalog.relation(name) != nullptr)
        return false;
    Table table;
    table.name = name;
    catalog.put(std::move(table));
    catalog.doubt(name, {}, "no revision before creates the table", Doubt::Reach::Contents);
    return true;
}

bool assumeColumn(Catalog& catalog, const Change& change, const Refusal& refusal)
{
    std::string column = firstQuoted(refusal.message);
    auto found = catalog.findRelation(objectOf(change).table);
    constexpr std::string_view word = "column ";
    const std::size_t dot = refusal.object.rfind('.');
    if (refusal.object.starts_with(word) && dot != std::string::npos) {
        if (const auto named =
                catalog.findRelation(nameAfter(refusal.object.substr(0, dot), word))) {
            found = named;
            column = refusal.object.substr(dot + 1);
        }
    }
    const Table* const known = found ? catalog.table(*found) : nullptr;
    if (known == nullptr || column.empty() || known->column(column) != nullptr)
        return false;
    editTable(catalog, *found, [&](Table& edited) -> Done {
        Column added;
        added.name = column;
        edited.columns.push_back(std::move(added));
        return std::nullopt;
    });
    catalog.doubt(*found, column, "no revision before creates the column");
    return true;
}

bool assumeType(Catalog& catalog, const Change& change, const Refusal& refusal)
{
    QualifiedName name = refusal.object.starts_with("type ")
                             ? nameAfter(refusal.object, "type ")
                             : nameFromSql(firstQuoted(refusal.message));
    if (name.name.empty() || catalog.findType(name))
        return false;
    if (name.schema.empty())
        name.schema = catalog.creationNamespace();
    if (name.schema.empty())
        return false;
    assumeSchema(catalog, name.schema);
    if (isOneOf<change::AddEnumLabel, change::RenameEnumLabel>(change)) {
        EnumType type{.name = name, .labels = {}, .extension = {}};
        if (const auto* const rename = std::get_if<change::RenameEnumLabel>(&change))
            type.labels.push_back(rename->label);
        if (const auto* const add = std::get_if<change::AddEnumLabel>(&change)) {
            const std::string& neighbour = add->before.empty() ? add->after : add->before;
            if (!neighbour.empty())
                type.labels.push_back(neighbour);
        }
        catalog.put(std::move(type));
    } else {
        catalog.setOtherType(name, std::string("assumed"));
    }
    catalog.doubt(name, {}, "no revision before creates the type");
    return true;
}

/// Takes a default that calls the function out; false: this one does not.
bool forgotDefault(ColumnDefinition& column, const std::string& call, const Refusal& refusal)
{
    if (!column.defaultExpression || !column.defaultExpression->isKnown() ||
        column.defaultExpression->value().find(call) == std::string::npos)
        return false;
    column.defaultExpression = SqlText(Unknown{.reason = refusal.message});
    return true;
}

/// The same for all columns that a change makes.
bool forgotDefaults(Change& change, const Refusal& refusal)
{
    const std::string call = refusal.object.substr(refusal.object.find(' ') + 1) + "(";
    bool any = false;
    if (auto* const table = std::get_if<change::CreateTable>(&change)) {
        for (ColumnDefinition& column : table->columns)
            any = forgotDefault(column, call, refusal) || any;
    } else if (auto* const add = std::get_if<change::AddColumn>(&change)) {
        any = forgotDefault(add->column, call, refusal);
    }
    return any;
}

/// The change in a form that asks for less; false: there is none.
bool forced(Change& change, const Refusal& refusal)
{
    if (refusal.state == "2BP01")
        return std::visit(
            [](auto& alternative) {
                if constexpr (requires { alternative.cascade; }) {
                    const bool more = !alternative.cascade;
                    alternative.cascade = true;
                    return more;
                } else {
                    return false;
                }
            },
            change);
    if (refusal.state == "42883")
        return forgotDefaults(change, refusal);
    if (auto* const type = std::get_if<change::SetColumnType>(&change);
        type != nullptr && refusal.state == "42804" && !type->usingExpression) {
        type->usingExpression = SqlText(Unknown{.reason = refusal.message});
        return true;
    }
    return false;
}

/// Makes what the refusal says is missing; false: nothing can be assumed.
bool repaired(Catalog& catalog, Change& change, const Refusal& refusal)
{
    if (refusal.state == "3F000")
        return assumeSchema(catalog, firstQuoted(refusal.message));
    if (refusal.state == "42P01")
        return assumeTable(catalog,
                           refusal.object.starts_with("table ")
                               ? nameAfter(refusal.object, "table ")
                               : nameFromSql(firstQuoted(refusal.message)));
    if (refusal.state == "42703")
        return assumeColumn(catalog, change, refusal);
    if (refusal.state == "42704" && refusal.message.starts_with("type "))
        return assumeType(catalog, change, refusal);
    return forced(change, refusal);
}

} // namespace

Done dispatch(Catalog& catalog, const Change& change)
{
    const auto clipped = withNamesClipped(change);
    return std::visit([&](const auto& alternative) -> Done { return apply(catalog, alternative); },
                      clipped ? *clipped : change);
}

QualifiedName subjectOf(const Catalog& catalog, const Change& change)
{
    const QualifiedName table = objectOf(change).table;
    if (!table.name.empty())
        return catalog.findRelation(table).value_or(table);
    return std::visit(
        [&](const auto& alternative) -> QualifiedName {
            const auto relation = [&](const QualifiedName& name) {
                return catalog.findRelation(name).value_or(name);
            };
            if constexpr (requires { QualifiedName(alternative.index); }) {
                const auto found = catalog.findRelation(alternative.index);
                return found && catalog.relation(*found)->kind == RelationKind::Index
                           ? catalog.relation(*found)->owner()
                           : alternative.index;
            } else if constexpr (requires { QualifiedName(alternative.sequence); }) {
                return relation(alternative.sequence);
            } else if constexpr (requires { QualifiedName(alternative.view); }) {
                return relation(alternative.view);
            } else if constexpr (requires { QualifiedName(alternative.domain); }) {
                return catalog.findType(alternative.domain).value_or(alternative.domain);
            } else if constexpr (requires { QualifiedName(alternative.type); }) {
                return catalog.findType(alternative.type).value_or(alternative.type);
            } else {
                return {};
            }
        },
        change);
}

namespace {

/// "s.t" of "column s.t.c" and of "constraint c of s.t"; empty for other objects.
QualifiedName tableOf(const Refusal& refusal)
{
    constexpr std::string_view column = "column ";
    if (refusal.object.starts_with(column)) {
        const std::size_t dot = refusal.object.rfind('.');
        return dot == std::string::npos ? QualifiedName{}
                                        : nameAfter(refusal.object.substr(0, dot), column);
    }
    const std::size_t of = refusal.object.rfind(" of ");
    if (!refusal.object.starts_with("constraint ") || of == std::string::npos)
        return {};
    return nameAfter(refusal.object.substr(of + 4), {});
}

/// Makes what the refusals say is missing until the change can be done. False: it can't, or only in
/// a form that asks for less.
bool isDoneAfterRepairs(Catalog& catalog, const Change& change, const Refusal& refusal)
{
    Change tried = change;
    Refusal last = refusal;
    bool asWritten = true;
    for (int round = 0; round < mostRounds; ++round) {
        if (!repaired(catalog, tried, last))
            return false;
        asWritten = asWritten && last.state != "2BP01" && last.state != "42804" &&
                    last.state != "42704" && last.state != "42883";
        catalog.commit();
        const Done refused = dispatch(catalog, tried);
        if (!refused) {
            catalog.commit();
            return asWritten;
        }
        catalog.rollback();
        last = *refused;
    }
    return false;
}

} // namespace

bool changesExistence(const Change& change)
{
    return isOneOf<change::CreateTable,
                   change::DropTable,
                   change::RenameTable,
                   change::SetTableSchema,
                   change::CreateView,
                   change::DropView,
                   change::DropSchema,
                   change::AddColumn,
                   change::DropColumn,
                   change::RenameColumn,
                   change::Opaque>(change);
}

bool isOfAssumedTable(const Catalog& catalog, const Refusal& refusal)
{
    if (refusal.state != "42703" && refusal.state != "42704")
        return false;
    const QualifiedName written = tableOf(refusal);
    const auto found = written.name.empty() ? std::nullopt : catalog.findRelation(written);
    return found && catalog.isAssumed(*found);
}

void assumeParts(Catalog& catalog, const Change& change, const Refusal& refusal)
{
    // A constraint with any name may be there; what a DROP does not find is gone afterwards.
    if ((refusal.state == "42704" && refusal.object.starts_with("constraint ")) ||
        isGone(change, refusal))
        return;
    const QualifiedName subject = subjectOf(catalog, change);
    if (isDoneAfterRepairs(catalog, change, refusal))
        return;
    const bool open = refusal.state != "42P07" && changesExistence(change);
    catalog.doubt(subject,
                  objectOf(change).column,
                  "may fail: " + refusal.message,
                  open ? Doubt::Reach::Existence : Doubt::Reach::Parts,
                  true);
}

void assume(Catalog& catalog, const Change& change, const Refusal& refusal)
{
    const QualifiedName subject = subjectOf(catalog, change);
    const std::string column = objectOf(change).column;
    const bool gone = isGone(change, refusal);
    // What it makes is known then: only what it needs was assumed.
    if (!gone && isDoneAfterRepairs(catalog, change, refusal))
        return;
    const bool there = refusal.state == "42P07" || refusal.state == "42701";
    const bool open = !gone && !there && changesExistence(change);
    catalog.doubt(subject,
                  column,
                  "PostgreSQL would refuse an operation on it: " + refusal.message,
                  open ? Doubt::Reach::Existence : Doubt::Reach::Parts);
}

} // namespace sightglass::replaying
