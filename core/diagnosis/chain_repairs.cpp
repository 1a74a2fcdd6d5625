// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/chain_repairs.h"

#include "core/diagnosis/ways_back.h"
#include "core/diagnosis/words.h"

#include <algorithm>

namespace sightglass {

namespace {

using Kind = GraphProblem::Kind;

std::string idAt(const GraphProblem& problem, std::size_t index)
{
    return index < problem.ids.size() ? problem.ids[index] : std::string();
}

SourceSpan spanOf(const GraphProblem& problem)
{
    return problem.spans.empty() ? SourceSpan() : problem.spans.front();
}

std::string fileText(const Facts& facts, const SourceSpan& span)
{
    if (span.file.empty())
        return "a file of the versions folder";
    std::string text = printable(shownPath(facts.project, span.file));
    if (span.line > 0)
        text += ":" + std::to_string(span.line);
    return text;
}

std::string pathText(const std::vector<std::string>& ids)
{
    std::string text;
    for (const std::string& id : ids)
        text += (text.empty() ? "" : " → ") + printable(id);
    return text;
}

std::string alembicStops(const std::string& alembic)
{
    if (alembic.empty())
        return "Alembic goes on with a warning and loses one of them.";
    return "Alembic stops with " + printable(alembic.substr(0, alembic.find('\n'))) + ".";
}

ChainStopWords missingWords(const Facts& facts, const GraphProblem& problem)
{
    const bool down = problem.kind == Kind::MissingDownRevision;
    const std::string id = printable(idAt(problem, 0));
    const std::size_t files = problem.ids.size() > 1 ? problem.ids.size() - 1 : 1;
    std::string detail =
        files == 1 ? "One file names it" : std::to_string(files) + " files name it";
    detail += down ? " as its down revision" : " in depends_on";
    detail += " and no file defines it. " + alembicStops(problem.alembic);
    if (!facts.unknownIds.empty()) {
        detail += " The id of " + counted(facts.unknownIds.size(), "file", "files") +
                  " can't be known without running it; it may be defined there.";
    }
    return {.title = "The chain is broken at " + (id.empty() ? "an empty id" : id) + ".",
            .detail = std::move(detail),
            .alembic = problem.alembic,
            .revision = idAt(problem, 1),
            .object = idAt(problem, 0),
            .span = spanOf(problem)};
}

ChainStopWords cycleWords(const Facts& facts, const GraphProblem& problem)
{
    const bool self = problem.kind == Kind::SelfReference;
    const std::string first = printable(idAt(problem, 0));
    const std::string field = problem.throughDependencies ? "depends_on" : "down_revision";
    return {.title = self ? "Revision " + first + " names itself."
                          : "The revisions form a cycle: " + pathText(problem.ids) + ".",
            .detail = "Nothing in it can be applied first. " + field + " at " +
                      fileText(facts, spanOf(problem)) + " is one place to open it. " +
                      alembicStops(problem.alembic),
            .alembic = problem.alembic,
            .revision = idAt(problem, 0),
            .span = spanOf(problem)};
}

ChainStopWords duplicateWords(const Facts& facts, const GraphProblem& problem)
{
    std::vector<std::string> files;
    for (const SourceSpan& span : problem.spans)
        files.push_back(fileText(facts, span));
    const std::string id = printable(idAt(problem, 0));
    return {.title = std::to_string(std::max<std::size_t>(files.size(), 2)) +
                     " files define revision " + id + ".",
            .detail = firstOf(files, 4) + ": the later one wins, the other never runs. " +
                      alembicStops(problem.alembic),
            .alembic = problem.alembic,
            .revision = idAt(problem, 0),
            .object = idAt(problem, 0),
            .span = spanOf(problem)};
}

ChainStopWords graphWords(const Facts& facts, const GraphProblem& problem)
{
    switch (problem.kind) {
    case Kind::MissingDownRevision:
    case Kind::MissingDependency:
        return missingWords(facts, problem);
    case Kind::DuplicateId:
        return duplicateWords(facts, problem);
    case Kind::SelfReference:
    case Kind::Cycle:
        return cycleWords(facts, problem);
    default:
        break;
    }
    std::string title = "The revisions do not hang together.";
    if (problem.kind == Kind::DuplicateLabel)
        title = "Branch label " + printable(problem.label) + " is used twice.";
    else if (problem.kind == Kind::InvalidId)
        title =
            "Revision id " + printable(idAt(problem, 0)) + " has a character that Alembic refuses.";
    else if (problem.kind == Kind::NoHead || problem.kind == Kind::NoBase)
        title = problem.kind == Kind::NoHead ? "The chain has no head." : "The chain has no base.";
    return {.title = std::move(title),
            .detail =
                "See " + fileText(facts, spanOf(problem)) + ". " + alembicStops(problem.alembic),
            .alembic = problem.alembic,
            .revision = idAt(problem, 0),
            .object = problem.label,
            .span = spanOf(problem)};
}

WayBack findInGit(const Facts& facts, const std::string& id)
{
    WayBack way{.id = "restore-from-git",
                .title = "Bring the lost file back",
                .summary = "Find the commit that had " + printable(id) +
                           " and put the file back as it was.",
                .pros = {"The revision is exactly what ran elsewhere",
                         "Every database that has it stays valid"},
                .cons = {"Only possible where it was committed once, on any branch"},
                .needs = "the git repository with its history"};
    way.steps = gitSearchSteps(facts, id);
    return way;
}

WayBack rebuildRevision(const Facts& facts, const GraphProblem& problem)
{
    const std::string id = idAt(problem, 0);
    const std::string source = facts.live != nullptr ? "live" : "models";
    WayBack way{.id = "rebuild-revision",
                .title = "Write the lost revision again",
                .summary =
                    "A new file with the lost id, made from a database that ran it or from the "
                    "models, less what later revisions do.",
                .pros = {"Works without the lost file",
                         "The file is replayed with the whole chain before it is written"},
                .cons = {"What it did with rows is not known"},
                .needs = "a database that ran it, or models"};
    way.steps.push_back({.action = "See the file",
                         .detail = "With what can't be known, and what has to hold.",
                         .command = "sightglass-cli rebuild " + shellWord(id) + " --from " +
                                    source + " --dry-run"});
    way.steps.push_back(
        {.action = "Write the file",
         .detail = "Undo takes it away again.",
         .command = "sightglass-cli rebuild " + shellWord(id) + " --from " + source});
    way.steps.push_back(
        alembicStep(facts, "Load the chain", "It has to end without an error.", "history"));
    return way;
}

WayBack repointReference(const Facts& facts, const GraphProblem& problem)
{
    const bool down = problem.kind == Kind::MissingDownRevision;
    const std::string field = down ? "down_revision" : "depends_on";
    WayBack way{.id = "repoint",
                .title = down ? "Point the down revision elsewhere" : "Drop the dependency",
                .summary = "Change " + field + " in the file that names " +
                           printable(idAt(problem, 0)) + ".",
                .pros = {"Quick"},
                .cons = {"What the lost revision did is missing from every new database",
                         "The history no longer says what happened"},
                .needs = "databases that have the lost revision's objects already"};
    const SourceSpan span = spanOf(problem);
    way.steps.push_back(
        {.action = "Change " + field,
         .detail = down ? "To the id it should follow, or to None at the start of the chain."
                        : "Take " + printable(idAt(problem, 0)) + " out of it.",
         .command = "$EDITOR " + (span.line > 0 ? "+" + std::to_string(span.line) + " " : "") +
                    shellWord(span.file.empty() ? versionsFolder(facts.project)
                                                : shownPath(facts.project, span.file))});
    way.steps.push_back(
        alembicStep(facts, "Load the chain", "It has to end without an error.", "history"));
    return way;
}

WayBack editFile(const Facts& facts, const SourceSpan& span, std::string title, std::string detail)
{
    WayBack way{
        .id = "edit-file",
        .title = std::move(title),
        .summary = "One file is changed; nothing in a database is.",
        .pros = {"The smallest change that lets Alembic load the chain"},
        .cons = {"Databases that ran the file under its old identity have to be stamped anew"},
        .needs = "nothing"};
    way.steps.push_back(
        {.action = "Edit the file",
         .detail = std::move(detail),
         .command = "$EDITOR " + (span.line > 0 ? "+" + std::to_string(span.line) + " " : "") +
                    shellWord(span.file.empty() ? versionsFolder(facts.project)
                                                : shownPath(facts.project, span.file))});
    way.steps.push_back(
        alembicStep(facts, "Load the chain", "It has to end without an error.", "history"));
    return way;
}

WayBack fileFromGit(const Facts& facts, const SourceSpan& span)
{
    const std::string file = shellWord(shownPath(facts.project, span.file));
    WayBack way{.id = "restore-from-git",
                .title = "Take the file as it was",
                .summary = "The last commit in which it could be loaded.",
                .pros = {"Exactly what ran before"},
                .cons = {"Later edits of the file are lost"},
                .needs = "the git repository with its history"};
    way.steps.push_back({.action = "See its commits",
                         .detail = "Newest first.",
                         .command = "git log --oneline -- " + file});
    way.steps.push_back({.action = "Put the version of one commit back",
                         .detail = "COMMIT is one of the list.",
                         .command = "git checkout COMMIT -- " + file});
    return way;
}

WayBack moveAway(const Facts& facts, const SourceSpan& span)
{
    const std::string file = shownPath(facts.project, span.file);
    WayBack way{.id = "move-away",
                .title = "Move the file out of the versions folder",
                .summary =
                    "Alembic imports every .py file there; a helper or a copy does not belong.",
                .pros = {"Nothing of the file is lost"},
                .cons = {"If it is a revision, the chain loses it"},
                .needs = "nothing"};
    way.steps.push_back(
        {.action = "Move it",
         .detail = "Outside git, mv instead of git mv.",
         .command = "git mv " + shellWord(file) + " " +
                    shellWord(shownPath(facts.project, facts.project.scriptLocation) + "/")});
    way.steps.push_back(
        alembicStep(facts, "Load the chain", "It has to end without an error.", "history"));
    return way;
}

std::vector<WayBack> fileRepairs(const Facts& facts, const FileProblem& problem)
{
    const std::string detail = printable(problem.detail);
    switch (problem.kind) {
    case FileProblem::Kind::NotARevision:
        return {
            moveAway(facts, problem.span),
            editFile(
                facts, problem.span, "Make it a revision", "Give it revision and down_revision.")};
    case FileProblem::Kind::NoDownRevision:
        return {
            editFile(
                facts, problem.span, "Give it a down_revision", "None where it starts the chain."),
            fileFromGit(facts, problem.span)};
    case FileProblem::Kind::Unreadable: {
        WayBack way{.id = "make-readable",
                    .title = "Make the file readable",
                    .summary = detail,
                    .pros = {"The chain is complete again"},
                    .cons = {"Needs the right to change the file"},
                    .needs = "ownership of the file"};
        const std::string file = shellWord(shownPath(facts.project, problem.span.file));
        way.steps.push_back({.action = "See why", .detail = detail, .command = "ls -l " + file});
        way.steps.push_back({.action = "Allow reading",
                             .detail = "For the user that runs Alembic.",
                             .command = "chmod u+r " + file});
        return {way, fileFromGit(facts, problem.span)};
    }
    default:
        return {editFile(facts, problem.span, "Mend the file", detail),
                fileFromGit(facts, problem.span)};
    }
}

} // namespace

ChainStopWords wordsOf(const Facts& facts, const ChainStop& stop)
{
    if (stop.graph != nullptr)
        return graphWords(facts, *stop.graph);
    if (stop.file == nullptr)
        return {.title = "Alembic can't load the chain.",
                .detail = "See the findings of the chain."};
    const FileProblem& problem = *stop.file;
    return {.title = "Alembic can't load " +
                     printable(Path(problem.span.file).filename().string()) + ".",
            .detail = printable(problem.detail) + " One such file stops every Alembic command. " +
                      alembicStops(problem.alembic),
            .alembic = problem.alembic,
            .revision = problem.revision,
            .object = shownPath(facts.project, problem.span.file),
            .span = problem.span};
}

std::vector<RepairStep> gitSearchSteps(const Facts& facts, const std::string& id)
{
    return {{.action = "Look for the file in git",
             .detail = "In every commit, branch and stash; run it in " +
                       printable(facts.project.root.string()) + ".",
             .command = "sightglass-cli rebuild " + shellWord(id) + " --from git --dry-run"},
            {.action = "Put the file back",
             .detail = "Byte for byte; undo takes it away again.",
             .command = "sightglass-cli rebuild " + shellWord(id) + " --from git"},
            alembicStep(facts, "Load the chain", "It has to end without an error.", "history")};
}

std::vector<WayBack> repairsOf(const Facts& facts, const ChainStop& stop)
{
    if (stop.file != nullptr)
        return fileRepairs(facts, *stop.file);
    if (stop.graph == nullptr)
        return {editFile(facts, {}, "Mend the file at fault", "See the findings of the chain.")};
    const GraphProblem& problem = *stop.graph;
    const SourceSpan span = spanOf(problem);
    switch (problem.kind) {
    case Kind::MissingDownRevision:
    case Kind::MissingDependency:
        return {findInGit(facts, idAt(problem, 0)),
                rebuildRevision(facts, problem),
                repointReference(facts, problem)};
    case Kind::DuplicateId: {
        const SourceSpan later = problem.spans.empty() ? span : problem.spans.back();
        return {editFile(facts,
                         later,
                         "Give one of the files an id of its own",
                         "A new revision id, and its place in the chain by down_revision."),
                moveAway(facts, later)};
    }
    case Kind::Cycle:
    case Kind::SelfReference:
        return {editFile(facts,
                         span,
                         "Open the cycle",
                         std::string("Point ") +
                             (problem.throughDependencies ? "depends_on" : "down_revision") +
                             " at what it really follows."),
                fileFromGit(facts, span)};
    case Kind::DuplicateLabel:
        return {editFile(facts,
                         span,
                         "Rename the label",
                         "A label may stand in one file only, and be no revision id.")};
    default:
        return {editFile(facts,
                         span,
                         "Change the id",
                         "In this file and in every down_revision that names it.")};
    }
}

} // namespace sightglass
