// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/statement_tokens.h"

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// The words of a statement that is known by its first words only (VACUUM, ALTER INDEX, an action
/// of ALTER TABLE). Of DO those of its body. `sql` has to outlive it.
class StatementWords
{
public:
    explicit StatementWords(std::string_view sql);

    std::size_t size() const { return m_tokens.size(); }

    bool is(std::size_t index, std::string_view word) const;
    std::string_view text(std::size_t index) const; ///< empty behind the end
    bool isMark(std::size_t index, char mark) const;
    /// Index behind the first place at or after `from` where these words (in lower case) follow
    /// each other; absent: there is none.
    std::optional<std::size_t> find(std::initializer_list<std::string_view> words,
                                    std::size_t from = 0) const;
    /// Index of the semicolon, or the end, that ends the statement around `from`.
    std::size_t end(std::size_t from) const;
    /// The name at `index`, folded; empty: it is none.
    std::string name(std::size_t index) const;

private:
    std::vector<SqlToken> m_tokens;
};

} // namespace sightglass
