// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/canonical_coercion.h"
#include "core/sql/canonical_routines.h"

#include <string>
#include <string_view>
#include <vector>

namespace sightglass::canonical {

/// Parse analysis of one expression: parse_expr.c, parse_oper.c and parse_func.c of PostgreSQL 15
/// for what may stand in a default, a check, a generated column or an index.
class Analysis
{
public:
    Analysis(TypeSpace& types, ExpressionUse use, std::string_view source);

    /// Null with trouble in the type space when it can't be analysed.
    ExpressionPtr read(const ParseNode& node);
    ExpressionPtr toBoolean(ExpressionPtr node, std::string_view construct);

    Coercion& coercion() { return m_coercion; }

    const std::vector<std::string>& columns() const { return m_columns; }

    /// A function or operator was used whose result may change.
    bool changeable() const { return m_changeable || m_coercion.changeable(); }

private:
    using Reader = ExpressionPtr (Analysis::*)(const ParseNode&);

    ExpressionPtr dispatch(const ParseNode& node);
    ExpressionPtr constant(const ParseNode& node);
    ExpressionPtr column(const ParseNode& node);
    ExpressionPtr rowColumn(const std::vector<std::string>& names, const Table& table);
    ExpressionPtr cast(const ParseNode& node);
    ExpressionPtr boolean(const ParseNode& node);
    ExpressionPtr nullTest(const ParseNode& node);
    ExpressionPtr booleanTest(const ParseNode& node);
    ExpressionPtr caseOf(const ParseNode& node);
    ExpressionPtr coalesce(const ParseNode& node);
    ExpressionPtr extreme(const ParseNode& node);
    ExpressionPtr keyword(const ParseNode& node);
    ExpressionPtr array(const ParseNode& node);
    ExpressionPtr row(const ParseNode& node);
    ExpressionPtr collate(const ParseNode& node);
    ExpressionPtr indirection(const ParseNode& node);
    ExpressionPtr operatorNode(const ParseNode& node);
    ExpressionPtr call(const ParseNode& node);
    ExpressionPtr subquery(const ParseNode& node);

    ExpressionPtr arrayAs(const ParseNode& node, TypeUse target, int depth);
    ExpressionPtr subscript(ExpressionPtr container, const ParseNode& indices);
    ExpressionPtr subscriptIndex(const ParseNode& node, bool json);
    ExpressionPtr common(Kind kind, const std::vector<ParseNode>& nodes, std::string_view words);

    ExpressionPtr plainOperator(const ParseNode& node, const std::string& name);
    ExpressionPtr inList(const ParseNode& node, const std::string& name);
    ExpressionPtr listArray(const ExpressionPtr& left, std::vector<ExpressionPtr> plain);
    ExpressionPtr between(const ParseNode& node, std::string_view kind);
    ExpressionPtr distinct(const ParseNode& node, bool negated);
    ExpressionPtr nullIf(const ParseNode& node);
    ExpressionPtr
    rowOperator(const ParseNode& left, const ParseNode& right, const std::string& name);
    ExpressionPtr makeOperator(const std::string& name, ExpressionPtr left, ExpressionPtr right);
    ExpressionPtr
    arrayOperator(const std::string& name, ExpressionPtr left, ExpressionPtr right, bool all);
    ExpressionPtr range(const ParseNode& node, bool negated, bool swapped);

    ExpressionPtr callOf(const FunctionCall& call, std::vector<ExpressionPtr> arguments, Form form);
    ExpressionPtr callAsCast(const FunctionCall& call, const ExpressionPtr& argument, bool& done);
    ExpressionPtr finishCall(const FunctionCall& call,
                             const Candidate& candidate,
                             std::vector<ExpressionPtr> arguments,
                             Form form);
    bool coerceArguments(std::vector<ExpressionPtr>& arguments,
                         const std::vector<TypeId>& declared);
    void
    missingFunction(const FunctionCall& call, const std::vector<TypeId>& actual, bool ambiguous);
    bool callable(const ParseNode& node);
    void use(char volatility);
    std::string_view place() const;

    TypeSpace& m_types;
    Coercion m_coercion;
    ExpressionUse m_use;
    std::string_view m_source;
    std::vector<std::string> m_columns;
    bool m_changeable = false;
    bool m_typeNotNeeded = false;
    int m_depth = 0;
};

/// The modifier that all of them have, with the type; else -1.
std::int32_t agreedModifier(const std::vector<ExpressionPtr>& nodes, TypeId id);

} // namespace sightglass::canonical
