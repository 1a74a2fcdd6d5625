// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/source_span.h"
#include "core/evaluation/interpreter.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// What stands for a part of SQL text that reading does not know. It reads as a name, and as a text
/// within quotes.
inline constexpr std::string_view unknownMark = "sightglass_unknown_part";

/// The calls, names and lines of a file, found once.
class SourceIndex
{
public:
    explicit SourceIndex(const SourceModule& file);

    /// The call expression at a span; null when there is none, or when the file is another.
    SyntaxNode callAt(const SourceSpan& span) const;
    /// All that is assigned to a name anywhere in the file; nothing when it is bound otherwise too.
    std::vector<SyntaxNode> allValuesOf(std::string_view name) const;
    /// What a name is bound to, when it is bound exactly once in the file; else null.
    SyntaxNode onlyValueOf(std::string_view name) const;
    SourceSpan spanOf(std::size_t begin, std::size_t end) const;

private:
    struct Binding
    {
        std::vector<SyntaxNode> values; ///< of its assignments
        bool otherwise = false;         ///< bound by a loop, a parameter, … too
    };

    using Bindings = std::map<std::string, Binding, std::less<>>;
    Bindings findBindings() const;

    const SourceModule& m_file;
    std::map<std::pair<std::size_t, std::size_t>, SyntaxNode> m_calls;
    mutable std::optional<Bindings> m_bindings; ///< found when a name is first asked for
    std::vector<std::size_t> m_lines;           ///< where each begins
};

/// The literal that a call gives as its SQL: directly, or within text(…).
class SqlLiteral
{
public:
    /// The literal of the call at `call`; nothing when it gives something else than a plain string,
    /// or when its file is another.
    static std::optional<SqlLiteral> find(const SourceIndex& index, const SourceSpan& call);

    const std::string& text() const { return m_text; }

    /// Where bytes begin..end of the text stand in the file.
    SourceSpan span(std::size_t begin, std::size_t end) const;

private:
    const SourceIndex* m_index = nullptr;
    std::string m_text;
    std::vector<std::size_t> m_offsets; ///< in the file, one for each byte of the text, and the end
};

/// Whether a call is given an update(), insert(), delete() or select() of SQLAlchemy, whatever is
/// chained to it: such a statement changes data at most.
bool givesDataStatement(const SourceIndex& index, const SourceSpan& call);

/// SQL that a call builds, with `unknownMark` for what is put into it: of f"…{x}", "…%s" % x,
/// "…{}".format(x), "…" + x, a name that is bound once nearby to one of these. Nothing when the
/// beginning is not a literal.
std::optional<std::string> sqlTemplate(const SourceIndex& index, const SourceSpan& call);

} // namespace sightglass
