// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replay/unread.h"

#include "core/replay/assumptions.h"

#include <algorithm>
#include <array>
#include <vector>

namespace sightglass::replaying {

namespace {

/// Refusals for what is there or is not; others are about the statement itself.
bool isAboutPresence(const Refusal& refusal)
{
    constexpr std::array<std::string_view, 2> states{"2BP01",
                                                     "42830"}; // in use, no key to refer to
    constexpr std::array<std::string_view, 2> endings{" does not exist", " already exists"};
    return std::ranges::find(states, refusal.state) != states.end() ||
           std::ranges::any_of(endings, [&](std::string_view ending) {
               return refusal.message.find(ending) != std::string::npos;
           });
}

/// "s.t" of "table s.t", "column s.t.c", "constraint c of s.t", "column c of table s.t".
QualifiedName namedBy(const Refusal& refusal)
{
    const std::size_t of = refusal.object.rfind(" of ");
    const std::size_t space = refusal.object.rfind(' ');
    if (space == std::string::npos)
        return {};
    std::string name = refusal.object.substr(space + 1);
    if (refusal.object.starts_with("column ") && of == std::string::npos)
        name.resize(std::min(name.rfind('.'), name.size()));
    const std::size_t dot = name.find('.');
    if (dot == std::string::npos)
        return {.schema = {}, .name = name};
    return {.schema = name.substr(0, dot), .name = name.substr(dot + 1)};
}

/// What a refusal is about.
struct Concerned
{
    std::vector<QualifiedName> itself; ///< its object, or what the change is about
    std::vector<QualifiedName> others; ///< the table that this belongs to, what it refers to
};

Concerned concernedBy(const Catalog& catalog, const Change& change, const Refusal& refusal)
{
    QualifiedName named = namedBy(refusal);
    if (named.name.empty())
        named = subjectOf(catalog, change);
    Concerned concerned{.itself = {named}, .others = {}};
    const auto found = catalog.findRelation(named);
    if (!found)
        return concerned;
    concerned.itself.push_back(*found);
    if (const RelationEntry* const entry = catalog.relation(*found);
        entry != nullptr && !entry->owner().name.empty())
        concerned.others.push_back(entry->owner());
    // A key that goes with everything that needs it takes foreign keys along.
    if (const Table* const table = catalog.table(*found)) {
        for (const ForeignKey& key : table->foreignKeys) {
            if (refusal.object.starts_with("constraint " + key.name + " of "))
                concerned.others.push_back(key.target);
        }
    }
    return concerned;
}

bool isAbout(const Doubt& doubt, const QualifiedName& name)
{
    return doubt.table.name == name.name &&
           (doubt.table.schema == name.schema || doubt.table.schema.empty() || name.schema.empty());
}

bool isAboutAny(const Doubt& doubt, const std::vector<QualifiedName>& names)
{
    return std::ranges::any_of(names,
                               [&](const QualifiedName& name) { return isAbout(doubt, name); });
}

} // namespace

bool applyKnownParts(Catalog& catalog, const Operation& operation)
{
    const std::size_t before = catalog.doubtCount();
    const bool refused = dispatch(catalog, operation.change).has_value();
    const auto& doubts = catalog.doubts();
    const bool said =
        std::any_of(doubts.begin() + static_cast<std::ptrdiff_t>(before),
                    doubts.end(),
                    [&](const Doubt& doubt) { return doubt.reason.ends_with(operation.reason); });
    if (!refused && said)
        return true;
    catalog.rollback();
    return false;
}

bool mayBeOtherwise(const Catalog& catalog, const Change& change, const Refusal& refusal)
{
    if (!isAboutPresence(refusal))
        return false;
    const Concerned concerned = concernedBy(catalog, change, refusal);
    const bool ofColumn = refusal.object.starts_with("column ");
    // A relation that surely is there, or is not, may still have other parts.
    const bool ofRelation = refusal.state == "42P01" || refusal.state == "42P07";
    // Of which table an index is that is not there, nobody can say.
    const bool ofAnyTable = refusal.object.starts_with("index ");
    return std::ranges::any_of(catalog.doubts(), [&](const Doubt& doubt) {
        if (!doubt.unread && doubt.reach != Doubt::Reach::Contents)
            return false;
        if (doubt.table.name.empty() || (ofAnyTable && doubt.column.empty()))
            return true;
        // What a column takes with it, its keys and indexes, is in doubt as it is.
        const bool otherColumn =
            ofColumn && !doubt.column.empty() && !refusal.object.ends_with("." + doubt.column);
        const bool sure =
            ofRelation && (doubt.reach != Doubt::Reach::Existence || !doubt.column.empty());
        return !otherColumn && (isAboutAny(doubt, concerned.others) ||
                                (!sure && isAboutAny(doubt, concerned.itself)));
    });
}

} // namespace sightglass::replaying
