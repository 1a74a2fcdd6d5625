// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/revisions/revision.h"

#include <cstddef>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace sightglass::tests {

/// Revisions of a random folder: a line, branches, merges, labels, dependencies, several bases; one
/// in three is broken on purpose (missing ids, duplicates, cycles, self references, label
/// collisions, refused characters). The same generator state gives the same revisions on every
/// machine.
class RandomGraphs
{
public:
    explicit RandomGraphs(std::uint32_t seed)
        : m_random(seed)
    {}

    std::vector<Revision> next();
    /// One that Alembic loads and walks.
    std::vector<Revision> nextSound(std::size_t size);
    /// 0 … limit-1; 0 when limit is 0.
    std::size_t below(std::size_t limit);

    bool oneIn(std::size_t n) { return below(n) == 0; }

private:
    std::string newId();
    void grow(std::vector<Revision>& revisions, std::size_t size);
    void addDependencies(std::vector<Revision>& revisions);
    void addLabels(std::vector<Revision>& revisions);
    void breakSomething(std::vector<Revision>& revisions);
    void shuffle(std::vector<Revision>& revisions);

    std::mt19937 m_random;
    std::vector<std::string> m_ids;
    std::size_t m_style = 0;
};

/// The smallest list of revisions for which `fails` still holds, by leaving out revisions and
/// references.
std::vector<Revision> shrunk(std::vector<Revision> revisions,
                             const std::function<bool(const std::vector<Revision>&)>& fails);

} // namespace sightglass::tests
