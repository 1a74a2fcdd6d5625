// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/canonical_deparse.h"

#include <algorithm>
#include <array>

namespace sightglass::canonical {

namespace {

constexpr int indentStep = 4;
constexpr int indentLimit = 40;

constexpr auto newerWords = std::to_array<std::string_view>({"json",
                                                             "json_array",
                                                             "json_arrayagg",
                                                             "json_exists",
                                                             "json_object",
                                                             "json_objectagg",
                                                             "json_query",
                                                             "json_scalar",
                                                             "json_serialize",
                                                             "json_table",
                                                             "json_value",
                                                             "merge_action",
                                                             "system_user"});

/// Spells one expression; the members are the cases of get_rule_expr.
class Speller
{
public:
    explicit Speller(TypeSpace& types)
        : m_types(types)
    {}

    void write(const Expression& node, bool implicit);

    std::string take() { return std::move(m_text); }

private:
    void list(const std::vector<ExpressionPtr>& nodes,
              std::size_t begin,
              std::size_t end,
              bool implicit);
    void constant(const Expression& node, int typeShown);
    void cast(const Expression& argument, TypeUse type);
    void coercion(const Expression& node, bool implicit);
    void call(const Expression& node, bool implicit);
    bool syntax(const Expression& node);
    bool stringSyntax(const Expression& node);
    void operation(const Expression& node);
    void arrayOperation(const Expression& node);
    void logical(const Expression& node);
    void caseOf(const Expression& node);
    void condition(const Expression& node, bool simple);
    void array(const Expression& node);
    void row(const Expression& node);
    void subscript(const Expression& node);
    void keyword(std::string_view word);

    TypeSpace& m_types;
    std::string m_text;
    int m_indent = 0;
};

void Speller::list(const std::vector<ExpressionPtr>& nodes,
                   std::size_t begin,
                   std::size_t end,
                   bool implicit)
{
    for (std::size_t i = begin; i < end; ++i) {
        if (i > begin)
            m_text += ", ";
        write(*nodes[i], implicit);
    }
}

/// `typeShown`: -1 never, 0 where the text alone would be read as another type.
void Speller::constant(const Expression& node, int typeShown)
{
    if (node.null) {
        m_text += "NULL";
        if (typeShown >= 0 && node.type.id != type::unknown)
            m_text += "::" + m_types.spell(node.type);
        return;
    }
    bool label = node.type.id != type::boolean && node.type.id != type::unknown;
    const std::string& text = node.text;
    if (node.type.id == type::int4 && !text.starts_with('-')) {
        m_text += text;
        label = false;
    } else if (node.type.id == type::numeric && text.front() >= '0' && text.front() <= '9' &&
               text.find_first_of("eE.") != std::string::npos) {
        m_text += text;
        label = node.type.modifier >= 0;
    } else if (node.type.id == type::boolean) {
        m_text += text == "t" ? "true" : "false";
    } else {
        m_text += quotedLiteral(text);
    }
    if (label && typeShown >= 0)
        m_text += "::" + m_types.spell(node.type);
}

void Speller::cast(const Expression& argument, TypeUse type)
{
    if (argument.kind == Kind::Constant && argument.type == TypeUse{.id = type.id}) {
        constant(argument, -1);
    } else {
        m_text += '(';
        write(argument, false);
        m_text += ')';
    }
    m_text += "::" + m_types.spell(type);
}

void Speller::coercion(const Expression& node, bool implicit)
{
    if (node.form == Form::ImplicitCast && !implicit)
        write(*node.arguments.front(), false);
    else
        cast(*node.arguments.front(), node.type);
}

bool Speller::stringSyntax(const Expression& node)
{
    const auto& arguments = node.arguments;
    const std::string& name = node.text;
    const auto joined = [&](std::string_view opening, std::array<std::string_view, 3> words) {
        m_text += opening;
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            m_text += words[i];
            write(*arguments[i], false);
        }
        m_text += ')';
        return true;
    };
    if (name == "\"overlay\"")
        return arguments.size() >= 3 && [&] {
            m_text += "OVERLAY(";
            write(*arguments[0], false);
            m_text += " PLACING ";
            write(*arguments[1], false);
            m_text += " FROM ";
            write(*arguments[2], false);
            if (arguments.size() == 4) {
                m_text += " FOR ";
                write(*arguments[3], false);
            }
            m_text += ')';
            return true;
        }();
    if (name == "\"substring\"") {
        const bool numbers = arguments.size() > 1 && arguments[1]->type.id == type::int4;
        if (numbers)
            return joined("SUBSTRING(", {"", " FROM ", " FOR "});
        return arguments.size() == 3 && joined("SUBSTRING(", {"", " SIMILAR ", " ESCAPE "});
    }

    struct Trim
    {
        std::string_view name;
        std::string_view words;
    };

    static constexpr auto trims = std::to_array<Trim>(
        {{"btrim", "TRIM(BOTH"}, {"ltrim", "TRIM(LEADING"}, {"rtrim", "TRIM(TRAILING"}});
    const auto* const trim = std::ranges::find(trims, name, &Trim::name);
    if (trim == trims.end())
        return false;
    m_text += trim->words;
    if (arguments.size() == 2) {
        m_text += ' ';
        write(*arguments[1], false);
    }
    m_text += " FROM ";
    write(*arguments[0], false);
    m_text += ')';
    return true;
}

bool Speller::syntax(const Expression& node)
{
    const auto& arguments = node.arguments;
    if (node.text == "timezone" && arguments.size() == 2) {
        m_text += '(';
        write(*arguments[1], false);
        m_text += " AT TIME ZONE ";
        write(*arguments[0], false);
        m_text += ')';
        return true;
    }
    if (node.text == "\"overlaps\"" && arguments.size() == 4) {
        m_text += "((";
        list(arguments, 0, 2, false);
        m_text += ") OVERLAPS (";
        list(arguments, 2, 4, false);
        m_text += "))";
        return true;
    }
    if (node.text == "\"extract\"" && arguments.size() == 2) {
        m_text += "EXTRACT(" + arguments[0]->text + " FROM ";
        write(*arguments[1], false);
        m_text += ')';
        return true;
    }
    if (node.text == "\"position\"" && arguments.size() == 2) {
        m_text += "POSITION((";
        write(*arguments[1], false);
        m_text += ") IN (";
        write(*arguments[0], false);
        m_text += "))";
        return true;
    }
    if (node.text == "\"normalize\"" || node.text == "is_normalized") {
        const bool test = node.text == "is_normalized";
        m_text += test ? "((" : "NORMALIZE(";
        write(*arguments[0], false);
        m_text += test ? ") IS" : "";
        if (arguments.size() == 2)
            m_text += (test ? " " : ", ") + arguments[1]->text;
        m_text += test ? " NORMALIZED)" : ")";
        return true;
    }
    return stringSyntax(node);
}

void Speller::call(const Expression& node, bool implicit)
{
    if (node.form == Form::ImplicitCast || node.form == Form::ExplicitCast) {
        coercion(node, implicit);
        return;
    }
    if (node.form == Form::Syntax && syntax(node))
        return;
    m_text += node.text + "(";
    for (std::size_t i = 0; i < node.arguments.size(); ++i) {
        m_text += i > 0 ? ", " : "";
        if (node.variadic && i + 1 == node.arguments.size())
            m_text += "VARIADIC ";
        write(*node.arguments[i], true);
    }
    m_text += ')';
}

void Speller::operation(const Expression& node)
{
    m_text += '(';
    if (node.arguments.size() == 2) {
        write(*node.arguments[0], true);
        m_text += ' ';
    }
    m_text += (node.kind == Kind::Distinct ? std::string("IS DISTINCT FROM") : node.text) + " ";
    write(*node.arguments.back(), true);
    m_text += ')';
}

void Speller::arrayOperation(const Expression& node)
{
    m_text += '(';
    write(*node.arguments[0], true);
    m_text += " " + node.text + (node.negated ? " ALL (" : " ANY (");
    write(*node.arguments[1], true);
    m_text += "))";
}

void Speller::logical(const Expression& node)
{
    m_text += node.kind == Kind::Not ? "(NOT " : "(";
    for (std::size_t i = 0; i < node.arguments.size(); ++i) {
        if (i > 0)
            m_text += node.kind == Kind::And ? " AND " : " OR ";
        write(*node.arguments[i], false);
    }
    m_text += ')';
}

/// A word on a line of its own.
void Speller::keyword(std::string_view word)
{
    while (m_text.ends_with(' '))
        m_text.pop_back();
    m_text += '\n';
    int spaces = std::max(m_indent, 0);
    if (m_indent >= indentLimit) {
        spaces = indentLimit + (m_indent - indentLimit) / indentStep;
        spaces = spaces % indentLimit;
    }
    m_text.append(static_cast<std::size_t>(spaces), ' ');
    m_text += word;
}

void Speller::condition(const Expression& node, bool simple)
{
    if (simple && node.kind == Kind::Operator && node.arguments.size() == 2) {
        const Expression* left = node.arguments[0].get();
        while (left->form == Form::ImplicitCast && left->arguments.size() == 1)
            left = left->arguments.front().get();
        if (left->kind == Kind::CaseTest) {
            write(*node.arguments[1], false);
            return;
        }
    }
    write(node, false);
}

void Speller::caseOf(const Expression& node)
{
    keyword("CASE");
    m_indent += indentStep;
    const bool simple = node.arguments.front() != nullptr;
    if (simple) {
        m_text += ' ';
        write(*node.arguments.front(), true);
    }
    for (std::size_t i = 1; i + 1 < node.arguments.size(); i += 2) {
        keyword("WHEN ");
        condition(*node.arguments[i], simple);
        m_text += " THEN ";
        write(*node.arguments[i + 1], true);
    }
    keyword("ELSE ");
    write(*node.arguments.back(), true);
    m_indent -= indentStep;
    keyword("END");
}

void Speller::array(const Expression& node)
{
    m_text += "ARRAY[";
    list(node.arguments, 0, node.arguments.size(), true);
    m_text += ']';
    if (node.arguments.empty())
        m_text += "::" + m_types.spell(node.type.id);
}

void Speller::row(const Expression& node)
{
    const std::size_t count = node.arguments.size();
    if (node.kind == Kind::Row) {
        m_text += "ROW(";
        list(node.arguments, 0, count, true);
        m_text += ')';
        return;
    }
    m_text += "(ROW(";
    list(node.arguments, 0, count / 2, true);
    m_text += ") " + node.text + " ROW(";
    list(node.arguments, count / 2, count, true);
    m_text += "))";
}

void Speller::subscript(const Expression& node)
{
    const Expression& container = *node.arguments[0];
    const bool bare = container.kind == Kind::Variable || container.kind == Kind::Subscript;
    m_text += bare ? "" : "(";
    write(container, false);
    m_text += bare ? "[" : ")[";
    write(*node.arguments[1], false);
    m_text += ']';
}

struct ListWords
{
    Kind kind;
    std::string_view words;
};

constexpr auto listWords = std::to_array<ListWords>({{Kind::Coalesce, "COALESCE("},
                                                     {Kind::Greatest, "GREATEST("},
                                                     {Kind::Least, "LEAST("},
                                                     {Kind::NullIf, "NULLIF("}});

void Speller::write(const Expression& node, bool implicit)
{
    switch (node.kind) {
    case Kind::Variable:
        m_text += node.row.empty() ? std::string() : node.row + ".";
        m_text += node.text == "*" ? node.text : identifier(node.text);
        return;
    case Kind::Constant:
        return constant(node, 0);
    case Kind::Call:
        return call(node, implicit);
    case Kind::Operator:
    case Kind::Distinct:
        return operation(node);
    case Kind::ArrayOperator:
        return arrayOperation(node);
    case Kind::And:
    case Kind::Or:
    case Kind::Not:
        return logical(node);
    case Kind::Relabel:
    case Kind::ThroughText:
    case Kind::ArrayCoerce:
    case Kind::ToDomain:
        return coercion(node, implicit);
    case Kind::Collate:
        m_text += '(';
        write(*node.arguments.front(), implicit);
        m_text += " COLLATE " + node.text + ")";
        return;
    case Kind::Case:
        return caseOf(node);
    case Kind::CaseTest:
        m_text += "CASE_TEST_EXPR";
        return;
    case Kind::Array:
        return array(node);
    case Kind::Row:
    case Kind::RowCompare:
        return row(node);
    case Kind::Coalesce:
    case Kind::Greatest:
    case Kind::Least:
    case Kind::NullIf:
        m_text += std::ranges::find(listWords, node.kind, &ListWords::kind)->words;
        list(node.arguments, 0, node.arguments.size(), true);
        m_text += ')';
        return;
    case Kind::Keyword:
        m_text += node.text;
        return;
    case Kind::NullTest:
        m_text += '(';
        write(*node.arguments.front(), true);
        m_text += node.negated ? " IS NOT NULL)" : " IS NULL)";
        return;
    case Kind::BooleanTest:
        m_text += '(';
        write(*node.arguments.front(), false);
        m_text += " " + node.text + ")";
        return;
    case Kind::Subscript:
        return subscript(node);
    }
}

} // namespace

std::string deparse(const Expression& node, TypeSpace& types)
{
    Speller speller(types);
    speller.write(node, false);
    return speller.take();
}

bool looksLikeFunction(const Expression& node)
{
    switch (node.kind) {
    case Kind::Call:
        return node.form == Form::Call || node.form == Form::Syntax;
    case Kind::Coalesce:
    case Kind::Greatest:
    case Kind::Least:
    case Kind::NullIf:
    case Kind::Keyword:
        return true;
    default:
        return false;
    }
}

std::string identifier(std::string_view name)
{
    if (std::ranges::find(newerWords, name) != newerWords.end())
        return std::string(name);
    return quotedIdentifier(name);
}

std::string quotedLiteral(std::string_view text)
{
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\'')
            quoted += c;
        quoted += c;
    }
    return quoted + "'";
}

} // namespace sightglass::canonical
