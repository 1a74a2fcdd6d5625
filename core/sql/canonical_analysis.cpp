// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/canonical_analysis.h"

#include "core/sql/canonical_constant.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace sightglass::canonical {

namespace {

constexpr int deepestExpression = 200;

struct PlaceWords
{
    ExpressionUse use;
    std::string_view words;
};

constexpr auto placeWords = std::to_array<PlaceWords>({
    {ExpressionUse::Default, "DEFAULT expressions"},
    {ExpressionUse::Generated, "column generation expressions"},
    {ExpressionUse::Check, "check constraints"},
    {ExpressionUse::IndexKey, "index expressions"},
    {ExpressionUse::Predicate, "index predicates"},
    {ExpressionUse::Trigger, "trigger WHEN conditions"},
});

ExpressionPtr unknownLiteral(std::string text)
{
    return make({.kind = Kind::Constant, .type = {.id = type::unknown}, .text = std::move(text)});
}

ExpressionPtr nullLiteral()
{
    return make({.kind = Kind::Constant, .type = {.id = type::unknown}, .null = true});
}

ExpressionPtr number(std::int64_t value)
{
    const bool small = value >= std::numeric_limits<std::int32_t>::min() &&
                       value <= std::numeric_limits<std::int32_t>::max();
    return make({.kind = Kind::Constant,
                 .type = {.id = small ? type::int4 : type::int8},
                 .text = std::to_string(value)});
}

/// "b101" and "x1f" as bits.
std::string bitsOf(std::string_view text)
{
    std::string bits;
    for (const char c : text.substr(1)) {
        if (text.front() == 'b') {
            bits += c;
            continue;
        }
        const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
        for (int bit = 3; bit >= 0; --bit)
            bits += static_cast<char>('0' + ((digit >> bit) & 1));
    }
    return bits;
}

} // namespace

Analysis::Analysis(TypeSpace& types, ExpressionUse use, std::string_view source)
    : m_types(types)
    , m_coercion(types)
    , m_use(use)
    , m_source(source)
{
    types.setSource(source);
}

std::string_view Analysis::place() const
{
    return std::ranges::find(placeWords, m_use, &PlaceWords::use)->words;
}

void Analysis::use(char volatility)
{
    if (volatility == 's' || volatility == 'v')
        m_changeable = true;
}

ExpressionPtr Analysis::read(const ParseNode& node)
{
    if (m_types.trouble().any())
        return nullptr;
    if (m_depth > deepestExpression) {
        m_types.trouble().doubt("the expression is nested too deeply to be read");
        return nullptr;
    }
    ++m_depth;
    ExpressionPtr result = dispatch(node);
    --m_depth;
    if (!result && !m_types.trouble().any())
        m_types.trouble().doubt("the expression holds what is not read");
    return m_types.trouble().any() ? nullptr : result;
}

ExpressionPtr Analysis::dispatch(const ParseNode& node)
{
    struct Entry
    {
        std::string_view kind;
        Reader reader;
    };

    static constexpr auto readers = std::to_array<Entry>({
        {"A_Const", &Analysis::constant},
        {"ColumnRef", &Analysis::column},
        {"TypeCast", &Analysis::cast},
        {"A_Expr", &Analysis::operatorNode},
        {"FuncCall", &Analysis::call},
        {"BoolExpr", &Analysis::boolean},
        {"NullTest", &Analysis::nullTest},
        {"BooleanTest", &Analysis::booleanTest},
        {"CaseExpr", &Analysis::caseOf},
        {"CoalesceExpr", &Analysis::coalesce},
        {"MinMaxExpr", &Analysis::extreme},
        {"SQLValueFunction", &Analysis::keyword},
        {"A_ArrayExpr", &Analysis::array},
        {"RowExpr", &Analysis::row},
        {"CollateClause", &Analysis::collate},
        {"A_Indirection", &Analysis::indirection},
        {"SubLink", &Analysis::subquery},
    });
    const auto* const found = std::ranges::find(readers, node.kind(), &Entry::kind);
    if (found != readers.end())
        return (this->*found->reader)(node);
    m_types.trouble().doubt("the expression holds " + std::string(node.kind()) +
                            ", which is not read");
    return nullptr;
}

ExpressionPtr Analysis::subquery(const ParseNode&)
{
    const std::string words = m_use == ExpressionUse::Check       ? "check constraint"
                              : m_use == ExpressionUse::Predicate ? "index predicate"
                              : m_use == ExpressionUse::IndexKey  ? "index expression"
                              : m_use == ExpressionUse::Generated ? "column generation expression"
                              : m_use == ExpressionUse::Trigger   ? "trigger WHEN condition"
                                                                  : "DEFAULT expression";
    m_types.trouble().refuse("0A000", "cannot use subquery in " + words);
    return nullptr;
}

ExpressionPtr Analysis::constant(const ParseNode& node)
{
    if (node.flag("isnull"))
        return nullLiteral();
    if (node.has("boolval"))
        return make({.kind = Kind::Constant,
                     .type = {.id = type::boolean},
                     .text = node.field("boolval").flag("boolval") ? "t" : "f"});
    if (node.has("sval"))
        return unknownLiteral(std::string(node.field("sval").text("sval")));
    if (node.has("bsval")) {
        const TypeUse bits{.id = type::bit};
        const std::string written = bitsOf(node.field("bsval").text("bsval"));
        const auto output = outputOf(written, bits, m_types);
        return output ? make({.kind = Kind::Constant, .type = bits, .text = *output}) : nullptr;
    }
    if (node.has("ival")) {
        const std::int64_t value = node.field("ival").integer("ival");
        return number(value == 0 ? negativeAt(m_source, node) : value);
    }
    const std::string_view text = node.field("fval").text("fval");
    std::int64_t value = 0;
    const auto whole = std::from_chars(text.data(), text.data() + text.size(), value);
    if (whole.ec == std::errc() && whole.ptr == text.data() + text.size())
        return number(value);
    const auto output = outputOf(text, {.id = type::numeric}, m_types);
    if (!output)
        return nullptr;
    return make({.kind = Kind::Constant, .type = {.id = type::numeric}, .text = *output});
}

ExpressionPtr Analysis::rowColumn(const std::vector<std::string>& names, const Table& table)
{
    const std::string& row = names.front();
    if (names.size() == 1) {
        if (table.column(row) == nullptr)
            m_types.trouble().refuse("42703", "column \"" + row + "\" does not exist");
        else
            m_types.trouble().refuse("42702", "column reference \"" + row + "\" is ambiguous");
        return nullptr;
    }
    if (row != "old" && row != "new") {
        m_types.trouble().refuse("42P01", "missing FROM-clause entry for table \"" + row + "\"");
        return nullptr;
    }
    const std::string& name = names.back();
    if (name == "*")
        return make(
            {.kind = Kind::Variable, .type = {.id = type::record}, .text = "*", .row = row});
    const Column* const found = table.column(name);
    if (found == nullptr) {
        m_types.trouble().refuse("42703", "column " + row + "." + name + " does not exist");
        return nullptr;
    }
    if (std::ranges::find(m_columns, name) == m_columns.end())
        m_columns.push_back(name);
    const TypeUse type = m_types.readColumn(found->type);
    if (type.id == type::none && !m_typeNotNeeded) {
        m_types.trouble().doubt("the type of column " + name + " is not known");
        return nullptr;
    }
    return make({.kind = Kind::Variable, .type = type, .text = name, .row = row});
}

ExpressionPtr Analysis::column(const ParseNode& node)
{
    const std::vector<std::string> names = node.strings("fields");
    const Table* const table = m_types.scope().table;
    if (m_use == ExpressionUse::Trigger && table != nullptr && !names.empty())
        return rowColumn(names, *table);
    if (m_use == ExpressionUse::Default) {
        m_types.trouble().refuse("0A000", "cannot use column reference in DEFAULT expression");
        return nullptr;
    }
    if (names.empty() || names.back() == "*" || table == nullptr) {
        m_types.trouble().doubt("the table whose columns are named is not known");
        return nullptr;
    }
    const std::string& name = names.back();
    if (names.size() > 1 && names[names.size() - 2] != table->name.name) {
        const std::string& other = names[names.size() - 2];
        m_types.trouble().refuse("42P01", "missing FROM-clause entry for table \"" + other + "\"");
        return nullptr;
    }
    const Column* const found = table->column(name);
    if (found == nullptr) {
        constexpr auto system =
            std::to_array<std::string_view>({"tableoid", "ctid", "xmin", "xmax", "cmin", "cmax"});
        const std::string words =
            names.size() > 1 ? names[names.size() - 2] + "." + name : "\"" + name + "\"";
        if (std::ranges::find(system, name) != system.end() || name == table->name.name)
            m_types.trouble().doubt("the expression names " + name + ", which is no plain column");
        else
            m_types.trouble().refuse("42703",
                                     "column " + words + " does not exist",
                                     "column " + table->name.name + "." + name);
        return nullptr;
    }
    if (std::ranges::find(m_columns, name) == m_columns.end())
        m_columns.push_back(name);
    const TypeUse type = m_types.readColumn(found->type);
    if (type.id == type::none && !m_typeNotNeeded) {
        m_types.trouble().doubt("the type of column " + name + " is not known");
        return nullptr;
    }
    return make({.kind = Kind::Variable, .type = type, .text = name});
}

ExpressionPtr Analysis::cast(const ParseNode& node)
{
    const TypeUse target = m_types.read(node.field("typeName"));
    if (target.id == type::none)
        return nullptr;
    const ParseNode argument = node.field("arg");
    ExpressionPtr inner;
    const TypeId base = m_types.baseOf(target.id);
    if (argument.is("A_ArrayExpr") && m_types.facts(base).element != 0)
        inner = arrayAs(argument, {.id = base, .modifier = target.modifier}, m_depth);
    else
        inner = read(argument);
    if (!inner)
        return nullptr;
    const TypeId source = inner->type.id;
    ExpressionPtr result = m_coercion.coerceTo(
        std::move(inner), target, CoercionContext::Explicit, Form::ExplicitCast);
    if (!result && !m_types.trouble().any()) {
        if (m_types.facts(m_types.baseOf(source)).kind == 'o' || m_types.facts(base).kind == 'o')
            m_types.trouble().doubt("casts of type " + m_types.spell(source) + " are not known");
        else
            m_types.trouble().refuse("42846",
                                     "cannot cast type " + m_types.spell(source) + " to " +
                                         m_types.spell(target.id));
    }
    return result;
}

ExpressionPtr Analysis::toBoolean(ExpressionPtr node, std::string_view construct)
{
    if (!node || node->type.id == type::boolean)
        return node;
    const TypeId source = node->type.id;
    ExpressionPtr result = m_coercion.coerceTo(
        std::move(node), {.id = type::boolean}, CoercionContext::Assignment, Form::ImplicitCast);
    if (!result)
        m_types.trouble().refuse("42804",
                                 "argument of " + std::string(construct) +
                                     " must be type boolean, not type " + m_types.spell(source));
    return result;
}

ExpressionPtr Analysis::boolean(const ParseNode& node)
{
    struct Words
    {
        std::string_view operation;
        std::string_view word;
        Kind kind;
    };

    static constexpr auto table = std::to_array<Words>({{"AND_EXPR", "AND", Kind::And},
                                                        {"OR_EXPR", "OR", Kind::Or},
                                                        {"NOT_EXPR", "NOT", Kind::Not}});
    const auto* const words = std::ranges::find(table, node.text("boolop"), &Words::operation);
    if (words == table.end())
        return nullptr;
    std::vector<ExpressionPtr> arguments;
    for (const ParseNode& argument : node.list("args")) {
        arguments.push_back(toBoolean(read(argument), words->word));
        if (!arguments.back())
            return nullptr;
    }
    return make(
        {.kind = words->kind, .type = {.id = type::boolean}, .arguments = std::move(arguments)});
}

ExpressionPtr Analysis::nullTest(const ParseNode& node)
{
    // IS NULL is spelled alike whatever the type of a column is.
    m_typeNotNeeded = node.field("arg").is("ColumnRef");
    ExpressionPtr argument = read(node.field("arg"));
    m_typeNotNeeded = false;
    if (!argument)
        return nullptr;
    const bool negated = node.text("nulltesttype") == "IS_NOT_NULL";
    return make({.kind = Kind::NullTest,
                 .type = {.id = type::boolean},
                 .negated = negated,
                 .arguments = {std::move(argument)}});
}

ExpressionPtr Analysis::booleanTest(const ParseNode& node)
{
    struct Words
    {
        std::string_view test;
        std::string_view words;
    };

    static constexpr auto table = std::to_array<Words>({{"IS_TRUE", "IS TRUE"},
                                                        {"IS_NOT_TRUE", "IS NOT TRUE"},
                                                        {"IS_FALSE", "IS FALSE"},
                                                        {"IS_NOT_FALSE", "IS NOT FALSE"},
                                                        {"IS_UNKNOWN", "IS UNKNOWN"},
                                                        {"IS_NOT_UNKNOWN", "IS NOT UNKNOWN"}});
    const auto* const words = std::ranges::find(table, node.text("booltesttype"), &Words::test);
    if (words == table.end())
        return nullptr;
    ExpressionPtr argument = toBoolean(read(node.field("arg")), words->words);
    if (!argument)
        return nullptr;
    return make({.kind = Kind::BooleanTest,
                 .type = {.id = type::boolean},
                 .text = std::string(words->words),
                 .arguments = {std::move(argument)}});
}

ExpressionPtr Analysis::row(const ParseNode& node)
{
    std::vector<ExpressionPtr> arguments;
    for (const ParseNode& argument : node.list("args")) {
        arguments.push_back(read(argument));
        if (!arguments.back())
            return nullptr;
    }
    return make(
        {.kind = Kind::Row, .type = {.id = type::record}, .arguments = std::move(arguments)});
}

ExpressionPtr Analysis::collate(const ParseNode& node)
{
    ExpressionPtr argument = read(node.field("arg"));
    if (!argument)
        return nullptr;
    const TypeId id = argument->type.id;
    if (id != type::unknown && !m_types.facts(m_types.baseOf(id)).collatable) {
        m_types.trouble().refuse("42804",
                                 "collations are not supported by type " + m_types.spell(id));
        return nullptr;
    }
    const std::vector<std::string> names = node.strings("collname");
    const TypeUse type = argument->type;
    return make({.kind = Kind::Collate,
                 .type = type,
                 .text = names.empty() ? std::string() : quotedIdentifier(names.back()),
                 .arguments = {std::move(argument)}});
}

ExpressionPtr Analysis::indirection(const ParseNode& node)
{
    ExpressionPtr result = read(node.field("arg"));
    for (const ParseNode& part : node.list("indirection")) {
        if (!result)
            return nullptr;
        if (!part.is("A_Indices")) {
            m_types.trouble().doubt("a field of a row is read");
            return nullptr;
        }
        // Neighbouring subscripts are one node in PostgreSQL; spelled alike.
        result = subscript(std::move(result), part);
    }
    return result;
}

ExpressionPtr Analysis::subscriptIndex(const ParseNode& node, bool json)
{
    ExpressionPtr index = read(node);
    if (!index)
        return nullptr;
    const bool words =
        json && (index->type.id == type::unknown || m_types.category(index->type.id) == 'S');
    return m_coercion.coerceTo(std::move(index),
                               {.id = words ? type::text : type::int4},
                               json ? CoercionContext::Implicit : CoercionContext::Assignment,
                               Form::ImplicitCast);
}

ExpressionPtr Analysis::subscript(ExpressionPtr container, const ParseNode& indices)
{
    const TypeId base = m_types.baseOf(container->type.id);
    const bool json = base == type::jsonb;
    const TypeId element = m_types.facts(base).element;
    if (!json && element == 0) {
        m_types.trouble().refuse("42804",
                                 "cannot subscript type " + m_types.spell(container->type.id) +
                                     " because it does not support subscripting");
        return nullptr;
    }
    const bool slice = indices.flag("is_slice");
    const bool inner = container->kind == Kind::Subscript;
    TypeId result = json ? base : slice || (inner && container->negated) ? base : element;
    // A second subscript of the same array goes deeper into it, not into its element.
    if (slice || (inner && !json)) {
        m_types.trouble().doubt("a slice or a second subscript of an array is read");
        return nullptr;
    }
    Expression made{.kind = Kind::Subscript,
                    .type = {.id = result, .modifier = container->type.modifier}};
    ExpressionPtr index = subscriptIndex(indices.field("uidx"), json);
    if (!index) {
        if (!m_types.trouble().any())
            m_types.trouble().refuse("42804", "array subscript must have type integer");
        return nullptr;
    }
    made.arguments = {std::move(container), std::move(index)};
    return make(std::move(made));
}

} // namespace sightglass::canonical
