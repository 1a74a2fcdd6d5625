// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/server_door.h"

#include "core/base/error.h"

#include <algorithm>

namespace sightglass {

ConnectionTarget otherDatabase(ConnectionTarget target, const std::string& database)
{
    target.parameters["dbname"] = database;
    target.shown = printable(database) + " beside " + target.shown;
    return target;
}

ClientConnection clientConnection(const ConnectionTarget& target, const std::string& application)
{
    ConnectionTarget shown = target;
    const std::string password = shown.value("password");
    shown.parameters.erase("password");
    shown.parameters["application_name"] = application;
    ClientConnection connection{.argument = "--dbname=" + toConninfo(shown),
                                .environment = {{"LC_ALL", "C.UTF-8"}}};
    if (!password.empty())
        connection.environment["PGPASSWORD"] = password;
    return connection;
}

std::string complaintIn(const std::string& said)
{
    constexpr std::string_view marker = "error: ";
    const std::size_t at = said.find(marker);
    if (at == std::string::npos)
        return {};
    const std::size_t begin = at + marker.size();
    std::string text =
        printable(withoutSecrets(said.substr(begin, said.find('\n', begin) - begin)));
    while (!text.empty() && text.back() == '.')
        text.pop_back();
    return text;
}

std::string sqlLiteral(const std::string& text)
{
    std::string literal = text.find('\\') == std::string::npos ? "'" : "E'";
    for (const char c : text) {
        if (c == '\'' || c == '\\')
            literal += c;
        literal += c;
    }
    return literal + "'";
}

} // namespace sightglass
