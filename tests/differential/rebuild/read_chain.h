// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rebuild/plan_rebuild.h"

#include <QString>

#include <memory>
#include <string>

namespace sightglass::tests {

/// A folder as the program reads it.
struct ReadChain
{
    DiskFileSystem files;
    Scripts scripts;
    std::shared_ptr<const RevisionGraph> graph;
    std::shared_ptr<const History> history;
    Path copies;

    ChainScene scene() const
    {
        return {.files = files, .scripts = scripts, .graph = *graph, .copies = copies};
    }
};

ReadHistory historyOfTests();
ReadChain readChain(const QString& folder);

/// Does the file steps of a plan; the text that it wrote.
std::string writeFiles(const Plan& plan);

/// The plan; a failure ends the test.
Plan planOrDie(const Result<Plan>& plan);

} // namespace sightglass::tests
