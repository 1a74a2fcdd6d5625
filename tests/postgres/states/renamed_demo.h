// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"

#include <map>
#include <string>

namespace sightglass::tests {

/// Gives a project and its database other names: of revisions, tables, columns, indexes,
/// constraints and files, and other messages. Names that Python, SQL or env.py have a word of their
/// own for stay. Part by part of a name, so that what PostgreSQL names after others still follows.
class Renaming
{
public:
    /// Finds the names in what was read of the demo, and the words that have to stay in its files.
    Renaming(const Inspection& inspection, const std::string& folder);

    /// Every name in a text by its new one.
    std::string renamed(const std::string& text) const;
    /// A text with every name, old or new, as #, and what hangs on their spelling left out.
    std::string withoutNames(const std::string& text) const;
    /// Writes the project of `folder` with other names into `into`.
    void writeProject(const std::string& folder, const std::string& into) const;

    std::size_t names() const { return m_names.size(); }

private:
    void addIds(const Inspection& inspection);
    void addSchema(const Schema& schema);
    void addName(const std::string& name);
    std::string fileName(const std::string& name) const;

    std::map<std::string, std::string> m_names; ///< old by new
    std::map<std::string, bool> m_kept;         ///< words that stay
};

} // namespace sightglass::tests
