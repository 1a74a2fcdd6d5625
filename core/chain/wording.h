// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/findings/finding.h"
#include "core/revisions/graph_problem.h"

#include <span>
#include <string>
#include <string_view>

namespace sightglass::wording {

/// An id or a name as titles show it: control characters visible, cut after 32 characters.
std::string shown(std::string_view id);
/// "a", "a and b", "a, b and 3 others".
std::string listed(std::span<const std::string> ids);
/// "a → b → a": the way of a cycle, at most `most` steps of it.
std::string way(std::span<const std::string> ids, std::size_t most);
/// The sentence about what real Alembic says, or empty. Begins with a space.
std::string alembicSays(std::string_view words);
/// "versions/a.py:3".
std::string place(const SourceSpan& span);

/// "Syntax error in a.py".
std::string fileTitle(std::string_view beginning, std::string_view path);

/// What a reader sees of one finding.
struct Text
{
    std::string title;
    std::string detail;
};

/// namesake  file named after the missing id, and the id that it defines; empty when there is none
Text missingRevision(const GraphProblem& problem,
                     std::string_view namesake,
                     std::string_view defines);
Text duplicateId(const GraphProblem& problem);
Text selfReference(const GraphProblem& problem);
Text cycle(const GraphProblem& problem);
Text duplicateLabel(const GraphProblem& problem);
Text repeatedReference(const GraphProblem& problem);
Text severalHeads(const GraphProblem& problem, bool areLabelled, bool somethingIsMissing);
Text severalBases(const GraphProblem& problem);
Text island(const GraphProblem& problem);
Text invalidId(const GraphProblem& problem);

Text fileNameMismatch(std::string_view file,
                      std::string_view named,
                      std::string_view defines,
                      bool isMissing);
Text fileNameLacksId(std::string_view file, std::string_view id);
Text revisesLine(std::string_view id,
                 std::span<const std::string> written,
                 std::span<const std::string> code);
Text revisionIdLine(std::string_view id, std::string_view written);
Text idTooLong(std::string_view id, std::size_t length, int width);
Text handMadeId(std::string_view id);

} // namespace sightglass::wording
