// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postgres/index_definition.h"

namespace sightglass {

namespace {

/// Position after the quoted text or single character at `at`. Inside both kinds of quotes a quote
/// is doubled; pg_get_indexdef never writes \' in a literal.
std::size_t afterToken(std::string_view text, std::size_t at)
{
    const char quote = text[at];
    if (quote != '\'' && quote != '"')
        return at + 1;
    for (++at; at < text.size(); ++at) {
        if (text[at] != quote)
            continue;
        if (at + 1 == text.size() || text[at + 1] != quote)
            return at + 1;
        ++at;
    }
    return text.size();
}

/// First position of `word` from `at` on that is outside quotes and parentheses; npos when none.
std::size_t findOutside(std::string_view text, std::string_view word, std::size_t at)
{
    int depth = 0;
    while (at < text.size()) {
        if (depth == 0 && text.substr(at).starts_with(word))
            return at;
        depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
        at = afterToken(text, at);
    }
    return std::string_view::npos;
}

struct Elements
{
    std::vector<std::string> texts;
    std::size_t end = 0; ///< after the closing parenthesis
};

/// The comma separated elements of the list that opens at `open`.
Elements listAt(std::string_view text, std::size_t open)
{
    Elements list;
    int depth = 1;
    std::size_t start = open + 1;
    std::size_t at = start;
    while (at < text.size()) {
        const char c = text[at];
        const std::size_t next = afterToken(text, at);
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth == 0 || (depth == 1 && c == ',')) {
            list.texts.emplace_back(text.substr(start, at - start));
            start = at + 2; // ", "
        }
        at = next;
        if (depth == 0)
            break;
    }
    list.end = at;
    return list;
}

} // namespace

std::string unquotedIdentifier(std::string_view name)
{
    if (name.size() < 2 || name.front() != '"')
        return std::string(name);
    std::string text;
    for (std::size_t i = 1; i + 1 < name.size(); ++i) {
        text += name[i];
        if (name[i] == '"')
            ++i;
    }
    return text;
}

IndexDefinitionParts readIndexDefinition(std::string_view text)
{
    IndexDefinitionParts result;
    const std::size_t usingAt = findOutside(text, " USING ", 0);
    if (usingAt == std::string_view::npos)
        return result;
    const std::size_t open = findOutside(text, "(", usingAt);
    if (open == std::string_view::npos)
        return result;
    Elements keys = listAt(text, open);
    result.keys = std::move(keys.texts);
    std::size_t at = keys.end;
    if (text.substr(at).starts_with(" INCLUDE (")) {
        const Elements included = listAt(text, at + std::string_view(" INCLUDE ").size());
        for (const std::string& name : included.texts)
            result.include.push_back(unquotedIdentifier(name));
        at = included.end;
    }
    constexpr std::string_view where = " WHERE ";
    if (const std::size_t predicate = findOutside(text, where, at);
        predicate != std::string_view::npos)
        result.predicate = std::string(text.substr(predicate + where.size()));
    return result;
}

} // namespace sightglass
