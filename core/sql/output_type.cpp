// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/output_type.h"

#include "core/sql/canonical_analysis.h"

namespace sightglass {

Known<std::string> outputType(const ParseNode& value, std::string_view query, const SqlScope& scope)
{
    canonical::Trouble trouble;
    SqlScope inner = scope;
    inner.serialTypes = false;
    canonical::TypeSpace types(inner, trouble);
    // What may stand in a check may stand in a query, and means the same there.
    canonical::Analysis analysis(types, ExpressionUse::Check, query);
    const canonical::ExpressionPtr node = analysis.read(value);
    types.setSource({});
    if (!node || trouble.any())
        return Unknown{trouble.refusal() ? trouble.refusal()->message : trouble.reason()};
    // A query gives no column of an unknown type.
    return node->type.id == canonical::type::unknown ? std::string("text")
                                                     : types.spell(node->type);
}

} // namespace sightglass
