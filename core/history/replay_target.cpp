// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/replay_target.h"

namespace sightglass {

std::optional<Refusal> ReplayTarget::perform(const Operation& operation)
{
    auto refusal = m_replay.apply(operation);
    if (refusal) {
        m_refused.push_back({.operation = m_count, .refusal = *refusal});
        if (!operation.tolerated)
            m_replay.assume(operation, *refusal);
    }
    if (m_filled != nullptr)
        m_filled->note(operation, m_replay.schema());
    ++m_count;
    return refusal;
}

std::function<bool(const Table&)> ReplayTarget::emptyTables() const
{
    if (m_filled == nullptr)
        return {};
    return [filled = m_filled](const Table& table) { return filled->isEmpty(table); };
}

namespace {

bool isOfTable(const Doubt& doubt, const QualifiedName& table)
{
    const bool sameSchema =
        doubt.table.schema == table.schema || doubt.table.schema.empty() || table.schema.empty();
    return doubt.table.name == table.name && sameSchema;
}

bool isAbout(const Doubt& doubt, const QualifiedName& table)
{
    return doubt.table.name.empty() || (isOfTable(doubt, table) && doubt.column.empty());
}

} // namespace

std::string ReplayTarget::doubtAbout(const QualifiedName& table) const
{
    for (const Doubt& doubt : m_replay.doubts()) {
        if (isAbout(doubt, table))
            return doubt.reason;
    }
    return {};
}

std::vector<MigrationTarget::ColumnDoubt>
ReplayTarget::columnDoubts(const QualifiedName& table) const
{
    std::vector<ColumnDoubt> found;
    for (const Doubt& doubt : m_replay.doubts()) {
        if (!doubt.table.name.empty() && !doubt.column.empty() && isOfTable(doubt, table))
            found.push_back({.column = doubt.column,
                             .reason = doubt.reason,
                             .existence = doubt.reach == Doubt::Reach::Existence});
    }
    return found;
}

std::string ReplayTarget::existenceDoubt(const QualifiedName& table) const
{
    for (const Doubt& doubt : m_replay.doubts()) {
        const bool open = doubt.reach == Doubt::Reach::Existence || doubt.table.name.empty();
        if (open && isAbout(doubt, table))
            return doubt.reason;
    }
    return {};
}

} // namespace sightglass
