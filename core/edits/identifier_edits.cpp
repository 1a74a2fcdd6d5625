// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edits/identifier_edits.h"

#include "core/base/error.h"
#include "core/python/syntax_tree.h"
#include "core/scripts/python_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace sightglass {

namespace {

/// Bytes that are replaced.
struct TextEdit
{
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text;
};

/// A revision file whose text is parsed, with what is to be written over.
class EditedRevision
{
public:
    static Result<EditedRevision> of(const Revision& revision, const std::string& bytes)
    {
        const PythonText decoded = decodePython(bytes);
        const bool isAsWritten = decoded.state == PythonText::State::Decoded &&
                                 std::string_view(bytes).substr(decoded.skipped) == decoded.text;
        if (!isAsWritten)
            return failure(unsupported(revision, 0, "its encoding is not UTF-8"));
        auto tree = SyntaxTree::parse(decoded.text);
        if (!tree)
            return failure(Error{.code = ErrorCode::Cancelled});
        return EditedRevision(revision, bytes, std::move(*tree), decoded.skipped);
    }

    /// Writes over the value of the assignment at `span`.
    Result<void> setValue(const SourceSpan& span, const std::string& text)
    {
        const SyntaxNode value = valueAt(span);
        if (!isPlain(value))
            return failure(unsupported(
                m_revision, span.line, "its value is not written as plain text at its assignment"));
        m_edits.push_back(
            {.begin = value.begin() + m_skipped, .end = value.end() + m_skipped, .text = text});
        return {};
    }

    /// Writes over one literal that is the text `from`.
    Result<void> setLiteral(const SourceSpan& span, std::string_view from, std::string_view to)
    {
        const std::string_view written =
            std::string_view(m_bytes).substr(std::min(span.begin, m_bytes.size()));
        const std::string_view literal =
            written.substr(0, span.end < span.begin ? 0 : span.end - span.begin);
        const auto quote = quoteOf(literal, from);
        if (!quote)
            return failure(
                unsupported(m_revision, span.line, "it is not written as plain text there"));
        m_edits.push_back(
            {.begin = span.begin, .end = span.end, .text = *quote + std::string(to) + *quote});
        return {};
    }

    /// A line of the docstring; none: nothing to do.
    void setLine(const SourceSpan& span, std::string text)
    {
        if (span.end > span.begin && span.end <= m_bytes.size())
            m_edits.push_back({.begin = span.begin, .end = span.end, .text = std::move(text)});
    }

    /// The quotation mark that the file writes its id with.
    char quote() const
    {
        const SyntaxNode value = valueAt(m_revision.span);
        const auto found = quoteOf(value.text(), m_revision.id);
        return found ? found->front() : '\'';
    }

    std::string text()
    {
        std::ranges::sort(m_edits, {}, &TextEdit::begin);
        std::string result;
        std::size_t at = 0;
        for (const TextEdit& edit : m_edits) {
            result.append(m_bytes, at, edit.begin - at);
            result += edit.text;
            at = edit.end;
        }
        return result.append(m_bytes, at);
    }

private:
    EditedRevision(const Revision& revision,
                   const std::string& bytes,
                   SyntaxTree tree,
                   std::size_t skipped)
        : m_revision(revision)
        , m_bytes(bytes)
        , m_tree(std::move(tree))
        , m_skipped(skipped)
    {}

    static Error unsupported(const Revision& revision, int line, const std::string& why)
    {
        return {.code = ErrorCode::Unsupported,
                .message = "An identifier of " + printable(revision.span.file) +
                           " can't be edited: " + why + ".",
                .nextStep = "Edit the file by hand.",
                .file = revision.span.file,
                .line = line};
    }

    /// `'id'` or `"id"` gives its quotation mark.
    static std::optional<std::string> quoteOf(std::string_view literal, std::string_view id)
    {
        for (const char mark : {'\'', '"'}) {
            if (literal == std::string(1, mark) + std::string(id) + mark)
                return std::string(1, mark);
        }
        return std::nullopt;
    }

    SyntaxNode valueAt(const SourceSpan& span) const
    {
        for (const SyntaxNode& statement : m_tree.root().namedChildren()) {
            const SyntaxNode assignment = statement.firstNamed();
            if (statement.is("expression_statement") && assignment.is("assignment") &&
                assignment.begin() + m_skipped == span.begin)
                return assignment.field("right");
        }
        return {};
    }

    /// Text, None, or a tuple or list of texts.
    static bool isPlain(const SyntaxNode& value)
    {
        if (value.is("none"))
            return true;
        if (value.is("string"))
            return value.text().starts_with('\'') || value.text().starts_with('"');
        constexpr std::array groups{"tuple", "list", "parenthesized_expression"};
        const auto parts = value.namedChildren();
        return std::ranges::any_of(groups, [&](const char* kind) { return value.is(kind); }) &&
               std::ranges::all_of(parts, [](const SyntaxNode& part) { return isPlain(part); });
    }

    const Revision& m_revision;
    const std::string& m_bytes;
    SyntaxTree m_tree;
    std::size_t m_skipped = 0;
    std::vector<TextEdit> m_edits;
};

std::string revisesLine(std::span<const RevisionId> down)
{
    std::string line = "Revises:";
    for (const RevisionId& id : down)
        line += (&id == &down.front() ? " " : ", ") + id;
    return line;
}

} // namespace

std::string downRevisionText(std::span<const RevisionId> down, char quote)
{
    const auto quoted = [quote](const RevisionId& id) { return quote + id + quote; };
    if (down.empty())
        return "None";
    if (down.size() == 1)
        return quoted(down.front());
    std::string text = "(";
    for (const RevisionId& id : down)
        text += (&id == &down.front() ? "" : ", ") + quoted(id);
    return text + ")";
}

Result<std::string> withDownRevisions(const Revision& revision,
                                      const std::string& bytes,
                                      std::span<const RevisionId> down)
{
    auto edited = EditedRevision::of(revision, bytes);
    if (!edited)
        return failure(edited.error());
    const std::string text = downRevisionText(down, edited->quote());
    if (auto set = edited->setValue(revision.downSpan, text); !set)
        return failure(set.error());
    if (revision.docRevises)
        edited->setLine(revision.docRevisesSpan, revisesLine(down));
    return edited->text();
}

Result<std::string>
withRevisionId(const Revision& revision, const std::string& bytes, const RevisionId& id)
{
    auto edited = EditedRevision::of(revision, bytes);
    if (!edited)
        return failure(edited.error());
    const char quote = edited->quote();
    if (auto set = edited->setValue(revision.span, quote + id + quote); !set)
        return failure(set.error());
    if (revision.docRevisionId)
        edited->setLine(revision.docRevisionId->span, "Revision ID: " + id);
    return edited->text();
}

Result<std::string> withReference(const Revision& revision,
                                  const std::string& bytes,
                                  const RevisionId& from,
                                  const RevisionId& to)
{
    auto edited = EditedRevision::of(revision, bytes);
    if (!edited)
        return failure(edited.error());
    for (const auto* references : {&revision.down, &revision.dependsOn}) {
        for (const RevisionReference& reference : *references) {
            if (reference.id != from)
                continue;
            if (auto set = edited->setLiteral(reference.span, from, to); !set)
                return failure(set.error());
        }
    }
    if (revision.docRevises &&
        std::ranges::find(*revision.docRevises, from) != revision.docRevises->end()) {
        std::vector<RevisionId> ids = *revision.docRevises;
        std::ranges::replace(ids, from, to);
        edited->setLine(revision.docRevisesSpan, revisesLine(ids));
    }
    return edited->text();
}

} // namespace sightglass
