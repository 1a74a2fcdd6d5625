// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/emitter.h"
#include "core/sql/sql_reader.h"

#include <algorithm>

namespace sightglass {
namespace {

/// The element that PostgreSQL's parser sees in what stands between the parentheses of an index.
std::optional<IndexElement> readElement(const std::string& text, const std::string& method)
{
    const std::string statement =
        "CREATE INDEX i ON t USING " + (method.empty() ? std::string("btree") : method) + " (";
    for (const std::string& inner : {text, "(" + text + ")"}) {
        const auto statements = readSql(statement + inner + ")");
        if (statements.size() != 1 || statements.front().changes.size() != 1)
            continue;
        const auto* made =
            std::get_if<change::CreateIndex>(&statements.front().changes.front().change);
        if (made != nullptr && made->index.elements.size() == 1)
            return made->index.elements.front();
    }
    return std::nullopt;
}

void settleElements(std::vector<IndexElement>& elements, const std::string& method)
{
    for (IndexElement& element : elements) {
        if (!element.expression || !element.expression->isKnown())
            continue;
        auto read = readElement(element.expression->value(), method);
        if (!read)
            continue;
        read->excludeOperator = element.excludeOperator;
        if (!element.operatorClass.empty())
            read->operatorClass = element.operatorClass;
        element = std::move(*read);
    }
}

bool isInSchema(const Schema& schema, const QualifiedName& name)
{
    return schema.tables.contains(name) || schema.views.contains(name);
}

} // namespace

void settle(Change& change)
{
    if (auto* made = std::get_if<change::CreateIndex>(&change))
        settleElements(made->index.elements, made->index.method);
    else if (auto* added = std::get_if<change::AddConstraint>(&change))
        settleElements(added->constraint.elements, added->constraint.method);
    else if (auto* created = std::get_if<change::CreateTable>(&change)) {
        for (ConstraintDefinition& constraint : created->constraints)
            settleElements(constraint.elements, constraint.method);
    }
}

Outcome<Known<bool>, Raised> Emitter::hasTable(Interpreter& interpreter, const QualifiedName& name)
{
    const auto known = schema(interpreter);
    if (!known)
        return otherwise(known.error());
    if (const std::string doubt = existenceDoubt(name); !doubt.empty())
        return Known<bool>(Unknown{doubt});
    if (!name.schema.empty())
        return Known<bool>(isInSchema(**known, name));
    const auto& path = searchPath();
    return Known<bool>(std::any_of(path.begin(), path.end(), [&](const std::string& each) {
        return isInSchema(**known, {each, name.name});
    }));
}

} // namespace sightglass
