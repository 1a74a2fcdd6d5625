// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/manifest.h"

#include <nlohmann/json.hpp>

#include <array>

namespace sightglass {

namespace {

using Value = nlohmann::ordered_json;

constexpr std::string_view formatName = "sightglass-backup/1";

struct TextField
{
    const char* key;
    std::string BackupManifest::*text;
};

constexpr std::array textFields{TextField{"id", &BackupManifest::id},
                                TextField{"file", &BackupManifest::file},
                                TextField{"dump_format", &BackupManifest::format},
                                TextField{"target", &BackupManifest::target},
                                TextField{"database", &BackupManifest::database},
                                TextField{"system_identifier", &BackupManifest::systemIdentifier},
                                TextField{"server_version", &BackupManifest::serverVersion},
                                TextField{"tool_version", &BackupManifest::toolVersion},
                                TextField{"environment", &BackupManifest::environment},
                                TextField{"project", &BackupManifest::project},
                                TextField{"imported_from", &BackupManifest::importedFrom},
                                TextField{"chain", &BackupManifest::chain},
                                TextField{"version_table", &BackupManifest::versionTable},
                                TextField{"schema_fingerprint", &BackupManifest::fingerprint},
                                TextField{"checksum", &BackupManifest::checksum},
                                TextField{"begun", &BackupManifest::begunAt},
                                TextField{"ended", &BackupManifest::endedAt},
                                TextField{"verified", &BackupManifest::verifiedAt},
                                TextField{"rehearsed", &BackupManifest::rehearsedAt}};

struct NumberField
{
    const char* key;
    std::int64_t BackupManifest::*number;
};

constexpr std::array numberFields{NumberField{"database_oid", &BackupManifest::databaseOid},
                                  NumberField{"bytes", &BackupManifest::bytes},
                                  NumberField{"contents", &BackupManifest::contents}};

std::string textIn(const Value& value, const char* key)
{
    const auto found = value.find(key);
    return found != value.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::int64_t> numberIn(const Value& value, const char* key)
{
    const auto found = value.find(key);
    if (found == value.end() || !found->is_number_integer())
        return std::nullopt;
    return found->get<std::int64_t>();
}

std::vector<std::string> textsIn(const Value& value, const char* key)
{
    std::vector<std::string> texts;
    for (const Value& each : value.value(key, Value::array()))
        texts.push_back(each.is_string() ? each.get<std::string>() : std::string());
    return texts;
}

Value tableJson(const BackedUpTable& table)
{
    Value value = {{"name", table.name}};
    if (table.rows)
        value["rows"] = *table.rows;
    if (table.counted)
        value["counted"] = *table.counted;
    if (table.bytes)
        value["bytes"] = *table.bytes;
    return value;
}

} // namespace

std::string manifestText(const BackupManifest& manifest)
{
    Value value;
    value["format"] = formatName;
    for (const TextField& field : textFields)
        value[field.key] = manifest.*field.text;
    for (const NumberField& field : numberFields)
        value[field.key] = manifest.*field.number;
    value["version_rows"] = manifest.versionRows;
    value["version_rows_known"] = manifest.versionRowsKnown;
    value["roles"] = manifest.roles;
    value["shapes"] = manifest.shapes;
    value["tables"] = Value::array();
    for (const BackedUpTable& table : manifest.tables)
        value["tables"].push_back(tableJson(table));
    return value.dump(1, ' ', false, Value::error_handler_t::replace) + "\n";
}

Result<BackupManifest> readManifest(std::string_view text)
{
    const Value value = Value::parse(text, nullptr, false);
    BackupManifest manifest;
    const bool isOne = value.is_object() && textIn(value, "format") == formatName;
    if (isOne) {
        for (const TextField& field : textFields)
            manifest.*field.text = textIn(value, field.key);
        for (const NumberField& field : numberFields)
            manifest.*field.number = numberIn(value, field.key).value_or(0);
        manifest.versionRows = textsIn(value, "version_rows");
        manifest.roles = textsIn(value, "roles");
        const auto known = value.find("version_rows_known");
        manifest.versionRowsKnown =
            known == value.end() || !known->is_boolean() || known->get<bool>();
        const Value shapes = value.value("shapes", Value::object());
        for (const auto& [name, shape] : shapes.items())
            manifest.shapes[name] = shape.is_string() ? shape.get<std::string>() : "";
        for (const Value& table : value.value("tables", Value::array()))
            manifest.tables.push_back({.name = textIn(table, "name"),
                                       .rows = numberIn(table, "rows"),
                                       .counted = numberIn(table, "counted"),
                                       .bytes = numberIn(table, "bytes")});
    }
    // A file elsewhere is no dump of ours, whoever wrote its name.
    const bool isSound = isOne && !manifest.id.empty() && !manifest.checksum.empty() &&
                         !manifest.file.empty() && manifest.file.find('/') == std::string::npos &&
                         manifest.file != "..";
    if (!isSound)
        return failure(ErrorCode::Malformed,
                       "A manifest of a backup can't be read.",
                       "Its dump can still be restored with pg_restore.");
    return manifest;
}

std::string databaseKey(const BackupManifest& manifest)
{
    return manifest.systemIdentifier.empty() ? manifest.target + "/" + manifest.database
                                             : manifest.systemIdentifier + "/" + manifest.database;
}

} // namespace sightglass
