// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/diagnosis.h"

#include <array>
#include <cstddef>

namespace sightglass {

namespace {

struct StateWords
{
    std::string_view text;
    std::string_view badge;
    bool unhealthy;
};

/// In the order of DatabaseState.
constexpr std::array<StateWords, 15> stateWords{{
    {"healthy", "Healthy", false},
    {"pending", "Pending", false},
    {"empty", "Empty", false},
    {"zombie", "Tables missing", true},
    {"partly-missing", "Partly missing", true},
    {"unstamped", "Not stamped", true},
    {"unknown-revision", "Unknown revision", true},
    {"overlapping-heads", "Overlapping rows", true},
    {"drifted", "Drifted", true},
    {"partly-applied", "Partly applied", true},
    {"ahead", "Ahead of the code", true},
    {"broken-chain", "Broken chain", true},
    {"no-chain", "No chain", true},
    {"no-database", "No database", false},
    {"not-known", "Not known", true},
}};

const StateWords& wordsOf(DatabaseState state)
{
    return stateWords[static_cast<std::size_t>(state)];
}

} // namespace

std::string_view toText(DatabaseState state)
{
    return wordsOf(state).text;
}

bool isNamedState(DatabaseState state)
{
    return state != DatabaseState::NoDatabase && state != DatabaseState::NotKnown;
}

std::string_view badgeText(DatabaseState state)
{
    return wordsOf(state).badge;
}

bool isUnhealthy(DatabaseState state)
{
    return wordsOf(state).unhealthy;
}

std::string_view toText(Grade grade)
{
    switch (grade) {
    case Grade::Read:
        return "read";
    case Grade::Asked:
        return "asked";
    case Grade::Rehearsed:
        return "rehearsed";
    case Grade::Run:
        return "run";
    }
    return "";
}

} // namespace sightglass
