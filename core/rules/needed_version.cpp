// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/needed_version.h"

#include "core/rules/operation_sql.h"
#include "core/sql/newer_syntax.h"
#include "core/sql/parse_tree.h"
#include "core/sql/statement_tokens.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

namespace sightglass {

namespace {

struct NamedFunction
{
    std::string_view name;
    int version;
};

constexpr std::array functions{NamedFunction{"any_value", 160000},
                               NamedFunction{"array_reverse", 180000},
                               NamedFunction{"array_sample", 160000},
                               NamedFunction{"array_shuffle", 160000},
                               NamedFunction{"array_sort", 180000},
                               NamedFunction{"bit_count", 140000},
                               NamedFunction{"casefold", 180000},
                               NamedFunction{"crc32", 180000},
                               NamedFunction{"crc32c", 180000},
                               NamedFunction{"date_add", 160000},
                               NamedFunction{"date_bin", 140000},
                               NamedFunction{"date_subtract", 160000},
                               NamedFunction{"gcd", 130000},
                               NamedFunction{"gen_random_uuid", 130000},
                               NamedFunction{"json_table", 170000},
                               NamedFunction{"jsonb_path_exists", 120000},
                               NamedFunction{"jsonb_path_match", 120000},
                               NamedFunction{"jsonb_path_query", 120000},
                               NamedFunction{"jsonb_path_query_array", 120000},
                               NamedFunction{"jsonb_path_query_first", 120000},
                               NamedFunction{"jsonb_set_lax", 130000},
                               NamedFunction{"lcm", 130000},
                               NamedFunction{"min_scale", 130000},
                               NamedFunction{"random_normal", 160000},
                               NamedFunction{"range_agg", 140000},
                               NamedFunction{"regexp_count", 150000},
                               NamedFunction{"regexp_instr", 150000},
                               NamedFunction{"regexp_like", 150000},
                               NamedFunction{"regexp_substr", 150000},
                               NamedFunction{"string_to_table", 140000},
                               NamedFunction{"to_bin", 170000},
                               NamedFunction{"to_oct", 170000},
                               NamedFunction{"trim_array", 140000},
                               NamedFunction{"trim_scale", 130000},
                               NamedFunction{"unistr", 140000},
                               NamedFunction{"uuid_extract_timestamp", 170000},
                               NamedFunction{"uuid_extract_version", 170000},
                               NamedFunction{"uuidv4", 180000},
                               NamedFunction{"uuidv7", 180000}};

/// Words that only a newer grammar takes where the statement begins with `statement`.
struct WordForm
{
    std::string_view statement; ///< empty: whatever it is
    std::array<std::string_view, 3> words;
    int version;
    std::string_view what;
};

constexpr std::array wordForms{
    WordForm{"alter", {"set", "access", "method"}, 150000, "SET ACCESS METHOD"},
    WordForm{"alter", {"set", "compression", ""}, 140000, "SET COMPRESSION"},
    WordForm{"alter", {"set", "storage", "default"}, 160000, "SET STORAGE DEFAULT"},
    WordForm{"alter", {"set", "statistics", "default"}, 170000, "SET STATISTICS DEFAULT"},
    WordForm{"alter", {"compression", "pglz", ""}, 140000, "COMPRESSION"},
    WordForm{"alter", {"compression", "lz4", ""}, 140000, "COMPRESSION"},
    WordForm{"create", {"compression", "pglz", ""}, 140000, "COMPRESSION"},
    WordForm{"create", {"compression", "lz4", ""}, 140000, "COMPRESSION"},
    WordForm{"", {"nulls", "not", "distinct"}, 150000, "NULLS NOT DISTINCT"},
    WordForm{"create", {"security_invoker", "", ""}, 150000, "security_invoker"},
    WordForm{"alter", {"security_invoker", "", ""}, 150000, "security_invoker"}};

/// Settings that only newer servers have.
constexpr std::array settings{NamedFunction{"transaction_timeout", 170000},
                              NamedFunction{"default_toast_compression", 140000},
                              NamedFunction{"idle_session_timeout", 140000},
                              NamedFunction{"event_triggers", 170000}};

void raise(NeededVersion& needed, int version, std::string_view what, bool function = false)
{
    if (version > needed.version)
        needed = {.version = version, .what = std::string(what), .function = function};
}

bool standAt(std::span<const SqlToken> tokens, const WordForm& form)
{
    std::size_t at = 0;
    for (const std::string_view word : form.words) {
        if (word.empty())
            return true;
        if (at >= tokens.size() || !tokens[at++].is(word))
            return false;
    }
    return true;
}

/// What CREATE FUNCTION and DROP FUNCTION name is no call, and neither is what has a schema.
void takeTokens(const std::vector<SqlToken>& tokens,
                const std::set<std::string>& own,
                NeededVersion& needed)
{
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        for (const WordForm& form : wordForms) {
            if ((form.statement.empty() || tokens.front().is(form.statement)) &&
                standAt(std::span(tokens).subspan(i), form))
                raise(needed, form.version, form.what);
        }
        const bool call = i + 1 < tokens.size() && tokens[i + 1].isMark('(') &&
                          !(i > 0 && (tokens[i - 1].is("function") || tokens[i - 1].isMark('.')));
        if (!call)
            continue;
        for (const NamedFunction& function : functions) {
            if (tokens[i].is(function.name) && !own.contains(std::string(function.name)))
                raise(needed, function.version, std::string(function.name) + "()", true);
        }
    }
}

struct ClauseWords
{
    NewerClause clause;
    std::string_view words;
};

constexpr std::array clauseWords{
    ClauseWords{NewerClause::SetExpression, "SET EXPRESSION"},
    ClauseWords{NewerClause::MergeClause, "MERGE with BY SOURCE, BY TARGET or RETURNING"},
    ClauseWords{NewerClause::DefaultAccessMethod, "SET ACCESS METHOD DEFAULT"},
    ClauseWords{NewerClause::Virtual, "A virtual generated column"},
    ClauseWords{NewerClause::NotEnforced, "NOT ENFORCED"},
    ClauseWords{NewerClause::Enforced, "ENFORCED"},
    ClauseWords{NewerClause::NotNullConstraint, "NOT NULL as a constraint of the table"},
    ClauseWords{NewerClause::WithoutOverlaps, "WITHOUT OVERLAPS"},
    ClauseWords{NewerClause::Period, "A foreign key with PERIOD"},
    ClauseWords{NewerClause::Inherit, "ALTER CONSTRAINT … INHERIT"},
    ClauseWords{NewerClause::NoInherit, "ALTER CONSTRAINT … NO INHERIT"}};

/// Clauses that the parser does not take.
void takeClauses(const std::string& sql, NeededVersion& needed)
{
    const auto older = parseSql(sql) ? std::nullopt : inOlderGrammar(sql);
    if (!older)
        return;
    for (const NewerNote& note : older->notes) {
        const auto found = std::ranges::find(clauseWords, note.clause, &ClauseWords::clause);
        raise(needed,
              neededVersion(note.clause),
              found == clauseWords.end() ? std::string_view() : found->words);
    }
}

/// What the change says without its text.
struct ChangeVersions
{
    NeededVersion& needed;

    template <typename Other>
    void operator()(const Other&) const
    {}

    void operator()(const change::Reindex& change) const
    {
        if (change.concurrently)
            raise(needed, 120000, "REINDEX CONCURRENTLY");
    }

    void operator()(const change::AddColumn& change) const { column(change.column); }

    void operator()(const change::CreateTable& change) const
    {
        for (const ColumnDefinition& each : change.columns)
            column(each);
    }

    void operator()(const change::DropGenerated&) const
    {
        raise(needed, 130000, "DROP EXPRESSION");
    }

    void operator()(const change::DetachPartition& change) const
    {
        if (change.concurrently)
            raise(needed, 140000, "DETACH PARTITION CONCURRENTLY");
    }

    void operator()(const change::CreateTrigger& change) const
    {
        if (change.orReplace)
            raise(needed, 140000, "CREATE OR REPLACE TRIGGER");
    }

    void operator()(const change::ChangeData& change) const
    {
        if (change.command == "MERGE")
            raise(needed, 150000, "MERGE");
    }

    void operator()(const change::SetSetting& change) const
    {
        for (const NamedFunction& setting : settings) {
            if (change.name == setting.name)
                raise(needed, setting.version, "Setting " + change.name);
        }
    }

private:
    void column(const ColumnDefinition& definition) const
    {
        if (definition.generated && !definition.generatedVirtual)
            raise(needed, 120000, "A generated column");
    }
};

} // namespace

NeededVersion neededFor(const Operation& operation, const std::set<std::string>& own)
{
    NeededVersion needed;
    std::visit(ChangeVersions{needed}, operation.change);
    const std::string sql = sqlOf(operation);
    const std::vector<SqlToken> tokens = sqlTokens(sql);
    if (tokens.empty())
        return needed;
    takeTokens(tokens, own, needed);
    takeClauses(sql, needed);
    if (tokens.front().is("drop") && std::holds_alternative<change::Other>(operation.change) &&
        std::ranges::any_of(tokens, [](const SqlToken& token) { return token.is("force"); }))
        raise(needed, 130000, "DROP DATABASE with FORCE");
    return needed;
}

int neededVersion(const Operation& operation)
{
    return neededFor(operation).version;
}

} // namespace sightglass
