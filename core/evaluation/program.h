// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/source_span.h"
#include "core/evaluation/value.h"
#include "core/python/syntax_tree.h"

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sightglass {

/// What a node of a program is; the grammar's names.
enum class Kind : std::uint8_t
{
    Other, // nothing that is run
    AliasedImport,
    ArgumentList,
    AsPattern,
    AsPatternTarget,
    AssertStatement,
    Assignment,
    Attribute,
    AugmentedAssignment,
    Await,
    BinaryOperator,
    Block,
    BooleanOperator,
    BreakStatement,
    Call,
    CaseClause,
    CasePattern,
    Chevron,
    ClassDefinition,
    ClassPattern,
    ComparisonOperator,
    ComplexPattern,
    ConcatenatedString,
    ConditionalExpression,
    ContinueStatement,
    DecoratedDefinition,
    Decorator,
    DefaultParameter,
    DeleteStatement,
    DictPattern,
    Dictionary,
    DictionaryComprehension,
    DictionarySplat,
    DictionarySplatPattern,
    DottedName,
    Ellipsis,
    ElifClause,
    ElseClause,
    EqualsSign,
    Error,
    EscapeInterpolation,
    EscapeSequence,
    ExceptClause,
    ExecStatement,
    ExpressionList,
    ExpressionStatement,
    False,
    FinallyClause,
    Float,
    ForInClause,
    ForStatement,
    FormatExpression,
    FormatSpecifier,
    FunctionDefinition,
    FutureImportStatement,
    GeneratorExpression,
    GenericType,
    GlobalStatement,
    Identifier,
    IfClause,
    IfStatement,
    ImportFromStatement,
    ImportPrefix,
    ImportStatement,
    Integer,
    Interpolation,
    KeywordArgument,
    KeywordPattern,
    KeywordSeparator,
    Lambda,
    LambdaParameters,
    List,
    ListComprehension,
    ListPattern,
    ListSplat,
    ListSplatPattern,
    MatchStatement,
    MinusSign,
    Module,
    NamedExpression,
    None,
    NonlocalStatement,
    NotOperator,
    Pair,
    Parameters,
    ParenthesizedExpression,
    ParenthesizedListSplat,
    PassStatement,
    PatternList,
    PositionalSeparator,
    PrintStatement,
    RaiseStatement,
    RelativeImport,
    ReturnStatement,
    Set,
    SetComprehension,
    Slice,
    SplatPattern,
    String,
    StringContent,
    StringEnd,
    StringStart,
    Subscript,
    True,
    TryStatement,
    Tuple,
    TuplePattern,
    Type,
    TypeAliasStatement,
    TypeConversion,
    TypedDefaultParameter,
    TypedParameter,
    UnaryOperator,
    Underscore,
    UnionPattern,
    UnionType,
    WhileStatement,
    WildcardImport,
    WithClause,
    WithItem,
    WithStatement,
    Yield,
    Sign, // an operator
    Colon,
    Comma,
    From,
};

/// What a node is to its parent; the grammar's fields.
enum class Role : std::uint8_t
{
    None,
    Alias,
    Alternative,
    Argument,
    Arguments,
    AttributeName,
    Body,
    Cause,
    Condition,
    Consequence,
    Definition,
    Expression,
    FormatSpecifier,
    Function,
    Guard,
    Key,
    Left,
    ModuleName,
    Name,
    Object,
    Operator,
    Operators,
    Parameters,
    ReturnType,
    Right,
    Subject,
    Subscript,
    Superclasses,
    Type,
    TypeConversion,
    Value,
};

using NameId = std::uint32_t;

/// Each name once; numbers are cheaper to compare.
class Names
{
public:
    NameId id(std::string_view name);

    const std::string& text(NameId id) const { return *m_texts[id]; }

private:
    struct Hash
    {
        using is_transparent = void;

        std::size_t operator()(std::string_view text) const
        {
            return std::hash<std::string_view>()(text);
        }
    };

    std::unordered_map<std::string, NameId, Hash, std::equal_to<>> m_ids;
    std::vector<const std::string*> m_texts;
};

class Program;

/// A node of a program: what a SyntaxNode says, in memory of our own, without comments and
/// punctuation.
struct Node
{
    Kind kind = Kind::Other;
    Role role = Role::None;
    bool pending = false; ///< a function's body whose children were not made yet
    bool yields = false;  ///< of a function's body, once it was made: it has a yield
    bool alone = false;   ///< an expression that is a statement of its own
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    int line = 0;
    int column = 0;
    int endLine = 0;
    int endColumn = 0;
    NameId name = 0; ///< of an identifier, or an operator's sign
    std::uint32_t source = 0;
    Node* first = nullptr;
    Node* next = nullptr;
    Program* program = nullptr;
    mutable const Value* constant = nullptr; ///< the value of a literal, once it was asked for

    std::string_view text() const;

    /// The first child with a role; null when there is none.
    const Node* child(Role wanted) const
    {
        for (const Node* each = first; each != nullptr; each = each->next) {
            if (each->role == wanted)
                return each;
        }
        return nullptr;
    }

    const Node* child(Kind wanted) const
    {
        for (const Node* each = first; each != nullptr; each = each->next) {
            if (each->kind == wanted)
                return each;
        }
        return nullptr;
    }
};

/// The children of a node, for range loops.
class ChildRange
{
public:
    class Iterator
    {
    public:
        explicit Iterator(const Node* node)
            : m_node(node)
        {}

        const Node& operator*() const { return *m_node; }

        Iterator& operator++()
        {
            m_node = m_node->next;
            return *this;
        }

        bool operator!=(const Iterator& other) const { return m_node != other.m_node; }

    private:
        const Node* m_node;
    };

    explicit ChildRange(const Node& parent)
        : m_first(parent.first)
    {}

    Iterator begin() const { return Iterator(m_first); }

    Iterator end() const { return Iterator(nullptr); }

private:
    const Node* m_first;
};

inline ChildRange childrenOf(const Node& parent)
{
    return ChildRange(parent);
}

/// A file's syntax tree as an interpreter wants it. Bodies of functions are made when they are
/// first run.
class Program
{
public:
    Program(const SyntaxTree& tree, std::string file, Names& names);
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    Node& root() { return *m_root; }

    const std::string& file() const { return m_file; }

    const std::string& text() const { return m_text; }

    SourceSpan span(const Node& node) const;
    /// Makes the children of a function's body.
    void complete(Node& body);
    Value* keep(Value value); ///< lives as long as the program

private:
    Node* make(const SyntaxCursor& cursor);
    void fill(Node& parent, SyntaxCursor& cursor);

    const std::string& m_text;
    std::string m_file;
    Names& m_names;
    std::deque<Node> m_nodes;
    std::deque<Value> m_constants;
    std::vector<SyntaxNode> m_pending;
    Node* m_root = nullptr;
};

inline std::string_view Node::text() const
{
    return std::string_view(program->text()).substr(begin, end - begin);
}

} // namespace sightglass
