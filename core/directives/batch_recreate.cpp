// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/batch_recreate.h"

#include "core/directives/inspector.h"
#include "core/render/sql_names.h"
#include "core/sqlalchemy/type_object.h"

#include <algorithm>
#include <array>
#include <optional>
#include <type_traits>
#include <utility>

namespace sightglass {

namespace {

constexpr std::size_t longestCopyName = 50; // Alembic cuts there

using Kind = ConstraintDefinition::Kind;

struct CopiedColumn
{
    std::string key; ///< its name in the block, whatever it is renamed to
    ColumnDefinition definition;
    std::string comment;
    std::string serial; ///< SERIAL's word for a reflected column that has a sequence of its own
    bool isNew = false;
    std::string castTo; ///< the rows' values change their type
};

Raised pythonError(std::string type, std::string message)
{
    return raising(std::move(type), std::move(message), {"Exception", "BaseException"}).value();
}

bool contains(const std::vector<std::string>& names, const std::string& name)
{
    return std::ranges::find(names, name) != names.end();
}

struct SerialWord
{
    std::string_view word;
    std::string_view type;
    std::string_view spelled; ///< as PostgreSQL does
};

constexpr std::array serialWords{SerialWord{"SERIAL", "INTEGER", "integer"},
                                 SerialWord{"BIGSERIAL", "BIGINT", "bigint"},
                                 SerialWord{"SMALLSERIAL", "SMALLINT", "smallint"}};

std::string serialWordOf(const std::string& type)
{
    const auto* found = std::ranges::find(serialWords, type, &SerialWord::spelled);
    return found == serialWords.end() ? std::string() : std::string(found->word);
}

/// The sequence of nextval('name'::regclass); empty for any other default.
std::string sequenceOf(const std::string& expression)
{
    constexpr std::string_view begin = "nextval('";
    const std::size_t end = expression.find("'::regclass)");
    if (!expression.starts_with(begin) || end == std::string::npos)
        return {};
    return expression.substr(begin.size(), end - begin.size());
}

/// Builds the copy of one table.
class Copy
{
public:
    Copy(Interpreter& interpreter, RecreatedTable& table)
        : m_interpreter(interpreter)
        , m_asked(table)
        , m_copy{table.name.schema, ("_alembic_tmp_" + table.name.name).substr(0, longestCopyName)}
    {}

    Outcome<Known<TableCopy>, Raised> make()
    {
        if (m_asked.given != nullptr) {
            if (auto raised = takeGiven(*m_asked.given))
                return otherwise(std::move(*raised));
        } else {
            reflectColumns();
            reflectConstraints();
            reflectIndexes();
        }
        m_old = m_constraints;
        for (const Change& change : m_asked.asked) {
            if (auto raised = std::visit([this](const auto& each) { return take(each); }, change))
                return otherwise(std::move(*raised));
        }
        orderColumns();
        if (!m_unknown.empty())
            return Known<TableCopy>(Unknown{m_unknown});
        dropOldConstraints();
        createCopy();
        moveRows();
        if (auto raised = createIndexes())
            return otherwise(std::move(*raised));
        return Known<TableCopy>(std::move(m_made));
    }

private:
    void doubt(std::string reason)
    {
        if (m_unknown.empty())
            m_unknown = "the table is made anew, and " + std::move(reason);
    }

    const Table& reflected() const { return *m_asked.reflected; }

    /// A table that the block is given as it is.
    std::optional<Raised> takeGiven(const TableItem& table)
    {
        if (const auto unknown = unknownPart(table))
            doubt("its copy_from is not known: " + unknown->reason);
        for (const ColumnItem* each : table.columns) {
            if (each->index || each->unique)
                doubt("an index or unique of a column of copy_from is not followed");
        }
        static const NamingConvention usual = defaultNamingConvention();
        auto changes = createTableChanges(
            table, table.metadata != nullptr ? table.metadata->convention : usual);
        if (!changes)
            return changes.error();
        for (Change& change : *changes)
            std::visit([this](auto& each) { takePart(each); }, change);
        return std::nullopt;
    }

    void takePart(change::CreateTable& table)
    {
        for (ColumnDefinition& each : table.columns) {
            if (!each.constraints.empty() || each.identity || each.generated ||
                !each.type.isKnown())
                doubt("column " + each.name + " of copy_from is more than a type and a default");
            CopiedColumn made{.key = each.name, .definition = std::move(each)};
            const std::string type =
                made.definition.type.isKnown() ? made.definition.type.value() : std::string();
            const auto* serial = std::ranges::find(serialWords, type, &SerialWord::word);
            if (serial != serialWords.end()) {
                made.serial = type;
                made.definition.type = std::string(serial->type);
            }
            m_columns.push_back(std::move(made));
        }
        m_constraints = std::move(table.constraints);
    }

    void takePart(change::CreateEnum& type) { m_enums.push_back(std::move(type)); }

    void takePart(change::CreateIndex& made) { m_indexes.push_back(std::move(made.index)); }

    void takePart(change::SetComment& comment)
    {
        CopiedColumn* found = comment.kind == "column" ? column(comment.part) : nullptr;
        if (found != nullptr)
            found->comment = comment.text.value_or(std::string());
    }

    template <typename Other>
    void takePart(Other&)
    {
        doubt("a part of copy_from is not followed");
    }

    void reflectColumns()
    {
        if (reflected().kind != TableKind::Table || !reflected().inherits.empty())
            doubt("it is no plain table");
        if (!reflected().exclusions.empty())
            doubt("it has exclusion constraints");
        for (const Column& column : reflected().columns)
            reflectColumn(column);
    }

    void reflectColumn(const Column& column)
    {
        if (column.identity || column.generated)
            doubt("column " + column.name + " is generated");
        CopiedColumn made{.key = column.name, .definition = {.name = column.name}};
        const Value type = reflectedType(m_interpreter, *m_asked.schema, column.type);
        auto* object = type.as<TypeObject>();
        const auto sql = object != nullptr ? object->ddl() : SqlText(Unknown{"its type"});
        if (!sql || !sql->isKnown())
            return doubt("the type of column " + column.name + " is not reflected");
        made.definition.type = sql->value();
        if (const auto native = object->nativeEnum())
            addEnum(*native);
        made.definition.notNull = !column.nullable;
        made.comment = column.comment;
        if (column.defaultExpression)
            reflectDefault(column, made);
        m_columns.push_back(std::move(made));
    }

    void addEnum(const NativeEnum& native)
    {
        if (!native.createType || !native.name.isKnown() || !native.labels.isKnown())
            return;
        m_enums.push_back(change::CreateEnum{.type = native.name.value(),
                                             .labels = native.labels.value(),
                                             .oncePerRun = true,
                                             .unlessExists = false});
    }

    /// A SERIAL's own sequence is left out; so is its default, which only a primary key gets back.
    void reflectDefault(const Column& column, CopiedColumn& made) const
    {
        const std::string sequence = sequenceOf(*column.defaultExpression);
        if (!sequence.empty())
            made.serial = serialWordOf(column.type);
        const bool owned = std::ranges::any_of(m_asked.schema->sequences, [&](const auto& each) {
            return each.first.name == sequence && each.second->ownerTable == reflected().name &&
                   each.second->ownerColumn == column.name;
        });
        if (!owned || (column.type != "integer" && column.type != "bigint"))
            made.definition.defaultExpression = SqlText(*column.defaultExpression);
    }

    void reflectConstraints()
    {
        for (const ForeignKey& key : reflected().foreignKeys) {
            ConstraintDefinition made{.kind = Kind::ForeignKey, .name = key.name};
            made.columns = key.columns;
            made.target = key.target;
            made.targetColumns = key.targetColumns;
            made.onDelete = key.onDelete;
            made.onUpdate = key.onUpdate;
            made.match = key.match;
            if (key.deferrable)
                made.deferrable = true;
            if (key.initiallyDeferred)
                made.initially = "DEFERRED";
            m_constraints.push_back(std::move(made));
        }
        for (const CheckConstraint& check : reflected().checks) {
            if (!check.validated || check.noInherit)
                doubt("check " + check.name + " is NOT VALID or NO INHERIT");
            ConstraintDefinition made{.kind = Kind::Check, .name = check.name};
            made.expression = check.expression;
            m_constraints.push_back(std::move(made));
        }
        for (const KeyConstraint& key : reflected().uniques)
            addKey(Kind::Unique, key);
        if (reflected().primaryKey)
            addKey(Kind::PrimaryKey, *reflected().primaryKey);
    }

    void addKey(Kind kind, const KeyConstraint& key)
    {
        ConstraintDefinition made{.kind = kind, .name = key.name};
        made.columns = key.columns;
        m_constraints.push_back(std::move(made));
    }

    void reflectIndexes()
    {
        for (const Index& index : reflected().indexes) {
            IndexDefinition made{.name = index.name, .table = m_asked.name, .unique = index.unique};
            bool plain = true;
            for (const std::string& key : index.columns) {
                const std::string column = columnOfKey(reflected(), key);
                plain = plain && !column.empty();
                IndexElement& element = made.elements.emplace_back();
                element.column = column;
                if (key.find(" DESC") != std::string::npos)
                    element.order = "DESC";
                if (key.ends_with(" NULLS LAST"))
                    element.nulls = "LAST";
                if (key.ends_with(" NULLS FIRST"))
                    element.nulls = "FIRST";
            }
            if (index.method != "btree")
                made.method = index.method;
            made.include = index.include;
            if (index.predicate)
                made.predicate = SqlText(*index.predicate);
            if (plain)
                m_indexes.push_back(std::move(made));
        }
    }

    CopiedColumn* column(const std::string& key)
    {
        const auto found = std::ranges::find(m_columns, key, &CopiedColumn::key);
        return found == m_columns.end() ? nullptr : &*found;
    }

    using Stop = std::optional<Raised>;

    template <typename Change>
    Stop alter(const Change& change, const auto& apply)
    {
        CopiedColumn* found = column(change.column);
        if (found == nullptr)
            return pythonError("KeyError", "'" + change.column + "'");
        apply(*found);
        return std::nullopt;
    }

    Stop take(const change::AddColumn& change)
    {
        if (!change.column.constraints.empty() || change.column.identity || change.column.generated)
            doubt("column " + change.column.name + " comes with more than a default");
        CopiedColumn made{.key = change.column.name, .definition = change.column};
        made.isNew = true;
        if (const std::string last = lastOldColumn(); !last.empty())
            m_order.emplace_back(last, made.key);
        if (CopiedColumn* same = column(made.key))
            *same = std::move(made);
        else
            m_columns.push_back(std::move(made));
        return std::nullopt;
    }

    Stop take(const change::DropColumn& change)
    {
        if (column(change.column) == nullptr)
            return pythonError("KeyError", "'" + change.column + "'");
        std::erase_if(m_columns,
                      [&](const CopiedColumn& each) { return each.key == change.column; });
        for (ConstraintDefinition& each : m_constraints) {
            if (each.kind == Kind::PrimaryKey)
                std::erase(each.columns, change.column);
        }
        return std::nullopt;
    }

    Stop take(const change::RenameColumn& change)
    {
        return alter(change, [&](CopiedColumn& each) { each.definition.name = change.newName; });
    }

    Stop take(const change::SetColumnType& change)
    {
        return alter(change, [&](CopiedColumn& each) {
            each.definition.type = change.type;
            each.definition.collation = change.collation;
            if (change.type.isKnown())
                each.castTo = change.type.value();
            if (!each.serial.empty() && change.type.isKnown())
                each.serial = serialWordOf(lowered(change.type.value()));
        });
    }

    static std::string lowered(std::string text)
    {
        for (char& each : text)
            each = each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each;
        return text;
    }

    Stop take(const change::SetNotNull& change)
    {
        return alter(change, [](CopiedColumn& each) { each.definition.notNull = true; });
    }

    Stop take(const change::DropNotNull& change)
    {
        return alter(change, [](CopiedColumn& each) { each.definition.notNull = false; });
    }

    Stop take(const change::SetDefault& change)
    {
        return alter(change, [&](CopiedColumn& each) {
            each.definition.defaultExpression = change.expression;
        });
    }

    Stop take(const change::DropDefault& change)
    {
        return alter(change, [](CopiedColumn& each) { each.definition.defaultExpression.reset(); });
    }

    /// A comment on the table itself does not reach the copy.
    Stop take(const change::SetComment& change)
    {
        if (change.kind == "column") {
            if (CopiedColumn* found = column(change.part))
                found->comment = change.text.value_or(std::string());
        } else if (change.kind != "table") {
            doubt("a comment on a " + change.kind + " is not followed");
        }
        return std::nullopt;
    }

    Stop take(const change::AddConstraint& change)
    {
        const ConstraintDefinition& given = change.constraint;
        if (given.name.empty())
            return pythonError("ValueError", "Constraint must have a name");
        if (given.kind == Kind::Exclude)
            doubt("an exclusion constraint is not followed");
        // A table has one primary key: the last that is put on it.
        if (given.kind == Kind::PrimaryKey)
            std::erase_if(m_constraints, [&](const ConstraintDefinition& each) {
                return each.kind == Kind::PrimaryKey && each.name != given.name;
            });
        const auto same = std::ranges::find(m_constraints, given.name, &ConstraintDefinition::name);
        if (same != m_constraints.end())
            *same = given;
        else
            m_constraints.push_back(given);
        return std::nullopt;
    }

    Stop take(const change::DropConstraint& change)
    {
        const auto found =
            std::ranges::find(m_constraints, change.name, &ConstraintDefinition::name);
        if (found == m_constraints.end())
            return pythonError("ValueError", "No such constraint: '" + change.name + "'");
        m_constraints.erase(found);
        return std::nullopt;
    }

    Stop take(const change::CreateIndex& change)
    {
        m_newIndexes.push_back(change.index);
        return std::nullopt;
    }

    Stop take(const change::DropIndex& change)
    {
        const auto found = std::ranges::find(m_indexes, change.index.name, &IndexDefinition::name);
        if (found == m_indexes.end())
            return pythonError("ValueError", "No such index: '" + change.index.name + "'");
        m_indexes.erase(found);
        return std::nullopt;
    }

    template <typename Other>
    Stop take(const Other&)
    {
        doubt("a change that the block asks for is not followed");
        return std::nullopt;
    }

    std::string lastOldColumn() const
    {
        std::string last;
        for (const CopiedColumn& each : m_columns)
            last = each.isNew ? last : each.key;
        return last;
    }

    /// A new column comes behind the one that was last when it was added; Alembic sorts in rounds,
    /// so that one whose place is gone comes behind the first column.
    void orderColumns()
    {
        if (m_order.empty())
            return;
        std::string before;
        for (const CopiedColumn& each : m_columns) {
            if (!each.isNew && !before.empty())
                m_order.emplace_back(before, each.key);
            before = each.isNew ? before : each.key;
        }
        std::vector<CopiedColumn> sorted;
        while (!m_columns.empty()) {
            const auto waits = [this](const CopiedColumn& each) {
                return std::ranges::any_of(m_order, [&](const auto& pair) {
                    return pair.second == each.key && column(pair.first) != nullptr;
                });
            };
            std::vector<std::string> round;
            for (const CopiedColumn& each : m_columns) {
                if (!waits(each))
                    round.push_back(each.key);
            }
            if (round.empty())
                return doubt("its columns have no order");
            for (const std::string& key : round) {
                sorted.push_back(*column(key));
                std::erase_if(m_columns, [&](const CopiedColumn& each) { return each.key == key; });
            }
        }
        m_columns = std::move(sorted);
    }

    void emit(Change change, std::string text = {})
    {
        m_made.changes.push_back(std::move(change));
        m_made.texts.push_back(std::move(text));
    }

    /// Their names are taken as long as the old table stands.
    void dropOldConstraints()
    {
        for (const ConstraintDefinition& old : m_old) {
            if (!old.name.empty() &&
                std::ranges::find(m_constraints, old.name, &ConstraintDefinition::name) !=
                    m_constraints.end())
                emit(change::DropConstraint{
                    .table = m_asked.name, .name = old.name, .ifExists = false, .cascade = false});
        }
    }

    /// The constraints of the copy, by the columns' new names.
    std::vector<ConstraintDefinition> keptConstraints()
    {
        std::vector<ConstraintDefinition> kept;
        for (ConstraintDefinition each : m_constraints) {
            const bool all = std::ranges::all_of(
                each.columns, [this](const std::string& key) { return column(key) != nullptr; });
            const bool empty = each.kind == Kind::PrimaryKey && each.columns.empty();
            if (!all || empty)
                continue;
            for (std::string& key : each.columns)
                key = column(key)->definition.name;
            kept.push_back(std::move(each));
        }
        return kept;
    }

    /// SERIAL where the primary key's one number has a sequence, or is new.
    void makeSerial()
    {
        for (const ConstraintDefinition& key : m_constraints) {
            if (key.kind != Kind::PrimaryKey)
                continue;
            for (const std::string& name : key.columns) {
                CopiedColumn* found = column(name);
                if (found == nullptr)
                    continue;
                const bool counted =
                    found->isNew && key.columns.size() == 1 && isPlainNumber(*found);
                const std::string word =
                    counted ? serialWordOf(lowered(found->definition.type.value())) : found->serial;
                if (!word.empty()) {
                    found->definition.type = word;
                    found->definition.defaultExpression.reset();
                }
                found->definition.notNull = true;
            }
        }
    }

    bool isPlainNumber(const CopiedColumn& given) const
    {
        const bool refers =
            std::ranges::any_of(m_constraints, [&](const ConstraintDefinition& each) {
                return each.kind == Kind::ForeignKey && contains(each.columns, given.key);
            });
        return !refers && !given.definition.defaultExpression && given.definition.type.isKnown();
    }

    void createCopy()
    {
        makeSerial();
        for (change::CreateEnum& type : m_enums)
            emit(std::move(type));
        change::CreateTable made{.table = m_copy};
        for (const CopiedColumn& each : m_columns)
            made.columns.push_back(each.definition);
        made.constraints = keptConstraints();
        emit(std::move(made));
        for (const CopiedColumn& each : m_columns) {
            if (!each.comment.empty())
                emit(change::SetComment{.kind = "column",
                                        .name = m_copy,
                                        .part = each.definition.name,
                                        .text = each.comment});
        }
    }

    void moveRows()
    {
        change::ChangeData rows{.command = "INSERT", .table = m_copy};
        std::string into;
        std::string from;
        for (const CopiedColumn& each : m_columns) {
            if (each.isNew)
                continue;
            const std::string separator = into.empty() ? "" : ", ";
            const std::string value = sqlName(m_asked.name) + "." + sqlName(each.key);
            into += separator + sqlName(each.definition.name);
            from += separator + (each.castTo.empty() ? value
                                                     : "CAST(" + value + " AS " + each.castTo +
                                                           ") AS " + sqlName(each.key));
            rows.columns.push_back(each.definition.name);
        }
        emit(std::move(rows),
             "INSERT INTO " + sqlName(m_copy) + " (" + into + ") SELECT " + from + " \nFROM " +
                 sqlName(m_asked.name));
        emit(change::DropTable{.table = m_asked.name, .ifExists = false, .cascade = false});
        emit(change::RenameTable{.table = m_copy, .newName = m_asked.name.name, .ifExists = false});
    }

    Stop createIndexes()
    {
        for (IndexDefinition& each : m_indexes) {
            // What stood on a column that is gone fails at the server.
            for (IndexElement& element : each.elements) {
                if (const CopiedColumn* found = column(element.column))
                    element.column = found->definition.name;
            }
            createIndex(std::move(each));
        }
        for (IndexDefinition& each : m_newIndexes) {
            for (IndexElement& element : each.elements) {
                if (element.column.empty())
                    continue;
                const CopiedColumn* found = column(element.column);
                if (found == nullptr)
                    return pythonError("KeyError", "'" + element.column + "'");
                element.column = found->definition.name;
            }
            createIndex(std::move(each));
        }
        return std::nullopt;
    }

    void createIndex(IndexDefinition index)
    {
        index.table = m_asked.name;
        emit(change::CreateIndex{
            .index = std::move(index), .ifNotExists = false, .concurrently = false});
    }

    Interpreter& m_interpreter;
    RecreatedTable& m_asked;
    QualifiedName m_copy;
    std::string m_unknown;
    std::vector<CopiedColumn> m_columns;
    std::vector<ConstraintDefinition> m_constraints; ///< of the copy
    std::vector<ConstraintDefinition> m_old;         ///< as the table has them
    std::vector<IndexDefinition> m_indexes;
    std::vector<IndexDefinition> m_newIndexes;
    std::vector<change::CreateEnum> m_enums;
    std::vector<std::pair<std::string, std::string>> m_order; ///< a column and one behind it
    TableCopy m_made;
};

} // namespace

Outcome<Known<TableCopy>, Raised> recreateTable(Interpreter& interpreter, RecreatedTable table)
{
    return Copy(interpreter, table).make();
}

} // namespace sightglass
