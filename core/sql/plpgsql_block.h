// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/plpgsql_values.h"
#include "core/sql/statement_text.h"

namespace sightglass::plpgsql {

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

/// Reads a plpgsql body: every statement with the conditions it stands under.
class BlockReader
{
public:
    /// Reads the body of `function`, a PLpgSQL_function node, into `out`.
    BlockReader(const ParseNode& function, SqlChanges& out);

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

    struct Arm
    {
        std::string condition;
        std::vector<ParseNode> body;
    };

    void emit(SqlChange change, const Standing& standing);
    void emitStatement(std::string_view sql, const Standing& standing);
    Flow walkAll(const std::vector<ParseNode>& statements, Standing standing, int depth);
    Flow walk(const ParseNode& node, const Standing& standing, int depth);
    PlpgsqlVariables declaredOnly() const;
    /// `handler` ends with the error thrown on.
    static bool raisesAgain(const ParseNode& handler);
    static std::string handled(const ParseNode& handler);
    Flow block(const ParseNode& node, const Standing& standing, int depth);
    /// Walks what need not run; nothing that it binds is known behind it. What leaves it for good
    /// leaves what follows in doubt.
    void walkQuietly(const std::vector<ParseNode>& statements,
                     const Standing& standing,
                     int depth,
                     const std::string& where);
    /// Replaces what was noted since `from` by one condition, if anything of it returns.
    void forgetLeft(std::size_t from, bool returns, const std::string& where, bool endsLoop);
    Condition conditionOf(const std::string& expression) const;
    static void add(Standing& standing, const Condition& condition);
    Flow branch(const ParseNode& node, const Standing& standing, int depth);
    Flow choice(const ParseNode& node, const Standing& standing, int depth);
    std::vector<std::string> targets(const ParseNode& node) const;
    /// FOUND, and what SELECT … INTO set, stand for the query itself where it can be asked.
    void bindResults(const ParseNode& node, const std::string& sql);
    Flow statement(const ParseNode& node, const Standing& standing, int);
    Flow perform(const ParseNode& node, const Standing& standing, int);
    Flow call(const ParseNode& node, const Standing& standing, int);
    /// EXECUTE: constant text is read as SQL; of other text what is known of it is kept.
    Flow execute(const ParseNode& node, const Standing& standing, int);
    /// Doubt stays with the table where the text names one.
    static SqlChange partlyKnown(const SqlChange& change, const std::string& what);
    Flow assign(const ParseNode& node, const Standing& standing, int);
    /// An assigned expression may call a function that does something.
    void emitCalls(const std::string& expression, const Standing& standing);
    Flow raise(const ParseNode& node, const Standing& standing, int);
    Flow leave(const ParseNode&, const Standing&, int);
    /// EXIT and CONTINUE, with or without a WHEN.
    Flow exit(const ParseNode& node, const Standing&, int);
    static std::string loopWords(const ParseNode& node);
    Flow loop(const ParseNode& node, const Standing& standing, int depth);
    /// Whether a turn of the loop can end it, or a part of its text leaves early.
    static bool mayLeave(const std::vector<ParseNode>& statements, int depth);
    template <typename Turns>
    Flow turns(const ParseNode& node,
               const Standing& standing,
               int depth,
               const std::string& name,
               const Turns& values);
    Flow countingLoop(const ParseNode& node, const Standing& standing, int depth);
    Flow elementLoop(const ParseNode& node, const Standing& standing, int depth);
    Flow nothing(const ParseNode&, const Standing&, int);
    Flow check(const ParseNode& node, const Standing& standing, int);
    Flow transaction(const ParseNode& node, const Standing& standing, int);

    SqlChanges& m_out;
    std::vector<std::string> m_datums;
    PlpgsqlVariables m_variables;
    std::vector<Left> m_left; ///< what must hold for the rest of a list to be reached
};

/// The text of the expression under `field`.
std::string queryOf(const ParseNode& holder, std::string_view field);
/// On one line, and cut where it is long.
std::string shortened(std::string_view text);

} // namespace sightglass::plpgsql
