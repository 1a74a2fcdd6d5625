// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/wording.h"

#include "core/base/error.h"
#include "core/chain/file_names.h"

#include <algorithm>

namespace sightglass::wording {

namespace {

constexpr std::size_t longestTitle = 88; // characters

/// At most `most` characters; the last one is an ellipsis when something was cut.
std::string cut(const std::string& text, std::size_t most)
{
    std::size_t count = 0;
    std::size_t lastFit = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xc0) == 0x80)
            continue;
        ++count;
        if (count == most)
            lastFit = i;
        if (count > most)
            return text.substr(0, lastFit) + "…";
    }
    return text;
}

std::string quoted(std::string_view id)
{
    return id.empty() ? "''" : shown(id);
}

Text text(std::string title, std::string detail)
{
    return {.title = cut(title, longestTitle), .detail = std::move(detail)};
}

std::vector<std::string> withoutFirst(const std::vector<std::string>& ids)
{
    return {ids.begin() + 1, ids.end()};
}

std::string places(const std::vector<SourceSpan>& spans)
{
    constexpr std::size_t most = 5;
    std::string result;
    for (std::size_t i = 0; i < std::min(spans.size(), most); ++i)
        result += (i == 0 ? "" : i + 1 == spans.size() ? " and " : ", ") + place(spans[i]);
    if (spans.size() > most)
        result += " and " + std::to_string(spans.size() - most) + " others";
    return result;
}

} // namespace

std::string shown(std::string_view id)
{
    return cut(printable(id), 32);
}

std::string listed(std::span<const std::string> ids)
{
    if (ids.empty())
        return "none";
    std::string result = quoted(ids[0]);
    if (ids.size() == 2)
        return result + " and " + quoted(ids[1]);
    if (ids.size() > 2)
        result += ", " + quoted(ids[1]) + " and " + std::to_string(ids.size() - 2) +
                  (ids.size() == 3 ? " other" : " others");
    return result;
}

std::string way(std::span<const std::string> ids, std::size_t most)
{
    std::string result;
    const bool isCut = ids.size() > most;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (isCut && i + 1 == most)
            result += " → …";
        if (!isCut || i + 1 < most || i + 1 == ids.size())
            result += (i == 0 ? "" : " → ") + quoted(ids[i]);
    }
    return result;
}

std::string alembicSays(std::string_view words)
{
    return words.empty() ? std::string()
                         : " Alembic stops with: " + cut(printable(words), 300) + ".";
}

std::string place(const SourceSpan& span)
{
    const std::string file = printable(fileNameOf(span.file));
    return span.line > 0 ? file + ":" + std::to_string(span.line) : file;
}

std::string fileTitle(std::string_view beginning, std::string_view path)
{
    return cut(std::string(beginning) + " " + printable(fileNameOf(path)), longestTitle);
}

Text missingRevision(const GraphProblem& problem,
                     std::string_view namesake,
                     std::string_view defines)
{
    const std::string id = quoted(problem.ids.front());
    const auto by = withoutFirst(problem.ids);
    const bool isDown = problem.kind == GraphProblem::Kind::MissingDownRevision;
    std::string detail = "No file defines " + id + ", and " + places(problem.spans) + " " +
                         (by.size() == 1 ? "names" : "name") + " it as " +
                         (isDown ? "down_revision" : "a dependency") + ".";
    if (!problem.label.empty())
        detail += " A branch label is called so, but down_revision takes revision ids only.";
    if (!namesake.empty()) {
        detail += " The file " + printable(namesake) + " is named after " + id + " but defines " +
                  shown(defines) +
                  ": it was probably overwritten with a later revision, and what " + id +
                  " did is lost.";
    }
    detail +=
        " The chain ends there, so no command that reads it works, on a fresh database or on this "
        "one." +
        alembicSays(problem.alembic) +
        " Restore the file from version control, or rebuild the revision under its id.";
    return text("Missing revision " + id + ", named by " + listed(by), detail);
}

Text duplicateId(const GraphProblem& problem)
{
    const std::string id = quoted(problem.ids.front());
    return text(
        "Revision id " + id + " is defined by " + std::to_string(problem.spans.size()) + " files",
        "Both " + places(problem.spans) + " define " + id +
            ". Alembic keeps the one that it loads last and counts the other as a head of its "
            "own, so one of them never runs." +
            alembicSays(problem.alembic) +
            " Give one of them an id of its own, or remove the copy.");
}

Text selfReference(const GraphProblem& problem)
{
    const std::string id = quoted(problem.ids.front());
    const std::string where = problem.throughDependencies ? "depends_on" : "down_revision";
    return text("Revision " + id + " names itself in " + where,
                place(problem.spans.front()) + " names its own id in " + where +
                    ", so it would have to run before itself." + alembicSays(problem.alembic) +
                    " Name the revision that it is built on, or None.");
}

Text cycle(const GraphProblem& problem)
{
    const std::string kind = problem.throughDependencies ? "Dependency cycle: " : "Cycle: ";
    std::string detail = "Each of these is built on the next: " + way(problem.ids, 12) +
                         ". The edge from " + place(problem.spans.back()) +
                         " closes the circle, and none of them can run first.";
    detail += problem.alembic.empty()
                  ? " Alembic does not notice this while it loads, and may walk without end."
                  : alembicSays(problem.alembic);
    return text(kind + way(problem.ids, 4),
                detail +
                    " Point the down_revision or depends_on that is wrong at another revision.");
}

Text duplicateLabel(const GraphProblem& problem)
{
    const std::string label = quoted(problem.label);
    const bool isOwnTwice = problem.ids[0] == problem.ids[1];
    const std::string title =
        isOwnTwice ? "Branch label " + label + " appears twice in " + quoted(problem.ids[0])
        : problem.ids[1] == problem.label
            ? "Branch label " + label + " of " + quoted(problem.ids[0]) + " is a revision id"
            : "Branch label " + label + " is used by " + listed(problem.ids);
    return text(title,
                "The label " + label + " stands in " + places(problem.spans) +
                    ", and a label has to be unique among labels and revision ids." +
                    alembicSays(problem.alembic) + " Rename one of them.");
}

Text repeatedReference(const GraphProblem& problem)
{
    const std::string id = quoted(problem.ids[0]);
    return text(
        "Revision " + id + " names " + quoted(problem.ids[1]) + " twice in down_revision",
        place(problem.spans.front()) + " names " + quoted(problem.ids[1]) +
            " more than once. Alembic takes " + id +
            " for a merge point, and going one step down from it is ambiguous. Name it once.");
}

Text severalHeads(const GraphProblem& problem, bool areLabelled, bool somethingIsMissing)
{
    std::string detail =
        "No revision is built on any of " + places(problem.spans) + ", so the chain ends in " +
        std::to_string(problem.ids.size()) +
        " places. 'alembic upgrade head' refuses; 'heads' runs all of them, in an order "
        "that nobody chose.";
    if (somethingIsMissing)
        detail += " A revision is missing, and one of the heads may end once it is back.";
    detail +=
        areLabelled
            ? " All of them have branch labels, so this looks intended: name the branch, as in "
              "label@head."
            : " Merge them with 'alembic merge heads', or point one at the other.";
    return text(std::to_string(problem.ids.size()) + " heads: " + listed(problem.ids), detail);
}

Text severalBases(const GraphProblem& problem)
{
    return text(
        std::to_string(problem.ids.size()) + " bases: " + listed(problem.ids),
        "The chain starts in " + std::to_string(problem.ids.size()) +
            " places: " + places(problem.spans) +
            ". That is right for separate branches, and wrong when a down_revision was forgotten. "
            "Check that each of them is meant to begin on an empty database.");
}

Text island(const GraphProblem& problem)
{
    const bool isOne = problem.ids.size() == 1;
    return text(
        (isOne ? "Unconnected revision " : "Unconnected revisions ") + listed(problem.ids),
        places(problem.spans) + (isOne ? " names" : " name") +
            " no other revision and no other names " + (isOne ? "it" : "them") +
            ", while the rest of the chain is connected. 'alembic upgrade head' never runs " +
            (isOne ? "it" : "them") +
            ". Set down_revision, or give the branch a label when it is meant to stand alone.");
}

Text invalidId(const GraphProblem& problem)
{
    const std::string& id = problem.ids.front();
    if (id.empty()) {
        return text("Empty revision id in " + place(problem.spans.front()),
                    place(problem.spans.front()) +
                        " defines an empty revision id, which no command can name. Give it an id.");
    }
    const bool isColonOnly = problem.label == ":";
    return text("Revision id " + quoted(id) + " has a character that Alembic refuses",
                place(problem.spans.front()) + " defines " + quoted(id) + " with " + problem.label +
                    (isColonOnly
                         ? ". Alembic 1.17.1 and later refuse it; before, ranges can't name it."
                         : ". These characters belong to Alembic's own syntax.") +
                    alembicSays(problem.alembic) +
                    " Change the id, and every down_revision and version row that names it.");
}

Text fileNameMismatch(std::string_view file,
                      std::string_view named,
                      std::string_view defines,
                      bool isMissing)
{
    const std::string meaning =
        isMissing
            ? " No file defines " + shown(named) +
                  ", and others name it: the file was probably overwritten with a later revision."
            : " Alembic goes by the code, people go by the name.";
    return text("File named after " + shown(named) + " defines " + shown(defines),
                "The name " + printable(file) + " starts with " + shown(named) +
                    ", but its code defines " + shown(defines) + "." + meaning +
                    " Rename the file after the revision that it defines.");
}

Text fileNameLacksId(std::string_view file, std::string_view id)
{
    return text(
        "File name of " + shown(id) + " does not carry its id",
        "The name " + printable(file) + " lacks " + shown(id) +
            ", while nearly all other files carry their ids. Alembic doesn't mind; rename it to be "
            "found by name.");
}

Text revisesLine(std::string_view id,
                 std::span<const std::string> written,
                 std::span<const std::string> code)
{
    const auto orBase = [](std::span<const std::string> ids) {
        return ids.empty() ? std::string("the base") : listed(ids);
    };
    return text(
        "Revises line of " + shown(id) + " disagrees with down_revision",
        "The docstring says that " + shown(id) + " revises " + orBase(written) +
            ", the code says " + orBase(code) +
            ". Alembic reads the code alone, so this misleads people only. Correct the line.");
}

Text revisionIdLine(std::string_view id, std::string_view written)
{
    return text(
        "Revision ID line of " + shown(id) + " says " + shown(written),
        "The docstring says Revision ID: " + shown(written) + ", the code defines " + shown(id) +
            ". Alembic reads the code alone; the file was probably copied or its id changed. "
            "Correct the line.");
}

Text idTooLong(std::string_view id, std::size_t length, int width)
{
    return text(
        "Revision id " + shown(id) + " is too long for the version table",
        "The id has " + std::to_string(length) + " characters and version_num holds " +
            std::to_string(width) +
            ". The upgrade that reaches it fails when it writes its row, with 'value too long for "
            "type character varying(" +
            std::to_string(width) +
            ")'. Shorten the id, or widen the column before this revision runs.");
}

Text handMadeId(std::string_view id)
{
    return text(
        "Revision id " + shown(id) + " looks made up by hand",
        "The id " + shown(id) +
            " follows a pattern that Alembic's random ids don't. Ids made up this way tend to "
            "collide when somebody makes up the same one. Let 'alembic revision' choose ids.");
}

} // namespace sightglass::wording
