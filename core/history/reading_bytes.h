// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/first_reading.h"
#include "core/history/history.h"
#include "core/scripts/transaction_facts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sightglass::kept {

/// Rises with every change of what is written below, or of what a field means.
inline constexpr std::uint32_t formatVersion = 7;

/// Something that a reading looked up beside its own file, and what it found there.
struct SourceLookup
{
    bool module = true; ///< a dotted module name, else a path that was opened
    std::string name;
    std::string content; ///< hash of what was found; empty: nothing was there
    friend bool operator==(const SourceLookup&, const SourceLookup&) = default;
};

/// What is asked of every reading before any of it is looked at.
struct KeptHead
{
    bool upgradeAsksSchema = false; ///< see KeptSteps
    std::vector<SourceLookup> lookups;
};

/// A reading of one file with what it hangs on.
struct KeptReading
{
    KeptHead head;
    FirstReading reading;
};

/// What replaying a whole chain came to. Readings of revisions that ask the schema are here, since
/// they hang on all others.
struct KeptRun
{
    struct Revision
    {
        RevisionIndex revision = 0;
        std::optional<RevisionReading> upgrade; ///< absent: as first read
        std::optional<RevisionReading> downgrade;
        std::vector<RefusedOperation> refused;
    };

    std::vector<Revision> revisions; ///< those that have anything of these
    FreshRun freshRun;
    ResolutionCount resolution;
    std::vector<SourceLookup> lookups;
};

/// Compact bytes of these values; the same value gives the same bytes.
std::string bytesOf(const KeptReading& reading);
std::string bytesOf(const KeptRun& run);
/// All that decides how files are read, as bytes for a key.
std::string bytesOf(const Surroundings& surroundings);
std::string bytesOf(const TransactionFacts& transactions);

/// The values back; nothing when the bytes are not what was written. No size in them is trusted.
std::optional<KeptReading> keptReadingFrom(std::string_view bytes);
std::optional<KeptHead> keptHeadFrom(std::string_view bytes); ///< of a KeptReading's bytes
std::optional<KeptRun> keptRunFrom(std::string_view bytes);

} // namespace sightglass::kept
