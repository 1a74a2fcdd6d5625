// SPDX-License-Identifier: GPL-3.0-or-later
//
// Masks too much rather than too little: a password that was not escaped may hold any character, so
// between the colon after a user and the last @ of the word everything is taken for the password.
#include "core/live/connection_target.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

constexpr std::string_view mask = "***";

bool isSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool isWordCharacter(char c)
{
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// End of the word that starts at `from`.
std::size_t wordEnd(std::string_view text, std::size_t from)
{
    while (from < text.size() && !isSpace(text[from]))
        ++from;
    return from;
}

/// "5432", "5432/db", "5432,other": a port stands here, not a password.
bool startsWithPort(std::string_view text)
{
    std::size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9')
        ++digits;
    if (digits > 5)
        return false;
    constexpr std::string_view after = "/?,\"'<>();.]";
    return digits == text.size() ||
           (digits > 0 && after.find(text[digits]) != std::string_view::npos) ||
           (digits > 0 && isSpace(text[digits]));
}

struct Range
{
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// The password of the URL whose authority starts at `start`; empty when it has none.
Range passwordOfUrl(std::string_view text, std::size_t start)
{
    const std::size_t end = wordEnd(text, start);
    std::size_t search = start;
    if (start < end && text[start] == '[')
        search = std::min(text.find(']', start), end);
    const std::size_t colon = text.find(':', search);
    if (colon == std::string_view::npos || colon >= end)
        return {};
    std::size_t at = text.substr(0, end).rfind('@');
    if (at != std::string_view::npos && at > colon) {
        const std::string_view between = text.substr(colon + 1, at - colon - 1);
        // user@host:5432/db?mail=a@b has its login before the colon.
        const std::size_t login = text.substr(start, colon - start).find('@');
        if (login != std::string_view::npos && startsWithPort(between))
            return {};
        return {.begin = colon + 1, .end = at};
    }
    if (startsWithPort(text.substr(colon + 1)))
        return {};
    // A blank inside the password: up to the next @ of the line, else the rest of the word.
    const std::size_t lineEnd = std::min(text.find('\n', end), text.size());
    at = text.substr(0, lineEnd).find('@', end);
    return {.begin = colon + 1, .end = at == std::string_view::npos ? end : at};
}

std::string withoutUrlPasswords(std::string_view text)
{
    std::string result;
    std::size_t done = 0;
    for (std::size_t at = text.find("://"); at != std::string_view::npos;
         at = text.find("://", at)) {
        at += 3;
        const Range secret = passwordOfUrl(text, at);
        if (secret.end <= secret.begin)
            continue;
        result += text.substr(done, secret.begin - done);
        result += mask;
        done = secret.end;
        at = secret.end;
    }
    result += text.substr(done);
    return result;
}

/// True when `key` (lower case) ends in a word that names a secret.
bool namesSecret(std::string_view key)
{
    static constexpr std::array<std::string_view, 7> words{"password",
                                                           "passwd",
                                                           "pwd",
                                                           "pass",
                                                           "oauth_client_secret",
                                                           "scram_client_key",
                                                           "scram_server_key"};
    return std::ranges::any_of(words, [&](auto word) { return key.ends_with(word); });
}

/// End of the value that starts at `from`, quoted with ' or " or bare.
std::size_t valueEnd(std::string_view text, std::size_t from, bool inUrl)
{
    const char quote =
        from < text.size() && (text[from] == '\'' || text[from] == '"') ? text[from] : '\0';
    std::size_t i = quote == '\0' ? from : from + 1;
    for (; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            ++i;
            continue;
        }
        if (quote != '\0' && text[i] == quote)
            return i + 1;
        if (quote == '\0' && (isSpace(text[i]) || (inUrl && text[i] == '&')))
            return i;
    }
    return text.size();
}

std::string withoutKeywordPasswords(std::string_view text)
{
    std::string result;
    std::size_t done = 0;
    for (std::size_t at = text.find('='); at != std::string_view::npos;
         at = text.find('=', at + 1)) {
        if (at < done)
            continue;
        std::size_t keyEnd = at;
        while (keyEnd > done && isSpace(text[keyEnd - 1]))
            --keyEnd;
        std::size_t keyBegin = keyEnd;
        while (keyBegin > done && isWordCharacter(text[keyBegin - 1]))
            --keyBegin;
        std::string key(text.substr(keyBegin, keyEnd - keyBegin));
        std::ranges::transform(key, key.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        if (!namesSecret(key))
            continue;
        std::size_t wordBegin = keyBegin;
        while (wordBegin > 0 && !isSpace(text[wordBegin - 1]))
            --wordBegin;
        const bool inUrl =
            text.substr(wordBegin, keyBegin - wordBegin).find("://") != std::string_view::npos;
        std::size_t valueBegin = at + 1;
        while (!inUrl && valueBegin < text.size() && isSpace(text[valueBegin]))
            ++valueBegin;
        result += text.substr(done, valueBegin - done);
        result += mask;
        done = valueEnd(text, valueBegin, inUrl);
    }
    result += text.substr(done);
    return result;
}

} // namespace

std::string withoutSecrets(std::string_view text)
{
    return withoutKeywordPasswords(withoutUrlPasswords(text));
}

} // namespace sightglass
