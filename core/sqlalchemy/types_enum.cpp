// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/types_enum.h"

#include "core/evaluation/interpreter.h"
#include "core/evaluation/objects.h"
#include "core/render/sql_names.h"
#include "core/sqlalchemy/items.h"
#include "core/sqlalchemy/types_makers.h"
#include "core/sqlalchemy/types_native.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace sightglass {

namespace {

bool isPostgresqlEnum(const TypeSpec& spec)
{
    return spec.bases.starts_with("NamedType");
}

auto namelessEnum()
{
    return raising(
        "CompileError", "PostgreSQL ENUM type requires a name.", {"SQLAlchemyError", "Exception"});
}

std::size_t characters(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char each) { return (each & '\xC0') != '\x80'; }));
}

/// Text of a label; members of `class State(str, Enum)` are text too.
Known<std::string> labelOf(const Value& value)
{
    if (value.isUnknown())
        return Unknown{value.reason()};
    if (const std::string* text = value.asText())
        return *text;
    if (const auto* member = value.as<EnumMemberObject>()) {
        const std::string* text = member->value().asText();
        const std::vector<std::string> bases = member->classObject().baseNames();
        const bool isText = std::ranges::find(bases, "str") != bases.end() ||
                            std::ranges::find(bases, "StrEnum") != bases.end();
        if (text != nullptr && isText)
            return *text;
    }
    return Unknown{"a label of the enum is not text"};
}

Known<std::vector<std::string>> labelsOf(const std::vector<Value>& values)
{
    std::vector<std::string> labels;
    for (const Value& value : values) {
        Known<std::string> label = labelOf(value);
        if (!label.isKnown())
            return Unknown{label.reason()};
        labels.push_back(std::move(label.value()));
    }
    return labels;
}

Known<std::vector<std::string>>
memberNames(Interpreter& interpreter, const ClassObject& type, const TypeParameters& parameters)
{
    if (const Unknown* unknown = type.unknownBase())
        return *unknown;
    const auto& members = type.enumMembers();
    std::vector<std::string> labels;
    for (auto each = members.begin(); each != members.end(); ++each) {
        const bool alias = std::any_of(members.begin(), each, [&](const auto& earlier) {
            const Known<bool> same = interpreter.equal(earlier.value, each->value);
            return same.isKnown() && same.value();
        });
        if (alias) {
            const Known<bool> omit = parameters.flag("omit_aliases", true);
            if (!parameters.find("omit_aliases") || !omit.isKnown())
                return Unknown{type.name() + " has two names for one value; SQLAlchemy 1.4 and " +
                               "2.0 make different labels of it"};
            if (omit.value())
                continue;
        }
        labels.push_back(each->name);
    }
    return labels;
}

Outcome<Known<std::vector<std::string>>, Raised>
calledLabels(Interpreter& interpreter, const Value& callable, const Value& type)
{
    using Labels = Known<std::vector<std::string>>;
    Arguments arguments;
    arguments.positional.push_back(type);
    arguments.span = interpreter.here();
    Evaluated result = interpreter.call(callable, arguments);
    if (!result)
        return otherwise(result.error());
    if (result->isUnknown())
        return Labels(Unknown{result->reason()});
    auto elements = interpreter.elementsOf(*result);
    if (!elements)
        return otherwise(elements.error());
    if (auto doubt = interpreter.doubtAbout(*result))
        return Labels(std::move(*doubt));
    return labelsOf(*elements);
}

const Value* givenCallable(const TypeParameters& parameters)
{
    const Value* callable = parameters.find("values_callable");
    return callable == nullptr || callable->isNone() ? nullptr : callable;
}

/// Labels and the class they come from.
std::optional<Raised> readLabels(Interpreter& interpreter,
                                 EnumTypeObject& made,
                                 const TypeParameters& parameters,
                                 const Arguments& arguments)
{
    const auto& given = arguments.positional;
    auto* type = given.size() == 1 ? given.front().as<ClassObject>() : nullptr;
    if (type == nullptr) {
        made.labels = labelsOf(given);
        if (arguments.hidden)
            made.labels = *arguments.hidden;
        return std::nullopt;
    }
    made.enumClass = given.front();
    if (!type->isEnum()) {
        const Unknown* base = type->unknownBase();
        made.labels = base != nullptr ? *base : Unknown{type->name() + " is no Enum class"};
        return std::nullopt;
    }
    if (const Value* callable = givenCallable(parameters)) {
        made.byName = false;
        auto labels = calledLabels(interpreter, *callable, given.front());
        if (!labels)
            return labels.error();
        made.labels = std::move(*labels);
        return std::nullopt;
    }
    made.labels = memberNames(interpreter, *type, parameters);
    return std::nullopt;
}

std::string lowered(std::string text)
{
    std::ranges::transform(text, text.begin(), [](char each) {
        return each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each;
    });
    return text;
}

Known<std::string>
textOrNone(Interpreter& interpreter, const TypeParameters& parameters, std::string_view name)
{
    const Value* value = parameters.find(name);
    if (value == nullptr || value->isNone())
        return std::string();
    if (value->isUnknown())
        return Unknown{value->reason()};
    if (const std::string* text = value->asText())
        return *text;
    return interpreter.textOf(*value);
}

Value numberValue(const Known<std::string>& text)
{
    if (!text.isKnown())
        return Value(Unknown{text.reason()});
    std::int64_t number = 0;
    const char* end = text.value().data() + text.value().size();
    const auto [at, error] = std::from_chars(text.value().data(), end, number);
    return at == end && error == std::errc() && !text.value().empty() ? Value(number) : Value();
}

void readName(Interpreter& interpreter,
              EnumTypeObject& made,
              const TypeParameters& parameters,
              const Arguments& arguments)
{
    made.name = textOrNone(interpreter, parameters, "name");
    if (parameters.find("name") == nullptr) {
        if (arguments.hidden)
            made.name = *arguments.hidden;
        else if (const auto* type = made.enumClass.as<ClassObject>())
            made.name = lowered(type->name());
        else if (arguments.positional.size() == 1 && arguments.positional.front().isUnknown())
            made.name = Unknown{arguments.positional.front().reason()};
    }
    made.schema = textOrNone(interpreter, parameters, "schema");
    const Value* metadata = parameters.find("metadata");
    if (metadata == nullptr || metadata->isNone())
        return;
    made.ofMetadata = true;
    if (metadata->isUnknown())
        made.metadataSchema = Unknown{metadata->reason()};
    else if (const auto* item = metadata->as<MetaDataItem>(); item != nullptr && item->schema)
        made.metadataSchema = *item->schema;
}

/// The length of its VARCHAR where it is not native.
std::optional<Raised> readLength(EnumTypeObject& made, const TypeParameters& parameters)
{
    std::size_t longest = 0;
    if (made.labels.isKnown()) {
        for (const std::string& label : made.labels.value())
            longest = std::max(longest, characters(label));
        made.length = longest == 0 ? std::string() : std::to_string(longest);
    } else {
        made.length = Unknown{made.labels.reason()};
    }
    const Value* given = parameters.find("length");
    if (given == nullptr)
        return std::nullopt;
    if (const std::int64_t* length = given->asInteger();
        length != nullptr && made.labels.isKnown() &&
        *length < static_cast<std::int64_t>(longest) && made.native.isKnown() &&
        !made.native.value()) {
        return raising("ValueError",
                       "When provided, length must be larger or equal than the length of the "
                       "longest enum value. " +
                           std::to_string(*length) + " < " + std::to_string(longest))
            .value();
    }
    made.length = parameters.size("length");
    return std::nullopt;
}

} // namespace

Evaluated makeEnum(Interpreter& interpreter,
                   const TypeSpec& spec,
                   TypeParameters parameters,
                   const Arguments& arguments)
{
    // What is hidden are labels as a rule: keywords that are given stand, the rest has its default.
    TypeParameters named = std::move(parameters);
    named.hidden.reset();
    auto* made = interpreter.make<EnumTypeObject>(spec);
    made->native = spec.name == "Enum" ? named.flag("native_enum", true) : Known<bool>(true);
    made->createConstraint = named.flag("create_constraint", false);
    const Known<bool> createType = named.flag("create_type", true);
    made->createType = !isPostgresqlEnum(spec) || !createType.isKnown() || createType.value();
    if (isPostgresqlEnum(spec) && !createType.isKnown())
        made->createTypeUnknown = Unknown{"create_type hangs on " + createType.reason()};
    const Known<bool> inherit = named.flag("inherit_schema", false);
    made->inheritSchema = inherit.isKnown() && inherit.value();
    if (auto raised = readLabels(interpreter, *made, named, arguments))
        return otherwise(std::move(*raised));
    readName(interpreter, *made, named, arguments);
    if (auto raised = readLength(*made, named))
        return otherwise(std::move(*raised));
    return Value(made);
}

EnumTypeObject::EnumTypeObject(const TypeSpec& spec)
    : m_spec(spec)
{}

std::string EnumTypeObject::typeName() const
{
    return std::string(m_spec.name);
}

std::vector<std::string> EnumTypeObject::classNames() const
{
    std::vector<std::string> names = {typeName()};
    for (std::string& base : wordsOf(m_spec.bases))
        names.push_back(std::move(base));
    names.push_back("SchemaType");
    return names;
}

bool EnumTypeObject::ofPostgresql() const
{
    return isPostgresqlEnum(m_spec);
}

Known<QualifiedName> EnumTypeObject::qualifiedName() const
{
    if (!name.isKnown())
        return Unknown{name.reason()};
    if (!schema.isKnown())
        return Unknown{schema.reason()};
    return QualifiedName{.schema = schema.value(), .name = name.value()};
}

DdlText EnumTypeObject::ddl() const
{
    if (!native.isKnown())
        return SqlText(Unknown{native.reason()});
    if (!native.value()) {
        if (!length.isKnown())
            return SqlText(Unknown{length.reason()});
        return SqlText(length.value().empty() ? "VARCHAR" : "VARCHAR(" + length.value() + ")");
    }
    const Known<QualifiedName> full = qualifiedName();
    if (!full.isKnown())
        return SqlText(Unknown{full.reason()});
    if (full.value().name.empty())
        return namelessEnum();
    return SqlText(sqlName(full.value()));
}

std::optional<NativeEnum> EnumTypeObject::nativeEnum() const
{
    if (native.isKnown() && !native.value())
        return std::nullopt;
    return NativeEnum{
        .name = qualifiedName(),
        .labels = createTypeUnknown ? Known<std::vector<std::string>>(*createTypeUnknown) : labels,
        .createType = createType,
        .ofMetadata = ofMetadata};
}

void EnumTypeObject::attachTo(std::string_view tableSchema)
{
    const bool none = schema.isKnown() && schema.value().empty();
    if (inheritSchema)
        schema = std::string(tableSchema);
    else if (none)
        schema = metadataSchema;
}

std::optional<TypeObject::TypeCheck> EnumTypeObject::check(std::string_view column) const
{
    const bool surelyNative = native.isKnown() && native.value();
    if (surelyNative || (createConstraint.isKnown() && !createConstraint.value()))
        return std::nullopt;
    TypeCheck made;
    made.name = name.isKnown() ? name.value() : std::string();
    for (const std::string& reason : {native.isKnown() ? std::string() : native.reason(),
                                      createConstraint.isKnown() ? "" : createConstraint.reason(),
                                      name.isKnown() ? "" : name.reason(),
                                      labels.isKnown() ? "" : labels.reason()}) {
        if (!reason.empty()) {
            made.expression = Unknown{reason};
            return made;
        }
    }
    std::string list;
    for (const std::string& label : labels.value())
        list += (list.empty() ? "" : ", ") + sqlLiteral(label);
    made.expression = sqlName(column) + " IN (" + list + ")";
    return made;
}

std::optional<SqlText> EnumTypeObject::literal(Interpreter&, const Value& value) const
{
    if (const std::string* text = value.asText())
        return SqlText(sqlLiteral(*text));
    const auto* member = value.as<EnumMemberObject>();
    if (member == nullptr)
        return std::nullopt;
    if (byName)
        return SqlText(sqlLiteral(member->name()));
    // values_callable gives the labels in the order of the members.
    const auto& members = member->classObject().enumMembers();
    for (std::size_t index = 0; index < members.size(); ++index) {
        if (members[index].name == member->name() && labels.isKnown() &&
            labels.value().size() == members.size())
            return SqlText(sqlLiteral(labels.value()[index]));
    }
    return SqlText(Unknown{"the label of " + member->name() + " is not known"});
}

Evaluated EnumTypeObject::create(Interpreter& interpreter, const Arguments& arguments) const
{
    if (native.isKnown() && !native.value())
        return Value();
    const Known<QualifiedName> full = qualifiedName();
    if (full.isKnown() && full.value().name.empty())
        return namelessEnum();
    const std::string directive = typeName() + ".create";
    if (!full.isKnown() || !labels.isKnown() || !native.isKnown()) {
        const std::string called = full.isKnown() ? " " + toText(full.value()) : std::string();
        const std::string& reason = !full.isKnown()    ? full.reason()
                                    : labels.isKnown() ? native.reason()
                                                       : labels.reason();
        return runTypeDdl(interpreter,
                          arguments,
                          change::Opaque{.what = "creates the enum type" + called + ": " + reason,
                                         .table = {},
                                         .structural = true},
                          directive);
    }
    // Enum hands its own default on to ENUM, whose default is the other one.
    bool checkFirst = ofPostgresql();
    if (const Value* given = arguments.at(1, "checkfirst")) {
        const Known<bool> truth = interpreter.truthOf(*given);
        checkFirst = !truth.isKnown() || truth.value();
    }
    return runTypeDdl(interpreter,
                      arguments,
                      change::CreateEnum{.type = full.value(),
                                         .labels = labels.value(),
                                         .oncePerRun = false,
                                         .unlessExists = checkFirst},
                      directive);
}

Evaluated EnumTypeObject::drop(Interpreter& interpreter, const Arguments& arguments) const
{
    if (native.isKnown() && !native.value())
        return Value();
    const Known<QualifiedName> full = qualifiedName();
    const std::string directive = typeName() + ".drop";
    if (!full.isKnown())
        return runTypeDdl(interpreter,
                          arguments,
                          change::Opaque{.what = "drops an enum type: " + full.reason(),
                                         .table = {},
                                         .structural = true},
                          directive);
    if (full.value().name.empty())
        return namelessEnum();
    bool checkFirst = ofPostgresql();
    if (const Value* given = arguments.at(1, "checkfirst")) {
        const Known<bool> truth = interpreter.truthOf(*given);
        checkFirst = !truth.isKnown() || truth.value();
    }
    return runTypeDdl(
        interpreter,
        arguments,
        change::DropType{
            .type = full.value(), .ifExists = checkFirst, .cascade = false, .domain = false},
        directive);
}

Evaluated EnumTypeObject::attribute(Interpreter& interpreter, std::string_view asked)
{
    const auto textValue = [](const Known<std::string>& text) {
        if (!text.isKnown())
            return Value(Unknown{text.reason()});
        return text.value().empty() ? Value() : Value(text.value());
    };
    if (asked == "create" || asked == "drop") {
        const bool creates = asked == "create";
        return interpreter.makeFunction(
            std::string(asked), [this, creates](Interpreter& runs, const Arguments& arguments) {
                return creates ? create(runs, arguments) : drop(runs, arguments);
            });
    }
    if (asked == "name")
        return textValue(name);
    if (asked == "schema")
        return textValue(schema);
    if (asked == "enum_class")
        return enumClass;
    if (asked == "native_enum" || asked == "native")
        return native.isKnown() ? Value(native.value()) : Value(Unknown{native.reason()});
    if (asked == "create_type")
        return Value(createType);
    if (asked == "length")
        return numberValue(length);
    if (asked == "enums") {
        if (!labels.isKnown())
            return Value(Unknown{labels.reason()});
        std::vector<Value> values(labels.value().begin(), labels.value().end());
        return interpreter.makeList(std::move(values));
    }
    return TypeObject::attribute(interpreter, asked);
}

std::optional<Raised>
EnumTypeObject::setAttribute(Interpreter& interpreter, std::string_view asked, const Value& value)
{
    const auto textOf = [&]() -> Known<std::string> {
        return value.isNone() ? Known<std::string>(std::string()) : interpreter.textOf(value);
    };
    if (asked == "create_type") {
        const Known<bool> truth = interpreter.truthOf(value);
        createType = !ofPostgresql() || !truth.isKnown() || truth.value();
        if (createTypeUnknown.reset(); ofPostgresql() && !truth.isKnown())
            createTypeUnknown = Unknown{"create_type hangs on " + truth.reason()};
    } else if (asked == "name") {
        name = textOf();
    } else if (asked == "schema") {
        schema = textOf();
    } else if (asked == "inherit_schema") {
        const Known<bool> truth = interpreter.truthOf(value);
        inheritSchema = truth.isKnown() && truth.value();
    } else if (asked == "metadata") {
        ofMetadata = !value.isNone();
    } else if (asked == "enums") {
        auto elements = interpreter.elementsOf(value);
        if (!elements)
            return elements.error();
        labels = labelsOf(*elements);
        if (auto doubt = interpreter.doubtAbout(value))
            labels = std::move(*doubt);
    }
    return std::nullopt;
}

} // namespace sightglass
