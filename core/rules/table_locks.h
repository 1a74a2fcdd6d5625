// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/step.h"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sightglass {

/// Whether a lock of `record` holds up users of a table that stood before the revision. Views,
/// sequences and tables that `before` made do not count.
bool isOnExistingTable(const RelationLock& lock,
                       const StepRecord& record,
                       std::span<const StepRecord> before);

/// The first lock of at least this mode on a table that stood before the revision; null: none.
const RelationLock*
lockOnExistingTable(const StepRecord& record, std::span<const StepRecord> before, LockMode atLeast);

/// A duration as PostgreSQL's settings have it: "3s", "500", "5min", without a unit milliseconds.
std::optional<std::chrono::milliseconds> settingDuration(std::string_view value);

/// One after the other follows what SET makes of a timeout: session wide, or up to the end of a
/// transaction.
class TimeoutInForce
{
public:
    TimeoutInForce(std::string_view setting, bool atStart)
        : m_setting(setting)
        , m_start(atStart)
        , m_session(atStart)
    {}

    void note(const StepRecord& record);
    /// Whether a timeout above 0 is in force for a statement of this transaction.
    bool isSet(int transaction) const;

private:
    std::string_view m_setting;
    bool m_start = false;
    bool m_session = false;
    std::optional<bool> m_local;
    int m_transaction = 0; ///< of m_local
};

} // namespace sightglass
