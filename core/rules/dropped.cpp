// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/dropped.h"

#include "core/sql/statement_tokens.h"

#include <algorithm>
#include <cctype>
#include <variant>

namespace sightglass {

namespace {

using Kind = NewObjects::Kind;

/// Which object each kind of DROP names.
struct Naming
{
    const Step& step;

    const Moment& moment() const { return step.moment; }

    DroppedObject operator()(const change::DropTable& c) const
    {
        return relation("table", c.table, c.cascade);
    }

    DroppedObject operator()(const change::DropView& c) const
    {
        return relation(c.materialized ? "materialized view" : "view", c.view, c.cascade);
    }

    DroppedObject operator()(const change::DropColumn& c) const
    {
        DroppedObject object = relation("column", c.table, c.cascade);
        object.part = c.column;
        object.isNew = moment().isNewColumn(c.table, c.column);
        return object;
    }

    DroppedObject operator()(const change::DropConstraint& c) const
    {
        DroppedObject object = relation("constraint", c.table, c.cascade);
        object.part = c.name;
        object.isNew = object.isNew || moment().isNew(Kind::Constraint, object.name, c.name);
        return object;
    }

    DroppedObject operator()(const change::DropTrigger& c) const
    {
        DroppedObject object = relation("trigger", c.table, c.cascade);
        object.part = c.trigger;
        object.isNew = object.isNew || moment().isNew(Kind::Trigger, object.name, c.trigger);
        return object;
    }

    DroppedObject operator()(const change::DropIndex& c) const
    {
        const FoundIndex found = moment().index(c.index);
        return {.kind = "index",
                .name = found.name,
                .part = {},
                .cascade = c.cascade,
                .isNew = found.isNew};
    }

    DroppedObject operator()(const change::DropType& c) const
    {
        return {.kind = c.domain ? "domain" : "type",
                .name = moment().fullTypeName(c.type),
                .part = {},
                .cascade = c.cascade,
                .isNew = moment().isNewType(c.type)};
    }

    DroppedObject operator()(const change::DropSequence& c) const
    {
        const QualifiedName name = moment().fullName(c.sequence);
        return {.kind = "sequence",
                .name = name,
                .part = {},
                .cascade = c.cascade,
                .isNew = moment().isNew(Kind::Sequence, name)};
    }

    DroppedObject operator()(const change::DropSchema& c) const
    {
        return unqualified("schema", Kind::Schema, c.schema, c.cascade);
    }

    DroppedObject operator()(const change::DropExtension& c) const
    {
        return unqualified("extension", Kind::Extension, c.extension, c.cascade);
    }

    DroppedObject operator()(const change::DropFunction& c) const
    {
        const QualifiedName name = createdName(moment(), c.function);
        return {.kind = c.kind.empty() ? "function" : c.kind,
                .name = name,
                .part = {},
                .cascade = c.cascade,
                .isNew = moment().isNew(Kind::Function, name)};
    }

    DroppedObject operator()(const change::Other& c) const
    {
        if (!c.statement.starts_with("DROP ") || c.statement.starts_with("DROP OWNED"))
            return {};
        std::string kind = c.statement.substr(5);
        std::ranges::transform(kind, kind.begin(), [](unsigned char letter) {
            return static_cast<char>(std::tolower(letter));
        });
        const std::vector<SqlToken> tokens = sqlTokens(step.operation().sql);
        const auto last = std::ranges::find_if(
            tokens.rbegin(), tokens.rend(), [](const SqlToken& each) { return !each.isMark(';'); });
        return {.kind = std::move(kind),
                .name = c.object,
                .part = {},
                .cascade = last != tokens.rend() && last->is("cascade"),
                .isNew = false};
    }

    template <typename T>
    DroppedObject operator()(const T&) const
    {
        return {};
    }

private:
    DroppedObject relation(std::string kind, const QualifiedName& written, bool cascade) const
    {
        return {.kind = std::move(kind),
                .name = moment().fullName(written),
                .part = {},
                .cascade = cascade,
                .isNew = moment().isNewRelation(written)};
    }

    DroppedObject
    unqualified(std::string kind, Kind of, const std::string& name, bool cascade) const
    {
        const QualifiedName full{.schema = {}, .name = name};
        return {.kind = std::move(kind),
                .name = full,
                .part = {},
                .cascade = cascade,
                .isNew = moment().isNew(of, full)};
    }
};

/// Whether an operation of the upgrade makes what this downgrade's operation drops.
struct Making
{
    const Step& step;
    const Change& made;

    bool operator()(const change::DropTable& drop) const
    {
        const auto* const create = std::get_if<change::CreateTable>(&made);
        const auto* const rename = std::get_if<change::RenameTable>(&made);
        return (create != nullptr && step.sameName(create->table, drop.table)) ||
               (rename != nullptr && rename->newName == drop.table.name);
    }

    bool operator()(const change::DropColumn& drop) const
    {
        const auto* const create = std::get_if<change::CreateTable>(&made);
        const auto* const add = std::get_if<change::AddColumn>(&made);
        return (create != nullptr && step.sameName(create->table, drop.table)) ||
               (add != nullptr && add->column.name == drop.column &&
                step.sameName(add->table, drop.table));
    }

    bool operator()(const change::DropView& drop) const
    {
        const auto* const create = std::get_if<change::CreateView>(&made);
        return create != nullptr && step.sameName(create->view, drop.view);
    }

    bool operator()(const change::DropType& drop) const
    {
        const auto isSame = [&](const QualifiedName& name) {
            return step.moment.fullTypeName(name) == step.moment.fullTypeName(drop.type);
        };
        if (const auto* const type = std::get_if<change::CreateEnum>(&made))
            return isSame(type->type);
        if (const auto* const type = std::get_if<change::CreateDomain>(&made))
            return isSame(type->domain);
        const auto* const type = std::get_if<change::CreateType>(&made);
        return type != nullptr && isSame(type->type);
    }

    bool operator()(const change::DropSequence& drop) const
    {
        const auto* const create = std::get_if<change::CreateSequence>(&made);
        return create != nullptr && step.sameName(create->sequence, drop.sequence);
    }

    bool operator()(const change::DropSchema& drop) const
    {
        const auto* const create = std::get_if<change::CreateSchema>(&made);
        return create != nullptr && create->schema == drop.schema;
    }

    bool operator()(const change::DropExtension& drop) const
    {
        const auto* const create = std::get_if<change::CreateExtension>(&made);
        return create != nullptr && create->extension == drop.extension;
    }

    bool operator()(const change::DropFunction& drop) const
    {
        const auto* const create = std::get_if<change::CreateFunction>(&made);
        return create != nullptr && createdName(step.moment, create->function) ==
                                        createdName(step.moment, drop.function);
    }

    template <typename T>
    bool operator()(const T&) const
    {
        return false;
    }
};

} // namespace

std::string DroppedObject::words() const
{
    if (part.empty())
        return kind + " " + toText(name);
    if (kind == "column")
        return "column " + toText(name) + "." + part;
    return kind + " " + part + " of " + toText(name);
}

std::optional<DroppedObject> droppedObject(const Step& step)
{
    DroppedObject object = std::visit(Naming{.step = step}, step.operation().change);
    if (object.kind.empty())
        return std::nullopt;
    return object;
}

QualifiedName createdName(const Moment& moment, const QualifiedName& written)
{
    if (!written.schema.empty())
        return written;
    const std::vector<std::string>& path = moment.replay().searchPath();
    return {.schema = path.empty() ? "public" : path.front(), .name = written.name};
}

bool undoesUpgrade(const Step& step)
{
    if (step.revision.direction != Direction::Downgrade || step.revision.opposite == nullptr)
        return false;
    return std::ranges::any_of(step.revision.opposite->operations, [&](const Operation& operation) {
        return std::visit(Making{.step = step, .made = operation.change}, step.operation().change);
    });
}

std::optional<std::int64_t> valuesIn(const Step& step, const std::string& column)
{
    const ColumnFacts* const facts = step.moment.facts().column(step.target().name, column);
    if (facts == nullptr)
        return std::nullopt;
    const auto rows = step.moment.rows(step.target().name);
    if (facts->values || !facts->nulls || !rows)
        return facts->values;
    return std::max<std::int64_t>(0, *rows - *facts->nulls);
}

bool isBatchCopy(const Operation& operation)
{
    return operation.directive == "batch_alter_table";
}

} // namespace sightglass
