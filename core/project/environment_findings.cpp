// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/environment_sanity.h"

#include <algorithm>

namespace sightglass {

namespace {

Finding findingOf(std::string rule, Severity severity, const Project& project, SourceSpan span = {})
{
    Finding made{.rule = std::move(rule), .category = "project", .severity = severity};
    made.span = std::move(span);
    if (made.span.file.empty())
        made.span = {.file = project.environmentFile.string(), .line = 1};
    return made;
}

bool isNone(const std::string& text)
{
    return text == "None";
}

void addMetadata(const EnvironmentSanity& environment,
                 const Project& project,
                 std::vector<Finding>& made)
{
    if (environment.metadataFound || environment.metadataWhyNot.empty() ||
        environment.metadataWhyNot == "there is no env.py")
        return;
    const ConfigureOption* option = environment.option("target_metadata");
    const bool none = (option != nullptr && isNone(option->value)) ||
                      environment.metadataWhyNot.find("is None") != std::string::npos;
    const bool absent = environment.configures && option == nullptr && !environment.hidden;
    const bool certain = none || absent;
    const Severity severity =
        certain && environment.projectHasModels ? Severity::Medium : Severity::Info;
    Finding finding = findingOf(
        "env-target-metadata", severity, project, option != nullptr ? option->span : SourceSpan());
    finding.title = none     ? "target_metadata is None in env.py"
                    : absent ? "env.py gives no target_metadata"
                             : "The models behind target_metadata are not known";
    finding.detail =
        certain ? "Autogenerate has nothing to compare the database with: it stops with an error, "
                  "and `alembic check` "
                  "can't tell whether a revision is missing. "
                : "Reading did not lead to them: " + printable(environment.metadataWhyNot) + ". ";
    if (certain)
        finding.detail += environment.projectHasModels
                              ? "The project has models. Import their metadata in env.py and hand "
                                "it to context.configure."
                              : "No models were found in the project, so this may be meant.";
    if (!certain) {
        finding.confidence = Confidence::Possible;
        finding.unsettled = "Run `alembic check` on a database that may be read.";
    }
    made.push_back(std::move(finding));
}

void addUnimported(const EnvironmentSanity& environment,
                   const Project& project,
                   std::vector<Finding>& made)
{
    for (const UnimportedModels& each : environment.unimported) {
        Finding finding = findingOf("models-not-imported", Severity::Medium, project, each.span);
        finding.confidence = Confidence::Likely;
        finding.title = "env.py imports no way to " + printable(each.file);
        std::string tables;
        for (std::size_t i = 0; i < each.tables.size() && i < 4; ++i)
            tables += (i == 0 ? "" : ", ") + printable(each.tables[i]);
        if (each.tables.size() > 4)
            tables += " and " + std::to_string(each.tables.size() - 4) + " others";
        finding.detail = "It declares " + tables +
                         ". Without an import the tables are not in target_metadata: autogenerate "
                         "does not create "
                         "them, and drops them where they exist. Import the module in env.py.";
        finding.unsettled = "An import that is computed at run time may lead there.";
        finding.object = each.tables.front();
        made.push_back(std::move(finding));
    }
}

void addUrl(const EnvironmentSanity& environment,
            const Project& project,
            std::vector<Finding>& made)
{
    if (!environment.urlSource.empty())
        return;
    Finding finding = findingOf("env-url-missing", Severity::Low, project);
    if (project.databaseUrl.span.line > 0)
        finding.span = project.databaseUrl.span;
    finding.confidence = Confidence::Likely;
    finding.title = "No database URL is set for Alembic";
    finding.detail = "env.py takes sqlalchemy.url from " +
                     (project.config.empty() ? std::string("the settings")
                                             : printable(project.config.filename().string())) +
                     ", where it is absent or a placeholder, and sets none itself. `alembic "
                     "upgrade` can't connect. Write the URL there, or "
                     "let env.py take it from the environment.";
    finding.unsettled = "A program that starts Alembic may hand it over.";
    made.push_back(std::move(finding));
}

} // namespace

std::vector<Finding> environmentFindings(const EnvironmentSanity& environment,
                                         const Project& project)
{
    std::vector<Finding> made;
    if (!environment.read)
        return made;
    addMetadata(environment, project, made);
    addUnimported(environment, project, made);
    addUrl(environment, project, made);
    const ConfigureOption* compare = environment.option("compare_type");
    if (compare != nullptr && compare->value == "False") {
        Finding finding = findingOf("env-compare-type-off", Severity::Low, project, compare->span);
        finding.title = "compare_type is False in env.py";
        finding.detail = "Autogenerate does not see when a column's type changes in the models. "
                         "Write compare_type=True, unless types are "
                         "compared elsewhere.";
        made.push_back(std::move(finding));
    }
    if (!environment.offlineBranch && environment.configures) {
        Finding finding = findingOf("env-no-offline", Severity::Info, project);
        finding.title = "env.py has no branch for offline mode";
        finding.detail = "It never asks context.is_offline_mode(), so `alembic upgrade --sql` "
                         "needs a database too.";
        made.push_back(std::move(finding));
    }
    return made;
}

} // namespace sightglass
