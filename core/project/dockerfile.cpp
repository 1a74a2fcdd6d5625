// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/dockerfile.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace sightglass {

namespace {

std::string upper(std::string_view text)
{
    std::string made(text);
    std::ranges::transform(
        made, made.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return made;
}

std::string_view trimmedLeft(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r");
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

std::string_view trimmed(std::string_view text)
{
    text = trimmedLeft(text);
    const std::size_t end = text.find_last_not_of(" \t\r");
    return end == std::string_view::npos ? std::string_view() : text.substr(0, end + 1);
}

std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> made;
    for (std::size_t at = 0; (at = text.find_first_not_of(" \t", at)) < text.size();) {
        const std::size_t end = std::min(text.find_first_of(" \t", at), text.size());
        made.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return made;
}

struct Instruction
{
    std::string name; ///< in capitals
    std::string rest;
    int line = 0;
};

/// Cuts a text into instructions.
class InstructionReader
{
public:
    explicit InstructionReader(std::string_view text)
        : m_text(text)
    {}

    std::vector<Instruction> read()
    {
        readDirectives();
        while (m_at < m_text.size()) {
            const int line = m_line;
            std::string whole = logicalLine();
            const std::string_view bare = trimmed(whole);
            if (bare.empty())
                continue;
            const std::size_t end = std::min(bare.find_first_of(" \t"), bare.size());
            Instruction made{.name = upper(bare.substr(0, end)),
                             .rest = std::string(trimmed(bare.substr(end))),
                             .line = line};
            skipDocuments(made);
            m_made.push_back(std::move(made));
        }
        return std::move(m_made);
    }

private:
    std::string_view nextLine()
    {
        const std::size_t end = std::min(m_text.find('\n', m_at), m_text.size());
        const std::string_view line = m_text.substr(m_at, end - m_at);
        m_at = std::min(end + 1, m_text.size());
        ++m_line;
        return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
    }

    /// `# escape=` stands before everything else.
    void readDirectives()
    {
        const std::size_t found = m_text.find("escape=");
        const std::size_t end = m_text.find('\n');
        if (found != std::string_view::npos && found < end && m_text.starts_with('#') &&
            found + 7 < m_text.size())
            m_escape = m_text[found + 7];
    }

    std::string logicalLine()
    {
        std::string made;
        while (m_at < m_text.size()) {
            std::string_view line = nextLine();
            const bool comment = trimmedLeft(line).starts_with('#');
            if (comment && made.empty())
                return {};
            if (comment)
                continue; // inside an instruction
            const std::string_view bare = trimmed(line);
            if (!bare.ends_with(m_escape))
                return made + std::string(line);
            made += bare.substr(0, bare.size() - 1);
            made += ' ';
        }
        return made;
    }

    /// RUN <<EOF … EOF
    void skipDocuments(const Instruction& instruction)
    {
        if (instruction.name != "RUN" && instruction.name != "COPY" && instruction.name != "ADD")
            return;
        const std::string& text = instruction.rest;
        const std::size_t sign = text.find("<<");
        if (sign == std::string::npos || sign + 2 >= text.size() || text[sign + 2] == '<')
            return;
        std::size_t begin = sign + 2;
        while (begin < text.size() &&
               (text[begin] == '-' || text[begin] == '"' || text[begin] == '\''))
            ++begin;
        std::size_t end = begin;
        while (end < text.size() &&
               (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_'))
            ++end;
        const std::string delimiter = text.substr(begin, end - begin);
        while (!delimiter.empty() && m_at < m_text.size()) {
            if (trimmed(nextLine()) == delimiter)
                return;
        }
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_line = 1;
    char m_escape = '\\';
    std::vector<Instruction> m_made;
};

DockerCommand commandOf(const Instruction& instruction)
{
    DockerCommand made{.words = {}, .shell = {}, .line = instruction.line};
    if (instruction.rest.starts_with('[')) {
        const auto list = nlohmann::json::parse(instruction.rest, nullptr, false);
        if (list.is_array() &&
            std::ranges::all_of(list, [](const auto& each) { return each.is_string(); })) {
            made.words = list.get<std::vector<std::string>>();
            return made;
        }
    }
    made.shell = instruction.rest; // what is no JSON is for the shell, as Docker takes it
    return made;
}

std::string absolutePath(const std::string& path, const std::string& folder)
{
    const Path made = path.starts_with('/') ? Path(path) : Path(folder) / path;
    std::string text = made.lexically_normal().generic_string();
    if (path.ends_with('/') && !text.ends_with('/'))
        text += '/';
    return text;
}

void addCopy(const Instruction& instruction, DockerStage& stage)
{
    std::vector<std::string> words;
    if (instruction.rest.find('[') != std::string::npos) {
        const auto list = nlohmann::json::parse(
            instruction.rest.substr(instruction.rest.find('[')), nullptr, false);
        if (list.is_array() &&
            std::ranges::all_of(list, [](const auto& each) { return each.is_string(); }))
            words = list.get<std::vector<std::string>>();
    }
    const bool exec = !words.empty();
    for (std::string& word : wordsOf(instruction.rest)) {
        if (word.starts_with("--from="))
            return; // of another stage or image, not of the project
        if (!exec && !word.starts_with("--"))
            words.push_back(std::move(word));
    }
    if (words.size() < 2)
        return;
    DockerCopy made{.sources = {},
                    .target = absolutePath(words.back(), stage.workingDirectory),
                    .line = instruction.line};
    words.pop_back();
    made.sources = std::move(words);
    stage.copies.push_back(std::move(made));
}

void openStage(const Instruction& instruction, Dockerfile& made)
{
    DockerStage stage;
    stage.line = instruction.line;
    const auto words = wordsOf(instruction.rest);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i].starts_with("--"))
            continue;
        if (stage.base.empty())
            stage.base = words[i];
        else if (upper(words[i]) == "AS" && i + 1 < words.size())
            stage.name = words[i + 1];
    }
    // A stage begins as the one it is built on.
    for (const DockerStage& each : made.stages) {
        if (!each.name.empty() && each.name == stage.base) {
            const DockerStage own = stage;
            stage = each;
            stage.name = own.name;
            stage.base = own.base;
            stage.line = own.line;
        }
    }
    made.stages.push_back(std::move(stage));
}

} // namespace

DockerStage Dockerfile::stage(std::string_view name) const
{
    const auto found = std::ranges::find(stages, name, &DockerStage::name);
    if (!name.empty() && found != stages.end())
        return *found;
    return stages.empty() ? DockerStage() : stages.back();
}

Dockerfile readDockerfile(std::string_view text)
{
    Dockerfile made;
    for (const Instruction& each : InstructionReader(text).read()) {
        if (each.name == "FROM") {
            openStage(each, made);
            continue;
        }
        if (made.stages.empty())
            continue;
        DockerStage& stage = made.stages.back();
        if (each.name == "CMD") {
            stage.command = commandOf(each);
        } else if (each.name == "ENTRYPOINT") {
            stage.entrypoint = commandOf(each);
            // An image's own CMD does not outlive a new ENTRYPOINT, a stage's does not either.
            if (stage.command && stage.command->line < stage.line)
                stage.command.reset();
        } else if (each.name == "WORKDIR") {
            stage.workingDirectory = absolutePath(each.rest, stage.workingDirectory);
        } else if (each.name == "COPY" || each.name == "ADD") {
            addCopy(each, stage);
        }
    }
    return made;
}

std::vector<Dockerfile>
readDockerfiles(const FileSystem& files, const ProjectFiles& project, const ScanLimits& limits)
{
    std::vector<Dockerfile> made;
    for (const ProjectFile* file : project.of(ProjectFileKind::Dockerfile)) {
        const auto text = files.read(file->path, limits.fileBytes);
        if (!text)
            continue;
        Dockerfile one = readDockerfile(*text);
        one.file = file->shown;
        one.path = file->path;
        one.place = file->place;
        if (!one.stages.empty())
            made.push_back(std::move(one));
    }
    return made;
}

} // namespace sightglass
