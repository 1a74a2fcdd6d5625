// SPDX-License-Identifier: GPL-3.0-or-later
// A careful fool: it accepts a file only when each line looks like Python by simple rules, and when
// no line could touch the wanted names but plain assignments. Any doubt gives the file to the tree.
#include "core/python/quick_scan.h"

#include "core/python/line_check.h"
#include "core/python/quick_tokens.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace sightglass {

namespace {

using Kind = QuickToken::Kind;
using Tokens = std::vector<QuickToken>;

constexpr std::array<std::string_view, 12> openers{"def",
                                                   "class",
                                                   "if",
                                                   "elif",
                                                   "else",
                                                   "for",
                                                   "while",
                                                   "try",
                                                   "except",
                                                   "finally",
                                                   "with",
                                                   "async"};
constexpr std::array<std::string_view, 16> refused{"global",
                                                   "nonlocal",
                                                   "del",
                                                   "exec",
                                                   "globals",
                                                   "locals",
                                                   "vars",
                                                   "setattr",
                                                   "eval",
                                                   "modules",
                                                   "__dict__",
                                                   "match",
                                                   "yield",
                                                   "await",
                                                   "print",
                                                   "type"};

TextRange rangeOf(const QuickToken& first, const QuickToken& last)
{
    return {.begin = first.begin,
            .end = last.begin + last.text.size(),
            .line = first.line,
            .column = first.column,
            .endLine = last.endLine,
            .endColumn = last.endColumn};
}

bool isPlainString(const QuickToken& token)
{
    return token.kind == Kind::String && token.text.front() != 'f' && token.text.front() != 'F';
}

/// Strings side by side as one text; empty when one of them can't be decoded.
std::optional<Literal> textOf(std::span<const QuickToken> tokens)
{
    if (tokens.empty() || !std::ranges::all_of(tokens, isPlainString))
        return std::nullopt;
    std::string all;
    for (const QuickToken& token : tokens) {
        const Literal one = decodeString(token.text);
        if (!one.isText())
            return std::nullopt;
        all += one.text;
    }
    Literal result = Literal::ofText(std::move(all));
    result.range = rangeOf(tokens.front(), tokens.back());
    return result;
}

/// None, a text, or a tuple or list of texts.
std::optional<Literal> plainValue(std::span<const QuickToken> tokens)
{
    if (tokens.size() == 1 && tokens.front().is("None")) {
        Literal none = Literal::none();
        none.range = rangeOf(tokens.front(), tokens.front());
        return none;
    }
    if (auto text = textOf(tokens))
        return text;
    const bool list = tokens.size() >= 2 && tokens.front().is("[") && tokens.back().is("]");
    const bool tuple = tokens.size() >= 2 && tokens.front().is("(") && tokens.back().is(")");
    if (!list && !tuple)
        return std::nullopt;
    Literal result{.kind = list ? Literal::Kind::List : Literal::Kind::Tuple,
                   .text = {},
                   .items = {},
                   .range = rangeOf(tokens.front(), tokens.back())};
    std::span<const QuickToken> rest = tokens.subspan(1, tokens.size() - 2);
    bool comma = rest.empty();
    while (!rest.empty()) {
        std::size_t length = 0;
        while (length < rest.size() && !rest[length].is(","))
            ++length;
        auto item = textOf(rest.first(length));
        if (!item)
            return std::nullopt;
        result.items.push_back(std::move(*item));
        comma = comma || length < rest.size();
        rest = rest.subspan(std::min(length + 1, rest.size()));
    }
    if (tuple && !comma)
        return std::move(result.items.front()); // only parentheses
    return result;
}

class Scanner
{
public:
    Scanner(std::string_view text, std::span<const std::string_view> wanted)
        : m_tokens(text)
        , m_wanted(wanted)
    {
        m_result.docstring = Literal::none();
    }

    std::optional<QuickModule> scan()
    {
        Tokens line;
        int indent = 0;
        while (true) {
            const auto state = m_tokens.next(line, indent);
            if (state == QuickTokens::State::GivenUp)
                return std::nullopt;
            if (state == QuickTokens::State::End)
                break;
            if (!readLine(line, indent))
                return std::nullopt;
            m_first = false;
        }
        if (m_blockDue || m_decorated)
            return std::nullopt;
        while (m_levels.size() > 1)
            m_levels.pop_back();
        return std::ranges::any_of(m_levels, [](const Level& level) { return level.last == "try"; })
                   ? std::nullopt
                   : std::optional(std::move(m_result));
    }

private:
    /// A depth of indentation.
    struct Level
    {
        int indent = 0;
        std::string_view last; ///< opener of the block that ended right above, if any
        bool inside = false;   ///< of a function or class: names are its own
    };

    bool enter(int indent)
    {
        if (m_blockDue) {
            if (indent <= m_levels.back().indent || m_levels.size() > 90)
                return false;
            m_levels.push_back(
                {.indent = indent, .last = {}, .inside = m_levels.back().inside || m_ownNames});
            m_blockDue = false;
            return true;
        }
        while (indent < m_levels.back().indent) {
            if (m_levels.back().last == "try" || m_decorated)
                return false;
            m_levels.pop_back();
        }
        return indent == m_levels.back().indent;
    }

    bool readLine(const Tokens& line, int indent)
    {
        if (!enter(indent))
            return false;
        const QuickToken& first = line.front();
        Level& level = m_levels.back();
        const std::string_view last = std::exchange(level.last, std::string_view());
        const bool opener = isOneOf(first.text, openers) && first.kind == Kind::Name;
        if (last == "try" && !first.is("except") && !first.is("finally"))
            return false;
        if (m_decorated && !first.is("def") && !first.is("class") && !first.is("@"))
            return false;
        m_decorated = false;
        if (!harmless(line, level.inside))
            return false;
        if (opener)
            return readOpener(line, last);
        if (first.is("@")) {
            m_decorated = true;
            return isExpression(std::span(line).subspan(1));
        }
        return readSimple(line, level.inside);
    }

    /// No word in the line by which names could be bound that we don't see.
    bool harmless(const Tokens& line, bool inside) const
    {
        return std::ranges::none_of(line, [&](const QuickToken& token) {
            if (token.kind != Kind::Name || !isOneOf(token.text, refused))
                return false;
            return !inside || isKeyword(token.text) || token.text == "print" ||
                   token.text == "exec" || token.text == "match" || token.text == "type";
        });
    }

    bool mentionsWanted(std::span<const QuickToken> tokens) const
    {
        return std::ranges::any_of(tokens, [&](const QuickToken& token) {
            return token.kind == Kind::Name &&
                   std::ranges::find(m_wanted, token.text) != m_wanted.end();
        });
    }

    bool readOpener(const Tokens& line, std::string_view last)
    {
        if (line.size() < 2 || !line.back().is(":") || line.back().depth != 0)
            return false;
        const std::string_view word = line.front().text;
        const std::span<const QuickToken> body(line.data() + 1, line.size() - 2);
        m_ownNames = word == "def" || word == "class";
        m_blockDue = true;
        m_levels.back().last = word;
        if (!m_levels.back().inside &&
            mentionsWanted(m_ownNames && !body.empty() ? body.first(1) : body))
            return false;
        if (word == "def") {
            return body.size() >= 3 && isPlainName(body[0]) && body[1].is("(") &&
                   isExpression(body, true);
        }
        if (word == "class")
            return !body.empty() && isPlainName(body[0]) && (body.size() == 1 || body[1].is("(")) &&
                   isExpression(body);
        if (!m_levels.back().inside)
            return false; // conditions at the top level are the tree's work
        return readClause(word, body, last);
    }

    static bool
    readClause(std::string_view word, std::span<const QuickToken> body, std::string_view last)
    {
        if (word == "if" || word == "while")
            return isExpression(body);
        if (word == "elif")
            return (last == "if" || last == "elif") && isExpression(body);
        if (word == "else")
            return body.empty() && (last == "if" || last == "elif" || last == "for" ||
                                    last == "while" || last == "except");
        if (word == "try")
            return body.empty();
        if (word == "finally")
            return body.empty() && (last == "try" || last == "except");
        if (word == "except")
            return (last == "try" || last == "except") && (body.empty() || withName(body));
        if (word == "with")
            return withName(body);
        if (word == "for") {
            const std::size_t in = findAtTop(body, "in");
            return in > 0 && in + 1 < body.size() && isLoopTarget(body.first(in)) &&
                   isExpression(body.subspan(in + 1));
        }
        return false; // async
    }

    static bool isLoopTarget(std::span<const QuickToken> tokens)
    {
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            if (i % 2 == 0 ? !isPlainName(tokens[i]) : !tokens[i].is(","))
                return false;
        }
        return tokens.size() % 2 == 1;
    }

    /// `expression` or `expression as name`.
    static bool withName(std::span<const QuickToken> tokens)
    {
        const std::size_t as = findAtTop(tokens, "as");
        if (as == tokens.size())
            return isExpression(tokens) && findAtTop(tokens, ",") == tokens.size();
        return as + 2 == tokens.size() && isPlainName(tokens.back()) &&
               isExpression(tokens.first(as)) && findAtTop(tokens.first(as), ",") == as;
    }

    bool readSimple(const Tokens& line, bool inside)
    {
        const QuickToken& first = line.front();
        const std::span<const QuickToken> all(line);
        if (first.is("pass") || first.is("break") || first.is("continue"))
            return line.size() == 1 && (inside || first.is("pass"));
        if (first.is("import") || first.is("from"))
            return readImport(all, inside);
        if (first.is("return"))
            return inside && (line.size() == 1 || isExpression(all.subspan(1)));
        if (first.is("raise"))
            return inside && (line.size() == 1 || isExpression(all.subspan(1)));
        if (first.is("assert"))
            return isExpression(all.subspan(1));
        if (m_first && std::ranges::all_of(
                           all, [](const QuickToken& token) { return token.kind == Kind::String; }))
            return readDocstring(all);
        if (m_first && first.is("("))
            return false; // a docstring may stand in brackets
        return readAssignment(all, inside);
    }

    bool readDocstring(std::span<const QuickToken> tokens)
    {
        auto text = textOf(tokens);
        if (!text)
            return false;
        m_result.docstring = std::move(*text);
        return true;
    }

    bool readImport(std::span<const QuickToken> tokens, bool inside)
    {
        if (!inside && mentionsWanted(tokens))
            return false;
        std::size_t at = 1;
        const auto dotted = [&] {
            if (at >= tokens.size() || !isPlainName(tokens[at]))
                return false;
            for (++at; at + 1 < tokens.size() && tokens[at].is("."); at += 2) {
                if (!isPlainName(tokens[at + 1]))
                    return false;
            }
            return true;
        };
        const bool from = tokens.front().is("from");
        if (from) {
            if (!dotted() || at >= tokens.size() || !tokens[at].is("import"))
                return false; // relative ones are left to the tree
            ++at;
        }
        const bool brackets =
            from && at < tokens.size() && tokens[at].is("(") && tokens.back().is(")");
        if (brackets) {
            ++at;
            tokens = tokens.first(tokens.size() - 1);
        }
        while (true) {
            if (from ? (at >= tokens.size() || !isPlainName(tokens[at++])) : !dotted())
                return false;
            if (at < tokens.size() && tokens[at].is("as")) {
                if (at + 1 >= tokens.size() || !isPlainName(tokens[at + 1]))
                    return false;
                at += 2;
            }
            if (at == tokens.size())
                return true;
            if (!tokens[at].is(","))
                return false;
            ++at;
            if (brackets && at == tokens.size())
                return true;
        }
    }

    bool readAssignment(std::span<const QuickToken> tokens, bool inside)
    {
        const std::size_t equals = findAtTop(tokens, "=");
        if (equals == tokens.size())
            return (inside || !mentionsWanted(tokens)) && isExpression(tokens) &&
                   !tokens.back().is(",");
        std::span<const QuickToken> target = tokens.first(equals);
        const std::span<const QuickToken> value = tokens.subspan(equals + 1);
        const std::size_t colon = findAtTop(target, ":");
        if (colon != target.size()) {
            if (!isExpression(target.subspan(colon + 1)))
                return false;
            target = target.first(colon);
        }
        if (!isTarget(target) || !isExpression(value) || value.back().is(","))
            return false;
        if (inside || !mentionsWanted(tokens))
            return true;
        if (target.size() != 1 || mentionsWanted(tokens.subspan(1)))
            return false;
        auto literal = plainValue(value);
        if (!literal)
            return false;
        m_result.names.names.insert_or_assign(
            std::string(target.front().text),
            Binding{.value = std::move(*literal), .range = rangeOf(tokens.front(), tokens.back())});
        return true;
    }

    QuickTokens m_tokens;
    std::span<const std::string_view> m_wanted;
    QuickModule m_result;
    std::vector<Level> m_levels{Level{}};
    bool m_blockDue = false;  ///< a line ended with a colon
    bool m_ownNames = false;  ///< … of a function or class
    bool m_decorated = false; ///< a decorator waits for its function
    bool m_first = true;
};

} // namespace

std::optional<QuickModule> quickScan(std::string_view text,
                                     std::span<const std::string_view> wanted)
{
    return Scanner(text, wanted).scan();
}

} // namespace sightglass
