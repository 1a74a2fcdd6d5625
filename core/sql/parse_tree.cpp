// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/parse_tree.h"

#include "core/sql/statement_tokens.h"

#include <nlohmann/json.hpp>
#include <pg_query.h>

#include <algorithm>
#include <charconv>

namespace sightglass {

namespace detail {

struct ParseValue
{
    enum class Kind
    {
        Null,
        Object,
        List,
        Text,
        Integer,
        Flag
    };
    Kind kind = Kind::Null;
    std::string key; ///< in its object
    std::string text;
    std::int64_t integer = 0;
    std::uint32_t first = 0; ///< index of the first child; 0: none (0 is the root)
    std::uint32_t next = 0;  ///< index of the next sibling; 0: none
};

} // namespace detail

using detail::ParseValue;

namespace {

/// Builds the values from the events of nlohmann's reader, which needs no recursion.
class TreeBuilder
{
public:
    using number_integer_t = nlohmann::json::number_integer_t;
    using number_unsigned_t = nlohmann::json::number_unsigned_t;
    using number_float_t = nlohmann::json::number_float_t;
    using string_t = nlohmann::json::string_t;
    using binary_t = nlohmann::json::binary_t;

    bool null() { return scalar({.kind = ParseValue::Kind::Null}); }

    bool boolean(bool value)
    {
        return scalar({.kind = ParseValue::Kind::Flag, .integer = value ? 1 : 0});
    }

    bool number_integer(number_integer_t value)
    {
        return scalar({.kind = ParseValue::Kind::Integer, .integer = value});
    }

    bool number_unsigned(number_unsigned_t value)
    {
        return scalar(
            {.kind = ParseValue::Kind::Integer, .integer = static_cast<std::int64_t>(value)});
    }

    bool number_float(number_float_t, const string_t& text)
    {
        return scalar({.kind = ParseValue::Kind::Text, .text = text});
    }

    bool string(string_t& text)
    {
        return scalar({.kind = ParseValue::Kind::Text, .text = std::move(text)});
    }

    bool binary(binary_t&) { return false; }

    bool start_object(std::size_t) { return open(ParseValue::Kind::Object); }

    bool key(string_t& name)
    {
        m_key = std::move(name);
        return true;
    }

    bool end_object() { return close(); }

    bool start_array(std::size_t) { return open(ParseValue::Kind::List); }

    bool end_array() { return close(); }

    template <typename Exception>
    bool parse_error(std::size_t, const std::string&, const Exception&)
    {
        return false;
    }

    std::vector<ParseValue> values;

private:
    struct Level
    {
        std::uint32_t index;
        std::uint32_t last;
    };

    std::uint32_t append(ParseValue value)
    {
        value.key = std::exchange(m_key, {});
        const auto index = static_cast<std::uint32_t>(values.size());
        values.push_back(std::move(value));
        if (!m_levels.empty()) {
            Level& level = m_levels.back();
            (level.last == 0 ? values[level.index].first : values[level.last].next) = index;
            level.last = index;
        }
        return index;
    }

    bool scalar(ParseValue value)
    {
        append(std::move(value));
        return true;
    }

    bool open(ParseValue::Kind kind)
    {
        const std::uint32_t index = append({.kind = kind});
        m_levels.push_back({.index = index, .last = 0});
        return true;
    }

    bool close()
    {
        m_levels.pop_back();
        return true;
    }

    std::vector<Level> m_levels;
    std::string m_key;
};

/// Whether `value` is an object whose only field names a kind of node.
bool isWrapper(const ParseValue& value, const std::vector<ParseValue>& values)
{
    if (value.kind != ParseValue::Kind::Object || value.first == 0)
        return false;
    const ParseValue& only = values[value.first];
    return only.next == 0 && only.kind == ParseValue::Kind::Object && !only.key.empty() &&
           only.key.front() >= 'A' && only.key.front() <= 'Z';
}

const ParseValue*
childOf(const std::vector<ParseValue>& values, const ParseValue& parent, std::string_view key)
{
    for (std::uint32_t at = parent.first; at != 0; at = values[at].next) {
        if (values[at].key == key)
            return &values[at];
    }
    return nullptr;
}

/// The negative integer that stands at `location` of `text`, or behind the few words there; 0 when
/// it is none.
std::int64_t negativeAt(std::string_view text, std::size_t location)
{
    constexpr int wordLimit = 6;
    std::size_t offset = location;
    bool minus = false;
    for (int i = 0; i < wordLimit; ++i) {
        const auto token = nextSqlToken(text, offset);
        if (!token)
            return 0;
        if (token->kind == SqlTokenKind::Number) {
            std::int64_t value = 0;
            const char* end = token->text.data() + token->text.size();
            const auto read = std::from_chars(token->text.data(), end, value);
            return minus && read.ec == std::errc() && read.ptr == end ? -value : 0;
        }
        minus = token->text == "-";
        offset = token->end;
    }
    return 0;
}

/// libpg_query 15 leaves negative integers out of its JSON as it leaves out 0: they are read from
/// the text.
void restoreNegatives(std::vector<ParseValue>& values, std::string_view text)
{
    const std::size_t count = values.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (values[i].kind != ParseValue::Kind::Object)
            continue;
        const bool option = values[i].key == "DefElem";
        const ParseValue* holder = childOf(values, values[i], option ? "arg" : "ival");
        if (holder != nullptr && option)
            holder = childOf(values, *holder, "Integer");
        if (holder == nullptr || holder->kind != ParseValue::Kind::Object || holder->first != 0)
            continue;
        const ParseValue* location = childOf(values, values[i], "location");
        const std::int64_t begin = location == nullptr ? 0 : location->integer;
        if (begin < 0)
            continue;
        const std::int64_t number = negativeAt(text, static_cast<std::size_t>(begin));
        if (number == 0)
            continue;
        const auto at = static_cast<std::size_t>(holder - values.data());
        values[at].first = static_cast<std::uint32_t>(values.size());
        values.push_back(
            {.kind = ParseValue::Kind::Integer, .key = "ival", .text = {}, .integer = number});
    }
}

/// libpg_query counts characters from 1.
std::size_t byteOffset(std::string_view text, int cursor)
{
    std::size_t offset = 0;
    for (int left = cursor - 1; left > 0 && offset < text.size(); --left) {
        ++offset;
        while (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U)
            ++offset;
    }
    return offset;
}

ParseFailure failureOf(const PgQueryError* error, std::string_view text)
{
    ParseFailure result;
    result.message = error->message != nullptr ? error->message : "syntax error";
    if (error->cursorpos > 0)
        result.offset = byteOffset(text, error->cursorpos);
    return result;
}

} // namespace

ParseNode::ParseNode(const std::vector<ParseValue>* values, std::uint32_t index)
    : m_values(values)
    , m_index(index)
    , m_wrapper(index)
{
    if (isWrapper((*values)[index], *values))
        m_index = m_wrapper = (*values)[index].first;
}

std::string_view ParseNode::kind() const
{
    if (m_values == nullptr)
        return {};
    const std::string& key = (*m_values)[m_wrapper].key;
    const bool named = !key.empty() && key.front() >= 'A' && key.front() <= 'Z';
    return named ? std::string_view(key) : std::string_view();
}

const ParseValue* ParseNode::child(std::string_view name) const
{
    if (m_values == nullptr)
        return nullptr;
    const ParseValue& self = (*m_values)[m_index];
    if (self.kind == ParseValue::Kind::List && name.empty())
        return &self;
    if (self.kind != ParseValue::Kind::Object)
        return nullptr;
    for (std::uint32_t at = self.first; at != 0; at = (*m_values)[at].next) {
        if ((*m_values)[at].key == name)
            return &(*m_values)[at];
    }
    return nullptr;
}

ParseNode ParseNode::nodeOf(const ParseValue& value) const
{
    return {m_values, static_cast<std::uint32_t>(&value - m_values->data())};
}

ParseNode ParseNode::field(std::string_view name) const
{
    const ParseValue* value = child(name);
    return value == nullptr ? ParseNode() : nodeOf(*value);
}

std::vector<ParseNode> ParseNode::elementsOf(const ParseValue& value) const
{
    std::vector<ParseNode> result;
    if (value.kind == ParseValue::Kind::List) {
        for (std::uint32_t at = value.first; at != 0; at = (*m_values)[at].next)
            result.push_back(nodeOf((*m_values)[at]));
        return result;
    }
    const ParseNode node = nodeOf(value);
    return node.is("List") ? node.items() : result;
}

std::vector<ParseNode> ParseNode::list(std::string_view name) const
{
    const ParseValue* value = child(name);
    return value == nullptr ? std::vector<ParseNode>() : elementsOf(*value);
}

std::string_view ParseNode::text(std::string_view name) const
{
    const ParseValue* value = child(name);
    if (value == nullptr)
        return {};
    if (value->kind == ParseValue::Kind::Text)
        return value->text;
    const ParseNode node = nodeOf(*value);
    return node.is("String") ? node.string() : std::string_view();
}

std::int64_t ParseNode::integer(std::string_view name) const
{
    const ParseValue* value = child(name);
    return value != nullptr && value->kind == ParseValue::Kind::Integer ? value->integer : 0;
}

bool ParseNode::flag(std::string_view name) const
{
    const ParseValue* value = child(name);
    return value != nullptr && value->kind == ParseValue::Kind::Flag && value->integer != 0;
}

std::optional<std::size_t> ParseNode::location(std::string_view name) const
{
    if (m_values == nullptr)
        return std::nullopt;
    const ParseValue* value = child(name);
    if (value == nullptr)
        return 0; // the parser leaves 0 out
    if (value->kind != ParseValue::Kind::Integer || value->integer < 0)
        return std::nullopt;
    return static_cast<std::size_t>(value->integer);
}

std::vector<std::string> ParseNode::strings(std::string_view name) const
{
    std::vector<std::string> result;
    for (const ParseNode& item : list(name))
        result.emplace_back(item.is("A_Star") ? std::string_view("*") : item.string());
    return result;
}

std::vector<std::pair<std::string_view, ParseNode>> ParseNode::fields() const
{
    std::vector<std::pair<std::string_view, ParseNode>> result;
    if (m_values == nullptr || (*m_values)[m_index].kind != ParseValue::Kind::Object)
        return result;
    for (std::uint32_t at = (*m_values)[m_index].first; at != 0; at = (*m_values)[at].next)
        result.emplace_back((*m_values)[at].key, nodeOf((*m_values)[at]));
    return result;
}

ParseNode ParseTree::root() const
{
    return m_values == nullptr || m_values->empty() ? ParseNode() : ParseNode(m_values.get(), 0);
}

std::vector<ParseNode> ParseTree::statements() const
{
    std::vector<ParseNode> result;
    for (const ParseNode& raw : root().list("stmts"))
        result.push_back(raw.field("stmt"));
    return result;
}

Outcome<ParseTree, ParseFailure> ParseTree::ofJson(std::string_view json, std::string_view text)
{
    TreeBuilder builder;
    if (!nlohmann::json::sax_parse(json.begin(), json.end(), &builder) || builder.values.empty())
        return otherwise(ParseFailure{"the parser's answer can't be read", 0});
    restoreNegatives(builder.values, text);
    ParseTree result;
    result.m_values = std::make_shared<const std::vector<ParseValue>>(std::move(builder.values));
    return result;
}

Outcome<ParseTree, ParseFailure> parseSql(std::string_view text)
{
    if (auto refused = refusedBeforeParsing(text))
        return otherwise(*std::move(refused));
    const std::string terminated(text);
    const PgQueryParseResult parsed = pg_query_parse(terminated.c_str());
    auto result = parsed.error != nullptr
                      ? Outcome<ParseTree, ParseFailure>(otherwise(failureOf(parsed.error, text)))
                      : ParseTree::ofJson(parsed.parse_tree, text);
    pg_query_free_parse_result(parsed);
    return result;
}

Outcome<ParseTree, ParseFailure> parsePlpgsql(std::string_view statement)
{
    if (auto refused = refusedBeforeParsing(statement))
        return otherwise(*std::move(refused));
    const std::string terminated(statement);
    const PgQueryPlpgsqlParseResult parsed = pg_query_parse_plpgsql(terminated.c_str());
    auto result =
        parsed.error != nullptr
            ? Outcome<ParseTree, ParseFailure>(otherwise(failureOf(parsed.error, statement)))
            : ParseTree::ofJson(parsed.plpgsql_funcs, statement);
    pg_query_free_plpgsql_parse_result(parsed);
    return result;
}

} // namespace sightglass
