// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sightglass::tests {

/// One revision of a case: bodies are lines of Python without indentation.
struct CaseRevision
{
    std::string id; ///< r1, r2, …
    std::vector<std::string> down;
    std::vector<std::string> dependsOn;
    std::string module; ///< top-level code after the imports
    std::string upgrade;
    std::string downgrade;
};

/// A small chain with a name, as real Alembic can run it.
struct MigrationCase
{
    std::string name;
    std::string place;      ///< file:line of the case
    std::string convention; ///< Python dictionary; empty: env.py has no target_metadata
    std::vector<CaseRevision> revisions;
    std::vector<std::pair<std::string, std::string>>
        files; ///< further ones, by their place in the project
    /// Not empty: real Alembic stops somewhere, on purpose. Words that its error has.
    std::string fails;
    /// Run as a whole, `upgrade heads`, and compared at its end only.
    bool once = false;
    /// Reading has to be sure that a run on an empty database comes to its end.
    bool succeeds = false;
    /// Not empty: something of it can't be known. Words that the reasons of its doubts have.
    std::string doubts;
    /// Not empty: reading is known to be wrong here, and why. The case has to fail until it is
    /// mended.
    std::string open;
};

/// Reads cases out of a text. A line `=== name` begins a case; in it a line `--- upgrade` begins a
/// revision's upgrade() on top of the one before, `--- downgrade` gives the same revision's
/// downgrade(), `--- module` (before `--- upgrade`) its top-level code, `--- parents r1 r2` and
/// `--- depends r2` the next revision's edges, `--- convention` a naming convention, `--- file
/// PATH` another file of the project, `--- fails WORDS` that real Alembic stops with such an error,
/// `--- once` that all revisions are one run,
/// `--- succeeds` that reading is sure that a run on an empty database comes to its end, `---
/// doubts WORDS` that reading has to say that it does not know something, `--- open WORDS` that
/// reading is known to be wrong.
std::vector<MigrationCase> casesFromText(std::string_view text, const std::string& file);

/// The case as a text that casesFromText reads.
std::string toText(const MigrationCase& each);

/// Writes env.py, versions/rN.py and further files into `folder`, which exists. Revisions begin
/// with the imports `from alembic import op, context`, `import sqlalchemy as sa`, `from
/// sqlalchemy.dialects import postgresql`.
void writeProject(const MigrationCase& each, const std::string& folder);

} // namespace sightglass::tests
