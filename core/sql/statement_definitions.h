// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/definitions.h"
#include "core/sql/statement_text.h"

namespace sightglass {

/// Of a TypeName inside `within`, as written, up to `stop` (a token index) at most.
SqlText typeText(const StatementText& statement, const ParseNode& typeNode, std::size_t stop);

/// Of a ColumnDef whose item of the list ends at `stop`.
ColumnDefinition
readColumn(const StatementText& statement, const ParseNode& column, std::size_t stop);

/// Column constraints of a ColumnDef or of a domain: what follows its type.
void readColumnConstraints(const StatementText& statement,
                           const ParseNode& node,
                           std::size_t stop,
                           ColumnDefinition& column);

/// Of a Constraint node written at a table, in the tokens of its item.
ConstraintDefinition
readConstraint(const StatementText& statement, const ParseNode& constraint, TokenRange range);

/// Of an IndexStmt.
IndexDefinition readIndex(const StatementText& statement, const ParseNode& index);

/// Of a list of DefElem nodes, as CREATE SEQUENCE and identity columns have it.
SequenceOptions readSequenceOptions(const std::vector<ParseNode>& options);

/// A collation as COLLATE names it, without quotes; pg_catalog left out.
std::string collationName(const ParseNode& collateClause);

} // namespace sightglass
