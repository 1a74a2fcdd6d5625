// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/value.h"
#include "core/operations/refusal.h"

#include <string_view>
#include <vector>

namespace sightglass {

/// What SQLAlchemy raises over psycopg2 when PostgreSQL answers with `refusal`:
/// sqlalchemy.exc.ProgrammingError: (psycopg2.errors.UndefinedTable) relation "x" does not exist.
Raised serverException(const Refusal& refusal, const SourceSpan& span);

/// An exception class of sqlalchemy.exc, sqlalchemy.orm.exc or alembic.util.
struct ExceptionClass
{
    std::string_view name;
    std::string_view base; ///< its nearest; further ones are found in the table or are Python's
};

/// Every class, bases before what is derived from them.
const std::vector<ExceptionClass>& exceptionClasses();
/// All bases of a class of the table, nearest first, up to BaseException.
std::vector<std::string> basesOfException(std::string_view name);

} // namespace sightglass
