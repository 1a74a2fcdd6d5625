// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"
#include "core/rules/old_tables.h"
#include "core/rules/type_change.h"

namespace sightglass::rules::add_column_constrained_domain {

namespace {

/// The type below the domain; empty: it is not known.
std::string typeBelow(const std::string& spelled, const Moment& moment)
{
    const std::size_t dot = spelled.find('.');
    const bool qualified = dot != std::string::npos;
    const Domain* const domain =
        moment.domain({.schema = qualified ? spelled.substr(0, dot) : std::string(),
                       .name = qualified ? spelled.substr(dot + 1) : spelled});
    return domain == nullptr ? std::string() : domain->type;
}

std::string safeForm(const change::AddColumn& add, const std::string& type)
{
    if (type.empty())
        return {};
    return executedAlterTable(add.table,
                              "ADD COLUMN " + quotedIdentifier(add.column.name) + " " + type) +
           "\n# then the domain's CHECK with postgresql_not_valid=True, and VALIDATE later";
}

void check(const Step& step, FindingReport& report)
{
    const auto* const add = columnAddedToOldTable(step);
    if (add == nullptr)
        return;
    const auto type = spelledType(add->column.type, step.moment);
    if (!type || !isConstrainedDomain(*type, step.moment).value_or(false))
        return;
    const std::string table = toText(step.target().name);
    report.add(step,
               {.title = "Rewrites " + table + " to add column " + add->column.name +
                         " of domain " + *type,
                .detail =
                    "A new column of a domain with a CHECK or NOT NULL is written into every row, "
                    "even without a default: the table and its indexes are built anew under ACCESS "
                    "EXCLUSIVE, and reads and writes wait. Use the type below the domain and a "
                    "CHECK of the table that is added NOT VALID.",
                .instead = safeForm(*add, typeBelow(*type, step.moment))});
}

} // namespace

extern const Rule rule{.id = "add-column-constrained-domain",
                       .category = RuleCategory::Rewrite,
                       .severity = Severity::High,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::add_column_constrained_domain
