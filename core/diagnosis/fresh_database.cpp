// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/chain_repairs.h"
#include "core/diagnosis/evidence.h"

namespace sightglass {

FreshDatabase freshDatabaseOf(const Facts& facts)
{
    // Only a chain that Alembic can't load is certain to fail; what the revisions do is not read
    // yet.
    for (const ChainStop& stop : facts.stops) {
        const ChainStopWords words = wordsOf(facts, stop);
        if (words.alembic.empty())
            continue;
        return {.ok = false,
                .revision = words.revision,
                .object = words.object,
                .error = words.alembic};
    }
    if (facts.graph.size() == 0)
        return {.reason = "there is no revision to run"};
    return {.reason = "operations are not read yet"};
}

} // namespace sightglass
