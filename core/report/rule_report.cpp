// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/rule_report.h"

#include "core/report/json_values.h"
#include "core/report/text_layout.h"
#include "core/rules/pages.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace sightglass {

namespace {

using json::Value;

Value jsonOf(const Rule& rule)
{
    return {{"id", rule.id},
            {"category", toText(rule.category)},
            {"severity", toText(rule.severity)},
            {"default", rule.onByDefault ? "on" : "off"}};
}

/// Comments of the page are for the tests that run its examples.
std::string withoutComments(std::string_view page)
{
    std::string text;
    while (!page.empty()) {
        const std::size_t end = std::min(page.find('\n'), page.size());
        const std::string_view line = page.substr(0, end);
        if (!line.starts_with("<!--"))
            text += std::string(line) + "\n";
        page.remove_prefix(std::min(end + 1, page.size()));
    }
    return text;
}

} // namespace

std::string rulesText()
{
    std::string text;
    std::vector<std::vector<std::string>> rows;
    const auto flush = [&] {
        text += aligned(rows, "  ");
        rows.clear();
    };
    const Rule* before = nullptr;
    for (const Rule* const rule : ruleTable()) {
        if (before == nullptr || before->category != rule->category) {
            flush();
            text += (before == nullptr ? "" : "\n") + std::string(toText(rule->category)) + "\n";
        }
        rows.push_back({std::string(rule->id),
                        std::string(toText(rule->severity)),
                        rule->onByDefault ? "" : "off by default"});
        before = rule;
    }
    flush();
    return text;
}

std::string rulesJson()
{
    Value value = json::document("explain");
    value["rules"] = Value::array();
    for (const Rule* const rule : ruleTable())
        value["rules"].push_back(jsonOf(*rule));
    return json::text(value);
}

std::string ruleText(const Rule& rule)
{
    return withoutComments(rulePage(rule.id));
}

std::string ruleJson(const Rule& rule)
{
    Value value = json::document("explain");
    value["rule"] = jsonOf(rule);
    value["rule"]["page"] = withoutComments(rulePage(rule.id));
    return json::text(value);
}

} // namespace sightglass
