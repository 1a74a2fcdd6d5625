// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/body_writer.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

namespace sightglass {

namespace {

constexpr std::size_t longestLine = 100;
constexpr std::string_view indentation = "    ";

bool isWord(char each)
{
    return std::isalnum(static_cast<unsigned char>(each)) != 0 || each == '_' || each == '$';
}

std::string hexEscape(unsigned char each)
{
    constexpr std::string_view digits = "0123456789abcdef";
    return std::string("\\x") + digits[each >> 4U] + digits[each & 0xFU];
}

std::string quoted(std::string_view text, char quote)
{
    std::string made(1, quote);
    for (const char each : text) {
        const auto byte = static_cast<unsigned char>(each);
        if (each == quote || each == '\\')
            made += '\\';
        if (each == '\n')
            made += "\\n";
        else if (each == '\t')
            made += "\\t";
        else if (byte < ' ' || byte == 0x7F)
            made += hexEscape(byte);
        else
            made += each;
    }
    return made + quote;
}

/// Between three quotes, line by line as it is.
std::string tripleQuoted(std::string_view text)
{
    std::string made;
    for (const char each : text) {
        const auto byte = static_cast<unsigned char>(each);
        if (each == '\\' || each == '"')
            made += each == '\\' || made.ends_with('"') ? "\\" : "";
        if ((byte < ' ' && each != '\n' && each != '\t') || byte == 0x7F)
            made += hexEscape(byte);
        else
            made += each;
    }
    if (made.ends_with('"'))
        made.insert(made.size() - 1, "\\");
    return "\"\"\"" + made + "\"\"\"";
}

/// What stands in an ARRAY[…] of texts, without the casts; absent: something else stands there.
std::optional<std::string> textsOf(std::string_view list)
{
    constexpr std::string_view cast = "::character varying";
    std::string texts;
    for (std::size_t at = 0; at < list.size();) {
        if (list[at] != '\'')
            return std::nullopt;
        std::size_t end = at + 1;
        while (end < list.size() &&
               (list[end] != '\'' || (end + 1 < list.size() && list[end + 1] == '\'')))
            end += list[end] == '\'' ? 2 : 1;
        texts += (texts.empty() ? "" : ", ") + std::string(list.substr(at, end + 1 - at));
        at = end + 1;
        if (!list.substr(std::min(at, list.size())).starts_with(cast))
            return std::nullopt;
        at += cast.size();
        if (list.substr(at).starts_with(", "))
            at += 2;
    }
    return texts.find(", ") == std::string::npos ? std::nullopt : std::optional(texts);
}

/// Begin and end of the name in "(name)::text" that ends at `end`; npos: another expression.
std::size_t nameBefore(const std::string& sql, std::size_t end)
{
    constexpr std::string_view cast = ")::text";
    if (end < cast.size() || sql.compare(end - cast.size(), cast.size(), cast) != 0)
        return std::string::npos;
    const std::size_t open = sql.rfind('(', end - cast.size());
    for (std::size_t at = open + 1; open != std::string::npos && at < end - cast.size(); ++at) {
        if (!isWord(sql[at]) && sql[at] != '"')
            return std::string::npos;
    }
    return open;
}

std::string joined(const std::vector<std::string>& parts)
{
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : ", ") + part;
    return text;
}

} // namespace

std::string pythonLiteral(std::string_view text)
{
    const bool hasSingle = text.find('\'') != std::string_view::npos;
    const bool hasDouble = text.find('"') != std::string_view::npos;
    return quoted(text, hasSingle && !hasDouble ? '"' : '\'');
}

std::string pythonLiterals(const std::vector<std::string>& texts)
{
    std::vector<std::string> literals;
    for (const std::string& text : texts)
        literals.push_back(pythonLiteral(text));
    return "[" + joined(literals) + "]";
}

std::string escapedForText(std::string_view sql)
{
    std::string made;
    for (std::size_t at = 0; at < sql.size(); ++at) {
        const char before = at == 0 ? ' ' : sql[at - 1];
        std::size_t end = at + 1;
        while (end < sql.size() && isWord(sql[end]))
            ++end;
        const bool isName =
            sql[at] == ':' && end > at + 1 && (end == sql.size() || sql[end] != ':');
        const bool isParameter = isName && before != ':' && !isWord(before) && before != '\\';
        const bool losesItsBackslash =
            sql[at] == ':' && before == '\\' && (end == sql.size() || sql[end] != ':');
        if (isParameter || losesItsBackslash)
            made += '\\';
        made += sql[at];
    }
    return made;
}

std::string readableExpression(const std::string& sql)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 2> forms{
        {{" = ANY ((ARRAY[", " IN ("}, {" <> ALL ((ARRAY[", " NOT IN ("}}};
    constexpr std::string_view close = "])::text[])";
    constexpr std::size_t castLength = std::string_view(")::text").size();
    std::string made = sql;
    for (const auto& [form, word] : forms) {
        for (std::size_t at = made.find(form); at != std::string::npos;
             at = made.find(form, at + 1)) {
            const std::size_t begin = nameBefore(made, at);
            const std::size_t list = at + form.size();
            const std::size_t end = made.find(close, list);
            if (begin == std::string::npos || end == std::string::npos)
                continue;
            const auto texts = textsOf(std::string_view(made).substr(list, end - list));
            if (!texts)
                continue;
            const std::string name = made.substr(begin + 1, at - castLength - begin - 1);
            made.replace(
                begin, end + close.size() - begin, name + std::string(word) + *texts + ")");
            at = begin;
        }
    }
    return made;
}

std::string saText(std::string_view sql)
{
    return "sa.text(" + pythonLiteral(escapedForText(sql)) + ")";
}

void BodyWriter::call(const std::string& function,
                      const std::vector<std::string>& arguments,
                      bool tall)
{
    const std::string line = std::string(indentation) + function + "(" + joined(arguments) + ")";
    if (!tall && line.size() <= longestLine) {
        m_text += line + "\n";
        return;
    }
    m_text += std::string(indentation) + function + "(\n";
    for (const std::string& argument : arguments)
        m_text += std::string(indentation) + std::string(indentation) + argument + ",\n";
    m_text += std::string(indentation) + ")\n";
}

void BodyWriter::executeIndented(const std::string& sql, const std::string& indent)
{
    const std::string text = escapedForText(sql);
    const bool isShort =
        text.find('\n') == std::string::npos && text.size() + indent.size() + 16 <= longestLine;
    m_text += indent + "op.execute(" + (isShort ? pythonLiteral(text) : tripleQuoted(text)) + ")\n";
}

void BodyWriter::execute(const std::string& sql)
{
    executeIndented(sql, std::string(indentation));
}

void BodyWriter::executeAlone(const std::string& sql)
{
    m_text += std::string(indentation) + "with op.get_context().autocommit_block():\n";
    executeIndented(sql, std::string(indentation) + std::string(indentation));
}

void BodyWriter::comment(const std::string& text)
{
    m_text += std::string(indentation) + "# " + text + "\n";
}

} // namespace sightglass
