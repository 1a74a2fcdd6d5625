// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/history.h"
#include "core/inference/schema_doubts.h"
#include "core/inference/schema_lines.h"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// Which line of which object.
struct LineName
{
    QualifiedName object;
    std::string kind; ///< as Difference::kind
    std::string part;
    friend auto operator<=>(const LineName&, const LineName&) = default;
};

/// "table public.users", "column public.users.email", "index ix_users_email of public.users".
std::string toText(const LineName& line);

/// A line that a step makes, changes or takes away.
struct LineChange
{
    LineName line;
    std::optional<std::string> before; ///< absent: the line was not there
    std::optional<std::string> after;
};

/// What a step does to a schema, line by line; a table that it makes or drops is one line with its
/// parts behind it. `seen` becomes `now`.
///
/// unread   lines are as a reading without these would show them
/// unseen   gets the number of lines that change, and not so
std::vector<LineChange> linesChanged(Schema& seen,
                                     const Schema& now,
                                     const UnreadParts& unread = {},
                                     std::size_t* unseen = nullptr);

/// The definition of a line; absent: there is none.
std::optional<std::string>
lineIn(const Schema& schema, const LineName& line, const UnreadParts& unread = {});

/// How one operation of a revision stands to a live schema.
struct OperationProgress
{
    enum class State
    {
        NoEffect, ///< it changes no schema, or what it changed a later operation changed again
        Done,
        NotDone,
        Otherwise, ///< something of the name is there, and is not what the operation makes
        Unknown    ///< what it does can't be read, or what of it is there was not
    };
    std::size_t operation = 0;
    State state = State::NoEffect;
    std::vector<LineName> lines;     ///< that tell, the most important first
    std::vector<LineName> otherwise; ///< those of them that are there in another shape
};

/// How far a revision got on a live database, as far as the schema tells.
struct StepProgress
{
    std::vector<OperationProgress> operations; ///< each of the upgrade
    std::size_t visible = 0;                   ///< with State other than NoEffect
    std::size_t done = 0;
    std::size_t otherwise = 0;
    std::size_t unknown = 0;
    /// The operations up to here, and none behind, explain the live schema best: a prefix.
    std::size_t reached = 0;
    std::size_t offAtReached = 0; ///< lines that are not as after `reached` operations
    std::size_t offAtStart = 0;   ///< lines that are not as before the first
    std::size_t lines = 0;        ///< that the revision touches and that are sure
};

/// Compares a live schema with what each operation of an upgrade leaves.
///
/// before  the database that the revision starts from
/// unread  what is not known of the live schema
/// cost    that of its operations and of the objects that they touch
StepProgress progressOf(Replay before,
                        const RevisionSteps& steps,
                        const Schema& live,
                        const UnreadParts& unread = {});

} // namespace sightglass
