// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/later_revisions.h"

#include "core/rebuild/script_maker.h"
#include "core/rebuild/undo_operation.h"

#include <algorithm>

namespace sightglass {

namespace {

/// Running one direction of a revision on a schema.
struct Rerun
{
    Schema schema;
    std::string refused; ///< PostgreSQL's words; empty: it ran
};

Rerun runOn(const Schema& schema, const RevisionReading& reading)
{
    Replay replay(schema);
    replay.beginRun();
    std::string refused;
    for (const Operation& operation : reading.operations) {
        const auto refusal = replay.apply(operation);
        if (refusal && !operation.tolerated && refused.empty())
            refused = refusal->message;
    }
    return {.schema = replay.schema(), .refused = std::move(refused)};
}

/// Objects that the revision leaves as it would in the chain alone are before it as they are there.
template <typename T>
void takeWhatIsTheChains(Schema::Objects<T> Schema::*objects,
                         const Schema& now,
                         const LaterRevision& revision,
                         Schema& earlier)
{
    const auto at = [&](const Schema& schema, const QualifiedName& name) -> const T* {
        const auto found = (schema.*objects).find(name);
        return found == (schema.*objects).end() ? nullptr : found->second.get();
    };
    std::set<QualifiedName> names;
    for (const auto& [name, _] : revision.before.*objects)
        names.insert(name);
    for (const auto& [name, _] : revision.after.*objects)
        names.insert(name);
    for (const QualifiedName& name : names) {
        const T* before = at(revision.before, name);
        const T* after = at(revision.after, name);
        const T* live = at(now, name);
        if (before == after)
            continue; // it has nothing to do with it
        const bool isChains = after == nullptr || live == nullptr ? after == live : *after == *live;
        if (!isChains)
            continue;
        if (before == nullptr)
            (earlier.*objects).erase(name);
        else
            (earlier.*objects)[name] = (revision.before.*objects).find(name)->second;
    }
}

Schema withoutRevision(const Schema& now, const LaterRevision& revision)
{
    const Schema downgraded = runOn(now, revision.steps.downgrade).schema;
    const EarlierSources sources{&revision.before, &downgraded};
    Schema earlier = now;
    const auto& operations = revision.steps.upgrade.operations;
    for (auto operation = operations.rbegin(); operation != operations.rend(); ++operation) {
        if (!operation->alternative)
            earlier = withoutOperation(earlier, *operation, sources);
    }
    takeWhatIsTheChains(&Schema::tables, now, revision, earlier);
    takeWhatIsTheChains(&Schema::views, now, revision, earlier);
    takeWhatIsTheChains(&Schema::enums, now, revision, earlier);
    takeWhatIsTheChains(&Schema::sequences, now, revision, earlier);
    return earlier;
}

/// Why running the revision on `earlier` does not give `now`; empty: it does.
std::string whyNot(const Schema& earlier, const Schema& now, const LaterRevision& revision)
{
    const Rerun rerun = runOn(earlier, revision.steps.upgrade);
    const std::string head = "What was there before " + revision.id + " is not clear: ";
    if (!rerun.refused.empty())
        return head + rerun.refused + ".";
    if (const auto difference = firstDifference(now, rerun.schema))
        return head + differenceText(*difference, "the database", "running it again");
    return {};
}

bool isSameTable(const Schema& left, const Schema& right, const QualifiedName& name)
{
    const Table* one = left.table(name);
    const Table* other = right.table(name);
    return one == nullptr || other == nullptr || one == other ||
           std::ranges::equal(one->columns, other->columns, {}, &Column::name, &Column::name);
}

bool counts(const Difference& difference, const Schema& wanted, const Schema& made)
{
    if (difference.kind != "view" || difference.change != Difference::Change::Differs)
        return true;
    const auto left = wanted.views.find(difference.object);
    const auto right = made.views.find(difference.object);
    return left == wanted.views.end() || right == made.views.end() ||
           !isSameView(*left->second, *right->second);
}

} // namespace

std::vector<std::string> fillUnread(Schema& schema, const Schema& other)
{
    std::vector<std::string> names;
    std::vector<std::shared_ptr<const Table>> filled;
    for (const auto& [name, table] : schema.tables) {
        const Table* source = other.table(name);
        const bool isRead = std::ranges::all_of(table->columns, [](const Column& column) {
            return !column.type.empty() && column.defaultExpression != "";
        });
        if (isRead || source == nullptr)
            continue;
        Table edited = *table;
        for (Column& column : edited.columns) {
            const Column* from = source->column(column.name);
            if (from == nullptr || (!column.type.empty() && column.defaultExpression != ""))
                continue;
            names.push_back(toText(name) + "." + column.name);
            if (column.type.empty())
                column.type = from->type;
            if (column.defaultExpression == "")
                column.defaultExpression = from->defaultExpression;
        }
        filled.push_back(std::make_shared<const Table>(std::move(edited)));
    }
    for (auto& table : filled) {
        const QualifiedName name = table->name;
        schema.tables[name] = std::move(table);
    }
    return names;
}

std::optional<Difference> firstDifference(const Schema& wanted, const Schema& replayed)
{
    Schema made = replayed;
    fillUnread(made, wanted);
    for (Difference& difference : differencesBetween(wanted, made)) {
        if (counts(difference, wanted, made))
            return std::move(difference);
    }
    for (const auto& [name, table] : wanted.tables) {
        if (!isSameTable(wanted, made, name))
            return Difference{.kind = "table",
                              .object = name,
                              .part = {},
                              .left = "columns in one order",
                              .right = "in another"};
    }
    return std::nullopt;
}

std::string
differenceText(const Difference& difference, const std::string& left, const std::string& right)
{
    const std::string object = difference.kind + " " + toText(difference.object) +
                               (difference.part.empty() ? "" : "." + difference.part);
    if (difference.change == Difference::Change::OnlyLeft)
        return left + " has " + object + ", " + right + " has not.";
    if (difference.change == Difference::Change::OnlyRight)
        return right + " has " + object + ", " + left + " has not.";
    return object + " is " + difference.left + " in " + left + ", and " + difference.right +
           " in " + right + ".";
}

EarlierSchema schemaBefore(const Schema& schema, const std::vector<LaterRevision>& newestFirst)
{
    EarlierSchema earlier{.schema = schema, .unclear = {}};
    for (const LaterRevision& revision : newestFirst) {
        Schema candidate = withoutRevision(earlier.schema, revision);
        std::string why = whyNot(candidate, earlier.schema, revision);
        if (!why.empty()) {
            Schema downgraded = runOn(earlier.schema, revision.steps.downgrade).schema;
            if (whyNot(downgraded, earlier.schema, revision).empty()) {
                candidate = std::move(downgraded);
                why.clear();
            }
        }
        if (!why.empty())
            earlier.unclear.push_back(std::move(why));
        earlier.schema = std::move(candidate);
    }
    return earlier;
}

} // namespace sightglass
