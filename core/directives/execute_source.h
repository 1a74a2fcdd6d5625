// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/source_span.h"
#include "core/directives/source_index.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// What stands for a part of SQL text that reading does not know. It reads as a name, and as a text
/// within quotes.
inline constexpr std::string_view unknownMark = "sightglass_unknown_part";

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
/// "…{}".format(x), "…" + x, x if y else z, a name that is bound to these in its file. All the
/// texts that it may be; none when there is no end to them, or the beginning of one is not a
/// literal.
std::vector<std::string> sqlTemplates(const SourceIndex& index, const SourceSpan& call);

} // namespace sightglass
