// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/dump_file.h"

#include "core/base/blake2b.h"
#include "core/base/error.h"
#include "core/process/run_process.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <system_error>

namespace sightglass {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t checksumBytes = 32;
constexpr std::size_t pieceBytes = 1U << 20U;

/// The dump itself, or the files of its folder, by name.
std::vector<Path> filesOf(const Path& dump)
{
    std::error_code code;
    if (!fs::is_directory(dump, code))
        return {dump};
    std::vector<Path> files;
    for (fs::directory_iterator it(dump, code), end; !code && it != end; it.increment(code))
        files.push_back(it->path());
    std::ranges::sort(files);
    return files;
}

Result<DumpDigest> digestOfFile(const Path& file, const RunContext& run)
{
    std::ifstream stream(file, std::ios::binary);
    const auto piece = std::make_unique<std::array<char, pieceBytes>>();
    Blake2bStream sum(checksumBytes);
    DumpDigest digest;
    while (stream) {
        if (run.stopRequested())
            return failure(ErrorCode::Cancelled, "Stopped.");
        stream.read(piece->data(), pieceBytes);
        const auto count = static_cast<std::size_t>(stream.gcount());
        sum.add({piece->data(), count});
        digest.bytes += static_cast<std::int64_t>(count);
    }
    if (!stream.eof())
        return failure(ErrorCode::NotReadable,
                       "Can't read " + printable(file.string()) + ".",
                       "Check that it is there, and its permissions.");
    digest.checksum = hexDigits(sum.digest());
    return digest;
}

struct HeaderField
{
    std::string_view label;
    std::string DumpContents::*text;
};

constexpr std::array headerFields{
    HeaderField{";     dbname: ", &DumpContents::database},
    HeaderField{";     Format: ", &DumpContents::format},
    HeaderField{";     Dumped from database version: ", &DumpContents::serverVersion},
    HeaderField{";     Dumped by pg_dump version: ", &DumpContents::toolVersion}};

void takeLine(DumpContents& contents, std::string_view line)
{
    if (line.empty())
        return;
    if (line.front() != ';') {
        ++contents.entries;
        contents.lines.emplace_back(line);
        return;
    }
    for (const HeaderField& field : headerFields) {
        if (line.starts_with(field.label))
            contents.*field.text = line.substr(field.label.size());
    }
}

} // namespace

Error damagedDump(const Path& dump, const std::string& how)
{
    return Error{.code = ErrorCode::Malformed,
                 .message = "The dump " + printable(dump.string()) + " is damaged: " + how + ".",
                 .nextStep = "Do not restore it; take another backup.",
                 .file = dump.string()};
}

std::int64_t sizeOfDump(const Path& dump)
{
    std::int64_t bytes = 0;
    for (const Path& file : filesOf(dump)) {
        std::error_code code;
        const auto size = fs::file_size(file, code);
        bytes += code ? 0 : static_cast<std::int64_t>(size);
    }
    return bytes;
}

Result<DumpDigest> digestOf(const Path& dump, const RunContext& run)
{
    std::error_code code;
    if (!fs::is_directory(dump, code))
        return digestOfFile(dump, run);
    DumpDigest digest;
    std::string sums;
    for (const Path& file : filesOf(dump)) {
        const auto part = digestOfFile(file, run);
        if (!part)
            return failure(part.error());
        digest.bytes += part->bytes;
        sums += file.filename().string() + " " + part->checksum + "\n";
    }
    digest.checksum = hexDigits(blake2b(sums, checksumBytes));
    return digest;
}

Result<std::string> schemaSqlOf(const Path& dump, const DumpTools& tools, const RunContext& run)
{
    const auto said = runProcess(
        {.program = tools.restore,
         .arguments = {"--schema-only", "--no-owner", "--no-privileges", "--file=-", dump.string()},
         .environment = {{"LC_ALL", "C.UTF-8"}},
         .workingDirectory = {},
         .input = {},
         .limit = std::chrono::minutes(10),
         .onOutput = {},
         .withChildren = true},
        run);
    if (!said)
        return failure(said.error());
    if (said->exitCode != 0)
        return failure(damagedDump(dump, "pg_restore can't read its schema"));
    // Types keep their plain names only where a search path finds them.
    constexpr std::string_view noPath = "SELECT pg_catalog.set_config('search_path', '', false);";
    std::string text = said->output;
    if (const std::size_t at = text.find(noPath); at != std::string::npos)
        text.erase(at, noPath.size());
    return text;
}

Result<DumpContents> contentsOf(const Path& dump, const DumpTools& tools, const RunContext& run)
{
    const auto said = runProcess({.program = tools.restore,
                                  .arguments = {"--list", dump.string()},
                                  .environment = {{"LC_ALL", "C.UTF-8"}},
                                  .workingDirectory = {},
                                  .input = {},
                                  .limit = std::chrono::minutes(10),
                                  .onOutput = {},
                                  .withChildren = true},
                                 run);
    if (!said)
        return failure(said.error());
    if (said->exitCode != 0)
        return failure(damagedDump(dump, "pg_restore can't read its table of contents"));
    DumpContents contents;
    std::string_view rest = said->output;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        takeLine(contents, rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    std::ranges::transform(contents.format, contents.format.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return contents;
}

} // namespace sightglass
