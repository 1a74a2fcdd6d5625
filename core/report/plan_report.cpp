// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/plan_report.h"

#include "core/base/error.h"
#include "core/report/json_values.h"
#include "core/report/text_layout.h"

namespace sightglass {

namespace {

using json::Value;

Value environmentJson(const PlanTarget& target)
{
    return {{"name", toText(target.environment)}, {"why", target.environmentWhy}};
}

Value targetJson(const PlanTarget& target)
{
    const JournalTarget& place = target.place;
    Value value;
    value["shown"] = place.shown;
    json::setText(value, "host", place.host);
    json::setText(value, "port", place.port);
    json::setText(value, "database", place.database);
    json::setText(value, "user", place.user);
    json::setText(value, "system_identifier", place.systemIdentifier);
    if (place.databaseOid != 0)
        value["database_oid"] = place.databaseOid;
    json::setText(value, "project", place.project);
    return value;
}

Value stepsJson(const std::vector<PlanStep>& steps)
{
    Value list = Value::array();
    for (const PlanStep& step : steps) {
        Value value;
        value["title"] = step.title;
        if (const auto* sql = std::get_if<SqlWork>(&step.work)) {
            value["kind"] = "sql";
            value["one_transaction"] = sql->inTransaction;
            value["sql"] = stepLines({step});
        } else if (const auto* command = std::get_if<CommandWork>(&step.work)) {
            value["kind"] = "command";
            value["argv"] = command->argv;
            value["command"] = shownCommand(*command);
            json::setText(value, "directory", command->directory);
        } else if (const auto* file = std::get_if<FileWork>(&step.work)) {
            value["kind"] = "file";
            value["file"] = file->file;
            json::setText(value, "diff", file->diff);
        } else {
            value["kind"] = std::get<OwnWork>(step.work).kind;
            value["lines"] = std::get<OwnWork>(step.work).lines;
        }
        list.push_back(std::move(value));
    }
    return list;
}

Value affectedJson(const std::vector<AffectedObject>& objects)
{
    Value list = Value::array();
    for (const AffectedObject& object : objects) {
        Value value = {{"kind", object.kind}, {"name", object.name}, {"change", object.change}};
        if (object.rows)
            value["rows"] = *object.rows;
        if (object.bytes)
            value["bytes"] = *object.bytes;
        value["lost"] = object.isLost;
        list.push_back(std::move(value));
    }
    return list;
}

Value linesJson(const std::vector<PlanLine>& lines)
{
    Value list = Value::array();
    for (const PlanLine& line : lines) {
        Value value = {{"label", line.label}, {"text", line.text}};
        if (line.values)
            value["values"] = *line.values;
        list.push_back(std::move(value));
    }
    return list;
}

Value preconditionsJson(const std::vector<Precondition>& preconditions)
{
    Value list = Value::array();
    for (const Precondition& each : preconditions) {
        Value value = {{"id", each.id}, {"text", each.text}, {"state", toText(each.state)}};
        json::setText(value, "detail", each.detail);
        list.push_back(std::move(value));
    }
    return list;
}

Value protectionJson(const Protection& protection)
{
    Value value = {{"needed", protection.needed}, {"text", protection.text}};
    json::setText(value, "backup", protection.backup);
    json::setText(value, "backup_at", protection.backupAt);
    return value;
}

Value confirmationJson(const PlanConfirmation& confirmation)
{
    Value value = {{"level", toText(confirmation.level)}, {"phrase", confirmation.phrase}};
    json::setText(value, "number_of", confirmation.numberOf);
    return value;
}

Value outcomeJson(const PlanOutcome& outcome)
{
    Value value;
    value["state"] = toText(outcome.state);
    json::setText(value, "run", outcome.run);
    value["sentences"] = outcome.sentences;
    if (outcome.error)
        value["error"] = toText(*outcome.error);
    value["verdict"] = toText(outcome.verdict);
    value["verdict_sentences"] = outcome.verdictSentences;
    return value;
}

void addList(std::string& text, const char* title, const std::vector<std::string>& lines)
{
    if (lines.empty())
        return;
    text += std::string("\n") + title + "\n";
    for (const std::string& line : lines)
        text += "  " + printable(line) + "\n";
}

std::string changeText(const AffectedObject& object)
{
    std::string text = object.kind + " " + object.name + ": " + object.change;
    if (object.bytes)
        text += ", " + sizeText(*object.bytes);
    return text + (object.isLost ? "; its data goes" : "");
}

void addPreconditions(std::string& text, const std::vector<Precondition>& preconditions)
{
    text += "\nBefore it runs\n";
    for (const Precondition& each : preconditions) {
        const char* const mark = each.state == PreconditionState::Met      ? "  ok  "
                                 : each.state == PreconditionState::NotMet ? "  no  "
                                                                           : "  ?   ";
        text += wrapped(mark, each.text + (each.detail.empty() ? "" : " " + each.detail));
    }
}

} // namespace

std::string planJson(const Plan& plan, const PlanOutcome* outcome)
{
    Value value = json::document(plan.action);
    value["dry_run"] = outcome == nullptr;
    value["plan"] = {{"id", planHash(plan)},
                     {"title", plan.title},
                     {"summary", plan.summary},
                     {"target", targetJson(plan.target)},
                     {"environment", environmentJson(plan.target)},
                     {"lines", linesJson(plan.lines)},
                     {"preconditions", preconditionsJson(plan.preconditions)},
                     {"steps", stepsJson(plan.steps)},
                     {"affected", affectedJson(plan.affected)},
                     {"protection", protectionJson(plan.protection)},
                     {"undo",
                      {{"possible", plan.undo.possible},
                       {"text", plan.undo.text},
                       {"steps", stepsJson(plan.undo.steps)}}},
                     {"confirmation", confirmationJson(plan.confirmation)}};
    if (!plan.undoes.empty())
        value["plan"]["undoes"] = plan.undoes;
    if (outcome != nullptr)
        value["outcome"] = outcomeJson(*outcome);
    return json::text(value);
}

std::string planText(const Plan& plan)
{
    std::string text = printable(plan.title) + "\n" + wrapped("", plan.summary) + "\n";
    std::vector<std::vector<std::string>> rows;
    for (const PlanLine& line : plan.lines)
        rows.push_back({line.label, line.text});
    rows.push_back(
        {"Environment",
         std::string(toText(plan.target.environment)) + ": " + plan.target.environmentWhy});
    rows.push_back({"User", plan.target.place.user});
    rows.push_back({"Protection", plan.protection.text});
    rows.push_back({"Way back", plan.undo.text});
    text += aligned(rows, "");
    addPreconditions(text, plan.preconditions);
    std::vector<std::string> affected;
    for (const AffectedObject& object : plan.affected)
        affected.push_back(changeText(object));
    addList(text, "What changes", affected);
    addList(text, "What runs", stepLines(plan.steps));
    addList(text, "What takes it back", stepLines(plan.undo.steps));
    if (plan.steps.empty())
        text += "\nThere is nothing to do.\n";
    return text;
}

std::string outcomeText(const PlanOutcome& outcome)
{
    std::string text;
    for (const std::string& sentence : outcome.sentences)
        text += wrapped("", sentence);
    if (outcome.verdict == PlanVerdict::AsPlanned && !outcome.run.empty())
        text += "Read again: it is as planned.\n";
    else if (outcome.verdict == PlanVerdict::NotAsPlanned)
        text += "Read again: it is not as planned.\n";
    for (const std::string& sentence : outcome.verdictSentences)
        text += wrapped("  ", sentence);
    if (outcome.state == EntryState::Done && !outcome.run.empty())
        text += "In the journal as " + outcome.run + ".\n";
    return text;
}

} // namespace sightglass
