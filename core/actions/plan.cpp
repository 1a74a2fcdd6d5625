// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/plan.h"

#include "core/actions/steps_json.h"
#include "core/base/blake2b.h"

#include <algorithm>

namespace sightglass {

namespace {

constexpr std::size_t planHashBytes = 6;
constexpr std::size_t contentHashBytes = 32;

template <typename... Ts>
struct Overloaded : Ts...
{
    using Ts::operator()...;
};

bool isPlain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-./=:,@%+").find(c) != std::string_view::npos;
}

std::string shellText(const std::string& word)
{
    if (!word.empty() && std::ranges::all_of(word, isPlain))
        return word;
    std::string text = "'";
    for (const char c : word)
        text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

void addSql(const SqlWork& work, std::vector<std::string>& lines)
{
    if (!work.database.empty())
        lines.push_back("-- in the database " + work.database);
    if (work.inTransaction)
        lines.emplace_back("BEGIN;");
    for (const std::string& lock : work.locks)
        lines.push_back(lock + ";");
    for (const PlannedCheck& check : work.checks)
        lines.push_back(check.sql + ";  -- " + check.what + " must be as planned");
    for (const std::string& database : work.endsSessionsOf)
        lines.push_back("-- sessions of " + database + " are ended");
    for (const PlannedStatement& statement : work.statements) {
        std::string line = statement.sql + ";";
        if (statement.rows)
            line += "  -- must change exactly " + std::to_string(*statement.rows) +
                    (*statement.rows == 1 ? " row" : " rows");
        lines.push_back(std::move(line));
    }
    if (work.inTransaction)
        lines.emplace_back("COMMIT;");
}

void addLines(std::string_view text, std::vector<std::string>& lines)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

void addFile(const FileWork& work, std::vector<std::string>& lines)
{
    if (!work.diff.empty())
        addLines(work.diff, lines);
    else if (!work.keptAt.empty())
        lines.push_back("copy " + work.keptAt + " to " + work.file);
    else
        lines.push_back((work.contents ? "write " : "remove ") + work.file);
}

} // namespace

std::string_view toText(PreconditionState state)
{
    switch (state) {
    case PreconditionState::Met:
        return "met";
    case PreconditionState::NotMet:
        return "not-met";
    case PreconditionState::Unknown:
        return "unknown";
    }
    return "";
}

const Precondition* firstUnmet(const Plan& plan)
{
    const auto found =
        std::ranges::find(plan.preconditions, PreconditionState::NotMet, &Precondition::state);
    return found == plan.preconditions.end() ? nullptr : &*found;
}

std::string shownCommand(const CommandWork& work)
{
    std::string text;
    for (const auto& [name, value] : work.environment)
        text += name + "=… ";
    for (const std::string& word : work.argv)
        text += (&word == &work.argv.front() ? "" : " ") + shellText(word);
    return text;
}

std::vector<std::string> stepLines(const std::vector<PlanStep>& steps)
{
    std::vector<std::string> lines;
    const Overloaded add{[&](const SqlWork& work) { addSql(work, lines); },
                         [&](const CommandWork& work) { lines.push_back(shownCommand(work)); },
                         [&](const FileWork& work) { addFile(work, lines); },
                         [&](const OwnWork& work) {
                             lines.insert(lines.end(), work.lines.begin(), work.lines.end());
                         }};
    for (const PlanStep& step : steps)
        std::visit(add, step.work);
    return lines;
}

std::string planHash(const Plan& plan)
{
    const JournalTarget& place = plan.target.place;
    const std::string text = plan.action + "\n" + place.shown + "\n" + place.database + "\n" +
                             place.systemIdentifier + "\n" + std::to_string(place.databaseOid) +
                             "\n" + plan.undoes + "\n" + stepsToJson(plan.steps);
    return hexDigits(blake2b(text, planHashBytes));
}

std::string contentHash(std::string_view contents)
{
    return hexDigits(blake2b(contents, contentHashBytes));
}

} // namespace sightglass
