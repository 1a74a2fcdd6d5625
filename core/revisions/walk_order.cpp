// SPDX-License-Identifier: GPL-3.0-or-later
// Alembic keeps a list of open heads and, for each, the set of its ancestors; a candidate has to
// wait while it is in another head's set. Sets for every head make that quadratic. Here each node
// counts what keeps it waiting: one for being an open head itself, one for each node built on it
// that counts anything. A head counts exactly one when nothing open is built on it.
// Which head a waiting node waits for is asked less often; labels answer it nearly always.
#include "core/revisions/walk_order.h"

#include "core/revisions/line_labels.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sightglass {

namespace {

using Slot = std::uint32_t;
constexpr Slot noSlot = std::numeric_limits<Slot>::max();
using Leads = LineLabels::Leads;

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
        Slot next = noSlot;    ///< of a closed place: where to look for the next open one
        std::uint32_t era = 0; ///< of its last way down from a merge
        bool open = true;
    };

    /// What is known of the heads above a waiting node. A slot that is not above it never will be
    /// again: heads only go down, and new ones take higher slots.
    struct HeadsAbove
    {
        std::uint32_t era = 0;   ///< of the search that found the slots
        std::vector<Slot> slots; ///< a heap with the lowest first; some closed or gone aside since
        Slot first = 0;          ///< no lower slot is above the node
    };

    void append(RevisionIndex node)
    {
        const auto slot = static_cast<Slot>(m_slots.size());
        m_slots.push_back(
            {.node = node, .previous = m_last, .next = noSlot, .era = m_era, .open = true});
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
        const Slot back = place.previous == noSlot ? m_first : place.previous;
        if (place.next == noSlot)
            place.next = static_cast<Slot>(m_slots.size());
        return back;
    }

    Slot emit(Slot slot)
    {
        const RevisionIndex node = m_slots[slot].node;
        m_order.push_back(node);
        m_wanted[node] = false;
        // On a plain line a head stays above whatever it was above; only at a merge that can
        // change.
        if (m_down.of(node).size() > 1)
            m_slots[slot].era = ++m_era;
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
        if (const Slot known = firstKnown(node, above); known != noSlot)
            return known;
        label();
        // Whichever needs fewer steps: to look at heads in their order, or to go up from the node.
        for (std::size_t steps = 64;; steps *= 4) {
            const Leads last = scan(node, above, steps);
            if (last == Leads::Yes)
                return above.first;
            if (search(node, above, last == Leads::No ? steps : m_down.size()))
                return above.slots.front();
        }
    }

    /// The first of the slots that a search has found, as far as that still holds.
    Slot firstKnown(RevisionIndex node, HeadsAbove& above)
    {
        while (!above.slots.empty()) {
            const Slot slot = above.slots.front();
            if (m_slots[slot].open) {
                const auto known = m_slots[slot].era <= above.era ? Leads::Yes : leads(slot, node);
                if (known == Leads::Yes)
                    return slot;
                if (known == Leads::Unknown)
                    break;
            }
            above.first = slot + 1;
            std::ranges::pop_heap(above.slots, std::greater());
            above.slots.pop_back();
        }
        above.slots.clear();
        return noSlot;
    }

    /// Moves above.first past heads that are not above the node, at most `steps` of them. Whether
    /// the one it has come to is above: No when it has not come to one that may be.
    Leads scan(RevisionIndex node, HeadsAbove& above, std::size_t steps)
    {
        Slot slot = firstOpen(above.first);
        for (; slot < m_slots.size() && steps > 0; --steps) {
            above.first = slot;
            if (slot != m_slotOf[node]) {
                const Leads answer = leadsByWayOf(slot, node);
                if (answer != Leads::No)
                    return answer;
            }
            slot = firstOpen(slot + 1);
        }
        above.first = slot;
        return Leads::No;
    }

    Slot firstOpen(Slot slot)
    {
        const Slot from = slot;
        while (slot < m_slots.size() && !m_slots[slot].open)
            slot = m_slots[slot].next;
        for (Slot passed = from; passed != slot;)
            passed = std::exchange(m_slots[passed].next, slot);
        return slot;
    }

    /// Collects the heads above the node, unless that takes more than `limit` steps.
    bool search(RevisionIndex node, HeadsAbove& above, std::size_t limit)
    {
        ++m_search;
        above.era = m_era;
        above.slots.clear();
        std::vector<RevisionIndex> todo{node};
        while (!todo.empty()) {
            const RevisionIndex at = todo.back();
            todo.pop_back();
            for (const RevisionIndex next : m_up->of(at)) {
                if (m_waits[next] == 0 || m_seen[next] == m_search)
                    continue;
                if (limit-- == 0) {
                    above.slots.clear();
                    return false;
                }
                m_seen[next] = m_search;
                todo.push_back(next);
                if (m_slotOf[next] != noSlot)
                    above.slots.push_back(m_slotOf[next]);
            }
        }
        std::ranges::make_heap(above.slots, std::greater());
        return true;
    }

    void label()
    {
        if (m_up)
            return;
        m_up = m_down.reversed();
        m_seen.assign(m_down.size(), 0);
        m_downLabels = LineLabels(m_down, *m_up);
        m_upLabels = LineLabels(*m_up, m_down);
    }

    /// The same as leads(), and where labels don't tell, by those of a few nodes between the two.
    Leads leadsByWayOf(Slot slot, RevisionIndex node)
    {
        const Leads direct = leads(slot, node);
        if (direct != Leads::Unknown)
            return direct;
        ++m_search;
        std::size_t steps = 64;
        std::vector<RevisionIndex> todo{node};
        while (!todo.empty()) {
            const RevisionIndex at = todo.back();
            todo.pop_back();
            for (const RevisionIndex next : m_up->of(at)) {
                if (m_waits[next] == 0 || m_seen[next] == m_search)
                    continue;
                if (steps-- == 0)
                    return Leads::Unknown;
                m_seen[next] = m_search;
                const Leads answer = leads(slot, next);
                if (answer == Leads::Yes)
                    return Leads::Yes;
                if (answer == Leads::Unknown)
                    todo.push_back(next);
            }
        }
        return Leads::No;
    }

    Leads leads(Slot slot, RevisionIndex node) const
    {
        const RevisionIndex head = m_slots[slot].node;
        const Leads down = m_downLabels.leads(head, node);
        return down == Leads::Unknown ? m_upLabels.leads(node, head) : down;
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
    LineLabels m_downLabels;
    LineLabels m_upLabels;
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
