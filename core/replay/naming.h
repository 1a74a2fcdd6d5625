// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/replay/catalog.h"
#include "core/sql/parse_tree.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass::replaying {

/// `first_second_label` in at most 63 bytes: of the first two the longer one is shortened first.
std::string objectName(std::string_view first, std::string_view second, std::string_view label);

/// A free name for a relation: `label` gets a number while the name is taken. An index of a
/// constraint must be free among the constraints, too.
std::string freeRelationName(const Catalog& catalog,
                             const std::string& schema,
                             std::string_view first,
                             std::string_view second,
                             std::string_view label,
                             bool constraint);

/// A free name for a constraint without an index. `others`: taken by the same statement.
std::string freeConstraintName(const Catalog& catalog,
                               const std::string& schema,
                               std::string_view first,
                               std::string_view second,
                               std::string_view label,
                               const std::set<std::string>& others = {});

/// The middle part of a name from names of columns: a_b_c.
std::string namesTogether(const std::vector<std::string>& columns);

/// The name that PostgreSQL gives a key of an index that is an expression: "lower", of a cast that
/// of what is cast, else "expr".
std::string nameOfExpression(std::string_view expression);
/// The name that a query gives to an output column without AS: that of the column or function,
/// else "?column?".
std::string nameOfOutput(const ParseNode& value);

} // namespace sightglass::replaying
