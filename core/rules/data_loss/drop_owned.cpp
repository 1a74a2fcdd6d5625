// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"
#include "core/rules/operation_sql.h"
#include "core/rules/sql_words.h"
#include "core/sql/unparsed_sql.h"

namespace sightglass::rules::drop_owned {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const opaque = step.as<change::Opaque>();
    if (opaque == nullptr || opaque->what != dropOwnedSql)
        return;
    const std::string name = nameBehindWords(sqlOf(step.operation()), {"drop", "owned", "by"});
    const std::string role = name.empty() ? "a role" : "role " + name;
    report.add(step,
               {.title = "Drops everything that " + role + " owns",
                .detail = "Tables, views, functions and types of the role go with their rows, and "
                          "so do the rights it was granted here; nothing in the statement says "
                          "which. Hand its objects to another role first, then revoke what it was "
                          "granted.",
                .object = role,
                .instead = name.empty()
                               ? std::string()
                               : executeCall("REASSIGN OWNED BY " + quotedIdentifier(name) +
                                             " TO CURRENT_USER")});
}

} // namespace

extern const Rule rule{.id = "drop-owned",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::Critical,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::drop_owned
