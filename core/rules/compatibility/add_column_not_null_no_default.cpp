// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/added_parts.h"
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"
#include "core/sql/expression_facts.h"

#include <algorithm>
#include <cctype>

namespace sightglass::rules::add_column_not_null_no_default {

namespace {

std::string lowered(std::string text)
{
    std::ranges::transform(text, text.begin(), [](unsigned char letter) {
        return static_cast<char>(std::tolower(letter));
    });
    return text;
}

/// A bare, written type name: "positive_int", "app.email".
QualifiedName typeName(const std::string& type)
{
    const std::size_t dot = type.find('.');
    if (dot == std::string::npos)
        return {.schema = {}, .name = lowered(type)};
    return {.schema = lowered(type.substr(0, dot)), .name = lowered(type.substr(dot + 1))};
}

bool demandsValue(const ColumnDefinition& column, const Domain* domain)
{
    const auto isKey = [](const ConstraintDefinition& each) {
        return each.kind == ConstraintDefinition::Kind::PrimaryKey;
    };
    return column.notNull || std::ranges::any_of(column.constraints, isKey) ||
           (domain != nullptr && !domain->nullable);
}

bool bringsValue(const ColumnDefinition& column, const Domain* domain)
{
    if (column.identity || column.generated)
        return true;
    if (isSerialType(column.type))
        return true;
    if (!column.defaultExpression)
        return domain != nullptr && domain->defaultExpression;
    return !column.defaultExpression->isKnown() ||
           !expressionFacts(column.defaultExpression->value()).isNull;
}

void check(const Step& step, FindingReport& report)
{
    const auto* const add = step.as<change::AddColumn>();
    if (add == nullptr || step.target().isNew)
        return;
    const ColumnDefinition& column = add->column;
    const Domain* const domain =
        column.type.isKnown() ? step.moment.domain(typeName(column.type.value())) : nullptr;
    if (!demandsValue(column, domain) || bringsValue(column, domain))
        return;
    const std::string name = toText(step.target().name) + "." + column.name;
    FindingDraft draft{
        .title = "Adds required column " + name + " without a default",
        .detail = "PostgreSQL refuses it as soon as the table has one row, and on an empty table "
                  "every INSERT of the running code fails. Add it nullable or with a "
                  "server_default; default= of a Column is Python's and never reaches the table.",
        .instead = "op.add_column(" + pythonText(add->table.name) + ", sa.Column(" +
                   pythonText(column.name) + ", ..., nullable=True)" + schemaArgument(add->table) +
                   ")"};
    if (step.moment.isEmpty(add->table)) {
        draft.severity = Severity::Medium;
        draft.detail = "The table is empty, so it does not fail, but every INSERT of the running "
                       "code does from then on. Add it nullable or with a server_default.";
    }
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "add-column-not-null-no-default",
                       .category = RuleCategory::Compatibility,
                       .severity = Severity::Critical,
                       .checkStep = check};

} // namespace sightglass::rules::add_column_not_null_no_default
