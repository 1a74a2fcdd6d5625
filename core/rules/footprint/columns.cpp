// SPDX-License-Identifier: GPL-3.0-or-later
// What ALTER TABLE takes that is about one column.
#include "core/replay/lookup.h"
#include "core/rules/footprint/builder.h"
#include "core/rules/type_change.h"
#include "core/sql/expression_facts.h"

#include <algorithm>

namespace sightglass::footprints {

namespace {

constexpr int fastDefaults = 110000;
constexpr int provenNotNull = 120000;
constexpr int virtualColumns = 180000;

/// Whether the new column's value is computed for every row that is there.
void takeDefault(Builder& b, const SqlText& expression)
{
    if (!expression.isKnown()) {
        b.rewrite();
        b.doubt(Confidence::Possible, "what the default is: " + expression.reason());
        return;
    }
    const ExpressionFacts facts = expressionFacts(expression.value(), b.moment.facts().volatility);
    if (facts.isNull)
        return;
    if (b.version() < fastDefaults || facts.volatility == Volatility::Volatile) {
        b.rewrite();
    } else if (facts.volatility == Volatility::NotKnown || !facts.parsed) {
        b.rewrite();
        b.doubt(Confidence::Possible,
                "the volatility of the functions in the default (pg_proc.provolatile)");
    }
}

bool isVirtual(Builder& b)
{
    if (b.says({"virtual"}))
        return true;
    return b.version() >= virtualColumns && !b.operation.sql.empty() && !b.says({"stored"});
}

/// A domain brings its own constraints and default.
void takeType(Builder& b, const ColumnDefinition& column)
{
    const auto spelled = spelledType(column.type, b.moment);
    if (!spelled)
        return;
    if (isConstrainedDomain(*spelled, b.moment).value_or(false))
        b.rewrite();
    const Domain* const domain = b.moment.domain({.schema = {}, .name = *spelled});
    if (domain != nullptr && domain->defaultExpression && !column.defaultExpression)
        takeDefault(b, SqlText(*domain->defaultExpression));
}

void takeColumnConstraint(Builder& b, const change::AddColumn& c, const ConstraintDefinition& one)
{
    using Kind = ConstraintDefinition::Kind;
    switch (one.kind) {
    case Kind::ForeignKey: {
        const QualifiedName target = b.moment.fullName(one.target);
        if (target != b.moment.fullName(c.table))
            b.lockFurtherTree(target, LockMode::ShareRowExclusive);
        // DEFAULT NULL is a default here: PostgreSQL then looks at the rows.
        if (c.column.defaultExpression && !one.notValid && !one.notEnforced)
            b.scan();
        break;
    }
    case Kind::Check:
        if (!one.notEnforced)
            b.scan();
        break;
    case Kind::Unique:
    case Kind::PrimaryKey:
    case Kind::Exclude:
        b.buildIndex();
        break;
    }
}

/// The referenced tables of the foreign keys that have the column.
void lockTargets(Builder& b, const Table& table, const std::string& column, LockMode mode)
{
    for (const ForeignKey& key : table.foreignKeys) {
        if (key.target != table.name && replaying::holds(key.columns, column))
            b.lockFurtherTree(key.target, mode);
    }
}

bool isUnderCheck(const Table& table, const std::string& column)
{
    return std::ranges::any_of(table.checks, [&](const CheckConstraint& check) {
        return check.validated && replaying::mentions(check.expression, column);
    });
}

/// An earlier pass of the same ALTER TABLE takes it away, wherever it is written.
bool isDroppedHere(Builder& b, const std::string& constraint)
{
    const std::vector<SqlToken>& tokens = b.tokens();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        std::size_t name = i + 2;
        if (!standsAt(tokens, i, {"drop", "constraint"}))
            continue;
        if (standsAt(tokens, name, {"if", "exists"}))
            name += 2;
        if (nameAt(tokens, name).name == constraint)
            return true;
    }
    return false;
}

bool isProvenNotNull(Builder& b, const Table& table, const std::string& column)
{
    if (b.version() < provenNotNull)
        return false;
    return std::ranges::any_of(table.checks, [&](const CheckConstraint& check) {
        return check.validated && check.enforced && provesNotNull(check.expression, column) &&
               !isDroppedHere(b, check.name);
    });
}

} // namespace

void take(Builder& b, const change::AddColumn& c)
{
    b.lockTree(c.table, LockMode::AccessExclusive);
    if (c.ifNotExists && b.moment.column(c.table, c.column.name) != nullptr)
        return;
    const ColumnDefinition& column = c.column;
    const bool serial =
        column.type.isKnown() && !replaying::serialType(column.type.value()).empty();
    if (serial || column.identity)
        b.rewrite();
    else if (column.generated && !isVirtual(b))
        b.rewrite();
    else if (column.defaultExpression)
        takeDefault(b, *column.defaultExpression);
    takeType(b, column);
    for (const ConstraintDefinition& one : column.constraints)
        takeColumnConstraint(b, c, one);
}

void take(Builder& b, const change::DropColumn& c)
{
    b.lockTree(c.table, LockMode::AccessExclusive);
    const Found found = b.moment.relation(c.table);
    if (!found.table)
        return;
    lockTargets(b, *found.table, c.column, LockMode::AccessExclusive);
    if (!c.cascade)
        return;
    for (const QualifiedName& other : referencingTables(b.moment, found.name, {c.column}))
        b.lockFurtherTree(other, LockMode::AccessExclusive);
    std::vector<QualifiedName> views;
    for (const auto& [name, view] : b.moment.schema().views) {
        if (readsRelation(b.moment, *view, found.name) &&
            view->definition.find(c.column) != std::string::npos)
            views.push_back(name);
    }
    for (const QualifiedName& view : viewsAbove(b.moment, std::move(views)))
        b.lockFurther(view, LockMode::AccessExclusive);
}

void take(Builder& b, const change::RenameColumn& c)
{
    b.lockTree(c.table, LockMode::AccessExclusive);
}

void take(Builder& b, const change::SetColumnType& c)
{
    b.lockTree(c.table, LockMode::AccessExclusive);
    const TypeChange change = typeChange(c, b.moment);
    switch (change.work) {
    case TypeChange::Work::None:
        break;
    case TypeChange::Work::IndexRebuild:
        b.buildIndex();
        if (!b.moment.relation(c.table).table)
            b.doubt(Confidence::Possible, "whether the column is in an index");
        break;
    case TypeChange::Work::Rewrite:
        b.rewrite();
        break;
    case TypeChange::Work::NotKnown:
        b.rewrite();
        b.doubt(Confidence::Possible, change.unsettled);
        break;
    }
    const Found found = b.moment.relation(c.table);
    if (!found.table)
        return;
    // Constraints on the column are made anew: checks are read again, foreign keys locked.
    if (isUnderCheck(*found.table, c.column))
        b.scan();
    lockTargets(b, *found.table, c.column, LockMode::AccessExclusive);
    for (const QualifiedName& other : referencingTables(b.moment, found.name, {c.column}))
        b.lockFurtherTree(other, LockMode::AccessExclusive);
}

void take(Builder& b, const change::SetNotNull& c)
{
    b.lockTree(c.table, LockMode::AccessExclusive);
    if (c.notValid)
        return;
    const Column* const column = b.moment.column(c.table, c.column);
    if (column != nullptr && !column->nullable)
        return;
    const auto known = b.moment.replay().findRelation(c.table);
    const Table* const table = known ? b.moment.schema().table(*known) : nullptr;
    if (table != nullptr && isProvenNotNull(b, *table, c.column))
        return;
    b.scan();
    if (column == nullptr)
        b.doubt(Confidence::Likely,
                "whether the column is NOT NULL already, or a CHECK proves that it could be");
}

void take(Builder& b, const change::DropNotNull& c)
{
    b.lockTree(c.table, LockMode::AccessExclusive);
}

void take(Builder& b, const change::SetDefault& c)
{
    b.lockTree(c.table, LockMode::AccessExclusive);
}

void take(Builder& b, const change::DropDefault& c)
{
    b.lockTree(c.table, LockMode::AccessExclusive);
}

void take(Builder& b, const change::AddIdentity& c)
{
    b.lock(c.table, LockMode::AccessExclusive);
}

void take(Builder& b, const change::SetIdentity& c)
{
    b.lock(c.table, LockMode::AccessExclusive);
}

void take(Builder& b, const change::DropIdentity& c)
{
    b.lock(c.table, LockMode::AccessExclusive);
}

void take(Builder& b, const change::SetExpression& c)
{
    b.lockTree(c.table, LockMode::AccessExclusive);
    const Column* const column = b.moment.column(c.table, c.column);
    if (column != nullptr && column->generatedVirtual)
        return;
    b.rewrite();
    if (column == nullptr && b.version() >= virtualColumns)
        b.doubt(Confidence::Likely, "whether the column is stored or virtual");
}

void take(Builder& b, const change::DropGenerated& c)
{
    b.lockTree(c.table, LockMode::AccessExclusive);
}

} // namespace sightglass::footprints
