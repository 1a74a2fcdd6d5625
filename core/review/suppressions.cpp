// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/suppressions.h"

#include "core/rules/rule.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace sightglass {

namespace {

constexpr std::string_view word = "danger-ok";
constexpr std::string_view fileWord = "danger-ok-file";

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

/// Where a comment begins in a line; npos: nowhere. Quotes hide it.
std::size_t commentBegin(std::string_view line)
{
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quote != 0) {
            if (c == '\\')
                ++i;
            else if (c == quote)
                quote = 0;
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == '#' || (c == '-' && line.substr(i, 2) == "--")) {
            return i;
        }
    }
    return std::string_view::npos;
}

std::vector<std::string> rulesOf(std::string_view text)
{
    std::vector<std::string> rules;
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        const std::string_view rule = trimmed(text.substr(0, comma));
        if (!rule.empty())
            rules.emplace_back(rule);
        if (comma == std::string_view::npos)
            break;
        text.remove_prefix(comma + 1);
    }
    return rules;
}

/// The first word (a list of rules without blanks, or with blanks behind commas), and the reason.
std::pair<std::string_view, std::string_view> partsOf(std::string_view text)
{
    std::size_t end = 0;
    while (end < text.size() && (!isBlank(text[end]) || (end > 0 && text[end - 1] == ',')))
        ++end;
    return {text.substr(0, end), trimmed(text.substr(end))};
}

std::optional<Suppression> suppressionOf(std::string_view comment)
{
    while (!comment.empty() && (comment.front() == '#' || comment.front() == '-'))
        comment.remove_prefix(1);
    comment = trimmed(comment);
    Suppression result;
    result.wholeFile = comment.starts_with(fileWord);
    if (!result.wholeFile && !comment.starts_with(word))
        return std::nullopt;
    comment.remove_prefix(result.wholeFile ? fileWord.size() : word.size());
    comment = trimmed(comment);
    if (comment.empty() || comment.front() != ':')
        return std::nullopt;
    const auto [rules, reason] = partsOf(trimmed(comment.substr(1)));
    result.rules = rulesOf(rules);
    result.reason = reason;
    return result;
}

bool isOnlyComment(std::string_view line)
{
    const std::string_view text = trimmed(line);
    return text.starts_with('#') || text.starts_with("--");
}

bool names(const Suppression& suppression, const std::string& rule)
{
    return std::ranges::find(suppression.rules, rule) != suppression.rules.end();
}

bool holdsFor(const Suppression& suppression, const Finding& finding)
{
    if (suppression.span.file != finding.span.file || !names(suppression, finding.rule))
        return false;
    if (suppression.wholeFile)
        return true;
    const int first = finding.span.line;
    const int last = std::max(first, finding.span.endLine);
    return suppression.lastLine >= first - 1 && suppression.firstLine <= last;
}

Finding aboutSuppression(const Suppression& suppression, std::string title, std::string detail)
{
    Finding finding;
    finding.rule = "unused-suppression";
    finding.category = "hygiene";
    finding.severity = Severity::Low;
    finding.title = std::move(title);
    finding.detail = std::move(detail);
    finding.span = suppression.span;
    return finding;
}

/// What is wrong with it as it is written; absent: nothing.
std::optional<Finding> writtenWrong(const Suppression& suppression)
{
    if (suppression.rules.empty()) {
        return aboutSuppression(suppression,
                                "The suppression names no rule",
                                "It takes nothing back. Write the rule and the reason behind the "
                                "colon: danger-ok: drop-table replaced by orders_v2.");
    }
    for (const std::string& rule : suppression.rules) {
        if (findRule(rule) == nullptr) {
            return aboutSuppression(suppression,
                                    "The suppression names the unknown rule " + rule,
                                    "There is no rule of this name, so it takes nothing back. "
                                    "List the rules with: sightglass-cli explain.");
        }
    }
    if (suppression.reason.empty()) {
        return aboutSuppression(suppression,
                                "The suppression of " + suppression.rules.front() +
                                    " gives no reason",
                                "Without a reason it takes nothing back. Write behind the rule why "
                                "the operation is safe here.");
    }
    return std::nullopt;
}

} // namespace

std::vector<Suppression> readSuppressions(std::string_view text, const std::string& file)
{
    std::vector<Suppression> result;
    int number = 0;
    std::size_t begin = 0;
    std::size_t open = 0; // suppressions that the comment lines below may extend
    while (begin <= text.size()) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view line = text.substr(begin, end - begin);
        ++number;
        if (!isOnlyComment(line))
            open = result.size();
        const std::size_t comment = commentBegin(line);
        if (comment != std::string_view::npos) {
            if (auto found = suppressionOf(line.substr(comment))) {
                found->span = {.file = file,
                               .begin = begin + comment,
                               .end = end,
                               .line = number,
                               .column = static_cast<int>(comment) + 1,
                               .endLine = number,
                               .endColumn = static_cast<int>(line.size()) + 1};
                found->firstLine = number;
                found->lastLine = number;
                result.push_back(std::move(*found));
            }
            for (std::size_t i = open; i < result.size(); ++i)
                result[i].lastLine = number;
        }
        begin = end + 1;
    }
    return result;
}

void applySuppressions(const std::vector<Suppression>& suppressions,
                       bool complete,
                       std::vector<Finding>& findings)
{
    const std::size_t count = findings.size();
    for (const Suppression& suppression : suppressions) {
        if (auto wrong = writtenWrong(suppression)) {
            findings.push_back(std::move(*wrong));
            continue;
        }
        bool used = false;
        for (std::size_t i = 0; i < count; ++i) {
            if (!holdsFor(suppression, findings[i]))
                continue;
            used = true;
            if (findings[i].suppressed.empty())
                findings[i].suppressed = suppression.reason;
        }
        if (used || !complete)
            continue;
        findings.push_back(aboutSuppression(
            suppression,
            "The suppression of " + suppression.rules.front() + " takes nothing back",
            "No such finding is left here. Remove the comment, so that it does not hide a later "
            "one."));
    }
}

} // namespace sightglass
