// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replay/spelling.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace sightglass::replaying {

namespace {

bool isWordByte(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// Position after the quoted text that opens at `at`; a quote inside is doubled.
std::size_t afterQuoted(std::string_view text, std::size_t at)
{
    const char quote = text[at];
    for (++at; at < text.size(); ++at) {
        if (text[at] != quote)
            continue;
        if (at + 1 == text.size() || text[at + 1] != quote)
            return at + 1;
        ++at;
    }
    return text.size();
}

/// One identifier from `at` on, folded unless quoted; `at` moves behind it.
std::string identifierAt(std::string_view text, std::size_t& at)
{
    std::string name;
    if (at < text.size() && text[at] == '"') {
        const std::size_t end = afterQuoted(text, at);
        for (std::size_t i = at + 1; i + 1 < end; ++i) {
            name += text[i];
            if (text[i] == '"')
                ++i;
        }
        at = end;
        return name;
    }
    for (; at < text.size() && isWordByte(text[at]); ++at)
        name += static_cast<char>(std::tolower(static_cast<unsigned char>(text[at])));
    return name;
}

} // namespace

std::string clipped(std::string_view name, std::size_t bytes)
{
    if (name.size() <= bytes)
        return std::string(name);
    while (bytes > 0 && (static_cast<unsigned char>(name[bytes]) & 0xC0U) == 0x80U)
        --bytes;
    return std::string(name.substr(0, bytes));
}

bool isSystemNamespace(std::string_view name)
{
    return name == "pg_catalog" || name == "information_schema" || name == "pg_toast";
}

std::string baseTypeOf(std::string_view type)
{
    std::string base;
    for (std::size_t at = 0; at < type.size();) {
        if (type[at] == '"') {
            const std::size_t end = afterQuoted(type, at);
            base += type.substr(at, end - at);
            at = end;
        } else if (type[at] == '(') {
            const std::size_t close = type.find(')', at);
            at = close == std::string_view::npos ? type.size() : close + 1;
        } else if (type[at] == '[') {
            break;
        } else {
            base += type[at++];
        }
    }
    return base;
}

bool hasModifier(std::string_view type)
{
    return baseTypeOf(type) != type.substr(0, type.find('['));
}

std::string withBaseType(std::string_view type, std::string_view from, std::string_view to)
{
    if (!type.starts_with(from) || baseTypeOf(type) != from)
        return std::string(type);
    return std::string(to) + std::string(type.substr(from.size()));
}

QualifiedName nameFromSql(std::string_view text)
{
    QualifiedName name;
    std::size_t at = 0;
    name.name = identifierAt(text, at);
    if (at < text.size() && text[at] == '.') {
        ++at;
        name.schema = std::move(name.name);
        name.name = identifierAt(text, at);
    }
    return name;
}

std::vector<QualifiedName> candidates(const QualifiedName& name,
                                      const std::vector<std::string>& path)
{
    if (!name.schema.empty())
        return {name};
    std::vector<QualifiedName> names;
    if (name.name.empty())
        return names;
    for (const std::string& schema : path)
        names.push_back({.schema = schema, .name = name.name});
    return names;
}

std::vector<QualifiedName> sequencesNamedIn(std::string_view expression)
{
    constexpr std::string_view call = "nextval('";
    std::vector<QualifiedName> names;
    std::size_t at = expression.find(call);
    while (at != std::string_view::npos) {
        const std::size_t open = at + call.size() - 1;
        const std::size_t end = afterQuoted(expression, open);
        if (end < open + 2)
            break;
        const std::string text =
            replacedAll(std::string(expression.substr(open + 1, end - open - 2)), "''", "'");
        names.push_back(nameFromSql(text));
        at = expression.find(call, end);
    }
    return names;
}

std::string quotedLiteral(std::string_view text)
{
    return "'" + replacedAll(std::string(text), "'", "''") + "'";
}

std::string replacedAll(std::string text, std::string_view from, std::string_view to)
{
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

std::string
withWordReplaced(std::string_view expression, std::string_view from, std::string_view to)
{
    std::string text;
    for (std::size_t at = 0; at < expression.size();) {
        const bool start =
            at == 0 || (!isWordByte(expression[at - 1]) && expression[at - 1] != '.');
        const std::size_t end = at + from.size();
        if (start && expression.substr(at).starts_with(from) &&
            (end >= expression.size() ||
             (!isWordByte(expression[end]) && expression[end] != '"'))) {
            text += to;
            at = end;
        } else if (expression[at] == '\'' || expression[at] == '"') {
            const std::size_t after = afterQuoted(expression, at);
            text += expression.substr(at, after - at);
            at = after;
        } else {
            text += expression[at++];
        }
    }
    return text;
}

QualifiedName functionOfTrigger(std::string_view definition)
{
    for (const std::string_view words : {"EXECUTE FUNCTION ", "EXECUTE PROCEDURE "}) {
        const std::size_t at = definition.rfind(words);
        if (at != std::string_view::npos)
            return nameFromSql(definition.substr(at + words.size()));
    }
    return {};
}

std::vector<std::string> searchPathOf(std::string_view setting)
{
    std::vector<std::string> names;
    std::size_t at = 0;
    while (at < setting.size()) {
        const char c = setting[at];
        if (c == '\'' || c == '"') {
            const std::size_t end = afterQuoted(setting, at);
            std::string name = replacedAll(std::string(setting.substr(at + 1, end - at - 2)),
                                           std::string(2, c),
                                           std::string(1, c));
            if (name != "$user" && !name.empty())
                names.push_back(std::move(name));
            at = end;
        } else if (isWordByte(c)) {
            std::string name = identifierAt(setting, at);
            if (name != "$user")
                names.push_back(std::move(name));
        } else {
            ++at;
        }
    }
    return names;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator)
{
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0)
            text += separator;
        text += parts[i];
    }
    return text;
}

} // namespace sightglass::replaying
