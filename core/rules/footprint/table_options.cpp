// SPDX-License-Identifier: GPL-3.0-or-later
// ALTER TABLE actions that are known by their words.
#include "core/rules/footprint/builder.h"

#include <algorithm>
#include <array>

namespace sightglass::footprints {

namespace {

enum class Extra
{
    None,
    Tree,         ///< partitions are locked too
    Rewrite,      ///< of the table
    Tablespace,   ///< a copy when it is another one
    Logging,      ///< a rewrite when it changes anything
    AccessMethod, ///< a rewrite when it is another one
    Parameters,   ///< the mode goes by the storage parameters
    Parent,       ///< the parent is locked: SHARE UPDATE EXCLUSIVE
    FormerParent  ///< ACCESS SHARE
};

struct ActionWords
{
    std::array<std::string_view, 3> words; ///< what the action begins with
    LockMode mode;
    Extra extra;
};

constexpr LockMode strong = LockMode::AccessExclusive;
constexpr LockMode weak = LockMode::ShareUpdateExclusive;

/// Behind ALTER [COLUMN] name.
constexpr std::array columnActions{
    ActionWords{{"set", "statistics"}, weak, Extra::Tree},
    ActionWords{{"set", "storage"}, strong, Extra::Tree},
    ActionWords{{"set", "compression"}, strong, Extra::Tree},
    ActionWords{{"set", "expression"}, strong, Extra::Rewrite},
    ActionWords{{"set"}, weak, Extra::None},
    ActionWords{{"reset"}, weak, Extra::None},
};

constexpr std::array tableActions{
    ActionWords{{"cluster", "on"}, weak, Extra::None},
    ActionWords{{"set", "without", "cluster"}, weak, Extra::None},
    ActionWords{{"set", "tablespace"}, strong, Extra::Tablespace},
    ActionWords{{"set", "access", "method"}, strong, Extra::AccessMethod},
    ActionWords{{"set", "logged"}, strong, Extra::Logging},
    ActionWords{{"set", "unlogged"}, strong, Extra::Logging},
    ActionWords{{"set", "("}, weak, Extra::Parameters},
    ActionWords{{"reset", "("}, weak, Extra::Parameters},
    ActionWords{{"enable", "rule"}, strong, Extra::None},
    ActionWords{{"disable", "rule"}, strong, Extra::None},
    ActionWords{{"enable", "replica", "rule"}, strong, Extra::None},
    ActionWords{{"enable", "always", "rule"}, strong, Extra::None},
    ActionWords{{"enable", "row"}, strong, Extra::None},
    ActionWords{{"disable", "row"}, strong, Extra::None},
    ActionWords{{"enable"}, LockMode::ShareRowExclusive, Extra::Tree},
    ActionWords{{"disable"}, LockMode::ShareRowExclusive, Extra::Tree},
    ActionWords{{"inherit"}, strong, Extra::Parent},
    ActionWords{{"no", "inherit"}, strong, Extra::FormerParent},
};

bool standAt(const std::vector<SqlToken>& tokens,
             std::size_t index,
             const std::array<std::string_view, 3>& words)
{
    for (const std::string_view word : words) {
        if (word.empty())
            return true;
        const bool same = index < tokens.size() &&
                          (word == "(" ? tokens[index].isMark('(') : tokens[index].is(word));
        if (!same)
            return false;
        ++index;
    }
    return true;
}

template <std::size_t N>
const ActionWords* actionOf(const std::array<ActionWords, N>& actions,
                            const std::vector<SqlToken>& tokens,
                            std::size_t index)
{
    const auto found = std::ranges::find_if(
        actions, [&](const ActionWords& each) { return standAt(tokens, index, each.words); });
    return found == actions.end() ? nullptr : &*found;
}

/// The parameters of SET (…) that nobody may read or write beside.
LockMode parametersMode(const std::vector<SqlToken>& tokens)
{
    constexpr std::array strongOnes{std::string_view("user_catalog_table"),
                                    std::string_view("security_barrier"),
                                    std::string_view("security_invoker"),
                                    std::string_view("check_option")};
    const bool any = std::ranges::any_of(tokens, [&](const SqlToken& token) {
        return std::ranges::any_of(strongOnes,
                                   [&](std::string_view word) { return token.is(word); });
    });
    return any ? strong : weak;
}

bool isPartitioned(const Found& table)
{
    return table.table &&
           (table.table->kind == TableKind::PartitionedTable || !table.table->partitionKey.empty());
}

void takeLogging(Builder& b, const change::AlterTableOption& c)
{
    const Found found = b.moment.relation(c.table);
    if (isPartitioned(found))
        return;
    if (!found.table || !c.unlogged || found.table->unlogged != *c.unlogged)
        b.rewrite();
    if (!found.table)
        b.doubt(Confidence::Likely, "whether the table is logged");
}

void takeExtra(Builder& b,
               const change::AlterTableOption& c,
               const ActionWords& action,
               const std::vector<SqlToken>& tokens)
{
    switch (action.extra) {
    case Extra::None:
    case Extra::Tree:
    case Extra::Parameters:
        break;
    case Extra::Rewrite:
        if (!isPartitioned(b.moment.relation(c.table)))
            b.rewrite();
        break;
    case Extra::Tablespace:
        if (!isPartitioned(b.moment.relation(c.table))) {
            b.rewrite();
            b.doubt(Confidence::Likely, "in which tablespace the table is now");
        }
        break;
    case Extra::Logging:
        takeLogging(b, c);
        break;
    case Extra::AccessMethod:
        if (nameAt(tokens, 3).name != "heap")
            b.rewrite();
        break;
    case Extra::Parent:
        b.lockFurther(b.moment.fullName(nameAt(tokens, 1)), weak);
        break;
    case Extra::FormerParent:
        b.lockFurther(b.moment.fullName(nameAt(tokens, 2)), LockMode::AccessShare);
        break;
    }
}

} // namespace

void take(Builder& b, const change::AlterTableOption& c)
{
    const std::vector<SqlToken> tokens = sqlTokens(c.what);
    const ActionWords* action = nullptr;
    if (standsAt(tokens, 0, {"alter"}))
        action = actionOf(columnActions, tokens, standsAt(tokens, 1, {"column"}) ? 3 : 2);
    else
        action = actionOf(tableActions, tokens, 0);
    if (action == nullptr) {
        b.lock(c.table, strong);
        return;
    }
    const LockMode mode =
        action->extra == Extra::Parameters ? parametersMode(tokens) : action->mode;
    if (action->extra == Extra::Tree)
        b.lockTree(c.table, mode);
    else
        b.lock(c.table, mode);
    takeExtra(b, c, *action, tokens);
}

} // namespace sightglass::footprints
