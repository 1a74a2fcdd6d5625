// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/evaluator.h"

#include <string>
#include <string_view>

namespace sightglass {

/// format(value, spec) after !r, !s or !a (`conversion`, 0: none).
Evaluated
formatValue(Evaluator& evaluator, const Value& value, char conversion, std::string_view spec);

/// "{}".format(…)
Evaluated formatText(Evaluator& evaluator, const std::string& pattern, const Arguments& arguments);

/// "%s" % value
Evaluated percentText(Evaluator& evaluator, const std::string& pattern, const Value& value);

/// repr(float)
std::string shownFloat(double number);
/// repr(text): in quotes, with escapes.
std::string shownText(std::string_view text);

/// Characters of UTF-8 text.
std::size_t countOfCharacters(std::string_view text);
/// Byte position of a character; the end when there are fewer.
std::size_t characterAt(std::string_view text, std::size_t index);

} // namespace sightglass
