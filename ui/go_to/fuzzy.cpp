// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/go_to/fuzzy.h"

namespace sightglass {

namespace {

constexpr int forWholeMatch = 400;
constexpr int forRun = 8;
constexpr int forWordStart = 12;
constexpr int mostForLateness = 40;

bool isWordStart(QStringView text, qsizetype at)
{
    return at == 0 || !text[at - 1].isLetterOrNumber();
}

} // namespace

std::optional<int> fuzzyScore(QStringView pattern, QStringView text)
{
    if (pattern.isEmpty())
        return 0;
    const int length = static_cast<int>(std::min<qsizetype>(text.size(), 100));
    if (const qsizetype at = text.indexOf(pattern); at >= 0) {
        const int lateness = static_cast<int>(std::min<qsizetype>(at, mostForLateness));
        return forWholeMatch + (isWordStart(text, at) ? 100 : 0) - lateness - length / 4;
    }
    int score = -length / 4;
    qsizetype next = 0;
    qsizetype last = -2;
    for (qsizetype at = 0; at < text.size() && next < pattern.size(); ++at) {
        if (text[at] != pattern[next])
            continue;
        score += 1 + (at == last + 1 ? forRun : 0) + (isWordStart(text, at) ? forWordStart : 0);
        last = at;
        ++next;
    }
    if (next < pattern.size())
        return std::nullopt;
    return score;
}

} // namespace sightglass
