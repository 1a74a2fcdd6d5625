// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/first_reading.h"
#include "core/history/history.h"

#include <mutex>
#include <optional>
#include <vector>

namespace sightglass {

/// What every revision does. A reading that was kept on disk is decoded when it is first looked at:
/// most programs that start with kept readings look at few.
///
/// thread  looking is safe; so is setting parts of one revision while others are looked at
class StepsList
{
public:
    explicit StepsList(std::size_t size = 0)
        : m_entries(size)
    {}

    std::size_t size() const { return m_entries.size(); }

    const RevisionSteps& operator[](RevisionIndex revision) const;

    void take(RevisionIndex revision, FirstReadingOrKept reading);
    /// What stands instead of a first reading, whether that is decoded already or not.
    void setUpgrade(RevisionIndex revision, RevisionReading reading);
    void setDowngrade(RevisionIndex revision, RevisionReading reading);
    void setRefused(RevisionIndex revision, std::vector<RefusedOperation> refused);

private:
    struct Entry
    {
        /// Its bytes go when they are decoded.
        mutable std::optional<KeptSteps> kept;
        mutable std::once_flag decoded;
        mutable RevisionSteps steps;
        bool ownUpgrade = false; ///< what is kept of it does not count
        bool ownDowngrade = false;
    };

    static void decode(const Entry& entry);

    std::vector<Entry> m_entries;
};

} // namespace sightglass
