// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/migration_case.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace sightglass::tests {

namespace {

std::vector<std::string> words(std::string_view text)
{
    std::istringstream stream{std::string(text)};
    std::vector<std::string> result;
    for (std::string word; stream >> word;)
        result.push_back(word);
    return result;
}

/// Puts lines where the last directive said.
class Reader
{
public:
    explicit Reader(std::string file)
        : m_file(std::move(file))
    {}

    void line(const std::string& text)
    {
        ++m_line;
        if (text.starts_with("=== "))
            begin(text.substr(4));
        else if (text.starts_with("--- ") && !m_cases.empty())
            directive(text.substr(4));
        else if (m_into != nullptr)
            *m_into += text + "\n";
    }

    std::vector<MigrationCase> take() { return std::move(m_cases); }

private:
    void begin(const std::string& name)
    {
        m_cases.push_back({.name = name, .place = m_file + ":" + std::to_string(m_line)});
        m_next = {};
        m_hasParents = false;
        m_into = nullptr;
    }

    void directive(const std::string& text)
    {
        const auto blank = text.find(' ');
        const std::string word = text.substr(0, blank);
        const std::string rest = blank == std::string::npos ? "" : text.substr(blank + 1);
        MigrationCase& current = m_cases.back();
        if (word == "upgrade") {
            m_next.id = "r" + std::to_string(current.revisions.size() + 1);
            if (!m_hasParents && !current.revisions.empty())
                m_next.down = {current.revisions.back().id};
            current.revisions.push_back(std::move(m_next));
            m_next = {};
            m_hasParents = false;
            m_into = &current.revisions.back().upgrade;
        } else if (word == "downgrade" && !current.revisions.empty()) {
            m_into = &current.revisions.back().downgrade;
        } else if (word == "module") {
            m_into = &m_next.module;
        } else if (word == "parents") {
            m_next.down = words(rest);
            m_hasParents = true;
        } else if (word == "depends") {
            m_next.dependsOn = words(rest);
        } else if (word == "convention") {
            m_into = &current.convention;
        } else if (word == "file") {
            current.files.emplace_back(rest, "");
            m_into = &current.files.back().second;
        } else if (word == "fails") {
            current.fails = rest;
        } else if (word == "once") {
            current.once = true;
        } else if (word == "succeeds") {
            current.succeeds = true;
        } else if (word == "doubts") {
            current.doubts = rest;
        } else if (word == "open") {
            current.open = rest;
        }
    }

    std::string m_file;
    int m_line = 0;
    std::vector<MigrationCase> m_cases;
    CaseRevision m_next;
    bool m_hasParents = false;
    std::string* m_into = nullptr;
};

std::string quotedList(const std::vector<std::string>& ids)
{
    if (ids.empty())
        return "None";
    if (ids.size() == 1)
        return "\"" + ids.front() + "\"";
    std::string text = "(";
    for (const std::string& id : ids)
        text += "\"" + id + "\", ";
    return text + ")";
}

std::string indented(const std::string& body)
{
    std::istringstream stream(body);
    std::string text;
    for (std::string line; std::getline(stream, line);)
        text += line.empty() ? "\n" : "    " + line + "\n";
    return text.find_first_not_of(" \n") == std::string::npos ? "    pass\n" : text;
}

void write(const std::filesystem::path& file, const std::string& text)
{
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

std::string revisionText(const CaseRevision& revision)
{
    return "\"\"\"" + revision.id + "\"\"\"\nfrom alembic import context, op\n" +
           "import sqlalchemy as sa\nfrom sqlalchemy.dialects import postgresql\n\nrevision = \"" +
           revision.id + "\"\ndown_revision = " + quotedList(revision.down) +
           "\nbranch_labels = None\ndepends_on = " + quotedList(revision.dependsOn) + "\n\n" +
           revision.module + "\n\ndef upgrade():\n" + indented(revision.upgrade) +
           "\n\ndef downgrade():\n" + indented(revision.downgrade);
}

std::string environmentText(const MigrationCase& each)
{
    std::string text = "from alembic import context\nfrom sqlalchemy import MetaData\n\n";
    text += each.convention.empty()
                ? std::string("target_metadata = None\n")
                : "target_metadata = MetaData(naming_convention=" + each.convention + ")\n";
    return text + R"(
if context.is_offline_mode():
    context.configure(url="postgresql://", target_metadata=target_metadata, literal_binds=True,
                      dialect_opts={"paramstyle": "named"})
else:
    context.configure(connection=context.config.attributes["connection"],
                      target_metadata=target_metadata)
with context.begin_transaction():
    context.run_migrations()
)";
}

} // namespace

std::vector<MigrationCase> casesFromText(std::string_view text, const std::string& file)
{
    Reader reader(file);
    std::istringstream stream{std::string(text)};
    for (std::string line; std::getline(stream, line);)
        reader.line(line);
    return reader.take();
}

std::string toText(const MigrationCase& each)
{
    std::string text = "=== " + each.name + "\n";
    if (!each.fails.empty())
        text += "--- fails " + each.fails + "\n";
    if (each.once)
        text += "--- once\n";
    if (each.succeeds)
        text += "--- succeeds\n";
    if (!each.doubts.empty())
        text += "--- doubts " + each.doubts + "\n";
    if (!each.open.empty())
        text += "--- open " + each.open + "\n";
    if (!each.convention.empty())
        text += "--- convention\n" + each.convention;
    for (const auto& [path, content] : each.files)
        text += "--- file " + path + "\n" + content;
    const auto list = [](const std::vector<std::string>& ids) {
        std::string line;
        for (const std::string& id : ids)
            line += " " + id;
        return line + "\n";
    };
    for (const CaseRevision& revision : each.revisions) {
        text += "--- parents" + list(revision.down);
        if (!revision.dependsOn.empty())
            text += "--- depends" + list(revision.dependsOn);
        if (!revision.module.empty())
            text += "--- module\n" + revision.module;
        text += "--- upgrade\n" + revision.upgrade;
        if (!revision.downgrade.empty())
            text += "--- downgrade\n" + revision.downgrade;
    }
    return text;
}

void writeProject(const MigrationCase& each, const std::string& folder)
{
    const std::filesystem::path root(folder);
    write(root / "env.py", environmentText(each));
    std::filesystem::create_directories(root / "versions");
    for (const CaseRevision& revision : each.revisions)
        write(root / "versions" / (revision.id + ".py"), revisionText(revision));
    for (const auto& [path, content] : each.files)
        write(root / path, content);
}

} // namespace sightglass::tests
