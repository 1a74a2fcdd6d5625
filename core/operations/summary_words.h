// SPDX-License-Identifier: GPL-3.0-or-later
// Words that summaries of changes are made of.
#pragma once

#include "core/operations/definitions.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass::words {

/// On one line, and not longer than what fits into one.
std::string brief(std::string_view text);
std::string expressionWord(const SqlText& text);
/// A type in lower case, as people write it; quoted names stay.
std::string typeWord(const SqlText& type);
std::string name(const QualifiedName& object);
std::string name(const std::string& text);
std::string joined(const std::vector<std::string>& words);
/// "1 column", "4 columns".
std::string count(std::size_t number, std::string_view noun);
/// ", if it exists", ", with everything that depends on it".
std::string ending(bool ifExists, bool cascade);
std::string unlessThere(bool ifNotExists);
/// "index ix", and the noun alone where there is no name.
std::string withName(std::string_view noun, const std::string& text);
std::string columnWords(const ColumnDefinition& column);
std::string constraintWords(const ConstraintDefinition& constraint);
std::string elementWords(const std::vector<IndexElement>& elements);

} // namespace sightglass::words
