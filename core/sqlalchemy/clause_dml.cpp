// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/clause_dml.h"

#include "core/render/sql_writer.h"
#include "core/sqlalchemy/clause_select.h"
#include "core/sqlalchemy/items.h"

#include <algorithm>

namespace sightglass {

namespace {

using Kind = DmlParts::Kind;

std::vector<std::string> namesOf(const Assignments& row)
{
    std::vector<std::string> names;
    for (const auto& [name, value] : row)
        names.push_back(name);
    return names;
}

/// The row in the order of the table's columns; unknown where a name is none of them.
Known<Assignments> ordered(const DmlParts& parts, const Assignments& row)
{
    const auto columns = columnsOfFrom(*parts.table);
    if (columns.empty())
        return row;
    Assignments made;
    for (const FromColumn& column : columns) {
        const auto found = std::ranges::find(row, column.name, &Assignments::value_type::first);
        if (found != row.end())
            made.push_back(*found);
    }
    for (const auto& [name, value] : row) {
        if (std::ranges::find(columns, name, &FromColumn::name) == columns.end())
            return Unknown{"Unconsumed column names: " + name};
    }
    return made;
}

/// A Python-side default adds a value that nobody wrote.
std::string pythonDefaultOf(const DmlParts& parts, const Assignments& row)
{
    const auto* table = dynamic_cast<const TableItem*>(parts.table);
    if (table == nullptr || parts.kind != Kind::Insert)
        return {};
    for (const ColumnItem* column : table->columns) {
        const bool given =
            column->name.isKnown() &&
            std::ranges::find(row, column->name.value(), &Assignments::value_type::first) !=
                row.end();
        if (column->pythonDefault && !given)
            return "column " + (column->name.isKnown() ? column->name.value() : "?") +
                   " has a default that Python computes";
    }
    return {};
}

SqlText rowText(const Assignments& row, const CompileContext& context)
{
    std::vector<SqlText> values;
    for (const auto& [name, value] : row)
        values.push_back(grouped(*value, {}, context));
    const SqlText text = joined(values);
    return text.isKnown() ? SqlText("(" + text.value() + ")") : text;
}

/// Columns of the primary key that the server fills in: SQLAlchemy asks for them back.
std::vector<const Clause*> impliedReturning(const DmlParts& parts, const Assignments& row)
{
    const auto* table = dynamic_cast<const TableItem*>(parts.table);
    if (table == nullptr || parts.inlined || parts.conflict != DmlParts::Conflict::None)
        return {};
    std::vector<const Clause*> made;
    for (const ColumnItem* column : table->columns) {
        if (!column->primaryKey || !column->name.isKnown())
            continue;
        const auto found =
            std::ranges::find(row, column->name.value(), &Assignments::value_type::first);
        const auto* value =
            found == row.end() ? nullptr : dynamic_cast<const Expression*>(found->second);
        const bool literal = value != nullptr && value->kind == Expression::Kind::Literal;
        if (!literal)
            made.push_back(column);
    }
    return made;
}

void writeReturning(SqlWriter& out,
                    const std::vector<const Clause*>& columns,
                    const CompileContext& context)
{
    if (columns.empty())
        return;
    std::vector<SqlText> texts;
    for (const Clause* each : columns) {
        const auto of = columnsOfFrom(*each);
        for (const FromColumn& column : of)
            texts.emplace_back(prefixOf(*each) + "." + sqlName(column.name));
        if (of.empty())
            texts.push_back(each->compile(context));
    }
    out.words("RETURNING").text(joined(texts));
}

void writeConflict(SqlWriter& out, const DmlParts& parts, const CompileContext& context)
{
    if (parts.conflict == DmlParts::Conflict::None)
        return;
    CompileContext bare = context;
    bare.tableNames = false;
    out.words("ON CONFLICT");
    if (!parts.conflictConstraint.empty())
        out.words("ON CONSTRAINT").name(parts.conflictConstraint);
    else if (!parts.conflictColumns.empty())
        out.group(joinedText(parts.conflictColumns, ", ", {.op = Op::Comma}, bare));
    if (parts.conflictIndexWhere != nullptr)
        out.words("WHERE").text(parts.conflictIndexWhere->compile(bare));
    if (parts.conflict == DmlParts::Conflict::Nothing) {
        out.words("DO NOTHING");
        return;
    }
    const Known<Assignments> set = ordered(parts, parts.conflictSet);
    std::vector<SqlText> texts;
    for (const auto& [name, value] : set.isKnown() ? set.value() : parts.conflictSet)
        texts.push_back(
            SqlWriter().words(sqlName(name) + " =").text(grouped(*value, {}, context)).result());
    out.words("DO UPDATE SET").text(joined(texts));
    if (parts.conflictWhere != nullptr)
        out.words("WHERE").text(parts.conflictWhere->compile(context));
}

SqlText insertText(const DmlParts& parts, const CompileContext& context)
{
    SqlWriter out;
    out.words("INSERT INTO").text(fromTextOf(*parts.table, context));
    Assignments first;
    if (parts.select != nullptr) {
        out.names(parts.selectColumns).text(parts.select->compile(context));
    } else if (parts.rows.empty() || parts.rows.front().empty()) {
        return Unknown{"the values of an INSERT are not known"};
    } else {
        const Known<Assignments> row = ordered(parts, parts.rows.front());
        if (!row.isKnown())
            return Unknown{row.reason()};
        first = row.value();
        if (std::string reason = pythonDefaultOf(parts, first); !reason.empty())
            return Unknown{std::move(reason)};
        out.names(namesOf(first)).words("VALUES");
        std::vector<SqlText> rows;
        for (const Assignments& each : parts.rows) {
            const Known<Assignments> one = ordered(parts, each);
            if (!one.isKnown() || namesOf(one.value()) != namesOf(first))
                return Unknown{"the rows of an INSERT do not have the same columns"};
            rows.push_back(rowText(one.value(), context));
        }
        out.text(joined(rows));
    }
    writeConflict(out, parts, context);
    const bool implied =
        parts.returning.empty() && parts.select == nullptr && parts.rows.size() == 1;
    writeReturning(out, implied ? impliedReturning(parts, first) : parts.returning, context);
    return out.result();
}

void writeWhere(SqlWriter& out, const DmlParts& parts, const CompileContext& context)
{
    if (parts.where.empty())
        return;
    out.words("WHERE");
    if (parts.where.size() == 1)
        out.text(grouped(*parts.where.front(), {.op = Op::AsBoolean}, context));
    else
        out.text(joinedText(parts.where, " AND ", {.op = Op::And}, context));
}

/// Other tables that the conditions name: FROM of an UPDATE, USING of a DELETE.
Froms otherFroms(const DmlParts& parts)
{
    Froms froms;
    for (const Clause* each : parts.where)
        addFroms(*each, froms);
    for (const Assignments& row : parts.rows) {
        for (const auto& [name, value] : row)
            addFroms(*value, froms);
    }
    std::erase(froms, parts.table);
    return froms;
}

void writeFroms(SqlWriter& out,
                std::string_view word,
                const Froms& froms,
                const CompileContext& context)
{
    if (froms.empty())
        return;
    std::vector<SqlText> texts;
    for (const Clause* each : froms)
        texts.push_back(fromTextOf(*each, context));
    out.words(word).text(joined(texts));
}

SqlText updateText(const DmlParts& parts, const Froms& others, const CompileContext& context)
{
    if (parts.rows.empty() || parts.rows.front().empty())
        return Unknown{"the values of an UPDATE are not known"};
    const Known<Assignments> row = ordered(parts, parts.rows.front());
    if (!row.isKnown())
        return Unknown{row.reason()};
    std::vector<SqlText> texts;
    for (const auto& [name, value] : row.value()) {
        const SqlText text = grouped(*value, {}, context);
        texts.push_back(text.isKnown() ? SqlText(sqlName(name) + "=" + text.value()) : text);
    }
    SqlWriter out;
    out.words("UPDATE").text(fromTextOf(*parts.table, context)).words("SET").text(joined(texts));
    writeFroms(out, "FROM", others, context);
    writeWhere(out, parts, context);
    writeReturning(out, parts.returning, context);
    return out.result();
}

SqlText deleteText(const DmlParts& parts, const Froms& others, const CompileContext& context)
{
    SqlWriter out;
    out.words("DELETE FROM").text(fromTextOf(*parts.table, context));
    writeFroms(out, "USING", others, context);
    writeWhere(out, parts, context);
    writeReturning(out, parts.returning, context);
    return out.result();
}

} // namespace

std::string DmlClause::typeName() const
{
    switch (m_parts.kind) {
    case Kind::Insert:
        return "Insert";
    case Kind::Update:
        return "Update";
    case Kind::Delete:
        return "Delete";
    }
    return "UpdateBase";
}

std::vector<std::string> DmlClause::classNames() const
{
    return {typeName(), "UpdateBase", "Executable", "ClauseElement"};
}

std::string_view DmlClause::statementKind() const
{
    switch (m_parts.kind) {
    case Kind::Insert:
        return "insert";
    case Kind::Update:
        return "update";
    case Kind::Delete:
        return "delete";
    }
    return "update";
}

SqlText DmlClause::compile(const CompileContext& given) const
{
    if (!m_parts.unknown.empty())
        return Unknown{m_parts.unknown};
    Extent extent;
    for (const auto* clauses : {&m_parts.where, &m_parts.returning}) {
        for (const Clause* each : *clauses)
            extent.hold(each);
    }
    for (const Assignments& row : m_parts.rows) {
        for (const auto& [name, value] : row)
            extent.hold(value);
    }
    if (extent.tooLarge() || given.depth >= CompileContext::deepest)
        return Unknown{"the statement is nested too deeply"};
    CompileContext context = given;
    context.tableNames = true;
    context.inBinary = false;
    ++context.depth;
    const Froms others = m_parts.kind == Kind::Insert ? Froms() : otherFroms(m_parts);
    Froms around = others;
    around.push_back(m_parts.table);
    context.enclosing = &around;
    SqlWriter out;
    std::vector<const AliasClause*> ctes;
    for (const auto& clauses : {m_parts.where, m_parts.returning}) {
        for (const Clause* each : clauses)
            addCtes(*each, ctes);
    }
    for (const Clause* each : others)
        addCtes(*each, ctes);
    if (m_parts.select != nullptr)
        addCtes(*m_parts.select, ctes);
    if (!ctes.empty() && given.depth == 0)
        out.text(withText(ctes, context));
    switch (m_parts.kind) {
    case Kind::Insert:
        return out.text(insertText(m_parts, context)).result();
    case Kind::Update:
        return out.text(updateText(m_parts, others, context)).result();
    case Kind::Delete:
        return out.text(deleteText(m_parts, others, context)).result();
    }
    return Unknown{"this statement can't be written"};
}

Change DmlClause::asChange() const
{
    change::ChangeData data;
    data.table = m_parts.table != nullptr ? tableNameOf(*m_parts.table) : QualifiedName{};
    data.filtered = !m_parts.where.empty();
    switch (m_parts.kind) {
    case Kind::Insert:
        data.command = "INSERT";
        break;
    case Kind::Update:
        data.command = "UPDATE";
        break;
    case Kind::Delete:
        data.command = "DELETE";
        break;
    }
    data.columns = m_parts.selectColumns;
    if (!m_parts.rows.empty())
        data.columns = namesOf(m_parts.rows.front());
    if (m_parts.kind == Kind::Insert && m_parts.select == nullptr && m_parts.unknown.empty() &&
        !m_parts.rows.empty()) {
        data.rows = static_cast<std::int64_t>(m_parts.rows.size());
        data.filtered = true;
    }
    return data;
}

} // namespace sightglass
