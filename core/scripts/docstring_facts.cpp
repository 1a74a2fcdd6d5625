// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/docstring_facts.h"

#include <algorithm>

namespace sightglass {

namespace {

constexpr std::string_view blanks = " \t\n\r\f\v\x1c\x1d\x1e\x1f";

std::string_view stripped(std::string_view text)
{
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// A number of `digits` digits at `at`; -1 when there is none.
int numberAt(std::string_view text, std::size_t at, std::size_t digits)
{
    if (at + digits > text.size())
        return -1;
    int number = 0;
    for (const char c : text.substr(at, digits)) {
        if (!isDigit(c))
            return -1;
        number = number * 10 + (c - '0');
    }
    return number;
}

bool within(int number, int low, int high)
{
    return number >= low && number <= high;
}

std::optional<std::string> zoneOf(std::string_view text)
{
    if (text.empty() || text == "Z")
        return std::string(text);
    const bool shaped = text.size() >= 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':';
    if (!shaped || !within(numberAt(text, 1, 2), 0, 23) || !within(numberAt(text, 4, 2), 0, 59))
        return std::nullopt;
    // RFC 3339 has no seconds in a zone; ancient local times do.
    return text.size() == 6 ? std::optional(std::string(text)) : std::nullopt;
}

/// `a, b`, `('a', 'b')`, `None`, nothing.
std::vector<RevisionId> idsOf(std::string_view written)
{
    std::vector<RevisionId> ids;
    std::string text(written);
    std::erase_if(text, [](char c) {
        return std::string_view("()[]{}'\"").find(c) != std::string_view::npos;
    });
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        const std::string_view id = stripped(rest.substr(0, comma));
        if (!id.empty() && id != "None")
            ids.emplace_back(id);
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
    return ids;
}

/// One line of a docstring as it is written in the file.
struct Line
{
    std::string_view text;
    TextRange range; ///< of the text without blanks around
};

Line nextLine(std::string_view text, std::size_t& at, int number)
{
    const auto end = std::min(text.find_first_of("\r\n", at), text.size());
    const std::string_view whole = text.substr(at, end - at);
    const std::string_view inner = stripped(whole);
    const std::size_t begin =
        inner.empty() ? at : static_cast<std::size_t>(inner.data() - text.data());
    const int column = static_cast<int>(begin - at) + 1;
    const int endColumn = column + static_cast<int>(inner.size());
    at = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
    return {.text = inner,
            .range = {.begin = begin,
                      .end = begin + inner.size(),
                      .line = number,
                      .column = column,
                      .endLine = number,
                      .endColumn = endColumn}};
}

std::optional<std::string_view> after(std::string_view line, std::string_view word)
{
    if (!line.starts_with(word))
        return std::nullopt;
    return stripped(line.substr(word.size()));
}

void addLine(Revision& revision, const Line& line, const SpanSource& source)
{
    if (const auto id = after(line.text, "Revision ID:"); id && !revision.docRevisionId)
        revision.docRevisionId =
            RevisionReference{.id = std::string(*id), .span = source.span(line.range)};
    if (const auto ids = after(line.text, "Revises:"); ids && !revision.docRevises) {
        revision.docRevises = idsOf(*ids);
        revision.docRevisesSpan = source.span(line.range);
    }
    if (const auto date = after(line.text, "Create Date:"); date && !revision.created)
        revision.created = rfc3339Of(*date);
}

} // namespace

SourceSpan SpanSource::span(const TextRange& range) const
{
    if (range.line == 0)
        return {.file = file};
    return {.file = file,
            .begin = range.begin + skipped,
            .end = range.end + skipped,
            .line = range.line,
            .column = range.column,
            .endLine = range.endLine,
            .endColumn = range.endColumn};
}

std::optional<std::string> rfc3339Of(std::string_view written)
{
    const bool shaped = written.size() >= 19 && written[4] == '-' && written[7] == '-' &&
                        (written[10] == ' ' || written[10] == 'T') && written[13] == ':' &&
                        written[16] == ':';
    if (!shaped || numberAt(written, 0, 4) < 1 || !within(numberAt(written, 5, 2), 1, 12) ||
        !within(numberAt(written, 8, 2), 1, 31) || !within(numberAt(written, 11, 2), 0, 23) ||
        !within(numberAt(written, 14, 2), 0, 59) || !within(numberAt(written, 17, 2), 0, 59))
        return std::nullopt;
    std::size_t at = 19;
    if (at < written.size() && written[at] == '.') {
        const std::size_t first = ++at;
        while (at < written.size() && isDigit(written[at]))
            ++at;
        if (at == first)
            return std::nullopt;
    }
    const auto zone = zoneOf(written.substr(at));
    if (!zone)
        return std::nullopt;
    return std::string(written.substr(0, 10)) + "T" + std::string(written.substr(11, at - 11)) +
           *zone;
}

void addDocstring(Revision& revision,
                  const Literal& docstring,
                  std::string_view text,
                  const SpanSource& source)
{
    if (!docstring.isText())
        return;
    revision.longMessage = stripped(docstring.text);
    revision.message = revision.longMessage.substr(0, revision.longMessage.find("\n\n"));
    const std::string_view upToEnd = text.substr(0, docstring.range.end);
    std::size_t at = docstring.range.begin;
    for (int number = docstring.range.line; at < upToEnd.size(); ++number) {
        Line line = nextLine(upToEnd, at, number);
        if (number == docstring.range.line) {
            const int before = docstring.range.column - 1;
            line.range.column += before;
            line.range.endColumn += before;
        }
        while (line.text.ends_with("\"\"\"") || line.text.ends_with("'''"))
            line.text = stripped(line.text.substr(0, line.text.size() - 3));
        addLine(revision, line, source);
    }
}

} // namespace sightglass
