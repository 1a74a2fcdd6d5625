// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/loss_count.h"

#include "core/rules/data_step.h"
#include "core/rules/dropped.h"
#include "core/sql/expression.h"

#include <algorithm>
#include <optional>
#include <variant>

namespace sightglass {

namespace {

/// Whether applying a change may take tables, columns or materialized views away.
struct MayDrop
{
    bool operator()(const change::DropTable&) const { return true; }

    bool operator()(const change::DropColumn&) const { return true; }

    bool operator()(const change::DropView&) const { return true; }

    bool operator()(const change::DropType& c) const { return c.cascade; }

    bool operator()(const change::DropSchema&) const { return true; }

    bool operator()(const change::DropExtension&) const { return true; }

    bool operator()(const change::DropFunction& c) const { return c.cascade; }

    bool operator()(const change::Other& c) const { return c.statement.starts_with("DROP "); }

    template <typename T>
    bool operator()(const T&) const
    {
        return false;
    }
};

/// How a change takes every row of its table; absent: it does not.
std::optional<Loss::How> emptying(const Step& step)
{
    const auto* const data = step.as<change::ChangeData>();
    if (data == nullptr)
        return std::nullopt;
    if (data->command == "TRUNCATE")
        return Loss::How::Truncated;
    if (data->command == "DELETE" &&
        takesEveryRow(*data, dataFactsOf(step.revision, step.record.index)))
        return Loss::How::Deleted;
    return std::nullopt;
}

std::string conditionOf(const Operation& operation)
{
    if (operation.resolution == Resolution::Conditional)
        return operation.reason.empty() ? "it runs under a condition" : operation.reason;
    return operation.tolerated ? "the revision catches its failure" : std::string();
}

/// Children and partitions of `table`, all the way down, itself first.
std::vector<QualifiedName> withDescendants(const Schema& schema, const QualifiedName& table)
{
    std::vector<QualifiedName> family{table};
    for (std::size_t i = 0; i < family.size(); ++i) {
        for (const auto& [name, other] : schema.tables) {
            const bool child =
                other->partitionOf == family[i] ||
                std::ranges::find(other->inherits, family[i]) != other->inherits.end();
            if (child && std::ranges::find(family, name) == family.end())
                family.push_back(name);
        }
    }
    return family;
}

/// Tables whose rows go with those of `table`, itself left out.
std::vector<QualifiedName>
referringTables(const Schema& schema, const QualifiedName& table, bool onlyCascading)
{
    std::vector<QualifiedName> found{table};
    for (std::size_t i = 0; i < found.size(); ++i) {
        for (const auto& [name, other] : schema.tables) {
            const bool refers = std::ranges::any_of(other->foreignKeys, [&](const ForeignKey& key) {
                return key.target == found[i] && (!onlyCascading || key.onDelete == "CASCADE");
            });
            if (refers && std::ranges::find(found, name) == found.end())
                found.push_back(name);
        }
    }
    found.erase(found.begin());
    return found;
}

bool holds(const std::vector<std::string>& names, const std::string& name)
{
    return std::ranges::find(names, name) != names.end();
}

/// What of the column's own table goes with it.
void addParts(const Table& table, const std::string& column, std::vector<std::string>& words)
{
    if (table.primaryKey && holds(table.primaryKey->columns, column))
        words.push_back("primary key " + table.primaryKey->name);
    for (const KeyConstraint& unique : table.uniques) {
        if (holds(unique.columns, column))
            words.push_back("unique constraint " + unique.name);
    }
    for (const ForeignKey& key : table.foreignKeys) {
        if (holds(key.columns, column))
            words.push_back("foreign key " + key.name);
    }
    for (const Index& index : table.indexes) {
        if (holds(index.columns, column) || holds(index.include, column))
            words.push_back("index " + index.name);
    }
}

} // namespace

LossCount::LossCount(const Schema& live,
                     const ReviewFacts& facts,
                     const ChainKnowledge& chain,
                     const std::set<QualifiedName>& counted)
    : m_live(live)
    , m_facts(facts)
    , m_chain(chain)
    , m_counted(counted)
    , m_owners(m_live, versionTableIn(m_live, chain))
{}

QualifiedName LossCount::versionTableIn(const Schema& live, const ChainKnowledge& chain)
{
    for (const auto& [name, table] : live.tables) {
        if (name.name == chain.versionTable)
            return name;
    }
    return {};
}

void LossCount::noteUnknown(const std::string& revision, const std::vector<std::string>& reasons)
{
    for (const std::string& reason : reasons)
        m_result.unknown.push_back((revision.empty() ? "" : "Revision " + revision + " ") + reason +
                                   ", which could not be read.");
}

void LossCount::note(const Step& step, Replay& replay)
{
    const Operation& operation = step.operation();
    if (isBatchCopy(operation))
        return;
    const bool drops = std::visit(MayDrop(), operation.change);
    const auto empties = emptying(step);
    if (operation.alternative) {
        if (drops || empties)
            m_result.unknown.push_back(
                "Revision " + step.revision.id + ", line " + std::to_string(operation.span.line) +
                ", may go another way: " + summaryOf(operation.change) + ".");
        return;
    }
    if (drops)
        noteDrop(step, replay);
    else if (empties)
        noteRows(step, *empties);
    follow(step);
}

void LossCount::noteDrop(const Step& step, Replay& replay)
{
    const Schema before = replay.schema();
    Schema after;
    std::optional<Refusal> refusal;
    replay.tryOut([&](Replay& tried) {
        refusal = tried.apply(step.operation());
        after = tried.schema();
    });
    if (!refusal) {
        compare(step, before, after);
        return;
    }
    bool added = false;
    if (const auto* const drop = step.as<change::DropColumn>())
        added = addColumn(step, step.target().name, drop->column);
    else if (step.as<change::DropTable>() != nullptr)
        added = addTable(step, step.target().name, Loss::How::Dropped, {});
    if (!added)
        return;
    m_result.losses.back().refused = true;
    m_result.losses.back().unless = "PostgreSQL refuses it: " + refusal->message;
}

void LossCount::compare(const Step& step, const Schema& before, const Schema& after)
{
    const auto dropped = droppedObject(step);
    const std::string with = dropped ? "with " + dropped->words() : std::string();
    for (const auto& [name, table] : before.tables) {
        const auto now = after.tables.find(name);
        if (now == after.tables.end()) {
            // A partition is a part of what its parent loses.
            if (!table->partitionOf || after.tables.contains(*table->partitionOf) ||
                name == step.target().name)
                addTable(step,
                         name,
                         Loss::How::Dropped,
                         name == step.target().name ? std::string() : with);
        } else if (now->second != table) {
            compareColumns(step, *table, *now->second);
        }
    }
    for (const auto& [name, view] : before.views) {
        if (!view->materialized || after.views.contains(name) || !m_live.views.contains(name))
            continue;
        Loss loss{.kind = Loss::Kind::MaterializedView, .table = name};
        loss.revision = step.revision.id;
        loss.span = step.operation().span;
        loss.unless = conditionOf(step.operation());
        if (step.as<change::DropView>() == nullptr)
            loss.through = with;
        m_result.losses.push_back(std::move(loss));
    }
}

void LossCount::compareColumns(const Step& step, const Table& before, const Table& after)
{
    for (const Column& column : before.columns) {
        if (after.column(column.name) == nullptr)
            addColumn(step, before.name, column.name);
    }
}

void LossCount::noteRows(const Step& step, Loss::How how)
{
    const auto& data = *step.as<change::ChangeData>();
    const QualifiedName table = step.target().name;
    if (table.name.empty()) {
        m_result.unknown.push_back("Revision " + step.revision.id + ", line " +
                                   std::to_string(step.operation().span.line) +
                                   ", takes every row of a table that is not known.");
        return;
    }
    const Schema& schema = step.moment.schema();
    for (const QualifiedName& each : withDescendants(schema, table)) {
        const Table* const known = schema.table(each);
        if (each == table || (known != nullptr && !known->partitionOf))
            addTable(
                step, each, how, each == table ? std::string() : "with table " + toText(table));
    }
    const bool deletes = how == Loss::How::Deleted;
    if (!deletes && !data.cascade)
        return;
    const std::string through = deletes ? "ON DELETE CASCADE from " : "CASCADE from ";
    for (const QualifiedName& each : referringTables(schema, table, deletes))
        addTable(step, each, how, through + toText(table));
}

Loss LossCount::drafted(const Step& step, const Table& live) const
{
    Loss loss{.table = live.name};
    loss.managed = m_chain.managed.contains(live.name);
    if (!loss.managed)
        loss.owner = m_owners.of(live);
    loss.role = live.owner;
    loss.revision = step.revision.id;
    loss.span = step.operation().span;
    loss.unless = conditionOf(step.operation());
    return loss;
}

bool LossCount::addTable(const Step& step,
                         const QualifiedName& name,
                         Loss::How how,
                         std::string through)
{
    if (m_made.contains(name))
        return false;
    const Table* const live = m_live.table(liveName(name));
    if (live == nullptr)
        return false;
    std::erase_if(m_result.losses, [&](const Loss& each) {
        return each.refused && each.kind == Loss::Kind::Table && each.table == live->name;
    });
    const auto known = std::ranges::find_if(m_result.losses, [&](const Loss& each) {
        return each.kind == Loss::Kind::Table && each.table == live->name;
    });
    if (known != m_result.losses.end()) {
        if (how == Loss::How::Dropped)
            known->how = how; // its rows were gone before
        return false;
    }
    Loss loss = drafted(step, *live);
    loss.how = how;
    loss.through = std::move(through);
    addFigures(*live, loss);
    loss.dependents = dependentsOn(*live);
    m_result.losses.push_back(std::move(loss));
    return true;
}

/// Those of a partitioned table are those of its partitions.
void LossCount::addFigures(const Table& live, Loss& loss) const
{
    const auto addUp = [](std::optional<std::int64_t>& total, std::optional<std::int64_t> more) {
        total = total && more ? std::optional(*total + *more) : std::nullopt;
    };
    loss.rows = 0;
    loss.bytes = 0;
    loss.counted = true;
    for (const QualifiedName& each : withPartitions(live)) {
        const Table& part = *m_live.table(each);
        if (part.kind == TableKind::PartitionedTable)
            continue;
        const TableFacts* const facts = m_facts.table(each);
        addUp(loss.rows, facts == nullptr ? std::nullopt : facts->rows);
        addUp(loss.bytes, part.bytes);
        loss.counted = loss.counted && m_counted.contains(each);
    }
}

std::vector<QualifiedName> LossCount::withPartitions(const Table& live) const
{
    if (live.kind != TableKind::PartitionedTable)
        return {live.name};
    return withDescendants(m_live, live.name);
}

bool LossCount::addColumn(const Step& step, const QualifiedName& table, const std::string& column)
{
    if (m_made.contains(table))
        return false;
    const Table* const live = m_live.table(liveName(table));
    if (live == nullptr)
        return false;
    const std::string name = liveColumn(live->name, column);
    const bool known = std::ranges::any_of(m_result.losses, [&](const Loss& each) {
        return each.table == live->name && each.column == name && !each.refused;
    });
    if (live->column(name) == nullptr || known)
        return false;
    Loss loss = drafted(step, *live);
    loss.kind = Loss::Kind::Column;
    loss.column = name;
    addFigures(*live, loss);
    loss.bytes.reset();
    if (const ColumnFacts* const facts = m_facts.column(live->name, name)) {
        if (facts->nulls && loss.rows && !facts->values)
            loss.rows = std::max<std::int64_t>(0, *loss.rows - *facts->nulls);
        else if (facts->values) {
            loss.rows = facts->values;
            loss.counted = true;
        }
    }
    addParts(*live, name, loss.dependents);
    if (const auto dropped = droppedObject(step); dropped && dropped->part == column) {
        for (std::string& words : dependentsOf(step.moment, *dropped))
            loss.dependents.push_back(std::move(words));
    } else if (dropped) {
        loss.through = "with " + dropped->words();
    }
    m_result.losses.push_back(std::move(loss));
    return true;
}

std::vector<std::string> LossCount::dependentsOn(const Table& table)
{
    std::vector<std::string> words;
    for (const QualifiedName& each : withPartitions(table)) {
        if (each != table.name)
            words.push_back("partition " + toText(each));
    }
    for (const auto& [name, other] : m_live.tables) {
        for (const ForeignKey& key : other->foreignKeys) {
            if (key.target == table.name && name != table.name && !other->partitionOf)
                words.push_back("foreign key " + key.name + " of " + toText(name));
        }
    }
    for (const QualifiedName& view : viewsOn(table.name)) {
        const bool materialized = m_live.views.at(view)->materialized;
        words.push_back((materialized ? "materialized view " : "view ") + toText(view));
    }
    for (const Trigger& trigger : table.triggers)
        words.push_back("trigger " + trigger.name);
    for (const auto& [name, sequence] : m_live.sequences) {
        if (sequence->ownerTable == table.name)
            words.push_back("sequence " + toText(name));
    }
    return words;
}

/// Views that read `relation`. Which relations a view reads is found out once for all of them.
const std::vector<QualifiedName>& LossCount::viewsOn(const QualifiedName& relation)
{
    if (!m_viewsRead) {
        m_viewsRead = true;
        for (const auto& [name, view] : m_live.views) {
            for (QualifiedName read : relationsOf(view->definition)) {
                if (read.schema.empty())
                    read.schema =
                        m_live.tables.contains(QualifiedName{name.schema, read.name}) ||
                                m_live.views.contains(QualifiedName{name.schema, read.name})
                            ? name.schema
                            : "public";
                std::vector<QualifiedName>& views = m_views[read];
                if (read != name && std::ranges::find(views, name) == views.end())
                    views.push_back(name);
            }
        }
    }
    return m_views[relation];
}

void LossCount::rename(const QualifiedName& from, const QualifiedName& to)
{
    if (m_made.erase(from) > 0) {
        m_made.insert(to);
        return;
    }
    const QualifiedName live = liveName(from);
    m_tables.erase(from);
    m_tables[to] = live;
    m_made.erase(to);
}

void LossCount::follow(const Step& step)
{
    const QualifiedName& target = step.target().name;
    if (const auto* const create = step.as<change::CreateTable>()) {
        const QualifiedName name = step.moment.fullName(create->table);
        if (step.moment.schema().table(name) == nullptr)
            m_made.insert(name);
    } else if (const auto* const drop = step.as<change::DropTable>()) {
        m_made.erase(step.moment.fullName(drop->table));
    } else if (const auto* const table = step.as<change::RenameTable>()) {
        rename(target, {.schema = target.schema, .name = table->newName});
    } else if (const auto* const moved = step.as<change::SetTableSchema>()) {
        rename(target, {.schema = moved->newSchema, .name = target.name});
    } else if (const auto* const schema = step.as<change::RenameSchema>()) {
        for (const auto& [name, each] : step.moment.schema().tables) {
            if (name.schema == schema->schema)
                rename(name, {.schema = schema->newName, .name = name.name});
        }
    } else if (const auto* const column = step.as<change::RenameColumn>()) {
        const QualifiedName live = liveName(target);
        m_columns[{live, column->newName}] = liveColumn(live, column->column);
    }
}

QualifiedName LossCount::liveName(const QualifiedName& name) const
{
    const auto found = m_tables.find(name);
    return found == m_tables.end() ? name : found->second;
}

std::string LossCount::liveColumn(const QualifiedName& table, const std::string& column) const
{
    const auto found = m_columns.find({table, column});
    return found == m_columns.end() ? column : found->second;
}

} // namespace sightglass
