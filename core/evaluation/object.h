// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/value.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// A Python object, built in, defined by a file, or native (SQLAlchemy, Alembic). What a class does
/// not override answers as an object that reading knows nothing more about: with Unknown and a
/// reason, never with an exception that Python would not raise.
///
/// Natives that model a real class should raise AttributeError only where the real one surely does.
class Object
{
public:
    Object() = default;
    Object(const Object&) = delete;
    Object& operator=(const Object&) = delete;
    virtual ~Object();

    virtual std::string typeName() const = 0; ///< "list", "Column"
    /// Names of the Python classes that isinstance() says yes to, its own first; for natives the
    /// bare class names ("String", "TypeEngine").
    virtual std::vector<std::string> classNames() const;

    virtual Evaluated attribute(Interpreter& interpreter, std::string_view name);
    virtual std::optional<Raised>
    setAttribute(Interpreter& interpreter, std::string_view name, const Value& value);
    virtual Evaluated call(Interpreter& interpreter, const Arguments& arguments);
    virtual Evaluated subscript(Interpreter& interpreter, const Value& key);
    virtual std::optional<Raised>
    setSubscript(Interpreter& interpreter, const Value& key, const Value& value);
    /// `self op other`, or `other op self` when `reflected`; op is Python's sign: "+", "==", "<",
    /// "in". Absent: NotImplemented.
    virtual std::optional<Evaluated>
    binary(Interpreter& interpreter, std::string_view op, const Value& other, bool reflected);
    virtual Evaluated unary(Interpreter& interpreter, std::string_view op); ///< "-", "~", "+"
    /// Elements of iter(self).
    virtual Outcome<std::vector<Value>, Raised> elements(Interpreter& interpreter);
    virtual Known<bool> truth(Interpreter& interpreter);
    virtual Evaluated enter(Interpreter& interpreter); ///< __enter__; default: self
    virtual std::optional<Raised> exit(Interpreter& interpreter,
                                       const Raised* raised); ///< __exit__; default: nothing
    /// str(self); Unknown by default.
    virtual Known<std::string> text(Interpreter& interpreter);
};

/// A function written in C++.
class NativeFunction final : public Object
{
public:
    using Body = std::function<Evaluated(Interpreter&, const Arguments&)>;

    NativeFunction(std::string name, Body body)
        : m_name(std::move(name))
        , m_body(std::move(body))
    {}

    std::string typeName() const override { return "builtin_function_or_method"; }

    Evaluated call(Interpreter& interpreter, const Arguments& arguments) override
    {
        return m_body(interpreter, arguments);
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override; ///< __name__

    const std::string& name() const { return m_name; }

private:
    std::string m_name;
    Body m_body;
};

/// A class written in C++: callable, has class attributes, can be the base of a class that a file
/// defines (its name then shows up in ClassObject::baseNames of evaluation/objects.h).
class NativeClass : public Object
{
public:
    NativeClass(std::string name, std::vector<std::string> bases, NativeFunction::Body construct);

    std::string typeName() const override { return "type"; }

    Evaluated call(Interpreter& interpreter, const Arguments& arguments) override
    {
        return m_construct(interpreter, arguments);
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    void setClassAttribute(std::string name, Value value);

    const std::string& name() const { return m_name; }

    const std::vector<std::string>& bases() const
    {
        return m_bases;
    } ///< nearest first, all of them

private:
    std::string m_name;
    std::vector<std::string> m_bases;
    NativeFunction::Body m_construct;
    std::map<std::string, Value, std::less<>> m_attributes;
};

/// A module written in C++. A name that it does not have is Unknown: "sqlalchemy.foo is not known
/// to this reader".
///
/// Names are set, or offered by a filler that runs for each name that is asked for: a module of
/// SQLAlchemy has hundreds, a file uses a few. A name once made stays.
class NativeModule : public Object
{
public:
    using Names = std::map<std::string, Value, std::less<>>;
    /// Offers all names, in order; a later one replaces an earlier one. Runs any number of times.
    using Filler = std::function<void(Interpreter&, NativeModule&)>;

    explicit NativeModule(std::string name, Filler fill = {})
        : m_name(std::move(name))
        , m_fill(std::move(fill))
    {}

    std::string typeName() const override { return "module"; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    void set(std::string name, Value value);

    /// Whether the running filler was asked for `name`, or for all.
    bool isWanted(std::string_view name) const
    {
        return m_filling == nullptr || m_wanted.empty() || m_wanted == name;
    }

    /// Sets `name` to what `make` gives, if it is wanted now.
    template <typename Make>
    void offer(std::string_view name, Make&& make)
    {
        if (isWanted(name))
            set(std::string(name), std::forward<Make>(make)());
    }

    /// The value of a name; null when the module does not have it. For a filler: what was offered
    /// so far.
    const Value* find(Interpreter& interpreter, std::string_view name);

    const std::string& name() const { return m_name; }

    /// All names, made.
    const Names& names(Interpreter& interpreter);

private:
    void fill(Interpreter& interpreter, std::string_view wanted);

    std::string m_name;
    Filler m_fill;
    Names m_names;
    Names* m_filling = nullptr; ///< takes what is set while the filler runs
    std::string m_wanted;       ///< of the running filler; empty: everything
};

} // namespace sightglass
