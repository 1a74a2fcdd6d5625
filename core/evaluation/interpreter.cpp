// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/interpreter.h"

#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/evaluator.h"

namespace sightglass {

Interpreter::Interpreter(ModuleSource& modules,
                         InterpreterHooks hooks,
                         InterpreterLimits limits,
                         std::stop_token stop)
    : m_evaluator(
          std::make_unique<Evaluator>(*this, modules, std::move(hooks), limits, std::move(stop)))
{}

Interpreter::~Interpreter() = default;

Evaluated Interpreter::runModule(const SourceModule& module, std::string name)
{
    return m_evaluator->runModule(module, std::move(name));
}

Value Interpreter::importModule(std::string_view dotted)
{
    return m_evaluator->importModule(dotted);
}

Evaluated Interpreter::attribute(const Value& object, std::string_view name)
{
    return m_evaluator->attribute(object, name);
}

Evaluated Interpreter::call(const Value& callee, const Arguments& arguments)
{
    return m_evaluator->call(callee, arguments);
}

Outcome<std::vector<Value>, Raised> Interpreter::elementsOf(const Value& iterable)
{
    return m_evaluator->elements(iterable);
}

Known<bool> Interpreter::truthOf(const Value& value)
{
    return m_evaluator->truth(value);
}

Known<std::string> Interpreter::textOf(const Value& value)
{
    return m_evaluator->text(value);
}

Known<bool> Interpreter::equal(const Value& left, const Value& right)
{
    return m_evaluator->equal(left, right);
}

bool Interpreter::isInstance(const Value& value, std::string_view className)
{
    for (const std::string& each : m_evaluator->classNames(value)) {
        if (each == className)
            return true;
    }
    return false;
}

Value Interpreter::makeList(std::vector<Value> items)
{
    return make<ListObject>(std::move(items));
}

Value Interpreter::makeTuple(std::vector<Value> items)
{
    return make<TupleObject>(std::move(items));
}

Value Interpreter::makeSet(std::vector<Value> items)
{
    Items content;
    for (const Value& each : items)
        addToSet(*m_evaluator, content, each);
    auto* made = make<SetObject>(std::move(content.items), false);
    if (content.doubt)
        made->doubt(*content.doubt);
    return made;
}

Value Interpreter::makeDictionary(std::vector<std::pair<Value, Value>> items)
{
    auto* made = make<DictObject>();
    for (auto& [key, value] : items)
        made->set(*m_evaluator, key, std::move(value));
    return made;
}

Value Interpreter::makeFunction(std::string name, NativeFunction::Body body)
{
    return make<NativeFunction>(std::move(name), std::move(body));
}

std::optional<Unknown> Interpreter::doubtAbout(const Value& value) const
{
    return m_evaluator->doubt(value);
}

const std::vector<InterpreterService*>& Interpreter::services() const
{
    return m_evaluator->hooks.services;
}

const std::vector<Value>* Interpreter::itemsOf(const Value& value)
{
    if (const auto* list = value.as<ListObject>())
        return list->now().doubt ? nullptr : &list->now().items;
    if (const auto* set = value.as<SetObject>())
        return set->now().doubt ? nullptr : &set->now().items;
    if (const auto* tuple = value.as<TupleObject>())
        return &tuple->items();
    if (const auto* dictionary = value.as<DictObject>())
        return dictionary->now().doubt ? nullptr : dictionary->keys();
    return nullptr;
}

std::vector<std::pair<Value, Value>> Interpreter::pairsOf(const Value& value)
{
    if (const auto* dictionary = value.as<DictObject>())
        return dictionary->now().pairs;
    return {};
}

const std::vector<Guard>& Interpreter::guards() const
{
    return m_evaluator->guards;
}

bool Interpreter::inAlternative() const
{
    return m_evaluator->alternatives > 0;
}

bool Interpreter::databaseErrorsAreCaught() const
{
    return m_evaluator->catchesDatabaseErrors();
}

SourceSpan Interpreter::here() const
{
    return m_evaluator->here();
}

const std::vector<Path>& Interpreter::filesRead() const
{
    return m_evaluator->filesRead;
}

void Interpreter::keep(std::unique_ptr<Object> object)
{
    m_evaluator->objects.push_back(std::move(object));
}

} // namespace sightglass
