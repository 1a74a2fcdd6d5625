// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/compared_table.h"

#include <array>
#include <string_view>
#include <utility>

namespace sightglass {

namespace {

using Kind = ConstraintDefinition::Kind;

/// SQLAlchemy's column is of the integer type; SERIAL is how its compiler writes a key that counts.
struct SerialWord
{
    std::string_view written;
    std::string_view type;
};

constexpr std::array serialWords{SerialWord{"SERIAL", "INTEGER"},
                                 SerialWord{"BIGSERIAL", "BIGINT"},
                                 SerialWord{"SMALLSERIAL", "SMALLINT"}};

void readType(const ColumnDefinition& definition, ComparedColumn& column)
{
    if (!definition.type.isKnown()) {
        column.typeUnknown = definition.type.reason();
        return;
    }
    column.type = definition.type.value();
    for (const SerialWord& word : serialWords) {
        if (*column.type != word.written)
            continue;
        column.type = std::string(word.type);
        column.serial = true;
    }
}

ComparedColumn declaredColumn(const ColumnDefinition& definition, const Table* made)
{
    ComparedColumn column{.name = definition.name};
    readType(definition, column);
    column.nullable =
        !definition.notNull && (!definition.identity.has_value() || definition.nullWritten);
    column.computed = definition.generated.has_value();
    column.identity = definition.identity;
    const Column* inSchema = made != nullptr ? made->column(definition.name) : nullptr;
    if (definition.defaultExpression && definition.defaultExpression->isKnown())
        column.defaultText = inSchema != nullptr && inSchema->defaultExpression
                                 ? *inSchema->defaultExpression
                                 : definition.defaultExpression->value();
    return column;
}

class Reading
{
public:
    Reading(const Schema& made, std::string defaultSchema)
        : m_made(made)
        , m_defaultSchema(std::move(defaultSchema))
    {}

    void read(const Change& change)
    {
        if (const auto* created = std::get_if<change::CreateTable>(&change))
            readTable(*created);
        else if (const auto* constraint = std::get_if<change::AddConstraint>(&change))
            readConstraint(tableFor(constraint->table), constraint->constraint);
        else if (const auto* index = std::get_if<change::CreateIndex>(&change))
            readIndex(index->index);
        else if (const auto* comment = std::get_if<change::SetComment>(&change))
            readComment(*comment);
    }

    DeclaredTables take() { return std::move(m_declared); }

private:
    QualifiedName inCatalog(QualifiedName name) const
    {
        if (name.schema.empty())
            name.schema = m_defaultSchema;
        return name;
    }

    ComparedTable& tableFor(const QualifiedName& name)
    {
        return m_declared.tables[inCatalog(name)];
    }

    void readTable(const change::CreateTable& created)
    {
        const QualifiedName name = inCatalog(created.table);
        m_declared.order.push_back(name);
        ComparedTable& table = m_declared.tables[name];
        table.schema = created.table.schema;
        // Replay makes tables without a schema in `public`, wherever the server would.
        const Table* made = m_made.table(name);
        if (made == nullptr)
            made = m_made.table({.schema = "public", .name = created.table.name});
        for (const ColumnDefinition& each : created.columns) {
            table.columns.push_back(declaredColumn(each, made));
            for (const ConstraintDefinition& constraint : each.constraints)
                readConstraint(table, constraint);
        }
        for (const ConstraintDefinition& each : created.constraints)
            readConstraint(table, each);
    }

    static void readConstraint(ComparedTable& table, const ConstraintDefinition& constraint)
    {
        if (constraint.kind == Kind::Unique)
            table.uniques.push_back(
                {.name = constraint.name, .columns = constraint.columns, .unique = true});
        if (constraint.kind == Kind::ForeignKey)
            table.foreignKeys.push_back(
                {.name = constraint.name,
                 .columns = constraint.columns,
                 .target = constraint.target,
                 .targetColumns = constraint.targetColumns,
                 .onDelete = comparedAction(constraint.onDelete),
                 .onUpdate = comparedAction(constraint.onUpdate),
                 .deferrable = constraint.deferrable.value_or(false),
                 .initiallyDeferred = comparedAction(constraint.initially) == "deferred"});
    }

    /// The column that a key is, be it with an order; empty: another expression.
    static std::string columnOf(const IndexElement& element, const ComparedTable& table)
    {
        if (!element.column.empty() || !element.expression || !element.expression->isKnown())
            return element.column;
        const std::string& text = element.expression->value();
        for (const ComparedColumn& column : table.columns) {
            const std::string quoted = quotedIdentifier(column.name);
            const std::string_view rest =
                text.starts_with(quoted) ? std::string_view(text).substr(quoted.size()) : "?";
            if (rest.empty() || rest.starts_with(" DESC") || rest.starts_with(" ASC") ||
                rest.starts_with(" NULLS "))
                return column.name;
        }
        return {};
    }

    void readIndex(const IndexDefinition& index)
    {
        ComparedKey key{.name = index.name, .columns = {}, .isIndex = true, .unique = index.unique};
        ComparedTable& table = tableFor(index.table);
        for (const IndexElement& element : index.elements) {
            const std::string column = columnOf(element, table);
            if (column.empty())
                key.functional = true;
            else
                key.columns.push_back(column);
            key.ordered = key.ordered || (!column.empty() && element.column.empty());
            std::string text = element.column;
            if (element.expression)
                text = element.expression->isKnown() ? element.expression->value() : "…";
            key.keys += (key.keys.empty() ? "" : ", ") + text;
        }
        table.indexes.push_back(std::move(key));
    }

    void readComment(const change::SetComment& comment)
    {
        ComparedTable& table = tableFor(comment.name);
        if (comment.kind == "table")
            table.comment = comment.text;
        for (ComparedColumn& column : table.columns) {
            if (comment.kind == "column" && column.name == comment.part)
                column.comment = comment.text;
        }
    }

    const Schema& m_made;
    std::string m_defaultSchema;
    DeclaredTables m_declared;
};

} // namespace

DeclaredTables declaredTables(const std::vector<Change>& changes,
                              const Schema& made,
                              const std::string& defaultSchema)
{
    Reading reading(made, defaultSchema);
    for (const Change& change : changes)
        reading.read(change);
    return reading.take();
}

} // namespace sightglass
