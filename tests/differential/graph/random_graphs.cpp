// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/differential/graph/random_graphs.h"

#include <algorithm>
#include <array>
#include <set>

namespace sightglass::tests {

namespace {

void refer(std::vector<RevisionReference>& references, const std::string& id)
{
    if (std::ranges::find(references, id, &RevisionReference::id) == references.end())
        references.push_back({.id = id, .span = {}});
}

} // namespace

std::size_t RandomGraphs::below(std::size_t limit)
{
    // Not a distribution: those differ between standard libraries.
    return limit == 0 ? 0 : m_random() % limit;
}

std::string RandomGraphs::newId()
{
    constexpr std::array<std::string_view, 12> words{"add",
                                                     "user",
                                                     "users",
                                                     "orders",
                                                     "base",
                                                     "order_items",
                                                     "heads",
                                                     "v1",
                                                     "ae10",
                                                     "ae1027a",
                                                     "été",
                                                     "x"};
    std::string id;
    do {
        id.clear();
        if (m_style == 0) {
            id = std::string(1, static_cast<char>('a' + below(26)));
            if (oneIn(2))
                id += static_cast<char>('0' + below(10));
        } else if (m_style == 1) {
            id = "ab";
            for (int i = 0; i < 10; ++i)
                id += "0123456789abcdef"[below(i < 3 ? 3 : 16)];
        } else if (m_style == 2) {
            id = std::to_string(below(10000));
            id.insert(0, 4 - std::min<std::size_t>(4, id.size()), '0');
        } else {
            id = std::string(words[below(words.size())]) + "_" + std::to_string(below(60));
        }
    } while (std::ranges::find(m_ids, id) != m_ids.end());
    m_ids.push_back(id);
    return id;
}

void RandomGraphs::grow(std::vector<Revision>& revisions, std::size_t size)
{
    const std::size_t branchiness = below(4); // 0 = a line
    const std::size_t baseEvery = oneIn(3) ? 6 : 1000;
    for (std::size_t i = 0; i < size; ++i) {
        Revision revision;
        revision.id = newId();
        revision.message = revision.id;
        const bool isBase = i == 0 || oneIn(baseEvery);
        if (!isBase) {
            const bool branches = branchiness > 0 && below(4) < branchiness;
            const std::size_t parent = branches ? below(i) : i - 1;
            refer(revision.down, revisions[parent].id);
            while (branchiness > 0 && oneIn(5))
                refer(revision.down, revisions[below(i)].id);
        }
        revisions.push_back(std::move(revision));
    }
}

void RandomGraphs::addDependencies(std::vector<Revision>& revisions)
{
    const std::size_t every = 2 + below(8);
    for (std::size_t i = 1; i < revisions.size(); ++i) {
        while (oneIn(every)) {
            const Revision& target = revisions[below(i)];
            const bool byLabel = !target.labels.empty() && oneIn(2);
            refer(revisions[i].dependsOn, byLabel ? target.labels.front().id : target.id);
        }
    }
}

void RandomGraphs::addLabels(std::vector<Revision>& revisions)
{
    constexpr std::array<std::string_view, 6> names{
        "expand", "contract", "data", "exp", "feat", "ab0label"};
    const std::size_t count = 1 + below(3);
    for (std::size_t i = 0; i < count; ++i) {
        const std::string label =
            std::string(names[below(names.size())]) + (oneIn(2) ? "" : std::to_string(i));
        const bool isTaken = std::ranges::any_of(revisions, [&](const Revision& revision) {
            return std::ranges::find(revision.labels, label, &RevisionReference::id) !=
                   revision.labels.end();
        });
        if (!isTaken)
            refer(revisions[below(revisions.size())].labels, label);
    }
}

void RandomGraphs::breakSomething(std::vector<Revision>& revisions)
{
    const auto any = [&]() -> Revision& { return revisions[below(revisions.size())]; };
    switch (below(11)) {
    case 0:
        refer(any().down, "gone0a1b2c3d");
        break;
    case 1:
        refer(any().dependsOn, "lost0a1b2c3d");
        break;
    case 2:
        revisions.push_back(any());
        break;
    case 3: {
        Revision copy = any();
        copy.down.clear();
        refer(copy.down, any().id);
        std::erase_if(copy.down, [&](const auto& down) { return down.id == copy.id; });
        revisions.push_back(std::move(copy));
        break;
    }
    case 4: {
        Revision& revision = any();
        refer(revision.down, revision.id);
        break;
    }
    case 5: {
        Revision& revision = any();
        refer(revision.dependsOn, revision.id);
        break;
    }
    case 6:
        refer(any().down, any().id);
        break;
    case 7:
        refer(any().dependsOn, any().id);
        break;
    case 8: {
        const std::string label = oneIn(2) ? any().id : "twice";
        refer(any().labels, label);
        any().labels.push_back({.id = label, .span = {}});
        break;
    }
    case 9: {
        Revision& revision = any();
        if (!revision.down.empty())
            revision.down.push_back(revision.down.front());
        break;
    }
    default: {
        constexpr std::array<std::string_view, 4> suffixes{"-x", "@", "+1", "a-b+c"};
        any().id += suffixes[below(suffixes.size())];
        break;
    }
    }
}

void RandomGraphs::shuffle(std::vector<Revision>& revisions)
{
    for (std::size_t i = revisions.size(); i > 1; --i)
        std::swap(revisions[i - 1], revisions[below(i)]);
}

std::vector<Revision> RandomGraphs::nextSound(std::size_t size)
{
    m_ids.clear();
    m_style = below(4);
    std::vector<Revision> revisions;
    grow(revisions, size);
    if (oneIn(2))
        addLabels(revisions);
    if (oneIn(2))
        addDependencies(revisions);
    if (oneIn(2))
        shuffle(revisions);
    return revisions;
}

std::vector<Revision> RandomGraphs::next()
{
    std::vector<Revision> revisions = nextSound(1 + below(oneIn(8) ? 70 : 16));
    if (oneIn(3)) {
        do
            breakSomething(revisions);
        while (oneIn(3));
    }
    return revisions;
}

std::vector<Revision> shrunk(std::vector<Revision> revisions,
                             const std::function<bool(const std::vector<Revision>&)>& fails)
{
    constexpr auto lists = std::array{&Revision::down, &Revision::dependsOn, &Revision::labels};
    bool changed = true;
    const auto attempt = [&](const std::vector<Revision>& smaller) {
        const bool still = fails(smaller);
        if (still) {
            revisions = smaller;
            changed = true;
        }
        return still;
    };
    while (changed) {
        changed = false;
        for (std::size_t i = revisions.size(); i-- > 0;) {
            // Leaving a revision out joins what named it to its first down revision.
            auto smaller = revisions;
            const Revision gone = smaller[i];
            smaller.erase(smaller.begin() + static_cast<std::ptrdiff_t>(i));
            for (Revision& revision : smaller) {
                for (const auto list : {&Revision::down, &Revision::dependsOn}) {
                    for (RevisionReference& reference : revision.*list) {
                        if (reference.id == gone.id && !gone.down.empty())
                            reference.id = gone.down.front().id;
                    }
                    std::erase_if(revision.*list, [&](const auto& r) { return r.id == gone.id; });
                }
            }
            attempt(smaller);
        }
        for (std::size_t i = 0; i < revisions.size(); ++i) {
            for (const auto list : lists) {
                for (std::size_t k = (revisions[i].*list).size(); k-- > 0;) {
                    auto smaller = revisions;
                    (smaller[i].*list)
                        .erase((smaller[i].*list).begin() + static_cast<std::ptrdiff_t>(k));
                    attempt(smaller);
                }
            }
        }
    }
    return revisions;
}

} // namespace sightglass::tests
