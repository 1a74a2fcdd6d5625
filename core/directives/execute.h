// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/directives/connection.h"
#include "core/operations/operation.h"
#include "core/sql/catalog_questions.h"

#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// How a call hands SQL over.
struct ExecuteCall
{
    std::string directive;
    StringRule rule = StringRule::Text;
    bool autocommit = false; ///< through a connection of its own isolation level
    bool parameters = true;  ///< what is given second are values for bind parameters
    std::string reason;      ///< why it is not known whether this database gets it; empty: it does
};

/// As executeStatement, with everything that a connection knows.
Evaluated
executeCall(Interpreter& interpreter, const Arguments& arguments, const ExecuteCall& call);

/// Rows that are known: of a literal SELECT, or of one that the catalog answered.
Value makeResult(Interpreter& interpreter, const CatalogAnswer& answer, std::string_view select);

/// The value of what only the running database knows: "the result of SELECT … at run time".
Value runTimeResult(Interpreter& interpreter, std::string_view statement);
/// Whether an Unknown is such a value, or was made of one.
bool isRunTimeResult(std::string_view reason);

} // namespace sightglass
