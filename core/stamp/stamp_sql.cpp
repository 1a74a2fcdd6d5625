// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stamp/stamp_sql.h"

#include "core/diagnosis/words.h"

#include <algorithm>

namespace sightglass {

namespace {

using Kind = VersionRowChange::Kind;

constexpr std::size_t alembicWidth = 32;

/// A stamp in the making.
class StampWriter
{
public:
    StampWriter(const StampTable& table, const StampedRows& stamped, bool purge)
        : m_table(table)
        , m_stamped(stamped)
        , m_purge(purge)
        , m_name(toSql(table.name))
        , m_before(table.rows())
    {
        std::ranges::sort(m_before);
    }

    StampSql written()
    {
        if (m_table.existing && m_before == m_stamped.after)
            return {.forward = {}, .backward = {}, .undoText = "There is nothing to take back."};
        StampSql sql;
        sql.widensTo = missingWidth();
        if (m_table.existing)
            changeTable(sql);
        else
            makeTable(sql);
        sql.forward.after = {rowsCheck(m_stamped.after)};
        sql.backward.checks = {rowsCheck(m_stamped.after)};
        sql.backward.locks = {lock()};
        return sql;
    }

private:
    std::string lock() const { return "LOCK TABLE " + m_name + " IN ACCESS EXCLUSIVE MODE"; }

    /// Rows in an order that no collation changes. An empty row may be a NULL.
    PlannedCheck rowsCheck(const std::vector<std::string>& rows) const
    {
        const bool hasEmpty = std::ranges::find(m_before, std::string()) != m_before.end();
        const std::string value =
            hasEmpty ? "coalesce(version_num::text, '')" : "version_num::text";
        PlannedCheck check{.what = "the rows of " + toText(m_table.name),
                           .sql = "SELECT " + value + " FROM " + m_name + " ORDER BY " + value +
                                  " COLLATE \"C\"",
                           .expected = {}};
        for (const std::string& row : rows)
            check.expected.push_back({row});
        return check;
    }

    PlannedCheck absentCheck() const
    {
        return {.what = "the absence of " + toText(m_table.name),
                .sql = "SELECT pg_catalog.to_regclass(" + quotedLiteral(m_name) + ")::text",
                .expected = {{std::nullopt}}};
    }

    /// Characters that the column has to have and does not.
    std::size_t missingWidth() const
    {
        const std::optional<int> width = m_table.existing
                                             ? m_table.existing->width
                                             : std::optional(static_cast<int>(alembicWidth));
        std::size_t longest = 0;
        for (const std::string& row : m_stamped.after)
            longest = std::max(longest, characterCount(row));
        return width && longest > static_cast<std::size_t>(*width) ? longest : 0;
    }

    PlannedStatement insert(const std::string& id) const
    {
        return {.sql =
                    "INSERT INTO " + m_name + " (version_num) VALUES (" + quotedLiteral(id) + ")",
                .rows = 1};
    }

    PlannedStatement remove(const std::string& id) const
    {
        return {.sql = "DELETE FROM " + m_name + " WHERE version_num = " + quotedLiteral(id),
                .rows = 1};
    }

    PlannedStatement update(const std::string& from, const std::string& to) const
    {
        return {.sql = "UPDATE " + m_name + " SET version_num = " + quotedLiteral(to) +
                       " WHERE version_num = " + quotedLiteral(from),
                .rows = 1};
    }

    PlannedStatement removeAll(std::size_t count) const
    {
        return {.sql = "DELETE FROM " + m_name, .rows = static_cast<std::int64_t>(count)};
    }

    PlannedStatement made(const VersionRowChange& change) const
    {
        if (change.kind == Kind::Insert)
            return insert(change.to);
        return change.kind == Kind::Delete ? remove(change.from) : update(change.from, change.to);
    }

    PlannedStatement takenBack(const VersionRowChange& change) const
    {
        if (change.kind == Kind::Insert)
            return remove(change.to);
        return change.kind == Kind::Delete ? insert(change.from) : update(change.to, change.from);
    }

    void replaceRows(std::vector<PlannedStatement>& statements,
                     const std::vector<std::string>& from,
                     const std::vector<std::string>& to) const
    {
        if (!from.empty())
            statements.push_back(removeAll(from.size()));
        for (const std::string& row : to)
            statements.push_back(insert(row));
    }

    void changeTable(StampSql& sql) const
    {
        sql.forward.locks = {lock()};
        sql.forward.checks = {rowsCheck(m_before)};
        if (sql.widensTo > 0)
            sql.forward.statements.push_back({.sql = "ALTER TABLE " + m_name +
                                                     " ALTER COLUMN version_num TYPE character "
                                                     "varying(" +
                                                     std::to_string(sql.widensTo) + ")",
                                              .rows = std::nullopt});
        if (m_purge) {
            replaceRows(sql.forward.statements, m_before, m_stamped.after);
            replaceRows(sql.backward.statements, m_stamped.after, m_before);
            sql.changedRows = m_before.size() + m_stamped.after.size();
        } else {
            for (const VersionRowChange& change : m_stamped.changes)
                sql.forward.statements.push_back(made(change));
            for (auto it = m_stamped.changes.rbegin(); it != m_stamped.changes.rend(); ++it)
                sql.backward.statements.push_back(takenBack(*it));
            sql.changedRows = m_stamped.changes.size();
        }
        sql.backward.after = {rowsCheck(m_before)};
        sql.canBeUndone = std::ranges::find(m_before, std::string()) == m_before.end();
        sql.undoText = sql.canBeUndone
                           ? "Undo puts the old rows back, if the rows are still what this leaves."
                           : "It can't be taken back: an empty row can't be told from NULL.";
        if (sql.canBeUndone && sql.widensTo > 0)
            sql.undoText += " The column stays as wide.";
    }

    void makeTable(StampSql& sql) const
    {
        const std::size_t width = std::max(alembicWidth, sql.widensTo);
        sql.forward.checks = {absentCheck()};
        sql.forward.statements.push_back(
            {.sql = "CREATE TABLE " + m_name + " (version_num character varying(" +
                    std::to_string(width) + ") NOT NULL, CONSTRAINT " +
                    quotedIdentifier(m_table.name.name + "_pkc") + " PRIMARY KEY (version_num))",
             .rows = std::nullopt});
        for (const std::string& row : m_stamped.after)
            sql.forward.statements.push_back(insert(row));
        sql.changedRows = m_stamped.after.size();
        sql.backward.statements = {{.sql = "DROP TABLE " + m_name, .rows = std::nullopt}};
        sql.backward.after = {absentCheck()};
        sql.canBeUndone = true;
        sql.undoText =
            "Undo removes the version table again, if its rows are still what this leaves.";
    }

    const StampTable& m_table;
    const StampedRows& m_stamped;
    bool m_purge;
    std::string m_name;
    std::vector<std::string> m_before; ///< sorted
};

} // namespace

StampSql stampSql(const StampTable& table, const StampedRows& stamped, bool purge)
{
    return StampWriter(table, stamped, purge).written();
}

} // namespace sightglass
