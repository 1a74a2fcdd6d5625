// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/json_values.h"
#include "core/report/review_report.h"
#include "core/report/review_words.h"
#include "core/rules/rule.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace sightglass {

namespace {

using json::Value;

std::string_view levelOf(Severity severity)
{
    return annotationLevel(severity, "note");
}

/// As code scanning sorts: 9 and above is critical, 7 high, 4 medium.
std::string_view scoreOf(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return "9.5";
    case Severity::High:
        return "8.0";
    case Severity::Medium:
        return "5.5";
    case Severity::Low:
        return "2.0";
    case Severity::Info:
        return "0.5";
    }
    return "0.5";
}

/// A path as an URI reference: everything but what may stand in a path is written in hexadecimal.
std::string uriOf(const std::string& path)
{
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (const char c : path) {
        if (plain.find(c) != std::string_view::npos) {
            result += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        result += '%';
        result += digits[byte >> 4];
        result += digits[byte & 15];
    }
    return result;
}

Value ruleJson(const Finding& finding)
{
    const Rule* const rule = findRule(finding.rule);
    const Severity severity = rule != nullptr ? rule->severity : finding.severity;
    return {
        {"id", finding.rule},
        {"shortDescription", {{"text", finding.rule + " (" + finding.category + ")"}}},
        {"defaultConfiguration", {{"level", levelOf(severity)}}},
        {"properties", {{"category", finding.category}, {"security-severity", scoreOf(severity)}}}};
}

Value regionJson(const SourceSpan& span)
{
    // Whole lines: our columns count bytes, a viewer's do not.
    const int first = std::max(1, span.line);
    return {{"startLine", first}, {"endLine", std::max(first, span.endLine)}};
}

Value locationJson(const ReviewReport& report, const SourceSpan& span)
{
    return {{"physicalLocation",
             {{"artifactLocation", {{"uri", uriOf(shownFile(report.root, span.file))}}},
              {"region", regionJson(span)}}}};
}

/// The same finding again after lines moved: what it is about, not where.
std::string fingerprintOf(const Finding& finding)
{
    return finding.rule + ":" + finding.revision + ":" + finding.object;
}

Value resultJson(const ReviewReport& report, const Finding& finding, std::size_t ruleIndex)
{
    std::string message = finding.title + ". " + finding.detail;
    if (const std::string facts = evidenceText(finding.evidence); !facts.empty())
        message += " (" + facts + ")";
    Value result = {{"ruleId", finding.rule},
                    {"ruleIndex", ruleIndex},
                    {"level", levelOf(finding.severity)},
                    {"message", {{"text", message}}}};
    result["locations"] = Value::array();
    if (!finding.span.file.empty())
        result["locations"].push_back(locationJson(report, finding.span));
    if (!finding.related.empty()) {
        result["relatedLocations"] = Value::array();
        for (const SourceSpan& span : finding.related)
            result["relatedLocations"].push_back(locationJson(report, span));
    }
    result["partialFingerprints"] = {{"sightglass/v1", fingerprintOf(finding)}};
    result["properties"] = {{"severity", toText(finding.severity)},
                            {"confidence", toText(finding.confidence)},
                            {"revision", finding.revision}};
    if (!finding.suppressed.empty())
        result["suppressions"] =
            Value::array({{{"kind", "inSource"}, {"justification", finding.suppressed}}});
    return result;
}

} // namespace

std::string reviewSarif(const ReviewReport& report)
{
    Value rules = Value::array();
    Value results = Value::array();
    std::map<std::string, std::size_t> indexes;
    for (const Finding& finding : allFindings(report)) {
        const auto [entry, isNew] = indexes.emplace(finding.rule, rules.size());
        if (isNew)
            rules.push_back(ruleJson(finding));
        results.push_back(resultJson(report, finding, entry->second));
    }
    Value driver = {{"name", "Sightglass"},
                    {"version", SIGHTGLASS_VERSION},
                    {"semanticVersion", SIGHTGLASS_VERSION},
                    {"rules", std::move(rules)}};
    Value run = {{"tool", {{"driver", std::move(driver)}}}, {"results", std::move(results)}};
    const Value document = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                            {"version", "2.1.0"},
                            {"runs", Value::array({std::move(run)})}};
    return json::text(document);
}

} // namespace sightglass
