// SPDX-License-Identifier: GPL-3.0-or-later
// Makefiles and justfiles as far as they say which commands a target runs.
#include "core/project/command_scripts.h"

#include <algorithm>
#include <map>
#include <utility>

namespace sightglass {

namespace {

constexpr int deepestExpansion = 8;
constexpr std::size_t longestExpansion = 20'000;

struct Line
{
    std::string text; ///< with its continuations, which keep their line breaks
    int number = 0;
};

std::vector<Line> logicalLines(std::string_view text)
{
    std::vector<Line> lines;
    int number = 1;
    for (std::size_t at = 0; at < text.size();) {
        Line line{.text = {}, .number = number};
        for (;;) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            std::string_view part = text.substr(at, end - at);
            if (part.ends_with('\r'))
                part.remove_suffix(1);
            line.text += part;
            at = std::min(end + 1, text.size());
            ++number;
            if (!part.ends_with('\\') || end >= text.size())
                break;
            line.text += '\n';
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

std::string trimmed(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t\n\r");
    if (begin == std::string_view::npos)
        return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t\n\r") + 1 - begin));
}

std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> made;
    for (std::size_t at = 0; (at = text.find_first_not_of(" \t\n\\", at)) < text.size();) {
        const std::size_t end = std::min(text.find_first_of(" \t\n\\", at), text.size());
        made.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return made;
}

/// Offset behind the parenthesis or brace that closes the one at `open`.
std::size_t behindClosing(std::string_view text, std::size_t open)
{
    const char close = text[open] == '(' ? ')' : '}';
    int depth = 0;
    for (std::size_t at = open; at < text.size(); ++at) {
        depth += text[at] == text[open] ? 1 : text[at] == close ? -1 : 0;
        if (depth == 0)
            return at + 1;
    }
    return text.size();
}

using Variables = std::map<std::string, std::string, std::less<>>;

/// Make's text as the shell gets it. A name that is not known stays as `${NAME}`.
std::string expanded(std::string_view text,
                     const Variables& variables,
                     const std::string& target,
                     int depth = 0)
{
    std::string made;
    for (std::size_t at = 0; at < text.size() && made.size() < longestExpansion;) {
        if (text[at] != '$' || at + 1 >= text.size()) {
            made += text[at++];
            continue;
        }
        const char next = text[at + 1];
        if (next == '$') {
            made += '$';
            at += 2;
        } else if (next == '@') {
            made += target;
            at += 2;
        } else if (next == '(' || next == '{') {
            const std::size_t end = behindClosing(text, at + 1);
            const std::string name = trimmed(text.substr(at + 2, end - std::min(at + 3, end)));
            const auto found = variables.find(name);
            if (found != variables.end() && depth < deepestExpansion)
                made += expanded(found->second, variables, target, depth + 1);
            else if (name == "MAKE")
                made += "make";
            else
                made += "${" + name.substr(0, name.find_first_of(" \t,")) + "}";
            at = end;
        } else {
            made += "${";
            made += next;
            made += '}';
            at += 2;
        }
    }
    return made;
}

/// Index of the sign that assigns in `NAME := value`; npos: no assignment.
std::size_t assignmentSign(std::string_view line)
{
    const std::size_t equal = line.find('=');
    const std::size_t colon = line.find(':');
    if (equal == std::string_view::npos ||
        (colon != std::string_view::npos && colon + 2 < equal && line.substr(colon, 3) != "::="))
        return std::string_view::npos;
    return equal;
}

class MakefileReader
{
public:
    explicit MakefileReader(const CommandScript& file)
        : m_file(file)
    {}

    std::vector<CommandScript> read(std::string_view text)
    {
        const auto lines = logicalLines(text);
        for (const Line& line : lines)
            readVariable(line.text);
        for (const Line& line : lines)
            readLine(line);
        close();
        return std::move(m_made);
    }

private:
    void readVariable(std::string_view line)
    {
        if (line.starts_with('\t') || line.starts_with('#'))
            return;
        const std::size_t equal = assignmentSign(line);
        if (equal == std::string_view::npos)
            return;
        std::string_view left = line.substr(0, equal);
        const bool append = left.ends_with('+');
        const bool unlessSet = left.ends_with('?');
        while (!left.empty() && (left.back() == ':' || left.back() == '+' || left.back() == '?' ||
                                 left.back() == '!' || left.back() == ' '))
            left.remove_suffix(1);
        for (const std::string_view word : {"export ", "override "}) {
            if (left.starts_with(word))
                left.remove_prefix(word.size());
        }
        std::string name = trimmed(left);
        if (name.empty() || name.find_first_of(" \t") != std::string::npos)
            return;
        std::string value = trimmed(withoutComment(line.substr(equal + 1)));
        if (append && m_variables.contains(name))
            m_variables[name] += " " + value;
        else if (!unlessSet || !m_variables.contains(name))
            m_variables[name] = std::move(value);
    }

    static std::string_view withoutComment(std::string_view text)
    {
        const std::size_t at = text.find(" #");
        return at == std::string_view::npos ? text : text.substr(0, at);
    }

    void readLine(const Line& line)
    {
        const std::string& text = line.text;
        if (text.starts_with('\t')) {
            addRecipe(std::string_view(text).substr(1), line.number);
            return;
        }
        const std::string bare = trimmed(text);
        if (bare.empty() || bare.starts_with('#') || bare.starts_with("if") ||
            bare.starts_with("else") || bare.starts_with("endif") || bare.starts_with("include") ||
            bare.starts_with("-include"))
            return;
        const std::size_t colon = text.find(':');
        if (colon == std::string::npos || assignmentSign(text) != std::string_view::npos)
            return;
        openRule(text, colon, line.number);
    }

    void openRule(const std::string& text, std::size_t colon, int number)
    {
        close();
        std::size_t begin = colon + 1;
        begin += begin < text.size() && text[begin] == ':' ? 1 : 0;
        const std::string_view behind = withoutComment(std::string_view(text).substr(begin));
        const std::size_t semicolon = std::min(behind.find(';'), behind.size());
        const std::string needs = expanded(behind.substr(0, semicolon), m_variables, {});
        const auto targets =
            wordsOf(expanded(std::string_view(text).substr(0, colon), m_variables, {}));
        if (targets.empty())
            return;
        m_open = m_file;
        m_isOpen = true;
        m_open.name = targets.front();
        for (std::string& word : wordsOf(needs)) {
            if (word != "|")
                m_open.needs.push_back(std::move(word));
        }
        if (semicolon < behind.size())
            addRecipe(behind.substr(semicolon + 1), number);
    }

    void addRecipe(std::string_view text, int number)
    {
        if (!m_isOpen)
            return;
        const std::size_t begin = text.find_first_not_of("@-+ \t");
        if (begin == std::string_view::npos)
            return;
        text.remove_prefix(begin);
        // $(error …) stops make where a variable was not given on the command line.
        m_open.asks = m_open.asks || text.find("$(error") != std::string_view::npos;
        for (ShellCommand& each : readShell(expanded(text, m_variables, m_open.name), number))
            m_open.commands.push_back(std::move(each));
    }

    void close()
    {
        if (m_isOpen && m_open.name != ".PHONY")
            m_made.push_back(std::move(m_open));
        m_isOpen = false;
    }

    const CommandScript& m_file;
    Variables m_variables;
    CommandScript m_open;
    bool m_isOpen = false;
    std::vector<CommandScript> m_made;
};

/// {{ name }} of a justfile as make's $(name).
std::string likeMake(std::string_view text)
{
    std::string made;
    for (std::size_t at = 0; at < text.size();) {
        if (text.substr(at).starts_with("{{")) {
            const std::size_t end = std::min(text.find("}}", at), text.size());
            made += "$(" + trimmed(text.substr(at + 2, end - at - 2)) + ")";
            at = std::min(end + 2, text.size());
        } else {
            if (text[at] == '$')
                made += '$';
            made += text[at++];
        }
    }
    return made;
}

class JustfileReader
{
public:
    explicit JustfileReader(const CommandScript& file)
        : m_file(file)
    {}

    std::vector<CommandScript> read(std::string_view text)
    {
        for (const Line& line : logicalLines(text))
            readLine(line);
        close();
        return std::move(m_made);
    }

private:
    void readLine(const Line& line)
    {
        const std::string& text = line.text;
        if (text.empty() || text.starts_with('#'))
            return;
        if (text.front() == ' ' || text.front() == '\t') {
            if (!m_isOpen)
                return;
            // Empty lines keep the numbers of the lines right.
            m_body +=
                std::string(static_cast<std::size_t>(std::max(0, line.number - m_bodyEnd)), '\n');
            m_body += body(text);
            m_bodyEnd = line.number + static_cast<int>(std::ranges::count(text, '\n'));
            return;
        }
        close();
        if (text.starts_with('[')) {
            m_asks = m_asks || text.starts_with("[confirm");
            return;
        }
        const std::size_t equal = text.find(":=");
        if (equal != std::string::npos) {
            std::string value = trimmed(std::string_view(text).substr(equal + 2));
            if (value.size() > 1 && (value.front() == '"' || value.front() == '\''))
                value = value.substr(1, value.size() - 2);
            m_variables[trimmed(std::string_view(text).substr(0, equal))] = value;
            return;
        }
        open(line);
    }

    void open(const Line& line)
    {
        const std::size_t colon = line.text.find(':');
        const auto names = wordsOf(std::string_view(line.text).substr(0, colon));
        if (colon == std::string::npos || names.empty())
            return;
        m_open = m_file;
        m_open.name = names.front().front() == '@' ? names.front().substr(1) : names.front();
        m_open.needs = wordsOf(std::string_view(line.text).substr(colon + 1));
        m_open.asks = m_asks;
        m_asks = false;
        m_isOpen = true;
        m_bodyLine = m_bodyEnd = line.number + 1;
        m_body.clear();
    }

    static std::string body(std::string_view text)
    {
        const std::size_t begin = text.find_first_not_of(" \t@-");
        return begin == std::string_view::npos ? std::string() : std::string(text.substr(begin));
    }

    void close()
    {
        if (!m_isOpen)
            return;
        m_isOpen = false;
        const bool foreign = m_body.starts_with("#!") &&
                             m_body.substr(0, m_body.find('\n')).find("sh") == std::string::npos;
        if (!foreign)
            m_open.commands =
                readShell(expanded(likeMake(m_body), m_variables, m_open.name), m_bodyLine);
        m_made.push_back(std::move(m_open));
    }

    const CommandScript& m_file;
    Variables m_variables;
    CommandScript m_open;
    std::string m_body;
    int m_bodyLine = 0;
    int m_bodyEnd = 0; ///< line that the body reaches so far
    bool m_isOpen = false;
    bool m_asks = false;
    std::vector<CommandScript> m_made;
};

} // namespace

std::vector<CommandScript> command_files::ofMakefile(std::string_view text,
                                                     const CommandScript& file)
{
    return MakefileReader(file).read(text);
}

std::vector<CommandScript> command_files::ofJustfile(std::string_view text,
                                                     const CommandScript& file)
{
    return JustfileReader(file).read(text);
}

} // namespace sightglass
