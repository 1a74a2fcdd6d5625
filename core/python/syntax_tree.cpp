// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/python/syntax_tree.h"

#include <tree_sitter/api.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <limits>

extern "C" const TSLanguage* tree_sitter_python(void);

namespace sightglass {

namespace {

struct DeleteTree
{
    void operator()(TSTree* tree) const { ts_tree_delete(tree); }
};

struct DeleteParser
{
    void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};

/// A cursor that frees itself.
class Cursor
{
public:
    explicit Cursor(TSNode node)
        : m_cursor(ts_tree_cursor_new(node))
    {}

    Cursor(const Cursor&) = delete;
    Cursor& operator=(const Cursor&) = delete;
    Cursor(Cursor&&) = delete;
    Cursor& operator=(Cursor&&) = delete;

    ~Cursor() { ts_tree_cursor_delete(&m_cursor); }

    bool firstChild() { return ts_tree_cursor_goto_first_child(&m_cursor); }

    bool nextSibling() { return ts_tree_cursor_goto_next_sibling(&m_cursor); }

    bool parent() { return ts_tree_cursor_goto_parent(&m_cursor); }

    TSNode node() const { return ts_tree_cursor_current_node(&m_cursor); }

private:
    TSTreeCursor m_cursor;
};

} // namespace

struct SyntaxNode::Tree
{
    std::string text;
    std::unique_ptr<TSTree, DeleteTree> tree;
};

/// The one place where our node and the library's are turned into each other.
struct SyntaxAccess
{
    static TSNode foreign(const SyntaxNode& node)
    {
        TSNode result{};
        std::ranges::copy(node.m_context, result.context);
        result.id = node.m_id;
        result.tree = node.m_tree == nullptr ? nullptr : node.m_tree->tree.get();
        return result;
    }

    static SyntaxNode own(const TSNode& node, const SyntaxNode& sibling)
    {
        return own(node, sibling.m_tree);
    }

    static SyntaxNode own(const TSNode& node, const SyntaxNode::Tree* tree)
    {
        SyntaxNode result;
        if (ts_node_is_null(node))
            return result;
        std::ranges::copy(node.context, result.m_context.begin());
        result.m_id = node.id;
        result.m_tree = tree;
        return result;
    }
};

std::string_view SyntaxNode::kind() const
{
    return isNull() ? std::string_view() : ts_node_type(SyntaxAccess::foreign(*this));
}

bool SyntaxNode::is(std::string_view kindName) const
{
    if (isNull() || kindName.empty())
        return isNull() && kindName.empty();
    // Most nodes are told apart by their first letters: the length is not asked for.
    const char* kind = ts_node_type(SyntaxAccess::foreign(*this));
    return std::strncmp(kind, kindName.data(), kindName.size()) == 0 && kind[kindName.size()] == 0;
}

std::string_view SyntaxNode::text() const
{
    if (isNull())
        return {};
    return std::string_view(m_tree->text).substr(begin(), end() - begin());
}

std::size_t SyntaxNode::begin() const
{
    return isNull() ? 0 : ts_node_start_byte(SyntaxAccess::foreign(*this));
}

std::size_t SyntaxNode::end() const
{
    return isNull() ? 0 : ts_node_end_byte(SyntaxAccess::foreign(*this));
}

int SyntaxNode::line() const
{
    return isNull() ? 0
                    : static_cast<int>(ts_node_start_point(SyntaxAccess::foreign(*this)).row) + 1;
}

TextRange SyntaxNode::range() const
{
    if (isNull())
        return {};
    const TSNode node = SyntaxAccess::foreign(*this);
    const TSPoint first = ts_node_start_point(node);
    const TSPoint last = ts_node_end_point(node);
    return {.begin = begin(),
            .end = end(),
            .line = static_cast<int>(first.row) + 1,
            .column = static_cast<int>(first.column) + 1,
            .endLine = static_cast<int>(last.row) + 1,
            .endColumn = static_cast<int>(last.column) + 1};
}

bool SyntaxNode::isNamed() const
{
    return !isNull() && ts_node_is_named(SyntaxAccess::foreign(*this));
}

bool SyntaxNode::isError() const
{
    return is("ERROR");
}

bool SyntaxNode::isMissing() const
{
    return !isNull() && ts_node_is_missing(SyntaxAccess::foreign(*this));
}

bool SyntaxNode::hasError() const
{
    return !isNull() && ts_node_has_error(SyntaxAccess::foreign(*this));
}

SyntaxNode SyntaxNode::field(std::string_view name) const
{
    if (isNull())
        return {};
    return SyntaxAccess::own(ts_node_child_by_field_name(SyntaxAccess::foreign(*this),
                                                         name.data(),
                                                         static_cast<std::uint32_t>(name.size())),
                             *this);
}

std::vector<SyntaxNode> SyntaxNode::children() const
{
    std::vector<SyntaxNode> result;
    if (isNull())
        return result;
    // A cursor: asking for the n-th child walks over those before it.
    Cursor cursor(SyntaxAccess::foreign(*this));
    for (bool more = cursor.firstChild(); more; more = cursor.nextSibling())
        result.push_back(SyntaxAccess::own(cursor.node(), *this));
    return result;
}

std::vector<SyntaxNode> SyntaxNode::namedChildren() const
{
    std::vector<SyntaxNode> result = children();
    std::erase_if(result, [](const SyntaxNode& child) {
        return !child.isNamed() || child.is("comment") || child.is("line_continuation");
    });
    return result;
}

SyntaxNode SyntaxNode::firstNamed() const
{
    const auto all = namedChildren();
    return all.empty() ? SyntaxNode() : all.front();
}

std::optional<SyntaxTree> SyntaxTree::parse(std::string text, std::stop_token stop)
{
    if (text.size() >= std::numeric_limits<std::uint32_t>::max())
        text.resize(std::numeric_limits<std::uint32_t>::max() - 1);
    const std::unique_ptr<TSParser, DeleteParser> parser(ts_parser_new());
    ts_parser_set_language(parser.get(), tree_sitter_python());
    std::size_t cancelled = 0; // the library polls it
    ts_parser_set_cancellation_flag(parser.get(), &cancelled);
    const std::stop_callback cancel(stop, [&] { std::atomic_ref(cancelled).store(1); });
    auto tree = std::make_unique<SyntaxNode::Tree>();
    tree->text = std::move(text);
    tree->tree.reset(ts_parser_parse_string(
        parser.get(), nullptr, tree->text.data(), static_cast<std::uint32_t>(tree->text.size())));
    if (tree->tree == nullptr)
        return std::nullopt;
    return SyntaxTree(std::move(tree));
}

SyntaxTree::SyntaxTree(std::unique_ptr<SyntaxNode::Tree> tree)
    : m_tree(std::move(tree))
{}

SyntaxTree::SyntaxTree(SyntaxTree&&) noexcept = default;
SyntaxTree& SyntaxTree::operator=(SyntaxTree&&) noexcept = default;
SyntaxTree::~SyntaxTree() = default;

SyntaxNode SyntaxTree::root() const
{
    return SyntaxAccess::own(ts_tree_root_node(m_tree->tree.get()), m_tree.get());
}

const std::string& SyntaxTree::text() const
{
    return m_tree->text;
}

namespace {

/// Goes through the tree in the order of the text; `enter` says whether to look below a node.
template <typename Enter>
void walk(SyntaxNode root, const Enter& enter)
{
    if (root.isNull())
        return;
    Cursor cursor(SyntaxAccess::foreign(root));
    while (true) {
        if (enter(SyntaxAccess::own(cursor.node(), root)) && cursor.firstChild())
            continue;
        while (!cursor.nextSibling()) {
            if (!cursor.parent())
                return;
        }
    }
}

} // namespace

SyntaxNode SyntaxTree::firstError() const
{
    SyntaxNode found;
    std::vector<std::size_t> excused;
    walk(root(), [&](const SyntaxNode& node) {
        if (found)
            return false;
        if (node.is("for_statement") && node.hasError()) {
            // The grammar does not know `for x in a, *b:`, which Python does.
            for (const SyntaxNode& child : node.children()) {
                if (child.isError() && child.text().starts_with('*'))
                    excused.push_back(child.begin());
            }
        }
        if (node.isError() && std::ranges::find(excused, node.begin()) != excused.end())
            return true;
        const bool old = node.is("print_statement") || node.is("exec_statement");
        // `print(x)` followed by `% y` is a call in Python 3 too, and comes as a call.
        if (old || node.isError() || node.isMissing()) {
            found = node;
            return false;
        }
        return true;
    });
    return found;
}

std::vector<SyntaxNode>
nodesOfKind(SyntaxNode node, std::string_view kind, const std::vector<std::string_view>& except)
{
    std::vector<SyntaxNode> result;
    walk(node, [&](const SyntaxNode& one) {
        if (one.is(kind))
            result.push_back(one);
        return std::ranges::none_of(except, [&](std::string_view each) { return one.is(each); });
    });
    return result;
}

std::uint16_t SyntaxGrammar::symbolCount()
{
    return static_cast<std::uint16_t>(ts_language_symbol_count(tree_sitter_python()));
}

std::string_view SyntaxGrammar::symbolName(std::uint16_t symbol)
{
    const char* name = ts_language_symbol_name(tree_sitter_python(), symbol);
    return name == nullptr ? std::string_view() : name;
}

bool SyntaxGrammar::symbolIsNamed(std::uint16_t symbol)
{
    return ts_language_symbol_type(tree_sitter_python(), symbol) == TSSymbolTypeRegular;
}

std::uint16_t SyntaxGrammar::fieldCount()
{
    return static_cast<std::uint16_t>(ts_language_field_count(tree_sitter_python()));
}

std::string_view SyntaxGrammar::fieldName(std::uint16_t field)
{
    const char* name = ts_language_field_name_for_id(tree_sitter_python(), field);
    return name == nullptr ? std::string_view() : name;
}

struct SyntaxCursor::Foreign
{
    TSTreeCursor cursor;
};

SyntaxCursor::SyntaxCursor(const SyntaxNode& start)
    : m_foreign(std::make_unique<Foreign>(
          Foreign{.cursor = ts_tree_cursor_new(SyntaxAccess::foreign(start))}))
    , m_tree(start.m_tree)
{}

SyntaxCursor::~SyntaxCursor()
{
    ts_tree_cursor_delete(&m_foreign->cursor);
}

bool SyntaxCursor::firstChild()
{
    return ts_tree_cursor_goto_first_child(&m_foreign->cursor);
}

bool SyntaxCursor::nextSibling()
{
    return ts_tree_cursor_goto_next_sibling(&m_foreign->cursor);
}

bool SyntaxCursor::parent()
{
    return ts_tree_cursor_goto_parent(&m_foreign->cursor);
}

SyntaxNode SyntaxCursor::node() const
{
    return SyntaxAccess::own(ts_tree_cursor_current_node(&m_foreign->cursor), m_tree);
}

std::uint16_t SyntaxCursor::symbol() const
{
    return ts_node_symbol(ts_tree_cursor_current_node(&m_foreign->cursor));
}

std::uint16_t SyntaxCursor::field() const
{
    return ts_tree_cursor_current_field_id(&m_foreign->cursor);
}

} // namespace sightglass
