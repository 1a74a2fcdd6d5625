// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/python/literal.h"
#include "core/revisions/revision.h"

#include <optional>
#include <string>
#include <string_view>

namespace sightglass {

/// Turns ranges of a text into spans of the file that it was decoded from.
struct SpanSource
{
    std::string file;
    std::size_t skipped = 0; ///< bytes of the file before the text

    SourceSpan span(const TextRange& range) const;
};

/// Fills message, longMessage, created and the lines that repeat identifiers.
///
/// docstring  None when the file has none
/// text       the whole text that the docstring's range refers to
/// source     Alembic Script.doc, Script.longdoc; the template's lines
void addDocstring(Revision& revision,
                  const Literal& docstring,
                  std::string_view text,
                  const SpanSource& source);

/// `2024-01-31 10:00:00.5+02:00` as RFC 3339; without zone if there is none; empty when it is no
/// such time.
std::optional<std::string> rfc3339Of(std::string_view written);

} // namespace sightglass
