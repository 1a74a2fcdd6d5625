// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/journal_record.h"

#include "core/live/connection_target.h"

#include <nlohmann/json.hpp>

#include <array>

namespace sightglass {

namespace {

using Value = nlohmann::ordered_json;

struct PhaseWord
{
    JournalPhase phase;
    std::string_view word;
};

constexpr std::array phaseWords{PhaseWord{JournalPhase::Intent, "intent"},
                                PhaseWord{JournalPhase::Commit, "commit"},
                                PhaseWord{JournalPhase::Outcome, "outcome"},
                                PhaseWord{JournalPhase::Verdict, "verdict"},
                                PhaseWord{JournalPhase::Settled, "settled"}};

struct TargetField
{
    const char* key;
    std::string JournalTarget::*text;
};

constexpr std::array targetFields{
    TargetField{"shown", &JournalTarget::shown},
    TargetField{"host", &JournalTarget::host},
    TargetField{"port", &JournalTarget::port},
    TargetField{"database", &JournalTarget::database},
    TargetField{"user", &JournalTarget::user},
    TargetField{"system_identifier", &JournalTarget::systemIdentifier},
    TargetField{"environment", &JournalTarget::environment},
    TargetField{"project", &JournalTarget::project}};

struct TextField
{
    const char* key;
    std::string JournalRecord::*text;
};

constexpr std::array textFields{TextField{"time", &JournalRecord::time},
                                TextField{"run", &JournalRecord::run},
                                TextField{"action", &JournalRecord::action},
                                TextField{"title", &JournalRecord::title},
                                TextField{"plan", &JournalRecord::plan},
                                TextField{"undo_text", &JournalRecord::undoText},
                                TextField{"undoes", &JournalRecord::undoes},
                                TextField{"transaction", &JournalRecord::transaction},
                                TextField{"file", &JournalRecord::file},
                                TextField{"contents", &JournalRecord::contents},
                                TextField{"state", &JournalRecord::state}};

struct ListField
{
    const char* key;
    std::vector<std::string> JournalRecord::*list;
};

constexpr std::array listFields{ListField{"changes", &JournalRecord::changes},
                                ListField{"steps", &JournalRecord::steps},
                                ListField{"sentences", &JournalRecord::sentences}};

Value targetJson(const JournalTarget& target)
{
    Value value = Value::object();
    for (const TargetField& field : targetFields) {
        if (!(target.*field.text).empty())
            value[field.key] = withoutSecrets(target.*field.text);
    }
    if (target.databaseOid != 0)
        value["database_oid"] = target.databaseOid;
    return value;
}

std::string textIn(const Value& value, const char* key)
{
    const auto found = value.find(key);
    return found != value.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t numberIn(const Value& value, const char* key)
{
    const auto found = value.find(key);
    return found != value.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

JournalTarget targetFrom(const Value& value)
{
    JournalTarget target;
    for (const TargetField& field : targetFields)
        target.*field.text = textIn(value, field.key);
    target.databaseOid = numberIn(value, "database_oid");
    return target;
}

std::optional<JournalPhase> phaseFrom(const std::string& word)
{
    for (const PhaseWord& each : phaseWords) {
        if (each.word == word)
            return each.phase;
    }
    return std::nullopt;
}

} // namespace

std::string_view toText(JournalPhase phase)
{
    for (const PhaseWord& each : phaseWords) {
        if (each.phase == phase)
            return each.word;
    }
    return "";
}

std::string journalLine(const JournalRecord& record)
{
    Value value;
    value["seq"] = record.sequence;
    value["phase"] = toText(record.phase);
    for (const TextField& field : textFields) {
        if (!(record.*field.text).empty())
            value[field.key] = withoutSecrets(record.*field.text);
    }
    if (record.target != JournalTarget())
        value["target"] = targetJson(record.target);
    for (const ListField& field : listFields) {
        for (const std::string& text : record.*field.list)
            value[field.key].push_back(withoutSecrets(text));
    }
    if (record.step != 0)
        value["step"] = record.step;
    if (!record.undo.empty())
        value["undo"] = record.undo;
    return value.dump(-1, ' ', false, Value::error_handler_t::replace) + "\n";
}

Result<JournalRecord> readJournalLine(std::string_view line)
{
    const Value value = Value::parse(line, nullptr, false);
    const auto phase = value.is_object() ? phaseFrom(textIn(value, "phase")) : std::nullopt;
    if (!phase || textIn(value, "run").empty())
        return failure(ErrorCode::Malformed, "A line of the journal can't be read.");
    JournalRecord record{.sequence = numberIn(value, "seq"), .phase = *phase};
    for (const TextField& field : textFields)
        record.*field.text = textIn(value, field.key);
    if (const auto target = value.find("target"); target != value.end())
        record.target = targetFrom(*target);
    for (const ListField& field : listFields) {
        const auto list = value.find(field.key);
        if (list == value.end() || !list->is_array())
            continue;
        for (const Value& text : *list)
            (record.*field.list).push_back(text.is_string() ? text.get<std::string>() : "");
    }
    record.step = static_cast<std::size_t>(numberIn(value, "step"));
    record.undo = textIn(value, "undo");
    return record;
}

} // namespace sightglass
