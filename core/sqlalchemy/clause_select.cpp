// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/clause_select.h"

#include "core/render/sql_writer.h"
#include "core/sqlalchemy/items.h"

#include <algorithm>
#include <map>

namespace sightglass {

namespace {

using Kind = Expression::Kind;

bool holds(const Froms& froms, const Clause* wanted)
{
    return std::ranges::find(froms, wanted) != froms.end();
}

bool isFrom(const Clause& clause)
{
    return dynamic_cast<const FromClause*>(&clause) != nullptr ||
           dynamic_cast<const TableItem*>(&clause) != nullptr;
}

Typing typeOfColumn(const Clause& clause)
{
    return typingOf(clause);
}

std::string nameOf(const Clause& clause)
{
    if (const auto* element = dynamic_cast<const Element*>(&clause))
        return element->proxyName();
    return clause.columnName().value_or("");
}

/// One column of the list with the name that it gets when it has none of its own.
class ColumnList
{
public:
    explicit ColumnList(const CompileContext& context)
        : m_context(context)
        , m_named(context.namesColumns)
    {
        m_context.namesColumns = false;
    }

    void add(const Clause& entity)
    {
        if (!isFrom(entity)) {
            addOne(entity);
            return;
        }
        const std::string prefix = prefixOf(entity);
        const auto columns = columnsOfFrom(entity);
        for (const FromColumn& column : columns) {
            const std::string name = sqlName(column.name);
            put(prefix.empty() ? name : prefix + "." + name, column.name, false);
        }
        if (columns.empty())
            m_texts.emplace_back(Unknown{"the columns of a table in a SELECT are not known"});
    }

    SqlText result() const { return joined(m_texts); }

private:
    void addOne(const Clause& entity)
    {
        const auto* expression = dynamic_cast<const Expression*>(&entity);
        const auto* element = dynamic_cast<const Element*>(&entity);
        const SqlText text = entity.compile(m_context);
        if (!text.isKnown()) {
            m_texts.push_back(text);
            return;
        }
        if (expression == nullptr) {
            const bool column = entity.columnName().has_value();
            put(text.value(), column ? nameOf(entity) : std::string(), false);
            return;
        }
        if (expression->kind == Kind::Label) {
            const std::string name = expression->word.empty() ? anonymous() : expression->word;
            put(text.value() + " AS " + sqlName(name), {}, false);
            return;
        }
        if (expression->kind == Kind::Raw) {
            const bool word = expression->word == "NULL" || expression->word == "true" ||
                              expression->word == "false";
            put(text.value() + (word && expression->word != "*" ? " AS " + anonymous() : ""),
                {},
                false);
            return;
        }
        const bool call = expression->kind == Kind::Function || expression->kind == Kind::Ansi;
        const std::string name = element->proxyName();
        if (call)
            put(text.value() + " AS " + sqlName(numbered(functionLabel(name))), {}, false);
        else
            put(text.value() + " AS " + sqlName(name.empty() ? anonymous() : name), name, true);
    }

    static std::string functionLabel(const std::string& name)
    {
        std::string label =
            name.substr(name.rfind('.') == std::string::npos ? 0 : name.rfind('.') + 1);
        std::ranges::replace(label, ' ', '_');
        const bool upper = std::ranges::all_of(label, [](char c) { return c < 'a' || c > 'z'; });
        if (upper)
            std::ranges::transform(label, label.begin(), [](char c) {
                return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
            });
        return label;
    }

    std::string numbered(const std::string& name)
    {
        return name + "_" + std::to_string(++m_numbers[name]);
    }

    std::string anonymous() { return numbered("anon"); }

    void put(std::string text, const std::string& name, bool labelled)
    {
        // A name that was there already gets a number, so that a row has each once.
        const bool again = !name.empty() && !labelled && m_seen[name]++ > 0;
        if (!name.empty() && !labelled && !again && m_named)
            text += " AS " + sqlName(name);
        if (again)
            text += " AS " + sqlName(name + "_" + std::to_string(m_seen[name] - 1));
        m_texts.emplace_back(std::move(text));
    }

    CompileContext m_context;
    bool m_named;
    std::vector<SqlText> m_texts;
    std::map<std::string, int> m_numbers;
    std::map<std::string, int> m_seen;
};

SqlText criteria(const std::vector<const Clause*>& clauses, const CompileContext& context)
{
    if (clauses.size() == 1)
        return grouped(*clauses.front(), {.op = Op::AsBoolean}, context);
    return joinedText(clauses, " AND ", {.op = Op::And}, context);
}

void writeTail(SqlWriter& out, const SelectParts& parts, const CompileContext& context)
{
    if (!parts.groupBy.empty())
        out.words("GROUP BY").text(joinedText(parts.groupBy, ", ", {.op = Op::Comma}, context));
    if (!parts.having.empty())
        out.words("HAVING").text(criteria(parts.having, context));
    if (!parts.orderBy.empty())
        out.words("ORDER BY").text(joinedText(parts.orderBy, ", ", {.op = Op::Comma}, context));
    if (parts.limit != nullptr)
        out.words("LIMIT").text(parts.limit->compile(context));
    else
        out.when(parts.offset != nullptr, "LIMIT ALL");
    if (parts.offset != nullptr)
        out.words("OFFSET").text(parts.offset->compile(context));
    out.words(parts.locking);
}

SqlText compoundText(const SelectParts& parts, const CompileContext& context)
{
    SqlWriter out;
    for (std::size_t i = 0; i < parts.members.size(); ++i) {
        out.when(i > 0, parts.setWord);
        const auto* select = dynamic_cast<const SelectClause*>(parts.members[i]);
        const bool group = select != nullptr &&
                           (!select->parts().setWord.empty() || select->parts().limit != nullptr ||
                            select->parts().offset != nullptr || !select->parts().orderBy.empty());
        const SqlText text = parts.members[i]->compile(context);
        if (group)
            out.group(text);
        else
            out.text(text);
    }
    writeTail(out, parts, context);
    return out.result();
}

} // namespace

SelectClause::SelectClause(SelectParts parts)
    : m_parts(std::move(parts))
{
    const SelectParts& p = m_parts;
    for (const auto* clauses : {&p.entities,
                                &p.where,
                                &p.from,
                                &p.groupBy,
                                &p.having,
                                &p.orderBy,
                                &p.distinctOn,
                                &p.members}) {
        for (const Clause* each : *clauses)
            extent.hold(each);
    }
}

std::vector<std::string> SelectClause::classNames() const
{
    return {typeName(), "SelectBase", "Executable", "ClauseElement"};
}

Froms SelectClause::displayFroms(const CompileContext& context) const
{
    if (extent.tooLarge())
        return {};
    Froms all;
    for (const Clause* each : m_parts.from)
        if (!holds(all, each))
            all.push_back(each);
    for (const auto* clauses : {&m_parts.entities, &m_parts.where}) {
        for (const Clause* each : *clauses)
            addFroms(*each, all);
    }
    Froms hidden;
    for (const Clause* each : all) {
        if (const auto* join = dynamic_cast<const JoinClause*>(each)) {
            const Froms sides = join->hidden();
            hidden.insert(hidden.end(), sides.begin(), sides.end());
        }
    }
    std::erase_if(all, [&](const Clause* each) { return holds(hidden, each); });
    if (m_parts.correlates && context.enclosing != nullptr && all.size() > 1)
        std::erase_if(all, [&](const Clause* each) { return holds(*context.enclosing, each); });
    return all;
}

SqlText SelectClause::compile(const CompileContext& given) const
{
    if (!m_parts.unknown.empty())
        return Unknown{m_parts.unknown};
    if (extent.tooLarge() || given.depth >= CompileContext::deepest)
        return Unknown{"the query is nested too deeply"};
    CompileContext context = given;
    context.tableNames = true;
    context.inBinary = false;
    ++context.depth;
    if (!m_parts.setWord.empty())
        return compoundText(m_parts, context);
    const Froms froms = displayFroms(given);
    Froms around = froms;
    if (given.enclosing != nullptr)
        around.insert(around.end(), given.enclosing->begin(), given.enclosing->end());
    context.enclosing = &around;

    SqlWriter out;
    if (given.depth == 0) {
        std::vector<const AliasClause*> ctes;
        addCtes(*this, ctes);
        if (!ctes.empty())
            out.text(withText(ctes, context));
    }
    out.words("SELECT").when(m_parts.distinct && m_parts.distinctOn.empty(), "DISTINCT");
    if (!m_parts.distinctOn.empty())
        out.words("DISTINCT ON").group(joinedText(m_parts.distinctOn, ", ", {}, context));
    ColumnList columns(context);
    for (const Clause* entity : m_parts.entities)
        columns.add(*entity);
    out.text(columns.result());
    context.namesColumns = false;
    std::vector<SqlText> fromTexts;
    std::ranges::transform(froms, std::back_inserter(fromTexts), [&](const Clause* each) {
        return fromTextOf(*each, context);
    });
    if (!fromTexts.empty())
        out.glue(" \n").glue("FROM").text(joined(fromTexts));
    if (!m_parts.where.empty())
        out.glue(" \n").glue("WHERE").text(criteria(m_parts.where, context));
    writeTail(out, m_parts, context);
    return out.result();
}

std::vector<FromColumn> SelectClause::outputColumns() const
{
    if (extent.tooLarge())
        return {};
    if (!m_parts.setWord.empty()) {
        const auto* first = m_parts.members.empty()
                                ? nullptr
                                : dynamic_cast<const SelectClause*>(m_parts.members.front());
        return first != nullptr ? first->outputColumns() : std::vector<FromColumn>();
    }
    std::vector<FromColumn> made;
    for (const Clause* entity : m_parts.entities) {
        if (isFrom(*entity)) {
            const auto columns = columnsOfFrom(*entity);
            made.insert(made.end(), columns.begin(), columns.end());
            continue;
        }
        const std::string name = nameOf(*entity);
        if (name.empty())
            return {};
        made.push_back({.name = name, .type = typeOfColumn(*entity), .clause = entity});
    }
    return made;
}

SqlText withText(const std::vector<const AliasClause*>& ctes, const CompileContext& context)
{
    SqlWriter out;
    const bool recursive =
        std::ranges::any_of(ctes, [](const AliasClause* each) { return each->recursive; });
    out.words("WITH").when(recursive, "RECURSIVE");
    std::vector<SqlText> texts;
    for (const AliasClause* cte : ctes) {
        CompileContext inside = context;
        inside.enclosing = nullptr;
        inside.namesColumns = true;
        inside.depth = std::max(1, context.depth);
        std::string name = cte->prefix();
        if (cte->recursive) {
            std::string columns;
            for (const FromColumn& column : cte->columns())
                columns += (columns.empty() ? "" : ", ") + sqlName(column.name);
            name += "(" + columns + ")";
        }
        texts.push_back(
            SqlWriter().words(name).words("AS").group(cte->element->compile(inside)).result());
    }
    return out.text(joined(texts)).result();
}

void addCtes(const Clause& clause, std::vector<const AliasClause*>& ctes)
{
    if (!isWalkable(clause))
        return;
    if (const auto* alias = dynamic_cast<const AliasClause*>(&clause)) {
        if (std::ranges::find(ctes, alias) != ctes.end() || ctes.size() > 200)
            return;
        if (alias->cte && alias->recursive)
            ctes.push_back(alias);
        if (alias->element != nullptr)
            addCtes(*alias->element, ctes);
        if (alias->cte && !alias->recursive)
            ctes.push_back(alias);
        return;
    }
    if (const auto* select = dynamic_cast<const SelectClause*>(&clause)) {
        for (const Clause* member : select->parts().members)
            addCtes(*member, ctes);
        for (const Clause* from : select->displayFroms({}))
            addCtes(*from, ctes);
        for (const auto* clauses : {&select->parts().where, &select->parts().entities}) {
            for (const Clause* each : *clauses)
                if (!isFrom(*each))
                    addCtes(*each, ctes);
        }
        return;
    }
    if (const auto* join = dynamic_cast<const JoinClause*>(&clause)) {
        addCtes(*join->left, ctes);
        addCtes(*join->right, ctes);
        return;
    }
    if (const auto* expression = dynamic_cast<const Expression*>(&clause)) {
        for (const Clause* part : expression->parts) {
            if (part != nullptr)
                addCtes(*part, ctes);
        }
    }
}

} // namespace sightglass
