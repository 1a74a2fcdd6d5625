// SPDX-License-Identifier: GPL-3.0-or-later
// Expressions of module_names.h.
#include "core/python/dictionary.h"
#include "core/python/module_names.h"
#include "core/python/operators.h"
#include "core/python/pure_calls.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace sightglass {

namespace {

/// A few lines can double a value sixty times over; what weighs more is Unknown.
constexpr std::size_t heaviest = 5'000;
constexpr int deepest = 200; // CPython gives up at 200 nested brackets too

std::string atLine(std::string_view what, SyntaxNode node)
{
    return std::string(what) + ", line " + std::to_string(node.line());
}

Literal integerLiteral(std::string_view spelled)
{
    std::string digits;
    std::ranges::copy_if(spelled, std::back_inserter(digits), [](char c) { return c != '_'; });
    int base = 10;
    if (digits.size() > 2 && digits[0] == '0') {
        const char mark = static_cast<char>(digits[1] | 0x20);
        base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10;
    }
    long long number = 0;
    const char* first = digits.data() + (base == 10 ? 0 : 2);
    const char* end = digits.data() + digits.size();
    const auto [last, problem] = std::from_chars(first, end, number, base);
    if (problem == std::errc() && last == end)
        return Literal::integer(number);
    return {.kind = Literal::Kind::Integer, .text = std::string(spelled), .items = {}, .range = {}};
}

std::size_t weight(const Literal& value)
{
    std::size_t sum = 0;
    std::vector<const Literal*> open{&value};
    while (!open.empty() && sum <= heaviest) {
        const Literal* one = open.back();
        open.pop_back();
        sum += 1 + one->text.size() / 16;
        for (const Literal& item : one->items)
            open.push_back(&item);
    }
    return sum;
}

class Evaluator
{
public:
    Evaluator(const Names& names, const EvaluationHooks& hooks)
        : m_names(names)
        , m_hooks(hooks)
    {}

    Literal value(SyntaxNode node)
    {
        if (m_depth >= deepest)
            return Literal::unknown(atLine("nested too deeply", node));
        ++m_depth;
        Literal result = node.hasError()
                             ? Literal::unknown(atLine("written with a syntax error", node))
                             : valueOf(node);
        --m_depth;
        const bool elsewhere = node.is("identifier") || node.is("attribute");
        if (elsewhere)
            forgetRanges(result);
        else if (!node.is("parenthesized_expression") && !node.is("conditional_expression"))
            result.range = node.range();
        return result;
    }

private:
    static void forgetRanges(Literal& value)
    {
        std::vector<Literal*> open{&value};
        while (!open.empty()) {
            Literal* one = open.back();
            open.pop_back();
            one->range = {};
            for (Literal& item : one->items)
                open.push_back(&item);
        }
    }

    Literal valueOf(SyntaxNode node)
    {
        const std::string_view kind = node.kind();
        if (kind == "string")
            return text(node);
        if (kind == "concatenated_string")
            return concatenated(node);
        if (kind == "none")
            return Literal::none();
        if (kind == "true" || kind == "false")
            return Literal::boolean(kind == "true");
        if (kind == "identifier")
            return name(node);
        if (kind == "integer")
            return integerLiteral(node.text());
        if (kind == "float")
            return {.kind = Literal::Kind::Float,
                    .text = std::string(node.text()),
                    .items = {},
                    .range = {}};
        if (kind == "tuple" || kind == "list" || kind == "set" || kind == "expression_list")
            return sequence(node);
        if (kind == "dictionary")
            return dictionary(node);
        if (kind == "parenthesized_expression")
            return value(node.firstNamed());
        return compound(node, kind);
    }

    Literal compound(SyntaxNode node, std::string_view kind)
    {
        if (kind == "attribute")
            return attribute(node);
        if (kind == "binary_operator")
            return binary(node);
        if (kind == "unary_operator")
            return unary(node);
        if (kind == "not_operator") {
            const auto decided = truth(value(node.field("argument")));
            return decided ? Literal::boolean(!*decided)
                           : unknown(node, "a condition that is not known");
        }
        if (kind == "boolean_operator")
            return logical(node);
        if (kind == "comparison_operator")
            return comparison(node);
        if (kind == "conditional_expression")
            return conditional(node);
        if (kind == "subscript")
            return subscript(node);
        if (kind == "call")
            return call(node);
        if (kind == "named_expression")
            return value(node.field("value"));
        if (kind == "lambda")
            return Literal::object("a function");
        if (kind.ends_with("_comprehension") || kind == "generator_expression")
            return unknown(node, "computed by a comprehension");
        return unknown(node, "computed by an expression that is not followed here");
    }

    static Literal unknown(SyntaxNode node, std::string_view what)
    {
        return Literal::unknown(atLine(what, node));
    }

    Literal text(SyntaxNode node)
    {
        const auto parts = node.children();
        const bool plain =
            std::ranges::none_of(parts, [](SyntaxNode part) { return part.is("interpolation"); });
        if (plain &&
            (parts.empty() || parts.front().text().find_first_of("fF") == std::string_view::npos)) {
            Literal result = decodeString(node.text());
            if (!result.isKnown())
                result.text = atLine(result.text, node);
            return result;
        }
        const std::string_view prefix = parts.front().text();
        std::string all;
        for (SyntaxNode part : parts) {
            if (part.is("string_content")) {
                auto decoded = decodeStringPart(part.text(), prefix);
                if (!decoded)
                    return unknown(part, "a string with an escape that is not resolved here");
                all += *decoded;
            } else if (part.is("interpolation")) {
                auto inner = interpolated(part);
                if (!inner)
                    return unknown(part, "an f-string with a part that is not known");
                all += *inner;
            }
        }
        return Literal::ofText(std::move(all));
    }

    std::optional<std::string> interpolated(SyntaxNode node)
    {
        for (SyntaxNode part : node.children()) {
            if (part.is("format_specifier") || part.is("type_conversion") || part.is("="))
                return std::nullopt;
        }
        return asText(value(node.field("expression")));
    }

    Literal concatenated(SyntaxNode node)
    {
        std::string all;
        auto kind = Literal::Kind::Text;
        for (SyntaxNode part : node.namedChildren()) {
            Literal one = value(part);
            if (one.kind != Literal::Kind::Text && one.kind != Literal::Kind::Bytes)
                return one;
            kind = one.kind;
            all += one.text;
        }
        Literal result = Literal::ofText(std::move(all));
        result.kind = kind;
        return result;
    }

    Literal name(SyntaxNode node)
    {
        const auto found = m_names.find(node.text());
        if (found != m_names.end()) {
            Literal result = sightglass::valueOf(found->second, m_hooks);
            m_copied += weight(result);
            return m_copied > heaviest ? unknown(node, "too large to follow") : result;
        }
        if (node.text() == "TYPE_CHECKING")
            return Literal::boolean(false);
        if (isBuiltin(node.text()))
            return Literal::object("a function");
        return Literal::unknown("computed from " + std::string(node.text()) +
                                ", which is not bound above line " + std::to_string(node.line()));
    }

    Literal attribute(SyntaxNode node)
    {
        const Literal object = value(node.field("object"));
        const std::string_view wanted = node.field("attribute").text();
        if (auto known = classAttribute(node))
            return *known;
        if (object.kind != Literal::Kind::Module)
            return unknown(node, "computed from " + std::string(node.text()));
        if (object.text == "typing" && wanted == "TYPE_CHECKING")
            return Literal::boolean(false);
        if (m_hooks.import) {
            if (auto found = m_hooks.import(object.text, 0, wanted))
                return *found;
        }
        return unknown(node,
                       "taken from the module " + object.text + ", which is not in the project");
    }

    /// `Class.attribute`, of this module or of one it is imported from.
    std::optional<Literal> classAttribute(SyntaxNode node) const
    {
        const SyntaxNode owner = node.field("object");
        const auto found = m_names.find(owner.text());
        if (!owner.is("identifier") || found == m_names.end())
            return std::nullopt;
        const std::string attribute = "." + std::string(node.field("attribute").text());
        if (const auto& from = found->second.imported; from && m_hooks.import) {
            auto value = m_hooks.import(from->module, from->level, from->name + attribute);
            return value && value->kind != Literal::Kind::Unknown ? value : std::nullopt;
        }
        const auto own = m_names.find(std::string(owner.text()) + attribute);
        if (found->second.value.kind != Literal::Kind::Object || own == m_names.end())
            return std::nullopt;
        return own->second.value;
    }

    Literal sequence(SyntaxNode node)
    {
        Literal result{.kind = node.is("list")  ? Literal::Kind::List
                               : node.is("set") ? Literal::Kind::Set
                                                : Literal::Kind::Tuple,
                       .text = {},
                       .items = {},
                       .range = {}};
        for (SyntaxNode part : node.namedChildren()) {
            if (part.is("list_splat")) {
                Literal inner = value(part.firstNamed());
                if (!inner.isSequence()) {
                    result.items.push_back(unknown(part, "an unpacked value that is not known"));
                    continue;
                }
                for (Literal& item : inner.items)
                    result.items.push_back(std::move(item));
            } else if (result.kind == Literal::Kind::Set) {
                addToSet(result.items, value(part));
            } else {
                result.items.push_back(value(part));
            }
        }
        return result;
    }

    Literal dictionary(SyntaxNode node)
    {
        Literal result{.kind = Literal::Kind::Dictionary, .text = {}, .items = {}, .range = {}};
        const auto put = [&](Literal key, Literal item) {
            for (std::size_t i = 0; i < std::min(result.items.size(), comparedItems); i += 2) {
                if (result.items[i].sameValue(key)) {
                    result.items[i + 1] = std::move(item);
                    return;
                }
            }
            result.items.push_back(std::move(key));
            result.items.push_back(std::move(item));
        };
        for (SyntaxNode part : node.namedChildren()) {
            if (part.is("pair")) {
                put(value(part.field("key")), value(part.field("value")));
                continue;
            }
            Literal inner = value(part.firstNamed());
            if (inner.kind != Literal::Kind::Dictionary) {
                result.items.push_back(unknown(part, "an unpacked value that is not known"));
                result.items.push_back(result.items.back());
                continue;
            }
            for (std::size_t i = 0; i + 1 < inner.items.size(); i += 2)
                put(inner.items[i], inner.items[i + 1]);
        }
        return result;
    }

    Literal binary(SyntaxNode node)
    {
        // a + b + c + … leans to the left: gone down in a loop, so that a long one is not a deep
        // one.
        std::vector<SyntaxNode> chain;
        SyntaxNode leftmost = node;
        while (leftmost.is("binary_operator")) {
            chain.push_back(leftmost);
            leftmost = leftmost.field("left");
        }
        Literal result = value(leftmost);
        for (auto step = chain.rbegin(); step != chain.rend(); ++step)
            result = combined(*step, std::move(result), value(step->field("right")));
        return result;
    }

    static Literal combined(SyntaxNode node, Literal left, const Literal& right)
    {
        const std::string_view sign = node.field("operator").text();
        const bool format = sign == "%" && left.isText();
        auto result = binaryResult(sign, std::move(left), right);
        if (result)
            return std::move(*result);
        return unknown(node,
                       format ? "a % format that is not followed here"
                              : "computed by an operator that is not followed here");
    }

    Literal unary(SyntaxNode node)
    {
        return unaryResult(node.field("operator").text(), value(node.field("argument")));
    }

    Literal logical(SyntaxNode node)
    {
        Literal left = value(node.field("left"));
        const auto decided = truth(left);
        if (!decided)
            return unknown(node, "depends on a value that is not known");
        const bool isAnd = node.field("operator").text() == "and";
        return *decided == isAnd ? value(node.field("right")) : left;
    }

    Literal comparison(SyntaxNode node)
    {
        std::vector<Literal> operands;
        std::vector<std::string> signs;
        std::string sign;
        for (SyntaxNode part : node.children()) {
            if (part.isNamed() && !part.is("comment")) {
                operands.push_back(value(part));
                if (operands.size() > 1)
                    signs.push_back(std::exchange(sign, {}));
            } else if (!part.is("comment")) {
                sign += sign.empty() ? std::string(part.text()) : " " + std::string(part.text());
            }
        }
        for (std::size_t i = 0; i + 1 < operands.size(); ++i) {
            const auto decided = compared(operands[i], signs[i], operands[i + 1]);
            if (!decided)
                return unknown(node, "a comparison that can't be decided");
            if (!*decided)
                return Literal::boolean(false);
        }
        return Literal::boolean(true);
    }

    Literal conditional(SyntaxNode node)
    {
        const auto parts = node.namedChildren();
        if (parts.size() != 3)
            return unknown(node, "written with a syntax error");
        if (const auto decided = truth(value(parts[1])))
            return value(*decided ? parts[0] : parts[2]);
        Literal first = value(parts[0]);
        if (first.isKnown() && first.sameValue(value(parts[2])))
            return first;
        return unknown(node, "depends on a condition that is not known");
    }

    Literal subscript(SyntaxNode node)
    {
        const Literal object = value(node.field("value"));
        const Literal key = value(node.field("subscript"));
        if (object.kind == Literal::Kind::Unknown)
            return object;
        if (object.kind == Literal::Kind::Dictionary && key.isKnown() && object.isKnown()) {
            if (const Literal* item = entryOf(object, key))
                return *item;
        }
        if (const auto index = integerOf(key);
            index && (object.kind == Literal::Kind::Tuple || object.kind == Literal::Kind::List)) {
            const auto size = static_cast<long long>(object.items.size());
            const long long at = *index < 0 ? *index + size : *index;
            if (at >= 0 && at < size)
                return object.items[static_cast<std::size_t>(at)];
        }
        return unknown(node, "taken out of a value by a subscript that is not followed here");
    }

    Literal call(SyntaxNode node)
    {
        const SyntaxNode function = node.field("function");
        PureCall pure;
        for (SyntaxNode part : node.field("arguments").namedChildren()) {
            if (part.is("keyword_argument"))
                pure.keywords.emplace_back(part.field("name").text(), value(part.field("value")));
            else if (part.is("list_splat") || part.is("dictionary_splat"))
                pure.splat = true;
            else
                pure.arguments.push_back(value(part));
        }
        if (m_hooks.call && !pure.splat && pure.keywords.empty()) {
            if (auto answer = m_hooks.call(function.text(), pure.arguments))
                return *answer;
        }
        std::optional<Literal> result;
        if (function.is("attribute")) {
            pure.name = function.field("attribute").text();
            result = pureMethod(value(function.field("object")), pure);
        } else if (function.is("identifier") && !m_names.contains(function.text())) {
            pure.name = function.text();
            result = pureFunction(pure);
        }
        if (result)
            return std::move(*result);
        std::string named(function.text().substr(0, 60));
        std::ranges::replace(named, '\n', ' ');
        return unknown(node, "computed by a call of " + named);
    }

    const Names& m_names;
    const EvaluationHooks& m_hooks;
    int m_depth = 0;
    std::size_t m_copied = 0; ///< weight of all values that names stood for
};

} // namespace

Literal valueOf(const Binding& binding, const EvaluationHooks& hooks)
{
    if (!binding.imported || !hooks.import)
        return binding.value;
    const ImportedName& wanted = *binding.imported;
    if (auto found = hooks.import(wanted.module, wanted.level, wanted.name))
        return std::move(*found);
    return binding.value;
}

Literal evaluate(SyntaxNode expression, const Names& names, const EvaluationHooks& hooks)
{
    if (expression.isNull())
        return Literal::unknown("nothing is written there");
    return Evaluator(names, hooks).value(expression);
}

} // namespace sightglass
