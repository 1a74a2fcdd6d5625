// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/review_report.h"
#include "core/report/review_words.h"

#include <algorithm>

namespace sightglass {

namespace {

/// As workflow commands want it: percent, line ends, and in properties also : and , are written in
/// hexadecimal.
std::string commandText(std::string_view text, bool property)
{
    std::string result;
    for (const char c : text) {
        switch (c) {
        case '%':
            result += "%25";
            break;
        case '\r':
            result += "%0D";
            break;
        case '\n':
            result += "%0A";
            break;
        case ':':
            result += property ? "%3A" : ":";
            break;
        case ',':
            result += property ? "%2C" : ",";
            break;
        default:
            result += c;
        }
    }
    return result;
}

} // namespace

std::string reviewGithub(const ReviewReport& report)
{
    std::string text;
    for (const Finding& finding : allFindings(report)) {
        if (!finding.suppressed.empty())
            continue;
        std::string line = "::" + std::string(annotationLevel(finding.severity, "notice"));
        std::string properties;
        if (!finding.span.file.empty())
            properties +=
                "file=" + commandText(shownFile(report.root, finding.span.file), true) + ",";
        if (finding.span.line > 0)
            properties += "line=" + std::to_string(finding.span.line) + ",endLine=" +
                          std::to_string(std::max(finding.span.line, finding.span.endLine)) + ",";
        properties += "title=" + commandText(finding.rule + ": " + finding.title, true);
        text += line + " " + properties + "::" + commandText(finding.detail, false) + "\n";
    }
    return text + "::notice title=Migration review::" + commandText(summaryLine(report), false) +
           "\n";
}

} // namespace sightglass
