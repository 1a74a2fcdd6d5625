// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/objects.h"
#include "core/render/sql_names.h"
#include "core/sqlalchemy/items_parts.h"
#include "core/sqlalchemy/naming.h"

#include <array>

namespace sightglass {
namespace {

std::optional<std::int64_t> wholeNumber(const Value* value, std::optional<Unknown>& unknown)
{
    if (value == nullptr || value->isNone())
        return std::nullopt;
    if (const std::int64_t* number = value->asInteger())
        return *number;
    note(unknown, value->isUnknown() ? value->reason() : "an option is no whole number");
    return std::nullopt;
}

std::string pythonClassOf(const Value& value)
{
    static constexpr std::array<std::string_view, 5> names = {
        "NoneType", "bool", "int", "float", "str"};
    if (value.storage().index() < names.size())
        return std::string(names[value.storage().index()]);
    const Object* object = value.asObject();
    return object == nullptr ? "bytes" : object->typeName();
}

Evaluated sequenceDdl(Interpreter& interpreter,
                      const SequenceItem& sequence,
                      const Arguments& arguments,
                      bool create)
{
    const std::string directive = create ? "Sequence.create" : "Sequence.drop";
    if (auto open = underUnknownFlag(interpreter, arguments.at(1, "checkfirst"), directive))
        return runChanges(interpreter, {std::move(*open)}, directive, arguments.span);
    const bool check = checksFirst(interpreter, arguments.at(1, "checkfirst"), true);
    if (!sequence.name.isKnown()) {
        return runChanges(
            interpreter,
            {change::Opaque{.what = directive + " of a sequence whose name is not known: " +
                                    sequence.name.reason(),
                            .table = {},
                            .structural = true}},
            directive,
            arguments.span);
    }
    if (create)
        return runChanges(interpreter,
                          {change::CreateSequence{.sequence = sequence.name.value(),
                                                  .options = sequence.options,
                                                  .ifNotExists = check,
                                                  .temporary = false}},
                          directive,
                          arguments.span);
    return runChanges(interpreter,
                      {change::DropSequence{
                          .sequence = sequence.name.value(), .ifExists = check, .cascade = false}},
                      directive,
                      arguments.span);
}

} // namespace

Outcome<ServerDefault, Raised> serverDefaultFrom(Interpreter&, const Value& value)
{
    using Kind = ServerDefault::Kind;
    if (value.isNone())
        return ServerDefault{};
    if (value.isUnknown())
        return ServerDefault{.kind = Kind::Sql, .sql = Unknown{value.reason()}, .identity = {}};
    if (const auto* identity = value.as<IdentityItem>())
        return ServerDefault{
            .kind = Kind::Identity, .sql = std::string(), .identity = identity->definition};
    if (const auto* computed = value.as<ComputedItem>())
        return ServerDefault{.kind = Kind::Computed, .sql = computed->expression, .identity = {}};
    if (const auto* fetched = value.as<FetchedValueItem>()) {
        if (fetched->sql)
            return ServerDefault{.kind = Kind::Sql, .sql = *fetched->sql, .identity = {}};
        return ServerDefault{.kind = Kind::Fetched, .sql = std::string(), .identity = {}};
    }
    if (const auto* clause = value.as<Clause>())
        return ServerDefault{.kind = Kind::Sql,
                             .sql = clause->compile({.tableNames = false, .literals = true}),
                             .identity = {}};
    if (const auto text = givenText(&value); text && text->isKnown())
        return ServerDefault{.kind = Kind::Sql, .sql = sqlLiteral(text->value()), .identity = {}};
    const bool foreign = value.asObject() != nullptr && value.as<EnumMemberObject>() == nullptr;
    if (foreign)
        return ServerDefault{
            .kind = Kind::Sql,
            .sql = Unknown{"the default is an object of type " + pythonClassOf(value)},
            .identity = {}};
    return sqlalchemyError(
        "ArgumentError",
        "Argument 'arg' is expected to be one of type '<class 'str'>' or '<class "
        "'sqlalchemy.sql.elements.ClauseElement'>' or '<class "
        "'sqlalchemy.sql.elements.TextClause'>', got '<class '" +
            pythonClassOf(value) + "'>'");
}

void readSequenceOptions(Interpreter& interpreter,
                         const Arguments& arguments,
                         SequenceOptions& options,
                         std::optional<Unknown>& unknown)
{
    options.start = wholeNumber(arguments.keyword("start"), unknown);
    options.increment = wholeNumber(arguments.keyword("increment"), unknown);
    options.minimum = wholeNumber(arguments.keyword("minvalue"), unknown);
    options.maximum = wholeNumber(arguments.keyword("maxvalue"), unknown);
    options.cache = wholeNumber(arguments.keyword("cache"), unknown);
    options.noMinimum = flagOf(interpreter, arguments.keyword("nominvalue"), false, unknown);
    options.noMaximum = flagOf(interpreter, arguments.keyword("nomaxvalue"), false, unknown);
    if (const Value* cycle = arguments.keyword("cycle"); cycle != nullptr && !cycle->isNone())
        options.cycle = flagOf(interpreter, cycle, false, unknown);
    if (arguments.hidden)
        note(unknown, arguments.hidden->reason);
}

Evaluated makeIdentity(Interpreter& interpreter, const Arguments& arguments)
{
    static constexpr std::array<std::string_view, 10> order = {"always",
                                                               "on_null",
                                                               "start",
                                                               "increment",
                                                               "minvalue",
                                                               "maxvalue",
                                                               "nominvalue",
                                                               "nomaxvalue",
                                                               "cycle",
                                                               "cache"};
    Arguments named = arguments;
    for (std::size_t i = 0; i < arguments.positional.size() && i < order.size(); ++i)
        named.keywords.emplace_back(std::string(order[i]), arguments.positional[i]);
    auto* item = interpreter.make<IdentityItem>();
    item->definition.always = flagOf(interpreter, named.keyword("always"), false, item->unknown);
    readSequenceOptions(interpreter, named, item->definition.options, item->unknown);
    return Value(item);
}

Evaluated makeComputed(Interpreter& interpreter, const Arguments& arguments)
{
    auto* item = interpreter.make<ComputedItem>();
    const Value* sql = arguments.at(0, "sqltext");
    if (sql == nullptr)
        item->expression =
            Unknown{arguments.hidden ? arguments.hidden->reason : "no expression is given"};
    else
        item->expression = conditionOf(interpreter, *sql);
    const Value* persisted = arguments.at(1, "persisted");
    item->isVirtual =
        persisted != nullptr && persisted->asBool() != nullptr && !*persisted->asBool();
    return Value(item);
}

Evaluated makeSequence(Interpreter& interpreter, const Arguments& arguments)
{
    auto* item = interpreter.make<SequenceItem>();
    std::optional<Unknown> nameUnknown;
    QualifiedName name;
    if (const Value* given = arguments.at(0, "name"))
        name.name = textArgument(given, nameUnknown);
    else
        note(nameUnknown, arguments.hidden ? arguments.hidden->reason : "no name is given");
    name.schema = textArgument(arguments.keyword("schema"), nameUnknown);
    if (const Value* metadata = arguments.keyword("metadata"); metadata != nullptr) {
        if (const auto* known = metadata->as<MetaDataItem>();
            known != nullptr && name.schema.empty())
            name.schema = known->schema.value_or(std::string());
    }
    if (nameUnknown)
        item->name = *nameUnknown;
    else
        item->name = name;
    Arguments named = arguments;
    if (arguments.positional.size() > 1)
        named.keywords.emplace_back("start", arguments.positional[1]);
    if (arguments.positional.size() > 2)
        named.keywords.emplace_back("increment", arguments.positional[2]);
    readSequenceOptions(interpreter, named, item->options, item->unknown);
    // What SQLAlchemy 1.4 writes for a sequence without a start of its own.
    if (!item->options.start && !item->unknown)
        item->options.start = 1;
    item->optional = flagOf(interpreter, arguments.keyword("optional"), false, item->unknown);
    if (const Value* type = arguments.keyword("data_type"); type != nullptr && !type->isNone()) {
        const auto made = typeFrom(interpreter, *type);
        if (!made)
            return otherwise(made.error());
        const auto ddl = made->isKnown() ? made->value()->ddl() : SqlText(Unknown{made->reason()});
        if (!ddl)
            return otherwise(ddl.error());
        if (ddl->isKnown())
            item->options.type = ddl->value();
        else
            note(item->unknown, ddl->reason());
    }
    return Value(item);
}

Evaluated SequenceItem::attribute(Interpreter& interpreter, std::string_view attributeName)
{
    if (attributeName == "name")
        return name.isKnown() ? Value(name.value().name) : Value(Unknown{name.reason()});
    if (attributeName == "schema")
        return name.isKnown() && !name.value().schema.empty() ? Value(name.value().schema)
                                                              : Value();
    if (attributeName == "create" || attributeName == "drop") {
        const bool create = attributeName == "create";
        return interpreter.makeFunction(std::string(attributeName),
                                        [this, create](Interpreter& inner, const Arguments& given) {
                                            return sequenceDdl(inner, *this, given, create);
                                        });
    }
    if (attributeName == "next_value") {
        return interpreter.makeFunction(
            "next_value", [this](Interpreter& inner, const Arguments&) -> Evaluated {
                if (!name.isKnown())
                    return Value(Unknown{name.reason()});
                return Value(makeTextClause(inner, "nextval('" + sqlName(name.value()) + "')"));
            });
    }
    return Object::attribute(interpreter, attributeName);
}

Evaluated makeFetchedValue(Interpreter& interpreter, const Arguments&)
{
    return Value(interpreter.make<FetchedValueItem>());
}

Evaluated makeDefaultClause(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* given = arguments.at(0, "arg");
    auto* item = interpreter.make<FetchedValueItem>();
    if (given == nullptr) {
        item->sql = Unknown{"no expression is given"};
        return Value(item);
    }
    auto made = serverDefaultFrom(interpreter, *given);
    if (!made)
        return otherwise(made.error());
    item->sql = made->sql;
    return Value(item);
}

} // namespace sightglass
