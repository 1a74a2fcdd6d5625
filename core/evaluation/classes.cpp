// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/classes.h"

#include "core/evaluation/builtins.h"
#include "core/evaluation/containers.h"

#include <algorithm>

namespace sightglass {

namespace {

/// Bases that say nothing about a class's objects.
bool isTransparent(const NativeClass& base)
{
    return base.name() == "object" || base.name() == "Generic" || base.name() == "Protocol" ||
           base.name() == "ABC";
}

/// The C3 merge of the orders of the bases; plain depth first where there is none.
std::vector<FileClass*> mergeOrders(std::vector<std::vector<FileClass*>> lists)
{
    std::vector<FileClass*> result;
    while (true) {
        std::erase_if(lists, [](const auto& list) { return list.empty(); });
        if (lists.empty())
            return result;
        FileClass* next = nullptr;
        for (const auto& list : lists) {
            FileClass* candidate = list.front();
            const bool later = std::ranges::any_of(lists, [&](const auto& other) {
                return std::find(other.begin() + 1, other.end(), candidate) != other.end();
            });
            if (!later) {
                next = candidate;
                break;
            }
        }
        if (next == nullptr)
            next = lists.front().front();
        result.push_back(next);
        for (auto& list : lists)
            std::erase(list, next);
    }
}

} // namespace

FileClass::FileClass(std::string name,
                     std::vector<Value> bases,
                     std::string module,
                     SourceSpan span)
    : m_name(std::move(name))
    , m_bases(std::move(bases))
    , m_module(std::move(module))
    , m_span(std::move(span))
{
    std::vector<std::vector<FileClass*>> lists;
    std::vector<FileClass*> direct;
    for (const Value& base : m_bases) {
        if (auto* own = base.as<FileClass>()) {
            lists.push_back(own->order());
            direct.push_back(own);
        }
        if (base.isUnknown() && !m_unknownBase)
            m_unknownBase = Unknown{base.reason()};
    }
    lists.push_back(direct);
    m_order = mergeOrders(std::move(lists));
    m_order.insert(m_order.begin(), this);
}

std::vector<std::string> FileClass::baseNames() const
{
    std::vector<std::string> result;
    const auto add = [&](const std::string& name) {
        if (std::ranges::find(result, name) == result.end())
            result.push_back(name);
    };
    for (const FileClass* each : m_order) {
        if (each != this)
            add(each->name());
        for (const Value& base : each->directBases()) {
            if (const auto* native = base.as<NativeClass>()) {
                add(native->name());
                for (const std::string& name : native->bases())
                    add(name);
            } else if (const Object* object = base.asObject();
                       object != nullptr && base.as<FileClass>() == nullptr) {
                for (const std::string& name : object->classNames())
                    add(name);
            }
        }
    }
    return result;
}

const Value* FileClass::lookUp(std::string_view name) const
{
    return lookUpAfter(nullptr, name);
}

const Value* FileClass::lookUpAfter(const FileClass* from, std::string_view name) const
{
    bool past = from == nullptr;
    for (const FileClass* each : m_order) {
        if (past) {
            for (const auto& [key, value] : each->m_body) {
                if (key == name)
                    return &value;
            }
        }
        past = past || each == from;
    }
    return nullptr;
}

const Unknown* FileClass::unknownBase() const
{
    for (const FileClass* each : m_order) {
        if (each->m_unknownBase)
            return &*each->m_unknownBase;
    }
    return nullptr;
}

bool FileClass::derivesFrom(const FileClass& other) const
{
    return std::ranges::find(m_order, &other) != m_order.end();
}

std::vector<Object*> FileClass::nativeBases() const
{
    std::vector<Object*> result;
    for (const FileClass* each : m_order) {
        for (const Value& base : each->directBases()) {
            Object* object = base.asObject();
            if (object == nullptr || base.as<FileClass>() != nullptr)
                continue;
            const auto* native = base.as<NativeClass>();
            if (native == nullptr || !isTransparent(*native))
                result.push_back(object);
        }
    }
    return result;
}

void FileClass::set(std::string_view name, Value value)
{
    for (auto& [key, held] : m_body) {
        if (key == name) {
            held = std::move(value);
            return;
        }
    }
    m_body.emplace_back(std::string(name), std::move(value));
}

std::shared_ptr<const void> FileClass::content() const
{
    return std::make_shared<const std::vector<std::pair<std::string, Value>>>(m_body);
}

void FileClass::restore(const std::shared_ptr<const void>& content)
{
    m_body = *std::static_pointer_cast<const std::vector<std::pair<std::string, Value>>>(content);
}

bool FileClass::same(const std::shared_ptr<const void>&) const
{
    return false;
}

void FileClass::doubt(Unknown reason)
{
    decorated = std::move(reason);
}

Evaluated FileClass::attribute(Interpreter& interpreter, std::string_view name)
{
    Evaluator& evaluator = interpreter.evaluator();
    if (const Value* found = lookUp(name)) {
        if (const auto* wrapper = found->as<WrapperObject>()) {
            if (wrapper->kind == WrapperObject::Kind::Static)
                return wrapper->function;
            if (wrapper->kind == WrapperObject::Kind::Class)
                return Value(evaluator.make<MethodObject>(wrapper->function, Value(this)));
        }
        return *found;
    }
    if (name == "__name__" || name == "__qualname__")
        return Value(m_name);
    if (name == "__module__")
        return Value(m_module);
    if (name == "__members__" && isEnum()) {
        std::vector<std::pair<Value, Value>> pairs;
        for (const EnumMember& each : members)
            pairs.emplace_back(Value(each.name), *lookUp(each.name));
        return interpreter.makeDictionary(std::move(pairs));
    }
    if (name == "__doc__")
        return Unknown{"a docstring"};
    if (name == "__annotations__") {
        std::vector<std::pair<Value, Value>> pairs;
        for (const Annotation& each : m_annotations)
            pairs.emplace_back(Value(each.name), each.value);
        return interpreter.makeDictionary(std::move(pairs));
    }
    if (name == "_make" && shape == Shape::NamedTuple) {
        FileClass* self = this;
        return interpreter.makeFunction(
            "_make", [self](Interpreter& running, const Arguments& arguments) -> Evaluated {
                if (arguments.positional.empty())
                    return Unknown{"_make() of nothing"};
                auto all = running.elementsOf(arguments.positional.front());
                if (!all)
                    return otherwise(std::move(all.error()));
                return Value(running.make<TupleObject>(std::move(*all), self));
            });
    }
    for (Object* base : nativeBases()) {
        Evaluated found = base->attribute(interpreter, name);
        if (found && !found->isUnknown())
            return found;
    }
    if (const Unknown* why = unknownBase())
        return *why;
    if (decorated)
        return *decorated;
    if (name.starts_with("__") || !nativeBases().empty() || !keywords.empty())
        return Unknown{m_name + "." + std::string(name) + " is not followed"};
    return otherwise(evaluator.makeRaised("AttributeError",
                                          "type object '" + m_name + "' has no attribute '" +
                                              std::string(name) + "'"));
}

std::optional<Raised>
FileClass::setAttribute(Interpreter& interpreter, std::string_view name, const Value& value)
{
    interpreter.evaluator().noteChange(*this);
    set(name, value);
    return std::nullopt;
}

Evaluated FileClass::subscript(Interpreter& interpreter, const Value& key)
{
    if (isEnum()) {
        if (key.isUnknown())
            return key;
        if (const std::string* name = key.asText()) {
            for (const EnumMember& each : members) {
                if (each.name == *name)
                    return *lookUp(each.name);
            }
            return otherwise(interpreter.evaluator().makeRaised("KeyError", "'" + *name + "'"));
        }
    }
    if (const Value* method = lookUp("__class_getitem__"); method != nullptr)
        return Unknown{m_name + "[…] is not followed"};
    return Value(this); // a generic class: its parameters change nothing that matters here
}

std::optional<Evaluated>
FileClass::binary(Interpreter& interpreter, std::string_view op, const Value& other, bool)
{
    if (op == "in" && isEnum()) {
        if (other.isUnknown())
            return Evaluated(other);
        if (const auto* member = other.as<FileEnumMember>())
            return Evaluated(Value(&member->type() == this));
        for (const EnumMember& each : members) {
            const Known<bool> same = interpreter.equal(each.value, other);
            if (!same.isKnown())
                return Evaluated(Unknown{same.reason()});
            if (same.value())
                return Evaluated(Value(true));
        }
        return Evaluated(Value(false));
    }
    if (op == "|")
        return Evaluated(Unknown{"a union of types"});
    return std::nullopt;
}

Outcome<std::vector<Value>, Raised> FileClass::elements(Interpreter& interpreter)
{
    if (!isEnum()) {
        if (unknownBase() != nullptr || !keywords.empty() || !nativeBases().empty())
            return std::vector<Value>{Unknown{"the elements of class " + m_name}};
        return otherwise(
            interpreter.evaluator().makeRaised("TypeError", "'type' object is not iterable"));
    }
    std::vector<Value> result;
    for (const EnumMember& each : members) {
        const Value* member = lookUp(each.name);
        // Another name for a value that has one is no member of its own.
        const auto* object = member == nullptr ? nullptr : member->as<FileEnumMember>();
        if (object != nullptr && object->name() == each.name)
            result.push_back(*member);
    }
    return result;
}

Known<std::string> FileClass::text(Interpreter&)
{
    return Unknown{"the text of class " + m_name};
}

Evaluated FileClass::call(Interpreter& interpreter, const Arguments& arguments)
{
    if (isEnum())
        return memberOf(interpreter, arguments);
    if (shape == Shape::NamedTuple)
        return constructShaped(interpreter, arguments);
    return construct(interpreter, arguments);
}

Evaluated FileClass::construct(Interpreter& interpreter, const Arguments& arguments)
{
    Evaluator& evaluator = interpreter.evaluator();
    for (const auto& [name, value] : keywords) {
        if (name == "metaclass") {
            const auto* meta = value.as<FileClass>();
            if (meta != nullptr && meta->lookUp("__call__") != nullptr)
                return Unknown{m_name + " is made by a metaclass of its own"};
        }
    }
    auto* made = evaluator.make<FileInstance>(*this);
    if (const Value* creator = lookUp("__new__")) {
        Value function = *creator;
        if (const auto* wrapper = creator->as<WrapperObject>())
            function = wrapper->function;
        Arguments all = arguments;
        all.positional.insert(all.positional.begin(), Value(this));
        Evaluated result = interpreter.call(function, all);
        if (!result)
            return result;
        auto* own = result->as<FileInstance>();
        if (own == nullptr)
            return result;
        made = own;
    }
    if (const Value* initialize = lookUp("__init__")) {
        Evaluated bound = bindAttribute(evaluator, *initialize, Value(made), *this);
        if (!bound)
            return bound;
        Evaluated result = interpreter.call(*bound, arguments);
        if (!result)
            return otherwise(std::move(result.error()));
        return Value(made);
    }
    if (shape == Shape::DataClass) {
        Evaluated result = constructShaped(interpreter, arguments);
        if (!result)
            return result;
        return result;
    }
    const bool takesNothing = nativeBases().empty() && unknownBase() == nullptr &&
                              keywords.empty() && !decorated && lookUp("__new__") == nullptr;
    if (takesNothing && (!arguments.positional.empty() || !arguments.keywords.empty()))
        return otherwise(evaluator.makeRaised("TypeError", m_name + "() takes no arguments"));
    made->setBaseArguments(arguments);
    return Value(made);
}

Evaluated FileClass::constructShaped(Interpreter& interpreter, const Arguments& arguments)
{
    Evaluator& evaluator = interpreter.evaluator();
    std::vector<Value> values;
    std::size_t next = 0;
    std::size_t used = 0;
    for (const Field& each : fields) {
        const Value* named = arguments.keyword(each.name);
        if (each.inInit && next < arguments.positional.size()) {
            values.push_back(arguments.positional[next++]);
        } else if (each.inInit && named != nullptr) {
            values.push_back(*named);
            ++used;
        } else if (arguments.hidden) {
            values.emplace_back(*arguments.hidden);
        } else if (each.fallback) {
            values.push_back(*each.fallback);
        } else if (!each.factory.isNone()) {
            Evaluated made = interpreter.call(each.factory, {});
            if (!made)
                return made;
            values.push_back(std::move(*made));
        } else if (!each.inInit) {
            values.emplace_back(Unknown{m_name + "." + each.name + " is set later"});
        } else {
            return otherwise(evaluator.makeRaised(
                "TypeError", m_name + "() missing 1 required argument: '" + each.name + "'"));
        }
    }
    if (next < arguments.positional.size() || used < arguments.keywords.size())
        return otherwise(evaluator.makeRaised("TypeError", m_name + "() got unexpected arguments"));
    if (shape == Shape::NamedTuple)
        return Value(interpreter.make<TupleObject>(std::move(values), this));
    auto* made = interpreter.make<FileInstance>(*this);
    for (std::size_t at = 0; at < fields.size(); ++at)
        made->put(interpreter, fields[at].name, values[at]);
    if (made->has("__post_init__")) {
        Evaluated result = made->special(interpreter, "__post_init__", {});
        if (!result)
            return result;
    }
    return Value(made);
}

Evaluated
FileClass::tupleAttribute(Interpreter& interpreter, TupleObject& tuple, std::string_view name)
{
    if (name == "_fields") {
        std::vector<Value> all;
        for (const Field& each : fields)
            all.emplace_back(each.name);
        return interpreter.makeTuple(std::move(all));
    }
    FileClass* self = this;
    TupleObject* held = &tuple;
    const bool replaces = name == "_replace";
    return interpreter.makeFunction(
        std::string(name),
        [self, held, replaces](Interpreter& running, const Arguments& arguments) -> Evaluated {
            std::vector<std::pair<Value, Value>> pairs;
            std::vector<Value> values;
            for (std::size_t at = 0; at < self->fields.size() && at < held->items().size(); ++at) {
                const Value* given = arguments.keyword(self->fields[at].name);
                values.push_back(given == nullptr ? held->items()[at] : *given);
                pairs.emplace_back(Value(self->fields[at].name), held->items()[at]);
            }
            if (replaces)
                return Value(running.make<TupleObject>(std::move(values), self));
            return running.makeDictionary(std::move(pairs));
        });
}

FileClass* makeClass(Evaluator& evaluator,
                     std::string name,
                     std::vector<Value> bases,
                     std::string module,
                     SourceSpan span)
{
    // class A(Generic[T]): the parameters are annotations.
    auto* made = evaluator.make<FileClass>(
        std::move(name), std::move(bases), std::move(module), std::move(span));
    bool text = false;
    for (const Value& base : made->directBases()) {
        const auto* native = base.as<NativeClass>();
        if (const auto* own = base.as<FileClass>()) {
            if (own->enumKind != FileClass::EnumKind::None)
                made->enumKind = own->enumKind;
            made->enumHoldsText = made->enumHoldsText || own->enumHoldsText;
            if (own->shape != FileClass::Shape::Plain && own->shape != FileClass::Shape::DataClass)
                made->shape = own->shape;
            continue;
        }
        if (native == nullptr)
            continue;
        const std::string& is = native->name();
        text = text || is == "str" || is == "int";
        if (is == "Enum" || is == "Flag")
            made->enumKind = FileClass::EnumKind::Plain;
        else if (is == "StrEnum")
            made->enumKind = FileClass::EnumKind::Text;
        else if (is == "IntEnum" || is == "IntFlag")
            made->enumKind = FileClass::EnumKind::Integer;
        else if (is == "NamedTuple")
            made->shape = FileClass::Shape::NamedTuple;
        else if (is == "TypedDict")
            made->shape = FileClass::Shape::TypedDictionary;
    }
    made->enumHoldsText = made->enumHoldsText || text;
    return made;
}

Evaluated
bindAttribute(Evaluator& evaluator, const Value& found, const Value& self, FileClass& type)
{
    if (found.as<FunctionObject>() != nullptr)
        return Value(evaluator.make<MethodObject>(found, self));
    const auto* wrapper = found.as<WrapperObject>();
    if (wrapper == nullptr)
        return found;
    switch (wrapper->kind) {
    case WrapperObject::Kind::Static:
        return wrapper->function;
    case WrapperObject::Kind::Class:
        return Value(evaluator.make<MethodObject>(wrapper->function, Value(&type)));
    case WrapperObject::Kind::Property:
    case WrapperObject::Kind::CachedProperty: {
        Arguments arguments;
        arguments.positional.push_back(self);
        return evaluator.call(wrapper->function, arguments);
    }
    }
    return found;
}

std::optional<Value> nativeAttribute(Evaluator& evaluator,
                                     const FileClass& type,
                                     const Value& self,
                                     std::string_view name)
{
    for (Object* base : type.nativeBases()) {
        const auto* known = dynamic_cast<NativeClass*>(base);
        if (known == nullptr)
            continue;
        Evaluated found = base->attribute(evaluator.interpreter, name);
        if (!found || found->isUnknown())
            continue;
        if (found->as<NativeFunction>() != nullptr)
            return Value(evaluator.make<MethodObject>(*found, self));
        return *found;
    }
    return std::nullopt;
}

} // namespace sightglass
