// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/parse_tree.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

enum class SqlTokenKind
{
    Word,      ///< a keyword or an identifier without quotes
    Quoted,    ///< "identifier"
    Text,      ///< 'text', E'text', B'01'; with a continuation on a later line
    Dollar,    ///< $tag$ … $tag$
    Number,    ///< 12, 1.5e3
    Parameter, ///< $1
    Operator,  ///< ||, ::, <=
    Mark,      ///< one of ( ) [ ] , ; . :
    Bad        ///< what PostgreSQL has no token for; an unterminated string or comment
};

/// A token of SQL text, by PostgreSQL's rules. White space and comments are none.
struct SqlToken
{
    SqlTokenKind kind = SqlTokenKind::Bad;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string_view text;

    /// A word without quotes, whatever its case; `word` in lower case.
    bool is(std::string_view word) const;

    bool isMark(char mark) const { return kind == SqlTokenKind::Mark && text.front() == mark; }
};

/// The token that begins at or after `offset`, white space and comments left out; absent at the
/// end. Any bytes are accepted.
std::optional<SqlToken> nextSqlToken(std::string_view text, std::size_t offset);

std::vector<SqlToken> sqlTokens(std::string_view text);

/// Why `text` must not be given to libpg_query at all: bytes that no server takes, or nesting that
/// would exhaust the stack.
std::optional<ParseFailure> refusedBeforeParsing(std::string_view text);

} // namespace sightglass
