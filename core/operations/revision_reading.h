// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/operation.h"

#include <filesystem>
#include <string>
#include <vector>

namespace sightglass {

enum class Direction
{
    Upgrade,
    Downgrade
};

/// What one direction of one revision does.
struct RevisionReading
{
    enum class End
    {
        Done,
        NoFunction, ///< the file has no upgrade() (or downgrade())
        Raises,     ///< an exception leaves it
        Limit,      ///< too many steps; what follows is not known
        NeedsSchema ///< asked the schema, which was not at hand: read again with one
    };

    /// A raise under a condition that reading can't decide, and that nothing catches. What follows
    /// it runs in every run that reaches the end.
    struct PossibleStop
    {
        std::vector<Guard> guards; ///< outermost first
        std::string raised;        ///< "RuntimeError: duplicate rows"
        SourceSpan span;
    };

    /// Something that reading saw and that no operation shows.
    struct Remark
    {
        enum class Kind
        {
            KeyLeftOut,     ///< add_column(Column(primary_key=True)) that renders no key
            ConstraintKind, ///< drop_constraint(type_=…): `word` is what it says
            UsesModels,     ///< classes of the application's models, or a session
            NeedsDatabase   ///< goes on by what a live database answers
        };
        Kind kind = Kind::KeyLeftOut;
        std::string object; ///< "links.id", "pk_links", "User", "fetchall"
        std::string word;
        SourceSpan span; ///< of a directive: that of its operations
        friend bool operator==(const Remark&, const Remark&) = default;
    };

    std::vector<Operation> operations;
    std::vector<PossibleStop> possibleStops;
    /// What its operations are read under, in words: "the option x of the context is 'y', the
    /// project's default, unless the environment sets another".
    std::vector<std::string> assumptions;
    End end = End::Done;
    std::string raised; ///< "NotImplementedError: no way back"; the limit's words
    SourceSpan endSpan;
    bool empty = false;                       ///< the body is pass or a docstring
    bool asksSchema = false;                  ///< an answer out of the schema decided something
    std::vector<std::filesystem::path> files; ///< others that were read on the way
    /// A failure that the revision's own try catches outside a savepoint leaves PostgreSQL's
    /// transaction unusable: it refuses every later statement (25P02). PostgreSQL's words for the
    /// failure; empty: that did not happen. Reading goes on as the author meant it.
    std::string transactionAborted;
    SourceSpan abortedSpan;
    std::vector<Remark> remarks;
};

} // namespace sightglass
