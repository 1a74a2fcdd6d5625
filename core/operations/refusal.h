// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace sightglass {

/// What PostgreSQL would answer instead of doing it.
struct Refusal
{
    std::string state;   ///< SQLSTATE: "42P01"
    std::string message; ///< as PostgreSQL words it: relation "jobs" does not exist
    std::string object;  ///< what it is about: "table jobs", "column jobs.owner"
    friend bool operator==(const Refusal&, const Refusal&) = default;
};

} // namespace sightglass
