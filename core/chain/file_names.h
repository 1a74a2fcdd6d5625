// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/revisions/revision_graph.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// The last part of a path.
std::string_view fileNameOf(std::string_view path);
/// True when the name has the id as a word of its own: between separators, the start or the end.
bool namesId(std::string_view fileName, std::string_view id);
/// Made by a machine, as Alembic does: twelve hexadecimal digits, or eight and more of which some
/// are digits and some are letters.
bool looksGenerated(std::string_view id);

/// Which revision ids the names of the files carry.
class FileNames
{
public:
    explicit FileNames(const RevisionGraph& graph);

    /// The id at the start of the file's name, when it is another revision's: one that a file
    /// defines, that another names as missing, or that looks made by Alembic.
    const std::string& foreignId(RevisionIndex index) const { return m_foreign[index]; }

    /// The file named after an id that it doesn't define.
    std::optional<RevisionIndex> fileNamedAfter(std::string_view id) const;

    /// True when the name of the file has the id that it defines.
    bool carriesOwnId(RevisionIndex index) const { return m_carriesOwn[index]; }

    /// True when nearly all files carry theirs, so that one that doesn't stands out.
    bool mostCarryTheirs() const { return m_mostCarryTheirs; }

private:
    std::vector<std::string> m_foreign; ///< empty when there is none
    std::vector<bool> m_carriesOwn;
    std::map<std::string, RevisionIndex, std::less<>> m_byForeign;
    bool m_mostCarryTheirs = false;
};

} // namespace sightglass
