// SPDX-License-Identifier: GPL-3.0-or-later
// Statements that are known by their command words.
#include "core/rules/footprint/builder.h"

#include <algorithm>
#include <array>

namespace sightglass::footprints {

namespace {

constexpr LockMode strong = LockMode::AccessExclusive;
constexpr LockMode weak = LockMode::ShareUpdateExclusive;

bool vacuumIsFull(Builder& b)
{
    const std::vector<SqlToken>& tokens = b.tokens();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (!tokens[i].is("full"))
            continue;
        const bool off =
            i + 1 < tokens.size() &&
            (tokens[i + 1].is("false") || tokens[i + 1].is("off") || tokens[i + 1].text == "0");
        return !off;
    }
    return false;
}

void takeVacuum(Builder& b, const change::Other& c)
{
    b.footprint.outsideTransactionOnly = true;
    b.scan();
    if (vacuumIsFull(b)) {
        b.lock(c.object, strong);
        b.rewrite();
    } else {
        b.lock(c.object, weak);
    }
}

void takeAnalyze(Builder& b, const change::Other& c)
{
    b.lock(c.object, weak);
}

void takeCluster(Builder& b, const change::Other& c)
{
    b.footprint.outsideTransactionOnly = c.object.name.empty();
    b.lock(c.object, strong);
    b.rewrite();
}

/// The relation behind the last of these words.
QualifiedName behind(Builder& b, std::initializer_list<std::string_view> words)
{
    const std::vector<SqlToken>& tokens = b.tokens();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (!standsAt(tokens, i, words))
            continue;
        std::size_t name = i + words.size();
        if (standsAt(tokens, name, {"only"}))
            ++name;
        return nameAt(tokens, name);
    }
    return {};
}

void takeRule(Builder& b, const change::Other& c)
{
    const QualifiedName table = behind(b, {"to"});
    b.lock(table.name.empty() ? c.object : table, strong);
}

void takeDropRule(Builder& b, const change::Other& c)
{
    b.lock(c.object, strong);
}

void takeStatistics(Builder& b, const change::Other&)
{
    b.lock(behind(b, {"from"}), weak);
}

void takePublication(Builder& b, const change::Other&)
{
    const std::vector<SqlToken>& tokens = b.tokens();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (!tokens[i].is("table"))
            continue;
        for (std::size_t name = i + 1; name < tokens.size(); ++name) {
            if (standsAt(tokens, name, {"only"}))
                ++name;
            b.lock(nameAt(tokens, name), weak);
            while (name < tokens.size() && !tokens[name].isMark(','))
                ++name;
        }
        return;
    }
}

void takeAlterIndex(Builder& b, const change::Other& c)
{
    const QualifiedName index = b.moment.fullName(c.object);
    if (b.says({"set", "tablespace"})) {
        b.lockIndex(index, strong);
        b.footprint.buildsIndex = true;
    } else if (b.says({"attach", "partition"})) {
        b.lockIndex(index, strong);
    } else {
        b.lockIndex(index, weak);
    }
}

void takeAlterView(Builder& b, const change::Other& c)
{
    b.lock(c.object, strong);
    if (b.says({"set", "tablespace"}) || b.says({"set", "access", "method"}))
        b.rewrite();
}

void takeAlterSequence(Builder& b, const change::Other& c)
{
    b.lock(c.object, strong);
}

void outside(Builder& b, const change::Other&)
{
    b.footprint.outsideTransactionOnly = true;
}

void takeAlterDatabase(Builder& b, const change::Other&)
{
    b.footprint.outsideTransactionOnly = b.says({"set", "tablespace"});
}

struct CommandWords
{
    std::string_view words;
    void (*take)(Builder&, const change::Other&);
};

constexpr std::array commands{
    CommandWords{"VACUUM", takeVacuum},
    CommandWords{"ANALYZE", takeAnalyze},
    CommandWords{"CLUSTER", takeCluster},
    CommandWords{"CREATE RULE", takeRule},
    CommandWords{"CREATE OR REPLACE", takeRule},
    CommandWords{"CREATE OR", takeRule},
    CommandWords{"DROP RULE", takeDropRule},
    CommandWords{"ALTER RULE", takeDropRule},
    CommandWords{"CREATE STATISTICS", takeStatistics},
    CommandWords{"CREATE PUBLICATION", takePublication},
    CommandWords{"ALTER PUBLICATION", takePublication},
    CommandWords{"ALTER INDEX", takeAlterIndex},
    CommandWords{"ALTER VIEW", takeAlterView},
    CommandWords{"ALTER MATERIALIZED", takeAlterView},
    CommandWords{"ALTER SEQUENCE", takeAlterSequence},
    CommandWords{"CREATE DATABASE", outside},
    CommandWords{"DROP DATABASE", outside},
    CommandWords{"ALTER DATABASE", takeAlterDatabase},
    CommandWords{"ALTER SYSTEM", outside},
    CommandWords{"CREATE TABLESPACE", outside},
    CommandWords{"DROP TABLESPACE", outside},
    CommandWords{"CREATE SUBSCRIPTION", outside},
    CommandWords{"DROP SUBSCRIPTION", outside},
};

} // namespace

void take(Builder& b, const change::Other& c)
{
    const auto found =
        std::ranges::find(commands, std::string_view(c.statement), &CommandWords::words);
    if (found != commands.end())
        found->take(b, c);
}

} // namespace sightglass::footprints
