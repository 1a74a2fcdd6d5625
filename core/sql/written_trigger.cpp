// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/written_trigger.h"

#include "core/sql/statement_text.h"

#include <array>

namespace sightglass {

namespace {

/// Bits of pg_trigger.tgtype.
struct TriggerBit
{
    std::int64_t bit;
    std::string_view word;
};

constexpr std::int64_t beforeBit = 2;
constexpr std::int64_t insteadBit = 64;

constexpr std::array eventBits{TriggerBit{4, "INSERT"},
                               TriggerBit{8, "DELETE"},
                               TriggerBit{16, "UPDATE"},
                               TriggerBit{32, "TRUNCATE"}};

std::string timingOf(std::int64_t bits)
{
    return (bits & beforeBit) != 0 ? "BEFORE" : (bits & insteadBit) != 0 ? "INSTEAD OF" : "AFTER";
}

void readTransitions(const ParseNode& node, TriggerDefinition& trigger)
{
    for (const ParseNode& transition : node.list("transitionRels")) {
        if (transition.flag("isTable"))
            (transition.flag("isNew") ? trigger.newTable : trigger.oldTable) =
                transition.text("name");
    }
}

TriggerDefinition triggerOf(const StatementText& statement, const ParseNode& node)
{
    TriggerDefinition trigger;
    trigger.timing = timingOf(node.integer("timing"));
    for (const TriggerBit& event : eventBits) {
        if ((node.integer("events") & event.bit) != 0)
            trigger.events.emplace_back(event.word);
    }
    trigger.updateColumns = node.strings("columns");
    trigger.eachRow = node.flag("row");
    trigger.constraint = node.flag("isconstraint");
    trigger.deferrable = node.flag("deferrable");
    trigger.initiallyDeferred = node.flag("initdeferred");
    if (const ParseNode from = node.field("constrrel"))
        trigger.from = relationName(from);
    readTransitions(node, trigger);
    if (node.has("whenClause")) {
        const TokenRange rest = statement.from(node.field("relation"));
        const std::size_t word = statement.find(rest, "when");
        trigger.condition = sqlTextOf(statement, statement.inside(word + 1));
    }
    trigger.arguments = node.strings("args");
    return trigger;
}

} // namespace

std::optional<WrittenTrigger> writtenTrigger(std::string_view definition)
{
    const auto tree = parseSql(definition);
    if (!tree || tree->statements().size() != 1)
        return std::nullopt;
    const ParseNode node = tree->statements().front();
    if (!node.is("CreateTrigStmt"))
        return std::nullopt;
    return WrittenTrigger{.trigger = std::string(node.text("trigname")),
                          .function = nameOfParts(node.strings("funcname")),
                          .parts = triggerOf(StatementText(definition), node)};
}

} // namespace sightglass
