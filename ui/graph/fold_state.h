// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"
#include "core/layout/fold_runs.h"

#include <set>
#include <string>
#include <vector>

namespace sightglass {

/// Which runs a person opened. Known by ids, so it outlives a reload.
class FoldState
{
public:
    /// What to fold of this inspection: opened runs stay open, what is found or stands out is never
    /// folded, and a small chain is shown as it is.
    FoldRequest requestFor(const Inspection& inspection) const;

    void open(const RevisionGraph& graph, const std::vector<RevisionIndex>& members);
    /// Folds the run around a revision again. False when it is part of none.
    bool fold(const Inspection& inspection, RevisionIndex revision);

    void openAll() { m_allOpen = true; }

    void foldAll();

    bool allOpen() const { return m_allOpen; }

    /// One revision that is shown on its own though the run around it is folded.
    void reveal(const std::string& id) { m_revealed = id; }

    const std::string& revealed() const { return m_revealed; }

private:
    std::set<std::string> m_opened;
    std::string m_revealed;
    bool m_allOpen = false;
};

} // namespace sightglass
