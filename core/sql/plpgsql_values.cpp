// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/plpgsql_values.h"

#include "core/schema/relation.h"
#include "core/sql/statement_text.h"

#include <algorithm>

namespace sightglass {

namespace {

constexpr int depthLimit = 200;

class TextBuilder
{
public:
    explicit TextBuilder(const PlpgsqlVariables& variables)
        : m_variables(variables)
    {}

    BuiltText of(const ParseNode& node, int depth = 0) const
    {
        if (depth > depthLimit)
            return unknown();
        if (node.is("A_Const")) {
            if (node.flag("isnull"))
                return {.text = {}, .known = true, .null = true};
            return {.text = plainValueOf(node)};
        }
        if (node.is("TypeCast"))
            return of(node.field("arg"), depth + 1);
        if (node.is("ColumnRef"))
            return variable(node, depth);
        if (node.is("A_Expr"))
            return joined(node, depth);
        if (node.is("FuncCall"))
            return called(node, depth);
        return unknown();
    }

private:
    static BuiltText unknown() { return {.text = std::string(unknownPart), .known = false}; }

    BuiltText variable(const ParseNode& node, int depth) const
    {
        const std::vector<std::string> parts = node.strings("fields");
        if (parts.size() != 1)
            return unknown();
        const std::string sql = m_variables.sqlOf(parts.front());
        if (sql.empty() || sql.front() == '(')
            return unknown();
        const auto tree = parseSql("SELECT " + sql);
        if (!tree || tree->statements().size() != 1)
            return unknown();
        const std::vector<ParseNode> targets = tree->statements().front().list("targetList");
        return targets.size() == 1 ? of(targets.front().field("val"), depth + 1) : unknown();
    }

    BuiltText joined(const ParseNode& node, int depth) const
    {
        const std::vector<std::string> name = node.strings("name");
        if (name.size() != 1 || name.front() != "||")
            return unknown();
        BuiltText left = of(node.field("lexpr"), depth + 1);
        const BuiltText right = of(node.field("rexpr"), depth + 1);
        left.text += right.text;
        left.known = left.known && right.known;
        left.null = left.null || right.null;
        return left;
    }

    BuiltText called(const ParseNode& node, int depth) const
    {
        const std::vector<std::string> name = node.strings("funcname");
        if (name.empty() || (name.size() > 1 && name.front() != "pg_catalog"))
            return unknown();
        std::vector<BuiltText> arguments;
        for (const ParseNode& argument : node.list("args"))
            arguments.push_back(of(argument, depth + 1));
        const std::string& function = name.back();
        if (function == "format" && !arguments.empty() && arguments.front().known)
            return formatted(arguments);
        if (function == "concat") {
            BuiltText result;
            for (const BuiltText& argument : arguments) {
                result.text += argument.text;
                result.known = result.known && argument.known;
            }
            return result;
        }
        if (arguments.size() != 1 || !arguments.front().known || arguments.front().null)
            return unknown();
        const std::string& text = arguments.front().text;
        if (function == "quote_ident")
            return {.text = quotedIdentifier(text)};
        if (function == "quote_literal" || function == "quote_nullable")
            return {.text = plpgsqlLiteral(text)};
        if (function == "lower" || function == "upper")
            return {.text = function == "lower" ? lowerCase(text) : upperCase(text)};
        return unknown();
    }

    static void append(BuiltText& result, const BuiltText& argument, char conversion)
    {
        if (argument.null) {
            if (conversion == 'L')
                result.text += "NULL";
            result.null = result.null || conversion == 'I';
            return;
        }
        if (!argument.known)
            result.text +=
                conversion == 'L' ? plpgsqlLiteral(unknownPart) : std::string(unknownPart);
        else if (conversion == 'I')
            result.text += quotedIdentifier(argument.text);
        else
            result.text += conversion == 'L' ? plpgsqlLiteral(argument.text) : argument.text;
        result.known = result.known && argument.known;
    }

    /// format(): %s, %I, %L, %%, with positions (%1$I). A width is not followed.
    static BuiltText formatted(const std::vector<BuiltText>& arguments)
    {
        const std::string& pattern = arguments.front().text;
        BuiltText result;
        std::size_t next = 1;
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            if (pattern[i] != '%') {
                result.text += pattern[i];
                continue;
            }
            ++i;
            std::size_t digits = i;
            std::size_t position = 0;
            while (digits < pattern.size() && pattern[digits] >= '0' && pattern[digits] <= '9' &&
                   position < 1000)
                position = position * 10 + static_cast<std::size_t>(pattern[digits++] - '0');
            if (digits > i && digits < pattern.size() && pattern[digits] == '$') {
                next = position;
                i = digits + 1;
            }
            const char conversion = i < pattern.size() ? pattern[i] : '\0';
            if (conversion == '%') {
                result.text += '%';
                continue;
            }
            const bool valid = conversion == 's' || conversion == 'I' || conversion == 'L';
            if (!valid || next == 0 || next >= arguments.size())
                return unknown();
            append(result, arguments[next++], conversion);
        }
        return result;
    }

    const PlpgsqlVariables& m_variables;
};

/// The one expression that `expression` is; an absent node when it is none. `tree` keeps it alive.
ParseNode expressionNode(std::string_view expression, Outcome<ParseTree, ParseFailure>& tree)
{
    tree = parseSql("SELECT " + std::string(expression));
    if (!tree || tree->statements().size() != 1)
        return {};
    const std::vector<ParseNode> targets = tree->statements().front().list("targetList");
    return targets.size() == 1 ? targets.front().field("val") : ParseNode();
}

} // namespace

std::string PlpgsqlVariables::sqlOf(const std::string& name) const
{
    const auto found = m_values.find(name);
    return found == m_values.end() ? std::string() : found->second;
}

std::optional<std::string> PlpgsqlVariables::substituted(std::string_view expression) const
{
    std::string result;
    std::size_t copied = 0;
    bool afterDot = false;
    for (const SqlToken& token : sqlTokens(expression)) {
        const std::string word = token.kind == SqlTokenKind::Word ? lowerCase(token.text) : "";
        if (!word.empty() && !afterDot && isDeclared(word)) {
            const std::string sql = sqlOf(word);
            if (sql.empty() || expression.substr(token.end).starts_with('.'))
                return std::nullopt;
            result += expression.substr(copied, token.begin - copied);
            result += sql;
            copied = token.end;
        }
        afterDot = token.isMark('.');
    }
    result += expression.substr(copied);
    return result;
}

void PlpgsqlVariables::forgetQueries()
{
    std::erase_if(m_values, [](const auto& entry) { return entry.second.starts_with('('); });
}

void PlpgsqlVariables::meet(const PlpgsqlVariables& other)
{
    std::erase_if(m_values,
                  [&](const auto& entry) { return other.sqlOf(entry.first) != entry.second; });
}

BuiltText builtText(std::string_view expression, const PlpgsqlVariables& variables)
{
    Outcome<ParseTree, ParseFailure> tree = ParseTree();
    const ParseNode node = expressionNode(expression, tree);
    return TextBuilder(variables).of(node);
}

std::optional<std::vector<std::string>> constantElements(std::string_view expression,
                                                         const PlpgsqlVariables& variables)
{
    Outcome<ParseTree, ParseFailure> tree = ParseTree();
    ParseNode node = expressionNode(expression, tree);
    if (node.is("TypeCast"))
        node = node.field("arg");
    std::vector<std::string> result;
    if (node.is("A_ArrayExpr")) {
        for (const ParseNode& element : node.list("elements")) {
            const BuiltText text = TextBuilder(variables).of(element);
            if (!text.known || text.null)
                return std::nullopt;
            result.push_back(text.text);
        }
        return result;
    }
    const std::string literal = node.is("A_Const") ? plainValueOf(node) : std::string();
    if (literal.size() < 2 || literal.front() != '{' || literal.back() != '}' ||
        literal.find_first_of("\"\\ ") != std::string::npos)
        return std::nullopt;
    std::string word;
    for (const char c : literal.substr(1)) {
        if (c != ',' && c != '}')
            word += c;
        else if (!word.empty())
            result.push_back(std::exchange(word, {}));
    }
    return result;
}

std::string plpgsqlLiteral(std::string_view text)
{
    std::string result = "'";
    for (const char c : text)
        result.append(c == '\'' ? 2 : 1, c);
    return result + "'";
}

} // namespace sightglass
