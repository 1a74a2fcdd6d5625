// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/naming.h"

#include "core/base/md5.h"
#include "core/evaluation/objects.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace sightglass {
namespace {

constexpr std::size_t nameLimit = 63;

/// Python counts characters, not bytes.
std::size_t charactersOf(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

std::string firstCharacters(std::string_view text, std::size_t count)
{
    std::size_t end = 0;
    for (std::size_t seen = 0; end < text.size(); ++end) {
        const bool starts = (static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U;
        if (starts && seen++ == count)
            break;
    }
    return std::string(text.substr(0, end));
}

std::string replaced(std::string text, char from, char to)
{
    std::replace(text.begin(), text.end(), from, to);
    return text;
}

/// What a template may ask for.
struct NameParts
{
    const GivenName& given;
    std::string_view kind;
    const QualifiedName& table;
    const std::vector<std::string>& columns;
    const QualifiedName& target;
    const std::vector<std::string>& targetColumns;
};

std::string columnPart(const NameParts& parts, std::size_t index, std::string_view what)
{
    if (index >= parts.columns.size())
        return {};
    const std::string& column = parts.columns[index];
    if (what != "label")
        return column;
    const std::string prefix =
        parts.table.schema.empty() ? std::string() : replaced(parts.table.schema, '.', '_') + "_";
    return prefix + parts.table.name + "_" + column;
}

/// "column_0_name", "column_0N_label", "referred_column_0_N_name" taken apart.
struct ColumnToken
{
    bool referred = false;
    std::size_t index = 0;
    bool all = false;
    std::string_view separator;
    std::string_view what; ///< "name", "label", "key"
};

std::optional<ColumnToken> columnToken(std::string_view token)
{
    ColumnToken found;
    if (token.starts_with("referred_")) {
        found.referred = true;
        token.remove_prefix(9);
    }
    if (!token.starts_with("column_"))
        return std::nullopt;
    token.remove_prefix(7);
    std::size_t digits = 0;
    while (digits < token.size() && digits < 6 && token[digits] >= '0' && token[digits] <= '9')
        found.index = found.index * 10 + static_cast<std::size_t>(token[digits++] - '0');
    if (digits == 0)
        return std::nullopt;
    token.remove_prefix(digits);
    if (token.starts_with("_N_") || token.starts_with("N_")) {
        found.all = true;
        found.separator = token.starts_with("_N_") ? "_" : "";
        token.remove_prefix(token.find('N'));
        token.remove_prefix(1);
    }
    if (!token.starts_with('_'))
        return std::nullopt;
    found.what = token.substr(1);
    if (found.what != "name" && found.what != "label" && found.what != "key")
        return std::nullopt;
    if (found.referred && found.what != "name")
        return std::nullopt;
    return found;
}

std::string columnText(const NameParts& parts, const ColumnToken& token)
{
    const NameParts referred{parts.given,
                             parts.kind,
                             parts.target,
                             parts.targetColumns,
                             parts.target,
                             parts.targetColumns};
    const NameParts& side = token.referred ? referred : parts;
    if (!token.all)
        return columnPart(side, token.index, token.what);
    std::string text;
    for (std::size_t index = 0; index < side.columns.size(); ++index) {
        text += index == 0 ? std::string_view() : token.separator;
        text += columnPart(side, index, token.what);
    }
    return text;
}

Outcome<Known<std::string>, Raised> tokenText(const NameParts& parts, std::string_view token)
{
    if (token == "table_name")
        return Known<std::string>(parts.table.name);
    if (token == "referred_table_name")
        return Known<std::string>(parts.target.name);
    if (token == "constraint_name") {
        if (parts.given.kind == GivenName::Kind::None)
            return sqlalchemyError("InvalidRequestError",
                                   "Naming convention including %(constraint_name)s token requires "
                                   "that constraint is explicitly named.");
        return Known<std::string>(parts.given.text);
    }
    if (const auto column = columnToken(token))
        return Known<std::string>(columnText(parts, *column));
    return Known<std::string>(Unknown{"the naming convention's token " + std::string(token) +
                                      " is computed by the application"});
}

Outcome<Known<std::string>, Raised> expanded(std::string_view text, const NameParts& parts)
{
    std::string name;
    while (!text.empty()) {
        const std::size_t percent = text.find('%');
        name += text.substr(0, percent);
        if (percent == std::string_view::npos)
            break;
        text.remove_prefix(percent + 1);
        if (text.starts_with('%')) {
            name += '%';
            text.remove_prefix(1);
            continue;
        }
        const std::size_t close = text.find(")s");
        if (!text.starts_with('(') || close == std::string_view::npos)
            return Known<std::string>(
                Unknown{"the naming convention is no template that can be read"});
        const auto part = tokenText(parts, text.substr(1, close - 1));
        if (!part || !part->isKnown())
            return part;
        name += part->value();
        text.remove_prefix(close + 2);
    }
    return Known<std::string>(shortenedName(std::move(name)));
}

struct KindOfClass
{
    std::string_view className;
    std::string_view kind;
};

constexpr std::array<KindOfClass, 5> kindsOfClasses = {{{"Index", "ix"},
                                                        {"UniqueConstraint", "uq"},
                                                        {"CheckConstraint", "ck"},
                                                        {"ForeignKeyConstraint", "fk"},
                                                        {"PrimaryKeyConstraint", "pk"}}};

/// The kind that a key of the dictionary means, or the key itself: a token of the application's.
std::string keyText(const Value& key)
{
    if (const std::string* text = key.asText())
        return *text;
    if (const auto* type = key.as<NativeClass>()) {
        for (const auto& [className, kind] : kindsOfClasses) {
            if (type->name() == className)
                return std::string(kind);
        }
    }
    return {};
}

NamingConvention unknownConvention(const std::string& reason)
{
    NamingConvention convention;
    for (const auto& [className, kind] : kindsOfClasses)
        convention.insert_or_assign(std::string(kind), Unknown{reason});
    return convention;
}

} // namespace

std::vector<std::string> FinalName::classNames() const
{
    return {"conv", "quoted_name", "str"};
}

Evaluated FinalName::attribute(Interpreter& interpreter, std::string_view name)
{
    return interpreter.attribute(Value(m_name), name);
}

std::optional<Evaluated>
FinalName::binary(Interpreter& interpreter, std::string_view op, const Value& other, bool reflected)
{
    const auto text = givenText(&other);
    if (!text || !text->isKnown())
        return std::nullopt;
    const std::string& right = text->value();
    if (op == "+")
        return Value(reflected ? right + m_name : m_name + right);
    if (op == "==")
        return Value(m_name == right);
    if (op == "!=")
        return Value(m_name != right);
    if (op == "in")
        return Value(reflected ? m_name.find(right) != std::string::npos
                               : right.find(m_name) != std::string::npos);
    static_cast<void>(interpreter);
    return std::nullopt;
}

tl::unexpected<Raised> sqlalchemyError(std::string type, std::string message)
{
    return raising(std::move(type),
                   std::move(message),
                   {"SQLAlchemyError", "HasDescriptionCode", "Exception", "BaseException"});
}

tl::unexpected<Raised> commandError(std::string message)
{
    return raising("CommandError", std::move(message), {"Exception", "BaseException"});
}

std::optional<Known<std::string>> givenText(const Value* value)
{
    if (value == nullptr || value->isNone())
        return std::nullopt;
    if (const std::string* text = value->asText())
        return Known<std::string>(*text);
    if (const auto* name = value->as<FinalName>())
        return Known<std::string>(name->name());
    if (const auto* member = value->as<EnumMemberObject>()) {
        if (const std::string* text = member->value().asText())
            return Known<std::string>(*text);
    }
    if (value->isUnknown())
        return Known<std::string>(Unknown{value->reason()});
    return Known<std::string>(Unknown{"is not given as text"});
}

GivenName givenName(const Value* value)
{
    const auto text = givenText(value);
    if (!text)
        return {};
    if (!text->isKnown())
        return {.kind = GivenName::Kind::Unknown, .text = text->reason()};
    const bool final = value->as<FinalName>() != nullptr;
    return {.kind = final ? GivenName::Kind::Final : GivenName::Kind::Plain, .text = text->value()};
}

NamingConvention conventionFrom(Interpreter& interpreter, const Value& value)
{
    static_cast<void>(interpreter);
    if (value.isNone())
        return defaultNamingConvention();
    if (value.isUnknown())
        return unknownConvention(value.reason());
    const auto pairs = Interpreter::pairsOf(value);
    if (pairs.empty() && value.asObject() == nullptr)
        return unknownConvention("the naming convention is not a dictionary");
    NamingConvention convention;
    for (const auto& [key, text] : pairs) {
        const std::string kind = keyText(key);
        if (const std::string* known = text.asText())
            convention.insert_or_assign(kind, *known);
        else if (text.isUnknown())
            convention.insert_or_assign(kind, Unknown{text.reason()});
        else if (!text.isNone())
            convention.insert_or_assign(kind, Unknown{"the naming convention calls a function"});
    }
    // An empty dictionary is falsy: MetaData then takes its own default.
    return pairs.empty() ? defaultNamingConvention() : convention;
}

NamingConvention defaultNamingConvention()
{
    return {{"ix", Known<std::string>(std::string("ix_%(column_0_label)s"))}};
}

std::string shortenedName(std::string name)
{
    if (charactersOf(name) <= nameLimit)
        return name;
    return firstCharacters(name, nameLimit - 8) + "_" + md5Hex(name).substr(28);
}

Outcome<Known<std::string>, Raised> finalName(const GivenName& name,
                                              std::string_view kind,
                                              const QualifiedName& table,
                                              const std::vector<std::string>& columns,
                                              const QualifiedName& target,
                                              const std::vector<std::string>& targetColumns,
                                              const NamingConvention& convention)
{
    if (name.kind == GivenName::Kind::Unknown)
        return Known<std::string>(Unknown{name.text});
    if (name.kind == GivenName::Kind::Final)
        return Known<std::string>(shortenedName(name.text));
    const auto found = convention.find(kind);
    if (found != convention.end()) {
        if (!found->second.isKnown())
            return Known<std::string>(Unknown{found->second.reason()});
        const std::string& text = found->second.value();
        if (name.kind == GivenName::Kind::None || text.find("constraint_name") != std::string::npos)
            return expanded(text, {name, kind, table, columns, target, targetColumns});
    }
    if (charactersOf(name.text) > nameLimit)
        return sqlalchemyError("IdentifierError",
                               "Identifier '" + name.text +
                                   "' exceeds maximum length of 63 characters");
    return Known<std::string>(name.text);
}

} // namespace sightglass
