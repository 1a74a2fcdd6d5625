// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/step.h"

#include <string>

namespace sightglass {

/// What a statement with IF NOT EXISTS finds under its name.
struct ExistingObject
{
    enum class State
    {
        Absent,  ///< nothing, or it is not known: the statement runs
        Same,    ///< what the statement would make
        Differs, ///< something else: `difference` says what
        NotKnown ///< it is there, but how it looks is not known
    };
    State state = State::Absent;
    std::string words;      ///< "table users", "column users.age"
    std::string difference; ///< "it has no column phone"
};

/// Absent for every statement without IF NOT EXISTS.
ExistingObject existingObject(const Step& step);

/// In words, what two definitions of one table do not have alike; empty: nothing. Names of
/// constraints and indexes are no difference, nor are comments, owners and sizes.
std::string tableDifference(const Table& wanted, const Table& there, bool withIndexes);

/// Something that is not there any more, or not for sure, for a reason that reading noted.
bool isDoubtful(const Moment& moment, const QualifiedName& full);

} // namespace sightglass
