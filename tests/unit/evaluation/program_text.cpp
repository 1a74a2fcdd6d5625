// SPDX-License-Identifier: GPL-3.0-or-later
#include "program_text.h"

#include "core/evaluation/possible_raises.h"

namespace sightglass {

namespace {

std::string shown(Interpreter& interpreter, const Value& value)
{
    if (value.isUnknown())
        return "Unknown(" + value.reason() + ")";
    if (const auto why = interpreter.doubtAbout(value))
        return "Doubtful(" + why->reason + ")";
    const Arguments arguments{.positional = {value}, .keywords = {}, .hidden = {}, .span = {}};
    const Value builtins = interpreter.importModule("builtins");
    const auto repr = interpreter.attribute(builtins, "repr");
    const auto text = interpreter.call(*repr, arguments);
    if (text && text->asText() != nullptr)
        return *text->asText();
    const Known<std::string> plain = interpreter.textOf(value);
    return plain.isKnown() ? plain.value() : "?";
}

std::string conditions(const Interpreter& interpreter)
{
    std::string result;
    for (const Guard& each : interpreter.guards())
        result += (result.empty() ? " | " : " & ") + each.text;
    if (interpreter.inAlternative())
        result += " (alternative)";
    if (interpreter.databaseErrorsAreCaught())
        result += " (caught)";
    return result;
}

class ToldRaises final : public PossibleRaises
{
public:
    explicit ToldRaises(std::string& result)
        : m_result(result)
    {}

    void mayRaise(Interpreter& interpreter, const Raised& raised) override
    {
        m_result +=
            "may raise " + raised.type + ": " + raised.message + conditions(interpreter) + "\n";
    }

private:
    std::string& m_result;
};

} // namespace

void TextModules::put(const std::string& dotted, std::string text, bool isPackage)
{
    auto tree = SyntaxTree::parse(std::move(text));
    m_modules[dotted] = std::make_unique<SourceModule>(SourceModule{.file = dotted + ".py",
                                                                    .path = "/p/" + dotted + ".py",
                                                                    .isPackage = isPackage,
                                                                    .tree = std::move(*tree)});
}

const SourceModule* TextModules::find(std::string_view dotted)
{
    const auto found = m_modules.find(dotted);
    return found == m_modules.end() ? nullptr : found->second.get();
}

std::optional<std::string> TextModules::readFile(const Path& path)
{
    const auto found = files.find(path.generic_string());
    return found == files.end() ? std::nullopt : std::optional(found->second);
}

std::string outcomeOf(const std::string& program,
                      TextModules& modules,
                      const InterpreterLimits& limits,
                      std::stop_token stop)
{
    std::string result;
    InterpreterHooks hooks;
    hooks.nativeModule = [&](Interpreter& interpreter, std::string_view dotted) -> Object* {
        if (dotted != "test")
            return nullptr;
        auto* module = interpreter.make<NativeModule>("test");
        module->set("note",
                    interpreter.makeFunction(
                        "note", [&](Interpreter& running, const Arguments& arguments) -> Evaluated {
                            std::string line = "note";
                            for (const Value& each : arguments.positional)
                                line += " " + shown(running, each);
                            result += line + conditions(running) + "\n";
                            return Value();
                        }));
        module->set("here",
                    interpreter.makeFunction(
                        "here", [](Interpreter& running, const Arguments&) -> Evaluated {
                            const SourceSpan span = running.here();
                            return Value(std::to_string(span.begin) + "-" +
                                         std::to_string(span.end));
                        }));
        module->set(
            "fail",
            interpreter.makeFunction("fail", [](Interpreter&, const Arguments&) -> Evaluated {
                return raising("ProgrammingError",
                               "no such table",
                               {"DatabaseError", "DBAPIError", "Exception", "BaseException"});
            }));
        return module;
    };
    hooks.unknownCall = [&](Interpreter& interpreter, const UnknownCall& call) {
        result +=
            "unknown " + call.callee + (call.result ? " =" : "") + conditions(interpreter) + "\n";
    };
    ToldRaises told(result);
    hooks.services = {&told};
    auto tree = SyntaxTree::parse("from test import note, here, fail\nimport third\n" + program);
    const SourceModule file{.file = "revision.py",
                            .path = "/p/revision.py",
                            .isPackage = false,
                            .tree = std::move(*tree)};
    Interpreter interpreter(modules, std::move(hooks), limits, std::move(stop));
    const Evaluated ended = interpreter.runModule(file);
    if (!ended)
        result += (ended.error().stopsReading ? "stops " : "raises ") + ended.error().type + ": " +
                  ended.error().message + "\n";
    return result;
}

std::string outcomeOf(const std::string& program)
{
    TextModules modules;
    return outcomeOf(program, modules);
}

std::string valueOf(const std::string& expression, const std::string& before)
{
    std::string result = outcomeOf(before + "\nnote((" + expression + "))\n");
    if (result.starts_with("note "))
        result.erase(0, 5);
    if (result.ends_with('\n'))
        result.pop_back();
    return result;
}

} // namespace sightglass
