// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

namespace sightglass::rules::create_domain_constraint {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const create = step.as<change::CreateDomain>();
    if (create == nullptr || (!create->notNull && create->constraints.empty()))
        return;
    const std::string domain = toText(step.moment.fullTypeName(create->domain));
    report.add(step,
               {.title = "Creates domain " + domain + " with a constraint",
                .detail = "Every column of such a domain that is added to a table later rewrites "
                          "that table, even without a default, and a change of the constraint "
                          "checks every table that uses it. A CHECK of the table can be added "
                          "without both.",
                .object = "domain " + domain});
}

} // namespace

extern const Rule rule{.id = "create-domain-constraint",
                       .category = RuleCategory::Hygiene,
                       .severity = Severity::Info,
                       .onByDefault = false,
                       .checkStep = check};

} // namespace sightglass::rules::create_domain_constraint
