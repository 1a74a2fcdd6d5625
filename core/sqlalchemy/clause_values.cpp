// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/clause_values.h"

#include "core/evaluation/objects.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace sightglass {

namespace {

constexpr int deepest = 60;

/// A float as Python's repr has it: the shortest text that reads back as the same number.
std::string floatText(double number)
{
    std::array<char, 40> buffer{};
    for (int digits = 1; digits <= 17; ++digits) {
        std::snprintf(buffer.data(), buffer.size(), "%.*g", digits, number);
        if (std::strtod(buffer.data(), nullptr) == number)
            break;
    }
    std::string text = buffer.data();
    const double size = std::fabs(number);
    if (text.find('e') != std::string::npos && size >= 1e-4 && size < 1e16) {
        std::snprintf(buffer.data(), buffer.size(), "%.0f", number);
        text = buffer.data();
    }
    if (text.find_first_of(".en") == std::string::npos)
        text += ".0";
    return text;
}

std::string hexText(const std::string& bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "'\\x";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text + "'";
}

Known<std::string> joinedItems(Interpreter& interpreter,
                               const std::vector<Value>& items,
                               const Typing& type,
                               int depth);

Known<std::string> documentText(Interpreter& interpreter, const Value& value)
{
    const Known<std::string> text = jsonText(interpreter, value);
    return text.isKnown() ? Known<std::string>(sqlLiteral(text.value())) : text;
}

Known<std::string> objectText(Interpreter& interpreter, const Value& value, const Typing& type)
{
    if (auto* member = value.as<EnumMemberObject>()) {
        // A member of str-like enums is sent as its value, one of a typed column as its name.
        if (type.type != nullptr)
            return sqlLiteral(member->name());
        return literalText(interpreter, member->value(), {});
    }
    constexpr auto quoted = std::to_array<std::string_view>(
        {"datetime", "date", "time", "timedelta", "UUID", "IPv4Address", "IPv6Address"});
    const std::string name = value.asObject()->typeName();
    for (const std::string_view each : quoted) {
        if (name != each)
            continue;
        const Known<std::string> text = interpreter.textOf(value);
        return text.isKnown() ? Known<std::string>(sqlLiteral(text.value())) : text;
    }
    if (name == "Decimal")
        return interpreter.textOf(value);
    return Unknown{"a value of " + name + " has no form in SQL that is known"};
}

Known<std::string>
listText(Interpreter& interpreter, const Value& value, const Typing& type, int depth)
{
    const auto* items = Interpreter::itemsOf(value);
    if (items == nullptr || value.as<Object>()->typeName() == "dict")
        return documentText(interpreter, value);
    if (type.family == Family::Json || type.family == Family::Jsonb)
        return documentText(interpreter, value);
    if (type.family != Family::Array)
        return Unknown{"the type of a list is not known"};
    return joinedItems(interpreter, *items, type, depth);
}

Known<std::string>
anyText(Interpreter& interpreter, const Value& value, const Typing& type, int depth)
{
    if (depth > deepest)
        return Unknown{"the value is nested too deeply"};
    if (value.isUnknown())
        return Unknown{value.reason()};
    if (value.isNone())
        return std::string("NULL");
    if (const auto* truth = value.asBool())
        return std::string(*truth ? "true" : "false");
    if (const auto* number = value.asInteger())
        return std::to_string(*number);
    if (const auto* number = value.asFloat())
        return floatText(*number);
    if (const auto* text = value.asText())
        return text->find('\0') == std::string::npos
                   ? Known<std::string>(sqlLiteral(*text))
                   : Known<std::string>(Unknown{"the text holds a NUL character"});
    if (const auto* bytes = value.asBytes())
        return hexText(bytes->bytes);
    const std::string name = value.asObject()->typeName();
    if (Interpreter::itemsOf(value) != nullptr || name == "dict" || name == "list")
        return listText(interpreter, value, type, depth);
    return objectText(interpreter, value, type);
}

Known<std::string> joinedItems(Interpreter& interpreter,
                               const std::vector<Value>& items,
                               const Typing& type,
                               int depth)
{
    std::string text;
    for (const Value& item : items) {
        const Known<std::string> each = anyText(interpreter, item, type, depth + 1);
        if (!each.isKnown())
            return each;
        text += (text.empty() ? "" : ", ") + each.value();
    }
    return "ARRAY[" + text + "]";
}

std::string jsonString(std::string_view text)
{
    std::string quoted = "\"";
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        std::uint32_t code = byte;
        std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        if (i + length > text.size())
            length = text.size() - i;
        if (length > 1) {
            code = byte & (0xFFU >> (length + 1));
            for (std::size_t k = 1; k < length; ++k)
                code = (code << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        }
        i += length;
        std::array<char, 16> buffer{};
        const auto escape = [&](std::uint32_t unit) {
            std::snprintf(buffer.data(), buffer.size(), "\\u%04x", unit);
            quoted += buffer.data();
        };
        if (code == '"' || code == '\\')
            quoted += {'\\', static_cast<char>(code)};
        else if (code == '\n')
            quoted += "\\n";
        else if (code == '\t')
            quoted += "\\t";
        else if (code == '\r')
            quoted += "\\r";
        else if (code >= 0x20 && code < 0x7F)
            quoted += static_cast<char>(code);
        else if (code < 0x10000)
            escape(code);
        else {
            escape(0xD800U + ((code - 0x10000U) >> 10U));
            escape(0xDC00U + ((code - 0x10000U) & 0x3FFU));
        }
    }
    return quoted + '"';
}

Known<std::string> jsonItems(Interpreter& interpreter, const std::vector<Value>& items, int depth)
{
    std::string text = "[";
    for (const Value& item : items) {
        const Known<std::string> each = jsonText(interpreter, item, depth + 1);
        if (!each.isKnown())
            return each;
        text += (text.size() > 1 ? ", " : "") + each.value();
    }
    return text + "]";
}

Known<std::string> jsonPairs(Interpreter& interpreter, const Value& dictionary, int depth)
{
    std::string text = "{";
    for (const auto& [key, item] : Interpreter::pairsOf(dictionary)) {
        const Known<std::string> each = jsonText(interpreter, item, depth + 1);
        Known<std::string> name = key.asText() != nullptr
                                      ? Known<std::string>(jsonString(*key.asText()))
                                      : jsonText(interpreter, key, depth + 1);
        if (!each.isKnown() || !name.isKnown())
            return each.isKnown() ? name : each;
        if (key.asText() == nullptr)
            name = "\"" + name.value() + "\"";
        text += (text.size() > 1 ? ", " : "") + name.value() + ": " + each.value();
    }
    return text + "}";
}

} // namespace

Known<std::string> jsonText(Interpreter& interpreter, const Value& value, int depth)
{
    if (depth > deepest)
        return Unknown{"the value is nested too deeply"};
    if (value.isUnknown())
        return Unknown{value.reason()};
    if (value.isNone())
        return std::string("null");
    if (value.asBool() != nullptr || value.asInteger() != nullptr || value.asFloat() != nullptr)
        return anyText(interpreter, value, {}, depth);
    if (const auto* text = value.asText())
        return jsonString(*text);
    if (value.asObject() != nullptr) {
        if (value.asObject()->typeName() == "dict")
            return jsonPairs(interpreter, value, depth);
        if (const auto* items = Interpreter::itemsOf(value))
            return jsonItems(interpreter, *items, depth);
    }
    return Unknown{"a value can't be written as JSON"};
}

SqlText literalText(Interpreter& interpreter, const Value& value, const Typing& type)
{
    if (type.type != nullptr && value.asObject() != nullptr) {
        if (const std::optional<SqlText> own = type.type->literal(interpreter, value))
            return *own;
    }
    const bool document = type.family == Family::Json || type.family == Family::Jsonb;
    if (document && value.asObject() != nullptr && value.as<Clause>() == nullptr)
        return documentText(interpreter, value);
    return anyText(interpreter, value, type, 0);
}

SqlText typedText(Interpreter& interpreter, const Value& value, const Typing& type)
{
    const auto* text = value.asText();
    if (text == nullptr || type.family != Family::Integer)
        return literalText(interpreter, value, type);
    const std::size_t sign = text->starts_with('-') ? 1 : 0;
    const bool number = text->size() > sign && text->size() < 20 &&
                        text->find_first_not_of("0123456789", sign) == std::string::npos;
    return number ? SqlText(*text) : SqlText(Unknown{"a text that is no number stands for one"});
}

} // namespace sightglass
