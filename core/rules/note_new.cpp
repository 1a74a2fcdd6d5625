// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/note_new.h"

#include <variant>

namespace sightglass {

namespace {

using Kind = NewObjects::Kind;

struct Noting
{
    const Moment& moment;
    NewObjects& fresh;

    QualifiedName relation(const QualifiedName& written) const { return moment.fullName(written); }

    QualifiedName type(const QualifiedName& written) const { return moment.fullTypeName(written); }

    QualifiedName made(const QualifiedName& written) const
    {
        if (!written.schema.empty())
            return written;
        const auto& path = moment.replay().searchPath();
        return {.schema = path.empty() ? "public" : path.front(), .name = written.name};
    }

    bool isThere(const QualifiedName& written) const
    {
        return moment.replay().findRelation(written).has_value();
    }

    void addRelation(const QualifiedName& written, bool unlessThere, bool temporary = false)
    {
        if (unlessThere && isThere(written))
            return;
        const QualifiedName name = made(written);
        fresh.add(Kind::Relation, name);
        if (temporary)
            fresh.addTemporary(name);
    }

    void operator()(const change::CreateTable& c)
    {
        addRelation(c.table, c.ifNotExists, c.temporary);
    }

    void operator()(const change::DropTable& c) { fresh.remove(Kind::Relation, relation(c.table)); }

    void operator()(const change::RenameTable& c)
    {
        const QualifiedName from = relation(c.table);
        fresh.rename(Kind::Relation, from, {.schema = from.schema, .name = c.newName});
    }

    void operator()(const change::SetTableSchema& c)
    {
        const QualifiedName from = relation(c.table);
        fresh.rename(Kind::Relation, from, {.schema = c.newSchema, .name = from.name});
    }

    void operator()(const change::AddColumn& c)
    {
        if (c.ifNotExists && moment.column(c.table, c.column.name) != nullptr)
            return;
        fresh.add(Kind::Column, relation(c.table), c.column.name);
    }

    void operator()(const change::DropColumn& c)
    {
        fresh.remove(Kind::Column, relation(c.table), c.column);
    }

    void operator()(const change::RenameColumn& c)
    {
        fresh.renamePart(Kind::Column, relation(c.table), c.column, c.newName);
    }

    void operator()(const change::AddConstraint& c)
    {
        if (!c.constraint.name.empty())
            fresh.add(Kind::Constraint, relation(c.table), c.constraint.name);
    }

    void operator()(const change::DropConstraint& c)
    {
        fresh.remove(Kind::Constraint, relation(c.table), c.name);
    }

    void operator()(const change::RenameConstraint& c)
    {
        fresh.renamePart(Kind::Constraint, relation(c.table), c.name, c.newName);
    }

    void operator()(const change::CreateIndex& c)
    {
        if (c.index.name.empty())
            return;
        const QualifiedName name{.schema = relation(c.index.table).schema, .name = c.index.name};
        if (!c.ifNotExists || !isThere(name))
            fresh.add(Kind::Index, name);
    }

    void operator()(const change::DropIndex& c) { fresh.remove(Kind::Index, relation(c.index)); }

    void operator()(const change::RenameIndex& c)
    {
        const QualifiedName from = relation(c.index);
        fresh.rename(Kind::Index, from, {.schema = from.schema, .name = c.newName});
    }

    void operator()(const change::CreateEnum& c)
    {
        if (!c.unlessExists || moment.enumType(c.type) == nullptr)
            fresh.add(Kind::Type, made(c.type));
    }

    void operator()(const change::CreateDomain& c)
    {
        if (!c.unlessExists || moment.domain(c.domain) == nullptr)
            fresh.add(Kind::Type, made(c.domain));
    }

    void operator()(const change::CreateType& c) { fresh.add(Kind::Type, made(c.type)); }

    void operator()(const change::DropType& c) { fresh.remove(Kind::Type, type(c.type)); }

    void operator()(const change::RenameType& c)
    {
        const QualifiedName from = type(c.type);
        fresh.rename(Kind::Type, from, {.schema = from.schema, .name = c.newName});
    }

    void operator()(const change::SetTypeSchema& c)
    {
        const QualifiedName from = type(c.type);
        fresh.rename(Kind::Type, from, {.schema = c.newSchema, .name = from.name});
    }

    void operator()(const change::CreateSequence& c)
    {
        if (!c.ifNotExists || !isThere(c.sequence))
            fresh.add(Kind::Sequence, made(c.sequence));
    }

    void operator()(const change::DropSequence& c)
    {
        fresh.remove(Kind::Sequence, relation(c.sequence));
    }

    void operator()(const change::RenameSequence& c)
    {
        const QualifiedName from = relation(c.sequence);
        fresh.rename(Kind::Sequence, from, {.schema = from.schema, .name = c.newName});
    }

    void operator()(const change::CreateSchema& c)
    {
        if (!c.ifNotExists || !moment.schema().namespaces.contains(c.schema))
            fresh.add(Kind::Schema, {.schema = {}, .name = c.schema});
    }

    void operator()(const change::DropSchema& c)
    {
        fresh.remove(Kind::Schema, {.schema = {}, .name = c.schema});
    }

    void operator()(const change::RenameSchema& c)
    {
        fresh.rename(
            Kind::Schema, {.schema = {}, .name = c.schema}, {.schema = {}, .name = c.newName});
    }

    void operator()(const change::CreateExtension& c)
    {
        if (!c.ifNotExists || !moment.schema().extensions.contains(c.extension))
            fresh.add(Kind::Extension, {.schema = {}, .name = c.extension});
    }

    void operator()(const change::DropExtension& c)
    {
        fresh.remove(Kind::Extension, {.schema = {}, .name = c.extension});
    }

    void operator()(const change::CreateView& c)
    {
        addRelation(c.view, c.ifNotExists || c.orReplace, c.temporary);
    }

    void operator()(const change::DropView& c) { fresh.remove(Kind::Relation, relation(c.view)); }

    void operator()(const change::RenameView& c)
    {
        const QualifiedName from = relation(c.view);
        fresh.rename(Kind::Relation, from, {.schema = from.schema, .name = c.newName});
    }

    void operator()(const change::CreateFunction& c)
    {
        if (!c.orReplace)
            fresh.add(Kind::Function, made(c.function));
    }

    void operator()(const change::DropFunction& c)
    {
        fresh.remove(Kind::Function, made(c.function));
    }

    void operator()(const change::CreateTrigger& c)
    {
        if (!c.orReplace)
            fresh.add(Kind::Trigger, relation(c.table), c.trigger);
    }

    void operator()(const change::DropTrigger& c)
    {
        fresh.remove(Kind::Trigger, relation(c.table), c.trigger);
    }

    void operator()(const change::CreatePolicy& c)
    {
        fresh.add(Kind::Policy, relation(c.table), c.policy.name);
    }

    void operator()(const change::DropPolicy& c)
    {
        fresh.remove(Kind::Policy, relation(c.table), c.policy);
    }

    template <typename T>
    void operator()(const T&)
    {}
};

} // namespace

void noteNewObjects(const Change& change, const Moment& moment, NewObjects& fresh)
{
    std::visit(Noting{.moment = moment, .fresh = fresh}, change);
}

} // namespace sightglass
