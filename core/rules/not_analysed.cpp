// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/not_analysed.h"

#include <algorithm>

namespace sightglass {

namespace {

void addOnce(std::vector<std::string>& sentences, std::string sentence)
{
    if (std::ranges::find(sentences, sentence) == sentences.end())
        sentences.push_back(std::move(sentence));
}

std::string place(const SourceSpan& span)
{
    return span.line > 0 ? " (line " + std::to_string(span.line) + ")" : std::string();
}

} // namespace

std::vector<std::string> notAnalysed(const RevisionReading& reading)
{
    std::vector<std::string> result;
    for (const Operation& operation : reading.operations) {
        if (operation.resolution != Resolution::Opaque)
            continue;
        const auto* const opaque = std::get_if<change::Opaque>(&operation.change);
        std::string words = opaque != nullptr ? opaque->what : operation.reason;
        addOnce(result, words + place(operation.span));
    }
    using End = RevisionReading::End;
    if (reading.end == End::Limit || reading.end == End::NeedsSchema)
        addOnce(result, "reading stopped: " + reading.raised + place(reading.endSpan));
    return result;
}

} // namespace sightglass
