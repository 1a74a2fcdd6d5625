// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/parse_tree.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// What is known of the variables of a plpgsql block at one place of it.
class PlpgsqlVariables
{
public:
    void declare(const std::string& name) { m_names.insert(name); }

    bool isDeclared(const std::string& name) const { return m_names.contains(name); }

    void forget(const std::string& name) { m_values.erase(name); }

    /// Forgets values that are queries.
    void forgetQueries();

    /// `sql` is an expression that has the variable's value: a literal, or a query in parentheses.
    void bind(const std::string& name, std::string sql) { m_values[name] = std::move(sql); }

    /// Empty where nothing is known.
    std::string sqlOf(const std::string& name) const;

    /// `expression` with known variables replaced by their values; absent when it names one that is
    /// not known.
    std::optional<std::string> substituted(std::string_view expression) const;

    friend bool operator==(const PlpgsqlVariables&, const PlpgsqlVariables&) = default;
    /// Keeps only what both know alike.
    void meet(const PlpgsqlVariables& other);

private:
    std::set<std::string> m_names;
    std::map<std::string, std::string> m_values;
};

/// The text an expression yields: constants, ||, format(), quote_ident() and their kin.
struct BuiltText
{
    std::string text;  ///< with a placeholder for each part that is not known
    bool known = true; ///< no placeholder is in it
    bool null = false;
};

/// Stands in BuiltText for what is not known; a plain identifier, so that the rest can be parsed.
inline constexpr std::string_view unknownPart = "sightglass_unknown_part";

BuiltText builtText(std::string_view expression, const PlpgsqlVariables& variables);

/// Elements of an ARRAY[…] of constants or of a '{…}' literal of plain words; absent when it is
/// none.
std::optional<std::vector<std::string>> constantElements(std::string_view expression,
                                                         const PlpgsqlVariables& variables);

/// 'text' with its quotes doubled.
std::string plpgsqlLiteral(std::string_view text);

} // namespace sightglass
