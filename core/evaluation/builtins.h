// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/evaluator.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// What a name means that no file binds: len, str, ValueError; nothing when Python has none.
std::optional<Value> makeBuiltin(Evaluator& evaluator, std::string_view name);

/// A function that is a builtin.
struct BuiltinFunction
{
    std::string_view name;
    Evaluated (*run)(Evaluator&, const Arguments&);
};

/// zip, sorted, map and the like.
std::span<const BuiltinFunction> iterationFunctions();

/// type(value)
Value typeValue(Evaluator& evaluator, const Value& value);

/// Base classes of one of Python's exceptions, nearest first; {"Exception", …} for others.
std::vector<std::string> exceptionBases(std::string_view type);
bool isBuiltinException(std::string_view name);
/// The class object of an exception.
Value makeExceptionClass(Evaluator& evaluator, std::string name, std::vector<std::string> bases);

std::optional<Value> makeBuiltinFunction(Evaluator& evaluator, std::string_view name);
std::optional<Value> makeBuiltinType(Evaluator& evaluator, std::string_view name);

} // namespace sightglass
