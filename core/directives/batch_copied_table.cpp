// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/batch_copied_table.h"

#include "core/directives/inspector.h"
#include "core/sqlalchemy/type_object.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sightglass {

namespace {

using Kind = ConstraintDefinition::Kind;

struct SerialWord
{
    std::string_view word;
    std::string_view type;
    std::string_view spelled; ///< as PostgreSQL does
};

constexpr std::array serialWords{SerialWord{"SERIAL", "INTEGER", "integer"},
                                 SerialWord{"BIGSERIAL", "BIGINT", "bigint"},
                                 SerialWord{"SMALLSERIAL", "SMALLINT", "smallint"}};

/// The sequence of nextval('name'::regclass); empty for any other default.
std::string sequenceOf(const std::string& expression)
{
    constexpr std::string_view begin = "nextval('";
    const std::size_t end = expression.find("'::regclass)");
    if (!expression.starts_with(begin) || end == std::string::npos)
        return {};
    return expression.substr(begin.size(), end - begin.size());
}

/// Takes one table in.
class Taker
{
public:
    Taker(Interpreter& interpreter, const RecreatedTable& table)
        : m_interpreter(interpreter)
        , m_table(table)
    {}

    Outcome<CopiedTable, Raised> take()
    {
        if (m_table.given != nullptr) {
            if (auto raised = takeGiven(*m_table.given))
                return otherwise(std::move(*raised));
        } else {
            reflectColumns();
            reflectConstraints();
            reflectIndexes();
        }
        return std::move(m_copy);
    }

private:
    const Table& reflected() const { return *m_table.reflected; }

    /// A table that the block is given as it is.
    std::optional<Raised> takeGiven(const TableItem& table)
    {
        if (const auto unknown = unknownPart(table))
            m_copy.doubt("its copy_from is not known: " + unknown->reason);
        for (const ColumnItem* each : table.columns) {
            if (each->index || each->unique)
                m_copy.doubt("an index or unique of a column of copy_from is not followed");
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
                m_copy.doubt("column " + each.name +
                             " of copy_from is more than a type and a default");
            CopiedColumn made{.key = each.name, .definition = std::move(each)};
            const std::string type =
                made.definition.type.isKnown() ? made.definition.type.value() : std::string();
            const auto* serial = std::ranges::find(serialWords, type, &SerialWord::word);
            if (serial != serialWords.end()) {
                made.serial = type;
                made.definition.type = std::string(serial->type);
            }
            m_copy.columns.push_back(std::move(made));
        }
        m_copy.constraints = std::move(table.constraints);
    }

    void takePart(change::CreateEnum& type) { m_copy.enums.push_back(std::move(type)); }

    void takePart(change::CreateIndex& made) { m_copy.indexes.push_back(std::move(made.index)); }

    void takePart(change::SetComment& comment)
    {
        CopiedColumn* found = comment.kind == "column" ? m_copy.column(comment.part) : nullptr;
        if (found != nullptr)
            found->comment = comment.text.value_or(std::string());
    }

    template <typename Other>
    void takePart(Other&)
    {
        m_copy.doubt("a part of copy_from is not followed");
    }

    void reflectColumns()
    {
        if (reflected().kind != TableKind::Table || !reflected().inherits.empty())
            m_copy.doubt("it is no plain table");
        if (!reflected().exclusions.empty())
            m_copy.doubt("it has exclusion constraints");
        for (const Column& column : reflected().columns)
            reflectColumn(column);
    }

    void reflectColumn(const Column& column)
    {
        if (column.identity || column.generated)
            m_copy.doubt("column " + column.name + " is generated");
        CopiedColumn made{.key = column.name, .definition = {.name = column.name}};
        const Value type = reflectedType(m_interpreter, *m_table.schema, column.type);
        auto* object = type.as<TypeObject>();
        const auto sql = object != nullptr ? object->ddl() : SqlText(Unknown{"its type"});
        if (!sql || !sql->isKnown())
            return m_copy.doubt("the type of column " + column.name + " is not reflected");
        made.definition.type = sql->value();
        if (const auto native = object->nativeEnum())
            addEnum(*native);
        made.definition.notNull = !column.nullable;
        made.comment = column.comment;
        if (column.defaultExpression)
            reflectDefault(column, made);
        m_copy.columns.push_back(std::move(made));
    }

    void addEnum(const NativeEnum& native)
    {
        if (!native.createType || !native.name.isKnown() || !native.labels.isKnown())
            return;
        m_copy.enums.push_back(change::CreateEnum{.type = native.name.value(),
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
        const bool owned = std::ranges::any_of(m_table.schema->sequences, [&](const auto& each) {
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
            m_copy.constraints.push_back(std::move(made));
        }
        for (const CheckConstraint& check : reflected().checks) {
            if (!check.validated || check.noInherit)
                m_copy.doubt("check " + check.name + " is NOT VALID or NO INHERIT");
            ConstraintDefinition made{.kind = Kind::Check, .name = check.name};
            made.expression = check.expression;
            m_copy.constraints.push_back(std::move(made));
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
        m_copy.constraints.push_back(std::move(made));
    }

    void reflectIndexes()
    {
        for (const Index& index : reflected().indexes) {
            IndexDefinition made{.name = index.name, .table = m_table.name, .unique = index.unique};
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
                m_copy.indexes.push_back(std::move(made));
        }
    }

    Interpreter& m_interpreter;
    const RecreatedTable& m_table;
    CopiedTable m_copy;
};

} // namespace

void CopiedTable::doubt(std::string reason)
{
    if (unknown.empty())
        unknown = "the table is made anew, and " + std::move(reason);
}

CopiedColumn* CopiedTable::column(const std::string& key)
{
    const auto found = std::ranges::find(columns, key, &CopiedColumn::key);
    return found == columns.end() ? nullptr : &*found;
}

std::string serialWordOf(const std::string& type)
{
    const auto* found = std::ranges::find(serialWords, type, &SerialWord::spelled);
    return found == serialWords.end() ? std::string() : std::string(found->word);
}

Outcome<CopiedTable, Raised> copiedTable(Interpreter& interpreter, const RecreatedTable& table)
{
    return Taker(interpreter, table).take();
}

} // namespace sightglass
