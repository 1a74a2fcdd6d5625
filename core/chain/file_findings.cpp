// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/chain_rules.h"
#include "core/chain/wording.h"

#include <array>

namespace sightglass {

namespace {

using Kind = FileProblem::Kind;

struct FileRule
{
    Kind kind;
    std::string_view rule;
    std::string_view title; ///< followed by the file's name
    Severity whenItStops;   ///< Alembic, for the whole project
    Severity otherwise;
};

constexpr std::array rules{
    FileRule{
        Kind::Unreadable, "unreadable-file", "Unreadable file", Severity::Critical, Severity::High},
    FileRule{Kind::NotUtf8, "not-utf8", "Encoding unknown in", Severity::Critical, Severity::High},
    FileRule{
        Kind::SyntaxError, "syntax-error", "Syntax error in", Severity::Critical, Severity::High},
    FileRule{Kind::NotARevision,
             "not-a-revision",
             "Not a revision:",
             Severity::Critical,
             Severity::Medium},
    FileRule{Kind::NoDownRevision,
             "no-down-revision",
             "No down_revision in",
             Severity::Critical,
             Severity::High},
    FileRule{Kind::ComputedIdentifier,
             "computed-identifier",
             "Computed identifier in",
             Severity::High,
             Severity::Medium},
    FileRule{Kind::InvalidIdentifier,
             "invalid-identifier",
             "Invalid identifier in",
             Severity::Critical,
             Severity::High},
    FileRule{Kind::CompiledOnly,
             "compiled-only",
             "Compiled file without source:",
             Severity::High,
             Severity::Medium},
    FileRule{Kind::TooLarge,
             "file-too-large",
             "File only read in part:",
             Severity::High,
             Severity::Medium},
    FileRule{Kind::CaseCollision,
             "case-collision",
             "Names that differ only in case:",
             Severity::High,
             Severity::Medium},
    FileRule{
        Kind::LoadedTwice, "loaded-twice", "File reached twice:", Severity::Medium, Severity::Low},
};

const FileRule& ruleFor(Kind kind)
{
    for (const FileRule& rule : rules) {
        if (rule.kind == kind)
            return rule;
    }
    return rules.front();
}

} // namespace

void addFileFindings(const ChainFacts& facts, std::vector<Finding>& findings)
{
    for (const FileProblem& problem : facts.scripts.problems) {
        const FileRule& rule = ruleFor(problem.kind);
        // A warning of Alembic's is no stop.
        const bool stops = !problem.alembic.empty() && problem.kind != Kind::LoadedTwice;
        Finding finding{.rule = std::string(rule.rule),
                        .category = "chain",
                        .severity = stops ? rule.whenItStops : rule.otherwise};
        finding.title = wording::fileTitle(rule.title, problem.span.file);
        finding.detail =
            problem.detail + (stops ? wording::alembicSays(problem.alembic) : std::string());
        finding.revision = problem.revision;
        finding.span = problem.span;
        findings.push_back(std::move(finding));
    }
}

void addFolderFindings(const ChainFacts& facts, std::vector<Finding>& findings)
{
    const Project& project = facts.scripts.project;
    for (const Path& folder : project.unreadFolders) {
        Finding finding{.rule = "unread-folder",
                        .category = "chain",
                        .severity = Severity::Medium,
                        .confidence = Confidence::Likely};
        const Path shown = folder.lexically_proximate(project.root);
        finding.title = "Revision files in " + wording::shown(shown.string()) + " are not read";
        finding.detail =
            "The folder " + shown.string() +
            " holds revision files, and Alembic does not look below a version location unless "
            "recursive_version_locations is true. Set it, or name the folder in "
            "version_locations; if env.py or the application adds it, open the folder itself.";
        finding.span.file = project.config.string();
        findings.push_back(std::move(finding));
    }
}

} // namespace sightglass
