// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/newer_syntax.h"

#include "core/sql/statement_tokens.h"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace sightglass {

namespace {

/// What takes the place of some tokens.
struct Edit
{
    std::size_t begin = 0; ///< tokens
    std::size_t end = 0;
    std::string replacement;
    NewerClause clause = NewerClause::SetExpression;
};

class ClauseSearch
{
public:
    explicit ClauseSearch(std::string_view statement)
        : m_statement(statement)
        , m_tokens(sqlTokens(statement))
    {}

    std::optional<OlderStatement> result()
    {
        const bool alters = is(0, "alter");
        const bool creates = is(0, "create");
        const bool merges = is(0, "merge") || is(0, "with");
        if (!alters && !creates && !merges)
            return std::nullopt;
        for (std::size_t i = 0; i < m_tokens.size();) {
            const std::size_t before = m_edits.size();
            if (merges)
                findMergeClause(i);
            else
                findTableClause(i, alters);
            i = m_edits.size() > before ? std::max(i + 1, m_edits.back().end) : i + 1;
        }
        if (m_edits.empty())
            return std::nullopt;
        return edited();
    }

private:
    bool is(std::size_t index, std::string_view word) const
    {
        return index < m_tokens.size() && m_tokens[index].is(word);
    }

    bool are(std::size_t index, std::initializer_list<std::string_view> words) const
    {
        for (const std::string_view word : words) {
            if (!is(index++, word))
                return false;
        }
        return true;
    }

    bool isMark(std::size_t index, char mark) const
    {
        return index < m_tokens.size() && m_tokens[index].isMark(mark);
    }

    bool isName(std::size_t index) const
    {
        return index < m_tokens.size() && (m_tokens[index].kind == SqlTokenKind::Word ||
                                           m_tokens[index].kind == SqlTokenKind::Quoted);
    }

    std::size_t closing(std::size_t open) const
    {
        int depth = 0;
        for (std::size_t i = open; i < m_tokens.size(); ++i) {
            depth += isMark(i, '(') ? 1 : isMark(i, ')') ? -1 : 0;
            if (depth == 0)
                return i;
        }
        return m_tokens.size();
    }

    void replace(std::size_t begin, std::size_t end, std::string with, NewerClause clause)
    {
        m_edits.push_back(
            {.begin = begin, .end = end, .replacement = std::move(with), .clause = clause});
    }

    void findMergeClause(std::size_t i)
    {
        if (are(i, {"not", "matched", "by", "source"}))
            replace(i, i + 4, "MATCHED", NewerClause::MergeClause);
        else if (are(i, {"not", "matched", "by", "target"}))
            replace(i, i + 4, "NOT MATCHED", NewerClause::MergeClause);
        else if (is(0, "merge") && is(i, "returning"))
            replace(i, m_tokens.size(), "", NewerClause::MergeClause);
    }

    void findTableClause(std::size_t i, bool alters)
    {
        if (are(i, {"set", "expression", "as"}) && isMark(i + 3, '('))
            replace(i, i + 3, "SET DEFAULT", NewerClause::SetExpression);
        else if (are(i, {"access", "method", "default"}))
            replace(i + 2, i + 3, "\"default\"", NewerClause::DefaultAccessMethod);
        else if (are(i, {"generated", "always", "as"}) && isMark(i + 3, '('))
            findVirtual(closing(i + 3) + 1);
        else if (are(i, {"not", "enforced"}))
            replace(i, i + 2, " ", NewerClause::NotEnforced);
        else if (is(i, "enforced") && isConstraintWord(i))
            replace(i, i + 1, " ", NewerClause::Enforced);
        else if (are(i, {"without", "overlaps"}))
            replace(i, i + 2, " ", NewerClause::WithoutOverlaps);
        else if (is(i, "period") && isName(i + 1) && isMark(i + 2, ')') && isInForeignKey(i))
            replace(i, i + 1, " ", NewerClause::Period);
        else if (alters && are(i, {"alter", "constraint"}) && isName(i + 2))
            findInherit(i + 3);
        else if (beginsTableConstraint(i, alters))
            findNotNull(is(i, "constraint") ? i + 2 : i);
    }

    /// `behind`: behind the expression of a generated column.
    void findVirtual(std::size_t behind)
    {
        if (is(behind, "stored") || behind > m_tokens.size())
            return;
        replace(
            behind, is(behind, "virtual") ? behind + 1 : behind, " STORED ", NewerClause::Virtual);
    }

    void findInherit(std::size_t i)
    {
        if (is(i, "inherit"))
            replace(i, i + 1, " ", NewerClause::Inherit);
        else if (are(i, {"no", "inherit"}))
            replace(i, i + 2, " ", NewerClause::NoInherit);
    }

    /// A column may be called so too; then a type follows.
    bool isConstraintWord(std::size_t i) const
    {
        constexpr std::array<std::string_view, 14> followers{"not",
                                                             "deferrable",
                                                             "initially",
                                                             "no",
                                                             "default",
                                                             "null",
                                                             "check",
                                                             "constraint",
                                                             "references",
                                                             "unique",
                                                             "primary",
                                                             "generated",
                                                             "collate",
                                                             "enforced"};
        if (i == 0 || isMark(i - 1, '(') || isMark(i - 1, ',') || isMark(i - 1, '.') ||
            is(i - 1, "add") || is(i - 1, "column") || is(i - 1, "alter") || is(i - 1, "drop"))
            return false;
        const std::size_t next = i + 1;
        return next >= m_tokens.size() || isMark(next, ',') || isMark(next, ')') ||
               isMark(next, ';') || std::ranges::any_of(followers, [&](std::string_view word) {
                   return is(next, word);
               });
    }

    /// Inside FOREIGN KEY (…) or REFERENCES name (…).
    bool isInForeignKey(std::size_t i) const
    {
        int depth = 1;
        while (i > 0 && depth > 0) {
            --i;
            depth += isMark(i, ')') ? 1 : isMark(i, '(') ? -1 : 0;
        }
        if (depth > 0 || i < 2)
            return false;
        if (is(i - 1, "key") && is(i - 2, "foreign"))
            return true;
        const bool qualified = i > 3 && isMark(i - 2, '.');
        return isName(i - 1) && is(qualified ? i - 4 : i - 2, "references");
    }

    /// Behind ADD, or where an item of the list of CREATE TABLE begins.
    bool beginsTableConstraint(std::size_t i, bool alters) const
    {
        if (i == 0 || !(is(i, "constraint") || is(i, "not")))
            return false;
        return alters ? is(i - 1, "add") : isMark(i - 1, ',') || isMark(i - 1, '(');
    }

    void findNotNull(std::size_t i)
    {
        if (!are(i, {"not", "null"}) || !isName(i + 2))
            return;
        // CHECK takes NOT VALID and NO INHERIT as NOT NULL does.
        replace(i,
                i + 3,
                "CHECK (" + std::string(m_tokens[i + 2].text) + ")",
                NewerClause::NotNullConstraint);
    }

    OlderStatement edited() const
    {
        OlderStatement result;
        std::size_t at = 0;
        for (const Edit& edit : m_edits) {
            const std::size_t begin =
                edit.begin < m_tokens.size() ? m_tokens[edit.begin].begin : m_statement.size();
            // An insertion goes directly behind the token before it.
            const std::size_t place =
                edit.begin == edit.end && edit.begin > 0 ? m_tokens[edit.begin - 1].end : begin;
            result.text += m_statement.substr(at, place - at);
            result.notes.push_back({.clause = edit.clause, .offset = result.text.size()});
            result.text += edit.replacement;
            at = edit.begin == edit.end ? place : m_tokens[edit.end - 1].end;
        }
        result.text += m_statement.substr(at);
        return result;
    }

    std::string_view m_statement;
    std::vector<SqlToken> m_tokens;
    std::vector<Edit> m_edits;
};

} // namespace

std::optional<OlderStatement> inOlderGrammar(std::string_view statement)
{
    if (refusedBeforeParsing(statement))
        return std::nullopt;
    return ClauseSearch(statement).result();
}

int neededVersion(NewerClause clause)
{
    const bool of17 = clause == NewerClause::SetExpression || clause == NewerClause::MergeClause ||
                      clause == NewerClause::DefaultAccessMethod;
    return of17 ? 170000 : 180000;
}

} // namespace sightglass
