// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/source_span.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace sightglass::json {

using Value = nlohmann::ordered_json;

/// The head that every document begins with.
Value document(std::string_view command);
/// Text of a document, ending in a newline; invalid UTF-8 is replaced.
std::string text(const Value& value);

/// Sets `key` only where there is something to say.
void setText(Value& object, const char* key, const std::string& value);
/// file, line, column, end_line, end_column as far as they are known.
void setSpan(Value& object, const SourceSpan& span);

} // namespace sightglass::json
