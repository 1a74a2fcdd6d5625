// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/sql_words.h"
#include "core/rules/transaction_forms.h"

#include <algorithm>
#include <vector>

namespace sightglass::rules::raw_sql_no_transaction {

namespace {

/// IF NOT EXISTS, IF EXISTS, OR REPLACE, or a value that is set whatever it was: run again, it does
/// no harm.
struct CanRunAgain
{
    template <typename Other>
    bool operator()(const Other& change) const
    {
        if constexpr (requires { change.ifNotExists; })
            return change.ifNotExists || replaces(change);
        else if constexpr (requires { change.ifExists; })
            return change.ifExists;
        else
            return replaces(change);
    }

    bool operator()(const change::SetNotNull& change) const { return !change.asConstraint; }

    bool operator()(const change::DropNotNull&) const { return true; }

    bool operator()(const change::SetDefault&) const { return true; }

    bool operator()(const change::DropDefault&) const { return true; }

    bool operator()(const change::SetColumnType&) const { return true; }

    bool operator()(const change::SetComment&) const { return true; }

    bool operator()(const change::ValidateConstraint&) const { return true; }

    bool operator()(const change::AlterTableOption&) const { return true; }

    bool operator()(const change::RefreshView&) const { return true; }

    bool operator()(const change::Reindex&) const { return true; }

    bool operator()(const change::ChangeData& change) const
    {
        return change.command == "DELETE" || change.command == "TRUNCATE" ||
               change.command == "SETVAL";
    }

    bool operator()(const change::Other& change) const
    {
        return change.statement == "GRANT" || change.statement == "REVOKE" ||
               change.statement == "ANALYZE" || change.statement == "VACUUM";
    }

private:
    template <typename Other>
    static bool replaces(const Other& change)
    {
        if constexpr (requires { change.orReplace; })
            return change.orReplace;
        else
            return false;
    }
};

/// What a statement does to the schema or the data; settings, queries and locks do nothing.
bool works(const Change& change)
{
    return isStructural(change) || std::holds_alternative<change::ChangeData>(change) ||
           std::holds_alternative<change::Opaque>(change);
}

struct Statement
{
    int number = 0;
    const StepRecord* step = nullptr;
    bool concurrent = true;
    bool canRunAgain = true;
};

std::vector<Statement> statementsOf(const RevisionReview& revision)
{
    std::vector<Statement> statements;
    for (const StepRecord& record : revision.steps) {
        const Change& change = record.operation->change;
        if (!works(change))
            continue;
        if (statements.empty() || statements.back().number != record.operation->statement)
            statements.push_back({.number = record.operation->statement, .step = &record});
        Statement& statement = statements.back();
        statement.concurrent = statement.concurrent && isConcurrentForm(change);
        statement.canRunAgain =
            statement.canRunAgain && (!record.operation->guards.empty() ||
                                      hasSqlWords(record.operation->sql, {"on", "conflict"}) ||
                                      std::visit(CanRunAgain(), change));
    }
    return statements;
}

bool begins(const StepRecord& record)
{
    const auto* const transaction = record.as<change::Transaction>();
    return transaction != nullptr && transaction->word == "BEGIN";
}

void check(const RevisionReview& revision, const RunReview& run, FindingReport& report)
{
    if (revision.mode != RunMode::Raw || std::ranges::any_of(revision.steps, begins))
        return;
    const std::vector<Statement> statements = statementsOf(revision);
    if (statements.size() < 2 || std::ranges::all_of(statements, &Statement::concurrent) ||
        std::ranges::all_of(statements, &Statement::canRunAgain))
        return;
    report.add(revision,
               *statements[1].step,
               *run.facts,
               {.title = std::to_string(statements.size()) + " statements without a transaction",
                .detail = "Each statement of the file commits on its own. When one fails, those "
                          "before it stay, and running the file again fails at the first of them. "
                          "Put BEGIN in front and COMMIT at the end.",
                .object = "file",
                .instead = "BEGIN;\n-- the statements of the file\nCOMMIT;"});
}

} // namespace

extern const Rule rule{.id = "raw-sql-no-transaction",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::Medium,
                       .scaling = Scaling::Fixed,
                       .checkRevision = check};

} // namespace sightglass::rules::raw_sql_no_transaction
