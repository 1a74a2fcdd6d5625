// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sqlalchemy/clause_statements.h"

#include <string>
#include <utility>
#include <vector>

namespace sightglass {

using Assignments = std::vector<std::pair<std::string, const Clause*>>;

/// What an INSERT, UPDATE or DELETE consists of; copied for each step of `.values().where()`.
struct DmlParts
{
    enum class Kind
    {
        Insert,
        Update,
        Delete
    };
    Kind kind = Kind::Insert;
    const Clause* table = nullptr;
    std::vector<Assignments> rows;          ///< one for UPDATE
    std::vector<std::string> selectColumns; ///< INSERT … SELECT
    const Clause* select = nullptr;
    std::vector<const Clause*> where;
    std::vector<const Clause*> returning;
    bool inlined = false; ///< no RETURNING of its own for the primary key

    enum class Conflict
    {
        None,
        Nothing,
        Update
    };
    Conflict conflict = Conflict::None;
    std::string conflictConstraint;
    std::vector<const Clause*> conflictColumns;
    const Clause* conflictIndexWhere = nullptr;
    Assignments conflictSet;
    const Clause* conflictWhere = nullptr;
    std::string unknown; ///< why a part is not known; empty: all are
};

class DmlClause final : public Clause
{
public:
    explicit DmlClause(DmlParts parts)
        : m_parts(std::move(parts))
    {}

    std::string typeName() const override;
    std::vector<std::string> classNames() const override;
    SqlText compile(const CompileContext& context) const override;
    std::string_view statementKind() const override;
    Change asChange() const override;
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;

    const DmlParts& parts() const { return m_parts; }

private:
    DmlParts m_parts;
};

} // namespace sightglass
