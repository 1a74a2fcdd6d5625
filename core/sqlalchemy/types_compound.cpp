// SPDX-License-Identifier: GPL-3.0-or-later
// Types that are made of others: arrays and domains.
#include "core/evaluation/interpreter.h"
#include "core/render/sql_names.h"
#include "core/sqlalchemy/clause.h"
#include "core/sqlalchemy/types_literals.h"
#include "core/sqlalchemy/types_makers.h"
#include "core/sqlalchemy/types_native.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace sightglass {

namespace {

/// The type a parameter gives; an Unknown one stands for itself.
Outcome<TypeObject*, Raised> partType(Interpreter& interpreter, const Value& value)
{
    auto type = typeFrom(interpreter, value);
    if (!type)
        return otherwise(type.error());
    if (type->isKnown())
        return type->value();
    return interpreter.make<PlainType>(std::vector<std::string>{"TypeEngine"},
                                       SqlText(Unknown{type->reason()}));
}

Evaluated missing(const TypeSpec& spec, std::string_view parameter)
{
    return raising("TypeError",
                   std::string(spec.name) +
                       ".__init__() missing 1 required positional argument: '" +
                       std::string(parameter) + "'");
}

class ArrayType final : public NativeType
{
public:
    using NativeType::NativeType;

    DdlText ddl() const override
    {
        auto item = inner()->ddl();
        if (!item || !item->isKnown())
            return item;
        const Known<std::string> given = parameters().number("dimensions");
        if (!given.isKnown())
            return SqlText(Unknown{given.reason()});
        const std::string& count = given.value();
        // PostgreSQL has six dimensions at most; a mad number must not fill the memory.
        unsigned dimensions = 1;
        if (!count.empty())
            std::from_chars(count.data(), count.data() + count.size(), dimensions);
        dimensions = std::min(dimensions, 100u);
        std::string text = item->value();
        for (unsigned each = 0; each < dimensions; ++each)
            text += "[]";
        return SqlText(std::move(text));
    }

    std::string_view numericFamily() const override { return {}; }

    std::optional<SqlText> literal(Interpreter& interpreter, const Value& value) const override
    {
        return arrayLiteral(interpreter, *inner(), value);
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (name == "item_type")
            return Value(inner());
        return NativeType::attribute(interpreter, name);
    }
};

class DomainType final : public NativeType
{
public:
    using NativeType::NativeType;

    DdlText ddl() const override
    {
        const Known<QualifiedName> name = qualifiedName();
        if (!name.isKnown())
            return SqlText(Unknown{name.reason()});
        return SqlText(sqlName(name.value()));
    }

    std::string collation() const override { return {}; }

    std::string_view numericFamily() const override { return {}; }

    std::optional<change::CreateDomain> domain() const override
    {
        const Known<bool> wanted = parameters().flag("create_type", true);
        if (!qualifiedName().isKnown() || !wanted.isKnown() || !wanted.value())
            return std::nullopt;
        return definition;
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (name == "data_type")
            return Value(inner());
        if (name == "create" || name == "drop")
            return interpreter.makeFunction(
                std::string(name),
                [this, creates = name == "create"](Interpreter& runs, const Arguments& arguments) {
                    return run(runs, arguments, creates);
                });
        return NativeType::attribute(interpreter, name);
    }

    Known<QualifiedName> qualifiedName() const
    {
        const Known<std::string> name = parameters().text("name");
        const Known<std::string> schema = parameters().text("schema");
        if (!name.isKnown())
            return Unknown{name.reason()};
        if (!schema.isKnown())
            return Unknown{schema.reason()};
        return QualifiedName{.schema = schema.value(), .name = name.value()};
    }

    change::CreateDomain definition;

private:
    Evaluated run(Interpreter& interpreter, const Arguments& arguments, bool creates) const
    {
        const std::string directive = creates ? "DOMAIN.create" : "DOMAIN.drop";
        const Known<QualifiedName> name = qualifiedName();
        if (!name.isKnown()) {
            const std::string what = creates ? "creates a domain: " : "drops a domain: ";
            return runTypeDdl(
                interpreter,
                arguments,
                change::Opaque{.what = what + name.reason(), .table = {}, .structural = true},
                directive);
        }
        bool checkFirst = true;
        if (const Value* given = arguments.at(1, "checkfirst")) {
            const Known<bool> truth = interpreter.truthOf(*given);
            checkFirst = !truth.isKnown() || truth.value();
        }
        if (creates) {
            change::CreateDomain made = definition;
            made.unlessExists = checkFirst;
            return runTypeDdl(interpreter, arguments, std::move(made), directive);
        }
        return runTypeDdl(
            interpreter,
            arguments,
            change::DropType{
                .type = name.value(), .ifExists = checkFirst, .cascade = false, .domain = true},
            directive);
    }
};

bool isGiven(const Value* value)
{
    return value != nullptr && !value->isNone();
}

void define(Interpreter& interpreter, DomainType& made, const TypeObject& type)
{
    change::CreateDomain& definition = made.definition;
    const TypeParameters& given = made.parameters();
    if (const auto name = made.qualifiedName(); name.isKnown())
        definition.domain = name.value();
    auto ddl = type.ddl();
    definition.type = ddl ? *ddl : SqlText(Unknown{ddl.error().message});
    if (const Known<std::string> collation = given.text("collation");
        definition.type.isKnown() && collation.isKnown() && !collation.value().empty())
        definition.type = definition.type.value() + " COLLATE " + sqlName(collation.value());
    const Known<bool> notNull = given.flag("not_null", false);
    definition.notNull = notNull.isKnown() && notNull.value();
    if (const Value* value = given.find("default"); isGiven(value))
        definition.defaultExpression = sqlOf(interpreter, *value);
    if (const Value* value = given.find("check"); isGiven(value)) {
        ConstraintDefinition check;
        check.kind = ConstraintDefinition::Kind::Check;
        const Known<std::string> name = given.text("constraint_name");
        check.name = name.isKnown() ? name.value() : std::string();
        // Text in the place of an expression is SQL, not a literal.
        const std::string* text = value->asText();
        check.expression = text != nullptr ? SqlText(*text) : sqlOf(interpreter, *value);
        definition.constraints.push_back(std::move(check));
    }
}

} // namespace

Evaluated makeArray(Interpreter& interpreter,
                    const TypeSpec& spec,
                    TypeParameters parameters,
                    const Arguments&)
{
    const Value* given = parameters.find("item_type");
    if (given == nullptr && !parameters.hidden)
        return missing(spec, "item_type");
    auto item = partType(interpreter, given != nullptr ? *given : Value(*parameters.hidden));
    if (!item)
        return otherwise(item.error());
    // The core refuses every ARRAY inside, PostgreSQL's only its own.
    const auto* nested = dynamic_cast<const ArrayType*>(*item);
    const bool core = &spec == findType(corePackage(), "ARRAY");
    if (nested != nullptr && (core || &nested->spec() == &spec))
        return raising("ValueError",
                       "Do not nest ARRAY types; ARRAY(basetype) handles multi-dimensional arrays "
                       "of basetype");
    return Value(interpreter.make<ArrayType>(spec, std::move(parameters), *item));
}

Evaluated makeDomain(Interpreter& interpreter,
                     const TypeSpec& spec,
                     TypeParameters parameters,
                     const Arguments&)
{
    for (const std::string_view required :
         {std::string_view("name"), std::string_view("data_type")}) {
        if (parameters.find(required) == nullptr && !parameters.hidden)
            return missing(spec, required);
    }
    const Value* given = parameters.find("data_type");
    auto type = partType(interpreter, given != nullptr ? *given : Value(*parameters.hidden));
    if (!type)
        return otherwise(type.error());
    auto* made = interpreter.make<DomainType>(spec, std::move(parameters), *type);
    define(interpreter, *made, **type);
    return Value(made);
}

} // namespace sightglass
