// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/scan.h"

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace sightglass::tests {

/// A small repository in memory with an Alembic project in its root.
class ProjectTree
{
public:
    ProjectTree()
    {
        put(".git/HEAD", "ref: refs/heads/main\n");
        put("alembic.ini", "[alembic]\nscript_location = alembic\n");
        put("alembic/env.py", "from alembic import context\ncontext.configure()\n");
        put("alembic/versions/a1.py", "revision = 'a1'\ndown_revision = None\n");
    }

    ProjectTree(std::initializer_list<std::pair<std::string, std::string>> texts)
        : ProjectTree()
    {
        for (const auto& [name, text] : texts)
            put(name, text);
    }

    explicit ProjectTree(const std::vector<std::pair<std::string, std::string>>& texts)
        : ProjectTree()
    {
        for (const auto& [name, text] : texts)
            put(name, text);
    }

    void put(const std::string& name, std::string text)
    {
        m_files.put("/p/" + name, std::move(text));
    }

    ProjectScan scan(const ScanInput* more = nullptr) const
    {
        const auto project = findProject(m_files, {.start = "/p"});
        if (!project)
            return {};
        ScanInput input{.project = *project};
        if (more != nullptr) {
            input.models = more->models;
            input.chain = more->chain;
            input.revisions = more->revisions;
            input.docker = more->docker;
        }
        return scanProject(m_files, input, {});
    }

    /// "rule severity file:line" of each finding, one a line; `rule` alone where one is given.
    static std::string text(const ProjectScan& scan, const std::string& rule = {})
    {
        std::string made;
        for (const Finding& finding : scan.findings) {
            if (!rule.empty() && finding.rule != rule)
                continue;
            const std::string& file = finding.span.file;
            made += (rule.empty() ? finding.rule + " " : "") +
                    std::string(toText(finding.severity)) + " " +
                    (file.starts_with("/p/") ? file.substr(3) : file) + ":" +
                    std::to_string(finding.span.line) + "\n";
        }
        return made;
    }

    const MemoryFileSystem& files() const { return m_files; }

private:
    MemoryFileSystem m_files;
};

} // namespace sightglass::tests
