// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/database_url.h"

namespace sightglass {

namespace {

bool holdsBoth(const std::string& text, char first, char last)
{
    const auto at = text.find(first);
    return at != std::string::npos && text.find(last, at) != std::string::npos;
}

/// Texts that templates and people put where a URL is to come.
bool isPlaceholder(const std::string& url)
{
    return url.starts_with("driver://") || url.starts_with("scheme://") ||
           url.find("user:pass@localhost/dbname") != std::string::npos ||
           holdsBoth(url, '{', '}') || holdsBoth(url, '<', '>') ||
           url.find("://") == std::string::npos;
}

} // namespace

UrlFact databaseUrlOf(const Settings& settings)
{
    UrlFact fact;
    const auto option = settings.mainOption("sqlalchemy.url");
    if (!option) {
        fact.url.value = Unknown{option.error().message};
        fact.url.span = {.file = option.error().file};
        fact.url.span.line = option.error().line;
        fact.notes.push_back(option.error().message + " " + option.error().nextStep);
        return fact;
    }
    if (*option && !(*option)->text.empty()) {
        fact.url.span = (*option)->span;
        if (isPlaceholder((*option)->text))
            fact.notes.push_back(
                "sqlalchemy.url in the ini is a placeholder and counts as absent.");
        else
            fact.url.value = (*option)->text;
        return fact;
    }
    const auto databases = settings.mainOption("databases");
    if (databases && *databases && !(*databases)->text.empty()) {
        fact.notes.push_back("The ini names several databases (" + printable((*databases)->text) +
                             "), each with its own section; none is chosen.");
    }
    return fact;
}

} // namespace sightglass
