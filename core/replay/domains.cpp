// SPDX-License-Identifier: GPL-3.0-or-later
//
// source  DefineDomain, AlterDomainDefault, AlterDomainNotNull, AlterDomainAddConstraint
#include "core/replay/appliers.h"
#include "core/replay/lookup.h"
#include "core/replay/naming.h"
#include "core/replay/spelling.h"
#include "core/replay/types.h"

#include <algorithm>

namespace sightglass::replaying {

namespace {

Done setDomainDefault(Catalog& catalog, Domain& domain, const SqlText& expression)
{
    const auto text =
        expressionText(catalog, expression, ExpressionUse::Default, nullptr, domain.type);
    if (!text)
        return text.error();
    domain.defaultExpression.reset();
    if (!text->isKnown())
        catalog.doubt(domain.name, {}, "the domain's default is not known: " + text->reason());
    else if (!text->value().text.empty())
        domain.defaultExpression = text->value().text;
    return std::nullopt;
}

Outcome<Domain, Refusal>
domainFrom(Catalog& catalog, const QualifiedName& name, const change::CreateDomain& change)
{
    Domain domain{.name = name, .type = {}, .nullable = !change.notNull, .extension = {}};
    const auto type = typeText(catalog, change.type);
    if (!type)
        return otherwise(type.error());
    if (type->isKnown())
        domain.type = type->value();
    else
        catalog.doubt(name, {}, "the domain's type is not known: " + type->reason());
    if (change.defaultExpression) {
        if (Done refused = setDomainDefault(catalog, domain, *change.defaultExpression))
            return otherwise(*refused);
    }
    return domain;
}

Done addDomainCheck(Catalog& catalog, Domain& domain, const ConstraintDefinition& definition)
{
    // In a domain's check VALUE is a name like that of a column.
    Table shape;
    shape.name = domain.name;
    shape.columns.push_back({.name = "value", .type = domain.type, .collation = {}, .comment = {}});
    const auto text = expressionText(catalog, definition.expression, ExpressionUse::Check, &shape);
    if (!text)
        return text.error();
    CheckConstraint check{
        .name = definition.name, .expression = {}, .validated = !definition.notValid};
    if (text->isKnown())
        check.expression = withWordReplaced(text->value().text, "value", "VALUE");
    else
        catalog.doubt(domain.name, {}, "a check of the domain is not known: " + text->reason());
    std::set<std::string> taken;
    for (const CheckConstraint& other : domain.checks)
        taken.insert(other.name);
    if (check.name.empty())
        check.name =
            freeConstraintName(catalog, domain.name.schema, domain.name.name, {}, "check", taken);
    domain.checks.push_back(std::move(check));
    return std::nullopt;
}

Refusal noDomainConstraint(const std::string& constraint, const QualifiedName& domain)
{
    return refusal("42704",
                   "constraint \"" + constraint + "\" of domain \"" + domain.name +
                       "\" does not exist",
                   "domain " + toText(domain));
}

Done domainConstraintExists(const Domain& domain, const std::string& name)
{
    if (name.empty() || findByName(domain.checks, name) == domain.checks.end())
        return std::nullopt;
    return refusal("42710",
                   "constraint \"" + name + "\" for domain \"" + domain.name.name +
                       "\" already exists",
                   "domain " + toText(domain.name));
}

Done addDomainConstraint(Catalog& catalog, Domain& domain, const ConstraintDefinition& added)
{
    if (Done taken = domainConstraintExists(domain, added.name))
        return taken;
    return addDomainCheck(catalog, domain, added);
}

/// One of its constraints is dropped, renamed or validated.
Done editDomainConstraint(Domain& domain, const change::AlterDomain& change)
{
    const std::string& name = !change.dropped.empty()   ? change.dropped
                              : !change.renamed.empty() ? change.renamed
                                                        : change.validated;
    const auto check = findByName(domain.checks, name);
    if (check == domain.checks.end())
        return change.ifExists ? Done() : noDomainConstraint(name, domain.name);
    if (!change.dropped.empty()) {
        domain.checks.erase(check);
        return std::nullopt;
    }
    if (!change.renamed.empty()) {
        if (Done taken = domainConstraintExists(domain, change.newName))
            return taken;
        check->name = change.newName;
        return std::nullopt;
    }
    check->validated = true;
    return std::nullopt;
}

Done alterDomain(Catalog& catalog, Domain& domain, const change::AlterDomain& change)
{
    if (change.notNull) {
        domain.nullable = !*change.notNull;
        return std::nullopt;
    }
    if (change.defaultExpression)
        return setDomainDefault(catalog, domain, *change.defaultExpression);
    if (change.dropDefault) {
        domain.defaultExpression.reset();
        return std::nullopt;
    }
    if (!change.added.empty())
        return addDomainConstraint(catalog, domain, change.added.front());
    return editDomainConstraint(domain, change);
}

} // namespace

Done apply(Catalog& catalog, const change::CreateDomain& change)
{
    const auto name = freeTypeName(catalog, change.domain);
    if (!name)
        return name.error();
    auto domain = domainFrom(catalog, *name, change);
    if (!domain)
        return domain.error();
    for (const ConstraintDefinition& definition : change.constraints) {
        if (definition.kind != ConstraintDefinition::Kind::Check)
            continue;
        if (Done refused = addDomainCheck(catalog, *domain, definition))
            return refused;
    }
    sortByName(domain->checks);
    catalog.put(std::move(*domain));
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::AlterDomain& change)
{
    const auto name = typeNamed(catalog, change.domain);
    if (!name)
        return name.error();
    if (catalog.domain(*name) == nullptr)
        return wrongKind(change.domain, "a domain");
    Domain domain = *catalog.domain(*name);
    if (Done refused = alterDomain(catalog, domain, change))
        return refused;
    sortByName(domain.checks);
    catalog.put(std::move(domain));
    return std::nullopt;
}

} // namespace sightglass::replaying
