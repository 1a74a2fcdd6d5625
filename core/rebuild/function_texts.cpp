// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/function_texts.h"

namespace sightglass {

namespace {

constexpr std::string_view question =
    "SELECT n.nspname, p.proname, pg_catalog.oidvectortypes(p.proargtypes),"
    " pg_catalog.pg_get_functiondef(p.oid)"
    " FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace"
    " WHERE p.prokind IN ('f', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
    " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.objid = p.oid"
    " AND d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.deptype = 'e')";

} // namespace

Result<FunctionTexts> readFunctionTexts(WritingSession& session, const RunContext& run)
{
    if (auto begun = session.begin(WritingSession::Access::ReadOnly, run); !begun)
        return failure(begun.error());
    const auto answer = session.execute("reading functions", question, run);
    session.rollback();
    if (!answer)
        return failure(answer.error());
    FunctionTexts texts;
    for (const auto& row : answer->rows) {
        if (row.size() != 4 || !row[3])
            continue;
        std::string text = *row[3];
        while (text.ends_with('\n'))
            text.pop_back();
        texts.emplace(
            std::pair(QualifiedName{row[0].value_or(""), row[1].value_or("")}, row[2].value_or("")),
            std::move(text));
    }
    return texts;
}

} // namespace sightglass
