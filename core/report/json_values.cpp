// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/json_values.h"

namespace sightglass::json {

Value document(std::string_view command)
{
    Value value = Value::object();
    value["format"] = "sightglass/1";
    value["command"] = command;
    return value;
}

std::string text(const Value& value)
{
    return value.dump(2, ' ', false, Value::error_handler_t::replace) + "\n";
}

void setText(Value& object, const char* key, const std::string& value)
{
    if (!value.empty())
        object[key] = value;
}

void setSpan(Value& object, const SourceSpan& span)
{
    if (span.file.empty())
        return;
    object["file"] = span.file;
    const auto number = [&](const char* key, int value) {
        if (value > 0)
            object[key] = value;
    };
    number("line", span.line);
    number("column", span.column);
    number("end_line", span.endLine);
    number("end_column", span.endColumn);
}

} // namespace sightglass::json
