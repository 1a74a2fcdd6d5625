// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/relation.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass::replaying {

/// PostgreSQL keeps 63 bytes of a name and never half a character.
inline constexpr std::size_t longestName = 63;
std::string clipped(std::string_view name, std::size_t bytes = longestName);

bool isSystemNamespace(std::string_view name); ///< pg_catalog, information_schema, pg_toast

/// The type without array brackets and modifiers: "character varying" of "character varying(9)[]".
std::string baseTypeOf(std::string_view type);
/// Whether the type has a modifier: "(9)".
bool hasModifier(std::string_view type);
/// `type` with `to` in the place of its base type when that is `from`.
std::string withBaseType(std::string_view type, std::string_view from, std::string_view to);

/// "app.t" or "\"A b\".t" as a name.
QualifiedName nameFromSql(std::string_view text);
/// `name`, or with each namespace of `path` when it has none.
std::vector<QualifiedName> candidates(const QualifiedName& name,
                                      const std::vector<std::string>& path);
/// Sequences of nextval('…'::regclass) in a canonical expression.
std::vector<QualifiedName> sequencesNamedIn(std::string_view expression);
/// `'text'` with quotes doubled.
std::string quotedLiteral(std::string_view text);
std::string replacedAll(std::string text, std::string_view from, std::string_view to);
/// `expression` with the whole name `from` replaced; literals and longer names are left alone.
std::string
withWordReplaced(std::string_view expression, std::string_view from, std::string_view to);

/// The function of `… EXECUTE FUNCTION f()`; empty name: not found.
QualifiedName functionOfTrigger(std::string_view definition);

/// The names of a search_path setting; `$user` and empty names are left out.
std::vector<std::string> searchPathOf(std::string_view setting);

std::string joined(const std::vector<std::string>& parts, std::string_view separator);

} // namespace sightglass::replaying
