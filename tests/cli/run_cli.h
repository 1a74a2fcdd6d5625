// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include <sstream>
#include <string>
#include <vector>

namespace sightglass::tests {

/// What one run of the program gave.
struct CliRun
{
    int status = -1;
    std::string out;
    std::string err;

    QJsonObject json() const
    {
        return QJsonDocument::fromJson(QByteArray::fromStdString(out)).object();
    }
};

/// The program in this process.
inline CliRun runCli(const std::vector<std::string>& arguments, std::stop_token stop = {})
{
    std::ostringstream out;
    std::ostringstream err;
    CommandContext context{.out = out, .err = err, .run = {.stop = std::move(stop)}};
    CliRun run;
    run.status = runCommandLine(arguments, context);
    run.out = out.str();
    run.err = err.str();
    return run;
}

inline std::string dataProject(const std::string& name)
{
    return std::string(SIGHTGLASS_TEST_DATA) + "/cli/" + name;
}

inline bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

/// One line that ends in a newline and begins with the program's name.
inline bool isOneErrorLine(const std::string& text)
{
    return text.starts_with("sightglass-cli: ") && text.find('\n') == text.size() - 1;
}

} // namespace sightglass::tests
