// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/sql_writer.h"
#include "core/sqlalchemy/clause_parts.h"

#include <algorithm>

namespace sightglass {

namespace {

using Kind = Expression::Kind;

const Operator comma{.op = Op::Comma};

CompileContext inner(const CompileContext& context, bool binary = false)
{
    CompileContext made = context;
    made.inBinary = context.inBinary || binary;
    return made;
}

SqlText sides(const Expression& expression, std::string_view between, const CompileContext& context)
{
    const SqlText left = grouped(*expression.parts[0], expression.op, context);
    if (!left.isKnown())
        return left;
    const SqlText right = grouped(*expression.parts[1], expression.op, context);
    if (!right.isKnown())
        return right;
    return left.value() + std::string(between) + right.value();
}

SqlText generic(const Expression& expression,
                std::string_view between,
                bool eager,
                const CompileContext& context)
{
    const SqlText text = sides(expression, between, inner(context, true));
    if (text.isKnown() && eager && context.inBinary)
        return "(" + text.value() + ")";
    return text;
}

SqlText within(const SqlText& text, std::string_view before, std::string_view after)
{
    return text.isKnown() ? SqlText(std::string(before) + text.value() + std::string(after)) : text;
}

/// LIKE with its pattern put together from pieces.
SqlText likeText(const Expression& expression, const CompileContext& context)
{
    const Op op = expression.op.op;
    const bool leading =
        op == Op::Contains || op == Op::NotContains || op == Op::EndsWith || op == Op::NotEndsWith;
    const bool trailing = op == Op::Contains || op == Op::NotContains || op == Op::StartsWith ||
                          op == Op::NotStartsWith;
    const SqlText left = grouped(*expression.parts[0], expression.op, context);
    const SqlText right = grouped(*expression.parts[1], expression.op, context);
    if (!left.isKnown() || !right.isKnown())
        return left.isKnown() ? right : left;
    std::string text = left.value() + std::string(textOf(op));
    text += std::string(leading ? "'%' || " : "") + right.value() + (trailing ? " || '%'" : "");
    if (expression.parts.size() > 2 && expression.parts[2] != nullptr)
        return SqlWriter()
            .words(text)
            .words("ESCAPE")
            .text(expression.parts[2]->compile(context))
            .result();
    return text;
}

SqlText matchText(const Expression& expression, const CompileContext& context)
{
    const SqlText left = grouped(*expression.parts[0], expression.op, context);
    const SqlText right = grouped(*expression.parts[1], expression.op, context);
    if (!left.isKnown() || !right.isKnown())
        return left.isKnown() ? right : left;
    return std::string(expression.op.op == Op::NotMatch ? "NOT " : "") + left.value() +
           " @@ to_tsquery(" + expression.modifier + right.value() + ")";
}

SqlText indexText(const Expression& expression, const CompileContext& context)
{
    const SqlText left = grouped(*expression.parts[0], expression.op, context);
    const SqlText right = grouped(*expression.parts[1], expression.op, context);
    if (!left.isKnown() || !right.isKnown())
        return left.isKnown() ? right : left;
    return left.value() + "[" + right.value() + "]";
}

SqlText membershipText(const Expression& expression, const CompileContext& context)
{
    const auto* values = dynamic_cast<const Expression*>(expression.parts[1]);
    const bool negative = expression.op.op == Op::NotIn;
    SqlText text = std::string();
    if (values != nullptr && values->kind == Kind::Values && values->parts.empty()) {
        const SqlText left = grouped(*expression.parts[0], expression.op, inner(context, true));
        text = within(left, "", negative ? " NOT IN (NULL) OR (1 = 1)" : " IN (NULL) AND (1 != 1)");
    } else {
        text = generic(expression, textOf(expression.op.op), false, context);
    }
    return negative ? within(text, "(", ")") : text;
}

SqlText binaryText(const Expression& expression, const CompileContext& context)
{
    switch (expression.op.op) {
    case Op::Like:
    case Op::NotLike:
    case Op::Ilike:
    case Op::NotIlike:
    case Op::Contains:
    case Op::NotContains:
    case Op::StartsWith:
    case Op::NotStartsWith:
    case Op::EndsWith:
    case Op::NotEndsWith:
        return likeText(expression, context);
    case Op::Match:
    case Op::NotMatch:
        return matchText(expression, context);
    case Op::GetItem:
        return indexText(expression, context);
    case Op::In:
    case Op::NotIn:
        return membershipText(expression, context);
    case Op::JsonGetItem:
    case Op::JsonPath:
        return generic(expression, textOf(expression.op.op), true, context);
    case Op::Between:
    case Op::NotBetween:
        return generic(expression,
                       std::string(textOf(expression.op.op)) + expression.modifier,
                       false,
                       context);
    case Op::Custom:
        return generic(
            expression, " " + expression.op.text + " ", expression.op.eagerGrouping, context);
    default:
        if (textOf(expression.op.op).empty())
            return Unknown{"this operator has no text"};
        return generic(expression, textOf(expression.op.op), false, context);
    }
}

SqlText unaryText(const Expression& expression, const CompileContext& context)
{
    const SqlText part = grouped(*expression.parts[0], expression.op, context);
    const std::string_view word = expression.op.op == Op::Custom
                                      ? std::string_view(expression.op.text)
                                      : textOf(expression.op.op);
    return within(part, word, "");
}

SqlText listText(const Expression& expression, const CompileContext& context)
{
    return joinedText(expression.parts, textOf(expression.op.op), expression.op, context);
}

SqlText callText(const Expression& expression, const CompileContext& context)
{
    const bool ansi = expression.kind == Kind::Ansi && expression.parts.empty();
    if (ansi)
        return expression.word;
    if (expression.word == "substring" && expression.parts.size() >= 2) {
        std::vector<SqlText> texts;
        for (const Clause* part : expression.parts)
            texts.push_back(part->compile(context));
        SqlWriter out;
        out.words("SUBSTRING(").text(texts[0]).words("FROM").text(texts[1]);
        if (texts.size() > 2)
            out.words("FOR").text(texts[2]);
        return out.glue(")").result();
    }
    return within(joinedText(expression.parts, ", ", comma, context), expression.word + "(", ")");
}

SqlText caseText(const Expression& expression, const CompileContext& context)
{
    SqlWriter out;
    out.words("CASE");
    if (expression.parts.front() != nullptr)
        out.text(expression.parts.front()->compile(context));
    for (std::size_t i = 1; i + 2 < expression.parts.size(); i += 2)
        out.words("WHEN")
            .text(grouped(*expression.parts[i], {}, context))
            .words("THEN")
            .text(expression.parts[i + 1]->compile(context));
    if (expression.parts.back() != nullptr)
        out.words("ELSE").text(expression.parts.back()->compile(context));
    return out.words("END").result();
}

SqlText overText(const Expression& expression, const CompileContext& context)
{
    SqlWriter window;
    if (expression.parts[1] != nullptr)
        window.words("PARTITION BY").text(expression.parts[1]->compile(context));
    if (expression.parts[2] != nullptr)
        window.words("ORDER BY").text(expression.parts[2]->compile(context));
    window.words(expression.modifier);
    return SqlWriter()
        .text(expression.parts[0]->compile(context))
        .words("OVER")
        .group(window.result())
        .result();
}

SqlText twoTexts(const Expression& expression,
                 std::string_view between,
                 std::string_view after,
                 const CompileContext& context)
{
    const SqlText first = expression.parts[0]->compile(context);
    const SqlText second = expression.parts[1]->compile(context);
    if (!first.isKnown() || !second.isKnown())
        return first.isKnown() ? second : first;
    return first.value() + std::string(between) + second.value() + std::string(after);
}

SqlText castText(const Expression& expression, const CompileContext& context)
{
    const SqlText part = expression.parts[0]->compile(context);
    if (!part.isKnown() || !expression.literal.isKnown())
        return part.isKnown() ? expression.literal : part;
    return "CAST(" + part.value() + " AS " + expression.literal.value() + ")";
}

SqlText textByKind(const Expression& expression, const CompileContext& context)
{
    const auto first = [&] { return expression.parts[0]->compile(context); };
    switch (expression.kind) {
    case Kind::Literal:
        return expression.literal;
    case Kind::Raw:
        return expression.word;
    case Kind::Function:
    case Kind::Ansi:
        return callText(expression, context);
    case Kind::Binary:
        return binaryText(expression, context);
    case Kind::Unary:
        return unaryText(expression, context);
    case Kind::Modifier:
        return within(
            grouped(*expression.parts[0], expression.op, context), "", textOf(expression.op.op));
    case Kind::List:
        return listText(expression, context);
    case Kind::Subquery:
    case Kind::Grouping:
        return within(first(), "(", ")");
    case Kind::Label:
    case Kind::Coerce:
        return first();
    case Kind::Cast:
        return castText(expression, context);
    case Kind::Extract:
        return within(first(), "EXTRACT(" + expression.word + " FROM ", ")");
    case Kind::Case:
        return caseText(expression, context);
    case Kind::Over:
        return overText(expression, context);
    case Kind::Within:
        return twoTexts(expression, " WITHIN GROUP (ORDER BY ", ")", context);
    case Kind::Filtered:
        return twoTexts(expression, " FILTER (WHERE ", ")", context);
    case Kind::Tuple:
    case Kind::Values:
        return within(joinedText(expression.parts, ", ", comma, context), "(", ")");
    case Kind::Array:
        return within(joinedText(expression.parts, ", ", comma, context), "ARRAY[", "]");
    case Kind::Slice:
        return twoTexts(expression, ":", "", context);
    case Kind::OrderedBy:
        return twoTexts(expression, " ORDER BY ", "", context);
    }
    return Unknown{"this expression can't be written"};
}

} // namespace

SqlText grouped(const Clause& clause, const Operator& against, const CompileContext& context)
{
    const auto* element = dynamic_cast<const Element*>(&clause);
    const SqlText text = clause.compile(context);
    return element != nullptr && element->needsGroup(against) ? within(text, "(", ")") : text;
}

SqlText joinedText(const std::vector<const Clause*>& parts,
                   std::string_view separator,
                   const Operator& against,
                   const CompileContext& context)
{
    std::vector<SqlText> texts;
    for (const Clause* part : parts)
        texts.push_back(grouped(*part, against, context));
    return joined(texts, separator);
}

SqlText Expression::compile(const CompileContext& context) const
{
    if (extent.tooLarge() || context.depth >= CompileContext::deepest)
        return Unknown{"the expression is nested too deeply"};
    CompileContext deeper = context;
    ++deeper.depth;
    return textByKind(*this, deeper);
}

void Extent::hold(const Clause* part)
{
    Extent inner;
    if (const auto* sized = dynamic_cast<const Sized*>(part))
        inner = sized->extent;
    height = std::max(height, std::min(inner.height, CompileContext::deepest) + 1);
    weight = std::min(weight + inner.weight, heaviest + 1);
}

bool isWalkable(const Clause& clause)
{
    const auto* sized = dynamic_cast<const Sized*>(&clause);
    return sized == nullptr || !sized->extent.tooLarge();
}

bool Element::needsGroup(const Operator&) const
{
    return false;
}

bool Expression::needsGroup(const Operator& against) const
{
    if (extent.tooLarge())
        return false;
    switch (kind) {
    case Kind::Binary:
        return isPrecedent(op, against);
    case Kind::Unary:
        return isPrecedent(op, against);
    case Kind::List:
        return !startsAnd && isPrecedent(op, against);
    case Kind::Filtered:
        return isPrecedent({.op = Op::Filter}, against);
    case Kind::Label:
    case Kind::Coerce: {
        const auto* element = dynamic_cast<const Element*>(parts[0]);
        return element != nullptr && element->needsGroup(against);
    }
    case Kind::Grouping:
    case Kind::Subquery:
    case Kind::Tuple:
    case Kind::Values:
        return false;
    default:
        return against.op == Op::Any || against.op == Op::All;
    }
}

Operator Expression::ownOperator() const
{
    return op;
}

void Expression::collectFroms(Froms& froms) const
{
    if (kind == Kind::Subquery || extent.tooLarge())
        return; // what a subquery has in FROM is its own
    for (const Clause* part : parts) {
        if (part != nullptr)
            addFroms(*part, froms);
    }
}

} // namespace sightglass
