// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"
#include "core/rules/statement_words.h"

#include <algorithm>

namespace sightglass::rules::alter_domain_constraint {

namespace {

constexpr std::string_view lead = "alters domain ";

/// What the statement does to the domain.
enum class Action
{
    Other,
    AddCheck,
    SetNotNull
};

/// Behind ALTER DOMAIN name, where name is the domain's; absent: there is no such statement.
std::optional<std::size_t>
behindName(const StatementWords& words, const std::string& domain, std::size_t from)
{
    auto at = words.find({"alter", "domain"}, from);
    if (!at)
        return std::nullopt;
    std::size_t name = *at;
    if (words.isMark(name + 1, '.'))
        name += 2;
    return words.name(name) == domain ? std::optional(name + 1) : behindName(words, domain, *at);
}

Action actionOf(std::string_view sql, const std::string& domain)
{
    const StatementWords words(sql);
    const auto start = behindName(words, domain, 0);
    if (!start)
        return Action::Other;
    if (words.is(*start, "set") && words.is(*start + 1, "not"))
        return Action::SetNotNull;
    if (!words.is(*start, "add"))
        return Action::Other;
    const std::size_t end = words.end(*start);
    const auto notValid = words.find({"not", "valid"}, *start);
    return notValid && *notValid <= end ? Action::Other : Action::AddCheck;
}

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
    const auto* const opaque = step.as<change::Opaque>();
    if (opaque == nullptr || !opaque->what.starts_with(lead) ||
        step.moment.isNewType(opaque->table))
        return;
    const Action action = actionOf(step.operation().sql, opaque->table.name);
    if (action == Action::Other)
        return;
    const QualifiedName domain = step.moment.fullTypeName(opaque->table);
    const std::vector<QualifiedName> users = usersOf(step.moment.schema(), domain);
    const bool known = step.moment.isWhole() || step.moment.domain(opaque->table) != nullptr;
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
         .instead = action == Action::SetNotNull
                        ? std::string()
                        : "# add NOT VALID to the statement\n# in the next revision:\n" +
                              executeCall("ALTER DOMAIN " + toSql(opaque->table) +
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
