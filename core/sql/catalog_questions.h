// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/known.h"
#include "core/schema/schema.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

struct CatalogAnswer
{
    std::vector<std::string> columns;
    std::vector<std::vector<std::optional<std::string>>> rows; ///< absent: NULL
};

/// Whether a table surely holds no row.
using IsEmptyTable = std::function<bool(const Table&)>;

/// What a SELECT from information_schema or pg_catalog (pg_class, pg_type, pg_enum, pg_indexes,
/// pg_tables, pg_constraint, to_regclass …) would yield of `schema`; EXISTS and count(*) included.
/// Tables of the schema take part as far as `isEmpty` says so.
///
/// shape  Unknown with a reason for any other SELECT, or one that asks what a Schema does not hold
Known<CatalogAnswer> answerFromSchema(std::string_view select,
                                      const Schema& schema,
                                      const std::vector<std::string>& searchPath,
                                      const IsEmptyTable& isEmpty = {});

/// Whether a condition ("NOT EXISTS (SELECT … FROM pg_type …)") depends on catalogs and constants
/// only, so that answerFromSchema may know it.
bool asksCatalogOnly(std::string_view condition);

} // namespace sightglass
