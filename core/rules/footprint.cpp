// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/footprint.h"

#include "core/rules/footprint/builder.h"

#include <algorithm>
#include <array>
#include <variant>

namespace sightglass {

std::string_view toText(LockMode mode)
{
    constexpr std::array names{std::string_view(""),
                               std::string_view("ACCESS SHARE"),
                               std::string_view("ROW SHARE"),
                               std::string_view("ROW EXCLUSIVE"),
                               std::string_view("SHARE UPDATE EXCLUSIVE"),
                               std::string_view("SHARE"),
                               std::string_view("SHARE ROW EXCLUSIVE"),
                               std::string_view("EXCLUSIVE"),
                               std::string_view("ACCESS EXCLUSIVE")};
    return names[static_cast<std::size_t>(mode)];
}

bool blocksReads(LockMode mode)
{
    return mode == LockMode::AccessExclusive;
}

bool blocksWrites(LockMode mode)
{
    return mode >= LockMode::Share;
}

bool isStrong(LockMode mode)
{
    return mode >= LockMode::Share;
}

LockMode Footprint::lockOn(const QualifiedName& relation) const
{
    const auto found = std::ranges::find(locks, relation, &RelationLock::relation);
    return found == locks.end() ? LockMode::None : found->mode;
}

LockMode Footprint::strongest() const
{
    LockMode result = LockMode::None;
    for (const RelationLock& lock : locks)
        result = std::max(result, lock.mode);
    return result;
}

Footprint footprintOf(const Operation& operation, const Moment& moment)
{
    footprints::Builder builder(operation, moment);
    std::visit(
        [&](const auto& change) {
            // A kind without an overload takes no lock on a relation that is there already.
            if constexpr (requires { footprints::take(builder, change); })
                footprints::take(builder, change);
        },
        operation.change);
    return std::move(builder.footprint);
}

} // namespace sightglass
