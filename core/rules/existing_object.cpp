// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/existing_object.h"

#include "core/differences/differences.h"
#include "core/rules/index_keys.h"

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {

using State = ExistingObject::State;

/// The database without the object that is there, and with what the statement would make instead.
std::optional<Replay> remade(const Step& step, Change drop, Change create)
{
    Replay trial(step.moment.replay());
    Operation dropping{.change = std::move(drop)};
    Operation creating{.change = std::move(create)};
    if (trial.apply(dropping) || trial.apply(creating))
        return std::nullopt;
    return trial;
}

ExistingObject existingTable(const Step& step, const change::CreateTable& create)
{
    ExistingObject result{.words = "table " + toText(step.target().name)};
    if (!create.ifNotExists || !step.moment.replay().findRelation(create.table))
        return result;
    result.state = State::NotKnown;
    if (!step.target().table)
        return result;
    change::CreateTable plain = create;
    plain.ifNotExists = false;
    const auto trial = remade(
        step, change::DropTable{.table = create.table, .ifExists = true, .cascade = true}, plain);
    const Table* const wanted = trial ? trial->schema().table(step.target().name) : nullptr;
    if (wanted == nullptr)
        return result;
    result.difference = tableDifference(*wanted, *step.target().table, false);
    result.state = result.difference.empty() ? State::Same : State::Differs;
    return result;
}

ExistingObject existingColumn(const Step& step, const change::AddColumn& add)
{
    const QualifiedName& table = step.target().name;
    ExistingObject result{.words = "column " + toText(table) + "." + add.column.name};
    const Column* const there = step.moment.column(add.table, add.column.name);
    if (!add.ifNotExists || there == nullptr)
        return result;
    result.state = State::NotKnown;
    change::AddColumn plain = add;
    plain.ifNotExists = false;
    const auto trial = remade(
        step,
        change::DropColumn{
            .table = add.table, .column = add.column.name, .ifExists = true, .cascade = true},
        plain);
    const Table* const remadeTable = trial ? trial->schema().table(table) : nullptr;
    const Column* const wanted =
        remadeTable == nullptr ? nullptr : remadeTable->column(add.column.name);
    if (wanted == nullptr)
        return result;
    const std::string left = columnDefinition(*wanted);
    const std::string right = columnDefinition(*there);
    result.state = left == right ? State::Same : State::Differs;
    if (left != right)
        result.difference = "it is " + right + ", not " + left;
    return result;
}

bool isSameIndex(const Index& left, const Index& right)
{
    return left.columns == right.columns && left.unique == right.unique &&
           left.method == right.method && left.predicate == right.predicate &&
           left.include == right.include && left.nullsNotDistinct == right.nullsNotDistinct;
}

ExistingObject existingIndex(const Step& step, const change::CreateIndex& create)
{
    const QualifiedName name{.schema = step.target().name.schema, .name = create.index.name};
    ExistingObject result{.words = "index " + create.index.name};
    if (!create.ifNotExists || !step.moment.replay().findRelation(name))
        return result;
    const FoundIndex found = step.moment.index(name);
    result.state = State::NotKnown;
    if (!found.table)
        return result;
    if (found.table->name != step.target().name) {
        result.state = State::Differs;
        result.difference = "it is an index of table " + toText(found.table->name);
        return result;
    }
    if (found.index == nullptr)
        return result;
    change::CreateIndex plain = create;
    plain.ifNotExists = false;
    plain.concurrently = false;
    const auto trial =
        remade(step, change::DropIndex{.index = name, .ifExists = true, .cascade = true}, plain);
    const Table* const table = trial ? trial->schema().table(step.target().name) : nullptr;
    if (table == nullptr)
        return result;
    const auto wanted = std::ranges::find(table->indexes, create.index.name, &Index::name);
    if (wanted == table->indexes.end())
        return result;
    result.state = isSameIndex(*wanted, *found.index) ? State::Same : State::Differs;
    if (result.state == State::Differs)
        result.difference = "it is over (" + listed(found.index->columns) + ")" +
                            (found.index->unique ? ", unique" : "") +
                            (found.index->predicate ? " where " + *found.index->predicate : "");
    return result;
}

std::string withoutName(std::string text, const std::string& name)
{
    if (const auto found = text.find(name); found != std::string::npos && !name.empty())
        text.erase(found, name.size());
    return text;
}

/// The same part under another name on both sides.
void leaveOutRenamed(std::vector<Difference>& differences)
{
    for (auto left = differences.begin(); left != differences.end();) {
        const auto same = [&](const Difference& right) {
            return left->change == Difference::Change::OnlyLeft &&
                   right.change == Difference::Change::OnlyRight && right.kind == left->kind &&
                   left->kind != "column" &&
                   withoutName(right.right, right.part) == withoutName(left->left, left->part);
        };
        const auto right = std::ranges::find_if(differences, same);
        if (right == differences.end()) {
            ++left;
            continue;
        }
        differences.erase(std::max(left, right));
        differences.erase(std::min(left, right));
        left = differences.begin();
    }
}

std::string wordsOf(const Difference& difference)
{
    const std::string part =
        difference.part.empty() ? difference.kind : difference.kind + " " + difference.part;
    switch (difference.change) {
    case Difference::Change::OnlyLeft:
        return "it has no " + part;
    case Difference::Change::OnlyRight:
        return "it also has " + part;
    case Difference::Change::Differs:
        break;
    }
    return part + " is " + difference.right + ", not " + difference.left;
}

} // namespace

ExistingObject existingObject(const Step& step)
{
    if (const auto* const create = step.as<change::CreateTable>())
        return existingTable(step, *create);
    if (const auto* const add = step.as<change::AddColumn>())
        return existingColumn(step, *add);
    if (const auto* const create = step.as<change::CreateIndex>())
        return existingIndex(step, *create);
    return {};
}

std::string tableDifference(const Table& wanted, const Table& there, bool withIndexes)
{
    const auto alone = [](const Table& table) {
        Schema schema;
        auto copy = std::make_shared<Table>(table);
        for (Index& index : copy->indexes)
            index.definition.clear();
        schema.tables.insert_or_assign(table.name, std::move(copy));
        return schema;
    };
    auto differences = differencesBetween(
        alone(wanted), alone(there), {.comments = false, .extensionObjects = true});
    std::erase_if(differences, [&](const Difference& each) {
        return each.kind == "trigger" || each.kind == "policy" ||
               (!withIndexes && each.kind == "index");
    });
    leaveOutRenamed(differences);
    return differences.empty() ? std::string() : wordsOf(differences.front());
}

bool isDoubtful(const Moment& moment, const QualifiedName& full)
{
    return std::ranges::any_of(moment.replay().doubts(), [&](const Doubt& doubt) {
        return doubt.table.name.empty() ||
               (doubt.table == full && doubt.reach == Doubt::Reach::Existence);
    });
}

} // namespace sightglass
