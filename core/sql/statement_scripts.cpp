// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/statement_scripts.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

enum class Effect
{
    None,
    Connect,
    Include,
    Copy,
    Condition,
    Execute
};

struct Command
{
    std::string_view word;
    Effect effect;
};

constexpr std::array commands{Command{"\\connect", Effect::Connect},
                              Command{"\\c", Effect::Connect},
                              Command{"\\i", Effect::Include},
                              Command{"\\ir", Effect::Include},
                              Command{"\\include", Effect::Include},
                              Command{"\\include_relative", Effect::Include},
                              Command{"\\copy", Effect::Copy},
                              Command{"\\if", Effect::Condition},
                              Command{"\\elif", Effect::Condition},
                              Command{"\\else", Effect::Condition},
                              Command{"\\endif", Effect::Condition},
                              Command{"\\gexec", Effect::Execute},
                              Command{"\\lo_import", Effect::None}};

/// "t" of `\copy t (a, b) from 'file'`; empty for a copy to a file or of a query.
QualifiedName copiedInto(std::string_view command)
{
    const StatementText text(command.substr(std::string_view("\\copy").size()));
    const TokenRange all = text.all();
    if (text.find(all, "from") >= all.end || text.isMark(0, '('))
        return {};
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < text.behindName(0); i += 2) {
        const SqlToken& token = text.token(i);
        parts.push_back(token.kind == SqlTokenKind::Quoted && token.text.size() > 1
                            ? std::string(token.text.substr(1, token.text.size() - 2))
                            : lowerCase(token.text));
    }
    return nameOfParts(parts);
}

} // namespace

SqlChanges changesOfPsqlCommand(std::string_view command)
{
    const std::size_t end = command.find_first_of(" \t");
    const std::string_view word = command.substr(0, end);
    const auto found = std::ranges::find(commands, word, &Command::word);
    const std::string text(command);
    switch (found == commands.end() ? Effect::None : found->effect) {
    case Effect::None:
        return {};
    case Effect::Connect:
        return {readChange(change::Other{.statement = "\\connect"})};
    case Effect::Include:
        return {opaqueChange("includes a file: " + text)};
    case Effect::Condition:
        return {opaqueChange("leaves statements out under a condition of psql: " + text)};
    case Effect::Execute:
        return {opaqueChange("runs the rows of the query before it as SQL")};
    case Effect::Copy: {
        const QualifiedName table = copiedInto(command);
        if (table.name.empty())
            return {readChange(change::Query{.text = text})};
        return {
            readChange(change::ChangeData{.command = "COPY", .table = table, .filtered = true})};
    }
    }
    return {};
}

} // namespace sightglass
