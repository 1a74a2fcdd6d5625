// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/column_type.h"
#include "core/guard/guarded_tables.h"
#include "core/rules/idiom.h"

#include <algorithm>
#include <cctype>

namespace sightglass {

namespace {

constexpr std::string_view head =
    R"py("""Tables of others in the same database, as they are there now.

Autogenerate compares the database with target_metadata: with these tables in it there is nothing to
drop. They are read-only: whoever owns a table changes it, and no revision of this project does.

In env.py, below target_metadata:

    add_unmanaged_tables(target_metadata)
"""
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql  # noqa: F401


def add_unmanaged_tables(metadata: sa.MetaData) -> None:
    """Adds the tables to ``metadata``."""
)py";

/// sa.text(…) takes :name for a parameter; what PostgreSQL writes has none.
std::string textClause(const std::string& sql)
{
    const auto isWord = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$';
    };
    std::string escaped;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        const bool colon = sql[i] == ':' && i + 1 < sql.size() && isWord(sql[i + 1]) &&
                           (i == 0 || (sql[i - 1] != ':' && !isWord(sql[i - 1])));
        escaped += colon ? std::string("\\:") : std::string(1, sql[i]);
    }
    return "sa.text(" + pythonText(escaped) + ")";
}

std::string listOf(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + pythonText(name);
    return text;
}

class TableWriter
{
public:
    TableWriter(const GuardInput& input, const Table& table)
        : m_input(input)
        , m_table(table)
    {}

    std::string text()
    {
        for (const Column& column : m_table.columns)
            addColumn(column);
        if (m_table.primaryKey)
            line("sa.PrimaryKeyConstraint(" + listOf(m_table.primaryKey->columns) +
                 ", name=" + pythonText(m_table.primaryKey->name) + ")");
        for (const KeyConstraint& unique : m_table.uniques)
            line("sa.UniqueConstraint(" + listOf(unique.columns) +
                 ", name=" + pythonText(unique.name) + deferral(unique) + ")");
        for (const ForeignKey& key : m_table.foreignKeys)
            addForeignKey(key);
        if (m_table.name.schema != m_input.defaultSchema)
            line("schema=" + pythonText(m_table.name.schema));
        if (!m_table.comment.empty())
            line("comment=" + pythonText(m_table.comment));
        const std::string indexes = indexLines();
        return std::string("    ") + (indexes.empty() ? "" : "table = ") + "sa.Table(\n        " +
               pythonText(m_table.name.name) + ",\n        metadata,\n" + m_lines + "    )\n" +
               indexes;
    }

private:
    void line(const std::string& argument) { m_lines += "        " + argument + ",\n"; }

    template <typename Constraint>
    static std::string deferral(const Constraint& constraint)
    {
        if (!constraint.deferrable)
            return {};
        return std::string(", deferrable=True") +
               (constraint.initiallyDeferred ? ", initially=\"DEFERRED\"" : "");
    }

    /// Alembic leaves the default out that a column has from a sequence of its own.
    bool isSerial(const Column& column) const
    {
        const auto& sequences = m_input.live.sequences;
        return column.defaultExpression->starts_with("nextval(") &&
               std::ranges::any_of(sequences, [&](const auto& each) {
                   return each.second->ownerTable == m_table.name &&
                          each.second->ownerColumn == column.name;
               });
    }

    void addColumn(const Column& column)
    {
        std::string text =
            "sa.Column(" + pythonText(column.name) + ", " +
            sqlalchemyType(column.type, column.collation, m_input.live, m_input.defaultSchema);
        if (column.identity) {
            text += std::string(", sa.Identity(always=") +
                    (column.identity->always ? "True" : "False") +
                    ", start=" + std::to_string(column.identity->start) +
                    ", increment=" + std::to_string(column.identity->increment) + ")";
        } else if (column.generated) {
            text += ", sa.Computed(" + pythonText(*column.generated) +
                    ", persisted=" + (column.generatedVirtual ? "False" : "True") + ")";
        } else if (column.defaultExpression && !isSerial(column)) {
            text += ", server_default=" + textClause(*column.defaultExpression);
        }
        text += std::string(", nullable=") + (column.nullable ? "True" : "False");
        if (!column.comment.empty())
            text += ", comment=" + pythonText(column.comment);
        line(text + ")");
    }

    bool isInMetadata(const QualifiedName& table) const
    {
        const auto& guarded = m_input.tables;
        return std::ranges::find(guarded, table, &GuardedTable::name) != guarded.end() ||
               std::ranges::find(m_input.modelled, table) != m_input.modelled.end();
    }

    void addForeignKey(const ForeignKey& key)
    {
        const bool plain = key.target.schema == m_input.defaultSchema;
        const std::string target = plain ? key.target.name : toText(key.target);
        if (!isInMetadata(key.target)) {
            m_lines += "        # " + key.name + " leads to " + target +
                       ", which target_metadata does not have.\n";
            return;
        }
        std::vector<std::string> columns;
        for (const std::string& column : key.targetColumns)
            columns.push_back(target + "." + column);
        std::string text = "sa.ForeignKeyConstraint([" + listOf(key.columns) + "], [" +
                           listOf(columns) + "], name=" + pythonText(key.name);
        if (!key.onDelete.empty())
            text += ", ondelete=" + pythonText(key.onDelete);
        if (!key.onUpdate.empty())
            text += ", onupdate=" + pythonText(key.onUpdate);
        line(text + deferral(key) + ")");
    }

    /// One key of an index: a column, one with an order, or an expression.
    std::string keyOf(const std::string& key) const
    {
        const auto isColumn = [&](const std::string& sql, const Column& column) {
            return sql == column.name || sql == quotedIdentifier(column.name);
        };
        for (const Column& column : m_table.columns) {
            const std::string python = "table.c[" + pythonText(column.name) + "]";
            if (isColumn(key, column))
                return python;
            if (key.ends_with(" DESC") && isColumn(key.substr(0, key.size() - 5), column))
                return python + ".desc()";
        }
        return textClause(key);
    }

    std::string indexLines() const
    {
        std::string text;
        for (const Index& index : m_table.indexes) {
            text += "    sa.Index(" + pythonText(index.name);
            for (const std::string& key : index.columns)
                text += ", " + keyOf(key);
            text += std::string(", unique=") + (index.unique ? "True" : "False");
            if (index.method != "btree")
                text += ", postgresql_using=" + pythonText(index.method);
            if (!index.include.empty())
                text += ", postgresql_include=[" + listOf(index.include) + "]";
            if (index.predicate)
                text += ", postgresql_where=" + textClause(*index.predicate);
            if (isWithoutTable(index))
                text += ", _table=table";
            text += ")\n";
        }
        return text;
    }

    /// An index of expressions alone does not tell SQLAlchemy its table.
    bool isWithoutTable(const Index& index) const
    {
        return std::ranges::all_of(index.columns, [&](const std::string& key) {
            return keyOf(key).starts_with("sa.text(");
        });
    }

    const GuardInput& m_input;
    const Table& m_table;
    std::string m_lines;
};

} // namespace

std::string modelStubs(const GuardInput& input)
{
    std::string text(head);
    for (const GuardedTable& guarded : input.tables) {
        const Table* const table = input.live.table(guarded.name);
        if (table == nullptr)
            continue;
        text += guarded.owner.empty() ? std::string() : "    # " + guarded.owner + "\n";
        text += TableWriter(input, *table).text();
    }
    return input.tables.empty() ? text + "    # There are none.\n" : text;
}

} // namespace sightglass
