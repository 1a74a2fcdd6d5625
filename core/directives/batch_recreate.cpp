// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/batch_recreate.h"

#include "core/directives/batch_copied_table.h"
#include "core/render/sql_names.h"

#include <algorithm>
#include <optional>
#include <type_traits>
#include <utility>

namespace sightglass {

namespace {

constexpr std::size_t longestCopyName = 50; // Alembic cuts there

using Kind = ConstraintDefinition::Kind;

Raised pythonError(std::string type, std::string message)
{
    return raising(std::move(type), std::move(message), {"Exception", "BaseException"}).value();
}

bool contains(const std::vector<std::string>& names, const std::string& name)
{
    return std::ranges::find(names, name) != names.end();
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
        auto taken = copiedTable(m_interpreter, m_asked);
        if (!taken)
            return otherwise(taken.error());
        m_table = std::move(*taken);
        m_old = m_table.constraints;
        for (const Change& change : m_asked.asked) {
            if (auto raised = std::visit([this](const auto& each) { return take(each); }, change))
                return otherwise(std::move(*raised));
        }
        orderColumns();
        if (!m_table.unknown.empty())
            return Known<TableCopy>(Unknown{m_table.unknown});
        dropOldConstraints();
        createCopy();
        moveRows();
        if (auto raised = createIndexes())
            return otherwise(std::move(*raised));
        return Known<TableCopy>(std::move(m_made));
    }

private:
    void doubt(std::string reason) { m_table.doubt(std::move(reason)); }

    CopiedColumn* column(const std::string& key) { return m_table.column(key); }

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
            m_table.columns.push_back(std::move(made));
        return std::nullopt;
    }

    Stop take(const change::DropColumn& change)
    {
        if (column(change.column) == nullptr)
            return pythonError("KeyError", "'" + change.column + "'");
        std::erase_if(m_table.columns,
                      [&](const CopiedColumn& each) { return each.key == change.column; });
        for (ConstraintDefinition& each : m_table.constraints) {
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
            std::erase_if(m_table.constraints, [&](const ConstraintDefinition& each) {
                return each.kind == Kind::PrimaryKey && each.name != given.name;
            });
        const auto same =
            std::ranges::find(m_table.constraints, given.name, &ConstraintDefinition::name);
        if (same != m_table.constraints.end())
            *same = given;
        else
            m_table.constraints.push_back(given);
        return std::nullopt;
    }

    Stop take(const change::DropConstraint& change)
    {
        const auto found =
            std::ranges::find(m_table.constraints, change.name, &ConstraintDefinition::name);
        if (found == m_table.constraints.end())
            return pythonError("ValueError", "No such constraint: '" + change.name + "'");
        m_table.constraints.erase(found);
        return std::nullopt;
    }

    Stop take(const change::CreateIndex& change)
    {
        m_newIndexes.push_back(change.index);
        return std::nullopt;
    }

    Stop take(const change::DropIndex& change)
    {
        const auto found =
            std::ranges::find(m_table.indexes, change.index.name, &IndexDefinition::name);
        if (found == m_table.indexes.end())
            return pythonError("ValueError", "No such index: '" + change.index.name + "'");
        m_table.indexes.erase(found);
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
        for (const CopiedColumn& each : m_table.columns)
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
        for (const CopiedColumn& each : m_table.columns) {
            if (!each.isNew && !before.empty())
                m_order.emplace_back(before, each.key);
            before = each.isNew ? before : each.key;
        }
        std::vector<CopiedColumn> sorted;
        while (!m_table.columns.empty()) {
            const auto waits = [this](const CopiedColumn& each) {
                return std::ranges::any_of(m_order, [&](const auto& pair) {
                    return pair.second == each.key && column(pair.first) != nullptr;
                });
            };
            std::vector<std::string> round;
            for (const CopiedColumn& each : m_table.columns) {
                if (!waits(each))
                    round.push_back(each.key);
            }
            if (round.empty())
                return doubt("its columns have no order");
            for (const std::string& key : round) {
                sorted.push_back(*column(key));
                std::erase_if(m_table.columns,
                              [&](const CopiedColumn& each) { return each.key == key; });
            }
        }
        m_table.columns = std::move(sorted);
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
                std::ranges::find(m_table.constraints, old.name, &ConstraintDefinition::name) !=
                    m_table.constraints.end())
                emit(change::DropConstraint{
                    .table = m_asked.name, .name = old.name, .ifExists = false, .cascade = false});
        }
    }

    /// The constraints of the copy, by the columns' new names.
    std::vector<ConstraintDefinition> keptConstraints()
    {
        std::vector<ConstraintDefinition> kept;
        for (ConstraintDefinition each : m_table.constraints) {
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
        for (const ConstraintDefinition& key : m_table.constraints) {
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
            std::ranges::any_of(m_table.constraints, [&](const ConstraintDefinition& each) {
                return each.kind == Kind::ForeignKey && contains(each.columns, given.key);
            });
        return !refers && !given.definition.defaultExpression && given.definition.type.isKnown();
    }

    void createCopy()
    {
        makeSerial();
        for (change::CreateEnum& type : m_table.enums)
            emit(std::move(type));
        change::CreateTable made{.table = m_copy};
        for (const CopiedColumn& each : m_table.columns)
            made.columns.push_back(each.definition);
        made.constraints = keptConstraints();
        emit(std::move(made));
        for (const CopiedColumn& each : m_table.columns) {
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
        for (const CopiedColumn& each : m_table.columns) {
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
        for (IndexDefinition& each : m_table.indexes) {
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
    CopiedTable m_table;                     ///< as it shall be
    std::vector<ConstraintDefinition> m_old; ///< as the table has them
    std::vector<IndexDefinition> m_newIndexes;
    std::vector<std::pair<std::string, std::string>> m_order; ///< a column and one behind it
    TableCopy m_made;
};

} // namespace

Outcome<Known<TableCopy>, Raised> recreateTable(Interpreter& interpreter, RecreatedTable table)
{
    return Copy(interpreter, table).make();
}

} // namespace sightglass
