// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/source_span.h"
#include "core/evaluation/interpreter.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sightglass {

/// The calls, names and lines of a file, found once.
class SourceIndex
{
public:
    explicit SourceIndex(const SourceModule& file);

    /// The call expression at a span; null when there is none, or when the file is another.
    SyntaxNode callAt(const SourceSpan& span) const;
    /// All that is assigned to a name anywhere in the file, in its order: values, and whole
    /// statements `name += value`. Nothing when the name is bound otherwise too.
    std::vector<SyntaxNode> allValuesOf(std::string_view name) const;
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

} // namespace sightglass
