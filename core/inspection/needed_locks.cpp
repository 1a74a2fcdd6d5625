// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspection/needed_locks.h"

#include "core/inspection/inspection.h"

#include <algorithm>
#include <array>
#include <variant>

namespace sightglass {

namespace {

constexpr std::array modeNames{std::string_view(""),
                               std::string_view("AccessShareLock"),
                               std::string_view("RowShareLock"),
                               std::string_view("RowExclusiveLock"),
                               std::string_view("ShareUpdateExclusiveLock"),
                               std::string_view("ShareLock"),
                               std::string_view("ShareRowExclusiveLock"),
                               std::string_view("ExclusiveLock"),
                               std::string_view("AccessExclusiveLock")};

/// The weakest mode from which on all conflict; SHARE is the exception: it does not with itself.
constexpr std::array firstConflict{LockMode::None,
                                   LockMode::AccessExclusive,
                                   LockMode::Exclusive,
                                   LockMode::Share,
                                   LockMode::ShareUpdateExclusive,
                                   LockMode::RowExclusive,
                                   LockMode::RowExclusive,
                                   LockMode::RowShare,
                                   LockMode::AccessShare};

constexpr std::size_t mostNamed = 3;

/// Kinds of changes that may work CONCURRENTLY, and the lock whose holders they wait for.
struct ConcurrentWork
{
    LockMode waitsFor = LockMode::None;
    bool waitsForSnapshots = false;

    void operator()(const change::CreateIndex& c) { set(c.concurrently, LockMode::Share, true); }

    void operator()(const change::Reindex& c)
    {
        set(c.concurrently, LockMode::AccessExclusive, true);
    }

    void operator()(const change::DropIndex& c)
    {
        set(c.concurrently, LockMode::AccessExclusive, false);
    }

    void operator()(const change::DetachPartition& c)
    {
        set(c.concurrently, LockMode::AccessExclusive, false);
    }

    template <typename T>
    void operator()(const T&)
    {}

private:
    void set(bool concurrently, LockMode mode, bool snapshots)
    {
        if (concurrently) {
            waitsFor = mode;
            waitsForSnapshots = snapshots;
        }
    }
};

class Collecting
{
public:
    explicit Collecting(const Inspection& inspection)
        : m_inspection(inspection)
    {}

    NeededLocks needed()
    {
        for (const ReviewedRevision& revision : m_inspection.review->revisions) {
            const auto index = m_inspection.graph->find(revision.id);
            if (!index || m_inspection.applied[*index])
                continue;
            if (m_first.empty())
                m_first = revision.id;
            take(revision, m_inspection.history->steps(*index).upgrade.operations);
        }
        if (m_open > mostNamed)
            m_made.notKnown.push_back("The same holds for " + std::to_string(m_open - mostNamed) +
                                      " other revisions.");
        takeVersionTable();
        return std::move(m_made);
    }

private:
    void take(const ReviewedRevision& revision, const std::vector<Operation>& operations)
    {
        if (!revision.notAnalysed.empty() && ++m_open <= mostNamed)
            m_made.notKnown.push_back("Which locks revision " + revision.id +
                                      " takes is not fully known: " + revision.notAnalysed.front());
        for (std::size_t i = 0; i < revision.footprints.size(); ++i) {
            ConcurrentWork work;
            if (i < operations.size())
                std::visit(work, operations[i].change);
            for (const RelationLock& lock : revision.footprints[i].locks)
                add(lock, revision.footprints[i], work, revision.id);
            if (work.waitsForSnapshots && m_made.waitsForSnapshots.empty())
                m_made.waitsForSnapshots = revision.id;
        }
    }

    void add(const RelationLock& lock,
             const Footprint& footprint,
             const ConcurrentWork& work,
             const std::string& revision)
    {
        NeededLock& known = m_made.relations[full(lock.relation)];
        if (lock.mode > known.mode) {
            known.mode = lock.mode;
            known.revision = revision;
        }
        known.waitsFor = std::max(known.waitsFor, work.waitsFor);
        known.changesRows = known.changesRows || (footprint.changesRows && !lock.further);
    }

    /// Alembic writes the row of each revision that it has run.
    void takeVersionTable()
    {
        const QualifiedName& name = m_inspection.diagnosis.versionTable;
        if (name.name.empty() || m_first.empty())
            return;
        NeededLock& known = m_made.relations[name];
        known.isVersionTable = true;
        if (known.mode < LockMode::RowExclusive) {
            known.mode = LockMode::RowExclusive;
            known.revision = m_first;
        }
    }

    /// The relation that an unqualified name means in this session.
    QualifiedName full(const QualifiedName& name) const
    {
        if (!name.schema.empty())
            return name;
        const Schema& schema = m_inspection.live->schema;
        for (const std::string& space : m_inspection.live->server.searchPath) {
            QualifiedName tried{.schema = space, .name = name.name};
            if (schema.tables.contains(tried))
                return tried;
        }
        return {.schema = "public", .name = name.name};
    }

    const Inspection& m_inspection;
    std::string m_first;
    std::size_t m_open = 0; ///< revisions of which not all is known
    NeededLocks m_made;
};

} // namespace

bool conflicts(LockMode a, LockMode b)
{
    if (a == LockMode::None || b == LockMode::None || (a == LockMode::Share && b == a))
        return false;
    return b >= firstConflict[static_cast<std::size_t>(a)];
}

LockMode lockModeOf(std::string_view name)
{
    const auto found = std::ranges::find(modeNames, name);
    return found == modeNames.end() ? LockMode::None
                                    : static_cast<LockMode>(found - modeNames.begin());
}

const NeededLock* NeededLocks::on(const QualifiedName& relation) const
{
    const auto found = relations.find(relation);
    return found == relations.end() ? nullptr : &found->second;
}

NeededLocks neededLocks(const Inspection& inspection)
{
    return Collecting(inspection).needed();
}

} // namespace sightglass
