// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/findings/finding.h"

#include <algorithm>
#include <tuple>

namespace sightglass {

std::string_view toText(Severity severity)
{
    switch (severity) {
    case Severity::Critical: return "critical";
    case Severity::High: return "high";
    case Severity::Medium: return "medium";
    case Severity::Low: return "low";
    case Severity::Info: return "info";
    }
    return "info";
}

std::string_view toText(Confidence confidence)
{
    switch (confidence) {
    case Confidence::Certain: return "certain";
    case Confidence::Likely: return "likely";
    case Confidence::Possible: return "possible";
    }
    return "possible";
}

void sortFindings(std::vector<Finding>& findings)
{
    const auto key = [](const Finding& finding) {
        return std::tie(finding.severity, finding.rule, finding.span.file, finding.span.line, finding.title);
    };
    std::ranges::stable_sort(findings, [&](const Finding& left, const Finding& right) {
        return key(left) < key(right);
    });
}

} // namespace sightglass
