// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edits/new_revision.h"

#include "core/base/error.h"

#include <array>
#include <cstdio>
#include <ctime>
#include <functional>
#include <string_view>

namespace sightglass {

namespace {

/// Alembic's own, of version 1.8: what every `alembic init` writes.
constexpr std::string_view usualTemplate = R"("""${message}

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}
Create Date: ${create_date}

"""
from alembic import op
import sqlalchemy as sa
${imports if imports else ""}

# revision identifiers, used by Alembic.
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
)";

/// As Python's repr writes a text of ids.
std::string pythonText(const std::string& text)
{
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\\' || c == '\'')
            quoted += '\\';
        quoted += c;
    }
    return quoted + "'";
}

std::string pythonIds(const std::vector<RevisionId>& ids)
{
    if (ids.empty())
        return "None";
    if (ids.size() == 1)
        return pythonText(ids.front());
    std::string text = "(";
    for (const RevisionId& id : ids)
        text += (&id == &ids.front() ? "" : ", ") + pythonText(id);
    return text + ")";
}

std::string withCommas(const std::vector<RevisionId>& ids)
{
    std::string text;
    for (const RevisionId& id : ids)
        text += (text.empty() ? "" : ", ") + id;
    return text;
}

/// A body stands after the template's own indentation.
std::string bodyText(const std::string& body)
{
    const std::size_t first = body.find_first_not_of(' ');
    if (first == std::string::npos)
        return "pass";
    std::string text = body.substr(first);
    while (text.ends_with('\n'))
        text.pop_back();
    return text;
}

/// An expression of the template, blanks left out, and what it gives.
struct Expression
{
    std::string_view written;
    std::string (*value)(const NewRevision&);
};

constexpr std::array expressions{
    Expression{"message", [](const NewRevision& r) { return r.message; }},
    Expression{"up_revision", [](const NewRevision& r) { return r.id; }},
    Expression{"down_revision|comma,n", [](const NewRevision& r) { return withCommas(r.down); }},
    Expression{"create_date", [](const NewRevision& r) { return r.created; }},
    Expression{"importsifimportselse\"\"", [](const NewRevision& r) { return r.imports; }},
    Expression{"importsifimportselse''", [](const NewRevision& r) { return r.imports; }},
    Expression{"repr(up_revision)", [](const NewRevision& r) { return pythonText(r.id); }},
    Expression{"repr(down_revision)", [](const NewRevision& r) { return pythonIds(r.down); }},
    Expression{"repr(branch_labels)", [](const NewRevision&) { return std::string("None"); }},
    Expression{"repr(depends_on)", [](const NewRevision& r) { return pythonIds(r.dependsOn); }},
    Expression{"upgradesifupgradeselse\"pass\"",
               [](const NewRevision& r) { return bodyText(r.upgrade); }},
    Expression{"downgradesifdowngradeselse\"pass\"",
               [](const NewRevision& r) { return bodyText(r.downgrade); }},
    Expression{"upgradesifupgradeselse'pass'",
               [](const NewRevision& r) { return bodyText(r.upgrade); }},
    Expression{"downgradesifdowngradeselse'pass'",
               [](const NewRevision& r) { return bodyText(r.downgrade); }},
};

/// Absent: the template has something that would have to be run.
std::optional<std::string> filled(std::string_view mako, const NewRevision& revision)
{
    // Lines of control, blocks, tags and comments.
    if (mako.find("<%") != std::string_view::npos || mako.find("\\\n") != std::string_view::npos)
        return std::nullopt;
    for (std::size_t at = 0; at != std::string_view::npos; at = mako.find('\n', at + 1)) {
        const std::size_t word = mako.find_first_not_of(" \t\n", at);
        if (word != std::string_view::npos &&
            (mako[word] == '%' || mako.substr(word).starts_with("##")))
            return std::nullopt;
    }
    std::string text;
    for (std::size_t at = 0; at < mako.size();) {
        const std::size_t open = mako.find("${", at);
        text += mako.substr(at, open - at);
        if (open == std::string_view::npos)
            break;
        const std::size_t close = mako.find('}', open);
        if (close == std::string_view::npos)
            return std::nullopt;
        std::string written(mako.substr(open + 2, close - open - 2));
        std::erase(written, ' ');
        const auto* const known =
            std::ranges::find(expressions, std::string_view(written), &Expression::written);
        if (known == expressions.end())
            return std::nullopt;
        text += known->value(revision);
        at = close + 1;
    }
    return text;
}

bool isWordByte(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c >= 0x80;
}

/// Where the first `count` letters of UTF-8 text end.
std::size_t endOfLetters(std::string_view text, std::size_t count)
{
    constexpr unsigned marker = 0xC0;
    constexpr unsigned following = 0x80;
    std::size_t end = 0;
    for (; end < text.size(); ++end) {
        const bool begins = (static_cast<unsigned char>(text[end]) & marker) != following;
        if (begins && count-- == 0)
            return end;
    }
    return end;
}

/// Alembic's slug: words joined by _, in lower case, cut at a word.
std::string slugOf(const std::string& message, std::size_t limit)
{
    std::string slug;
    bool isInWord = false;
    for (const char c : message) {
        const bool isWord = isWordByte(static_cast<unsigned char>(c));
        if (isWord && !isInWord && !slug.empty())
            slug += '_';
        if (isWord)
            slug += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        isInWord = isWord;
    }
    const std::size_t end = endOfLetters(slug, limit);
    if (end == slug.size())
        return slug;
    slug.resize(end);
    return slug.substr(0, slug.rfind('_')) + "_";
}

/// A part of a file_template with what gives it.
struct NamePart
{
    std::string_view token; ///< between %( and )
    std::size_t width = 0;  ///< of a number that may be padded
    std::string text;
};

/// year … second out of `2026-11-21 04:50:00` or `2026-11-21T04:50:00`.
std::vector<NamePart> timeParts(const std::string& created)
{
    std::tm time{};
    if (std::sscanf(created.c_str(),
                    "%4d-%2d-%2d%*1[T ]%2d:%2d:%2d",
                    &time.tm_year,
                    &time.tm_mon,
                    &time.tm_mday,
                    &time.tm_hour,
                    &time.tm_min,
                    &time.tm_sec) != 6)
        return {};
    const auto part = [](std::string_view token, int number) {
        return NamePart{.token = token, .width = 2, .text = std::to_string(number)};
    };
    return {part("year", time.tm_year),
            part("month", time.tm_mon),
            part("day", time.tm_mday),
            part("hour", time.tm_hour),
            part("minute", time.tm_min),
            part("second", time.tm_sec)};
}

} // namespace

RevisionText revisionText(const NewRevision& revision, const std::optional<std::string>& mako)
{
    if (mako) {
        if (auto text = filled(*mako, revision))
            return {.text = std::move(*text), .note = {}};
    }
    return {.text = *filled(usualTemplate, revision),
            .note = mako ? "script.py.mako has code of its own, which is not run: the file follows "
                           "Alembic's usual template."
                         : std::string()};
}

std::optional<std::string> templateOf(const FileSystem& files, const Project& project)
{
    auto text = files.read(project.scriptLocation / "script.py.mako");
    return text ? std::optional(std::move(*text)) : std::nullopt;
}

Result<std::string> revisionFileName(const FileNaming& naming,
                                     const RevisionId& id,
                                     const std::string& message,
                                     const std::string& created)
{
    const std::string& form = naming.form;
    auto parts = timeParts(created);
    parts.push_back({.token = "rev", .text = id});
    parts.push_back({.token = "slug", .text = slugOf(message, naming.slugLength)});
    std::string name;
    for (std::size_t at = 0; at < form.size();) {
        const std::string_view rest = std::string_view(form).substr(at);
        if (!rest.starts_with("%(")) {
            name += rest.front();
            at += rest.starts_with("%%") ? 2 : 1;
            continue;
        }
        const std::size_t close = form.find(')', at);
        const std::string token =
            form.substr(at + 2, close == std::string::npos ? std::string::npos : close - at - 2);
        const auto part = std::ranges::find(parts, std::string_view(token), &NamePart::token);
        // %(year)d, %(month).2d, %(day)02d, %(rev)s
        const std::size_t end = form.find_first_of("sd", close);
        if (part == parts.end() || end == std::string::npos)
            return failure(ErrorCode::Unsupported,
                           "The file's name can't be made after file_template: %(" + token +
                               ") is not known of this revision.",
                           "Name the file yourself.");
        const bool isPadded = form.substr(close, end - close).find('2') != std::string::npos;
        if (isPadded && part->text.size() < part->width)
            name.append(part->width - part->text.size(), '0');
        name += part->text;
        at = end + 1;
    }
    return name + ".py";
}

} // namespace sightglass
