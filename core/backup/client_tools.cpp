// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/client_tools.h"

#include "core/process/run_process.h"

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <sstream>
#include <vector>

namespace sightglass {

namespace {

namespace fs = std::filesystem;

std::string variable(const char* name)
{
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): nobody sets any
    return value == nullptr ? std::string() : value;
}

std::vector<fs::path> folders()
{
    if (const std::string own = variable("SIGHTGLASS_POSTGRES_BIN"); !own.empty())
        return {own};
    std::vector<fs::path> result;
    std::error_code code;
    for (fs::directory_iterator it("/usr/lib/postgresql", code), end; !code && it != end;
         it.increment(code))
        result.push_back(it->path() / "bin");
    std::istringstream path(variable("PATH"));
    for (std::string folder; std::getline(path, folder, ':');) {
        if (!folder.empty())
            result.emplace_back(folder);
    }
    return result;
}

/// "pg_dump (PostgreSQL) 15.6 (Debian …)"
std::optional<DumpTools> toolsIn(const fs::path& folder, const RunContext& run)
{
    std::error_code code;
    DumpTools tools{.dump = (folder / "pg_dump").string(),
                    .restore = (folder / "pg_restore").string()};
    if (!fs::exists(tools.dump, code) || !fs::exists(tools.restore, code))
        return std::nullopt;
    const auto said = runProcess({.program = tools.dump,
                                  .arguments = {"--version"},
                                  .environment = {},
                                  .workingDirectory = {},
                                  .input = {},
                                  .limit = std::chrono::seconds(10)},
                                 run);
    constexpr std::string_view marker = "(PostgreSQL) ";
    const std::size_t at = said ? said->output.find(marker) : std::string::npos;
    if (at == std::string::npos)
        return std::nullopt;
    const std::size_t begin = at + marker.size();
    tools.version = said->output.substr(begin, said->output.find_first_of(" \n", begin) - begin);
    std::from_chars(tools.version.data(), tools.version.data() + tools.version.size(), tools.major);
    return tools.major > 0 ? std::optional(tools) : std::nullopt;
}

} // namespace

Result<DumpTools> findDumpTools(const RunContext& run)
{
    std::optional<DumpTools> best;
    for (const fs::path& folder : folders()) {
        auto tools = toolsIn(folder, run);
        if (tools && (!best || tools->major > best->major))
            best = std::move(tools);
    }
    if (run.stopRequested())
        return failure(ErrorCode::Cancelled, "Stopped.");
    if (best)
        return *best;
    return failure(ErrorCode::NotFound,
                   "There is no pg_dump on this machine.",
                   "Install the package postgresql-client, or name its folder with "
                   "$SIGHTGLASS_POSTGRES_BIN.");
}

} // namespace sightglass
