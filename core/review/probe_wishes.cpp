// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/probe_wishes.h"

#include <algorithm>
#include <variant>

namespace sightglass {

namespace {

class Wishes
{
public:
    explicit Wishes(const LiveState& live)
        : m_live(live)
    {}

    void operator()(const change::DropTable& c) { addTable(c.table); }

    void operator()(const change::DropColumn& c) { addColumn(c.table, c.column, {}); }

    void operator()(const change::SetNotNull& c) { addColumn(c.table, c.column, {}); }

    void operator()(const change::SetColumnType& c)
    {
        addColumn(c.table, c.column, {.duplicates = false, .longest = true});
    }

    void operator()(const change::AddColumn& c) { addTable(c.table); }

    void operator()(const change::AddConstraint& c)
    {
        addTable(c.table);
        const bool unique = c.constraint.kind == ConstraintDefinition::Kind::Unique ||
                            c.constraint.kind == ConstraintDefinition::Kind::PrimaryKey;
        for (const std::string& column : c.constraint.columns)
            addColumn(c.table, column, {.duplicates = unique && c.constraint.columns.size() == 1});
    }

    void operator()(const change::CreateIndex& c)
    {
        addTable(c.index.table);
        // Rows that the predicate leaves out, and values of an expression, are not counted here.
        if (c.index.unique && !c.index.predicate && c.index.elements.size() == 1)
            addColumn(c.index.table, c.index.elements.front().column, {.duplicates = true});
    }

    void operator()(const change::ChangeData& c)
    {
        if (c.command == "TRUNCATE" || c.command == "DELETE" || c.command == "UPDATE")
            addTable(c.table);
    }

    template <typename T>
    void operator()(const T&)
    {}

    ProbeRequest take() { return std::move(m_request); }

private:
    const Table* find(const QualifiedName& written) const
    {
        if (!written.schema.empty())
            return m_live.schema.table(written);
        for (const std::string& schema : m_live.server.searchPath) {
            if (const Table* const found =
                    m_live.schema.table({.schema = schema, .name = written.name}))
                return found;
        }
        return nullptr;
    }

    const Table* addTable(const QualifiedName& written)
    {
        const Table* const table = find(written);
        if (table == nullptr || table->kind == TableKind::ForeignTable || !table->bytes)
            return nullptr;
        m_request.tables.emplace(table->name, *table->bytes);
        return table;
    }

    void addColumn(const QualifiedName& written, const std::string& column, ColumnQuestion question)
    {
        const Table* const table = addTable(written);
        if (table == nullptr || table->column(column) == nullptr)
            return;
        ColumnQuestion& known = m_request.columns[{table->name, column}];
        known.duplicates = known.duplicates || question.duplicates;
        known.longest = known.longest || question.longest;
    }

    const LiveState& m_live;
    ProbeRequest m_request;
};

} // namespace

ProbeRequest
probesFor(const History& history, const std::vector<RevisionIndex>& pending, const LiveState& live)
{
    Wishes wishes(live);
    for (const RevisionIndex index : pending) {
        for (const Operation& operation : history.steps(index).upgrade.operations)
            std::visit(wishes, operation.change);
    }
    return wishes.take();
}

} // namespace sightglass
