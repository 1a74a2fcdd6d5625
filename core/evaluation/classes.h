// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/evaluator.h"
#include "core/evaluation/objects.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sightglass {

class TupleObject;

/// A function or lambda of a file.
class FunctionObject final : public Object
{
public:
    std::string typeName() const override { return "function"; }

    std::vector<std::string> classNames() const override
    {
        return {"function", "FunctionType", "Callable", "Hashable"};
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    std::optional<Raised>
    setAttribute(Interpreter& interpreter, std::string_view name, const Value& value) override;
    Evaluated call(Interpreter& interpreter, const Arguments& arguments) override;

    Known<bool> truth(Interpreter&) override { return true; }

    const Node* definition = nullptr;
    Program* program = nullptr;
    Scope* closure = nullptr;
    std::string name;
    std::vector<std::optional<Value>> defaults; ///< one for each parameter
    class FileClass* owner = nullptr;           ///< the class whose body it stands in
    bool yields = false;
    std::map<std::string, Value, std::less<>> attributes;
};

/// A function with its object.
class MethodObject final : public Object
{
public:
    MethodObject(Value functionOf, Value selfOf)
        : function(std::move(functionOf))
        , self(std::move(selfOf))
    {}

    std::string typeName() const override { return "method"; }

    std::vector<std::string> classNames() const override
    {
        return {"method", "MethodType", "Callable", "Hashable"};
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    Evaluated call(Interpreter& interpreter, const Arguments& arguments) override;

    Known<bool> truth(Interpreter&) override { return true; }

    const Value function;
    const Value self;
};

/// What changes how an attribute of a class is reached.
class WrapperObject final : public Object
{
public:
    enum class Kind
    {
        Static,
        Class,
        Property,
        CachedProperty
    };

    WrapperObject(Kind kindOf, Value functionOf)
        : kind(kindOf)
        , function(std::move(functionOf))
    {}

    std::string typeName() const override
    {
        return kind == Kind::Static  ? "staticmethod"
               : kind == Kind::Class ? "classmethod"
                                     : "property";
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    Evaluated call(Interpreter& interpreter, const Arguments& arguments) override;

    const Kind kind;
    const Value function;
    Value setter;
};

/// A generator that did not run yet.
class GeneratorObject final : public Object
{
public:
    GeneratorObject(FunctionObject& functionOf, Scope& scopeOf)
        : function(functionOf)
        , scope(scopeOf)
    {}

    std::string typeName() const override { return "generator"; }

    std::vector<std::string> classNames() const override
    {
        return {"generator", "Generator", "Iterator", "Iterable"};
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    Outcome<std::vector<Value>, Raised> elements(Interpreter& interpreter) override;

    Known<bool> truth(Interpreter&) override { return true; }

    /// Runs what is left, for next().
    Outcome<std::optional<Value>, Raised> next(Interpreter& interpreter);

    FunctionObject& function;
    Scope& scope;
    bool started = false;
    class IteratorObject* rest = nullptr; ///< of one that was run to its end
};

/// What contextlib.contextmanager's functions return.
class ContextObject final : public Object
{
public:
    explicit ContextObject(GeneratorObject& generatorOf)
        : generator(generatorOf)
    {}

    std::string typeName() const override { return "_GeneratorContextManager"; }

    GeneratorObject& generator;
};

/// A class of a file.
class FileClass final : public ClassObject, public Changeable
{
public:
    FileClass(std::string name, std::vector<Value> bases, std::string module, SourceSpan span);

    std::string typeName() const override { return "type"; }

    std::vector<std::string> classNames() const override
    {
        return {"type", "Callable", "Hashable"};
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    std::optional<Raised>
    setAttribute(Interpreter& interpreter, std::string_view name, const Value& value) override;
    Evaluated call(Interpreter& interpreter, const Arguments& arguments) override;
    Evaluated subscript(Interpreter& interpreter, const Value& key) override;
    std::optional<Evaluated> binary(Interpreter& interpreter,
                                    std::string_view op,
                                    const Value& other,
                                    bool reflected) override;
    Outcome<std::vector<Value>, Raised> elements(Interpreter& interpreter) override;

    Known<bool> truth(Interpreter&) override { return true; }

    Known<std::string> text(Interpreter& interpreter) override;

    const std::string& name() const override { return m_name; }

    const std::vector<Value>& directBases() const override { return m_bases; }

    std::vector<std::string> baseNames() const override;
    const Value* lookUp(std::string_view name) const override;

    const std::vector<std::pair<std::string, Value>>& body() const override { return m_body; }

    const std::vector<Annotation>& annotations() const override { return m_annotations; }

    const std::vector<std::pair<std::string, Value>>& classKeywords() const override
    {
        return keywords;
    }

    const Unknown* unknownBase() const override;

    const std::string& moduleName() const override { return m_module; }

    SourceSpan span() const override { return m_span; }

    bool isEnum() const override { return enumKind != EnumKind::None; }

    const std::vector<EnumMember>& enumMembers() const override { return members; }

    std::shared_ptr<const void> content() const override;
    void restore(const std::shared_ptr<const void>& content) override;
    bool same(const std::shared_ptr<const void>& content) const override;
    void doubt(Unknown reason) override;

    /// Classes in the order in which attributes are looked for, itself first; natives left out.
    const std::vector<FileClass*>& order() const { return m_order; }

    /// The class after `from` in this order that has `name`; null when none has.
    const Value* lookUpAfter(const FileClass* from, std::string_view name) const;
    bool derivesFrom(const FileClass& other) const;
    /// Bases that no file defines.
    std::vector<Object*> nativeBases() const;
    Evaluated tupleAttribute(Interpreter& interpreter, TupleObject& tuple, std::string_view name);
    void set(std::string_view name, Value value);
    Evaluated construct(Interpreter& interpreter, const Arguments& arguments);

    enum class EnumKind
    {
        None,
        Plain,
        Text,   ///< StrEnum
        Integer ///< IntEnum, IntFlag
    };

    enum class Shape
    {
        Plain,
        DataClass,
        NamedTuple,
        TypedDictionary
    };

    struct Field
    {
        std::string name;
        std::optional<Value> fallback;
        Value factory; ///< of field(default_factory=…); None: none
        bool inInit = true;
    };

    EnumKind enumKind = EnumKind::None;
    bool enumHoldsText = false; ///< class State(str, Enum)
    Shape shape = Shape::Plain;
    bool frozen = false;
    std::vector<Field> fields;
    std::vector<EnumMember> members;
    std::vector<std::pair<std::string, Value>> keywords;
    std::vector<Annotation> m_annotations;
    std::optional<Unknown> decorated; ///< by something unknown, which may have changed it

private:
    void order(const std::vector<FileClass*>& bases);
    Evaluated constructShaped(Interpreter& interpreter, const Arguments& arguments);
    Evaluated memberOf(Interpreter& interpreter, const Arguments& arguments);

    std::string m_name;
    std::vector<Value> m_bases;
    std::string m_module;
    SourceSpan m_span;
    std::vector<std::pair<std::string, Value>> m_body;
    std::vector<FileClass*> m_order;
    std::optional<Unknown> m_unknownBase;
};

/// An object of a class of a file.
class FileInstance final : public InstanceObject, public Changeable
{
public:
    explicit FileInstance(FileClass& type)
        : m_class(type)
        , m_attributes(std::make_shared<Attributes>())
    {}

    using Attributes = std::map<std::string, Value, std::less<>>;

    std::string typeName() const override { return m_class.name(); }

    std::vector<std::string> classNames() const override;
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    std::optional<Raised>
    setAttribute(Interpreter& interpreter, std::string_view name, const Value& value) override;
    Evaluated call(Interpreter& interpreter, const Arguments& arguments) override;
    Evaluated subscript(Interpreter& interpreter, const Value& key) override;
    std::optional<Raised>
    setSubscript(Interpreter& interpreter, const Value& key, const Value& value) override;
    std::optional<Evaluated> binary(Interpreter& interpreter,
                                    std::string_view op,
                                    const Value& other,
                                    bool reflected) override;
    Evaluated unary(Interpreter& interpreter, std::string_view op) override;
    Outcome<std::vector<Value>, Raised> elements(Interpreter& interpreter) override;
    Known<bool> truth(Interpreter& interpreter) override;
    Evaluated enter(Interpreter& interpreter) override;
    std::optional<Raised> exit(Interpreter& interpreter, const Raised* raised) override;
    Known<std::string> text(Interpreter& interpreter) override;

    ClassObject& classObject() const override { return m_class; }

    FileClass& type() const { return m_class; }

    const Attributes& attributes() const override { return *m_attributes; }

    const Arguments* baseArguments() const override { return m_base ? &*m_base : nullptr; }

    void setBaseArguments(Arguments arguments) { m_base = std::move(arguments); }

    void put(Interpreter& interpreter, std::string_view name, Value value);
    void remove(Interpreter& interpreter, std::string_view name);
    /// A dunder method, bound; nothing when its classes do not have it.
    Evaluated
    special(Interpreter& interpreter, std::string_view name, std::vector<Value> arguments);
    bool has(std::string_view special) const;

    std::shared_ptr<const void> content() const override { return m_attributes; }

    void restore(const std::shared_ptr<const void>& content) override
    {
        m_attributes = std::const_pointer_cast<Attributes>(
            std::static_pointer_cast<const Attributes>(content));
    }

    bool same(const std::shared_ptr<const void>& content) const override
    {
        return content == m_attributes;
    }

    void doubt(Unknown reason) override;
    std::optional<Unknown> doubted; ///< its attributes may be others

    bool exitSwallowed = false; ///< its last __exit__ was true

private:
    Attributes& writable(Interpreter& interpreter);

    FileClass& m_class;
    std::shared_ptr<Attributes> m_attributes;
    std::optional<Arguments> m_base;
};

class FileEnumMember final : public EnumMemberObject
{
public:
    FileEnumMember(FileClass& type, std::string name, Value value)
        : m_class(type)
        , m_name(std::move(name))
        , m_value(std::move(value))
    {}

    std::string typeName() const override { return m_class.name(); }

    std::vector<std::string> classNames() const override;
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    std::optional<Raised>
    setAttribute(Interpreter& interpreter, std::string_view name, const Value& value) override;
    Evaluated call(Interpreter& interpreter, const Arguments& arguments) override;
    std::optional<Evaluated> binary(Interpreter& interpreter,
                                    std::string_view op,
                                    const Value& other,
                                    bool reflected) override;
    Known<bool> truth(Interpreter& interpreter) override;
    Known<std::string> text(Interpreter& interpreter) override;

    ClassObject& classObject() const override { return m_class; }

    FileClass& type() const { return m_class; }

    const std::string& name() const override { return m_name; }

    const Value& value() const override { return m_value; }

    /// Its value where it is one: a member of IntEnum, StrEnum or (str, Enum).
    const Value* asPlain() const;

    std::map<std::string, Value, std::less<>> attributes; ///< set by its class's __init__

private:
    FileClass& m_class;
    std::string m_name;
    Value m_value;
};

/// A module of the project.
class FileModule final : public ModuleObject
{
public:
    FileModule(std::string name, const SourceModule* file)
        : m_name(std::move(name))
        , m_file(file)
    {}

    std::string typeName() const override { return "module"; }

    std::vector<std::string> classNames() const override { return {"module", "ModuleType"}; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    std::optional<Raised>
    setAttribute(Interpreter& interpreter, std::string_view name, const Value& value) override;

    Known<bool> truth(Interpreter&) override { return true; }

    const std::string& dottedName() const override { return m_name; }

    const std::string& file() const override;
    std::vector<std::string> names() const override;

    const SourceModule* source() const { return m_file; }

    Scope* scope = nullptr;
    const Names* interned = nullptr;
    bool running = false;
    std::optional<Unknown> failed; ///< why it did not run to its end

private:
    std::string m_name;
    const SourceModule* m_file;
};

/// super(): attributes of an object from the classes after one of its own.
class SuperObject final : public Object
{
public:
    SuperObject(FileClass& after, FileClass& type, Value self)
        : m_after(after)
        , m_type(type)
        , m_self(std::move(self))
    {}

    std::string typeName() const override { return "super"; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;

private:
    FileClass& m_after;
    FileClass& m_type;
    Value m_self;
};

/// An exception as an object: `except X as e`, or made by calling its class.
class ExceptionObject final : public Object
{
public:
    ExceptionObject(std::string name, std::vector<std::string> above, std::vector<Value> given)
        : type(std::move(name))
        , bases(std::move(above))
        , arguments(std::move(given))
    {}

    std::string typeName() const override { return type; }

    std::vector<std::string> classNames() const override;
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    std::optional<Raised>
    setAttribute(Interpreter& interpreter, std::string_view name, const Value& value) override;

    Known<bool> truth(Interpreter&) override { return true; }

    Known<std::string> text(Interpreter& interpreter) override;

    const std::string type;
    const std::vector<std::string> bases;
    const std::vector<Value> arguments;
    std::map<std::string, Value, std::less<>> attributes;
};

/// An attribute of a class as `self` reaches it: functions become methods, properties are asked.
Evaluated
bindAttribute(Evaluator& evaluator, const Value& found, const Value& self, FileClass& type);
/// What a native base of the class has under the name, its methods bound to `self`; absent: none
/// has it.
std::optional<Value> nativeAttribute(Evaluator& evaluator,
                                     const FileClass& type,
                                     const Value& self,
                                     std::string_view name);

/// The C3 order and what of a class statement follows from its bases.
FileClass* makeClass(Evaluator& evaluator,
                     std::string name,
                     std::vector<Value> bases,
                     std::string module,
                     SourceSpan span);

/// Turns the assignments of an enum class's body into members.
std::optional<Raised> finishEnum(Evaluator& evaluator, FileClass& made);
/// Enum("Name", members): a class made by calling its base.
Evaluated makeEnum(Evaluator& evaluator, FileClass& base, const Arguments& arguments);
/// What @dataclass does.
void makeDataClass(Evaluator& evaluator, FileClass& made, bool frozen);
/// The value an exception object or class raises.
Raised raisedFrom(Evaluator& evaluator, const Value& value);
/// Nothing when it is not known whether the exception is one of `type`.
std::optional<bool> isCaughtBy(Evaluator& evaluator, const Raised& raised, const Value& type);

} // namespace sightglass
