// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/footprint.h"
#include "core/rules/moment.h"
#include "core/sql/statement_tokens.h"

#include <string>
#include <string_view>
#include <vector>

namespace sightglass::footprints {

/// A footprint in the making: of one operation, with the database as it stands before it.
class Builder
{
public:
    Builder(const Operation& ofOperation, const Moment& now)
        : operation(ofOperation)
        , moment(now)
    {}

    const Operation& operation;
    const Moment& moment;
    Footprint footprint;

    /// The relation that the statement names; nothing when it is surely not there.
    void lock(const QualifiedName& written, LockMode mode);
    /// It and everything below it: partitions of partitions.
    void lockTree(const QualifiedName& written, LockMode mode);
    /// Another relation, by its full name.
    void lockFurther(const QualifiedName& full, LockMode mode);
    void lockFurtherTree(const QualifiedName& full, LockMode mode);
    void lockIndex(const QualifiedName& full, LockMode mode);
    /// Relations that a query reads.
    void lockSources(std::string_view query);

    void scan() { footprint.scans = true; }

    void rewrite() { footprint.rewrites = footprint.scans = true; }

    void buildIndex() { footprint.scans = footprint.buildsIndex = true; }

    /// What was said of scans, rewrites and index builds rests on something that is not known.
    void doubt(Confidence confidence, std::string unsettled);

    int version() const { return moment.serverVersion(); }

    /// Of the statement as written; none for a directive.
    const std::vector<SqlToken>& tokens();
    /// Whether these words stand side by side in the statement.
    bool says(std::initializer_list<std::string_view> words);

private:
    void add(const QualifiedName& full, LockMode mode, bool further, bool index);

    std::vector<SqlToken> m_tokens;
    bool m_tokenised = false;
};

/// The default partition of a partitioned table; empty name: it has none that is known.
QualifiedName defaultPartition(const Moment& moment, const QualifiedName& parent);
/// Its partitions, and theirs.
std::vector<QualifiedName> descendants(const Moment& moment, const Table& table);
/// Tables with a foreign key to this one, without itself.
std::vector<QualifiedName> referencingTables(const Moment& moment,
                                             const QualifiedName& table,
                                             const std::vector<std::string>& columns = {});
bool readsRelation(const Moment& moment, const View& view, const QualifiedName& relation);
/// `views` and those that read them.
std::vector<QualifiedName> viewsAbove(const Moment& moment, std::vector<QualifiedName> views);
/// Views that read this relation, and those that read them.
std::vector<QualifiedName> viewsOf(const Moment& moment, const QualifiedName& relation);

/// Whether a word of `tokens` at `index` and those behind it are these.
bool standsAt(const std::vector<SqlToken>& tokens,
              std::size_t index,
              std::initializer_list<std::string_view> words);
/// The name in parts that begins at a token.
QualifiedName nameAt(const std::vector<SqlToken>& tokens, std::size_t index);

// What each kind of change takes; one overload each.
// columns.cpp
void take(Builder& b, const change::AddColumn& c);
void take(Builder& b, const change::DropColumn& c);
void take(Builder& b, const change::RenameColumn& c);
void take(Builder& b, const change::SetColumnType& c);
void take(Builder& b, const change::SetNotNull& c);
void take(Builder& b, const change::DropNotNull& c);
void take(Builder& b, const change::SetDefault& c);
void take(Builder& b, const change::DropDefault& c);
void take(Builder& b, const change::AddIdentity& c);
void take(Builder& b, const change::SetIdentity& c);
void take(Builder& b, const change::DropIdentity& c);
void take(Builder& b, const change::DropGenerated& c);
void take(Builder& b, const change::SetExpression& c);
// constraints.cpp
void take(Builder& b, const change::AddConstraint& c);
void take(Builder& b, const change::DropConstraint& c);
void take(Builder& b, const change::RenameConstraint& c);
void take(Builder& b, const change::ValidateConstraint& c);
void take(Builder& b, const change::AlterConstraint& c);
// tables.cpp
void take(Builder& b, const change::CreateTable& c);
void take(Builder& b, const change::DropTable& c);
void take(Builder& b, const change::RenameTable& c);
void take(Builder& b, const change::SetTableSchema& c);
void take(Builder& b, const change::AttachPartition& c);
void take(Builder& b, const change::DetachPartition& c);
void take(Builder& b, const change::DropSchema& c);
void take(Builder& b, const change::LockTable& c);
// table_options.cpp
void take(Builder& b, const change::AlterTableOption& c);
// indexes.cpp
void take(Builder& b, const change::CreateIndex& c);
void take(Builder& b, const change::DropIndex& c);
void take(Builder& b, const change::RenameIndex& c);
void take(Builder& b, const change::SetIndexStorage& c);
void take(Builder& b, const change::Reindex& c);
// objects.cpp
void take(Builder& b, const change::CreateView& c);
void take(Builder& b, const change::DropView& c);
void take(Builder& b, const change::RenameView& c);
void take(Builder& b, const change::RefreshView& c);
void take(Builder& b, const change::CreateTrigger& c);
void take(Builder& b, const change::RenameTrigger& c);
void take(Builder& b, const change::DropTrigger& c);
void take(Builder& b, const change::CreatePolicy& c);
void take(Builder& b, const change::AlterPolicy& c);
void take(Builder& b, const change::DropPolicy& c);
void take(Builder& b, const change::SetComment& c);
void take(Builder& b, const change::AlterSequence& c);
void take(Builder& b, const change::DropSequence& c);
void take(Builder& b, const change::RenameSequence& c);
void take(Builder& b, const change::DropFunction& c);
// types.cpp
void take(Builder& b, const change::AddEnumLabel& c);
void take(Builder& b, const change::DropType& c);
void take(Builder& b, const change::DropExtension& c);
void take(Builder& b, const change::AlterDomain& c);
// other.cpp
void take(Builder& b, const change::Other& c);
// data.cpp
void take(Builder& b, const change::ChangeData& c);
void take(Builder& b, const change::Query& c);

} // namespace sightglass::footprints
