// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/statement_changes.h"

namespace sightglass {

void readDo(const StatementText&, const ParseNode&, SqlChanges& out)
{
    out.push_back(opaqueChange("runs a DO block"));
}

} // namespace sightglass
