// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/upgrade_ledger.h"

#include "core/rules/dropped.h"

#include <algorithm>
#include <variant>

namespace sightglass {

namespace {

using Key = UpgradeLedger::Key;

struct Entering
{
    UpgradeLedger& ledger;
    const StepRecord& record;
    const Moment& moment;

    const QualifiedName& target() const { return record.target.name; }

    void make(Key key) const
    {
        if (ledger.taken.erase(key) == 0)
            ledger.made.emplace(std::move(key), record.operation);
    }

    void take(Key key) const
    {
        if (ledger.made.erase(key) == 0)
            ledger.taken.emplace(std::move(key), record.operation);
    }

    Key part(const char* kind, std::string name) const
    {
        return {.kind = kind, .object = target(), .part = std::move(name)};
    }

    static Key whole(const char* kind, QualifiedName name)
    {
        return {.kind = kind, .object = std::move(name), .part = {}};
    }

    /// An index lives in the schema of its table.
    Key index(const std::string& name) const
    {
        return whole("index", {.schema = target().schema, .name = name});
    }

    void operator()(const change::CreateTable& c) const
    {
        if (!c.temporary && !c.ifNotExists)
            make(whole("table", target()));
    }

    void operator()(const change::DropTable&) const { take(whole("table", target())); }

    void operator()(const change::RenameTable& c) const
    {
        const QualifiedName renamed{.schema = target().schema, .name = c.newName};
        take(whole("table", target()));
        make(whole("table", renamed));
        ledger.renamed.insert(target());
        ledger.renamed.insert(renamed);
    }

    void operator()(const change::SetTableSchema& c) const
    {
        const QualifiedName moved{.schema = c.newSchema, .name = target().name};
        take(whole("table", target()));
        make(whole("table", moved));
        ledger.renamed.insert(target());
        ledger.renamed.insert(moved);
    }

    void operator()(const change::AddColumn& c) const
    {
        if (!c.column.constraints.empty())
            ledger.unnamedKeys.insert(target());
        if (!c.ifNotExists)
            make(part("column", c.column.name));
    }

    void operator()(const change::DropColumn& c) const { take(part("column", c.column)); }

    void operator()(const change::RenameColumn& c) const
    {
        take(part("column", c.column));
        make(part("column", c.newName));
    }

    void operator()(const change::AddConstraint& c) const
    {
        if (c.constraint.name.empty())
            ledger.unnamedKeys.insert(target());
        else
            make(part("constraint", c.constraint.name));
        if (!c.constraint.usingIndex.empty())
            ledger.made.erase(index(c.constraint.usingIndex));
    }

    void operator()(const change::DropConstraint& c) const { take(part("constraint", c.name)); }

    void operator()(const change::RenameConstraint& c) const
    {
        take(part("constraint", c.name));
        make(part("constraint", c.newName));
    }

    void operator()(const change::CreateIndex& c) const
    {
        if (!c.index.name.empty() && !c.ifNotExists)
            make(index(c.index.name));
    }

    void operator()(const change::DropIndex& c) const
    {
        take(whole("index", moment.fullName(c.index)));
    }

    void operator()(const change::RenameIndex& c) const
    {
        const QualifiedName from = moment.fullName(c.index);
        take(whole("index", from));
        make(whole("index", {.schema = from.schema, .name = c.newName}));
    }

    void operator()(const change::CreateTrigger& c) const
    {
        if (!c.orReplace)
            make(part("trigger", c.trigger));
    }

    void operator()(const change::DropTrigger& c) const { take(part("trigger", c.trigger)); }

    void operator()(const change::CreatePolicy& c) const { make(part("policy", c.policy.name)); }

    void operator()(const change::DropPolicy& c) const { take(part("policy", c.policy)); }

    void operator()(const change::CreateView& c) const
    {
        if (!c.orReplace && !c.ifNotExists && !c.temporary)
            make(whole("view", moment.fullName(c.view)));
    }

    void operator()(const change::DropView& c) const
    {
        take(whole("view", moment.fullName(c.view)));
    }

    void operator()(const change::CreateEnum& c) const
    {
        if (!c.unlessExists)
            make(whole("type", moment.fullTypeName(c.type)));
    }

    void operator()(const change::CreateType& c) const
    {
        make(whole("type", moment.fullTypeName(c.type)));
    }

    void operator()(const change::CreateDomain& c) const
    {
        if (!c.unlessExists)
            make(whole("domain", moment.fullTypeName(c.domain)));
    }

    void operator()(const change::DropType& c) const
    {
        take(whole(c.domain ? "domain" : "type", moment.fullTypeName(c.type)));
    }

    void operator()(const change::RenameType& c) const
    {
        const QualifiedName from = moment.fullTypeName(c.type);
        const QualifiedName to{.schema = from.schema, .name = c.newName};
        take(whole("type", from));
        make(whole("type", to));
    }

    void operator()(const change::CreateSequence& c) const
    {
        if (!c.ifNotExists && !c.temporary)
            make(whole("sequence", moment.fullName(c.sequence)));
    }

    void operator()(const change::DropSequence& c) const
    {
        take(whole("sequence", moment.fullName(c.sequence)));
    }

    void operator()(const change::CreateFunction& c) const
    {
        if (!c.orReplace)
            make(whole("function", createdName(moment, c.function)));
    }

    void operator()(const change::DropFunction& c) const
    {
        take(whole("function", createdName(moment, c.function)));
    }

    void operator()(const change::CreateSchema& c) const
    {
        if (!c.ifNotExists)
            make(whole("schema", {.schema = {}, .name = c.schema}));
    }

    void operator()(const change::DropSchema& c) const
    {
        take(whole("schema", {.schema = {}, .name = c.schema}));
    }

    void operator()(const change::CreateExtension& c) const
    {
        if (!c.ifNotExists)
            make(whole("extension", {.schema = {}, .name = c.extension}));
    }

    void operator()(const change::DropExtension& c) const
    {
        take(whole("extension", {.schema = {}, .name = c.extension}));
    }

    template <typename T>
    void operator()(const T&) const
    {
        Key key = changedKey(*record.operation, moment);
        if (key.kind.empty())
            return;
        const Key column{.kind = "column", .object = key.object, .part = key.part};
        if (!ledger.made.contains(column))
            ledger.changed.emplace(std::move(key), record.operation);
    }
};

std::string_view changedKind(const Change& change)
{
    if (std::holds_alternative<change::SetNotNull>(change) ||
        std::holds_alternative<change::DropNotNull>(change))
        return "nullability";
    if (std::holds_alternative<change::SetDefault>(change) ||
        std::holds_alternative<change::DropDefault>(change))
        return "default";
    return std::holds_alternative<change::SetColumnType>(change) ? "type" : "";
}

} // namespace

std::string UpgradeLedger::Key::words() const
{
    if (part.empty())
        return kind + " " + toText(object);
    if (kind == "constraint" || kind == "trigger" || kind == "policy")
        return kind + " " + part + " of " + toText(object);
    return (kind == "column" ? "column " : kind + " of column ") + toText(object) + "." + part;
}

UpgradeLedger ledgerOf(std::span<const StepRecord> steps, const Moment& moment)
{
    UpgradeLedger ledger;
    for (const StepRecord& record : steps) {
        if (!record.operation->alternative)
            std::visit(Entering{.ledger = ledger, .record = record, .moment = moment},
                       record.operation->change);
    }
    return ledger;
}

UpgradeLedger::Key changedKey(const Operation& operation, const Moment& moment)
{
    const std::string_view kind = changedKind(operation.change);
    if (kind.empty())
        return {};
    const ChangedObject object = objectOf(operation.change);
    return {
        .kind = std::string(kind), .object = moment.fullName(object.table), .part = object.column};
}

} // namespace sightglass
