// SPDX-License-Identifier: GPL-3.0-or-later
// Alembic keeps a list of open heads and, for each, the set of its ancestors; a candidate has to
// wait while it is in another head's set. Sets for every head make that quadratic. Here each node
// counts what keeps it waiting: one for being an open head itself, one for each node built on it
// that counts anything. A head counts exactly one when nothing open is built on it.
#include "core/revisions/walk_order.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <optional>
#include <unordered_map>

namespace sightglass {

namespace {

using Slot = std::uint32_t;
constexpr Slot noSlot = std::numeric_limits<Slot>::max();

class Walk
{
public:
    Walk(const Adjacency& down, const std::vector<RevisionIndex>& heads, std::vector<bool> wanted)
        : m_down(down)
        , m_wanted(std::move(wanted))
        , m_slotOf(down.size(), noSlot)
        , m_waits(down.size(), 0)
    {
        std::vector<RevisionIndex> open;
        for (const RevisionIndex head : heads) {
            if (m_wanted[head] && m_slotOf[head] == noSlot) {
                append(head);
                open.push_back(head);
            }
        }
        const std::vector<bool> reached = reachable(down, open);
        for (RevisionIndex node = 0; node < down.size(); ++node) {
            if (!reached[node])
                continue;
            for (const RevisionIndex below : down.of(node))
                ++m_waits[below];
        }
    }

    std::vector<RevisionIndex> run()
    {
        Slot slot = m_first;
        while (slot != noSlot) {
            const RevisionIndex candidate = m_slots[slot].node;
            if (m_waits[candidate] > 1)
                slot = firstHeadAbove(candidate);
            else
                slot = emit(slot);
        }
        return std::move(m_order);
    }

private:
    /// A place in the list of open heads. Slots are numbered in list order.
    struct Place
    {
        RevisionIndex node = 0;
        Slot previous = noSlot;
        Slot next = noSlot;
        bool open = true;
    };

    /// Slots of all heads above a waiting node: a heap with the lowest first, some closed since.
    struct HeadsAbove
    {
        std::uint32_t era = 0;
        std::vector<Slot> slots;
    };

    void append(RevisionIndex node)
    {
        const auto slot = static_cast<Slot>(m_slots.size());
        m_slots.push_back({.node = node, .previous = m_last, .next = noSlot, .open = true});
        (m_last == noSlot ? m_first : m_slots[m_last].next) = slot;
        m_last = slot;
        m_slotOf[node] = slot;
        ++m_waits[node];
    }

    Slot remove(Slot slot)
    {
        Place& place = m_slots[slot];
        place.open = false;
        (place.previous == noSlot ? m_first : m_slots[place.previous].next) = place.next;
        (place.next == noSlot ? m_last : m_slots[place.next].previous) = place.previous;
        return place.previous == noSlot ? m_first : place.previous;
    }

    Slot emit(Slot slot)
    {
        const RevisionIndex node = m_slots[slot].node;
        m_order.push_back(node);
        m_wanted[node] = false;
        bool moved = false;
        for (const RevisionIndex below : m_down.of(node)) {
            if (!m_wanted[below] || m_slotOf[below] != noSlot)
                continue;
            if (moved) {
                append(below);
            } else {
                moved = true;
                m_slots[slot].node = below;
                m_slotOf[below] = slot;
                ++m_waits[below];
            }
        }
        // On a plain line a head stays above whatever it was above; only at a merge that can
        // change.
        if (m_down.of(node).size() > 1)
            ++m_era;
        m_slotOf[node] = noSlot;
        release(node);
        return moved ? slot : remove(slot);
    }

    void release(RevisionIndex node)
    {
        std::vector<RevisionIndex> todo{node};
        while (!todo.empty()) {
            const RevisionIndex done = todo.back();
            todo.pop_back();
            if (--m_waits[done] > 0)
                continue;
            const auto below = m_down.of(done);
            todo.insert(todo.end(), below.begin(), below.end());
        }
    }

    Slot firstHeadAbove(RevisionIndex node)
    {
        HeadsAbove& above = m_above[node];
        if (above.slots.empty() || above.era != m_era)
            above = {.era = m_era, .slots = headsAbove(node)};
        while (!m_slots[above.slots.front()].open) {
            std::ranges::pop_heap(above.slots, std::greater());
            above.slots.pop_back();
        }
        return above.slots.front();
    }

    std::vector<Slot> headsAbove(RevisionIndex node)
    {
        if (!m_up) {
            m_up = m_down.reversed();
            m_seen.assign(m_down.size(), 0);
        }
        ++m_search;
        std::vector<Slot> found;
        std::vector<RevisionIndex> todo{node};
        while (!todo.empty()) {
            const RevisionIndex at = todo.back();
            todo.pop_back();
            for (const RevisionIndex above : m_up->of(at)) {
                if (m_waits[above] == 0 || m_seen[above] == m_search)
                    continue;
                m_seen[above] = m_search;
                todo.push_back(above);
                if (m_slotOf[above] != noSlot)
                    found.push_back(m_slotOf[above]);
            }
        }
        std::ranges::make_heap(found, std::greater());
        return found;
    }

    const Adjacency& m_down;
    std::vector<bool> m_wanted;
    std::vector<Slot> m_slotOf; ///< of open heads
    std::vector<std::uint32_t>
        m_waits; ///< what keeps a node waiting, itself included when it is a head
    std::vector<Place> m_slots;
    Slot m_first = noSlot;
    Slot m_last = noSlot;
    std::uint32_t m_era = 0; ///< grows with every merge passed
    std::unordered_map<RevisionIndex, HeadsAbove> m_above;
    std::optional<Adjacency> m_up;
    std::vector<std::uint32_t> m_seen; ///< number of the search that saw a node last
    std::uint32_t m_search = 0;
    std::vector<RevisionIndex> m_order;
};

} // namespace

std::vector<RevisionIndex> walkOrderOf(const Adjacency& down,
                                       const std::vector<RevisionIndex>& heads,
                                       std::vector<bool> wanted)
{
    return Walk(down, heads, std::move(wanted)).run();
}

} // namespace sightglass
