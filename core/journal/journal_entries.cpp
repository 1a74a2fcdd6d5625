// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/journal_entries.h"

#include <array>
#include <map>

namespace sightglass {

namespace {

struct StateWord
{
    EntryState state;
    std::string_view word;
};

constexpr std::array stateWords{StateWord{EntryState::Running, "running"},
                                StateWord{EntryState::Interrupted, "interrupted"},
                                StateWord{EntryState::Done, "done"},
                                StateWord{EntryState::Refused, "refused"},
                                StateWord{EntryState::Failed, "failed"},
                                StateWord{EntryState::InDoubt, "in-doubt"}};

EntryState stateFrom(const std::string& word)
{
    for (const StateWord& each : stateWords) {
        if (each.word == word)
            return each.state;
    }
    return EntryState::InDoubt; // of a later program: what it means is not known
}

void add(JournalEntry& entry, const JournalRecord& record)
{
    if (record.phase != JournalPhase::Commit)
        entry.sentences.insert(
            entry.sentences.end(), record.sentences.begin(), record.sentences.end());
    switch (record.phase) {
    case JournalPhase::Intent:
        entry.intent = record;
        break;
    case JournalPhase::Commit:
        entry.lastCommit = record;
        break;
    case JournalPhase::Verdict:
        entry.verdict = record.state;
        break;
    case JournalPhase::Settled:
        entry.settled = true;
        [[fallthrough]];
    case JournalPhase::Outcome:
        entry.state = stateFrom(record.state);
        entry.endedAt = record.time;
        break;
    }
}

} // namespace

std::string_view toText(EntryState state)
{
    for (const StateWord& each : stateWords) {
        if (each.state == state)
            return each.word;
    }
    return "";
}

std::vector<JournalEntry> entriesOf(const JournalReading& reading,
                                    const std::function<bool(const std::string&)>& isRunning)
{
    std::vector<JournalEntry> entries;
    std::map<std::string, std::size_t> places;
    for (const JournalRecord& record : reading.records) {
        const auto [place, isNew] = places.try_emplace(record.run, entries.size());
        if (isNew) {
            entries.emplace_back();
            entries.back().intent.run = record.run;
            entries.back().intent.time = record.time;
        }
        add(entries[place->second], record);
    }
    for (JournalEntry& entry : entries) {
        if (entry.endedAt.empty() && isRunning(entry.intent.run))
            entry.state = EntryState::Running;
        const auto undone = places.find(entry.intent.undoes);
        if (entry.state == EntryState::Done && undone != places.end())
            entries[undone->second].undoneBy = entry.intent.run;
    }
    return entries;
}

bool isSameDatabase(const JournalTarget& left, const JournalTarget& right)
{
    return left.database == right.database && left.databaseOid == right.databaseOid &&
           isSameServer(left, right);
}

bool isSameServer(const JournalTarget& left, const JournalTarget& right)
{
    if (!left.systemIdentifier.empty() && !right.systemIdentifier.empty())
        return left.systemIdentifier == right.systemIdentifier;
    return left.host == right.host && left.port == right.port;
}

} // namespace sightglass
