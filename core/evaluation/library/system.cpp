// SPDX-License-Identifier: GPL-3.0-or-later
// sys, logging, warnings, copy, importlib, datetime, uuid: what is constant of them.
#include "core/evaluation/assumed_environment.h"
#include "core/evaluation/builtins.h"
#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/library.h"
#include "core/evaluation/text_format.h"

#include <algorithm>
#include <cstdio>

namespace sightglass {

namespace {

/// A logger and its like: everything may be asked of it, nothing matters.
class SilentObject final : public Object
{
public:
    std::string typeName() const override { return "Logger"; }

    Known<bool> truth(Interpreter&) override { return true; }

    Evaluated attribute(Interpreter&, std::string_view) override { return Value(this); }

    Evaluated call(Interpreter&, const Arguments&) override { return Value(this); }
};

Value silent(Evaluator& evaluator)
{
    return evaluator.make<SilentObject>();
}

/// A date, an interval, a UUID: a value that is shown as a text.
class ConstantObject final : public Object
{
public:
    ConstantObject(std::vector<std::string> names, std::string text)
        : m_names(std::move(names))
        , m_text(std::move(text))
    {}

    std::string typeName() const override { return m_names.front(); }

    std::vector<std::string> classNames() const override { return m_names; }

    Known<std::string> text(Interpreter&) override { return m_text; }

    Known<bool> truth(Interpreter&) override
    {
        if (m_names.front() == "timedelta")
            return Unknown{"whether an interval is zero"};
        return true;
    }

    std::optional<Evaluated>
    binary(Interpreter&, std::string_view op, const Value& other, bool) override
    {
        const auto* same = other.as<ConstantObject>();
        if (same != nullptr && (op == "==" || op == "!="))
            return Evaluated(
                Value((same->m_names == m_names && same->m_text == m_text) == (op == "==")));
        return std::nullopt;
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        const std::string text = m_text;
        const std::string type = m_names.front();
        if (name == "hex" && type == "UUID") {
            std::string digits = text;
            std::erase(digits, '-');
            return Value(digits);
        }
        if (name == "isoformat" && type != "UUID")
            return interpreter.makeFunction(
                "isoformat", [text, type](Interpreter&, const Arguments&) -> Evaluated {
                    std::string made = text;
                    if (type == "datetime")
                        std::ranges::replace(made, ' ', 'T');
                    return Value(made);
                });
        return interpreter.evaluator().unknownFromLibrary(type + "." + std::string(name));
    }

private:
    std::vector<std::string> m_names;
    std::string m_text;
};

/// datetime and date: constants are constants, now() is not known.
class ClockClass final : public NativeClass
{
public:
    using NativeClass::NativeClass;

    Evaluated attribute(Interpreter& interpreter, std::string_view wanted) override
    {
        return interpreter.evaluator().unknownFromLibrary(name() + "." + std::string(wanted) +
                                                          " is only known when the program runs");
    }
};

std::optional<std::vector<std::int64_t>> numbersOf(const Arguments& arguments,
                                                   std::initializer_list<std::string_view> names)
{
    std::vector<std::int64_t> result;
    std::size_t used = 0;
    for (const std::string_view name : names) {
        const Value* given = arguments.at(result.size(), name);
        if (given != nullptr && given->asInteger() == nullptr)
            return std::nullopt;
        used += given == nullptr ? 0 : 1;
        result.push_back(given == nullptr ? 0 : *given->asInteger());
    }
    if (arguments.hidden || used != arguments.positional.size() + arguments.keywords.size())
        return std::nullopt;
    return result;
}

std::string padded(std::int64_t number, int width)
{
    std::string made = std::to_string(number);
    while (made.size() < static_cast<std::size_t>(width))
        made.insert(0, 1, '0');
    return made;
}

Evaluated date(Evaluator& evaluator, const Arguments& arguments)
{
    const auto parts = numbersOf(arguments, {"year", "month", "day"});
    if (!parts)
        return evaluator.unknownFromLibrary("a date that is not constant");
    return Value(evaluator.make<ConstantObject>(
        std::vector<std::string>{"date"},
        padded((*parts)[0], 4) + "-" + padded((*parts)[1], 2) + "-" + padded((*parts)[2], 2)));
}

Evaluated datetime(Evaluator& evaluator, const Arguments& arguments)
{
    const auto parts =
        numbersOf(arguments, {"year", "month", "day", "hour", "minute", "second", "microsecond"});
    if (!parts)
        return evaluator.unknownFromLibrary("a date that is not constant");
    std::string text = padded((*parts)[0], 4) + "-" + padded((*parts)[1], 2) + "-" +
                       padded((*parts)[2], 2) + " " + padded((*parts)[3], 2) + ":" +
                       padded((*parts)[4], 2) + ":" + padded((*parts)[5], 2);
    if ((*parts)[6] != 0)
        text += "." + padded((*parts)[6], 6);
    return Value(
        evaluator.make<ConstantObject>(std::vector<std::string>{"datetime", "date"}, text));
}

Evaluated timedelta(Evaluator& evaluator, const Arguments& arguments)
{
    const auto parts = numbersOf(arguments, {"days", "seconds"});
    if (!parts || (*parts)[1] < 0 || (*parts)[1] >= 86'400)
        return evaluator.unknownFromLibrary("an interval that is not followed");
    const std::int64_t days = (*parts)[0];
    const std::int64_t seconds = (*parts)[1];
    std::string text =
        days == 0 ? "" : std::to_string(days) + (days == 1 || days == -1 ? " day, " : " days, ");
    text += std::to_string(seconds / 3600) + ":" + padded(seconds / 60 % 60, 2) + ":" +
            padded(seconds % 60, 2);
    return Value(evaluator.make<ConstantObject>(std::vector<std::string>{"timedelta"}, text));
}

Evaluated uuid(Evaluator& evaluator, const Arguments& arguments)
{
    const Value* given = arguments.at(0, "hex");
    std::string digits = given == nullptr || given->asText() == nullptr ? "" : *given->asText();
    std::erase_if(digits, [](char each) { return each == '-' || each == '{' || each == '}'; });
    for (char& each : digits)
        each = each >= 'A' && each <= 'F' ? static_cast<char>(each - 'A' + 'a') : each;
    if (digits.size() != 32 || digits.find_first_not_of("0123456789abcdef") != std::string::npos)
        return evaluator.unknownFromLibrary("a UUID that is not constant");
    for (const std::size_t at : {20U, 16U, 12U, 8U})
        digits.insert(at, "-");
    return Value(evaluator.make<ConstantObject>(std::vector<std::string>{"UUID"}, digits));
}

template <Evaluated (*Construct)(Evaluator&, const Arguments&)>
Value clockClass(Evaluator& evaluator, std::string name)
{
    return evaluator.make<ClockClass>(std::move(name),
                                      std::vector<std::string>{},
                                      [](Interpreter& interpreter, const Arguments& arguments) {
                                          return Construct(interpreter.evaluator(), arguments);
                                      });
}

Value dateClass(Evaluator& evaluator)
{
    return clockClass<date>(evaluator, "date");
}

Value datetimeClass(Evaluator& evaluator)
{
    return clockClass<datetime>(evaluator, "datetime");
}

Value timedeltaClass(Evaluator& evaluator)
{
    return clockClass<timedelta>(evaluator, "timedelta");
}

Value uuidClass(Evaluator& evaluator)
{
    return clockClass<uuid>(evaluator, "UUID");
}

Evaluated nothing(Evaluator&, const Arguments&)
{
    return Value();
}

Evaluated importModule(Evaluator& evaluator, const Arguments& arguments)
{
    const Value* name = arguments.at(0, "name");
    if (name == nullptr || name->asText() == nullptr)
        return Unknown{name != nullptr && name->isUnknown() ? name->reason()
                                                            : "a module whose name is not known"};
    std::string dotted = *name->asText();
    if (dotted.starts_with('.')) {
        const Value* package = arguments.at(1, "package");
        if (package == nullptr || package->asText() == nullptr || dotted.starts_with(".."))
            return Unknown{"a module whose name is relative: " + dotted};
        dotted = *package->asText() + dotted;
    }
    Value module = evaluator.importModule(dotted);
    if (module.isUnknown() && !evaluator.tries.empty() &&
        evaluator.interpreter.service<AssumedEnvironment>() != nullptr)
        return otherwise(
            evaluator.makeRaised("ModuleNotFoundError", "No module named '" + dotted + "'"));
    return module;
}

Value copied(Evaluator& evaluator, const Value& value, bool deep, int depth)
{
    constexpr int deepest = 40;
    if (depth > deepest)
        return Unknown{"values too deep within each other"};
    const auto inner = [&](const Value& each) {
        return deep ? copied(evaluator, each, true, depth + 1) : each;
    };
    const auto why = evaluator.doubt(value);
    if (const auto* list = value.as<ListObject>()) {
        std::vector<Value> items;
        for (const Value& each : list->now().items)
            items.push_back(inner(each));
        auto* made = evaluator.make<ListObject>(std::move(items));
        if (why)
            made->doubt(*why);
        return Value(made);
    }
    if (const auto* pairs = value.as<DictObject>()) {
        auto* made = evaluator.make<DictObject>(pairs->kind());
        made->factory = pairs->factory;
        for (const auto& [key, held] : pairs->now().pairs)
            made->set(evaluator, key, inner(held));
        if (why)
            made->doubt(*why);
        return Value(made);
    }
    if (const auto* set = value.as<SetObject>()) {
        auto* made = evaluator.make<SetObject>(set->now().items, set->frozen());
        if (why)
            made->doubt(*why);
        return Value(made);
    }
    if (const auto* tuple = value.as<TupleObject>(); tuple != nullptr && deep) {
        std::vector<Value> items;
        for (const Value& each : tuple->items())
            items.push_back(inner(each));
        return evaluator.make<TupleObject>(std::move(items), tuple->type());
    }
    if (const auto* instance = value.as<FileInstance>()) {
        auto* made = evaluator.make<FileInstance>(instance->type());
        for (const auto& [name, held] : instance->attributes())
            made->put(evaluator.interpreter, name, inner(held));
        return Value(made);
    }
    if (value.as<TupleObject>() == nullptr && value.as<FileEnumMember>() == nullptr &&
        value.as<FunctionObject>() == nullptr && value.as<FileClass>() == nullptr &&
        value.asObject() != nullptr) {
        Evaluated method = evaluator.attribute(value, "copy"); // natives know how they are copied
        if (method && !method->isUnknown()) {
            Evaluated made = evaluator.call(*method, {});
            if (made)
                return *made;
        }
        return Unknown{"a copy of a " + evaluator.typeName(value)};
    }
    return value;
}

template <bool Deep>
Evaluated copy(Evaluator& evaluator, const Arguments& arguments)
{
    return arguments.positional.empty()
               ? notFollowed("copy", arguments)
               : Evaluated(copied(evaluator, arguments.positional.front(), Deep, 0));
}

Evaluated exitProgram(Evaluator& evaluator, const Arguments&)
{
    return otherwise(evaluator.makeRaised("SystemExit", {}));
}

Value version(Evaluator& evaluator)
{
    return evaluator.interpreter.makeTuple(
        {Value(3), Value(12), Value(0), Value("final"), Value(0)});
}

Value platform(Evaluator&)
{
    return "linux";
}

Value level(Evaluator&)
{
    return 20;
}

LibraryItem function(std::string_view module,
                     std::string_view name,
                     Evaluated (*run)(Evaluator&, const Arguments&))
{
    return {.module = module, .name = name, .run = run, .make = nullptr};
}

LibraryItem value(std::string_view module, std::string_view name, Value (*make)(Evaluator&))
{
    return {.module = module, .name = name, .run = nullptr, .make = make};
}

} // namespace

std::span<const LibraryItem> systemItems()
{
    static const std::array table{
        value("logging", "getLogger", silent),
        value("logging", "Logger", silent),
        value("logging", "basicConfig", silent),
        value("logging", "debug", silent),
        value("logging", "info", silent),
        value("logging", "warning", silent),
        value("logging", "warn", silent),
        value("logging", "error", silent),
        value("logging", "exception", silent),
        value("logging", "critical", silent),
        value("logging", "log", silent),
        value("logging", "INFO", level),
        function("warnings", "warn", nothing),
        function("warnings", "simplefilter", nothing),
        function("warnings", "filterwarnings", nothing),
        function("time", "sleep", nothing),
        function("sys", "exit", exitProgram),
        value("sys", "version_info", version),
        value("sys", "platform", platform),
        value("sys", "stdout", silent),
        value("sys", "stderr", silent),
        function("copy", "copy", copy<false>),
        function("copy", "deepcopy", copy<true>),
        function("importlib", "import_module", importModule),
        value("datetime", "date", dateClass),
        value("datetime", "datetime", datetimeClass),
        value("datetime", "timedelta", timedeltaClass),
        value("uuid", "UUID", uuidClass),
    };
    return table;
}

} // namespace sightglass
