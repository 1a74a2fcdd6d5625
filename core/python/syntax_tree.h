// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// A range of one text: bytes 0-based and half-open, lines and columns (in bytes) 1-based; line 0 =
/// none.
struct TextRange
{
    std::size_t begin = 0;
    std::size_t end = 0;
    int line = 0;
    int column = 0;
    int endLine = 0;
    int endColumn = 0;

    friend bool operator==(const TextRange&, const TextRange&) = default;
};

/// A node of a SyntaxTree, as cheap to copy as a pointer; valid while its tree lives. A null node
/// answers everything with nothing, so that paths through a tree need no test at every step.
class SyntaxNode
{
public:
    SyntaxNode() = default;

    bool isNull() const { return m_id == nullptr; }

    explicit operator bool() const { return !isNull(); }

    /// The grammar's name of the node: "assignment", "identifier", "("; empty for a null node.
    std::string_view kind() const;

    bool is(std::string_view kindName) const;

    std::string_view text() const;
    TextRange range() const;
    std::size_t begin() const;
    std::size_t end() const;
    /// 1-based line of the first byte; 0 for a null node.
    int line() const;

    /// False for punctuation and keywords.
    bool isNamed() const;
    /// Text that the grammar could not fit.
    bool isError() const;
    /// A token that the parser put in to go on; it has no text.
    bool isMissing() const;
    /// An error or a missing token is somewhere in it.
    bool hasError() const;

    /// The child with a field name of the grammar ("left", "body"); null when there is none.
    SyntaxNode field(std::string_view name) const;
    /// All children in order, comments and punctuation included. cost linear in their number
    std::vector<SyntaxNode> children() const;
    /// Named children in order, without comments. cost linear in the number of all children
    std::vector<SyntaxNode> namedChildren() const;
    /// The first named child that is no comment; null when there is none.
    SyntaxNode firstNamed() const;

    friend bool operator==(const SyntaxNode& a, const SyntaxNode& b)
    {
        return a.m_id == b.m_id && a.m_tree == b.m_tree;
    }

private:
    friend class SyntaxTree;
    friend class SyntaxCursor;
    friend struct SyntaxAccess;
    struct Tree;
    std::array<std::uint32_t, 4> m_context{};
    const void* m_id = nullptr;
    const Tree* m_tree = nullptr;
};

/// What a file of Python says, parsed with errors tolerated, with the text it was made of. Move
/// only.
class SyntaxTree
{
public:
    /// Parses UTF-8 text. Any bytes are accepted; what is no Python becomes error nodes.
    ///
    /// shape   empty when `stop` was requested
    /// cost    about 4 MB a second
    /// thread  the tree is read by one thread at a time
    static std::optional<SyntaxTree> parse(std::string text, std::stop_token stop = {});

    SyntaxTree(SyntaxTree&&) noexcept;
    SyntaxTree& operator=(SyntaxTree&&) noexcept;
    SyntaxTree(const SyntaxTree&) = delete;
    SyntaxTree& operator=(const SyntaxTree&) = delete;
    ~SyntaxTree();

    /// The node "module".
    SyntaxNode root() const;
    const std::string& text() const;

    /// The first place that Python would refuse as far as the grammar can tell: an error node, a
    /// missing token, or a statement of Python 2. Null when there is none.
    SyntaxNode firstError() const;

private:
    explicit SyntaxTree(std::unique_ptr<SyntaxNode::Tree> tree);
    std::unique_ptr<SyntaxNode::Tree> m_tree;
};

/// The grammar's tables, for those who turn kinds and fields into numbers of their own once.
struct SyntaxGrammar
{
    static std::uint16_t symbolCount();
    static std::string_view symbolName(std::uint16_t symbol);
    static bool symbolIsNamed(std::uint16_t symbol);
    static std::uint16_t fieldCount(); ///< ids go from 1 to this
    static std::string_view fieldName(std::uint16_t field);
};

/// Walks over nodes without lists of children; sees comments and punctuation too.
class SyntaxCursor
{
public:
    explicit SyntaxCursor(const SyntaxNode& start); ///< not null
    ~SyntaxCursor();
    SyntaxCursor(const SyntaxCursor&) = delete;
    SyntaxCursor& operator=(const SyntaxCursor&) = delete;

    bool firstChild();
    bool nextSibling();
    bool parent();
    SyntaxNode node() const;
    std::uint16_t symbol() const; ///< number of SyntaxNode::kind() in SyntaxGrammar
    std::uint16_t field() const;  ///< number of the field it is of its parent; 0: none

private:
    struct Foreign;
    std::unique_ptr<Foreign> m_foreign;
    const SyntaxNode::Tree* m_tree = nullptr;
};

/// All nodes of a kind in and under `node`, in the order of the text. Nodes below `except` kinds
/// are left out (a function's body, say). Iterative.
std::vector<SyntaxNode> nodesOfKind(SyntaxNode node,
                                    std::string_view kind,
                                    const std::vector<std::string_view>& except = {});

} // namespace sightglass
