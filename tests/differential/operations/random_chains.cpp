// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/differential/operations/random_chains.h"

#include "tests/differential/operations/random_steps.h"

#include <sstream>

namespace sightglass::tests {

namespace {

CaseRevision
revision(RandomWorld& world, std::size_t number, std::vector<std::string> down, std::size_t most)
{
    CaseRevision result{.id = "r" + std::to_string(number),
                        .down = std::move(down),
                        .dependsOn = {},
                        .module = {},
                        .upgrade = {},
                        .downgrade = {}};
    const std::size_t count = 1 + world.below(most);
    for (std::size_t i = 0; i < count; ++i)
        result.upgrade += randomStep(world);
    return result;
}

/// Two branches above the last revision, each with its own tables, and their merge.
void addBranches(RandomWorld& world, MigrationCase& each, std::size_t room)
{
    const std::string below = each.revisions.back().id;
    for (RandomTable& table : world.tables)
        table.branch = 1 + static_cast<int>(world.below(2));
    std::vector<std::string> heads;
    for (int branch = 1; branch <= 2; ++branch) {
        world.branch = branch;
        std::string down = below;
        const std::size_t length = 1 + world.below(room > 4 ? 2 : 1);
        for (std::size_t i = 0; i < length; ++i) {
            each.revisions.push_back(revision(world, each.revisions.size() + 1, {down}, 3));
            down = each.revisions.back().id;
        }
        heads.push_back(down);
    }
    world.branch = 0;
    for (RandomTable& table : world.tables)
        table.branch = 0;
    CaseRevision merge{.id = "r" + std::to_string(each.revisions.size() + 1),
                       .down = heads,
                       .dependsOn = {},
                       .module = {},
                       .upgrade = {},
                       .downgrade = {}};
    if (world.chance(40))
        merge.upgrade = randomStep(world);
    each.revisions.push_back(std::move(merge));
}

MigrationCase without(const MigrationCase& each, std::size_t gone)
{
    MigrationCase smaller = each;
    const CaseRevision removed = smaller.revisions[gone];
    smaller.revisions.erase(smaller.revisions.begin() + static_cast<std::ptrdiff_t>(gone));
    for (CaseRevision& revision : smaller.revisions) {
        std::erase(revision.dependsOn, removed.id);
        if (std::erase(revision.down, removed.id) == 0)
            continue;
        for (const std::string& parent : removed.down) {
            if (std::find(revision.down.begin(), revision.down.end(), parent) ==
                revision.down.end())
                revision.down.push_back(parent);
        }
    }
    return smaller;
}

std::vector<std::string> linesOf(const std::string& text)
{
    std::istringstream stream(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

std::string textOf(const std::vector<std::string>& lines, std::size_t from, std::size_t count)
{
    std::string text;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i < from || i >= from + count)
            text += lines[i] + "\n";
    }
    return text;
}

/// The lines from `from` to the end of its block: what is indented more, and a lone ")" after it.
std::size_t blockLength(const std::vector<std::string>& lines, std::size_t from)
{
    std::size_t end = from + 1;
    const auto indent = [](const std::string& line) { return line.find_first_not_of(' '); };
    while (end < lines.size() && indent(lines[end]) > indent(lines[from]))
        ++end;
    if (end < lines.size() && lines[end] == ")" && end > from + 1)
        ++end;
    return end - from;
}

} // namespace

MigrationCase randomChain(std::uint64_t seed)
{
    RandomWorld world(seed);
    MigrationCase each;
    each.name = "random chain " + std::to_string(seed);
    each.place = "seed " + std::to_string(seed);
    const std::size_t length = 3 + world.below(6);
    each.revisions.push_back(revision(world, 1, {}, 4));
    bool branched = false;
    while (each.revisions.size() < length) {
        if (!branched && length - each.revisions.size() >= 3 && world.chance(20)) {
            branched = true;
            addBranches(world, each, length - each.revisions.size());
        } else {
            each.revisions.push_back(
                revision(world, each.revisions.size() + 1, {each.revisions.back().id}, 5));
        }
    }
    if (world.hasViews)
        each.doubts = "the text of a view";
    return each;
}

MigrationCase
shrunk(MigrationCase each, const std::function<bool(const MigrationCase&)>& fails, int attempts)
{
    const auto take = [&](MigrationCase smaller) {
        if (attempts-- <= 0 || !fails(smaller))
            return false;
        each = std::move(smaller);
        return true;
    };
    for (std::size_t i = each.revisions.size(); i-- > 0 && each.revisions.size() > 1;)
        take(without(each, i));
    for (bool changed = true; changed && attempts > 0;) {
        changed = false;
        for (std::size_t r = each.revisions.size(); r-- > 0;) {
            for (std::size_t i = linesOf(each.revisions[r].upgrade).size(); i-- > 0;) {
                const auto lines = linesOf(each.revisions[r].upgrade);
                if (i >= lines.size())
                    continue;
                MigrationCase smaller = each;
                smaller.revisions[r].upgrade = textOf(lines, i, blockLength(lines, i));
                changed = take(std::move(smaller)) || changed;
            }
        }
    }
    return each;
}

} // namespace sightglass::tests
