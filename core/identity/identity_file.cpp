// SPDX-License-Identifier: GPL-3.0-or-later
// One small JSON file for each target.
#include "core/base/blake2b.h"
#include "core/identity/identity.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace sightglass {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view format = "sightglass-identity/1";

Json numberOrNull(const std::optional<std::int64_t>& number)
{
    return number ? Json(*number) : Json(nullptr);
}

std::string textOf(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::int64_t> numberOf(const Json& value)
{
    return value.is_number_integer() ? std::optional(value.get<std::int64_t>()) : std::nullopt;
}

Error malformed(std::string what)
{
    return {.code = ErrorCode::Malformed,
            .message =
                "What was remembered of this database can't be read: " + std::move(what) + ".",
            .nextStep = "It is safe to delete the file; the next visit makes a new one."};
}

void readNoticed(const Json& document, DatabaseIdentity& into)
{
    const auto list = document.find("noticed");
    if (list == document.end() || !list->is_array())
        return;
    for (const Json& each : *list) {
        if (each.is_object() && into.noticed.size() < mostNoticed)
            into.noticed.push_back({.at = textOf(each, "at"),
                                    .kind = textOf(each, "kind"),
                                    .text = textOf(each, "text")});
    }
}

} // namespace

std::string identityText(const DatabaseIdentity& identity)
{
    Json document = {{"format", format}, {"target", identity.target}};
    document["system_identifier"] =
        identity.systemIdentifier.empty() ? Json(nullptr) : Json(identity.systemIdentifier);
    document["database_oid"] = identity.databaseOid;
    document["database"] = identity.database;
    document["server_version"] = identity.serverVersion;
    document["table_count"] = identity.tableCount;
    document["rows_estimate"] = numberOrNull(identity.rows());
    document["version_table"] = identity.versionTable;
    document["version_rows"] =
        identity.versionRowsKnown ? Json(identity.versionRows) : Json(nullptr);
    document["read_at"] = identity.readAt;
    document["tables"] = Json::array();
    for (const RememberedTable& table : identity.tables)
        document["tables"].push_back(
            Json::array({table.name, numberOrNull(table.rows), numberOrNull(table.bytes)}));
    document["noticed"] = Json::array();
    for (const NoticedChange& noticed : identity.noticed)
        document["noticed"].push_back(
            {{"at", noticed.at}, {"kind", noticed.kind}, {"text", noticed.text}});
    return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<DatabaseIdentity> readIdentity(std::string_view text)
{
    const Json document = Json::parse(text, nullptr, false);
    if (!document.is_object())
        return failure(malformed("it is no JSON"));
    if (textOf(document, "format") != format)
        return failure(malformed("its format is not known"));
    DatabaseIdentity made;
    made.target = textOf(document, "target");
    made.systemIdentifier = textOf(document, "system_identifier");
    made.database = textOf(document, "database");
    made.serverVersion = textOf(document, "server_version");
    made.readAt = textOf(document, "read_at");
    made.versionTable = textOf(document, "version_table");
    made.databaseOid =
        document.contains("database_oid") ? numberOf(document["database_oid"]).value_or(0) : 0;
    if (made.databaseOid == 0 || !document.contains("tables") || !document["tables"].is_array())
        return failure(malformed("a part is missing"));
    for (const Json& each : document["tables"]) {
        if (!each.is_array() || each.size() != 3 || !each[0].is_string())
            return failure(malformed("a table is no table"));
        made.tables.push_back({.name = each[0].get<std::string>(),
                               .rows = numberOf(each[1]),
                               .bytes = numberOf(each[2])});
    }
    made.tableCount =
        document.contains("table_count") && document["table_count"].is_number_unsigned()
            ? document["table_count"].get<std::size_t>()
            : made.tables.size();
    const auto rows = document.find("version_rows");
    made.versionRowsKnown = rows != document.end() && rows->is_array();
    if (made.versionRowsKnown) {
        for (const Json& each : *rows) {
            if (each.is_string())
                made.versionRows.push_back(each.get<std::string>());
        }
    }
    readNoticed(document, made);
    return made;
}

std::string identityFileName(const ConnectionTarget& target)
{
    const std::string port = target.value("port");
    std::string key = "port=" + (port.empty() ? "5432" : port) + "\n";
    for (const char* keyword : {"service", "host", "hostaddr", "dbname"})
        key += std::string(keyword) + "=" + target.value(keyword) + "\n";
    if (target.value("dbname").empty())
        key += "user=" + target.value("user") + "\n"; // which names the database then
    std::string name;
    for (const char c : target.shown.substr(0, 40)) {
        const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-';
        name += plain ? c : '_';
    }
    return name + "-" + hexDigits(blake2b(key, 8)) + ".json";
}

} // namespace sightglass
