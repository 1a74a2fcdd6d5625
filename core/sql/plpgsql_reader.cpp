// SPDX-License-Identifier: GPL-3.0-or-later
// What a DO block does, as far as its text tells: every statement with the conditions it stands
// under. Conditions that only the catalog decides become a question (SqlChange::askedQuery),
// others are kept as written.
#include "core/operations/operation.h"
#include "core/sql/catalog_questions.h"
#include "core/sql/plpgsql_values.h"
#include "core/sql/statement_changes.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

constexpr int depthLimit = 60;
constexpr std::size_t changeLimit = 10'000;
constexpr std::int64_t errorLevel = 21; ///< elog level of RAISE EXCEPTION
constexpr std::int64_t unrollLimit = 200;

/// Under what a statement stands.
struct Standing
{
    std::vector<std::string> conditions;
    std::vector<std::string> questions; ///< SQL conditions that the catalog decides; all must hold
    bool alternative = false;
    bool tolerated = false;
};

/// Whether what follows a statement is reached.
enum class Flow
{
    Continues,
    Exits, ///< a turn of a loop, or the loop: EXIT, CONTINUE
    Returns,
    Raises
};

std::string queryOf(const ParseNode& holder, std::string_view field)
{
    return std::string(holder.field(field).text("query"));
}

/// The first 200 bytes on one line.
std::string shortened(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!blank || (!result.empty() && result.back() != ' '))
            result += blank ? ' ' : c;
    }
    constexpr std::size_t limit = 200;
    if (result.size() > limit) {
        std::size_t end = limit;
        while (end > 0 && (static_cast<unsigned char>(result[end]) & 0xC0U) == 0x80U)
            --end;
        result = result.substr(0, end) + "…";
    }
    return result;
}

class BlockReader
{
public:
    explicit BlockReader(const ParseNode& function, SqlChanges& out)
        : m_out(out)
    {
        for (const ParseNode& datum : function.list("datums")) {
            const std::string name(datum.text("refname"));
            m_datums.push_back(name);
            if (datum.is("PLpgSQL_row") || name.empty())
                continue;
            m_variables.declare(name);
            const std::string initial = queryOf(datum, "default_val");
            if (const BuiltText text = builtText(initial, m_variables);
                !initial.empty() && text.known && !text.null)
                m_variables.bind(name, sqlLiteral(text.text));
        }
        walk(function.field("action"), {}, 0);
    }

private:
    /// A condition of IF: a question for the catalog, or as written.
    struct Condition
    {
        std::string text;
        bool question = false;

        Condition inverse() const
        {
            return {.text = question ? "(" + text + ") IS NOT TRUE" : "not (" + text + ")",
                    .question = question};
        }
    };

    /// The rest of a list is reached only where `condition` holds.
    struct Left
    {
        Condition condition;
        bool returns = false; ///< else it leaves a loop only
    };

    void emit(SqlChange change, const Standing& standing)
    {
        if (m_out.size() >= changeLimit) {
            if (m_out.size() == changeLimit)
                m_out.push_back(opaqueChange("does more than is read of one DO block"));
            return;
        }
        change.conditions = standing.conditions;
        change.alternative = standing.alternative;
        change.tolerated = standing.tolerated;
        std::vector<std::string> questions = standing.questions;
        if (!change.askedQuery.empty()) // ALTER TABLE IF EXISTS
            questions.push_back("EXISTS (" + change.askedQuery + ")");
        change.askedQuery.clear();
        for (const std::string& question : questions)
            change.askedQuery +=
                (change.askedQuery.empty() ? "SELECT 1 WHERE " : " AND ") + question;
        change.unless = !questions.empty();
        m_out.push_back(std::move(change));
    }

    void emitStatement(std::string_view sql, const Standing& standing)
    {
        const auto tree = parseSql(sql);
        if (!tree) {
            emit(opaqueChange("runs SQL that PostgreSQL can't parse: " + shortened(sql),
                              {},
                              true,
                              tree.error().message),
                 standing);
            return;
        }
        const StatementText text(sql);
        for (const ParseNode& node : tree->statements()) {
            if (node.is("DoStmt")) {
                emit(opaqueChange("runs a DO block inside of a DO block"), standing);
                continue;
            }
            for (SqlChange& change : changesOf(text, node, 1))
                emit(std::move(change), standing);
        }
    }

    Flow walkAll(const std::vector<ParseNode>& statements, Standing standing, int depth)
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

    Flow walk(const ParseNode& node, const Standing& standing, int depth)
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

    PlpgsqlVariables declaredOnly() const
    {
        PlpgsqlVariables result = m_variables;
        result.meet({});
        return result;
    }

    /// `handler` ends with the error thrown on.
    static bool raisesAgain(const ParseNode& handler)
    {
        return std::ranges::any_of(handler.list("action"), [](const ParseNode& statement) {
            return statement.is("PLpgSQL_stmt_raise") &&
                   statement.integer("elog_level") >= errorLevel;
        });
    }

    static std::string handled(const ParseNode& handler)
    {
        std::string result;
        for (const ParseNode& condition : handler.list("conditions"))
            result += (result.empty() ? "" : " or ") + std::string(condition.text("condname"));
        return result;
    }

    Flow block(const ParseNode& node, const Standing& standing, int depth)
    {
        const std::vector<ParseNode> handlers = node.field("exceptions").list("exc_list");
        Standing inner = standing;
        inner.tolerated =
            standing.tolerated || std::ranges::any_of(handlers, [](const ParseNode& handler) {
                return !raisesAgain(handler);
            });
        const Flow flow = walkAll(node.list("body"), inner, depth);
        if (handlers.empty())
            return flow;
        for (const ParseNode& handler : handlers) {
            Standing caught = standing;
            caught.alternative = true;
            caught.conditions.push_back("on error " + handled(handler));
            walkQuietly(handler.list("action"), caught, depth, "by an error");
        }
        return flow == Flow::Raises ? Flow::Continues : flow;
    }

    /// Walks what need not run; nothing that it binds is known behind it. What leaves it for good
    /// leaves what follows in doubt.
    void walkQuietly(const std::vector<ParseNode>& statements,
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

    /// Replaces what was noted since `from` by one condition, if anything of it returns.
    void forgetLeft(std::size_t from, bool returns, const std::string& where, bool endsLoop)
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

    Condition conditionOf(const std::string& expression) const
    {
        const auto sql = m_variables.substituted(expression);
        if (sql && asksCatalogOnly(*sql))
            return {.text = "(" + *sql + ")", .question = true};
        return {.text = shortened(expression), .question = false};
    }

    static void add(Standing& standing, const Condition& condition)
    {
        (condition.question ? standing.questions : standing.conditions).push_back(condition.text);
    }

    struct Arm
    {
        std::string condition;
        std::vector<ParseNode> body;
    };

    Flow branch(const ParseNode& node, const Standing& standing, int depth)
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

    Flow choice(const ParseNode& node, const Standing& standing, int depth)
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

    std::vector<std::string> targets(const ParseNode& node) const
    {
        std::vector<std::string> result;
        const ParseNode target = node.field("target");
        for (const ParseNode& field : target.list("fields"))
            result.emplace_back(field.text("name"));
        if (result.empty() && !target.text("refname").empty())
            result.emplace_back(target.text("refname"));
        return result;
    }

    /// FOUND, and what SELECT … INTO set, stand for the query itself where it can be asked.
    void bindResults(const ParseNode& node, const std::string& sql)
    {
        const auto asked = m_variables.substituted(sql);
        const bool askable = asked && asksCatalogOnly("EXISTS (" + *asked + ")");
        const std::vector<std::string> names = targets(node);
        for (const std::string& name : names)
            m_variables.forget(name);
        m_variables.forget("found");
        if (!askable)
            return;
        m_variables.bind("found", "(EXISTS (" + *asked + "))");
        if (names.size() == 1)
            m_variables.bind(names.front(), "(" + *asked + ")");
    }

    Flow statement(const ParseNode& node, const Standing& standing, int)
    {
        const std::string sql = queryOf(node, "sqlstmt");
        emitStatement(sql, standing);
        const std::vector<SqlToken> tokens = sqlTokens(sql);
        const bool reads =
            !tokens.empty() && (tokens.front().is("select") || tokens.front().is("with"));
        if (reads || node.flag("into"))
            bindResults(node, sql);
        return Flow::Continues;
    }

    Flow perform(const ParseNode& node, const Standing& standing, int)
    {
        const std::string sql = queryOf(node, "expr");
        emitStatement(sql, standing);
        bindResults(node, sql);
        return Flow::Continues;
    }

    Flow call(const ParseNode& node, const Standing& standing, int)
    {
        const std::string sql = queryOf(node, "expr");
        if (sqlTokens(sql).empty())
            return Flow::Continues;
        emitStatement(sql, standing);
        return Flow::Continues;
    }

    /// EXECUTE: constant text is read as SQL; of other text what is known of it is kept.
    Flow execute(const ParseNode& node, const Standing& standing, int)
    {
        for (const std::string& name : targets(node))
            m_variables.forget(name);
        const std::string expression = queryOf(node, "query");
        const BuiltText built = builtText(expression, m_variables);
        if (built.known && !built.null) {
            emitStatement(built.text, standing);
            return Flow::Continues;
        }
        const std::string what = "runs SQL built from " + shortened(expression);
        const auto tree = parseSql(built.text);
        if (!tree || built.null || tree->statements().empty()) {
            emit(opaqueChange(what), standing);
            return Flow::Continues;
        }
        const StatementText text(built.text);
        for (const ParseNode& inner : tree->statements()) {
            if (inner.is("DoStmt")) {
                emit(opaqueChange(what), standing);
                continue;
            }
            for (const SqlChange& change : changesOf(text, inner, 1))
                emit(partlyKnown(change, what), standing);
        }
        return Flow::Continues;
    }

    /// Doubt stays with the table where the text names one.
    static SqlChange partlyKnown(const SqlChange& change, const std::string& what)
    {
        const ChangedObject object = objectOf(change.change);
        const bool known = !object.table.name.empty() &&
                           toText(object.table).find(unknownPart) == std::string::npos;
        const bool own = !std::holds_alternative<change::CreateTable>(change.change) || known;
        return opaqueChange(
            what, known && own ? object.table : QualifiedName(), isStructural(change.change));
    }

    Flow assign(const ParseNode& node, const Standing& standing, int)
    {
        const std::string text = queryOf(node, "expr");
        const std::size_t equals = text.find(":=");
        const std::size_t sign = equals == std::string::npos ? text.find('=') : equals;
        if (sign == std::string::npos)
            return Flow::Continues;
        std::string name = lowerCase(text.substr(0, sign));
        while (!name.empty() && (name.back() == ' ' || name.back() == '\n' || name.back() == '\t'))
            name.pop_back();
        const std::string value = text.substr(sign + (equals == std::string::npos ? 1 : 2));
        emitCalls(value, standing);
        const BuiltText built = builtText(value, m_variables);
        const auto asked = m_variables.substituted(value);
        m_variables.forget(name);
        if (built.known && !built.null)
            m_variables.bind(name, sqlLiteral(built.text));
        else if (asked && asksCatalogOnly(*asked))
            m_variables.bind(name, "(" + *asked + ")");
        return Flow::Continues;
    }

    /// An assigned expression may call a function that does something.
    void emitCalls(const std::string& expression, const Standing& standing)
    {
        const std::string sql = "SELECT " + expression;
        const auto tree = parseSql(sql);
        if (!tree)
            return;
        const StatementText text(sql);
        for (const ParseNode& node : tree->statements()) {
            for (SqlChange& change : changesOf(text, node, 1)) {
                if (!std::holds_alternative<change::Query>(change.change))
                    emit(std::move(change), standing);
            }
        }
    }

    Flow raise(const ParseNode& node, const Standing& standing, int)
    {
        const bool again = !node.has("message") && !node.has("condname");
        if (node.integer("elog_level") < errorLevel && !again)
            return Flow::Continues;
        const std::string words(node.has("message") ? node.text("message") : node.text("condname"));
        emit(opaqueChange("raises an exception" + (words.empty() ? "" : ": " + words), {}, false),
             standing);
        return Flow::Raises;
    }

    Flow leave(const ParseNode&, const Standing&, int) { return Flow::Returns; }

    /// EXIT and CONTINUE, with or without a WHEN.
    Flow exit(const ParseNode& node, const Standing&, int)
    {
        const std::string condition = queryOf(node, "cond");
        if (condition.empty())
            return Flow::Exits;
        m_left.push_back({.condition = conditionOf(condition).inverse(), .returns = false});
        return Flow::Continues;
    }

    static std::string loopWords(const ParseNode& node)
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

    Flow loop(const ParseNode& node, const Standing& standing, int depth)
    {
        Standing inner = standing;
        inner.conditions.push_back(loopWords(node));
        // A later turn sees what an earlier one assigned.
        m_variables = declaredOnly();
        walkQuietly(node.list("body"), inner, depth, "in the loop");
        return Flow::Continues;
    }

    /// Whether a turn of the loop can end it, or a part of its text leaves early.
    static bool mayLeave(const std::vector<ParseNode>& statements, int depth)
    {
        return depth > depthLimit ||
               std::ranges::any_of(statements, [&](const ParseNode& statement) {
                   if (statement.is("PLpgSQL_stmt_exit") || statement.is("PLpgSQL_stmt_return"))
                       return true;
                   return std::ranges::any_of(statement.fields(), [&](const auto& field) {
                       return mayLeave(statement.list(field.first), depth + 1);
                   });
               });
    }

    template <typename Turns>
    Flow turns(const ParseNode& node,
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
            m_variables.bind(name, sqlLiteral(value));
            if (const Flow flow = walkAll(body, standing, depth); flow != Flow::Continues)
                return flow;
        }
        m_variables.forget(name);
        return Flow::Continues;
    }

    Flow countingLoop(const ParseNode& node, const Standing& standing, int depth)
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

    Flow elementLoop(const ParseNode& node, const Standing& standing, int depth)
    {
        const auto elements = constantElements(queryOf(node, "expr"), m_variables);
        const auto variable = static_cast<std::size_t>(node.integer("varno"));
        if (!elements || node.integer("slice") != 0 || variable >= m_datums.size() ||
            elements->size() > static_cast<std::size_t>(unrollLimit))
            return loop(node, standing, depth);
        return turns(node, standing, depth, m_datums[variable], *elements);
    }

    Flow nothing(const ParseNode&, const Standing&, int)
    {
        m_variables = declaredOnly();
        return Flow::Continues;
    }

    Flow check(const ParseNode& node, const Standing& standing, int)
    {
        emit(opaqueChange("asserts " + shortened(queryOf(node, "cond")), {}, false), standing);
        return Flow::Continues;
    }

    Flow transaction(const ParseNode& node, const Standing& standing, int)
    {
        const bool commits = node.is("PLpgSQL_stmt_commit");
        emit(readChange(change::Transaction{.word = commits ? "COMMIT" : "ROLLBACK"}), standing);
        return Flow::Continues;
    }

    SqlChanges& m_out;
    std::vector<std::string> m_datums;
    PlpgsqlVariables m_variables;
    std::vector<Left> m_left; ///< what must hold for the rest of a list to be reached
};

} // namespace

void readDo(const StatementText& statement, const ParseNode& node, SqlChanges& out)
{
    for (const ParseNode& option : node.list("args")) {
        const std::string_view language = option.text("arg");
        if (option.text("defname") == "language" && language != "plpgsql") {
            out.push_back(opaqueChange("runs a DO block in " + std::string(language)));
            return;
        }
    }
    const auto tree = parsePlpgsql(statement.text());
    if (!tree) {
        out.push_back(opaqueChange(
            "runs a DO block whose body can't be read", {}, true, tree.error().message));
        return;
    }
    const std::vector<ParseNode> functions = tree->root().list("");
    if (functions.size() != 1) {
        out.push_back(opaqueChange("runs a DO block whose body can't be read"));
        return;
    }
    BlockReader(functions.front(), out);
    if (out.empty())
        out.push_back(readChange(change::Query{.text = std::string(statement.text())}));
}

} // namespace sightglass
