// SPDX-License-Identifier: GPL-3.0-or-later
// What a change does, in one line of plain words.
#include "core/base/error.h"
#include "core/operations/operation.h"
#include "core/operations/summary_words.h"

#include <cstddef>

namespace sightglass {

namespace {

using namespace change;

using namespace words;

/// One overload a kind; a kind without words does not compile.
struct Summary
{
    std::string operator()(const CreateTable& one) const
    {
        std::string result = one.temporary  ? "Creates temporary table "
                             : one.unlogged ? "Creates unlogged table "
                                            : "Creates table ";
        result += name(one.table);
        if (one.partitionOf)
            result += " as a partition of " + name(*one.partitionOf);
        else if (!one.query.empty())
            result += " from a query";
        else if (!one.like.empty() && one.columns.empty())
            result += " like " + name(one.like.front());
        else
            result += " with " + count(one.columns.size(), "column");
        return result + unlessThere(one.ifNotExists);
    }

    std::string operator()(const DropTable& one) const
    {
        return "Drops table " + name(one.table) + ending(one.ifExists, one.cascade);
    }

    std::string operator()(const RenameTable& one) const
    {
        return "Renames table " + name(one.table) + " to " + name(one.newName);
    }

    std::string operator()(const SetTableSchema& one) const
    {
        return "Moves " + name(one.table) + " to schema " + name(one.newSchema);
    }

    std::string operator()(const AddColumn& one) const
    {
        return "Adds column " + name(one.column.name) + " (" + columnWords(one.column) + ") to " +
               name(one.table) + unlessThere(one.ifNotExists);
    }

    std::string operator()(const DropColumn& one) const
    {
        return "Drops column " + name(one.column) + " of " + name(one.table) +
               ending(one.ifExists, one.cascade);
    }

    std::string operator()(const RenameColumn& one) const
    {
        return "Renames column " + name(one.column) + " of " + name(one.table) + " to " +
               name(one.newName);
    }

    std::string operator()(const SetColumnType& one) const
    {
        return "Changes the type of " + column(one) + " to " + typeWord(one.type);
    }

    std::string operator()(const SetNotNull& one) const
    {
        return "Makes " + column(one) + " not null" + (one.notValid ? ", not validated" : "");
    }

    std::string operator()(const DropNotNull& one) const
    {
        return "Makes " + column(one) + " nullable";
    }

    std::string operator()(const SetDefault& one) const
    {
        return "Sets the default of " + column(one) + " to " + expressionWord(one.expression);
    }

    std::string operator()(const DropDefault& one) const
    {
        return "Drops the default of " + column(one);
    }

    std::string operator()(const AddIdentity& one) const
    {
        return "Makes " + column(one) + " an identity column";
    }

    std::string operator()(const SetIdentity& one) const
    {
        return "Changes the identity of " + column(one);
    }

    std::string operator()(const DropIdentity& one) const
    {
        return "Drops the identity of " + column(one) + ending(one.ifExists, false);
    }

    std::string operator()(const DropGenerated& one) const
    {
        return "Makes computed column " + column(one) + " a plain one" +
               ending(one.ifExists, false);
    }

    std::string operator()(const SetExpression& one) const
    {
        return "Changes what column " + column(one) + " is computed from to " +
               expressionWord(one.expression);
    }

    std::string operator()(const AddConstraint& one) const
    {
        return "Adds " + constraintWords(one.constraint) +
               (one.constraint.kind == ConstraintDefinition::Kind::ForeignKey ? " from " : " to ") +
               name(one.table) +
               (one.constraint.notEnforced ? ", not enforced"
                : one.constraint.notValid  ? ", not validated"
                                           : "");
    }

    std::string operator()(const DropConstraint& one) const
    {
        return "Drops constraint " + name(one.name) + " of " + name(one.table) +
               ending(one.ifExists, one.cascade);
    }

    std::string operator()(const RenameConstraint& one) const
    {
        return "Renames constraint " + name(one.name) + " of " + name(one.table) + " to " +
               name(one.newName);
    }

    std::string operator()(const ValidateConstraint& one) const
    {
        return "Validates constraint " + name(one.name) + " of " + name(one.table);
    }

    std::string operator()(const AlterConstraint& one) const
    {
        return "Changes when constraint " + name(one.name) + " of " + name(one.table) +
               " is checked";
    }

    std::string operator()(const CreateIndex& one) const
    {
        return std::string(one.index.unique ? "Creates unique " : "Creates ") +
               withName("index", one.index.name) + " on " + name(one.index.table) + " (" +
               elementWords(one.index.elements) + ")" + (one.concurrently ? ", concurrently" : "") +
               unlessThere(one.ifNotExists);
    }

    std::string operator()(const DropIndex& one) const
    {
        return "Drops index " + name(one.index) + (one.concurrently ? ", concurrently" : "") +
               ending(one.ifExists, one.cascade);
    }

    std::string operator()(const RenameIndex& one) const
    {
        return "Renames index " + name(one.index) + " to " + name(one.newName);
    }

    std::string operator()(const SetIndexStorage& one) const
    {
        return "Sets storage parameters of index " + name(one.index);
    }

    std::string operator()(const Reindex& one) const
    {
        return "Rebuilds the indexes of " + one.kind + " " + name(one.name) +
               (one.concurrently ? ", concurrently" : "");
    }

    std::string operator()(const SetComment& one) const
    {
        std::string object = one.kind + " ";
        if (one.kind == "column")
            object += name(one.name) + "." + printable(one.part);
        else
            object +=
                one.part.empty() ? name(one.name) : printable(one.part) + " of " + name(one.name);
        return std::string(one.text ? "Sets" : "Drops") + " the comment on " + object;
    }

    std::string operator()(const AttachPartition& one) const
    {
        return "Attaches " + name(one.partition) + " to " + name(one.table) + " as a partition";
    }

    std::string operator()(const DetachPartition& one) const
    {
        return "Detaches partition " + name(one.partition) + " from " + name(one.table) +
               (one.concurrently ? ", concurrently" : "");
    }

    std::string operator()(const AlterTableOption& one) const
    {
        if (one.rowSecurity)
            return std::string(*one.rowSecurity ? "Turns row security on"
                                                : "Turns row security off") +
                   " for " + name(one.table);
        if (one.unlogged)
            return "Makes table " + name(one.table) + (*one.unlogged ? " unlogged" : " logged");
        return "Alters table " + name(one.table) + ": " + brief(one.what);
    }

    std::string operator()(const CreateEnum& one) const
    {
        return "Creates enum type " + name(one.type) + " with " +
               count(one.labels.size(), "label") + unlessThere(one.unlessExists);
    }

    std::string operator()(const AddEnumLabel& one) const
    {
        return "Adds label '" + printable(one.label) + "' to enum type " + name(one.type) +
               (one.before.empty() ? "" : " before '" + printable(one.before) + "'") +
               (one.after.empty() ? "" : " after '" + printable(one.after) + "'") +
               unlessThere(one.ifNotExists);
    }

    std::string operator()(const RenameEnumLabel& one) const
    {
        return "Renames label '" + printable(one.label) + "' of enum type " + name(one.type) +
               " to '" + printable(one.newLabel) + "'";
    }

    std::string operator()(const CreateDomain& one) const
    {
        return "Creates domain " + name(one.domain) + " over " + typeWord(one.type);
    }

    std::string operator()(const AlterDomain& one) const { return domainWords(one); }

    std::string operator()(const CreateType& one) const
    {
        return "Creates " + (one.kind.empty() ? std::string() : one.kind + " ") + "type " +
               name(one.type);
    }

    std::string operator()(const DropType& one) const
    {
        return std::string(one.domain ? "Drops domain " : "Drops type ") + name(one.type) +
               ending(one.ifExists, one.cascade);
    }

    std::string operator()(const RenameType& one) const
    {
        return "Renames type " + name(one.type) + " to " + name(one.newName);
    }

    std::string operator()(const SetTypeSchema& one) const
    {
        return "Moves type " + name(one.type) + " to schema " + name(one.newSchema);
    }

    std::string operator()(const CreateSequence& one) const
    {
        return "Creates sequence " + name(one.sequence) + unlessThere(one.ifNotExists);
    }

    std::string operator()(const AlterSequence& one) const
    {
        return "Alters sequence " + name(one.sequence) + ending(one.ifExists, false);
    }

    std::string operator()(const DropSequence& one) const
    {
        return "Drops sequence " + name(one.sequence) + ending(one.ifExists, one.cascade);
    }

    std::string operator()(const RenameSequence& one) const
    {
        return "Renames sequence " + name(one.sequence) + " to " + name(one.newName);
    }

    std::string operator()(const CreateSchema& one) const
    {
        return "Creates schema " + name(one.schema) + unlessThere(one.ifNotExists);
    }

    std::string operator()(const DropSchema& one) const
    {
        return "Drops schema " + name(one.schema) + ending(one.ifExists, one.cascade);
    }

    std::string operator()(const RenameSchema& one) const
    {
        return "Renames schema " + name(one.schema) + " to " + name(one.newName);
    }

    std::string operator()(const CreateExtension& one) const
    {
        return "Installs extension " + name(one.extension) + unlessThere(one.ifNotExists);
    }

    std::string operator()(const DropExtension& one) const
    {
        return "Removes extension " + name(one.extension) + ending(one.ifExists, one.cascade);
    }

    std::string operator()(const CreateView& one) const
    {
        return std::string(one.orReplace ? "Creates or replaces " : "Creates ") +
               viewWord(one.materialized) + name(one.view) + unlessThere(one.ifNotExists);
    }

    std::string operator()(const DropView& one) const
    {
        return "Drops " + viewWord(one.materialized) + name(one.view) +
               ending(one.ifExists, one.cascade);
    }

    std::string operator()(const RenameView& one) const
    {
        return "Renames " + viewWord(one.materialized) + name(one.view) + " to " +
               name(one.newName);
    }

    std::string operator()(const RefreshView& one) const
    {
        return "Refreshes " + viewWord(true) + name(one.view) +
               (one.concurrently ? ", concurrently" : "");
    }

    std::string operator()(const CreateFunction& one) const
    {
        return std::string(one.orReplace ? "Creates or replaces " : "Creates ") +
               functionWord(one.kind) + name(one.function) + "(" + brief(one.arguments) + ")";
    }

    std::string operator()(const DropFunction& one) const
    {
        return "Drops " + functionWord(one.kind) + name(one.function) +
               (one.arguments ? "(" + brief(*one.arguments) + ")" : std::string()) +
               ending(one.ifExists, one.cascade);
    }

    std::string operator()(const RenameFunction& one) const
    {
        const std::string what = functionWord(one.kind) + name(one.function);
        return one.newSchema.empty() ? "Renames " + what + " to " + name(one.newName)
                                     : "Moves " + what + " to schema " + name(one.newSchema);
    }

    std::string operator()(const CreateTrigger& one) const
    {
        return std::string(one.orReplace ? "Creates or replaces" : "Creates") + " trigger " +
               name(one.trigger) + " on " + name(one.table);
    }

    std::string operator()(const RenameTrigger& one) const
    {
        return "Renames trigger " + name(one.trigger) + " of " + name(one.table) + " to " +
               name(one.newName);
    }

    std::string operator()(const DropTrigger& one) const
    {
        return "Drops trigger " + name(one.trigger) + " of " + name(one.table) +
               ending(one.ifExists, one.cascade);
    }

    std::string operator()(const CreatePolicy& one) const
    {
        return "Creates policy " + name(one.policy.name) + " on " + name(one.table);
    }

    std::string operator()(const AlterPolicy& one) const
    {
        return "Changes policy " + name(one.policy) + " of " + name(one.table);
    }

    std::string operator()(const DropPolicy& one) const
    {
        return "Drops policy " + name(one.policy) + " of " + name(one.table) +
               ending(one.ifExists, false);
    }

    std::string operator()(const Other& one) const
    {
        return "Runs " + brief(one.statement) +
               (one.object.name.empty() ? std::string() : " on " + name(one.object));
    }

    std::string operator()(const ChangeData& one) const { return dataWords(one); }

    std::string operator()(const Query& one) const { return "Reads: " + brief(one.text); }

    std::string operator()(const SetSetting& one) const
    {
        if (one.reset)
            return "Resets setting " + name(one.name);
        return "Sets " + name(one.name) + " to " + brief(one.value) +
               (one.local ? " for this transaction" : "");
    }

    std::string operator()(const Transaction& one) const { return "Sends " + brief(one.word); }

    std::string operator()(const LockTable& one) const
    {
        return "Locks " + name(one.table) + " in " + one.mode + " mode";
    }

    std::string operator()(const Opaque& one) const
    {
        if (one.what.empty())
            return "Does something that can't be read";
        std::string result = brief(one.what);
        if (result.front() >= 'a' && result.front() <= 'z')
            result.front() = static_cast<char>(result.front() - 'a' + 'A');
        return result;
    }

private:
    template <typename One>
    static std::string column(const One& one)
    {
        return name(one.table) + "." + name(one.column);
    }

    static std::string viewWord(bool materialized)
    {
        return materialized ? "materialized view " : "view ";
    }

    static std::string functionWord(const std::string& kind)
    {
        return (kind.empty() ? std::string("function") : kind) + " ";
    }

    static std::string domainWords(const AlterDomain& one)
    {
        const std::string domain = name(one.domain);
        if (one.notNull)
            return *one.notNull ? "Forbids NULL in domain " + domain
                                : "Allows NULL in domain " + domain;
        if (one.defaultExpression)
            return "Sets the default of domain " + domain + " to " +
                   expressionWord(*one.defaultExpression);
        if (one.dropDefault)
            return "Drops the default of domain " + domain;
        if (!one.added.empty())
            return "Adds " + constraintWords(one.added.front()) + " to domain " + domain;
        if (!one.dropped.empty())
            return "Drops constraint " + name(one.dropped) + " of domain " + domain +
                   ending(one.ifExists, false);
        if (!one.renamed.empty())
            return "Renames constraint " + name(one.renamed) + " of domain " + domain + " to " +
                   name(one.newName);
        return "Validates constraint " + name(one.validated) + " of domain " + domain;
    }

    static std::string dataWords(const ChangeData& one)
    {
        const std::string table = one.table.name.empty() ? "a table" : name(one.table);
        const std::string some = one.filtered ? "some rows of " : "every row of ";
        if (one.command == "INSERT")
            return one.rows ? "Inserts " + count(static_cast<std::size_t>(*one.rows), "row") +
                                  " into " + table
                            : "Inserts rows into " + table;
        if (one.command == "UPDATE") {
            const std::string what = one.columns.empty() ? "" : joined(one.columns) + " in ";
            return "Updates " + what + some + table;
        }
        if (one.command == "DELETE")
            return "Deletes " + some + table;
        if (one.command == "TRUNCATE")
            return "Empties table " + table + (one.cascade ? ", with tables that refer to it" : "");
        if (one.command == "COPY")
            return "Copies rows into " + table;
        if (one.command == "SETVAL")
            return "Sets the value of sequence " + (one.table.name.empty() ? "" : name(one.table));
        return "Changes data of " + table + " (" + brief(one.command) + ")";
    }
};

} // namespace

std::string summaryOf(const Change& change)
{
    return std::visit(Summary(), change);
}

} // namespace sightglass
