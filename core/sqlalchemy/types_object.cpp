// SPDX-License-Identifier: GPL-3.0-or-later
// What all types have in common, and what Python code asks of them.
#include "core/evaluation/interpreter.h"
#include "core/sqlalchemy/types_native.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sightglass {

namespace {

using Method = Evaluated (*)(Interpreter&, TypeObject&, const Arguments&);

Evaluated itself(Interpreter&, TypeObject& type, const Arguments&)
{
    return Value(&type);
}

Evaluated compiled(Interpreter&, TypeObject& type, const Arguments& arguments)
{
    const Value* dialect = arguments.at(0, "dialect");
    if (dialect == nullptr || dialect->isNone())
        return Value(Unknown{"what a type compiles to without a dialect"});
    auto ddl = type.ddl();
    if (!ddl)
        return otherwise(ddl.error());
    if (!ddl->isKnown())
        return Value(Unknown{ddl->reason()});
    const std::string collation = type.collation();
    return Value(ddl->value() + (collation.empty() ? "" : " COLLATE \"" + collation + "\""));
}

struct MethodRow
{
    std::string_view name;
    Method method;
};

constexpr std::array methods{
    MethodRow{"copy", itself},
    MethodRow{"dialect_impl", itself},
    MethodRow{"load_dialect_impl", itself},
    MethodRow{"type_engine", itself},
    MethodRow{"as_generic", itself},
    MethodRow{"evaluates_none", itself},
    MethodRow{"with_variant", makeVariant},
    MethodRow{"compile", compiled},
};

/// The dialect that load_dialect_impl(dialect) is asked with.
class DialectObject final : public Object
{
public:
    std::string typeName() const override { return "PGDialect_psycopg2"; }

    std::vector<std::string> classNames() const override
    {
        return {"PGDialect_psycopg2",
                "_PGDialect_common_psycopg",
                "PGDialect",
                "DefaultDialect",
                "Dialect"};
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (name == "name")
            return Value("postgresql");
        if (name == "driver")
            return Value("psycopg2");
        if (name == "type_descriptor")
            return interpreter.makeFunction(
                "type_descriptor", [](Interpreter&, const Arguments& arguments) -> Evaluated {
                    if (const Value* type = arguments.at(0, "typeobj"))
                        return *type;
                    return Value(Unknown{"type_descriptor() without a type"});
                });
        constexpr std::array yes{std::string_view("supports_native_enum"),
                                 std::string_view("supports_native_uuid"),
                                 std::string_view("supports_native_boolean"),
                                 std::string_view("_json_serializer"),
                                 std::string_view("supports_comments"),
                                 std::string_view("supports_schemas")};
        if (std::ranges::find(yes, name) != yes.end())
            return Value(true);
        return Value(Unknown{"dialect." + std::string(name) + " is not known before it connects"});
    }

    Known<bool> truth(Interpreter&) override { return true; }
};

} // namespace

void TypeObject::attachTo(std::string_view) {}

std::optional<TypeObject::TypeCheck> TypeObject::check(std::string_view) const
{
    return std::nullopt;
}

std::string_view TypeObject::implicitIndex() const
{
    const std::optional<ImplicitIndex> index = implicitIndexOf();
    return index ? index->method : std::string_view();
}

std::optional<SqlText> TypeObject::literal(Interpreter&, const Value&) const
{
    return std::nullopt;
}

Evaluated TypeObject::attribute(Interpreter& interpreter, std::string_view name)
{
    for (const MethodRow& row : methods) {
        if (row.name == name)
            return interpreter.makeFunction(
                std::string(name),
                [this, method = row.method](Interpreter& runs, const Arguments& arguments) {
                    return method(runs, *this, arguments);
                });
    }
    // What a package's decorator is made of has its DDL.
    const std::vector<std::string> classes = classNames();
    if (name == "impl" && std::ranges::find(classes, "TypeDecorator") != classes.end())
        return Value(this);
    return Object::attribute(interpreter, name);
}

namespace {

/// TypeDecorator.__init__(self, length=5), written out instead of super().
Evaluated initialized(Interpreter& interpreter, const Arguments& arguments)
{
    Object* self = arguments.positional.empty() ? nullptr : arguments.positional.front().asObject();
    if (self == nullptr)
        return Value(Unknown{"__init__() without its object"});
    Arguments rest = arguments;
    rest.positional.erase(rest.positional.begin());
    auto* kept = interpreter.make<KeptArguments>(std::move(rest));
    if (auto raised = self->setAttribute(interpreter, initMark, Value(kept)))
        return otherwise(std::move(*raised));
    return Value();
}

} // namespace

std::optional<Value> unboundMethod(Interpreter& interpreter, std::string_view name)
{
    if (name == "__init__")
        return interpreter.makeFunction("__init__", initialized);
    const auto row = std::ranges::find(methods, name, &MethodRow::name);
    if (row == methods.end())
        return std::nullopt;
    return interpreter.makeFunction(
        std::string(name),
        [method = row->method](Interpreter& runs, const Arguments& arguments) -> Evaluated {
            if (arguments.positional.empty())
                return Value(Unknown{"a method without its object"});
            // A decorator's own load_dialect_impl asks for what it would be without it.
            const Value& self = arguments.positional.front();
            auto type = method == itself ? baseType(runs, self) : typeFrom(runs, self);
            if (!type)
                return otherwise(type.error());
            if (!type->isKnown())
                return Value(Unknown{type->reason()});
            Arguments rest = arguments;
            rest.positional.erase(rest.positional.begin());
            return method(runs, *type->value(), rest);
        });
}

Evaluated makeVariant(Interpreter& interpreter, TypeObject& base, const Arguments& arguments)
{
    if (arguments.hidden)
        return Value(*arguments.hidden);
    const Value* given = arguments.at(0, "type_");
    if (given == nullptr || arguments.positional.size() + arguments.keywords.size() < 2)
        return raising("TypeError", "with_variant() takes a type and the name of a dialect");
    bool postgresql = false;
    const auto read = [&](const Value& dialect) -> std::optional<Unknown> {
        if (dialect.isUnknown())
            return Unknown{dialect.reason()};
        const std::string* text = dialect.asText();
        postgresql = postgresql || (text != nullptr && *text == "postgresql");
        return std::nullopt;
    };
    for (std::size_t index = 1; index < arguments.positional.size(); ++index) {
        if (auto unknown = read(arguments.positional[index]))
            return Value(std::move(*unknown));
    }
    if (const Value* dialect = arguments.keyword("dialect_name")) {
        if (auto unknown = read(*dialect))
            return Value(std::move(*unknown));
    }
    TypeObject* impl = &base;
    if (postgresql) {
        auto type = typeFrom(interpreter, *given);
        if (!type)
            return otherwise(type.error());
        impl = type->isKnown() ? type->value()
                               : interpreter.make<PlainType>(std::vector<std::string>{"TypeEngine"},
                                                             SqlText(Unknown{type->reason()}));
    }
    return Value(interpreter.make<TypeWithImpl>(base.classNames(), &base, impl));
}

Value makeDialect(Interpreter& interpreter)
{
    return Value(interpreter.make<DialectObject>());
}

} // namespace sightglass
