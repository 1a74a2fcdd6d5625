// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/evaluator.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// What an import statement binds: followed when its name is first used. Never a value of a
/// program: Evaluator::resolved() stands before every use.
class LazyImport final : public Object
{
public:
    LazyImport(std::string dotted, std::string member, int line)
        : m_dotted(std::move(dotted))
        , m_member(std::move(member))
        , m_line(line)
    {}

    std::string typeName() const override { return "module"; }

    Value resolve(Evaluator& evaluator);

    std::vector<std::string> parts; ///< further modules below it: "a.b", "a.c.d"

private:
    std::string m_dotted;
    std::string m_member; ///< of `from m import member`; empty: the module
    int m_line;
    std::optional<Value> m_value;
};

/// A package that is not at hand, of which a part is: `import a.b` with a native a.b.
class NamespaceObject final : public Object
{
public:
    NamespaceObject(std::string dotted, Unknown reason)
        : m_dotted(std::move(dotted))
        , m_reason(std::move(reason))
    {}

    std::string typeName() const override { return "module"; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;

    Evaluated call(Interpreter& interpreter, const Arguments& arguments) override
    {
        return interpreter.evaluator().unknownCall(m_dotted, m_reason.reason, arguments);
    }

private:
    std::string m_dotted;
    Unknown m_reason;
};

/// from m import *
Flow importEverything(Evaluator& evaluator,
                      const Node& moduleNode,
                      const std::optional<std::string>& dotted);

} // namespace sightglass
