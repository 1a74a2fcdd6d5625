// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/added_parts.h"

#include "core/sql/expression.h"

#include <algorithm>
#include <cctype>

namespace sightglass {

namespace {

using Kind = ConstraintDefinition::Kind;

void takeColumn(const QualifiedName& table,
                const ColumnDefinition& column,
                std::vector<AddedConstraint>& result)
{
    for (const ConstraintDefinition& each : column.constraints) {
        AddedConstraint added{.definition = &each, .table = table, .columns = each.columns};
        if (added.columns.empty() && each.kind != Kind::Check)
            added.columns = {column.name};
        added.column = &column;
        result.push_back(std::move(added));
    }
}

std::string lowerText(std::string text)
{
    std::ranges::transform(
        text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

} // namespace

std::vector<const ColumnDefinition*> definedColumns(const Change& change)
{
    std::vector<const ColumnDefinition*> result;
    if (const auto* const create = std::get_if<change::CreateTable>(&change)) {
        for (const ColumnDefinition& column : create->columns)
            result.push_back(&column);
    } else if (const auto* const add = std::get_if<change::AddColumn>(&change)) {
        result.push_back(&add->column);
    }
    return result;
}

std::vector<AddedConstraint> addedConstraints(const Change& change)
{
    std::vector<AddedConstraint> result;
    if (const auto* const create = std::get_if<change::CreateTable>(&change)) {
        for (const ColumnDefinition& column : create->columns)
            takeColumn(create->table, column, result);
        for (const ConstraintDefinition& each : create->constraints)
            result.push_back({.definition = &each,
                              .table = create->table,
                              .columns = each.columns,
                              .column = nullptr});
    } else if (const auto* const add = std::get_if<change::AddColumn>(&change)) {
        takeColumn(add->table, add->column, result);
    } else if (const auto* const constraint = std::get_if<change::AddConstraint>(&change)) {
        result.push_back({.definition = &constraint->constraint,
                          .table = constraint->table,
                          .columns = constraint->constraint.columns,
                          .column = nullptr});
    }
    return result;
}

bool findsItThere(const Step& step)
{
    const Moment& moment = step.moment;
    if (const auto* const create = step.as<change::CreateTable>())
        return create->ifNotExists && moment.replay().findRelation(create->table).has_value();
    if (const auto* const add = step.as<change::AddColumn>())
        return add->ifNotExists && moment.column(add->table, add->column.name) != nullptr;
    if (const auto* const index = step.as<change::CreateIndex>()) {
        const QualifiedName name{.schema = step.target().name.schema, .name = index->index.name};
        return index->ifNotExists && moment.replay().findRelation(name).has_value();
    }
    return false;
}

std::string TypedColumn::base() const
{
    return withoutModifier(type);
}

bool TypedColumn::hasModifier() const
{
    return type.find('(') != std::string::npos;
}

std::vector<TypedColumn> typedColumns(const Step& step)
{
    std::vector<TypedColumn> result;
    if (findsItThere(step))
        return result;
    const auto take = [&](const std::string& column, const SqlText& type) {
        std::string spelling = typeSpelling(type, step.moment);
        if (!spelling.empty())
            result.push_back(
                {.table = step.target().name, .column = column, .type = std::move(spelling)});
    };
    for (const ColumnDefinition* const column : definedColumns(step.operation().change))
        take(column->name, column->type);
    if (const auto* const set = step.as<change::SetColumnType>())
        take(set->column, set->type);
    return result;
}

std::string typeSpelling(const SqlText& type, const Moment& moment)
{
    if (!type.isKnown())
        return {};
    const auto spelling = canonicalType(
        type.value(),
        SqlScope{.schema = moment.schema(), .searchPath = moment.replay().searchPath()});
    if (spelling && spelling->isKnown())
        return spelling->value();
    return lowerText(type.value());
}

bool isSerialType(const SqlText& type)
{
    if (!type.isKnown())
        return false;
    std::string name = lowerText(type.value());
    if (!name.empty() && std::isdigit(static_cast<unsigned char>(name.back())) != 0)
        name.pop_back(); // serial8
    return name == "serial" || name == "bigserial" || name == "smallserial";
}

std::string withoutModifier(const std::string& type)
{
    std::string result = type;
    if (const auto open = result.find('('); open != std::string::npos) {
        const auto close = result.find(')', open);
        if (close != std::string::npos)
            result.erase(open, close - open + 1);
    }
    while (result.ends_with("[]"))
        result.erase(result.size() - 2);
    return result;
}

} // namespace sightglass
