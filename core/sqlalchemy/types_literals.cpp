// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/types_literals.h"

#include "core/evaluation/interpreter.h"
#include "core/render/sql_names.h"
#include "core/sqlalchemy/clause.h"

#include <algorithm>
#include <cstdio>
#include <string_view>
#include <utility>

namespace sightglass {

namespace {

constexpr int deepestValue = 50;

void appendUnicodeEscape(std::string& text, unsigned unit)
{
    char buffer[8];
    std::snprintf(buffer, sizeof buffer, "\\u%04x", unit);
    text += buffer;
}

/// The code point at `index`, which moves past it; nothing where the bytes are not UTF-8.
std::optional<unsigned> codePoint(std::string_view text, std::size_t& index)
{
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned lead = byte(index);
    const std::size_t more = lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    if ((more > 0 && lead < 0xC0) || index + more >= text.size())
        return std::nullopt;
    unsigned code = more == 0 ? lead : lead & (0x3Fu >> more);
    for (std::size_t each = 1; each <= more; ++each)
        code = (code << 6) | (byte(index + each) & 0x3Fu);
    index += more + 1;
    return code;
}

/// As json.dumps writes text: ASCII only.
Known<std::string> jsonText(std::string_view text)
{
    std::string made = "\"";
    for (std::size_t index = 0; index < text.size();) {
        const std::optional<unsigned> code = codePoint(text, index);
        if (!code)
            return Unknown{"text is not UTF-8"};
        switch (*code) {
        case '"':
            made += "\\\"";
            break;
        case '\\':
            made += "\\\\";
            break;
        case '\n':
            made += "\\n";
            break;
        case '\r':
            made += "\\r";
            break;
        case '\t':
            made += "\\t";
            break;
        case '\b':
            made += "\\b";
            break;
        case '\f':
            made += "\\f";
            break;
        default:
            if (*code >= 0x20 && *code < 0x7F) {
                made += static_cast<char>(*code);
            } else if (*code < 0x10000) {
                appendUnicodeEscape(made, *code);
            } else {
                appendUnicodeEscape(made, 0xD800 + ((*code - 0x10000) >> 10));
                appendUnicodeEscape(made, 0xDC00 + ((*code - 0x10000) & 0x3FF));
            }
        }
    }
    return made + "\"";
}

Known<std::string> jsonOf(Interpreter& interpreter, const Value& value, int depth);

Known<std::string> jsonList(Interpreter& interpreter, const std::vector<Value>& items, int depth)
{
    std::string made;
    for (const Value& item : items) {
        const Known<std::string> text = jsonOf(interpreter, item, depth + 1);
        if (!text.isKnown())
            return text;
        made += (made.empty() ? "" : ", ") + text.value();
    }
    return "[" + made + "]";
}

Known<std::string>
jsonObject(Interpreter& interpreter, const std::vector<std::pair<Value, Value>>& pairs, int depth)
{
    std::string made;
    for (const auto& [key, value] : pairs) {
        const Known<std::string> name = interpreter.textOf(key);
        if (!name.isKnown())
            return name;
        const Known<std::string> quoted = jsonText(name.value());
        const Known<std::string> text = jsonOf(interpreter, value, depth + 1);
        if (!quoted.isKnown())
            return quoted;
        if (!text.isKnown())
            return text;
        made += (made.empty() ? "" : ", ") + quoted.value() + ": " + text.value();
    }
    return "{" + made + "}";
}

Known<std::string> jsonOf(Interpreter& interpreter, const Value& value, int depth)
{
    if (depth > deepestValue)
        return Unknown{"a value is nested too deep"};
    if (value.isUnknown())
        return Unknown{value.reason()};
    if (value.isNone())
        return std::string("null");
    if (const bool* truth = value.asBool())
        return std::string(*truth ? "true" : "false");
    if (const std::string* text = value.asText())
        return jsonText(*text);
    if (value.asInteger() != nullptr || value.asFloat() != nullptr)
        return interpreter.textOf(value);
    if (auto doubt = interpreter.doubtAbout(value))
        return std::move(*doubt);
    const Object* object = value.asObject();
    if (object != nullptr && object->typeName() == "dict")
        return jsonObject(interpreter, Interpreter::pairsOf(value), depth);
    const std::vector<Value>* items = Interpreter::itemsOf(value);
    if (items == nullptr || (object->typeName() != "list" && object->typeName() != "tuple"))
        return Unknown{"a value that JSON does not have"};
    return jsonList(interpreter, *items, depth);
}

bool isOneOf(const std::vector<std::string>& names, std::string_view wanted)
{
    return std::ranges::find(names, wanted) != names.end();
}

std::optional<SqlText> quotedText(Interpreter& interpreter, const Value& value)
{
    const Known<std::string> text = interpreter.textOf(value);
    if (!text.isKnown())
        return SqlText(Unknown{text.reason()});
    return SqlText(sqlLiteral(text.value()));
}

} // namespace

std::optional<SqlText>
literalOf(Interpreter& interpreter, const std::vector<std::string>& classNames, const Value& value)
{
    if (value.isUnknown())
        return SqlText(Unknown{value.reason()});
    if (value.isNone() || value.as<Clause>() != nullptr)
        return std::nullopt;
    if (isOneOf(classNames, "JSON")) {
        const Known<std::string> json = jsonOf(interpreter, value, 0);
        if (!json.isKnown())
            return SqlText(Unknown{json.reason()});
        return SqlText(sqlLiteral(json.value()));
    }
    for (const std::string_view quoted : {"DateTime", "Date", "Time", "Uuid", "UUID"}) {
        if (isOneOf(classNames, quoted))
            return quotedText(interpreter, value);
    }
    if (isOneOf(classNames, "Boolean") && value.asInteger() != nullptr)
        return SqlText(*value.asInteger() != 0 ? "true" : "false");
    return std::nullopt;
}

std::optional<SqlText>
arrayLiteral(Interpreter& interpreter, const TypeObject& item, const Value& value)
{
    const std::vector<Value>* items = Interpreter::itemsOf(value);
    if (items == nullptr)
        return std::nullopt;
    if (auto doubt = interpreter.doubtAbout(value))
        return SqlText(std::move(*doubt));
    std::string made;
    for (const Value& each : *items) {
        std::optional<SqlText> text = item.literal(interpreter, each);
        if (!text)
            text = sqlOf(interpreter, each);
        if (!text->isKnown())
            return text;
        made += (made.empty() ? "" : ", ") + text->value();
    }
    return SqlText("ARRAY[" + made + "]");
}

} // namespace sightglass
