// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/source_span.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

enum class Severity
{
    Critical,
    High,
    Medium,
    Low,
    Info
};

enum class Confidence
{
    Certain,
    Likely,
    Possible
};

std::string_view toText(Severity severity);     ///< "critical" … "info"
std::string_view toText(Confidence confidence); ///< "certain", "likely", "possible"

/// A way to mend a finding: id for programs, title for people.
struct Fix
{
    std::string id;
    std::string title;
    friend bool operator==(const Fix&, const Fix&) = default;
};

/// What a finding rests on, in figures. Absent means not known.
struct FindingEvidence
{
    std::optional<std::int64_t> rows;
    std::optional<std::int64_t> bytes;
    std::string lock;
    std::optional<bool> rewrites;
    std::optional<bool> scans;
    friend bool operator==(const FindingEvidence&, const FindingEvidence&) = default;
};

/// One thing that is wrong or dangerous, ready to be shown. The same value is a line of the problems
/// list, an object of the JSON and a line of the terminal.
struct Finding
{
    std::string rule;     ///< stable id: "missing-revision"
    std::string category; ///< "chain", "data-loss", "lock", …
    Severity severity = Severity::Info;
    Confidence confidence = Confidence::Certain;
    std::string title;    ///< below 90 characters, names the object
    std::string detail;   ///< fact, meaning, next step
    std::string revision; ///< empty when none is concerned
    SourceSpan span;      ///< where; empty file when none
    std::vector<SourceSpan> related; ///< the other places: both files of a duplicate, …
    std::string object;
    FindingEvidence evidence;
    std::vector<Fix> fixes;
    std::string instead;    ///< the safe form, ready to paste; may be empty
    std::string unsettled;  ///< what would settle it; empty when certain
    std::string suppressed; ///< the reason that its author gave; empty: it counts

    friend bool operator==(const Finding&, const Finding&) = default;
};

/// Sorts by what people need first: severity, then rule, file, line, title. Stable between runs.
void sortFindings(std::vector<Finding>& findings);

} // namespace sightglass
