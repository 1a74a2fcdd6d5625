// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// What libpg_query's parser says of text that it can't read.
struct ParseFailure
{
    std::string message;    ///< PostgreSQL's words: syntax error at or near ";"
    std::size_t offset = 0; ///< byte of the text that it is about
};

namespace detail {
struct ParseValue;
}

/// One node of a parse tree, seen without its wrapper: {"RangeVar": {…}} is a node of kind
/// "RangeVar". A view; valid as long as its ParseTree. Every accessor is safe on any node, an
/// absent one included: what is not there is empty, 0, false or absent.
class ParseNode
{
public:
    ParseNode() = default;

    explicit operator bool() const { return m_values != nullptr; }

    /// "CreateStmt"; empty for an absent node and for one whose kind its field implies
    /// (CreateStmt.relation is a RangeVar).
    std::string_view kind() const;

    bool is(std::string_view kindName) const { return kind() == kindName; }

    ParseNode field(std::string_view name) const;

    bool has(std::string_view name) const { return static_cast<bool>(field(name)); }

    /// Elements of a list field; of a node of kind List, its items.
    std::vector<ParseNode> list(std::string_view name) const;
    /// A string or an enumerator; also the value of a String node under that field.
    std::string_view text(std::string_view name) const;
    /// 0 is not written by the parser, so 0 and absent are the same.
    std::int64_t integer(std::string_view name) const;
    bool flag(std::string_view name) const;
    /// Byte offset in the parsed text; absent where the parser has none.
    std::optional<std::size_t> location(std::string_view name = "location") const;

    /// Items of a node that is a List.
    std::vector<ParseNode> items() const { return list("items"); }

    /// The value of a node of kind String.
    std::string_view string() const { return text("sval"); }

    /// A list field of String nodes: names in parts, columns, labels. A* stands for A_Star nodes.
    std::vector<std::string> strings(std::string_view name) const;
    /// The fields of the node with their names, in order.
    std::vector<std::pair<std::string_view, ParseNode>> fields() const;

private:
    friend class ParseTree;
    ParseNode(const std::vector<detail::ParseValue>* values, std::uint32_t index);
    const detail::ParseValue* child(std::string_view name) const;
    ParseNode nodeOf(const detail::ParseValue& value) const;
    std::vector<ParseNode> elementsOf(const detail::ParseValue& value) const;

    const std::vector<detail::ParseValue>* m_values = nullptr;
    std::uint32_t m_index = 0;
    std::uint32_t m_wrapper = 0; ///< the value whose key is the kind
};

/// One parsed text. Movable; nodes stay valid when it is moved.
class ParseTree
{
public:
    /// Of libpg_query's JSON for `text`.
    static Outcome<ParseTree, ParseFailure> ofJson(std::string_view json, std::string_view text);

    ParseNode root() const;
    /// The statements themselves (CreateStmt, SelectStmt, …), in order.
    std::vector<ParseNode> statements() const;

private:
    std::shared_ptr<const std::vector<detail::ParseValue>> m_values;
};

/// `text` as PostgreSQL 15's parser sees it. Any bytes are accepted; text that is no UTF-8, holds
/// NUL or nests so deeply that the parser would run out of stack is a failure like others.
/// Locations in the tree are bytes of `text`.
Outcome<ParseTree, ParseFailure> parseSql(std::string_view text);

/// A DO or CREATE FUNCTION statement's plpgsql body: root() is the list of PLpgSQL_function nodes,
/// read it with `list("")`.
Outcome<ParseTree, ParseFailure> parsePlpgsql(std::string_view statement);

} // namespace sightglass
