// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"

#include "core/replay/naming.h"
#include "core/sql/expression.h"

namespace sightglass {

namespace {

std::string_view labelOf(ConstraintDefinition::Kind kind)
{
    using Kind = ConstraintDefinition::Kind;
    switch (kind) {
    case Kind::PrimaryKey:
        return "pkey";
    case Kind::Unique:
        return "key";
    case Kind::ForeignKey:
        return "fkey";
    case Kind::Exclude:
        return "excl";
    case Kind::Check:
        break;
    }
    return "check";
}

/// The columns that PostgreSQL puts into the name it gives.
std::string middleOf(const ConstraintDefinition& constraint)
{
    using Kind = ConstraintDefinition::Kind;
    if (constraint.kind == Kind::PrimaryKey)
        return {};
    if (constraint.kind != Kind::Check)
        return replaying::namesTogether(constraint.columns);
    if (!constraint.expression.isKnown())
        return {};
    const std::vector<std::string> columns = columnsOf(constraint.expression.value());
    return columns.size() == 1 ? columns.front() : std::string();
}

} // namespace

std::string pythonNames(const std::vector<std::string>& names)
{
    std::string result = "[";
    for (const std::string& name : names)
        result += (result.size() > 1 ? ", " : "") + pythonText(name);
    return result + "]";
}

std::string executedAlterTable(const QualifiedName& written, std::string_view action)
{
    return executeCall("ALTER TABLE " + toSql(written) + " " + std::string(action));
}

std::string inAutocommitBlock(std::string_view lines)
{
    std::string result = "with op.get_context().autocommit_block():\n    ";
    for (const char c : lines) {
        result += c;
        if (c == '\n')
            result += "    ";
    }
    return result;
}

std::string inTwoRevisions(std::string_view first, std::string_view second)
{
    return std::string(first) + "\n# in the next revision, in a transaction of its own:\n" +
           std::string(second);
}

std::string sqlList(const std::vector<std::string>& names)
{
    std::string result;
    for (const std::string& name : names)
        result += (result.empty() ? "" : ", ") + quotedIdentifier(name);
    return result;
}

std::string constraintName(const ConstraintDefinition& constraint, const QualifiedName& table)
{
    if (!constraint.name.empty())
        return constraint.name;
    return replaying::objectName(table.name, middleOf(constraint), labelOf(constraint.kind));
}

} // namespace sightglass
