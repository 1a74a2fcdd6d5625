// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"

#include <algorithm>

namespace sightglass::rules::alter_domain_constraint {

namespace {

bool isOfDomain(const std::string& type, const QualifiedName& domain)
{
    std::string element = type;
    while (element.ends_with("[]"))
        element.resize(element.size() - 2);
    return element == quotedIdentifier(domain.name) || element == domain.name ||
           element == toSql(domain);
}

/// Tables with a column of the domain, or of a domain over it.
std::vector<QualifiedName> usersOf(const Schema& schema, const QualifiedName& domain, int depth = 0)
{
    std::vector<QualifiedName> users;
    for (const auto& [name, table] : schema.tables) {
        if (std::ranges::any_of(table->columns, [&](const Column& column) {
                return isOfDomain(column.type, domain);
            }))
            users.push_back(name);
    }
    for (const auto& [name, other] : schema.domains) {
        if (depth > 8 || name == domain || !isOfDomain(other->type, domain))
            continue;
        for (QualifiedName& user : usersOf(schema, name, depth + 1))
            users.push_back(std::move(user));
    }
    return users;
}

std::string usersText(const std::vector<QualifiedName>& users)
{
    if (users.empty())
        return "every table that uses the domain";
    return toText(users.front()) +
           (users.size() > 1 ? " and " + std::to_string(users.size() - 1) + " more tables" : "");
}

void check(const Step& step, FindingReport& report)
{
    const auto* const alter = step.as<change::AlterDomain>();
    if (alter == nullptr || step.moment.isNewType(alter->domain))
        return;
    const bool setsNotNull = alter->notNull.value_or(false);
    if (!setsNotNull && (alter->added.empty() || alter->added.front().notValid))
        return;
    const QualifiedName domain = step.moment.fullTypeName(alter->domain);
    const std::vector<QualifiedName> users = usersOf(step.moment.schema(), domain);
    const bool known = step.moment.isWhole() || step.moment.domain(alter->domain) != nullptr;
    const bool empty = std::ranges::all_of(
        users, [&](const QualifiedName& user) { return step.moment.isEmpty(user); });
    if (empty && (known || !users.empty()))
        return;
    const std::string name = toText(domain);
    report.add(
        step,
        {.title = "Checks all values of domain " + name + " in every table that uses it",
         .detail = "The statement takes SHARE on " + usersText(users) +
                   " and reads all their rows: writes wait until the last table is read. Add the "
                   "constraint NOT VALID and validate it in a later transaction, or give the "
                   "tables a CHECK of their own.",
         .object = "domain " + name,
         .instead = setsNotNull ? std::string()
                                : "# add NOT VALID to the statement\n# in the next revision:\n" +
                                      executeCall("ALTER DOMAIN " + toSql(alter->domain) +
                                                  " VALIDATE CONSTRAINT ..."),
         .confidence = users.empty() ? Confidence::Likely : Confidence::Certain,
         .unsettled = users.empty() ? "Which tables use the domain." : ""});
}

} // namespace

extern const Rule rule{.id = "alter-domain-constraint",
                       .category = RuleCategory::Lock,
                       .severity = Severity::High,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::alter_domain_constraint
