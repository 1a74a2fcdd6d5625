// SPDX-License-Identifier: GPL-3.0-or-later
// Tables, their constraints and indexes as a revision writes them; for core/rebuild alone.
#pragma once

#include "core/rebuild/body_writer.h"
#include "core/schema/schema.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sightglass {

/// A constraint in the forms in which a revision can write it.
struct TableConstraint
{
    std::string type; ///< of op.drop_constraint: "primary", "unique", "foreignkey", "check"
    std::string name;
    std::string definition; ///< as SQL
    std::string element;    ///< of op.create_table; empty: only SQL can say it
    std::string directive;  ///< on a table that is there: "op.create_check_constraint"
    std::vector<std::string> arguments;
    std::optional<QualifiedName> target; ///< of a foreign key
};

/// All of a table, the primary key first, foreign keys last.
std::vector<TableConstraint> constraintsOf(const Table& table);

/// sa.Column(…); absent where SQLAlchemy has no type for it.
std::optional<std::string>
columnExpression(const Table& table, const Column& column, const Schema& schema);
/// The column in a CREATE TABLE.
std::string columnSql(const Column& column);

/// Whether op.create_table makes the sequence of this column by itself.
bool makesItsSequence(const Table& table, const Column& column, const Schema& schema);
/// The sequence that the column takes its values from and that belongs to it; null: none.
const Sequence* ownedSequence(const Table& table, const Column& column, const Schema& schema);

/// Whether the keys and indexes that a partition has from its parent are named as PostgreSQL names
/// them. Others are made with the partition, which is attached then.
bool hasUsualNames(const Table& partition);
void attachPartition(const Table& partition, BodyWriter& writer);

/// The table with its constraints but for `late` ones, without indexes.
void createTable(const Table& table,
                 const Schema& schema,
                 const std::set<std::string>& late,
                 BodyWriter& writer);
void addConstraint(const QualifiedName& table,
                   const TableConstraint& constraint,
                   BodyWriter& writer);
void dropConstraint(const QualifiedName& table,
                    const TableConstraint& constraint,
                    BodyWriter& writer);

/// `columns` are those of the table or the materialized view.
void createIndex(const QualifiedName& relation,
                 const std::vector<Column>& columns,
                 const Index& index,
                 BodyWriter& writer);
void dropIndex(const QualifiedName& relation, const Index& index, BodyWriter& writer);

/// ", schema='app'" as an argument; nothing for public.
void addSchema(std::vector<std::string>& arguments, const QualifiedName& name);
/// op.f('name'): the name as it is, whatever the naming convention.
std::string finalName(const std::string& name);

} // namespace sightglass
