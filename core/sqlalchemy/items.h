// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/source_span.h"
#include "core/evaluation/interpreter.h"
#include "core/operations/changes.h"
#include "core/sqlalchemy/clause.h"
#include "core/sqlalchemy/naming_convention.h"
#include "core/sqlalchemy/type_object.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sightglass {

/// A constraint's or index's name as given.
struct GivenName
{
    enum class Kind
    {
        None,
        Plain,
        Final /* op.f() */,
        Unknown
    };
    Kind kind = Kind::None;
    std::string text; ///< the name; the reason when Unknown
};

/// sa.Column.
class ColumnItem final : public Clause
{
public:
    std::string typeName() const override { return "Column"; }

    std::vector<std::string> classNames() const override;
    SqlText compile(const CompileContext& context) const override;
    std::optional<std::string> columnName() const override;
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    std::optional<Raised>
    setAttribute(Interpreter& interpreter, std::string_view name, const Value& value) override;

    Known<std::string> name = std::string();
    Known<TypeObject*> type = Unknown{"no type is given"};
    bool typeGiven = false;
    bool primaryKey = false;
    std::optional<bool> nullable;
    bool unique = false;
    bool index = false;
    std::string autoincrement = "auto"; ///< "auto", "True", "False", "ignore_fk"
    bool pythonDefault = false;
    std::optional<SqlText> serverDefault; ///< as written after DEFAULT
    bool fetchedDefault = false;
    std::optional<IdentityDefinition> identity;
    std::optional<SqlText> computed;
    std::optional<std::string> sequence; ///< name of an sa.Sequence
    std::optional<std::string> comment;
    bool system = false;
    std::vector<class ConstraintItem*> constraints; ///< ForeignKey and CheckConstraint given to it
    /// Why another part (nullable, an item given to it) is not known.
    std::optional<Unknown> unknown;
    class TableItem* table = nullptr;
    SourceSpan span;
};

/// PrimaryKeyConstraint, UniqueConstraint, CheckConstraint, ForeignKeyConstraint, ForeignKey,
/// ExcludeConstraint.
class ConstraintItem final : public Object
{
public:
    std::string typeName() const override { return className; }

    std::vector<std::string> classNames() const override
    {
        return {className, "Constraint", "SchemaItem"};
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override; ///< name, table
    std::optional<Raised>
    setAttribute(Interpreter& interpreter, std::string_view name, const Value& value) override;

    std::string className;
    GivenName name;
    ConstraintDefinition definition; ///< without its name
    std::optional<Unknown> unknown;  ///< why a part other than the expression is not known
    bool useAlter = false;
    class TableItem* table = nullptr;
    SourceSpan span;
};

/// sa.Index.
class IndexItem final : public Object
{
public:
    std::string typeName() const override { return "Index"; }

    std::vector<std::string> classNames() const override { return {"Index", "SchemaItem"}; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override; ///< create, drop
    std::optional<Raised>
    setAttribute(Interpreter& interpreter, std::string_view name, const Value& value) override;

    GivenName name;
    IndexDefinition definition; ///< without name and, until it is attached, table
    bool concurrently = false;
    std::optional<Unknown> unknown;
    class TableItem* table = nullptr;
    SourceSpan span;
};

/// sa.Table with a MetaData, and what op.create_table returns.
class TableItem final : public Clause
{
public:
    std::string typeName() const override { return "Table"; }

    std::vector<std::string> classNames() const override
    {
        return {"Table", "FromClause", "SchemaItem"};
    }

    SqlText compile(const CompileContext& context) const override;
    /// c, columns, name, schema, insert(), update(), delete(), select(), create(bind), drop(bind),
    /// …
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    std::optional<Raised>
    setAttribute(Interpreter& interpreter, std::string_view name, const Value& value) override;

    QualifiedName name;
    std::vector<ColumnItem*> columns;
    std::vector<ConstraintItem*> constraints;
    /// How many of them were given with the table: those of its columns come after them.
    std::size_t constraintsGiven = 0;
    std::vector<IndexItem*> indexes;
    std::optional<std::string> comment;
    std::vector<std::string> prefixes;                        ///< "UNLOGGED", "TEMPORARY"
    std::vector<std::pair<std::string, std::string>> options; ///< postgresql_* without the prefix
    std::optional<Unknown> unknown; ///< columns may be missing (autoload, unknown *args)
    class MetaDataItem* metadata = nullptr;
    SourceSpan span;
};

/// sa.MetaData.
class MetaDataItem final : public Object
{
public:
    std::string typeName() const override { return "MetaData"; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    /// naming_convention and schema count for the tables that come later: SQLAlchemy names a
    /// constraint when its table gets it.
    std::optional<Raised>
    setAttribute(Interpreter& interpreter, std::string_view name, const Value& value) override;

    std::optional<std::string> schema;
    NamingConvention convention = defaultNamingConvention();
    std::vector<TableItem*> tables; ///< in order of definition
    std::optional<Unknown> unknown; ///< tables may be missing (reflect)
};

/// What runs DDL for objects that have create() and drop() of their own. The directives implement
/// it.
class DdlRunner : public InterpreterService
{
public:
    /// Emits the changes in order. `directive` is as written: "Table.create".
    virtual std::optional<Raised> run(Interpreter& interpreter,
                                      std::vector<Change> changes,
                                      std::string directive,
                                      SourceSpan span) = 0;

    /// False where there is no connection to ask, as offline: checkfirst then does nothing.
    virtual bool checksFirst() const { return true; }

    /// What `checkfirst` finds out; Unknown where nobody can say.
    virtual Outcome<Known<bool>, Raised> hasTable(Interpreter&, const QualifiedName&)
    {
        return Known<bool>(Unknown{"there is no schema to ask"});
    }
};

/// What creating the item sends, in SQLAlchemy's order: types, table, indexes, comments. Names by
/// `convention` where it applies, SERIAL where the rule says so, long names cut as SQLAlchemy cuts
/// them. Raises what the compiler raises (a column without type, an Enum without name).
Outcome<std::vector<Change>, Raised> createTableChanges(const TableItem& table,
                                                        const NamingConvention& convention);
Outcome<std::vector<Change>, Raised> createIndexChanges(const IndexItem& index,
                                                        const QualifiedName& table,
                                                        const NamingConvention& convention);
/// ADD COLUMN and what follows it: foreign keys, unique, index, comment.
Outcome<std::vector<Change>, Raised> addColumnChanges(const QualifiedName& table,
                                                      const ColumnItem& column,
                                                      const NamingConvention& convention);
/// A constraint with its final name, for ADD CONSTRAINT on `table`.
Outcome<Change, Raised> addConstraintChange(const QualifiedName& table,
                                            const ConstraintItem& constraint,
                                            const NamingConvention& convention);
/// The name that a given name becomes; empty: PostgreSQL chooses. `kind` is ix, uq, ck, fk, pk.
Outcome<Known<std::string>, Raised> finalName(const GivenName& name,
                                              std::string_view kind,
                                              const QualifiedName& table,
                                              const std::vector<std::string>& columns,
                                              const QualifiedName& target,
                                              const std::vector<std::string>& targetColumns,
                                              const NamingConvention& convention);
/// In the order in which create_all makes them: by dependency, then by name.
std::vector<TableItem*> sortedTables(const MetaDataItem& metadata);
/// Why a part of the item is not known that its changes can't say themselves; absent: all is known.
std::optional<Unknown> unknownPart(const ColumnItem& column);
std::optional<Unknown> unknownPart(const TableItem& table);

/// Adds Column, Table, MetaData, constraints, Index, Sequence, Identity, Computed, FetchedValue,
/// declarative pieces to sqlalchemy and sqlalchemy.schema.
void addItems(Interpreter& interpreter, class NativeModule& module);

} // namespace sightglass
