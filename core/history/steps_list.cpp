// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/steps_list.h"

#include "core/history/reading_bytes.h"

#include <utility>

namespace sightglass {

const RevisionSteps& StepsList::operator[](RevisionIndex revision) const
{
    const Entry& entry = m_entries[revision];
    if (entry.kept)
        std::call_once(entry.decoded, [&] { decode(entry); });
    return entry.steps;
}

void StepsList::decode(const Entry& entry)
{
    auto kept = kept::keptReadingFrom(entry.kept->bytes.view);
    FirstReading reading =
        kept ? std::move(kept->reading)
             : neitherRead(entry.kept->file,
                           "what was kept of an earlier reading can't be used; empty the cache");
    if (!entry.ownUpgrade)
        entry.steps.upgrade = std::move(reading.upgrade);
    if (!entry.ownDowngrade)
        entry.steps.downgrade = std::move(reading.downgrade);
    entry.kept->bytes = {};
}

void StepsList::take(RevisionIndex revision, FirstReadingOrKept reading)
{
    Entry& entry = m_entries[revision];
    if (auto* made = std::get_if<FirstReading>(&reading)) {
        entry.steps.upgrade = std::move(made->upgrade);
        entry.steps.downgrade = std::move(made->downgrade);
    } else {
        entry.kept = std::move(std::get<KeptSteps>(reading));
    }
}

void StepsList::setUpgrade(RevisionIndex revision, RevisionReading reading)
{
    Entry& entry = m_entries[revision];
    entry.ownUpgrade = true;
    entry.steps.upgrade = std::move(reading);
}

void StepsList::setDowngrade(RevisionIndex revision, RevisionReading reading)
{
    Entry& entry = m_entries[revision];
    entry.ownDowngrade = true;
    entry.steps.downgrade = std::move(reading);
}

void StepsList::setRefused(RevisionIndex revision, std::vector<RefusedOperation> refused)
{
    m_entries[revision].steps.refused = std::move(refused);
}

} // namespace sightglass
