// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scripts/revision_file.h"

#include <string>

namespace sightglass {

/// "id <- down | dependencies | labels + problem + …" of one file, or only the first problem where
/// there is no revision. Checks on the way that the quick reader says the same as the tree.
inline std::string
revisionText(const std::string& name, const std::string& text, const MemoryFileSystem& files = {})
{
    ProjectModules modules(files, {"/p"});
    const RevisionFile file = readRevisionFile({.file = name, .bytes = text}, modules);
    const RevisionFile byTree =
        readRevisionFile({.file = name, .bytes = text, .quick = false}, modules);
    if (!(file == byTree))
        return "quick reader and tree differ";
    std::vector<std::string> problems;
    for (const FileProblem& problem : file.problems) {
        const std::string subject = problem.detail.substr(0, problem.detail.find(' '));
        switch (problem.kind) {
        case FileProblem::Kind::ComputedIdentifier:
            problems.push_back("computed " + subject);
            break;
        case FileProblem::Kind::InvalidIdentifier:
            problems.push_back("invalid " + subject);
            break;
        case FileProblem::Kind::NoDownRevision:
            problems.emplace_back("no down_revision");
            break;
        case FileProblem::Kind::NotARevision:
            problems.emplace_back(
                problem.detail.find("raises") != std::string::npos ? "raises" : "no revision");
            break;
        case FileProblem::Kind::SyntaxError:
            problems.emplace_back("syntax error");
            break;
        default:
            problems.push_back(problem.detail);
            break;
        }
    }
    if (!file.revision)
        return problems.empty() ? "nothing" : problems.front();
    const auto list = [](const std::vector<RevisionReference>& references) {
        std::string out;
        for (const RevisionReference& one : references)
            out += (out.empty() ? " " : ", ") + (one.id.empty() ? std::string("''") : one.id);
        return out;
    };
    std::string out = file.revision->id + " <-" + list(file.revision->down) + " |" +
                      list(file.revision->dependsOn) + " |" + list(file.revision->labels);
    for (const std::string& problem : problems)
        out += " + " + problem;
    return out;
}

} // namespace sightglass
