// SPDX-License-Identifier: GPL-3.0-or-later
// Which statements of a plpgsql body run: blocks, branches, loops, and what leaves them early.
#include "core/sql/catalog_questions.h"
#include "core/sql/plpgsql_block.h"

#include <algorithm>
#include <array>

namespace sightglass::plpgsql {

namespace {

constexpr int depthLimit = 60;
constexpr std::int64_t errorLevel = 21; ///< elog level of RAISE EXCEPTION
constexpr std::int64_t unrollLimit = 200;

} // namespace

Flow BlockReader::walkAll(const std::vector<ParseNode>& statements, Standing standing, int depth)
{
    for (const ParseNode& statement : statements) {
        const std::size_t before = m_left.size();
        const Flow flow = walk(statement, standing, depth);
        if (flow != Flow::Continues)
            return flow;
        // An IF that may have left: the rest runs where it did not.
        for (std::size_t i = before; i < m_left.size(); ++i)
            add(standing, m_left[i].condition);
    }
    return Flow::Continues;
}

Flow BlockReader::walk(const ParseNode& node, const Standing& standing, int depth)
{
    using Walker = Flow (BlockReader::*)(const ParseNode&, const Standing&, int);

    struct Kind
    {
        std::string_view kind;
        Walker walk;
    };

    static constexpr std::array kinds{
        Kind{"PLpgSQL_stmt_block", &BlockReader::block},
        Kind{"PLpgSQL_stmt_if", &BlockReader::branch},
        Kind{"PLpgSQL_stmt_case", &BlockReader::choice},
        Kind{"PLpgSQL_stmt_execsql", &BlockReader::statement},
        Kind{"PLpgSQL_stmt_perform", &BlockReader::perform},
        Kind{"PLpgSQL_stmt_call", &BlockReader::call},
        Kind{"PLpgSQL_stmt_dynexecute", &BlockReader::execute},
        Kind{"PLpgSQL_stmt_assign", &BlockReader::assign},
        Kind{"PLpgSQL_stmt_raise", &BlockReader::raise},
        Kind{"PLpgSQL_stmt_return", &BlockReader::leave},
        Kind{"PLpgSQL_stmt_exit", &BlockReader::exit},
        Kind{"PLpgSQL_stmt_loop", &BlockReader::loop},
        Kind{"PLpgSQL_stmt_while", &BlockReader::loop},
        Kind{"PLpgSQL_stmt_fori", &BlockReader::countingLoop},
        Kind{"PLpgSQL_stmt_fors", &BlockReader::loop},
        Kind{"PLpgSQL_stmt_forc", &BlockReader::loop},
        Kind{"PLpgSQL_stmt_dynfors", &BlockReader::loop},
        Kind{"PLpgSQL_stmt_foreach_a", &BlockReader::elementLoop},
        Kind{"PLpgSQL_stmt_getdiag", &BlockReader::nothing},
        Kind{"PLpgSQL_stmt_open", &BlockReader::nothing},
        Kind{"PLpgSQL_stmt_fetch", &BlockReader::nothing},
        Kind{"PLpgSQL_stmt_close", &BlockReader::nothing},
        Kind{"PLpgSQL_stmt_assert", &BlockReader::check},
        Kind{"PLpgSQL_stmt_commit", &BlockReader::transaction},
        Kind{"PLpgSQL_stmt_rollback", &BlockReader::transaction},
    };
    const auto found = std::ranges::find(kinds, node.kind(), &Kind::kind);
    if (depth > depthLimit || found == kinds.end()) {
        emit(opaqueChange("runs a plpgsql statement that isn't read"), standing);
        m_variables = declaredOnly();
        return Flow::Continues;
    }
    return (this->*found->walk)(node, standing, depth + 1);
}

PlpgsqlVariables BlockReader::declaredOnly() const
{
    PlpgsqlVariables result = m_variables;
    result.meet({});
    return result;
}

bool BlockReader::raisesAgain(const ParseNode& handler)
{
    return std::ranges::any_of(handler.list("action"), [](const ParseNode& statement) {
        return statement.is("PLpgSQL_stmt_raise") && statement.integer("elog_level") >= errorLevel;
    });
}

std::string BlockReader::handled(const ParseNode& handler)
{
    std::string result;
    for (const ParseNode& condition : handler.list("conditions"))
        result += (result.empty() ? "" : " or ") + std::string(condition.text("condname"));
    return result;
}

Flow BlockReader::block(const ParseNode& node, const Standing& standing, int depth)
{
    const std::vector<ParseNode> handlers = node.field("exceptions").list("exc_list");
    Standing inner = standing;
    inner.tolerated =
        standing.tolerated || std::ranges::any_of(handlers, [](const ParseNode& handler) {
            return !raisesAgain(handler);
        });
    if (handlers.empty())
        return walkAll(node.list("body"), inner, depth);
    // PostgreSQL runs the body inside a savepoint; an error in it aborts nothing else.
    emit(readChange(change::Transaction{.word = "SAVEPOINT"}), standing);
    const Flow flow = walkAll(node.list("body"), inner, depth);
    emit(readChange(change::Transaction{.word = "RELEASE SAVEPOINT"}), standing);
    for (const ParseNode& handler : handlers) {
        Standing caught = standing;
        caught.alternative = true;
        caught.conditions.push_back("on error " + handled(handler));
        walkQuietly(handler.list("action"), caught, depth, "by an error");
    }
    return flow == Flow::Raises ? Flow::Continues : flow;
}

void BlockReader::walkQuietly(const std::vector<ParseNode>& statements,
                              const Standing& standing,
                              int depth,
                              const std::string& where)
{
    const PlpgsqlVariables before = m_variables;
    const std::size_t left = m_left.size();
    const Flow flow = walkAll(statements, standing, depth);
    forgetLeft(left, flow == Flow::Returns, where, true);
    m_variables.meet(before);
}

void BlockReader::forgetLeft(std::size_t from,
                             bool returns,
                             const std::string& where,
                             bool endsLoop)
{
    bool exits = false;
    for (std::size_t i = from; i < m_left.size(); ++i) {
        returns = returns || m_left[i].returns;
        exits = exits || !m_left[i].returns;
    }
    m_left.resize(std::min(from, m_left.size()));
    if (returns || (exits && !endsLoop))
        m_left.push_back({.condition = {.text = "not left " + where}, .returns = returns});
}

BlockReader::Condition BlockReader::conditionOf(const std::string& expression) const
{
    const auto sql = m_variables.substituted(expression);
    if (sql && asksCatalogOnly(*sql))
        return {.text = "(" + *sql + ")", .question = true};
    return {.text = shortened(expression), .question = false};
}

void BlockReader::add(Standing& standing, const Condition& condition)
{
    (condition.question ? standing.questions : standing.conditions).push_back(condition.text);
}

Flow BlockReader::branch(const ParseNode& node, const Standing& standing, int depth)
{
    std::vector<Arm> arms{{queryOf(node, "cond"), node.list("then_body")}};
    for (const ParseNode& arm : node.list("elsif_list"))
        arms.push_back({queryOf(arm, "cond"), arm.list("stmts")});
    const PlpgsqlVariables before = m_variables;
    const std::size_t from = m_left.size();
    std::optional<PlpgsqlVariables> after;
    std::vector<Left> left;
    bool all = true;
    bool returns = false;
    // One arm; `inverse` is what must hold behind the IF when the arm leaves.
    const auto run = [&](const std::vector<ParseNode>& body,
                         const Standing& taken,
                         const Condition& inverse,
                         const std::string& where) {
        m_variables = before;
        const Flow flow = walkAll(body, taken, depth);
        forgetLeft(from, false, where, false);
        left.insert(left.end(), m_left.begin() + std::ptrdiff_t(from), m_left.end());
        m_left.resize(from);
        const bool leaves = flow == Flow::Returns || flow == Flow::Exits;
        all = all && flow != Flow::Continues;
        returns = returns || flow == Flow::Returns;
        if (leaves)
            left.push_back({.condition = inverse, .returns = flow == Flow::Returns});
        else if (flow == Flow::Continues && !after)
            after = m_variables;
        else if (flow == Flow::Continues)
            after->meet(m_variables);
    };
    Standing rest = standing;
    for (const Arm& arm : arms) {
        const Condition condition = conditionOf(arm.condition);
        Standing taken = rest;
        add(taken, condition);
        run(arm.body, taken, condition.inverse(), "under " + shortened(arm.condition));
        add(rest, condition.inverse());
        rest.alternative = rest.alternative || !condition.question;
    }
    const Condition notElse = arms.size() == 1 ? conditionOf(arms.front().condition)
                                               : Condition{.text = "not left under ELSE"};
    run(node.list("else_body"), rest, notElse, "under ELSE");
    m_variables = after.value_or(declaredOnly());
    if (all)
        return returns ? Flow::Returns : left.empty() ? Flow::Raises : Flow::Exits;
    m_left.insert(m_left.end(), left.begin(), left.end());
    return Flow::Continues;
}

Flow BlockReader::choice(const ParseNode& node, const Standing& standing, int depth)
{
    const std::string subject = queryOf(node, "t_expr");
    bool alternative = standing.alternative;
    for (const ParseNode& arm : node.list("case_when_list")) {
        Standing taken = standing;
        taken.alternative = alternative;
        taken.conditions.push_back("case " + shortened(subject) + " when " +
                                   shortened(queryOf(arm, "expr")));
        walkQuietly(arm.list("stmts"), taken, depth, "in CASE");
        alternative = true;
    }
    Standing rest = standing;
    rest.alternative = true;
    rest.conditions.push_back("case " + shortened(subject) + " else");
    walkQuietly(node.list("else_stmts"), rest, depth, "in CASE");
    return Flow::Continues;
}

Flow BlockReader::leave(const ParseNode&, const Standing&, int)
{
    return Flow::Returns;
}

Flow BlockReader::exit(const ParseNode& node, const Standing&, int)
{
    const std::string condition = queryOf(node, "cond");
    if (condition.empty())
        return Flow::Exits;
    m_left.push_back({.condition = conditionOf(condition).inverse(), .returns = false});
    return Flow::Continues;
}

std::string BlockReader::loopWords(const ParseNode& node)
{
    if (node.is("PLpgSQL_stmt_while"))
        return "while " + shortened(queryOf(node, "cond"));
    if (node.is("PLpgSQL_stmt_fors") || node.is("PLpgSQL_stmt_dynfors"))
        return "for each row of " + shortened(queryOf(node, "query"));
    if (node.is("PLpgSQL_stmt_foreach_a"))
        return "for each element of " + shortened(queryOf(node, "expr"));
    if (node.is("PLpgSQL_stmt_fori"))
        return "for each number from " + shortened(queryOf(node, "lower")) + " to " +
               shortened(queryOf(node, "upper"));
    return node.is("PLpgSQL_stmt_forc") ? "for each row of a cursor" : "in a loop";
}

Flow BlockReader::loop(const ParseNode& node, const Standing& standing, int depth)
{
    Standing inner = standing;
    inner.conditions.push_back(loopWords(node));
    // A later turn sees what an earlier one assigned.
    m_variables = declaredOnly();
    walkQuietly(node.list("body"), inner, depth, "in the loop");
    return Flow::Continues;
}

bool BlockReader::mayLeave(const std::vector<ParseNode>& statements, int depth)
{
    return depth > depthLimit || std::ranges::any_of(statements, [&](const ParseNode& statement) {
               if (statement.is("PLpgSQL_stmt_exit") || statement.is("PLpgSQL_stmt_return"))
                   return true;
               return std::ranges::any_of(statement.fields(), [&](const auto& field) {
                   return mayLeave(statement.list(field.first), depth + 1);
               });
           });
}

template <typename Turns>
Flow BlockReader::turns(const ParseNode& node,
                        const Standing& standing,
                        int depth,
                        const std::string& name,
                        const Turns& values)
{
    const std::vector<ParseNode> body = node.list("body");
    if (mayLeave(body, 0))
        return loop(node, standing, depth);
    for (const auto& value : values) {
        m_variables.declare(name);
        m_variables.bind(name, plpgsqlLiteral(value));
        if (const Flow flow = walkAll(body, standing, depth); flow != Flow::Continues)
            return flow;
    }
    m_variables.forget(name);
    m_variables.forget("found");
    return Flow::Continues;
}

Flow BlockReader::countingLoop(const ParseNode& node, const Standing& standing, int depth)
{
    const BuiltText lower = builtText(queryOf(node, "lower"), m_variables);
    const BuiltText upper = builtText(queryOf(node, "upper"), m_variables);
    const auto number = [](const BuiltText& text) -> std::optional<std::int64_t> {
        if (!text.known || text.null || text.text.empty() || text.text.size() > 9 ||
            text.text.find_first_not_of("0123456789") != std::string::npos)
            return std::nullopt;
        return std::stoll(text.text);
    };
    const auto from = number(lower);
    const auto to = number(upper);
    if (!from || !to || *to - *from > unrollLimit || node.has("step") ||
        node.integer("reverse") != 0 || node.flag("reverse"))
        return loop(node, standing, depth);
    std::vector<std::string> values;
    for (std::int64_t i = *from; i <= *to; ++i)
        values.push_back(std::to_string(i));
    return turns(node, standing, depth, std::string(node.field("var").text("refname")), values);
}

Flow BlockReader::elementLoop(const ParseNode& node, const Standing& standing, int depth)
{
    const auto elements = constantElements(queryOf(node, "expr"), m_variables);
    const auto variable = static_cast<std::size_t>(node.integer("varno"));
    if (!elements || node.integer("slice") != 0 || variable >= m_datums.size() ||
        elements->size() > static_cast<std::size_t>(unrollLimit))
        return loop(node, standing, depth);
    return turns(node, standing, depth, m_datums[variable], *elements);
}

} // namespace sightglass::plpgsql
