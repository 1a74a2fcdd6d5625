// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/parse_tree.h"
#include "core/sql/question_tables.h"

#include <map>

namespace sightglass::question {

/// Evaluates a SELECT over catalogs. What it can't evaluate becomes a Datum of kind Unknown; a
/// query whose rows depend on one has no answer.
class SelectReader
{
public:
    explicit SelectReader(CatalogTables& tables)
        : m_tables(tables)
    {}

    /// Rows of a SelectStmt; absent, with reason(), when they can't be told.
    std::optional<Rows> read(const ParseNode& select);

    const std::string& reason() const { return m_reason; }

private:
    /// A table of FROM and the row of it at hand.
    struct Source
    {
        std::string alias;
        Rows rows;
        const std::vector<Datum>* row = nullptr;
        bool complete = false;                 ///< a query: all its columns are known
        bool outer = false;                    ///< LEFT JOIN: a row of NULLs where none fits
        std::vector<ParseNode> on;             ///< conditions of its JOIN
        std::vector<std::string> usingColumns; ///< JOIN … USING
    };

    /// One SELECT that is being read.
    struct Scope
    {
        std::vector<Source> sources;
        std::vector<ParseNode> conditions;           ///< of WHERE, all must hold
        std::vector<ParseNode> counted;              ///< calls of count()
        std::map<std::int64_t, std::int64_t> counts; ///< by place of the call
        bool counting = false;
    };

    bool addSource(const ParseNode& item, Scope& scope, int depth);
    bool addJoin(const ParseNode& join, Scope& scope, int depth);
    bool addRange(const ParseNode& range, Scope& scope);
    void prefilter(Scope& scope);
    Datum joinCondition(const Source& source, const Scope& scope, std::size_t level);
    /// Calls `visit` for each combination of rows that fits; false when that can't be told.
    template <typename Visit>
    bool join(Scope& scope, std::size_t level, Visit& visit);
    /// Whether all hold; Unknown while one can't be told.
    Datum conjunction(const std::vector<ParseNode>& conditions);
    std::optional<Rows> readSetOperation(const ParseNode& select, int depth);
    std::optional<Rows> readPlain(const ParseNode& select, int depth);
    std::vector<std::string> outputNames(const ParseNode& select, const Scope& scope) const;
    std::vector<std::vector<Datum>> outputRows(const ParseNode& select, const Scope& scope);
    std::optional<Rows> aggregated(const ParseNode& select, Scope& scope);
    std::vector<Datum>
    sortKeys(const ParseNode& select, const Rows& rows, const std::vector<Datum>& row);
    bool finish(const ParseNode& select, Rows& rows, std::vector<std::vector<Datum>> keys);

    Datum value(const ParseNode& node, int depth);
    Datum columnValue(const ParseNode& node);
    Datum operation(const ParseNode& node, int depth);
    Datum logic(const ParseNode& node, int depth);
    Datum subquery(const ParseNode& node, int depth);
    Datum call(const ParseNode& node, int depth);
    Datum cast(const ParseNode& node, int depth);
    Datum anyOf(const std::string& operatorName,
                const Datum& left,
                const std::vector<Datum>& items,
                bool all);
    bool fail(std::string reason);

    CatalogTables& m_tables;
    int m_depth = 0;
    std::vector<Scope*> m_scopes; ///< innermost last
    std::string m_reason;
    std::size_t m_steps = 0;
};

/// Whether an expression calls what may be an aggregate, which makes a row of no rows.
bool mayAggregate(const ParseNode& node, int depth = 0);

/// Functions that a question may call.
bool isKnownFunction(std::string_view name);

Datum compare(std::string_view operatorName, const Datum& left, const Datum& right);

} // namespace sightglass::question
