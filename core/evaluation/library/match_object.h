// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/evaluator.h"
#include "core/evaluation/pattern.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace sightglass {

/// The text of a group; None where it took no part.
Value groupText(const std::string& text, const RegularExpression::Match& match, std::size_t group);

/// re.Match
class MatchObject final : public Object
{
public:
    MatchObject(std::string text,
                RegularExpression::Match match,
                std::shared_ptr<const RegularExpression> pattern)
        : m_text(std::move(text))
        , m_match(std::move(match))
        , m_pattern(std::move(pattern))
    {}

    std::string typeName() const override { return "re.Match"; }

    Known<bool> truth(Interpreter&) override { return true; }

    Evaluated subscript(Interpreter& interpreter, const Value& key) override
    {
        return one(interpreter, key);
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;

private:
    std::optional<std::size_t> indexOf(const Value& key) const;
    Evaluated one(Interpreter& interpreter, const Value& key);
    Evaluated group(Interpreter& interpreter, const Arguments& arguments);
    Evaluated groups(Interpreter& interpreter, const Arguments& arguments);
    Evaluated named(Interpreter& interpreter, const Arguments& arguments);
    Evaluated start(Interpreter& interpreter, const Arguments& arguments);
    Evaluated end(Interpreter& interpreter, const Arguments& arguments);
    Evaluated span(Interpreter& interpreter, const Arguments& arguments);
    std::pair<Value, Value> place(const Arguments& arguments) const;

    std::string m_text;
    RegularExpression::Match m_match;
    std::shared_ptr<const RegularExpression> m_pattern;
};

} // namespace sightglass
