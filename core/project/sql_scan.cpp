// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/sql_scan.h"

#include "core/history/sql_file.h"
#include "core/operations/operation.h"
#include "core/sql/data_facts.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <variant>

namespace sightglass {

std::string_view toText(SqlTransaction transaction)
{
    switch (transaction) {
    case SqlTransaction::Whole:
        return "whole";
    case SqlTransaction::Partly:
        return "partly";
    case SqlTransaction::None:
        return "none";
    case SqlTransaction::NotNeeded:
        return "not-needed";
    }
    return "";
}

namespace {

constexpr std::size_t mostFiles = 300;
constexpr std::size_t mostBytes = 40'000'000;
constexpr std::size_t mostOfTests = 300'000;
constexpr int headLines = 40;

std::string lower(std::string_view text)
{
    std::string made(text);
    std::ranges::transform(
        made, made.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return made;
}

std::string trimmed(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r-");
    if (begin == std::string_view::npos)
        return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin));
}

void readHeader(std::string_view text, SqlFileFacts& made)
{
    int line = 0;
    for (std::size_t at = 0; at < text.size() && line < headLines; ++line) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view written = text.substr(at, end - at);
        at = end + 1;
        if (!written.starts_with("--"))
            continue;
        const std::string comment = trimmed(written);
        static constexpr std::string_view server = "Dumped from database version ";
        static constexpr std::string_view program = "Dumped by pg_dump version ";
        made.fromPgDump = made.fromPgDump || comment.starts_with("PostgreSQL database dump");
        if (comment.starts_with(server))
            made.serverVersion = comment.substr(server.size());
        else if (comment.starts_with(program))
            made.dumpVersion = comment.substr(program.size());
        const std::size_t colon = comment.find(':');
        const std::string key = lower(comment.substr(0, colon));
        const bool speaks = key.find("revision") != std::string::npos ||
                            key.find("version") != std::string::npos ||
                            key.find("generated from") != std::string::npos ||
                            key.find("compatible") != std::string::npos;
        if (colon != std::string::npos && colon < 40 && speaks)
            made.header.emplace_back(comment.substr(0, colon),
                                     trimmed(std::string_view(comment).substr(colon + 1)));
    }
}

/// Rows of `COPY alembic_version (version_num) FROM stdin`.
void readCopiedRows(std::string_view text, const std::string& table, SqlFileFacts& made)
{
    for (std::size_t at = text.find("COPY "); at != std::string_view::npos;
         at = text.find("COPY ", at + 5)) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view head = text.substr(at, end - at);
        if ((at > 0 && text[at - 1] != '\n') || head.find(table) == std::string_view::npos ||
            head.find("(version_num)") == std::string_view::npos)
            continue;
        for (std::size_t row = end + 1; row < text.size();) {
            const std::size_t close = std::min(text.find('\n', row), text.size());
            const std::string value = trimmed(text.substr(row, close - row));
            if (value == "\\." || value.empty())
                break;
            made.versionRows.push_back(value);
            row = close + 1;
        }
    }
}

/// Whether a path says that its SQL is for another server, or is a collection of queries for a
/// program.
bool namesAnother(const std::string& file)
{
    const std::string low = lower(file);
    static constexpr std::array words{"sqlite",
                                      "mysql",
                                      "mariadb",
                                      "mssql",
                                      "oracle",
                                      "clickhouse",
                                      "duckdb",
                                      "snowflake",
                                      "bigquery",
                                      "cassandra"};
    return std::ranges::any_of(
        words, [&low](const char* word) { return low.find(word) != std::string::npos; });
}

/// Goes over the operations of one file.
class SqlFileReader
{
public:
    SqlFileReader(std::string table, SqlFileFacts& made)
        : m_table(std::move(table))
        , m_made(made)
    {}

    void read(std::string_view text)
    {
        readHeader(text, m_made);
        SqlFileReading reading = readSqlFile(text, m_made.path.string());
        for (const Operation& operation : reading.operations)
            see(operation);
        readCopiedRows(text, m_table, m_made);
        m_made.read = true;
        m_made.isPostgres =
            m_made.unreadable * 2 <= m_made.statements && !namesAnother(m_made.file);
        settleTransaction();
        // Replay assumes what a statement needs; only what the file creates is its own.
        for (const auto& [name, table] : reading.result.schema.tables) {
            const bool created = m_created.contains(name) || m_created.contains({{}, name.name});
            if (created && name.name != m_table)
                m_made.tables.push_back(toText(name));
        }
        m_made.schema = std::make_shared<const Schema>(std::move(reading.result.schema));
    }

private:
    void see(const Operation& operation)
    {
        const bool first = operation.statement != m_statement;
        m_statement = operation.statement;
        m_made.statements += first ? 1 : 0;
        if (const auto* word = std::get_if<change::Transaction>(&operation.change)) {
            const std::string what = lower(word->word);
            if (what.starts_with("begin") || what.starts_with("start"))
                m_open = true;
            else if (what.starts_with("commit") || what.starts_with("end") ||
                     what.starts_with("rollback"))
                m_open = what.find("to") != std::string::npos && m_open;
            m_began = m_began || m_open;
            return;
        }
        if (const auto* table = std::get_if<change::CreateTable>(&operation.change))
            m_created.insert(table->table);
        if (std::holds_alternative<change::Opaque>(operation.change) && first)
            ++m_made.unreadable;
        const auto* data = std::get_if<change::ChangeData>(&operation.change);
        if (data != nullptr && data->table.name == m_table)
            readRows(operation.sql);
        if (!first || (data == nullptr && !isStructural(operation.change)))
            return;
        ++m_made.changes;
        if (m_open)
            return;
        ++m_made.outside;
        if (m_made.firstOutside == 0)
            m_made.firstOutside = operation.span.line;
    }

    void readRows(const std::string& statement)
    {
        for (const DataFacts& facts : dataFacts(statement)) {
            if (facts.command != "INSERT")
                continue;
            for (const auto& row : facts.rows) {
                for (const WrittenValue& value : row) {
                    if (value.literal)
                        m_made.versionRows.push_back(*value.literal);
                }
            }
        }
    }

    void settleTransaction()
    {
        if (m_made.changes < 2)
            m_made.transaction = SqlTransaction::NotNeeded;
        else if (m_made.outside == 0)
            m_made.transaction = SqlTransaction::Whole;
        else
            m_made.transaction = m_began ? SqlTransaction::Partly : SqlTransaction::None;
    }

    std::string m_table;
    SqlFileFacts& m_made;
    int m_statement = -1;
    std::set<QualifiedName> m_created; ///< as written: without a schema where none is
    bool m_open = false;
    bool m_began = false;
};

/// The service whose first start runs the file.
std::string runnerOf(const SqlScanInput& input, const Path& path)
{
    for (const ComposeFile& file : input.composeFiles) {
        for (const ComposeService& service : file.services) {
            for (const ComposeMount& mount : service.mounts) {
                if (mount.kind != MountKind::Bind ||
                    !mount.target.starts_with("/docker-entrypoint-initdb.d"))
                    continue;
                std::string source =
                    (file.path.parent_path() / mount.source).lexically_normal().string();
                while (source.size() > 1 && source.ends_with('/'))
                    source.pop_back();
                if (path.string() == source || path.parent_path().string() == source)
                    return "docker-entrypoint-initdb.d of service " + service.name + " in " +
                           file.file;
            }
        }
    }
    return {};
}

void compareWithChain(const SqlScanInput& input, SqlFileFacts& made)
{
    if (input.chain == nullptr || made.schema == nullptr)
        return;
    for (const auto& [name, table] : made.schema->tables) {
        const std::string shown = toText(name);
        if (std::ranges::binary_search(made.tables, shown) && input.chain->table(name) != nullptr)
            made.alsoInChain.push_back(shown);
    }
}

} // namespace

std::vector<SqlFileFacts> readSqlFiles(const FileSystem& files,
                                       const SqlScanInput& input,
                                       const ScanLimits& limits,
                                       const RunContext& run)
{
    std::vector<SqlFileFacts> made;
    const ReadFact& fact = input.project.versionTable;
    const std::string table = fact.value.isKnown() && !fact.value.value().empty()
                                  ? fact.value.value()
                                  : "alembic_version";
    std::size_t bytes = 0;
    for (const ProjectFile* file : input.tree.of(ProjectFileKind::Sql)) {
        if (run.stopRequested() || file->place == ProjectPlace::Migration)
            continue;
        SqlFileFacts one{.file = file->shown, .path = file->path, .place = file->place};
        one.bytes = static_cast<std::size_t>(files.size(file->path).value_or(0));
        const bool tooMuch =
            one.bytes > limits.sqlBytes ||
            (file->place != ProjectPlace::Application && one.bytes > mostOfTests) ||
            made.size() >= mostFiles || bytes + one.bytes > mostBytes;
        const auto text =
            tooMuch ? Result<std::string>(std::string()) : files.read(file->path, limits.sqlBytes);
        if (tooMuch)
            one.whyNot = "it is larger than what is read, or there are too many of them";
        else if (!text)
            one.whyNot = text.error().message;
        else
            SqlFileReader(table, one).read(*text);
        bytes += tooMuch ? 0 : one.bytes;
        one.runBy = runnerOf(input, file->path);
        compareWithChain(input, one);
        made.push_back(std::move(one));
    }
    return made;
}

} // namespace sightglass
