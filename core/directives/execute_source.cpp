// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/execute_source.h"

#include "core/python/literal.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace sightglass {

namespace {

constexpr int deepestTemplate = 20;
constexpr int mostSteps = 1000;
constexpr std::size_t mostTemplates = 16;

/// The names that a call gives its SQL under, where it is not the first positional argument.
constexpr std::array<std::string_view, 5> sqlKeywords{
    "sqltext", "statement", "object_", "text", "clause"};

SyntaxNode sqlArgument(SyntaxNode call)
{
    for (SyntaxNode argument : call.field("arguments").namedChildren()) {
        if (argument.is("keyword_argument")) {
            if (std::ranges::find(sqlKeywords, argument.field("name").text()) != sqlKeywords.end())
                return argument.field("value");
        } else {
            return argument;
        }
    }
    return {};
}

std::string_view lastNameOf(SyntaxNode function)
{
    return function.is("attribute") ? function.field("attribute").text() : function.text();
}

/// Calls whose SQL is that of their first argument.
bool passesSqlOn(std::string_view name)
{
    constexpr std::array<std::string_view, 6> names{
        "text", "DDL", "dedent", "cleandoc", "TextClause", "str"};
    return std::ranges::find(names, name) != names.end();
}

/// Methods that give back the text, or nearly, that they are called on.
bool keepsItsSql(std::string_view name)
{
    constexpr std::array<std::string_view, 10> names{"strip",
                                                     "lstrip",
                                                     "rstrip",
                                                     "bindparams",
                                                     "params",
                                                     "execution_options",
                                                     "replace",
                                                     "columns",
                                                     "encode",
                                                     "expandtabs"};
    return std::ranges::find(names, name) != names.end();
}

std::string_view prefixOf(SyntaxNode string)
{
    const std::string_view text = string.text();
    return text.substr(0, std::min(text.find_first_of("'\""), text.size()));
}

bool has(std::string_view prefix, char letter)
{
    return prefix.find(letter) != std::string_view::npos ||
           prefix.find(static_cast<char>(letter - 'a' + 'A')) != std::string_view::npos;
}

std::size_t escapeLength(std::string_view content, std::size_t at)
{
    if (at + 1 >= content.size())
        return 1;
    switch (content[at + 1]) {
    case 'x':
        return 4;
    case 'u':
        return 6;
    case 'U':
        return 10;
    case 'N': {
        const std::size_t close = content.find('}', at);
        return close == std::string_view::npos ? 2 : close + 1 - at;
    }
    default:
        break;
    }
    std::size_t length = 1;
    while (length < 4 && at + length < content.size() && content[at + length] >= '0' &&
           content[at + length] <= '7')
        ++length;
    return std::max<std::size_t>(length, 2);
}

/// Decodes one plain string and notes where in the file every byte comes from.
bool decodeWithOffsets(SyntaxNode string, std::string& text, std::vector<std::size_t>& offsets)
{
    const std::string_view prefix = prefixOf(string);
    const auto parts = string.children();
    if (has(prefix, 'f') || has(prefix, 'b') || parts.size() < 2)
        return false;
    const std::size_t begin = parts.front().end();
    const std::size_t end = parts.back().begin();
    const std::string_view content = string.text().substr(begin - string.begin(), end - begin);
    for (std::size_t at = 0; at < content.size();) {
        const bool escape = content[at] == '\\' && !has(prefix, 'r');
        const std::size_t length =
            std::min(escape ? escapeLength(content, at) : 1, content.size() - at);
        std::optional<std::string> decoded(content.substr(at, length));
        if (escape)
            decoded = decodeStringPart(content.substr(at, length), prefix);
        if (!decoded)
            return false;
        text += *decoded;
        offsets.insert(offsets.end(), decoded->size(), begin + at);
        at += length;
    }
    return true;
}

SyntaxNode plainLiteralOf(SyntaxNode node)
{
    for (int depth = 0; node && depth < deepestTemplate; ++depth) {
        if (node.is("string") || node.is("concatenated_string"))
            return node;
        if (node.is("parenthesized_expression"))
            node = node.firstNamed();
        else if (node.is("call") && keepsItsSql(lastNameOf(node.field("function"))) &&
                 lastNameOf(node.field("function")) == "bindparams")
            node = node.field("function").field("object");
        else if (node.is("call") && (lastNameOf(node.field("function")) == "text" ||
                                     lastNameOf(node.field("function")) == "DDL"))
            node = sqlArgument(node);
        else
            return {};
    }
    return {};
}

/// Which of several an expression is taken to be, by where it or the name's first value begins.
using Choices = std::map<std::size_t, std::size_t>;

/// Builds the text of an expression with `unknownMark` for what it does not spell out.
class TemplateReader
{
public:
    TemplateReader(const SourceIndex& index, Choices choices)
        : m_index(index)
        , m_choices(std::move(choices))
    {}

    /// How many there are to choose from where no choice was made; absent: there is no such place.
    const std::optional<std::pair<std::size_t, std::size_t>>& open() const { return m_open; }

    std::string read(SyntaxNode node, int depth = 0)
    {
        if (!node || depth > deepestTemplate || ++m_steps > mostSteps)
            return unknown();
        if (node.is("string"))
            return string(node, depth);
        if (node.is("concatenated_string")) {
            std::string all;
            for (SyntaxNode part : node.namedChildren())
                all += read(part, depth + 1);
            return all;
        }
        if (node.is("parenthesized_expression"))
            return read(node.firstNamed(), depth + 1);
        if (node.is("binary_operator"))
            return operation(node, depth);
        if (node.is("call"))
            return call(node, depth);
        if (node.is("identifier"))
            return name(node, depth);
        if (node.is("conditional_expression"))
            return eitherOf(node, depth);
        if (node.is("augmented_assignment"))
            return read(node.field("left"), depth + 1) + read(node.field("right"), depth + 1);
        return unknown();
    }

private:
    static std::string unknown() { return std::string(unknownMark); }

    std::string string(SyntaxNode node, int depth)
    {
        const std::string_view prefix = prefixOf(node);
        if (!has(prefix, 'f')) {
            const Literal literal = decodeString(node.text());
            return literal.isText() ? literal.text : unknown();
        }
        std::string all;
        for (SyntaxNode part : node.children()) {
            if (part.is("string_content"))
                all += decodeStringPart(part.text(), prefix).value_or(unknown());
            else if (part.is("interpolation"))
                all += interpolated(part.firstNamed(), depth);
        }
        return all;
    }

    /// Names only: anything longer was not known either, or the whole text would have been.
    std::string interpolated(SyntaxNode node, int depth)
    {
        return node.is("identifier") ? read(node, depth + 1) : unknown();
    }

    std::string operation(SyntaxNode node, int depth)
    {
        const std::string_view sign = node.field("operator").text();
        if (sign == "+")
            return read(node.field("left"), depth + 1) + read(node.field("right"), depth + 1);
        if (sign == "%")
            return filledIn(read(node.field("left"), depth + 1));
        return unknown();
    }

    static std::string filledIn(const std::string& format)
    {
        std::string all;
        for (std::size_t at = 0; at < format.size(); ++at) {
            if (format[at] != '%' || at + 1 >= format.size()) {
                all += format[at];
                continue;
            }
            if (format[at + 1] == '%') {
                all += '%';
                ++at;
                continue;
            }
            ++at;
            if (format[at] == '(') {
                const std::size_t close = format.find(')', at);
                if (close == std::string::npos)
                    break;
                at = close + 1;
            }
            while (at < format.size() &&
                   std::string_view("0123456789.+-# ").find(format[at]) != std::string_view::npos)
                ++at;
            all += unknownMark;
        }
        return all;
    }

    static std::string formatted(const std::string& format)
    {
        std::string all;
        for (std::size_t at = 0; at < format.size(); ++at) {
            const char c = format[at];
            const bool doubled = at + 1 < format.size() && format[at + 1] == c;
            if ((c == '{' || c == '}') && doubled) {
                all += c;
                ++at;
            } else if (c == '{') {
                const std::size_t close = format.find('}', at);
                if (close == std::string::npos)
                    break;
                all += unknownMark;
                at = close;
            } else {
                all += c;
            }
        }
        return all;
    }

    std::string call(SyntaxNode node, int depth)
    {
        const SyntaxNode function = node.field("function");
        const std::string_view last = lastNameOf(function);
        const SyntaxNode object = function.field("object");
        if (function.is("attribute") && last == "format")
            return formatted(read(object, depth + 1));
        if (function.is("attribute") && keepsItsSql(last))
            return read(object, depth + 1);
        if (passesSqlOn(last))
            return read(sqlArgument(node), depth + 1);
        return unknown();
    }

    std::string eitherOf(SyntaxNode node, int depth)
    {
        const std::vector<SyntaxNode> parts = node.namedChildren(); // this, the condition, that
        if (parts.size() != 3)
            return unknown();
        return read(chosen(node.begin(), 2) == 0 ? parts.front() : parts.back(), depth + 1);
    }

    std::string name(SyntaxNode node, int depth)
    {
        const std::vector<SyntaxNode> values = m_index.allValuesOf(node.text());
        if (values.empty())
            return unknown();
        const std::size_t key = values.front().begin();
        // Within one of its own values it is what it was before.
        const auto own = m_within.find(key);
        const std::size_t before = own == m_within.end() ? values.size() : own->second;
        if (before == 0)
            return unknown();
        const std::size_t at = own == m_within.end() ? chosen(key, values.size()) : before - 1;
        m_within[key] = at;
        std::string text = read(values[at], depth + 1);
        if (own == m_within.end())
            m_within.erase(key);
        else
            m_within[key] = before;
        return text;
    }

    std::size_t chosen(std::size_t key, std::size_t count)
    {
        if (count == 1)
            return 0;
        if (const auto found = m_choices.find(key); found != m_choices.end())
            return found->second;
        if (!m_open)
            m_open.emplace(key, count);
        return 0;
    }

    const SourceIndex& m_index;
    Choices m_choices;
    std::optional<std::pair<std::size_t, std::size_t>> m_open;
    std::map<std::size_t, std::size_t> m_within; ///< which value of a name is being read
    int m_steps = 0;
};

} // namespace

std::optional<SqlLiteral> SqlLiteral::find(const SourceIndex& index, const SourceSpan& call)
{
    const SyntaxNode literal = plainLiteralOf(sqlArgument(index.callAt(call)));
    if (!literal)
        return std::nullopt;
    SqlLiteral found;
    found.m_index = &index;
    const std::vector<SyntaxNode> parts =
        literal.is("string") ? std::vector<SyntaxNode>{literal} : literal.namedChildren();
    for (SyntaxNode part : parts) {
        if (!part.is("string") || !decodeWithOffsets(part, found.m_text, found.m_offsets))
            return std::nullopt;
    }
    found.m_offsets.push_back(literal.end());
    return found;
}

SourceSpan SqlLiteral::span(std::size_t begin, std::size_t end) const
{
    const std::size_t last = m_offsets.size() - 1;
    // The end of the last byte, not the beginning of what follows it: pieces may lie apart.
    const std::size_t endOffset = end > begin && end <= m_text.size()
                                      ? m_offsets[end - 1] + 1
                                      : m_offsets[std::min(end, last)];
    return m_index->spanOf(m_offsets[std::min(begin, last)], endOffset);
}

bool givesDataStatement(const SourceIndex& index, const SourceSpan& call)
{
    constexpr std::array<std::string_view, 4> makers{"update", "insert", "delete", "select"};
    // Whichever of a name's values it is, it has to be one.
    std::vector<SyntaxNode> open{sqlArgument(index.callAt(call))};
    std::set<std::string, std::less<>> names; // seen: `query = query.where(…)` comes back to itself
    for (int step = 0; !open.empty(); ++step) {
        const SyntaxNode node = open.back();
        open.pop_back();
        if (!node || step >= mostSteps)
            return false;
        if (node.is("parenthesized_expression")) {
            open.push_back(node.firstNamed());
        } else if (node.is("identifier")) {
            if (!names.emplace(node.text()).second)
                continue;
            const std::vector<SyntaxNode> values = index.allValuesOf(node.text());
            if (values.empty())
                return false;
            open.insert(open.end(), values.begin(), values.end());
        } else if (node.is("call")) {
            const SyntaxNode function = node.field("function");
            if (std::ranges::find(makers, lastNameOf(function)) == makers.end())
                open.push_back(function.field("object"));
        } else {
            return false;
        }
    }
    return true;
}

std::vector<std::string> sqlTemplates(const SourceIndex& index, const SourceSpan& call)
{
    const SyntaxNode argument = sqlArgument(index.callAt(call));
    if (!argument)
        return {};
    std::vector<std::string> texts;
    std::vector<Choices> open{{}};
    while (!open.empty()) {
        const Choices choices = std::move(open.back());
        open.pop_back();
        TemplateReader reader(index, choices);
        std::string text = reader.read(argument);
        if (reader.open()) {
            const auto [key, count] = *reader.open();
            for (std::size_t each = count; each-- > 0;) {
                open.push_back(choices);
                open.back().emplace(key, each);
            }
        } else if (text.starts_with(unknownMark)) {
            return {};
        } else if (std::ranges::find(texts, text) == texts.end()) {
            texts.push_back(std::move(text));
        }
        if (open.size() + texts.size() > mostTemplates)
            return {};
    }
    return texts;
}

} // namespace sightglass
