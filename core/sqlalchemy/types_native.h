// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sqlalchemy/types_spec.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// A class out of a table of types.
class TypeClass final : public NativeClass
{
public:
    explicit TypeClass(const TypeSpec& spec);

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;

    /// TypeDecorator[str] is TypeDecorator.
    Evaluated subscript(Interpreter&, const Value&) override { return Value(this); }

    const TypeSpec& spec() const { return m_spec; }

private:
    const TypeSpec& m_spec;
};

/// An instance of such a class.
class NativeType : public TypeObject
{
public:
    NativeType(const TypeSpec& spec, TypeParameters parameters, TypeObject* inner = nullptr);

    std::string typeName() const override;
    std::vector<std::string> classNames() const override;
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;

    DdlText ddl() const override;
    std::string collation() const override;
    std::optional<NativeEnum> nativeEnum() const override;
    std::optional<change::CreateDomain> domain() const override;
    void attachTo(std::string_view tableSchema) override;
    std::string_view numericFamily() const override;
    std::optional<SqlText> literal(Interpreter& interpreter, const Value& value) const override;

    const TypeSpec& spec() const { return m_spec; }

    const TypeParameters& parameters() const { return m_parameters; }

protected:
    /// The type that the DDL is taken of: an array's items, a decorator's impl. May be null.
    TypeObject* inner() const { return m_inner; }

private:
    const TypeSpec& m_spec;
    TypeParameters m_parameters;
    TypeObject* m_inner;
};

/// A type that stands for two: what Python code sees and counts on (`outer`: the first type of
/// with_variant, the impl of a decorator), and what PostgreSQL gets.
class TypeWithImpl final : public TypeObject
{
public:
    TypeWithImpl(std::vector<std::string> classNames, TypeObject* outer, TypeObject* impl);

    std::string typeName() const override { return m_classNames.front(); }

    std::vector<std::string> classNames() const override { return m_classNames; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;

    DdlText ddl() const override { return m_impl->ddl(); }

    std::string collation() const override { return m_impl->collation(); }

    std::optional<NativeEnum> nativeEnum() const override;

    std::optional<change::CreateDomain> domain() const override { return m_impl->domain(); }

    void attachTo(std::string_view tableSchema) override;

    std::optional<TypeCheck> check(std::string_view column) const override
    {
        return m_impl->check(column);
    }

    std::string_view numericFamily() const override;

    std::optional<ImplicitIndex> implicitIndexOf() const override
    {
        return m_impl->implicitIndexOf();
    }

    std::optional<SqlText> literal(Interpreter& interpreter, const Value& value) const override
    {
        return m_impl->literal(interpreter, value);
    }

    /// A decorator's Enum is made with the table only when its impl is one, too.
    bool enumByOuter = false;

private:
    std::vector<std::string> m_classNames;
    TypeObject* m_outer;
    TypeObject* m_impl;
};

/// A type known by its SQL alone, or not at all: the user's map, get_col_spec, a class that can't
/// be found.
class PlainType final : public TypeObject
{
public:
    PlainType(std::vector<std::string> classNames, SqlText sql);

    std::string typeName() const override { return m_classNames.front(); }

    std::vector<std::string> classNames() const override { return m_classNames; }

    DdlText ddl() const override { return m_sql; }

    std::string_view numericFamily() const override;

private:
    std::vector<std::string> m_classNames;
    SqlText m_sql;
};

/// Runs the DDL of a type's create() or drop().
Evaluated runTypeDdl(Interpreter& interpreter,
                     const Arguments& arguments,
                     Change change,
                     std::string directive);

/// `base.with_variant(type, "dialect", …)`.
Evaluated makeVariant(Interpreter& interpreter, TypeObject& base, const Arguments& arguments);

/// A native PostgreSQL dialect, as load_dialect_impl gets it.
Value makeDialect(Interpreter& interpreter);

/// A method of TypeEngine as a class has it: it takes the type first. Nothing for other names.
std::optional<Value> unboundMethod(Interpreter& interpreter, std::string_view name);

/// Known and not null, else the reason or the exception in the type's place.
Outcome<Known<TypeObject*>, Raised>
typeFrom(Interpreter& interpreter, const Value& value, int depth);

/// The type that an application's class stands for.
Outcome<Known<TypeObject*>, Raised>
applicationType(Interpreter& interpreter, const Value& value, int depth);

/// The type without what its own load_dialect_impl makes of it: a decorator's impl.
Outcome<Known<TypeObject*>, Raised> baseType(Interpreter& interpreter, const Value& value);

/// What `Type.__init__(self, …)` of a native type got, kept at the object under initMark.
class KeptArguments final : public Object
{
public:
    explicit KeptArguments(Arguments arguments)
        : kept(std::move(arguments))
    {}

    std::string typeName() const override { return "arguments"; }

    Arguments kept;
};

constexpr std::string_view initMark = "__type_arguments__";

/// The attribute of a class that keeps the function under @compiles(Type, "postgresql").
constexpr std::string_view compiledMark = "__compiled_for_postgresql__";

constexpr int deepestType = 24; ///< types within types

} // namespace sightglass
