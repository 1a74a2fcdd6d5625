// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/unmanaged.h"

#include <algorithm>

namespace sightglass {

namespace {

/// The table that the operation is about; that of its index for what names an index.
QualifiedName subjectOf(const Step& step)
{
    const auto ofIndex = [&](const QualifiedName& index) {
        const FoundIndex found = step.moment.index(index);
        return found.table == nullptr ? QualifiedName() : found.table->name;
    };
    if (const auto* const drop = step.as<change::DropIndex>())
        return ofIndex(drop->index);
    if (const auto* const rename = step.as<change::RenameIndex>())
        return ofIndex(rename->index);
    return step.target().name;
}

/// A revision of the same run makes it.
bool isMadeInRun(const Step& step, const QualifiedName& table)
{
    return std::ranges::any_of(step.run.revisions, [&](const RevisionReview& revision) {
        const auto seen = revision.seen.tables.find(table);
        return seen != revision.seen.tables.end() && seen->second == nullptr;
    });
}

} // namespace

std::optional<UnmanagedTable> unmanagedTable(const Step& step)
{
    const ChainKnowledge& chain = step.moment.chain();
    if (!chain.complete)
        return std::nullopt;
    const QualifiedName name = subjectOf(step);
    const Table* const table = step.moment.schema().table(name);
    // With a live database at hand, what it does not hold is nobody's. The chain alone can't tell.
    const bool mayBeElsewhere = chain.schema == nullptr && step.as<change::DropTable>() != nullptr;
    if (name.name.empty() || (table == nullptr && !mayBeElsewhere) ||
        chain.managed.contains(name) || step.moment.isNewRelation(name) ||
        step.moment.isVersionTable(name) || (table != nullptr && isMadeInRun(step, name)))
        return std::nullopt;
    UnmanagedTable result{.name = name, .owner = {}};
    if (table != nullptr)
        result.owner =
            probableOwner(*table,
                          step.moment.schema(),
                          step.moment.fullName({.schema = {}, .name = chain.versionTable}));
    else
        result.owner.evidence = "A connection to the database would tell whose it is.";
    // A chain that began on a full database may own whatever nobody else is known to.
    result.maybeOurs = chain.baselineMissing && result.owner.kind == TableOwner::Kind::Nobody;
    return result;
}

} // namespace sightglass
