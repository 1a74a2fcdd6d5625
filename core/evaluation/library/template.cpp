// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/library/template.h"

#include "core/evaluation/containers.h"
#include "core/evaluation/library.h"

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {

bool beginsName(char c)
{
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isInName(char c)
{
    return beginsName(c) || (c >= '0' && c <= '9');
}

/// What stands after a dollar sign.
struct Placeholder
{
    std::string name;       ///< empty: none, or a second dollar sign
    std::size_t length = 0; ///< with the dollar sign; 0: nothing that a template knows
};

Placeholder placeholderAt(std::string_view text, std::size_t at)
{
    const std::string_view rest = text.substr(at + 1);
    if (rest.starts_with('$'))
        return {.name = {}, .length = 2};
    const std::size_t open = rest.starts_with('{') ? 1 : 0;
    if (open >= rest.size() || !beginsName(rest[open]))
        return {};
    std::size_t end = open;
    while (end < rest.size() && isInName(rest[end]))
        ++end;
    if (open == 1 && (end == rest.size() || rest[end] != '}'))
        return {};
    return {.name = std::string(rest.substr(open, end - open)), .length = 1 + end + open};
}

/// string.Template.
/// source  Python 3.12, string.py
class TemplateObject final : public Object
{
public:
    explicit TemplateObject(std::string text)
        : m_text(std::move(text))
    {}

    std::string typeName() const override { return "Template"; }

    Known<bool> truth(Interpreter&) override { return true; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (name == "template")
            return Value(m_text);
        if (name != "substitute" && name != "safe_substitute")
            return Value(Unknown{"string.Template." + std::string(name) + " is not followed"});
        return interpreter.makeFunction(std::string(name),
                                        [this, safe = name == "safe_substitute"](
                                            Interpreter& running, const Arguments& arguments) {
                                            return substituted(running, arguments, safe);
                                        });
    }

private:
    Evaluated substituted(Interpreter& interpreter, const Arguments& arguments, bool safe) const
    {
        Evaluator& evaluator = interpreter.evaluator();
        if (arguments.hidden)
            return Value(*arguments.hidden);
        if (!arguments.positional.empty()) {
            if (const auto doubt = interpreter.doubtAbout(arguments.positional.front()))
                return Value(*doubt);
        }
        std::string made;
        for (std::size_t at = 0; at < m_text.size();) {
            const Placeholder found = m_text[at] == '$' ? placeholderAt(m_text, at)
                                                        : Placeholder{.name = {}, .length = 1};
            const std::string_view written =
                std::string_view(m_text).substr(at, std::max<std::size_t>(found.length, 1));
            at += written.size();
            if (found.length == 0 && !safe)
                return otherwise(
                    evaluator.makeRaised("ValueError", "Invalid placeholder in string"));
            if (found.name.empty()) {
                made += written.substr(0, 1);
                continue;
            }
            const std::optional<Value> value = valueOf(evaluator, arguments, found.name);
            if (!value && !safe)
                return otherwise(evaluator.makeRaised("KeyError", "'" + found.name + "'"));
            const Known<std::string> text =
                value ? interpreter.textOf(*value) : Known<std::string>(std::string(written));
            if (!text.isKnown())
                return Value(Unknown{text.reason()});
            made += text.value();
            if (made.size() > evaluator.limits.textBytes)
                break;
        }
        if (auto tooMuch = evaluator.charge(made.size()))
            return otherwise(std::move(*tooMuch));
        return Value(std::move(made));
    }

    /// A keyword, else what the mapping has; nothing: neither has it.
    static std::optional<Value>
    valueOf(Evaluator& evaluator, const Arguments& arguments, const std::string& name)
    {
        if (const Value* given = arguments.keyword(name))
            return *given;
        if (arguments.positional.empty())
            return std::nullopt;
        const auto* mapping = arguments.positional.front().as<DictObject>();
        if (mapping == nullptr)
            return Value(Unknown{"a mapping that is not followed"});
        const auto found = mapping->find(evaluator, Value(name));
        if (!found)
            return Value(Unknown{"whether a mapping has " + name});
        return *found == nullptr ? std::nullopt : std::optional<Value>(**found);
    }

    std::string m_text;
};

} // namespace

Evaluated makeTemplate(Evaluator& evaluator, const Arguments& arguments)
{
    const Value* text = arguments.at(0, "template");
    if (text == nullptr || text->asText() == nullptr)
        return notFollowed("string.Template", arguments);
    return Value(evaluator.make<TemplateObject>(*text->asText()));
}

} // namespace sightglass
