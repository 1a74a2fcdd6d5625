// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace sightglass {

/// Whether `words`, in lower case, stand one behind the other anywhere in SQL text.
bool hasSqlWords(std::string_view sql, std::initializer_list<std::string_view> words);

/// The name behind `words`, an IF EXISTS left out, without quotes; empty: there is none.
std::string nameBehindWords(std::string_view sql, std::initializer_list<std::string_view> words);

/// Whether `function` is called anywhere in SQL text; inside of dollar quotes nothing is looked at.
bool callsFunction(std::string_view sql, std::string_view function);

} // namespace sightglass
