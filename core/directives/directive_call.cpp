// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/directive_call.h"

#include "core/sqlalchemy/items_parts.h"
#include "core/sqlalchemy/naming.h"

#include <algorithm>
#include <array>

namespace sightglass {
namespace {

tl::unexpected<Raised> typeError(std::string message)
{
    return raising("TypeError", std::move(message), {"Exception", "BaseException"});
}

bool byPosition(const DirectiveParameter& parameter, bool batch)
{
    if (parameter.role == DirectiveParameter::Role::Keyword)
        return false;
    return !batch || parameter.role == DirectiveParameter::Role::Plain;
}

} // namespace

Outcome<DirectiveCall, Raised> DirectiveCall::bind(Interpreter& interpreter,
                                                   Emitter& emitter,
                                                   std::string_view directive,
                                                   std::span<const DirectiveParameter> parameters,
                                                   const Arguments& arguments,
                                                   const BatchTable* batch,
                                                   bool takesMore)
{
    DirectiveCall call(interpreter, emitter, arguments);
    call.m_inBatch = batch != nullptr;
    std::size_t position = 0;
    for (const DirectiveParameter& parameter : parameters) {
        if (batch != nullptr && parameter.role == DirectiveParameter::Role::Table)
            call.m_bound.insert_or_assign(std::string(parameter.name), batch->name);
        else if (batch != nullptr && parameter.role == DirectiveParameter::Role::Schema)
            call.m_bound.insert_or_assign(std::string(parameter.name), batch->schema);
        if (byPosition(parameter, batch != nullptr) && position < arguments.positional.size())
            call.m_bound.insert_or_assign(std::string(parameter.name),
                                          arguments.positional[position++]);
        for (const std::string_view name : {parameter.name, parameter.older, parameter.oldest}) {
            const Value* value = name.empty() ? nullptr : arguments.keyword(name);
            if (value != nullptr)
                call.m_bound.insert_or_assign(std::string(parameter.name), *value);
        }
    }
    call.m_rest = position;
    if (position < arguments.positional.size() && !takesMore)
        return typeError(std::string(directive) + "() takes " + std::to_string(position) +
                         " positional arguments but " +
                         std::to_string(arguments.positional.size()) + " were given");
    for (const DirectiveParameter& parameter : parameters) {
        if (!parameter.required || call.given(parameter.name) != nullptr)
            continue;
        if (!arguments.hidden)
            return typeError(std::string(directive) +
                             "() missing 1 required positional argument: '" +
                             std::string(parameter.name) + "'");
        call.m_bound.insert_or_assign(std::string(parameter.name), Value(*arguments.hidden));
    }
    return call;
}

const Value* DirectiveCall::given(std::string_view parameter) const
{
    const auto found = m_bound.find(parameter);
    if (found != m_bound.end())
        return &found->second;
    return m_arguments.keyword(parameter);
}

const Value* DirectiveCall::some(std::string_view parameter) const
{
    const Value* value = given(parameter);
    return value != nullptr && !value->isNone() ? value : nullptr;
}

Known<std::string> DirectiveCall::text(std::string_view parameter) const
{
    const auto text = givenText(given(parameter));
    if (!text)
        return Unknown{std::string(parameter) + " is not given"};
    if (!text->isKnown() && given(parameter)->isUnknown())
        return *text;
    return text->isKnown()
               ? *text
               : Known<std::string>(Unknown{std::string(parameter) + " " + text->reason()});
}

Known<QualifiedName> DirectiveCall::table(std::string_view nameParameter,
                                          std::string_view schemaParameter) const
{
    const Known<std::string> name = text(nameParameter);
    if (!name.isKnown())
        return Unknown{name.reason()};
    if (some(schemaParameter) == nullptr)
        return QualifiedName{{}, name.value()};
    const Known<std::string> schema = text(schemaParameter);
    if (!schema.isKnown())
        return Unknown{schema.reason()};
    return QualifiedName{schema.value(), name.value()};
}

bool DirectiveCall::flag(std::string_view parameter, std::optional<Unknown>& unknown) const
{
    return flagOf(*m_interpreter, given(parameter), false, unknown);
}

Lowered opaqueLowering(std::string what, const std::string& reason, QualifiedName table)
{
    if (!reason.empty())
        what += ": " + reason;
    return lowered(
        change::Opaque{.what = std::move(what), .table = std::move(table), .structural = true});
}

Lowered lowered(Change change)
{
    Lowered made;
    made.changes.push_back(std::move(change));
    return made;
}

Lowered lowered(std::vector<Change> changes)
{
    Lowered made;
    made.changes = std::move(changes);
    return made;
}

const Directive* findDirective(std::string_view name)
{
    using Directives = std::span<const Directive> (*)();
    static constexpr std::array<Directives, 7> tables = {tableDirectives,
                                                         columnDirectives,
                                                         constraintDirectives,
                                                         indexDirectives,
                                                         dataDirectives,
                                                         entityDirectives,
                                                         enumDirectives};
    for (const Directives table : tables) {
        const std::span<const Directive> directives = table();
        const auto found =
            std::find_if(directives.begin(), directives.end(), [name](const Directive& each) {
                return each.name == name;
            });
        if (found != directives.end())
            return &*found;
    }
    return nullptr;
}

} // namespace sightglass
