// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/statement_text.h"

namespace sightglass {

/// What a parsed statement does; one change at least. `depth` bounds statements inside statements.
SqlChanges changesOf(const StatementText& statement, const ParseNode& node, int depth = 0);

/// A statement that no reader knows: its command words, and the object if it has a plain one.
change::Other otherStatement(const StatementText& statement, QualifiedName object = {});

// The readers, each of one or a few kinds of statement. They append to `out`.
// statement_tables.cpp
void readCreateTable(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readCreateForeignTable(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readCreateTableAs(const StatementText& statement, const ParseNode& node, SqlChanges& out);
/// Also SELECT … INTO, whose query is the whole statement.
void readSelectInto(const StatementText& statement, const ParseNode& node, SqlChanges& out);
// statement_alter_table.cpp
void readAlterTable(const StatementText& statement, const ParseNode& node, SqlChanges& out);
// statement_objects.cpp
void readCreateIndex(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readCreateView(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readCreateFunction(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readCreateTrigger(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readCreatePolicy(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readAlterPolicy(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readDefine(const StatementText& statement, const ParseNode& node, SqlChanges& out);
// statement_types.cpp
void readCreateEnum(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readAlterEnum(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readCompositeType(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readRangeType(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readCreateDomain(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readAlterDomain(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readCreateSequence(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readAlterSequence(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readCreateExtension(const StatementText& statement, const ParseNode& node, SqlChanges& out);
// statement_names.cpp
void readDrop(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readRename(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readSetSchema(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readComment(const StatementText& statement, const ParseNode& node, SqlChanges& out);
// statement_data.cpp
void readInsert(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readUpdate(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readDelete(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readMerge(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readTruncate(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readCopy(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readSelect(const StatementText& statement, const ParseNode& node, SqlChanges& out);
// statement_session.cpp
void readSet(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readDiscard(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readTransaction(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readLock(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readVacuum(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readReindex(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readCluster(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readRefresh(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readCall(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readGrant(const StatementText& statement, const ParseNode& node, SqlChanges& out);
void readQueryLike(const StatementText& statement, const ParseNode& node, SqlChanges& out);
// plpgsql_reader.cpp
void readDo(const StatementText& statement, const ParseNode& node, SqlChanges& out);

} // namespace sightglass
