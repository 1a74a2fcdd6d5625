// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/library.h"
#include "core/sqlalchemy/declarative.h"
#include "core/sqlalchemy/items_parts.h"

#include <algorithm>
#include <array>

namespace sightglass {
namespace {

struct NamedType
{
    std::string_view name;
    std::string_view type; ///< of module sqlalchemy
};

// source  SQLAlchemy 2.0 sql/sqltypes.py, _type_map
constexpr std::array namedTypes{
    NamedType{"int", "Integer"},
    NamedType{"str", "String"},
    NamedType{"bool", "Boolean"},
    NamedType{"float", "Float"},
    NamedType{"bytes", "LargeBinary"},
    NamedType{"Decimal", "Numeric"},
    NamedType{"datetime", "DateTime"},
    NamedType{"date", "Date"},
    NamedType{"time", "Time"},
    NamedType{"timedelta", "Interval"},
    NamedType{"UUID", "Uuid"},
};

constexpr int deepestAnnotation = 12;

std::string withoutSpaces(std::string_view text)
{
    std::string result;
    std::ranges::copy_if(text, std::back_inserter(result), [](char c) {
        return c != ' ' && c != '\n' && c != '\r' && c != '\t';
    });
    return result;
}

std::string withoutQuotes(std::string text)
{
    while (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
           text.back() == text.front())
        text = text.substr(1, text.size() - 2);
    return text;
}

/// Parts between `separator` outside brackets and quotes.
std::vector<std::string> split(std::string_view text, char separator)
{
    std::vector<std::string> parts(1);
    int depth = 0;
    char quote = 0;
    for (const char c : text) {
        if (quote != 0)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '[' || c == '(')
            ++depth;
        else if (c == ']' || c == ')')
            --depth;
        if (c == separator && depth == 0 && quote == 0)
            parts.emplace_back();
        else
            parts.back().push_back(c);
    }
    return parts;
}

/// "a.b.Name" and what stands in its brackets.
struct Subscripted
{
    std::string name; ///< without its module
    std::string full;
    std::string inner;
    bool brackets = false;
};

Subscripted subscripted(const std::string& text)
{
    Subscripted made;
    const std::size_t open = text.find('[');
    made.full = text.substr(0, open);
    made.name = made.full.substr(made.full.rfind('.') + 1);
    if (open != std::string::npos && text.ends_with(']')) {
        made.brackets = true;
        made.inner = text.substr(open + 1, text.size() - open - 2);
    }
    return made;
}

class AnnotationReader
{
public:
    AnnotationReader(Interpreter& interpreter, const ClassObject& owner, const Value& typeMap)
        : m_interpreter(interpreter)
        , m_owner(owner)
        , m_typeMap(typeMap)
    {}

    AnnotatedColumn read(const std::string& text)
    {
        AnnotatedColumn made;
        std::string core = unwrapped(text, made.optional, 0);
        made.type = typeOf(core, made);
        return made;
    }

    ClassObject* classOf(const std::string& text)
    {
        bool optional = false;
        return named(subscripted(unwrapped(text, optional, 0)).full).as<ClassObject>();
    }

private:
    /// Without Optional, | None and quotes.
    std::string unwrapped(std::string text, bool& optional, int depth) const
    {
        text = withoutQuotes(std::move(text));
        std::vector<std::string> parts = split(text, '|');
        const Subscripted outer = subscripted(text);
        if (parts.size() == 1 && outer.brackets && outer.name == "Union")
            parts = split(outer.inner, ',');
        if (parts.size() == 1 && outer.brackets && outer.name == "Optional") {
            optional = true;
            return depth > deepestAnnotation ? outer.inner
                                             : unwrapped(outer.inner, optional, depth + 1);
        }
        if (parts.size() == 1)
            return text;
        const std::size_t before = parts.size();
        std::erase_if(parts,
                      [](const std::string& each) { return each == "None" || each.empty(); });
        optional = optional || parts.size() < before;
        if (parts.size() != 1 || depth > deepestAnnotation)
            return text;
        return unwrapped(parts.front(), optional, depth + 1);
    }

    Value named(const std::string& dotted) const
    {
        Value value = m_interpreter.importModule(m_owner.moduleName());
        for (const std::string& part : split(dotted, '.')) {
            if (value.isUnknown())
                return value;
            const Evaluated next = m_interpreter.attribute(value, part);
            if (!next)
                return Value(Unknown{"annotated as " + dotted});
            value = *next;
        }
        return value;
    }

    std::string nameOf(const Value& value) const
    {
        if (const auto* made = value.as<ClassObject>())
            return made->name();
        if (value.asObject() == nullptr)
            return {};
        const Evaluated name = m_interpreter.attribute(value, "__name__");
        const std::string* text = name ? name->asText() : nullptr;
        return text == nullptr ? std::string() : *text;
    }

    std::optional<Known<TypeObject*>> mapped(const Value& value, std::string_view name) const
    {
        for (const auto& [key, type] : Interpreter::pairsOf(m_typeMap)) {
            const bool same =
                (value.asObject() != nullptr && key.asObject() == value.asObject()) ||
                (key.as<AnnotatedAlias>() == nullptr && !name.empty() && nameOf(key) == name);
            if (!same)
                continue;
            auto made = typeFrom(m_interpreter, type);
            if (!made)
                return Known<TypeObject*>(Unknown{"its type raises " + made.error().type});
            return *made;
        }
        return std::nullopt;
    }

    Known<TypeObject*> ofSqlalchemy(std::string_view name, const Arguments& arguments) const
    {
        const Evaluated made = callSqlalchemy(m_interpreter, name, arguments);
        if (made && made->as<TypeObject>() != nullptr)
            return made->as<TypeObject>();
        return Unknown{"the type " + std::string(name) + " is not known"};
    }

    Known<TypeObject*> ofLiteral(const std::string& inner) const
    {
        Arguments arguments;
        for (const std::string& each : split(inner, ',')) {
            if (each.size() < 2 || (each.front() != '"' && each.front() != '\''))
                return Unknown{"annotated as Literal[" + inner + "]"};
            arguments.positional.emplace_back(withoutQuotes(each));
        }
        arguments.keywords.emplace_back("native_enum", Value(false));
        return ofSqlalchemy("Enum", arguments);
    }

    Known<TypeObject*>
    ofValue(const Value& value, const std::string& text, AnnotatedColumn& column, int depth)
    {
        const std::string own = subscripted(text).name;
        const std::string real = nameOf(value);
        const std::string& name = real.empty() ? own : real;
        if (auto known = mapped(value, name))
            return *known;
        if (const auto* alias = value.as<AnnotatedAlias>();
            alias != nullptr && !alias->parts.empty() && depth < deepestAnnotation) {
            for (const Value& part : alias->parts) {
                if (auto* example = part.as<ColumnItem>())
                    column.example = example;
            }
            return ofValue(alias->parts.front(), "", column, depth + 1);
        }
        if (const auto* made = value.as<ClassObject>(); made != nullptr && made->isEnum()) {
            Arguments arguments;
            arguments.positional.push_back(value);
            return ofSqlalchemy("Enum", arguments);
        }
        const auto known = std::ranges::find(namedTypes, name, &NamedType::name);
        if (known != namedTypes.end())
            return ofSqlalchemy(known->type, Arguments{});
        return Unknown{"annotated as " + (text.empty() ? name : text)};
    }

    Known<TypeObject*> typeOf(const std::string& text, AnnotatedColumn& column)
    {
        const Subscripted parts = subscripted(text);
        if (parts.brackets && parts.name == "Literal")
            return ofLiteral(parts.inner);
        if (parts.brackets && parts.name == "Annotated")
            return Unknown{"annotated as " + text};
        static constexpr std::array<std::string_view, 6> builtins{
            "int", "str", "bool", "float", "bytes", "dict"};
        const bool builtin = std::ranges::find(builtins, parts.full) != builtins.end();
        return ofValue(builtin ? Value() : named(parts.full), text, column, 0);
    }

    Interpreter& m_interpreter;
    const ClassObject& m_owner;
    const Value& m_typeMap;
};

bool isTrue(const Arguments& arguments, std::string_view name)
{
    const Value* given = arguments.keyword(name);
    return given != nullptr && given->asBool() != nullptr && *given->asBool();
}

/// Text of a field is unbounded unless it says so.
Known<TypeObject*>
fieldType(Interpreter& interpreter, const AnnotatedColumn& meaning, const Arguments& arguments)
{
    for (std::string_view name : {"sa_type", "type_"}) {
        const Value* given = arguments.keyword(name);
        if (given == nullptr || given->isNone())
            continue;
        auto made = typeFrom(interpreter, *given);
        return made ? *made : Known<TypeObject*>(Unknown{"its type raises"});
    }
    const auto remake = [&](std::string_view name, std::vector<Value> positional) {
        Arguments given;
        given.positional = std::move(positional);
        const Evaluated made = callSqlalchemy(interpreter, name, given);
        return made && made->as<TypeObject>() != nullptr
                   ? Known<TypeObject*>(made->as<TypeObject>())
                   : meaning.type;
    };
    if (!meaning.type.isKnown())
        return meaning.type;
    const std::string name = meaning.type.value()->typeName();
    const Value* length = arguments.keyword("max_length");
    if (name == "String" && length != nullptr && !length->isNone())
        return remake("String", {*length});
    const Value* digits = arguments.keyword("max_digits");
    const Value* places = arguments.keyword("decimal_places");
    if (name == "Numeric" && digits != nullptr)
        return remake("Numeric",
                      places == nullptr ? std::vector<Value>{*digits}
                                        : std::vector<Value>{*digits, *places});
    return meaning.type;
}

Arguments columnArguments(const Arguments& field, const AnnotatedColumn& meaning)
{
    Arguments made;
    made.span = field.span;
    for (std::string_view name : {"primary_key", "index", "unique"}) {
        if (const Value* given = field.keyword(name);
            given != nullptr && (given->asBool() != nullptr || given->isUnknown()))
            made.keywords.emplace_back(std::string(name), *given);
    }
    const Value* nullable = field.keyword("nullable");
    if (nullable != nullptr && (nullable->asBool() != nullptr || nullable->isUnknown()))
        made.keywords.emplace_back("nullable", *nullable);
    else
        made.keywords.emplace_back("nullable",
                                   Value(meaning.optional && !isTrue(field, "primary_key")));
    if (const Value* more = field.keyword("sa_column_kwargs"); more != nullptr) {
        for (const auto& [key, value] : Interpreter::pairsOf(*more)) {
            if (key.asText() != nullptr)
                made.keywords.emplace_back(*key.asText(), value);
        }
        if (more->isUnknown())
            made.hidden = Unknown{more->reason()};
    }
    return made;
}

} // namespace

std::optional<AnnotatedColumn> annotatedColumn(Interpreter& interpreter,
                                               const ClassObject& owner,
                                               const ClassObject::Annotation& annotation,
                                               const Value& typeMap,
                                               bool bare)
{
    std::string text = withoutQuotes(withoutSpaces(annotation.text));
    const Subscripted outer = subscripted(text);
    if (outer.name == "ClassVar")
        return std::nullopt;
    if (!bare) {
        if (!outer.brackets || outer.name != "Mapped")
            return std::nullopt;
        text = outer.inner;
    }
    AnnotatedColumn made = AnnotationReader(interpreter, owner, typeMap).read(text);
    // Annotated[…] written in place.
    if (const auto* alias = annotation.value.as<AnnotatedAlias>();
        alias != nullptr && !made.type.isKnown() && !alias->parts.empty()) {
        const std::string first = split(subscripted(text).inner, ',').front();
        made = AnnotationReader(interpreter, owner, typeMap).read(first);
        for (const Value& part : alias->parts) {
            if (auto* example = part.as<ColumnItem>())
                made.example = example;
        }
    }
    return made;
}

ClassObject* annotatedClass(Interpreter& interpreter,
                            const ClassObject& owner,
                            const ClassObject::Annotation& annotation)
{
    const Subscripted outer = subscripted(withoutQuotes(withoutSpaces(annotation.text)));
    if (!outer.brackets || outer.name != "Mapped")
        return nullptr;
    const Value noMap;
    return AnnotationReader(interpreter, owner, noMap).classOf(outer.inner);
}

ColumnItem* fieldColumn(Interpreter& interpreter,
                        const ClassObject& owner,
                        const ClassObject::Annotation& annotation,
                        const Value* given)
{
    if (given != nullptr && given->as<OrmProperty>() != nullptr)
        return nullptr;
    static const Arguments nothing;
    const auto* field = given != nullptr ? given->as<FieldObject>() : nullptr;
    const Arguments& arguments = field != nullptr ? field->arguments : nothing;
    if (const Value* own = arguments.keyword("sa_column"); own != nullptr) {
        if (auto* column = own->as<ColumnItem>())
            return column;
    }
    const auto meaning = annotatedColumn(interpreter, owner, annotation, Value(), true);
    if (!meaning)
        return nullptr;
    Arguments passed = columnArguments(arguments, *meaning);
    if (const Value* target = arguments.keyword("foreign_key"); target && target->asText()) {
        Arguments key;
        key.positional.push_back(*target);
        if (const Value* action = arguments.keyword("ondelete"); action != nullptr)
            key.keywords.emplace_back("ondelete", *action);
        const Evaluated made = callSqlalchemy(interpreter, "ForeignKey", key);
        if (made)
            passed.positional.push_back(*made);
    }
    if (const Value* more = arguments.keyword("sa_column_args"); more != nullptr) {
        if (const auto* items = Interpreter::itemsOf(*more))
            passed.positional.insert(passed.positional.end(), items->begin(), items->end());
    }
    passed.positional.insert(passed.positional.begin(), Value(annotation.name));
    const Evaluated made = callSqlalchemy(interpreter, "Column", passed);
    auto* column = made ? made->as<ColumnItem>() : nullptr;
    if (column == nullptr)
        return nullptr;
    column->type = fieldType(interpreter, *meaning, arguments);
    column->typeGiven = true;
    column->span = annotation.span;
    if (field == nullptr && given != nullptr && given->isUnknown())
        column->unknown = Unknown{given->reason()};
    if (const Value* own = arguments.keyword("sa_column"); own != nullptr && own->isUnknown())
        column->unknown = Unknown{own->reason()};
    return column;
}

namespace {

/// Keeps what stands in Annotated[…].
class AnnotatedMaker final : public Object
{
public:
    std::string typeName() const override { return "Annotated"; }

    Evaluated subscript(Interpreter& interpreter, const Value& key) override
    {
        const std::vector<Value>* items = Interpreter::itemsOf(key);
        return Value(
            interpreter.make<AnnotatedAlias>(items != nullptr ? *items : std::vector<Value>{key}));
    }
};

class TypingModule final : public Object
{
public:
    TypingModule(Object* library, Object* annotated)
        : m_library(library)
        , m_annotated(annotated)
    {}

    std::string typeName() const override { return "module"; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (name == "Annotated")
            return Value(m_annotated);
        return m_library->attribute(interpreter, name);
    }

private:
    Object* m_library;
    Object* m_annotated;
};

} // namespace

Object* makeTypingModule(Interpreter& interpreter, std::string_view)
{
    Object* library = makeLibraryModule(interpreter.evaluator(), "typing");
    if (library == nullptr)
        return nullptr;
    return interpreter.make<TypingModule>(library, interpreter.make<AnnotatedMaker>());
}

} // namespace sightglass
