// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/step_effects.h"

#include <algorithm>
#include <set>
#include <utility>

namespace sightglass {

namespace {

using LineMap = std::map<LineName, std::string>;

LineMap mapOf(const Schema& schema, const QualifiedName& object, const UnreadParts& unread)
{
    LineMap map;
    for (ObjectLine& line : linesUnder(schema, object, unread))
        map.emplace(LineName{.object = object,
                             .kind = std::string(line.kind),
                             .part = std::move(line.part)},
                    std::move(line.definition));
    return map;
}

/// The object's own line before its parts, columns before what hangs on them.
int rankOf(const LineName& line)
{
    if (line.part.empty())
        return 0;
    return line.kind == "column" ? 1 : 2;
}

void addChanges(const LineMap& before, const LineMap& after, std::vector<LineChange>& changes)
{
    const std::size_t from = changes.size();
    for (const auto& [line, definition] : before) {
        const auto now = after.find(line);
        if (now == after.end())
            changes.push_back({.line = line, .before = definition, .after = {}});
        else if (now->second != definition)
            changes.push_back({.line = line, .before = definition, .after = now->second});
    }
    for (const auto& [line, definition] : after) {
        if (!before.contains(line))
            changes.push_back({.line = line, .before = {}, .after = definition});
    }
    std::ranges::stable_sort(changes.begin() + static_cast<std::ptrdiff_t>(from),
                             changes.end(),
                             {},
                             [](const auto& each) { return rankOf(each.line); });
}

/// The steps of one revision, and what of them the live schema shows.
class StepReading
{
public:
    StepReading(Replay before, const Schema& live, const UnreadParts& unread)
        : m_database(std::move(before))
        , m_seen(m_database.schema())
        , m_live(live)
        , m_unread(unread)
    {}

    StepProgress of(const std::vector<Operation>& operations)
    {
        std::vector<std::vector<LineChange>> changes;
        std::vector<std::size_t> unseen(operations.size(), 0);
        for (const Operation& operation : operations) {
            if (const auto refusal = m_database.apply(operation); refusal && !operation.tolerated)
                m_database.assume(operation, *refusal);
            changes.push_back(
                linesChanged(m_seen, m_database.schema(), m_unread, &unseen[changes.size()]));
        }
        m_doubts = doubtsByObject(m_database.doubts());
        for (const auto& step : changes) {
            for (const LineChange& change : step) {
                if (!isDoubted(change.line))
                    m_lines.emplace(change.line, change.before);
            }
        }
        findReached(changes);
        for (std::size_t i = 0; i < operations.size(); ++i)
            m_result.operations.push_back(judged(i, operations[i], changes[i], unseen[i]));
        for (const OperationProgress& each : m_result.operations)
            count(each.state);
        m_result.lines = m_lines.size();
        return std::move(m_result);
    }

private:
    bool isDoubted(const LineName& line) const
    {
        return m_doubts.isAbout(line.object, line.kind, line.part);
    }

    const std::optional<std::string>& live(const LineName& line)
    {
        const auto known = m_liveLines.find(line);
        if (known != m_liveLines.end())
            return known->second;
        return m_liveLines.emplace(line, lineIn(m_live, line, m_unread)).first->second;
    }

    /// Goes along the operations with the lines as each leaves them, and counts those that the live
    /// schema has otherwise.
    void findReached(const std::vector<std::vector<LineChange>>& changes)
    {
        std::size_t off = 0;
        for (const auto& [line, before] : m_lines)
            off += live(line) != before ? 1U : 0U;
        m_result.offAtStart = off;
        m_result.offAtReached = off;
        for (std::size_t i = 0; i < changes.size(); ++i) {
            for (const LineChange& change : changes[i]) {
                if (isDoubted(change.line))
                    continue;
                off -= live(change.line) != change.before ? 1U : 0U;
                off += live(change.line) != change.after ? 1U : 0U;
            }
            if (off < m_result.offAtReached) {
                m_result.offAtReached = off;
                m_result.reached = i + 1;
            }
        }
    }

    /// unseen  lines that it changes and that were not read of the live schema
    OperationProgress judged(std::size_t index,
                             const Operation& operation,
                             const std::vector<LineChange>& changes,
                             std::size_t unseen)
    {
        OperationProgress progress{.operation = index};
        if (changes.empty() && unseen == 0) {
            if (operation.resolution == Resolution::Opaque && isStructural(operation.change))
                progress.state = OperationProgress::State::Unknown;
            return progress;
        }
        std::size_t asAfter = 0;
        std::size_t asBefore = 0;
        std::size_t unsure = unseen;
        for (const LineChange& change : changes) {
            if (isDoubted(change.line)) {
                ++unsure;
                continue;
            }
            // What a later operation changes again tells of that one.
            if (lineIn(m_seen, change.line, m_unread) != change.after)
                continue;
            progress.lines.push_back(change.line);
            if (live(change.line) == change.after)
                ++asAfter;
            else if (live(change.line) == change.before)
                ++asBefore;
            else
                progress.otherwise.push_back(change.line);
        }
        progress.state = stateOf(progress, asAfter, asBefore, unsure);
        return progress;
    }

    static OperationProgress::State stateOf(const OperationProgress& progress,
                                            std::size_t asAfter,
                                            std::size_t asBefore,
                                            std::size_t unsure)
    {
        using State = OperationProgress::State;
        if (progress.lines.empty())
            return unsure > 0 ? State::Unknown : State::NoEffect;
        if (asAfter == progress.lines.size())
            return State::Done;
        return asBefore == progress.lines.size() ? State::NotDone : State::Otherwise;
    }

    void count(OperationProgress::State state)
    {
        using State = OperationProgress::State;
        m_result.visible += state != State::NoEffect ? 1U : 0U;
        m_result.done += state == State::Done ? 1U : 0U;
        m_result.otherwise += state == State::Otherwise ? 1U : 0U;
        m_result.unknown += state == State::Unknown ? 1U : 0U;
    }

    Replay m_database;
    Schema m_seen;
    const Schema& m_live;
    const UnreadParts& m_unread;
    SchemaDoubts m_doubts;
    std::map<LineName, std::optional<std::string>> m_lines; ///< sure ones, as before all
    std::map<LineName, std::optional<std::string>> m_liveLines;
    StepProgress m_result;
};

} // namespace

std::string toText(const LineName& line)
{
    const std::string object = toText(line.object);
    if (line.part.empty())
        return line.kind + " " + object;
    if (line.kind == "column")
        return "column " + object + "." + line.part;
    if (line.kind == "function")
        return "function " + object + line.part;
    return line.kind + " " + line.part + " of " + object;
}

std::vector<LineChange>
linesChanged(Schema& seen, const Schema& now, const UnreadParts& unread, std::size_t* unseen)
{
    std::vector<LineChange> changes;
    std::vector<LineChange> whole;
    const std::vector<QualifiedName> names = namesChanged(seen, now);
    for (const QualifiedName& name : names) {
        addChanges(mapOf(seen, name, unread), mapOf(now, name, unread), changes);
        if (!unread.isEmpty())
            addChanges(mapOf(seen, name, {}), mapOf(now, name, {}), whole);
    }
    if (unseen != nullptr && whole.size() > changes.size())
        *unseen = whole.size() - changes.size();
    catchUp(seen, now, names);
    return changes;
}

std::optional<std::string>
lineIn(const Schema& schema, const LineName& line, const UnreadParts& unread)
{
    for (ObjectLine& each : linesUnder(schema, line.object, unread)) {
        if (each.kind == line.kind && each.part == line.part)
            return std::move(each.definition);
    }
    return std::nullopt;
}

StepProgress
progressOf(Replay before, const RevisionSteps& steps, const Schema& live, const UnreadParts& unread)
{
    return StepReading(std::move(before), live, unread).of(steps.upgrade.operations);
}

} // namespace sightglass
