// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/statement_text.h"

#include <algorithm>
#include <charconv>

namespace sightglass {

namespace {

bool opens(const SqlToken& token)
{
    return token.isMark('(') || token.isMark('[');
}

bool closes(const SqlToken& token)
{
    return token.isMark(')') || token.isMark(']');
}

/// Calls `visit(index, depth)` for each token of `range` until it returns false; depth is that
/// outside of a bracket for the bracket itself.
template <typename Visit>
void walk(const StatementText& statement, TokenRange range, Visit visit)
{
    std::size_t depth = 0;
    for (std::size_t i = range.begin; i < range.end && i < statement.all().end; ++i) {
        const SqlToken& token = statement.token(i);
        if (closes(token) && depth > 0)
            --depth;
        if (!visit(i, depth))
            return;
        if (opens(token))
            ++depth;
    }
}

} // namespace

const SqlToken& StatementText::token(std::size_t index) const
{
    static const SqlToken none;
    return index < m_tokens.size() ? m_tokens[index] : none;
}

std::size_t StatementText::at(std::size_t offset) const
{
    const auto found = std::lower_bound(
        m_tokens.begin(), m_tokens.end(), offset, [](const SqlToken& token, std::size_t at) {
            return token.begin < at;
        });
    return static_cast<std::size_t>(found - m_tokens.begin());
}

TokenRange StatementText::from(const ParseNode& node) const
{
    const auto location = node.location();
    return {location ? at(*location) : m_tokens.size(), m_tokens.size()};
}

std::size_t StatementText::closing(std::size_t open) const
{
    std::size_t result = m_tokens.size();
    walk(*this, {open, m_tokens.size()}, [&](std::size_t i, std::size_t depth) {
        if (i == open || depth > 0 || !closes(token(i)))
            return true;
        result = i;
        return false;
    });
    return result;
}

std::size_t StatementText::find(TokenRange range, std::string_view word) const
{
    std::size_t result = range.end;
    walk(*this, range, [&](std::size_t i, std::size_t depth) {
        if (depth > 0 || !token(i).is(word))
            return true;
        result = i;
        return false;
    });
    return result;
}

std::size_t StatementText::findOpening(TokenRange range) const
{
    for (std::size_t i = range.begin; i < range.end && i < m_tokens.size(); ++i) {
        if (isMark(i, '('))
            return i;
    }
    return range.end;
}

TokenRange StatementText::item(TokenRange range) const
{
    TokenRange result{range.begin, std::min(range.end, m_tokens.size())};
    std::size_t depth = 0;
    for (std::size_t i = range.begin; i < result.end; ++i) {
        if (depth == 0 && (isMark(i, ',') || closes(token(i)))) {
            result.end = i;
            break;
        }
        if (opens(token(i)))
            ++depth;
        else if (closes(token(i)))
            --depth;
    }
    return result;
}

std::vector<TokenRange> StatementText::items(TokenRange range) const
{
    std::vector<TokenRange> result;
    range.end = std::min(range.end, m_tokens.size());
    while (range.begin < range.end) {
        const TokenRange one = item(range);
        result.push_back(one);
        range.begin = one.end + 1;
    }
    return result;
}

std::size_t StatementText::behindName(std::size_t index) const
{
    ++index;
    while (isMark(index, '.'))
        index += 2;
    return index;
}

std::string StatementText::cut(TokenRange range) const
{
    range.end = std::min(range.end, m_tokens.size());
    std::string result;
    for (std::size_t i = range.begin; i < range.end; ++i) {
        if (i > range.begin) {
            const std::size_t before = m_tokens[i - 1].end;
            const std::string_view gap = m_text.substr(before, m_tokens[i].begin - before);
            const bool comment = gap.find_first_not_of(" \t\r\n\f") != std::string_view::npos;
            result += comment ? std::string_view(" ") : gap;
        }
        result += m_tokens[i].text;
    }
    return result;
}

std::string StatementText::cutBare(TokenRange range) const
{
    range.end = std::min(range.end, m_tokens.size());
    while (range.begin < range.end && isMark(range.begin, '(') &&
           closing(range.begin) + 1 == range.end)
        range = {range.begin + 1, range.end - 1};
    return cut(range);
}

bool StatementText::has(NewerClause clause, TokenRange range) const
{
    if (m_notes.empty() || range.empty())
        return false;
    const std::size_t begin = token(range.begin).begin;
    const std::size_t end =
        range.end < m_tokens.size() ? m_tokens[range.end].begin : m_text.size() + 1;
    return std::ranges::any_of(m_notes, [&](const NewerNote& note) {
        return note.clause == clause && note.offset >= begin && note.offset < end;
    });
}

SqlText sqlTextOf(const StatementText& statement, TokenRange range)
{
    std::string text = statement.cut(range);
    if (text.empty())
        return Unknown{"its text can't be located in the statement"};
    return text;
}

SqlText bareSqlTextOf(const StatementText& statement, TokenRange range)
{
    std::string text = statement.cutBare(range);
    if (text.empty())
        return Unknown{"its text can't be located in the statement"};
    return text;
}

QualifiedName relationName(const ParseNode& rangeVar)
{
    return {.schema = std::string(rangeVar.text("schemaname")),
            .name = std::string(rangeVar.text("relname"))};
}

QualifiedName nameOfParts(const std::vector<std::string>& parts)
{
    if (parts.empty())
        return {};
    return {.schema = parts.size() > 1 ? parts[parts.size() - 2] : std::string(),
            .name = parts.back()};
}

QualifiedName typeName(const ParseNode& typeNode)
{
    return nameOfParts(typeNode.strings("names"));
}

std::string sqlOfParts(const std::vector<std::string>& parts)
{
    std::string result;
    for (const std::string& part : parts)
        result += (result.empty() ? "" : ".") + quotedIdentifier(part);
    return result;
}

std::optional<std::int64_t> integerOf(const ParseNode& node)
{
    if (node.is("Integer"))
        return node.integer("ival");
    if (node.is("A_Const") && node.has("ival"))
        return node.field("ival").integer("ival");
    const std::string_view digits =
        node.is("A_Const") ? node.field("fval").text("fval") : node.text("fval");
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return value;
}

std::string plainValueOf(const ParseNode& node)
{
    if (node.is("A_Const")) {
        for (const std::string_view kind : {"sval", "fval", "bsval"}) {
            if (node.has(kind))
                return std::string(node.field(kind).text(kind));
        }
        if (node.has("boolval"))
            return node.field("boolval").flag("boolval") ? "true" : "false";
        return node.has("ival") ? std::to_string(node.field("ival").integer("ival")) : "NULL";
    }
    if (node.is("String"))
        return std::string(node.string());
    if (node.is("Integer"))
        return std::to_string(node.integer("ival"));
    if (node.is("Float"))
        return std::string(node.text("fval"));
    if (node.is("Boolean"))
        return node.flag("boolval") ? "true" : "false";
    if (node.is("TypeName"))
        return sqlOfParts(node.strings("names"));
    return {};
}

std::vector<std::string> columnNames(const ParseNode& node, std::string_view field)
{
    std::vector<std::string> result;
    for (const ParseNode& item : node.list(field))
        result.emplace_back(item.is("String") ? item.string() : item.text("name"));
    return result;
}

std::string upperCase(std::string_view text)
{
    std::string result(text);
    for (char& c : result) {
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    }
    return result;
}

std::string lowerCase(std::string_view text)
{
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

SqlChange readChange(Change change)
{
    SqlChange result;
    result.change = std::move(change);
    return result;
}

SqlChange opaqueChange(std::string what, QualifiedName about, bool structural, std::string reason)
{
    SqlChange result;
    result.reason = reason.empty() ? what : std::move(reason);
    result.change = change::Opaque{
        .what = std::move(what), .table = std::move(about), .structural = structural};
    return result;
}

} // namespace sightglass
