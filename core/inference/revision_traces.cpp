// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/revision_traces.h"

#include <map>
#include <optional>
#include <unordered_map>

namespace sightglass {

namespace {

/// Who was the last to touch a line, and what it was before and after.
struct Touch
{
    RevisionIndex revision = 0;
    std::optional<std::uint64_t> before;
    std::optional<std::uint64_t> after;
};

using Touches = std::unordered_map<std::uint64_t, Touch>;
using Definitions = std::unordered_map<std::uint64_t, std::uint64_t>;

Definitions definitionsOf(const Fingerprints& prints, std::uint32_t version)
{
    Definitions definitions;
    if (version == ObjectChange::none)
        return definitions;
    for (const Fact& fact : prints.versions()[version].facts)
        definitions.emplace(fact.key, fact.definition);
    return definitions;
}

bool isSure(const Fingerprints& prints, std::uint32_t version)
{
    return version == ObjectChange::none ||
           prints.versions()[version].sure == ObjectVersion::Sure::Everything;
}

void take(const Fingerprints& prints,
          const ObjectChange& change,
          RevisionIndex revision,
          Touches& touches)
{
    const Definitions before = definitionsOf(prints, change.before);
    const Definitions after = definitionsOf(prints, change.after);
    const bool sure = isSure(prints, change.before) && isSure(prints, change.after);
    for (const auto& [key, definition] : after) {
        const auto old = before.find(key);
        if (old == before.end())
            touches[key] = {.revision = revision, .before = {}, .after = definition};
        else if (old->second != definition)
            touches[key] = {.revision = revision, .before = old->second, .after = definition};
    }
    for (const auto& [key, definition] : before) {
        if (after.contains(key))
            continue;
        if (sure)
            touches[key] = {.revision = revision, .before = definition, .after = {}};
        else
            touches.erase(key); // it is in doubt from here on
    }
}

} // namespace

std::vector<RevisionTrace>
tracesOf(const Fingerprints& prints, const std::vector<bool>& applied, const LiveFacts& live)
{
    Touches touches;
    for (const RevisionIndex each : prints.order()) {
        if (!applied[each])
            continue;
        for (const ObjectChange& change : prints.print(each).own)
            take(prints, change, each, touches);
    }
    std::map<RevisionIndex, RevisionTrace> traces;
    for (const auto& [key, touch] : touches) {
        RevisionTrace& trace = traces[touch.revision];
        trace.revision = touch.revision;
        ++trace.effects;
        const auto there = live.definitionOf(key);
        trace.shown += there == touch.after ? 1U : 0U;
        trace.absent += there == touch.before ? 1U : 0U;
    }
    std::vector<RevisionTrace> result;
    for (const RevisionIndex each : prints.order()) {
        if (const auto found = traces.find(each); found != traces.end())
            result.push_back(found->second);
    }
    return result;
}

} // namespace sightglass
