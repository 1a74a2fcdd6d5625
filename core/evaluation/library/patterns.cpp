// SPDX-License-Identifier: GPL-3.0-or-later
// re: patterns with constants.
#include "core/evaluation/library.h"
#include "core/evaluation/library/match_object.h"

#include <algorithm>
#include <memory>

namespace sightglass {

namespace {

using Expression = std::shared_ptr<const RegularExpression>;
using Match = RegularExpression::Match;
using Anchor = RegularExpression::Anchor;

/// What a call is about: the pattern, the text, and the arguments behind the pattern.
struct PatternCall
{
    Evaluator& evaluator;
    Expression pattern;
    std::vector<Value> rest;
    std::vector<std::pair<std::string, Value>> keywords;

    const Value* at(std::size_t index, std::string_view name) const
    {
        if (index < rest.size())
            return &rest[index];
        const auto found = std::ranges::find(keywords, name, &std::pair<std::string, Value>::first);
        return found == keywords.end() ? nullptr : &found->second;
    }
};

/// All matches that do not overlap, at most `most` of them (0: no bound).
Known<std::vector<Match>>
allMatches(const RegularExpression& pattern, const std::string& text, std::size_t most)
{
    std::vector<Match> all;
    std::size_t from = 0;
    bool behindMatch = false;
    while (from <= text.size() && (most == 0 || all.size() < most)) {
        // As Python 3.7 has it: an empty match may follow a match, but not twice at one place.
        auto found = pattern.find(text, from, Anchor::Nowhere, behindMatch);
        if (!found.isKnown())
            return Unknown{found.reason()};
        if (!found.value())
            break;
        const auto [begin, end] = found.value()->groups.front();
        behindMatch = begin == end;
        from = end;
        all.push_back(*found.value());
    }
    return all;
}

const std::string* textArgument(const PatternCall& call, std::size_t index)
{
    const Value* given = call.at(index, "string");
    return given != nullptr ? given->asText() : nullptr;
}

Evaluated unfollowed(const PatternCall& call, std::string_view function)
{
    for (const Value& each : call.rest) {
        if (each.isUnknown())
            return each;
    }
    return Unknown{"re." + std::string(function) + "() with arguments that are not followed"};
}

Evaluated findOne(const PatternCall& call, Anchor anchor)
{
    const std::string* text = textArgument(call, 0);
    if (text == nullptr || call.rest.size() > 1)
        return unfollowed(call, "match");
    const auto found = call.pattern->find(*text, 0, anchor);
    if (!found.isKnown())
        return Unknown{found.reason()};
    if (!found.value())
        return Value();
    return Value(call.evaluator.make<MatchObject>(*text, *found.value(), call.pattern));
}

Evaluated search(const PatternCall& call)
{
    return findOne(call, Anchor::Nowhere);
}

Evaluated match(const PatternCall& call)
{
    return findOne(call, Anchor::Start);
}

Evaluated fullmatch(const PatternCall& call)
{
    return findOne(call, Anchor::Both);
}

/// The text or the groups of a match, as findall gives them.
Value shownMatch(Interpreter& interpreter, const std::string& text, const Match& match)
{
    if (match.groups.size() <= 2)
        return groupText(text, match, match.groups.size() - 1);
    std::vector<Value> groups;
    for (std::size_t i = 1; i < match.groups.size(); ++i)
        groups.push_back(groupText(text, match, i));
    return interpreter.makeTuple(std::move(groups));
}

Value notNone(Value value)
{
    return value.isNone() ? Value("") : value;
}

Evaluated findAll(const PatternCall& call)
{
    const std::string* text = textArgument(call, 0);
    if (text == nullptr || call.rest.size() > 1)
        return unfollowed(call, "findall");
    const auto all = allMatches(*call.pattern, *text, 0);
    if (!all.isKnown())
        return Unknown{all.reason()};
    std::vector<Value> shown;
    for (const Match& each : all.value()) {
        if (each.groups.size() <= 2) {
            shown.push_back(notNone(shownMatch(call.evaluator.interpreter, *text, each)));
            continue;
        }
        std::vector<Value> groups;
        for (std::size_t i = 1; i < each.groups.size(); ++i)
            groups.push_back(notNone(groupText(*text, each, i)));
        shown.push_back(call.evaluator.interpreter.makeTuple(std::move(groups)));
    }
    return call.evaluator.interpreter.makeList(std::move(shown));
}

Evaluated findIterator(const PatternCall& call)
{
    const std::string* text = textArgument(call, 0);
    if (text == nullptr || call.rest.size() > 1)
        return unfollowed(call, "finditer");
    const auto all = allMatches(*call.pattern, *text, 0);
    if (!all.isKnown())
        return Unknown{all.reason()};
    std::vector<Value> matches;
    for (const Match& each : all.value())
        matches.emplace_back(
            static_cast<Object*>(call.evaluator.make<MatchObject>(*text, each, call.pattern)));
    return makeIterator(call.evaluator, std::move(matches));
}

/// A count or a maximum; absent: it is none that can be followed.
std::optional<std::size_t> boundOf(const Value* given)
{
    if (given == nullptr)
        return 0;
    const auto* number = given->asInteger();
    if (number == nullptr || *number < 0)
        return std::nullopt;
    return static_cast<std::size_t>(*number);
}

Evaluated split(const PatternCall& call)
{
    const std::string* text = textArgument(call, 0);
    const auto most = boundOf(call.at(1, "maxsplit"));
    if (text == nullptr || !most)
        return unfollowed(call, "split");
    const auto all = allMatches(*call.pattern, *text, *most);
    if (!all.isKnown())
        return Unknown{all.reason()};
    std::vector<Value> parts;
    std::size_t at = 0;
    for (const Match& each : all.value()) {
        parts.emplace_back(text->substr(at, each.groups.front().first - at));
        for (std::size_t i = 1; i < each.groups.size(); ++i)
            parts.push_back(groupText(*text, each, i));
        at = each.groups.front().second;
    }
    parts.emplace_back(text->substr(at));
    return call.evaluator.interpreter.makeList(std::move(parts));
}

/// \1, \g<name> and \n of a replacement; absent: something that is not followed.
std::optional<std::string> expanded(const std::string& pattern,
                                    const RegularExpression& expression,
                                    const std::string& text,
                                    const Match& match)
{
    std::string made;
    const auto put = [&](std::size_t group) {
        if (group >= match.groups.size())
            return false;
        const Value value = groupText(text, match, group);
        made += value.isNone() ? std::string() : *value.asText();
        return true;
    };
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] != '\\') {
            made += pattern[at];
            continue;
        }
        const char c = ++at < pattern.size() ? pattern[at] : '\0';
        const bool twoDigits =
            at + 1 < pattern.size() && pattern[at + 1] >= '0' && pattern[at + 1] <= '9';
        if (c == '\\') {
            made += c;
        } else if (c == 'n') {
            made += '\n';
        } else if (c == 't') {
            made += '\t';
        } else if (c >= '1' && c <= '9' && !twoDigits) {
            if (!put(static_cast<std::size_t>(c - '0')))
                return std::nullopt;
        } else if (c == 'g' && at + 1 < pattern.size() && pattern[at + 1] == '<') {
            const std::size_t close = pattern.find('>', at);
            if (close == std::string::npos)
                return std::nullopt;
            const std::string name = pattern.substr(at + 2, close - at - 2);
            at = close;
            const bool number = !name.empty() && name.size() < 3 &&
                                name.find_first_not_of("0123456789") == std::string::npos;
            const auto named = std::ranges::find(
                expression.names(), name, &std::pair<std::string, std::size_t>::first);
            if (!number && named == expression.names().end())
                return std::nullopt;
            if (!put(number ? static_cast<std::size_t>(std::stoi(name)) : named->second))
                return std::nullopt;
        } else {
            return std::nullopt;
        }
    }
    return made;
}

/// What stands in the place of one match.
Evaluated replacementOf(const PatternCall& call,
                        const Value& with,
                        const std::string& text,
                        const Match& match)
{
    if (const std::string* pattern = with.asText()) {
        const auto made = expanded(*pattern, *call.pattern, text, match);
        if (!made)
            return Unknown{"re.sub() with a replacement that is not followed"};
        return Value(*made);
    }
    if (with.isUnknown())
        return with;
    Arguments one;
    one.positional = {
        Value(static_cast<Object*>(call.evaluator.make<MatchObject>(text, match, call.pattern)))};
    return call.evaluator.call(with, one);
}

struct Substitution
{
    Value text;
    std::size_t count = 0;
};

Outcome<Substitution, Raised> substitute(const PatternCall& call)
{
    const Value* with = call.at(0, "repl");
    const std::string* text = textArgument(call, 1);
    const auto most = boundOf(call.at(2, "count"));
    if (with == nullptr || text == nullptr || !most)
        return Substitution{.text = *unfollowed(call, "sub")};
    const auto all = allMatches(*call.pattern, *text, *most);
    if (!all.isKnown())
        return Substitution{.text = Unknown{all.reason()}};
    std::string made;
    std::size_t at = 0;
    for (const Match& each : all.value()) {
        made += text->substr(at, each.groups.front().first - at);
        const Evaluated part = replacementOf(call, *with, *text, each);
        if (!part)
            return otherwise(part.error());
        const std::string* known = part->asText();
        if (known == nullptr)
            return Substitution{.text = part->isUnknown()
                                            ? *part
                                            : Value(Unknown{"re.sub() with what is no text"})};
        made += *known;
        at = each.groups.front().second;
    }
    made += text->substr(at);
    if (auto tooMuch = call.evaluator.charge(made.size()))
        return otherwise(std::move(*tooMuch));
    return Substitution{.text = Value(std::move(made)), .count = all.value().size()};
}

Evaluated sub(const PatternCall& call)
{
    const auto made = substitute(call);
    if (!made)
        return otherwise(made.error());
    return made->text;
}

Evaluated subn(const PatternCall& call)
{
    const auto made = substitute(call);
    if (!made)
        return otherwise(made.error());
    return call.evaluator.interpreter.makeTuple(
        {made->text, Value(static_cast<std::int64_t>(made->count))});
}

struct PatternFunction
{
    std::string_view name;
    Evaluated (*run)(const PatternCall&);
    std::size_t flagsAt; ///< among the arguments behind the pattern
};

constexpr auto patternFunctions = std::to_array<PatternFunction>({
    {"search", search, 1},
    {"match", match, 1},
    {"fullmatch", fullmatch, 1},
    {"findall", findAll, 1},
    {"finditer", findIterator, 1},
    {"split", split, 2},
    {"sub", sub, 3},
    {"subn", subn, 3},
});

/// re.Pattern
class PatternObject final : public Object
{
public:
    PatternObject(std::string source, Expression expression)
        : m_source(std::move(source))
        , m_expression(std::move(expression))
    {}

    std::string typeName() const override { return "re.Pattern"; }

    Known<bool> truth(Interpreter&) override { return true; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (name == "pattern")
            return Value(m_source);
        for (const PatternFunction& each : patternFunctions) {
            if (each.name != name)
                continue;
            return interpreter.makeFunction(
                std::string(name),
                [expression = m_expression,
                 run = each.run](Interpreter& inner, const Arguments& arguments) -> Evaluated {
                    if (arguments.hidden)
                        return *arguments.hidden;
                    return run({.evaluator = inner.evaluator(),
                                .pattern = expression,
                                .rest = arguments.positional,
                                .keywords = arguments.keywords});
                });
        }
        return Unknown{"re.Pattern." + std::string(name) + " is not followed"};
    }

    const Expression& expression() const { return m_expression; }

private:
    std::string m_source;
    Expression m_expression;
};

/// The pattern of a call of the module; an Unknown with its reason where there is none.
Known<Expression> expressionOf(const Value* given, const Value* flags)
{
    if (given == nullptr)
        return Unknown{"re without a pattern"};
    if (given->isUnknown())
        return Unknown{given->reason()};
    if (const auto* compiled = given->as<PatternObject>())
        return compiled->expression();
    const std::string* text = given->asText();
    const std::int64_t* number = flags != nullptr ? flags->asInteger() : nullptr;
    if (text == nullptr || (flags != nullptr && number == nullptr))
        return Unknown{"a pattern or flags of re that are not followed"};
    auto made =
        RegularExpression::compile(*text, number != nullptr ? static_cast<int>(*number) : 0);
    if (!made.isKnown())
        return Unknown{made.reason()};
    return Expression(std::make_shared<const RegularExpression>(std::move(made.value())));
}

Evaluated
ofModule(Evaluator& evaluator, const Arguments& arguments, const PatternFunction& function)
{
    if (arguments.hidden)
        return *arguments.hidden;
    const bool first = !arguments.positional.empty();
    PatternCall call{
        .evaluator = evaluator,
        .pattern = nullptr,
        .rest = {arguments.positional.begin() + (first ? 1 : 0), arguments.positional.end()},
        .keywords = arguments.keywords};
    const Value* flags = call.at(function.flagsAt, "flags");
    auto expression = expressionOf(arguments.at(0, "pattern"), flags);
    if (!expression.isKnown())
        return Unknown{expression.reason()};
    call.pattern = expression.value();
    if (call.rest.size() > function.flagsAt)
        call.rest.resize(function.flagsAt);
    return function.run(call);
}

template <std::size_t Index>
Evaluated callOf(Evaluator& evaluator, const Arguments& arguments)
{
    return ofModule(evaluator, arguments, patternFunctions[Index]);
}

Evaluated compile(Evaluator& evaluator, const Arguments& arguments)
{
    const Value* given = arguments.at(0, "pattern");
    const auto expression = expressionOf(given, arguments.at(1, "flags"));
    if (!expression.isKnown())
        return Unknown{expression.reason()};
    const std::string* source = given->asText();
    return Value(evaluator.make<PatternObject>(source != nullptr ? *source : std::string(),
                                               expression.value()));
}

template <int Number>
Value flag(Evaluator&)
{
    return Number;
}

LibraryItem item(std::string_view name, Evaluated (*run)(Evaluator&, const Arguments&))
{
    return {.module = "re", .name = name, .run = run, .make = nullptr};
}

LibraryItem item(std::string_view name, Value (*make)(Evaluator&))
{
    return {.module = "re", .name = name, .run = nullptr, .make = make};
}

} // namespace

std::span<const LibraryItem> patternItems()
{
    static const std::array table{
        item("search", callOf<0>),  item("match", callOf<1>),    item("fullmatch", callOf<2>),
        item("findall", callOf<3>), item("finditer", callOf<4>), item("split", callOf<5>),
        item("sub", callOf<6>),     item("subn", callOf<7>),     item("compile", compile),
        item("I", flag<2>),         item("IGNORECASE", flag<2>), item("M", flag<8>),
        item("MULTILINE", flag<8>), item("S", flag<16>),         item("DOTALL", flag<16>),
        item("X", flag<64>),        item("VERBOSE", flag<64>),   item("A", flag<256>),
        item("ASCII", flag<256>),   item("U", flag<32>),         item("UNICODE", flag<32>),
    };
    return table;
}

} // namespace sightglass
