// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/project_settings.h"

#include "core/scripts/database_url.h"
#include "core/scripts/environment_facts.h"

#include <algorithm>
#include <array>
#include <optional>

namespace sightglass {

namespace {

class Builder
{
public:
    Builder(const FileSystem& files, const Candidate& candidate, const ProjectRequest& request)
        : m_files(files)
        , m_candidate(candidate)
        , m_request(request)
    {}

    Result<Project> build()
    {
        m_project.section = m_request.section;
        auto problem = m_candidate.hasSettings() ? fromSettings() : fromFolder();
        if (problem)
            return failure(std::move(*problem));
        readFacts();
        return std::move(m_project);
    }

private:
    using Problem = std::optional<Error>;

    Problem fromFolder()
    {
        m_project.root = m_candidate.scripts;
        m_project.scriptLocation = m_candidate.scripts;
        m_project.versionLocations = {m_candidate.bare ? m_candidate.scripts
                                                       : m_candidate.scripts / "versions"};
        m_project.importRoots = importRootsOf(m_files, m_candidate.scripts, {});
        m_project.notes.push_back(
            m_candidate.bare
                ? "The folder is read as a bare folder of revision files; no settings name it."
                : "There is no alembic.ini; the folder with versions/ is taken as the "
                  "environment.");
        // No setting says whether subfolders count; a folder sorted by release needs them.
        if (subfolderWithRevisions(m_files, m_project.versionLocations.front())) {
            m_project.recursive = true;
            m_project.notes.push_back("Its subfolders hold revision files and are read too, as with "
                                      "recursive_version_locations = true.");
        }
        return std::nullopt;
    }

    Problem fromSettings()
    {
        auto settings =
            Settings::read(m_files, m_candidate.ini, m_candidate.toml, m_request.section);
        if (!settings)
            return settings.error();
        m_settings = std::move(*settings);
        if (auto problem = chooseSection())
            return problem;
        if (m_settings->configPath().empty())
            return error(ErrorCode::NotFound,
                         "The file has no table [tool.alembic].",
                         "Add it, or open alembic.ini.",
                         m_candidate.toml);
        m_project.config = m_settings->configPath();
        m_project.root = m_settings->folder();
        m_project.section = m_settings->section();
        for (const auto step : {&Builder::readRoots,
                                &Builder::readScriptLocation,
                                &Builder::readVersionLocations,
                                &Builder::readFlags}) {
            if (auto problem = (this->*step)())
                return problem;
        }
        lookAroundVersionLocations();
        const UrlFact url = databaseUrlOf(*m_settings);
        m_project.databaseUrl = url.url;
        m_project.notes.insert(m_project.notes.end(), url.notes.begin(), url.notes.end());
        return std::nullopt;
    }

    static Problem
    error(ErrorCode code, std::string message, std::string nextStep, const Path& file, int line = 0)
    {
        return Error{.code = code,
                     .message = std::move(message),
                     .nextStep = std::move(nextStep),
                     .file = file.string(),
                     .line = line};
    }

    /// Without the section asked for, the only section with settings is taken for it if none was
    /// asked for.
    Problem chooseSection()
    {
        const auto& ini = m_settings->ini();
        const std::string& wanted = m_request.section;
        if (!ini || ini->hasSection(wanted) || (m_settings->hasToml() && wanted == "alembic"))
            return std::nullopt;
        std::vector<std::string> others;
        for (const std::string& name : ini->sections()) {
            if (ini->raw(name, "script_location") != nullptr)
                others.push_back(name);
        }
        if (wanted == "alembic" && others.size() == 1) {
            m_project.notes.push_back(
                "The ini has no section [alembic]; [" + printable(others.front()) +
                "] is the only one with a script_location and is taken (Alembic needs -n for it).");
            auto again = Settings::read(m_files, m_candidate.ini, m_candidate.toml, others.front());
            if (!again)
                return again.error();
            m_settings = std::move(*again);
            return std::nullopt;
        }
        std::string names;
        for (const std::string& name : others)
            names += (names.empty() ? "" : ", ") + printable(name);
        return error(ErrorCode::Usage,
                     "The ini has no section [" + printable(wanted) + "].",
                     names.empty()
                         ? "Add it, with script_location in it."
                         : "Name one of its sections that have a script_location: " + names + ".",
                     m_candidate.ini);
    }

    Problem readRoots()
    {
        std::vector<std::string> prepended;
        const auto option = m_settings->option("prepend_sys_path");
        if (!option)
            return option.error();
        if (*option && (*option)->isList) {
            prepended = (*option)->list;
        } else if (*option) {
            const auto separator = m_settings->option("path_separator");
            if (!separator)
                return separator.error();
            const auto pieces = splitPaths((*option)->text, *separator, ", :\n\t");
            if (!pieces)
                return pieces.error();
            prepended = *pieces;
        }
        m_project.importRoots = importRootsOf(m_files, m_project.root, prepended);
        return std::nullopt;
    }

    Problem readScriptLocation()
    {
        const auto option = m_settings->option("script_location");
        if (!option)
            return option.error();
        if (!*option || (*option)->text.empty())
            return assumeScriptLocation();
        const Setting& written = **option;
        ResolvedPath resolved =
            resolvePath(m_files, written.text, m_project.root, m_project.importRoots);
        if (!resolved.note.empty())
            m_project.notes.push_back(resolved.note);
        if (!resolved.exists && isScriptFolder(m_files, m_project.root)) {
            m_project.notes.push_back(
                "script_location is \"" + printable(written.text) +
                "\", which does not exist; the ini's own folder, which has env.py, is taken.");
            resolved.path = m_project.root;
            resolved.exists = true;
        }
        const bool isTemplate = written.text.find('{') != std::string::npos;
        if (!resolved.exists && isTemplate) {
            m_project.notes.push_back("script_location is \"" + printable(written.text) +
                                      "\", a text that the application fills in itself.");
            return assumeScriptLocation();
        }
        if (!resolved.exists) {
            return error(ErrorCode::NotFound,
                         "Path doesn't exist: " + resolved.path.string() +
                             " (script_location is \"" + printable(written.text) + "\").",
                         "Correct script_location, or open the versions folder itself.",
                         written.span.file,
                         written.span.line);
        }
        m_project.scriptLocation = resolved.path;
        return std::nullopt;
    }

    /// Flask-Migrate and others set the location in code: beside the settings, or the only one
    /// below.
    Problem assumeScriptLocation()
    {
        const Path& root = m_project.root;
        if (m_files.isFile(root / "env.py") || m_files.isDirectory(root / "versions")) {
            m_project.scriptLocation = root;
            m_project.notes.push_back("There is no script_location; the folder of the settings is "
                                      "taken, as Flask-Migrate does.");
            return std::nullopt;
        }
        std::vector<Path> folders;
        for (const Candidate& one : environmentsBelow(m_files, root)) {
            if (!one.hasSettings())
                folders.push_back(one.scripts);
        }
        if (folders.size() != 1) {
            return error(ErrorCode::NotFound,
                         "No 'script_location' key found in configuration.",
                         "Add script_location to [" + printable(m_settings->section()) +
                             "], or open the versions folder itself.",
                         m_project.config);
        }
        m_project.scriptLocation = folders.front();
        m_project.notes.push_back("There is no script_location; " + folders.front().string() +
                                  " is the only environment below and is taken.");
        return std::nullopt;
    }

    Problem readVersionLocations()
    {
        const auto option = m_settings->option("version_locations");
        if (!option)
            return option.error();
        if (!*option || ((*option)->text.empty() && (*option)->list.empty())) {
            m_project.versionLocations = {m_project.scriptLocation / "versions"};
            return std::nullopt;
        }
        std::vector<std::string> pieces = (*option)->list;
        if (!(*option)->isList) {
            const auto split = splitLocations(**option);
            if (!split)
                return split.error();
            pieces = *split;
        }
        for (const std::string& piece : pieces) {
            const ResolvedPath resolved =
                resolvePath(m_files, piece, m_project.root, m_project.importRoots);
            m_project.versionLocations.push_back(resolved.path);
            if (!resolved.note.empty())
                m_project.notes.push_back(resolved.note);
            if (!resolved.exists)
                m_project.notes.push_back(
                    "The folder " + resolved.path.string() +
                    " of version_locations does not exist; Alembic steps over it.");
        }
        return std::nullopt;
    }

    Result<std::vector<std::string>> splitLocations(const Setting& locations)
    {
        if (locations.span.file == m_candidate.toml.string()) {
            m_project.notes.push_back("version_locations is one text in pyproject.toml, which "
                                      "Alembic takes letter by letter; "
                                      "write a list.");
            std::vector<std::string> letters;
            for (const char c : locations.text)
                letters.emplace_back(1, c);
            return letters;
        }
        auto separator = m_settings->option("path_separator");
        if (separator && !*separator)
            separator = m_settings->option("version_path_separator");
        if (!separator)
            return failure(separator.error());
        return splitPaths(locations.text, *separator, ", \n\t");
    }

    Problem readFlags()
    {
        const auto recursive = m_settings->flag("recursive_version_locations");
        if (!recursive)
            return recursive.error();
        const auto sourceless = m_settings->flag("sourceless");
        if (!sourceless)
            return sourceless.error();
        m_project.recursive = *recursive;
        m_project.sourceless = *sourceless;
        for (const std::string_view name : {"recursive_version_locations", "sourceless"}) {
            const auto written = m_settings->mainOption(name);
            static constexpr std::array almost{"True", "TRUE", "1", "yes", "on", "Yes"};
            if (written && *written &&
                std::ranges::find(almost, (*written)->text) != almost.end()) {
                m_project.notes.push_back(
                    std::string(name) + " is \"" + (*written)->text +
                    "\", which Alembic takes for false; only the word true counts.");
            }
        }
        return std::nullopt;
    }

    /// Modules beside the revisions can be imported by them; and revision files that the settings
    /// don't reach are worth a finding, because env.py or the application may add them.
    void lookAroundVersionLocations()
    {
        for (const Path& location : m_project.versionLocations) {
            const Path near = location.parent_path();
            for (const Path& root : importRootsOf(m_files, near, {})) {
                if (std::ranges::find(m_project.importRoots, root) == m_project.importRoots.end())
                    m_project.importRoots.push_back(root);
            }
            if (m_project.recursive)
                continue;
            if (const auto folder = subfolderWithRevisions(m_files, location))
                m_project.unreadFolders.push_back(*folder);
        }
    }

    void readFacts()
    {
        const Path environment = m_project.scriptLocation / "env.py";
        if (m_files.isFile(environment)) {
            m_project.environmentFile = environment;
            EnvironmentFacts facts = readEnvironment(
                m_files, environment, m_settings ? &*m_settings : nullptr, m_project.importRoots);
            m_project.versionTable = std::move(facts.versionTable);
            m_project.versionTableSchema = std::move(facts.versionTableSchema);
            m_project.notes.insert(m_project.notes.end(), facts.notes.begin(), facts.notes.end());
        } else {
            const std::string reason = "there is no env.py to read it from";
            m_project.versionTable.value = Unknown{reason};
            m_project.versionTableSchema.value = Unknown{reason};
        }
        if (!m_request.versionTable.empty())
            m_project.versionTable = {.value = m_request.versionTable, .span = {}};
        if (!m_request.versionTableSchema.empty())
            m_project.versionTableSchema = {.value = m_request.versionTableSchema, .span = {}};
    }

    const FileSystem& m_files;
    const Candidate& m_candidate;
    const ProjectRequest& m_request;
    std::optional<Settings> m_settings;
    Project m_project;
};

} // namespace

Result<Project>
projectFrom(const FileSystem& files, const Candidate& candidate, const ProjectRequest& request)
{
    return Builder(files, candidate, request).build();
}

} // namespace sightglass
