// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/shell_reader.h"

#include "core/project/shell_words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace sightglass {

namespace {

constexpr int deepestSubstitution = 6;

bool isAssignment(std::string_view word)
{
    const std::size_t equal = word.find('=');
    if (equal == std::string_view::npos || equal == 0 ||
        std::isdigit(static_cast<unsigned char>(word.front())) != 0)
        return false;
    const std::string_view name = word.substr(0, word[equal - 1] == '+' ? equal - 1 : equal);
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
    });
}

struct PendingDocument
{
    std::string delimiter;
    bool stripTabs = false;
    std::size_t command = std::string::npos; ///< that reads it; npos: the one being read
};

/// Goes over the text once; commands come out in order.
class ShellParser : ShellWords
{
public:
    ShellParser(std::string_view text, int line, int depth)
        : ShellWords(text, line)
        , m_depth(depth)
    {}

    std::vector<ShellCommand> read()
    {
        while (m_at < m_text.size())
            step();
        finish(ShellOperator::Sequence);
        return std::move(m_commands);
    }

private:
    void step()
    {
        const char c = peek();
        if (c == '\\' && (peek(1) == '\n' || (peek(1) == '\r' && peek(2) == '\n'))) {
            m_at += peek(1) == '\n' ? 2 : 3;
            ++m_line;
        } else if (isBlank(c)) {
            ++m_at;
        } else if (c == '#') {
            m_at = std::min(m_text.find('\n', m_at), m_text.size());
        } else if (c == '\n') {
            newLine();
        } else if (c == '<' || c == '>') {
            redirect();
        } else if (c == ';' || c == '&' || c == '|' || c == '(' || c == ')') {
            operatorSign();
        } else {
            word();
        }
    }

    void newLine()
    {
        ++m_at;
        ++m_line;
        // Behind && || | the list goes on in the next line: finish() leaves `m_before` then.
        finish(ShellOperator::Sequence);
        readDocuments();
    }

    void operatorSign()
    {
        struct Sign
        {
            std::string_view text;
            ShellOperator meaning;
        };

        static constexpr std::array signs{Sign{"&&", ShellOperator::And},
                                          Sign{"||", ShellOperator::Or},
                                          Sign{"|&", ShellOperator::Pipe},
                                          Sign{";;", ShellOperator::Sequence},
                                          Sign{"&", ShellOperator::Background},
                                          Sign{"|", ShellOperator::Pipe},
                                          Sign{";", ShellOperator::Sequence}};
        if (isNext("&>")) {
            ++m_at;
            redirect();
            return;
        }
        if (isNext("((") && m_current.words.empty()) {
            const std::size_t end = m_text.find("))", m_at);
            m_at = end == std::string_view::npos ? m_text.size() : end + 2;
            return;
        }
        if (peek() == '(') {
            openParenthesis();
            return;
        }
        if (peek() == ')') {
            ++m_at;
            if (isInPattern()) {
                takePattern();
                m_inBody = true;
                beginArm();
                return;
            }
            finish(ShellOperator::Sequence);
            return;
        }
        for (const Sign& sign : signs) {
            if (!isNext(sign.text))
                continue;
            m_at += sign.text.size();
            if (isInPattern()) { // a|b) of case
                takePattern();
                return;
            }
            finish(sign.meaning);
            if (sign.text == ";;") {
                m_inBody = false;
                ++m_branch;
            }
            return;
        }
        ++m_at;
    }

    void takePattern()
    {
        for (std::string& word : m_current.words)
            m_patterns.push_back(std::move(word));
        m_current = {};
    }

    void beginArm()
    {
        if (m_cases.empty())
            return;
        ++m_cases.back().arm;
        m_cases.back().patterns = std::move(m_patterns);
        m_patterns.clear();
    }

    /// Before the ) of a pattern of case.
    bool isInPattern() const { return m_caseDepth > 0 && !m_inBody; }

    void openParenthesis()
    {
        ++m_at;
        if (m_current.words.size() == 1) { // name() of a function
            while (isBlank(peek()))
                ++m_at;
            if (peek() == ')') {
                ++m_at;
                m_pendingFunction = m_current.words.front();
                m_current = {};
                return;
            }
        }
        if (isInPattern())
            return; // a pattern may begin with one
        finish(ShellOperator::Sequence);
    }

    void redirect()
    {
        const bool document = isNext("<<") && !isNext("<<<");
        const bool string = isNext("<<<");
        if (isNext("<(") || isNext(">(")) {
            m_at += 2;
            return;
        }
        m_at += string ? 3 : document ? 2 : 1;
        const bool stripTabs = document && peek() == '-';
        while (peek() == '>' || peek() == '&' || peek() == '|' || (stripTabs && peek() == '-'))
            ++m_at;
        while (isBlank(peek()))
            ++m_at;
        if (peek() == '\n' || m_at >= m_text.size())
            return;
        std::string target = readWord();
        readSubstitutions();
        if (string)
            m_current.input = std::move(target);
        else if (document)
            m_documents.push_back({.delimiter = std::move(target), .stripTabs = stripTabs});
    }

    /// Bodies of here documents that began in the line before.
    void readDocuments()
    {
        for (const PendingDocument& document : m_documents) {
            std::string body;
            while (m_at < m_text.size()) {
                const std::size_t end = std::min(m_text.find('\n', m_at), m_text.size());
                std::string_view line = m_text.substr(m_at, end - m_at);
                m_at = std::min(end + 1, m_text.size());
                ++m_line;
                std::string_view bare = line;
                while (document.stripTabs && bare.starts_with('\t'))
                    bare.remove_prefix(1);
                if (bare.ends_with('\r'))
                    bare.remove_suffix(1);
                if (bare == document.delimiter)
                    break;
                body += std::string(line) + "\n";
            }
            if (document.command < m_commands.size())
                m_commands[document.command].input = std::move(body);
        }
        m_documents.clear();
    }

    void word()
    {
        const int line = m_line;
        const bool plain = peek() != '"' && peek() != '\'';
        std::string text = readWord();
        readSubstitutions();
        if (text.size() == 1 && std::isdigit(static_cast<unsigned char>(text.front())) != 0 &&
            (peek() == '<' || peek() == '>'))
            return; // a file descriptor
        if (m_current.words.empty() && m_current.assignments.empty() && plain && isReserved(text))
            return;
        if (m_skipToEnd)
            return;
        if (m_current.words.empty() && plain && isAssignment(text)) {
            if (m_current.line == 0)
                m_current.line = line;
            m_current.assignments.push_back(std::move(text));
            return;
        }
        if (m_current.words.empty())
            m_current.line = line;
        if (m_current.words.empty() && text == "[[")
            m_inTest = true;
        m_current.words.push_back(std::move(text));
        if (m_inTest)
            readTest();
    }

    /// Up to ]]: && and || there are no separators.
    void readTest()
    {
        m_inTest = false;
        const std::size_t end = m_text.find("]]", m_at);
        if (end == std::string_view::npos)
            return;
        const std::string_view inside = m_text.substr(m_at, end - m_at);
        m_line += static_cast<int>(std::ranges::count(inside, '\n'));
        m_current.words.emplace_back(inside);
        m_at = end + 2;
    }

    /// Words that shape the text; true when the word is no command.
    bool isReserved(const std::string& text)
    {
        if (text == "{" || text == "!" || text == "time" || text == "coproc")
            return openBrace(text);
        if (text == "}")
            return closeBrace();
        if (text == "function")
            return m_functionWord = true;
        if (m_functionWord) {
            m_functionWord = false;
            m_pendingFunction = text;
            return true;
        }
        if (text == "if" || text == "elif") {
            m_condition = true;
            return true;
        }
        if (text == "while" || text == "until") {
            m_condition = m_loopHead = true;
            return true;
        }
        if (text == "then" || text == "do" || text == "else") {
            m_branch += text == "do" ? 0 : 1;
            m_condition = m_loopHead = false;
            m_branches += text == "then" ? 1 : 0;
            return true;
        }
        if (text == "fi" || text == "done") {
            m_branch += text == "fi" ? 1 : 0;
            m_branches -= text == "fi" && m_branches > 0 ? 1 : 0;
            return true;
        }
        if (text == "for" || text == "select")
            return m_skipToEnd = true;
        if (text == "case") {
            ++m_caseDepth;
            m_inBody = false;
            skipCaseHead();
            return true;
        }
        if (text == "esac") {
            ++m_branch;
            m_caseDepth -= m_caseDepth > 0 ? 1 : 0;
            if (!m_cases.empty())
                m_cases.pop_back();
            m_inBody = m_caseDepth > 0;
            return true;
        }
        return false;
    }

    bool openBrace(const std::string& text)
    {
        if (text != "{")
            return true;
        m_braces.push_back(m_pendingFunction);
        m_pendingFunction.clear();
        return true;
    }

    bool closeBrace()
    {
        if (!m_braces.empty())
            m_braces.pop_back();
        return true;
    }

    /// `case $x in`
    void skipCaseHead()
    {
        const std::size_t in = m_text.find(" in", m_at);
        const std::size_t end = std::min(m_text.find('\n', m_at), m_text.size());
        std::string word(m_text.substr(m_at, std::min(in, end) - m_at));
        std::erase_if(word, [](char c) { return c == '"' || c == '\'' || isBlank(c); });
        m_cases.push_back({.number = ++m_casesRead, .word = std::move(word), .patterns = {}});
        m_patterns.clear();
        m_at = in != std::string_view::npos && in < end ? in + 3 : end;
    }

    std::string currentFunction() const
    {
        for (auto each = m_braces.rbegin(); each != m_braces.rend(); ++each) {
            if (!each->empty())
                return *each;
        }
        return {};
    }

    /// Commands of $(…) in the word before.
    void readSubstitutions()
    {
        for (const Substitution& each : takeSubstitutions()) {
            if (m_depth >= deepestSubstitution)
                continue;
            for (ShellCommand& command : ShellParser(each.text, each.line, m_depth + 1).read()) {
                command.substitution = true;
                command.function = currentFunction();
                m_inner.push_back(std::move(command));
            }
        }
    }

    void finish(ShellOperator after)
    {
        m_skipToEnd = false;
        if (m_current.words.empty() && m_current.assignments.empty()) {
            if (after != ShellOperator::Sequence)
                m_before = after;
            return;
        }
        m_current.before = m_before;
        m_current.after = after;
        m_current.function = currentFunction();
        m_current.inCondition = m_condition;
        m_current.inLoopHead = m_loopHead;
        m_current.inBranch = m_branches > 0 || m_caseDepth > 0;
        m_current.branch = m_branch;
        m_current.cases = m_cases;
        m_before = after;
        for (ShellCommand& each : m_inner)
            m_commands.push_back(std::move(each));
        for (PendingDocument& document : m_documents) {
            if (document.command == std::string::npos)
                document.command = m_commands.size();
        }
        m_inner.clear();
        m_commands.push_back(std::move(m_current));
        m_current = {};
    }

    int m_depth;
    std::vector<ShellCommand> m_commands;
    std::vector<ShellCommand> m_inner; ///< of $(…) in the words of the command being read
    ShellCommand m_current;
    ShellOperator m_before = ShellOperator::Sequence;
    std::vector<PendingDocument> m_documents;
    std::vector<std::string> m_braces; ///< function that each open brace begins; empty: a group
    std::string m_pendingFunction;
    int m_caseDepth = 0;
    std::vector<ShellCase> m_cases;
    std::vector<std::string> m_patterns; ///< of the branch that is about to begin
    int m_casesRead = 0;
    int m_branches = 0;
    int m_branch = 0;
    bool m_inBody = false; ///< behind a pattern of case
    bool m_condition = false;
    bool m_loopHead = false;
    bool m_skipToEnd = false;
    bool m_functionWord = false;
    bool m_inTest = false;
};

} // namespace

const std::string& ShellCommand::program() const
{
    static const std::string none;
    return words.empty() ? none : words.front();
}

std::string ShellCommand::text() const
{
    std::string made;
    for (const std::string& word : words)
        made += (made.empty() ? "" : " ") + word;
    return made;
}

std::vector<ShellCommand> readShell(std::string_view text, int firstLine)
{
    return ShellParser(text, firstLine, 0).read();
}

} // namespace sightglass
