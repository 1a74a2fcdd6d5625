// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/steps_json.h"

#include <nlohmann/json.hpp>

namespace sightglass {

namespace {

using Value = nlohmann::ordered_json;

Value cellJson(const AnswerCell& cell)
{
    return cell ? Value(*cell) : Value(nullptr);
}

Value checksJson(const std::vector<PlannedCheck>& checks)
{
    Value list = Value::array();
    for (const PlannedCheck& check : checks) {
        Value rows = Value::array();
        for (const auto& row : check.expected) {
            Value cells = Value::array();
            for (const AnswerCell& cell : row)
                cells.push_back(cellJson(cell));
            rows.push_back(std::move(cells));
        }
        list.push_back({{"what", check.what}, {"sql", check.sql}, {"expected", rows}});
    }
    return list;
}

Value toJson(const SqlWork& work)
{
    Value statements = Value::array();
    for (const PlannedStatement& each : work.statements)
        statements.push_back(
            {{"sql", each.sql}, {"rows", each.rows ? Value(*each.rows) : Value(nullptr)}});
    Value value = {{"kind", "sql"},
                   {"in_transaction", work.inTransaction},
                   {"locks", work.locks},
                   {"checks", checksJson(work.checks)},
                   {"statements", statements},
                   {"after", checksJson(work.after)}};
    if (!work.database.empty()) {
        value["database"] = work.database;
        value["ends_sessions_of"] = work.endsSessionsOf;
    }
    return value;
}

Value toJson(const CommandWork& work)
{
    Value names = Value::array();
    for (const auto& [name, value] : work.environment)
        names.push_back(name);
    return {{"kind", "command"},
            {"argv", work.argv},
            {"directory", work.directory},
            {"environment", names}};
}

Value toJson(const FileWork& work)
{
    return {{"kind", "file"},
            {"file", work.file},
            {"before", work.before ? Value(*work.before) : Value(nullptr)},
            {"contents", work.contents ? Value(*work.contents) : Value(nullptr)},
            {"kept_at", work.keptAt},
            {"diff", work.diff},
            {"renamed_from", work.renamedFrom},
            {"renamed_hash", work.renamedHash}};
}

Value toJson(const OwnWork& work)
{
    return {{"kind", "own"},
            {"own_kind", work.kind},
            {"lines", work.lines},
            {"leaves", work.leaves},
            {"when_cut_short", work.whenCutShort}};
}

/// Reads fields of JSON objects and remembers whether all were what they have to be.
class FieldReader
{
public:
    bool isSound() const { return m_sound; }

    std::string text(const Value& object, const char* key)
    {
        const Value* const found = field(object, key);
        return found != nullptr && expect(found->is_string()) ? found->get<std::string>() : "";
    }

    std::optional<std::string> optionalText(const Value& object, const char* key)
    {
        const Value* const found = field(object, key);
        if (found == nullptr || found->is_null())
            return std::nullopt;
        return expect(found->is_string()) ? found->get<std::string>() : std::string();
    }

    const Value& list(const Value& object, const char* key)
    {
        const Value* const found = field(object, key);
        return found != nullptr && expect(found->is_array()) ? *found : m_empty;
    }

    bool flag(const Value& object, const char* key)
    {
        const Value* const found = field(object, key);
        return found != nullptr && expect(found->is_boolean()) && found->get<bool>();
    }

    std::vector<std::string> texts(const Value& object, const char* key)
    {
        std::vector<std::string> result;
        for (const Value& each : list(object, key))
            result.push_back(expect(each.is_string()) ? each.get<std::string>() : "");
        return result;
    }

    bool expect(bool condition)
    {
        m_sound = m_sound && condition;
        return condition;
    }

private:
    const Value* field(const Value& object, const char* key)
    {
        if (!expect(object.is_object()))
            return nullptr;
        const auto found = object.find(key);
        return expect(found != object.end()) ? &*found : nullptr;
    }

    bool m_sound = true;
    Value m_empty = Value::array();
};

std::vector<PlannedCheck> checksFrom(FieldReader& reader, const Value& list)
{
    std::vector<PlannedCheck> checks;
    for (const Value& each : list) {
        PlannedCheck check{.what = reader.text(each, "what"), .sql = reader.text(each, "sql")};
        for (const Value& row : reader.list(each, "expected")) {
            std::vector<AnswerCell>& cells = check.expected.emplace_back();
            reader.expect(row.is_array());
            for (const Value& cell : row)
                cells.push_back(cell.is_string() ? AnswerCell(cell.get<std::string>())
                                                 : std::nullopt);
        }
        checks.push_back(std::move(check));
    }
    return checks;
}

SqlWork sqlFrom(FieldReader& reader, const Value& value)
{
    SqlWork work{.locks = reader.texts(value, "locks"),
                 .checks = checksFrom(reader, reader.list(value, "checks")),
                 .after = checksFrom(reader, reader.list(value, "after")),
                 .inTransaction = reader.flag(value, "in_transaction")};
    if (value.contains("database")) {
        work.database = reader.text(value, "database");
        work.endsSessionsOf = reader.texts(value, "ends_sessions_of");
    }
    for (const Value& each : reader.list(value, "statements")) {
        PlannedStatement statement{.sql = reader.text(each, "sql")};
        const auto rows = each.find("rows");
        if (rows != each.end() && rows->is_number_integer())
            statement.rows = rows->get<std::int64_t>();
        work.statements.push_back(std::move(statement));
    }
    return work;
}

FileWork fileFrom(FieldReader& reader, const Value& value)
{
    return {.file = reader.text(value, "file"),
            .before = reader.optionalText(value, "before"),
            .contents = reader.optionalText(value, "contents"),
            .keptAt = reader.text(value, "kept_at"),
            .diff = reader.text(value, "diff"),
            .renamedFrom = reader.text(value, "renamed_from"),
            .renamedHash = reader.text(value, "renamed_hash")};
}

PlanStep stepFrom(FieldReader& reader, const Value& value)
{
    PlanStep step{.title = reader.text(value, "title"), .work = OwnWork()};
    const std::string kind = reader.text(value, "kind");
    if (kind == "sql")
        step.work = sqlFrom(reader, value);
    else if (kind == "file")
        step.work = fileFrom(reader, value);
    else if (kind == "command")
        step.work = CommandWork{.argv = reader.texts(value, "argv"),
                                .directory = reader.text(value, "directory")};
    else if (reader.expect(kind == "own"))
        step.work = OwnWork{.kind = reader.text(value, "own_kind"),
                            .lines = reader.texts(value, "lines"),
                            .leaves = reader.text(value, "leaves"),
                            .whenCutShort = reader.text(value, "when_cut_short")};
    return step;
}

} // namespace

std::string stepsToJson(const std::vector<PlanStep>& steps)
{
    Value list = Value::array();
    for (const PlanStep& step : steps) {
        Value value = {{"title", step.title}};
        value.update(std::visit([](const auto& work) { return toJson(work); }, step.work));
        list.push_back(std::move(value));
    }
    return list.dump(-1, ' ', false, Value::error_handler_t::replace);
}

Result<std::vector<PlanStep>> stepsFromJson(std::string_view text)
{
    const Value list = Value::parse(text, nullptr, false);
    FieldReader reader;
    std::vector<PlanStep> steps;
    if (reader.expect(list.is_array())) {
        for (const Value& value : list)
            steps.push_back(stepFrom(reader, value));
    }
    if (!reader.isSound())
        return failure(ErrorCode::Malformed,
                       "The way back that the journal keeps can't be read.",
                       "Take it back by hand; the journal says what was done.");
    return steps;
}

} // namespace sightglass
