// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/definitions.h"
#include "core/sql/newer_syntax.h"
#include "core/sql/parse_tree.h"
#include "core/sql/sql_reader.h"
#include "core/sql/statement_tokens.h"

#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// A half-open range of tokens of a statement.
struct TokenRange
{
    std::size_t begin = 0;
    std::size_t end = 0;

    bool empty() const { return begin >= end; }
};

/// The text of one statement beside its parse tree: the parser says where things begin, the tokens
/// say where they end. Every function is safe with any index and yields an empty range for what
/// is not there. `text` has to outlive it.
class StatementText
{
public:
    explicit StatementText(std::string_view text, std::vector<NewerNote> notes = {})
        : m_text(text)
        , m_tokens(sqlTokens(text))
        , m_notes(std::move(notes))
    {}

    std::string_view text() const { return m_text; }

    TokenRange all() const { return {0, m_tokens.size()}; }

    const SqlToken& token(std::size_t index) const;

    bool is(std::size_t index, std::string_view word) const { return token(index).is(word); }

    bool isMark(std::size_t index, char mark) const { return token(index).isMark(mark); }

    /// Index of the first token that begins at `offset` or behind it.
    std::size_t at(std::size_t offset) const;
    /// From the token at a node's location to the end of the statement.
    TokenRange from(const ParseNode& node) const;
    /// Index of the bracket that closes the one at `open`; the end of the tokens when none does.
    std::size_t closing(std::size_t open) const;
    /// First token in `range` outside all brackets that is `word`; range.end when there is none.
    std::size_t find(TokenRange range, std::string_view word) const;
    /// First opening parenthesis in `range` outside all brackets; range.end when there is none.
    std::size_t findOpening(TokenRange range) const;
    /// `range` up to the first comma or closing bracket outside brackets.
    TokenRange item(TokenRange range) const;
    /// `range` cut at its commas outside brackets.
    std::vector<TokenRange> items(TokenRange range) const;

    /// What is between the parenthesis at `open` and its closing one.
    TokenRange inside(std::size_t open) const { return {open + 1, closing(open)}; }

    /// Behind a name in parts (a.b."C") that begins at `index`.
    std::size_t behindName(std::size_t index) const;
    /// The source of `range`; comments in it become a space.
    std::string cut(TokenRange range) const;
    /// The source of `range` without parentheses that enclose all of it.
    std::string cutBare(TokenRange range) const;
    /// Whether a clause that the parser does not know stood in `range`.
    bool has(NewerClause clause, TokenRange range) const;

private:
    std::string_view m_text;
    std::vector<SqlToken> m_tokens;
    std::vector<NewerNote> m_notes;
};

/// The cut text, or why there is none: an expression that can't be located is not guessed.
SqlText sqlTextOf(const StatementText& statement, TokenRange range);
/// Without parentheses that enclose all of it.
SqlText bareSqlTextOf(const StatementText& statement, TokenRange range);

/// Of a RangeVar.
QualifiedName relationName(const ParseNode& rangeVar);
/// Of a list of String nodes: the last is the name, the one before it the schema.
QualifiedName nameOfParts(const std::vector<std::string>& parts);
/// Of a TypeName.
QualifiedName typeName(const ParseNode& typeNode);
/// `parts` joined with dots, each quoted where needed.
std::string sqlOfParts(const std::vector<std::string>& parts);
/// An integer of an Integer, Float or A_Const node; absent when it is none.
std::optional<std::int64_t> integerOf(const ParseNode& node);
/// The text of a String, Integer, Float, Boolean, TypeName or A_Const node, without quotes.
std::string plainValueOf(const ParseNode& node);
/// A list field of names of columns, given as String nodes or as ResTarget or IndexElem ones.
std::vector<std::string> columnNames(const ParseNode& node, std::string_view field);
std::string upperCase(std::string_view text);
std::string lowerCase(std::string_view text);

/// An SqlChange of a change that was read.
SqlChange readChange(Change change);
/// A change that can't be read, with the reason in it.
SqlChange opaqueChange(std::string what,
                       QualifiedName about = {},
                       bool structural = true,
                       std::string reason = {});

using SqlChanges = std::vector<SqlChange>;

} // namespace sightglass
