// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/seen_objects.h"

namespace sightglass {

namespace {

template <typename T>
void noteIn(SeenObjects::Objects<T>& seen,
            const Schema::Objects<T>& schema,
            const QualifiedName& name)
{
    if (seen.contains(name))
        return;
    const auto found = schema.find(name);
    seen.emplace(name, found == schema.end() ? nullptr : found->second);
}

void noteName(SeenObjects& seen, const Moment& moment, const QualifiedName& written)
{
    const Schema& schema = moment.schema();
    const QualifiedName relation = moment.fullName(written);
    if (schema.views.contains(relation))
        noteIn(seen.views, schema.views, relation);
    else if (schema.sequences.contains(relation))
        noteIn(seen.sequences, schema.sequences, relation);
    else {
        if (moment.replay().isAssumed(relation) && !seen.tables.contains(relation))
            seen.notKnown.insert(relation);
        noteIn(seen.tables, schema.tables, relation);
    }
}

struct Noting
{
    SeenObjects& seen;
    const Moment& moment;

    void type(const QualifiedName& written) const
    {
        const QualifiedName name = moment.fullTypeName(written);
        noteIn(seen.enums, moment.schema().enums, name);
        noteIn(seen.domains, moment.schema().domains, name);
    }

    void operator()(const change::RenameTable& c) const
    {
        noteName(seen, moment, c.table);
        const QualifiedName from = moment.fullName(c.table);
        noteName(seen, moment, {.schema = from.schema, .name = c.newName});
    }

    void operator()(const change::SetTableSchema& c) const
    {
        noteName(seen, moment, c.table);
        noteName(seen, moment, {.schema = c.newSchema, .name = c.table.name});
    }

    void operator()(const change::DropIndex& c) const
    {
        if (const FoundIndex found = moment.index(c.index); found.table)
            noteName(seen, moment, found.table->name);
    }

    void operator()(const change::RenameIndex& c) const
    {
        if (const FoundIndex found = moment.index(c.index); found.table)
            noteName(seen, moment, found.table->name);
    }

    void operator()(const change::CreateEnum& c) const { type(c.type); }

    void operator()(const change::AddEnumLabel& c) const { type(c.type); }

    void operator()(const change::RenameEnumLabel& c) const { type(c.type); }

    void operator()(const change::CreateDomain& c) const { type(c.domain); }

    void operator()(const change::AlterDomain& c) const { type(c.domain); }

    void operator()(const change::DropType& c) const { type(c.type); }

    void operator()(const change::RenameType& c) const
    {
        type(c.type);
        const QualifiedName from = moment.fullTypeName(c.type);
        type({.schema = from.schema, .name = c.newName});
    }

    void operator()(const change::SetTypeSchema& c) const
    {
        type(c.type);
        type({.schema = c.newSchema, .name = c.type.name});
    }

    void operator()(const change::CreateView& c) const { view(c.view); }

    void operator()(const change::DropView& c) const { view(c.view); }

    void operator()(const change::RenameView& c) const
    {
        view(c.view);
        const QualifiedName from = moment.fullName(c.view);
        view({.schema = from.schema, .name = c.newName});
    }

    void view(const QualifiedName& written) const
    {
        noteIn(seen.views, moment.schema().views, moment.fullName(written));
    }

    void operator()(const change::CreateSequence& c) const { sequence(c.sequence); }

    void operator()(const change::AlterSequence& c) const { sequence(c.sequence); }

    void operator()(const change::DropSequence& c) const { sequence(c.sequence); }

    void sequence(const QualifiedName& written) const
    {
        noteIn(seen.sequences, moment.schema().sequences, moment.fullName(written));
    }

    void operator()(const change::CreateSchema& c) const { space(c.schema); }

    void operator()(const change::DropSchema& c) const { space(c.schema); }

    void operator()(const change::RenameSchema& c) const
    {
        space(c.schema);
        space(c.newName);
    }

    void space(const std::string& name) const
    {
        seen.namespaces.emplace(name, moment.schema().namespaces.contains(name));
    }

    template <typename T>
    void operator()(const T& c) const
    {
        const QualifiedName table = objectOf(Change(c)).table;
        if (!table.name.empty())
            noteName(seen, moment, table);
    }
};

} // namespace

void SeenObjects::note(const Operation& operation, const Moment& moment)
{
    if (isStructural(operation.change))
        std::visit(Noting{.seen = *this, .moment = moment}, operation.change);
}

} // namespace sightglass
