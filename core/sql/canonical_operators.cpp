// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/canonical_analysis.h"

#include <algorithm>

namespace sightglass::canonical {

namespace {

bool hasVariable(const Expression& node)
{
    return node.kind == Kind::Variable ||
           std::ranges::any_of(node.arguments, [](const ExpressionPtr& argument) {
               return argument && hasVariable(*argument);
           });
}

bool isNullLiteral(const ParseNode& node)
{
    return node.is("A_Const") && node.flag("isnull");
}

ExpressionPtr logical(Kind kind, std::vector<ExpressionPtr> arguments)
{
    return make({.kind = kind, .type = {.id = type::boolean}, .arguments = std::move(arguments)});
}

} // namespace

ExpressionPtr Analysis::operatorNode(const ParseNode& node)
{
    const std::vector<std::string> names = node.strings("name");
    const std::string_view kind = node.text("kind");
    const std::string name = names.empty() ? std::string() : names.back();
    if (names.size() > 1 && names.front() != "pg_catalog") {
        m_types.trouble().doubt("an operator is named with its schema");
        return nullptr;
    }
    if (kind == "AEXPR_IN")
        return inList(node, name);
    if (kind.find("BETWEEN") != std::string_view::npos)
        return between(node, kind);
    if (kind == "AEXPR_DISTINCT" || kind == "AEXPR_NOT_DISTINCT")
        return distinct(node, kind == "AEXPR_NOT_DISTINCT");
    if (kind == "AEXPR_NULLIF")
        return nullIf(node);
    if (kind == "AEXPR_OP_ANY" || kind == "AEXPR_OP_ALL") {
        ExpressionPtr left = read(node.field("lexpr"));
        ExpressionPtr right = left ? read(node.field("rexpr")) : nullptr;
        return right
                   ? arrayOperator(name, std::move(left), std::move(right), kind == "AEXPR_OP_ALL")
                   : nullptr;
    }
    return plainOperator(node, name);
}

ExpressionPtr Analysis::plainOperator(const ParseNode& node, const std::string& name)
{
    const ParseNode left = node.field("lexpr");
    const ParseNode right = node.field("rexpr");
    if (left.is("RowExpr") && right.is("RowExpr"))
        return rowOperator(left, right, name);
    ExpressionPtr first = left ? read(left) : nullptr;
    if (left && !first)
        return nullptr;
    ExpressionPtr second = read(right);
    return second ? makeOperator(name, std::move(first), std::move(second)) : nullptr;
}

ExpressionPtr
Analysis::makeOperator(const std::string& name, ExpressionPtr left, ExpressionPtr right)
{
    std::vector<ExpressionPtr> arguments;
    if (left)
        arguments.push_back(std::move(left));
    arguments.push_back(std::move(right));
    std::vector<TypeId> operands;
    for (const ExpressionPtr& argument : arguments)
        operands.push_back(argument->type.id);
    const auto found = operatorFor(name == "!=" ? "<>" : name, operands, m_coercion);
    if (!found)
        return nullptr;
    const auto resolved = m_coercion.resolve(operands, found->arguments, found->result);
    if (resolved.undetermined) {
        m_types.trouble().refuse(
            "42P18", "could not determine polymorphic type because input has type unknown");
        return nullptr;
    }
    if (!coerceArguments(arguments, resolved.declared))
        return nullptr;
    const auto any = std::ranges::find(found->arguments, type::anyNonArray);
    if (name == "||" && any != found->arguments.end()) {
        // Text with anything: PostgreSQL looks at the other operand's way into text.
        const auto place = static_cast<std::size_t>(any - found->arguments.begin());
        const CatalogType* const row = catalogType(m_types.baseOf(operands[place]));
        use(row != nullptr && row->steadyOutput ? 'i' : found->volatility);
    } else {
        use(found->volatility);
    }
    return make({.kind = Kind::Operator,
                 .type = {.id = resolved.result},
                 .text = name == "!=" ? "<>" : name,
                 .arguments = std::move(arguments)});
}

ExpressionPtr
Analysis::arrayOperator(const std::string& name, ExpressionPtr left, ExpressionPtr right, bool all)
{
    const TypeId array = right->type.id;
    const TypeId element = array == type::unknown ? type::unknown : m_types.elementOf(array);
    if (element == type::none) {
        m_types.trouble().refuse("42809", "op ANY/ALL (array) requires array on right side");
        return nullptr;
    }
    const std::vector<TypeId> operands = {left->type.id, element};
    const auto found = operatorFor(name, operands, m_coercion);
    if (!found)
        return nullptr;
    const auto resolved = m_coercion.resolve(operands, found->arguments, found->result);
    if (resolved.result != type::boolean) {
        m_types.trouble().refuse("42809", "op ANY/ALL (array) requires operator to yield boolean");
        return nullptr;
    }
    const TypeId declared = resolved.declared[1];
    const TypeId wanted = isPolymorphic(declared) ? array : m_types.facts(declared).array;
    std::vector<ExpressionPtr> arguments = {std::move(left), std::move(right)};
    if (!coerceArguments(arguments, {resolved.declared[0], wanted}))
        return nullptr;
    use(found->volatility);
    return make({.kind = Kind::ArrayOperator,
                 .type = {.id = type::boolean},
                 .text = name == "!=" ? "<>" : name,
                 .negated = all,
                 .arguments = std::move(arguments)});
}

ExpressionPtr Analysis::listArray(const ExpressionPtr& left, std::vector<ExpressionPtr> plain)
{
    std::vector<TypeId> types = {left->type.id};
    for (const ExpressionPtr& value : plain)
        types.push_back(value->type.id);
    const TypeId common = m_coercion.commonType(types, {});
    if (common == type::none || m_types.facts(common).array == type::none)
        return nullptr;
    for (const TypeId id : types) {
        if (!m_coercion.canCoerce(id, common, CoercionContext::Implicit))
            return nullptr;
    }
    for (ExpressionPtr& value : plain) {
        value = m_coercion.coerceToCommon(std::move(value), common, "IN");
        if (!value)
            return nullptr;
    }
    const std::int32_t modifier = agreedModifier(plain, common);
    return make({.kind = Kind::Array,
                 .type = {.id = m_types.facts(common).array, .modifier = modifier},
                 .arguments = std::move(plain)});
}

ExpressionPtr Analysis::inList(const ParseNode& node, const std::string& name)
{
    const bool negated = name == "<>";
    const ParseNode leftNode = node.field("lexpr");
    ExpressionPtr left = read(leftNode);
    if (!left)
        return nullptr;
    if (left->type.id == type::record) {
        m_types.trouble().doubt("rows are compared with a list");
        return nullptr;
    }
    std::vector<ExpressionPtr> values;
    std::vector<ExpressionPtr> plain;
    for (const ParseNode& item : node.field("rexpr").items()) {
        values.push_back(read(item));
        if (!values.back())
            return nullptr;
        if (!hasVariable(*values.back()))
            plain.push_back(values.back());
    }
    std::vector<ExpressionPtr> parts;
    if (plain.size() > 1) {
        if (ExpressionPtr list = listArray(left, std::move(plain)); list) {
            parts.push_back(arrayOperator(name, left, std::move(list), negated));
            std::erase_if(values, [](const ExpressionPtr& value) { return !hasVariable(*value); });
        }
    }
    // What holds columns, or can't be one array, is compared one by one.
    for (ExpressionPtr& value : values)
        parts.push_back(makeOperator(name, read(leftNode), std::move(value)));
    if (std::ranges::find(parts, nullptr) != parts.end() || parts.empty())
        return nullptr;
    ExpressionPtr result = std::move(parts.front());
    for (std::size_t i = 1; i < parts.size(); ++i)
        result = logical(negated ? Kind::And : Kind::Or, {std::move(result), std::move(parts[i])});
    return result;
}

ExpressionPtr Analysis::range(const ParseNode& node, bool negated, bool swapped)
{
    const auto bounds = node.field("rexpr").items();
    if (bounds.size() != 2)
        return nullptr;
    const ParseNode value = node.field("lexpr");
    const auto compare = [&](const char* name, const ParseNode& bound) -> ExpressionPtr {
        ExpressionPtr left = read(value);
        ExpressionPtr right = left ? read(bound) : nullptr;
        return right ? makeOperator(name, std::move(left), std::move(right)) : nullptr;
    };
    ExpressionPtr low = compare(negated ? "<" : ">=", bounds[swapped ? 1 : 0]);
    ExpressionPtr high = low ? compare(negated ? ">" : "<=", bounds[swapped ? 0 : 1]) : nullptr;
    if (!high)
        return nullptr;
    return logical(negated ? Kind::Or : Kind::And, {std::move(low), std::move(high)});
}

ExpressionPtr Analysis::between(const ParseNode& node, std::string_view kind)
{
    const bool negated = kind.find("NOT") != std::string_view::npos;
    ExpressionPtr straight = range(node, negated, false);
    if (!straight || !kind.ends_with("SYM"))
        return straight;
    ExpressionPtr swapped = range(node, negated, true);
    if (!swapped)
        return nullptr;
    return logical(negated ? Kind::And : Kind::Or, {std::move(straight), std::move(swapped)});
}

ExpressionPtr Analysis::distinct(const ParseNode& node, bool negated)
{
    const ParseNode left = node.field("lexpr");
    const ParseNode right = node.field("rexpr");
    if (left.is("RowExpr") || right.is("RowExpr")) {
        m_types.trouble().doubt("rows are compared");
        return nullptr;
    }
    if (isNullLiteral(left) || isNullLiteral(right)) {
        ExpressionPtr tested = read(isNullLiteral(right) ? left : right);
        if (!tested)
            return nullptr;
        return make({.kind = Kind::NullTest,
                     .type = {.id = type::boolean},
                     .negated = !negated,
                     .arguments = {std::move(tested)}});
    }
    ExpressionPtr result = plainOperator(node, "=");
    if (!result)
        return nullptr;
    result->kind = Kind::Distinct;
    return negated ? logical(Kind::Not, {std::move(result)}) : result;
}

ExpressionPtr Analysis::nullIf(const ParseNode& node)
{
    ExpressionPtr result = plainOperator(node, "=");
    if (!result)
        return nullptr;
    result->kind = Kind::NullIf;
    result->type = result->arguments.front()->type;
    return result;
}

ExpressionPtr
Analysis::rowOperator(const ParseNode& left, const ParseNode& right, const std::string& name)
{
    const auto lefts = left.list("args");
    const auto rights = right.list("args");
    if (lefts.size() != rights.size()) {
        m_types.trouble().refuse("42601", "unequal number of entries in row expressions");
        return nullptr;
    }
    std::vector<ExpressionPtr> pairs;
    for (std::size_t i = 0; i < lefts.size(); ++i) {
        ExpressionPtr first = read(lefts[i]);
        ExpressionPtr second = first ? read(rights[i]) : nullptr;
        pairs.push_back(second ? makeOperator(name, std::move(first), std::move(second)) : nullptr);
        if (!pairs.back())
            return nullptr;
    }
    if (pairs.size() == 1)
        return pairs.front();
    if (name == "=")
        return logical(Kind::And, std::move(pairs));
    if (name == "<>" || name == "!=")
        return logical(Kind::Or, std::move(pairs));
    if (name != "<" && name != "<=" && name != ">" && name != ">=") {
        m_types.trouble().refuse(
            "0A000", "could not determine interpretation of row comparison operator " + name);
        return nullptr;
    }
    Expression made{.kind = Kind::RowCompare, .type = {.id = type::boolean}, .text = name};
    for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
        for (const ExpressionPtr& pair : pairs)
            made.arguments.push_back(pair->arguments[side]);
    }
    return make(std::move(made));
}

} // namespace sightglass::canonical
