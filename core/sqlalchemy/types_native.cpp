// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/types_native.h"

#include "core/sqlalchemy/items.h"
#include "core/sqlalchemy/items_parts.h"
#include "core/sqlalchemy/types_literals.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sightglass {

namespace {

struct Family
{
    std::string_view word;
    std::string_view name;
};

// The first that matches, as SQLAlchemy's isinstance() questions go.
constexpr std::array families{Family{"BigInteger", "BIGINT"},
                              Family{"SmallInteger", "SMALLINT"},
                              Family{"Integer", "INTEGER"},
                              Family{"Numeric", "NUMERIC"}};

bool hasWord(std::string_view words, std::string_view word)
{
    const std::vector<std::string> all = wordsOf(words);
    return std::ranges::find(all, word) != all.end();
}

Evaluated makeInstance(Interpreter& interpreter, const TypeSpec& spec, const Arguments& arguments)
{
    auto parameters = bindParameters(spec, arguments);
    if (!parameters)
        return otherwise(parameters.error());
    if (spec.make != nullptr)
        return spec.make(interpreter, spec, std::move(*parameters), arguments);
    TypeObject* inner = nullptr;
    const Value* given = spec.inner.empty() ? nullptr : parameters->find(spec.inner);
    if (given != nullptr && !given->isNone()) {
        auto type = typeFrom(interpreter, *given);
        if (!type)
            return otherwise(type.error());
        inner = type->isKnown()
                    ? type->value()
                    : interpreter.make<PlainType>(std::vector<std::string>{"TypeEngine"},
                                                  SqlText(Unknown{type->reason()}));
    }
    return Value(interpreter.make<NativeType>(spec, std::move(*parameters), inner));
}

} // namespace

TypeClass::TypeClass(const TypeSpec& spec)
    : NativeClass(std::string(spec.name),
                  wordsOf(spec.bases),
                  [&spec](Interpreter& interpreter, const Arguments& arguments) {
                      return makeInstance(interpreter, spec, arguments);
                  })
    , m_spec(spec)
{}

Evaluated TypeClass::attribute(Interpreter& interpreter, std::string_view name)
{
    if (auto method = unboundMethod(interpreter, name))
        return std::move(*method);
    return NativeClass::attribute(interpreter, name);
}

NativeType::NativeType(const TypeSpec& spec, TypeParameters parameters, TypeObject* inner)
    : m_spec(spec)
    , m_parameters(std::move(parameters))
    , m_inner(inner)
{}

std::string NativeType::typeName() const
{
    return std::string(m_spec.name);
}

std::vector<std::string> NativeType::classNames() const
{
    std::vector<std::string> names = {typeName()};
    for (std::string& base : wordsOf(m_spec.bases)) {
        if (base != names.front())
            names.push_back(std::move(base));
    }
    return names;
}

Evaluated NativeType::attribute(Interpreter& interpreter, std::string_view name)
{
    if (const Value* given = m_parameters.find(name))
        return *given;
    const std::vector<std::string> known = wordsOf(m_spec.parameters);
    const bool isParameter = std::ranges::find(known, name) != known.end();
    if (isParameter && !m_parameters.hidden) {
        constexpr std::array falseUnlessGiven{
            std::string_view("timezone"), std::string_view("varying"), std::string_view("as_uuid")};
        if (std::ranges::find(falseUnlessGiven, name) != falseUnlessGiven.end())
            return Value(false);
        return Value();
    }
    if (name == "__class__")
        return Value(interpreter.make<TypeClass>(m_spec));
    return TypeObject::attribute(interpreter, name);
}

DdlText NativeType::ddl() const
{
    if (m_inner != nullptr)
        return m_inner->ddl();
    return m_spec.write(m_spec, m_parameters);
}

std::string NativeType::collation() const
{
    if (m_inner != nullptr)
        return m_inner->collation();
    const Value* given = m_parameters.find("collation");
    const std::string* text = given == nullptr ? nullptr : given->asText();
    return text == nullptr || !hasWord(m_spec.bases, "TypeEngine") ? std::string() : *text;
}

std::optional<NativeEnum> NativeType::nativeEnum() const
{
    return m_inner == nullptr ? std::nullopt : m_inner->nativeEnum();
}

std::optional<change::CreateDomain> NativeType::domain() const
{
    return m_inner == nullptr ? std::nullopt : m_inner->domain();
}

void NativeType::attachTo(std::string_view tableSchema)
{
    if (m_inner != nullptr)
        m_inner->attachTo(tableSchema);
}

std::string_view NativeType::numericFamily() const
{
    if (m_inner != nullptr)
        return m_inner->numericFamily();
    for (const Family& family : families) {
        if (m_spec.name == family.word || hasWord(m_spec.bases, family.word))
            return family.name;
    }
    return {};
}

std::optional<SqlText> NativeType::literal(Interpreter& interpreter, const Value& value) const
{
    if (m_inner != nullptr)
        return m_inner->literal(interpreter, value);
    return literalOf(interpreter, classNames(), value);
}

TypeWithImpl::TypeWithImpl(std::vector<std::string> classNames, TypeObject* outer, TypeObject* impl)
    : m_classNames(std::move(classNames))
    , m_outer(outer)
    , m_impl(impl)
{}

Evaluated TypeWithImpl::attribute(Interpreter& interpreter, std::string_view name)
{
    if (name == "impl")
        return Value(m_outer);
    constexpr std::array own{
        std::string_view("with_variant"), std::string_view("copy"), std::string_view("adapt")};
    if (std::ranges::find(own, name) != own.end())
        return TypeObject::attribute(interpreter, name);
    return m_outer->attribute(interpreter, name);
}

std::optional<NativeEnum> TypeWithImpl::nativeEnum() const
{
    if (enumByOuter && !m_outer->nativeEnum())
        return std::nullopt;
    return m_impl->nativeEnum();
}

void TypeWithImpl::attachTo(std::string_view tableSchema)
{
    m_outer->attachTo(tableSchema);
    if (m_impl != m_outer)
        m_impl->attachTo(tableSchema);
}

std::string_view TypeWithImpl::numericFamily() const
{
    const std::string_view outer = m_outer->numericFamily();
    if (outer.empty())
        return {};
    // Python counts the first type, the DDL writes BIGSERIAL or SMALLSERIAL by the second.
    const std::string_view impl = m_impl->numericFamily();
    if (impl == "BIGINT" || impl == "SMALLINT")
        return impl;
    return outer == "NUMERIC" ? outer : std::string_view("INTEGER");
}

PlainType::PlainType(std::vector<std::string> classNames, SqlText sql)
    : m_classNames(std::move(classNames))
    , m_sql(std::move(sql))
{}

std::string_view PlainType::numericFamily() const
{
    if (!m_sql.isKnown())
        return {};
    std::string upper = m_sql.value();
    std::ranges::transform(upper, upper.begin(), [](char each) {
        return each >= 'a' && each <= 'z' ? static_cast<char>(each - 'a' + 'A') : each;
    });
    constexpr std::array words{
        std::pair{std::string_view("BIGINT"), std::string_view("BIGINT")},
        std::pair{std::string_view("INT8"), std::string_view("BIGINT")},
        std::pair{std::string_view("SMALLINT"), std::string_view("SMALLINT")},
        std::pair{std::string_view("INT2"), std::string_view("SMALLINT")},
        std::pair{std::string_view("INTEGER"), std::string_view("INTEGER")},
        std::pair{std::string_view("INT"), std::string_view("INTEGER")},
        std::pair{std::string_view("INT4"), std::string_view("INTEGER")}};
    for (const auto& [word, family] : words) {
        if (upper == word)
            return family;
    }
    return {};
}

Evaluated runTypeDdl(Interpreter& interpreter,
                     const Arguments& arguments,
                     Change change,
                     std::string directive)
{
    if (const Value* bind = arguments.at(0, "bind"); bind != nullptr && bind->isNone())
        return raising("AttributeError", "'NoneType' object has no attribute 'dialect'");
    if (auto open = underUnknownFlag(interpreter, arguments.at(1, "checkfirst"), directive))
        change = std::move(*open);
    if (auto* runner = interpreter.service<DdlRunner>()) {
        std::vector<Change> changes;
        changes.push_back(std::move(change));
        if (auto raised =
                runner->run(interpreter, std::move(changes), std::move(directive), arguments.span))
            return otherwise(std::move(*raised));
    }
    return Value();
}

} // namespace sightglass
