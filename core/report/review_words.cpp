// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/review_words.h"

#include "core/base/error.h"
#include "core/report/text_layout.h"

#include <algorithm>

namespace sightglass {

namespace {

std::string counted(std::size_t count, std::string_view one, std::string_view many)
{
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

void add(std::string& text, const std::string& part)
{
    text += (text.empty() ? "" : ", ") + part;
}

/// "950", "12 k", "1.2 M"
std::string rowsText(long long rows)
{
    if (rows < 10'000)
        return std::to_string(rows);
    if (rows < 1'000'000)
        return std::to_string(rows / 1'000) + " k";
    const long long tenths = rows / 100'000;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " M";
}

} // namespace

SeverityCounts countedSeverities(const ReviewReport& report)
{
    SeverityCounts counts{};
    for (const Finding& finding : allFindings(report)) {
        if (finding.suppressed.empty())
            ++counts[static_cast<std::size_t>(finding.severity)];
    }
    return counts;
}

std::string summaryLine(const ReviewReport& report)
{
    const auto& revisions = report.result.revisions;
    std::string found;
    const SeverityCounts counts = countedSeverities(report);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] > 0)
            add(found,
                std::to_string(counts[i]) + " " + std::string(toText(static_cast<Severity>(i))));
    }
    std::string text = counted(revisions.size(), "revision", "revisions") +
                       " reviewed: " + (found.empty() ? "no findings" : found) + ".";
    const auto open = std::ranges::count_if(
        revisions, [](const ReviewedRevision& each) { return !each.notAnalysed.empty(); });
    if (open > 0)
        text += " " + std::to_string(open) + " not fully analysed.";
    const auto takenBack = std::ranges::count_if(
        allFindings(report), [](const Finding& each) { return !each.suppressed.empty(); });
    if (takenBack > 0)
        text += " " + std::to_string(takenBack) + " taken back with a reason.";
    return text;
}

std::string evidenceText(const FindingEvidence& evidence)
{
    std::string text;
    if (!evidence.lock.empty())
        add(text, "locks " + evidence.lock);
    if (evidence.rewrites.value_or(false))
        add(text, "rewrites the table");
    else if (evidence.scans.value_or(false))
        add(text, "reads every row");
    if (evidence.rows)
        add(text, rowsText(*evidence.rows) + " rows");
    if (evidence.bytes)
        add(text, sizeText(*evidence.bytes));
    return text;
}

std::string_view annotationLevel(Severity severity, std::string_view least)
{
    switch (severity) {
    case Severity::Critical:
    case Severity::High:
        return "error";
    case Severity::Medium:
        return "warning";
    case Severity::Low:
    case Severity::Info:
        return least;
    }
    return least;
}

std::string shownFile(const std::filesystem::path& root, const std::string& file)
{
    if (root.empty() || file.empty())
        return file;
    const auto relative = std::filesystem::path(file).lexically_relative(root);
    const std::string text = relative.generic_string();
    return text.empty() || text.starts_with("..") ? file : text;
}

std::string indented(std::string_view text, std::string_view indent)
{
    std::string result;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        result += std::string(indent) + printable(text.substr(0, end)) + "\n";
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

} // namespace sightglass
