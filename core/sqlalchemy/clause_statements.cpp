// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/clause_statements.h"

namespace sightglass {

const std::vector<ConstructorRow>& statementConstructors()
{
    static const std::vector<ConstructorRow> rows;
    return rows;
}

const std::vector<ConstructorRow>& dialectConstructors()
{
    static const std::vector<ConstructorRow> rows;
    return rows;
}

} // namespace sightglass
