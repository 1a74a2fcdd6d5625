// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/emitter.h"
#include "core/sql/sql_reader.h"

#include <algorithm>

namespace sightglass {
namespace {

/// What PostgreSQL's parser sees in a key that is given as text: one element, or several; as it is
/// written where it sees none.
std::vector<IndexElement> readElements(const IndexElement& written, const std::string& method)
{
    IndexElement asWritten = written;
    asWritten.asWritten = true;
    const auto statements =
        readSql("CREATE INDEX i ON t USING " + (method.empty() ? std::string("btree") : method) +
                " (" + written.expression->value() + ")");
    if (statements.size() == 1 && !statements.front().error.empty())
        return {asWritten};
    const auto* made =
        statements.size() == 1 && statements.front().changes.size() == 1
            ? std::get_if<change::CreateIndex>(&statements.front().changes.front().change)
            : nullptr;
    if (made == nullptr || made->index.predicate || !made->index.include.empty() ||
        !made->index.storage.empty()) {
        asWritten.expression = Unknown{"a key's text ends the list of keys"};
        return {asWritten};
    }
    std::vector<IndexElement> elements = made->index.elements;
    elements.back().excludeOperator = written.excludeOperator;
    if (!written.operatorClass.empty())
        elements.back().operatorClass = written.operatorClass;
    return elements;
}

void settleElements(std::vector<IndexElement>& elements, const std::string& method)
{
    std::vector<IndexElement> settled;
    for (IndexElement& element : elements) {
        if (!element.expression || !element.expression->isKnown()) {
            settled.push_back(std::move(element));
            continue;
        }
        for (IndexElement& read : readElements(element, method))
            settled.push_back(std::move(read));
    }
    elements = std::move(settled);
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
