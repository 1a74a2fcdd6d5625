// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/upgrade_script.h"

#include "core/render/render.h"
#include "core/render/sql_names.h"

#include <algorithm>
#include <array>
#include <set>

namespace sightglass {

namespace {

std::string commaText(const std::vector<std::string>& ids)
{
    std::string text;
    for (const std::string& id : ids)
        text += (text.empty() ? "" : ", ") + id;
    return text;
}

/// True where `checkfirst` asks the database for what a directive makes or drops.
bool checksFirst(const Operation& operation)
{
    constexpr std::array endings{std::string_view(".create"),
                                 std::string_view(".drop"),
                                 std::string_view(".create_all"),
                                 std::string_view(".drop_all")};
    return operation.sql.empty() && std::ranges::any_of(endings, [&](std::string_view ending) {
               return operation.directive.ends_with(ending);
           });
}

/// There is no database to ask when a script is written: what `checkfirst` guards is written out.
void forgetCheck(Change& change)
{
    std::visit(
        [](auto& each) {
            if constexpr (requires { each.ifNotExists; })
                each.ifNotExists = false;
            if constexpr (requires { each.ifExists; })
                each.ifExists = false;
        },
        change);
}

/// Writes the lines, and knows whether a transaction is open.
class ScriptWriter
{
public:
    ScriptWriter(const ScriptSettings& settings)
        : m_settings(settings)
        , m_rows(settings.startRows.begin(), settings.startRows.end())
    {}

    void statement(std::string text)
    {
        m_lines.push_back(
            {.text = std::move(text), .kind = ScriptLine::Kind::Statement, .step = m_step});
    }

    void step(const ScriptStep& step)
    {
        const bool own = m_settings.transactionalDdl && m_settings.transactionPerMigration;
        if (own)
            statement("BEGIN");
        if (m_rows.empty())
            statement(createVersionTable(m_settings));
        comment(step);
        if (!step.note.empty())
            m_lines.push_back(
                {.text = "-- " + step.note, .kind = ScriptLine::Kind::Comment, .step = m_step});
        operations(step.operations);
        for (const VersionRowChange& change : step.rows) {
            statement(versionRowStatement(change, m_settings));
            if (!change.from.empty())
                m_rows.erase(change.from);
            if (!change.to.empty())
                m_rows.insert(change.to);
        }
        if (own)
            statement("COMMIT");
        ++m_step;
    }

    std::vector<ScriptLine> finish()
    {
        if (m_rows.empty() && m_settings.dropsVersionTable)
            statement("DROP TABLE " + sqlName(m_settings.versionTable));
        return std::move(m_lines);
    }

private:
    void comment(const ScriptStep& step)
    {
        const std::string down = commaText(step.downRevisions);
        const std::string text = m_settings.downgrade
                                     ? "-- Running downgrade " + step.revision + " -> " + down
                                     : "-- Running upgrade " + down + " -> " + step.revision;
        m_lines.push_back({.text = text, .kind = ScriptLine::Kind::Comment, .step = m_step});
    }

    /// SQLAlchemy remembers the types that a run has made.
    bool wasMade(const Change& change)
    {
        const auto again = [this](bool oncePerRun, const QualifiedName& name) {
            return oncePerRun && !m_madeTypes.insert(toText(name)).second;
        };
        if (const auto* type = std::get_if<change::CreateEnum>(&change))
            return again(type->oncePerRun, type->type);
        if (const auto* domain = std::get_if<change::CreateDomain>(&change))
            return again(domain->oncePerRun, domain->domain);
        return false;
    }

    void operations(std::vector<Operation> operations)
    {
        std::erase_if(operations, [this](const Operation& each) {
            return !each.alternative && wasMade(each.change);
        });
        for (Operation& each : operations) {
            if (checksFirst(each))
                forgetCheck(each.change);
        }
        bool inBlock = false;
        bool wroteEdge = false;
        for (const RenderedStatement& each : renderStatements(operations)) {
            const Operation& operation = operations[each.operation];
            const auto* word = std::get_if<change::Transaction>(&operation.change);
            // The edges of an autocommit block may be operations of their own, or only be marked.
            if (operation.autocommit != inBlock && word == nullptr && !wroteEdge)
                edge(operation.autocommit);
            inBlock = operation.autocommit;
            wroteEdge = word != nullptr;
            const auto kind =
                each.resolved ? ScriptLine::Kind::Statement : ScriptLine::Kind::Unknown;
            m_lines.push_back({.text = each.sql, .kind = kind, .step = m_step});
        }
        if (inBlock && !wroteEdge)
            edge(false);
    }

    void edge(bool entering)
    {
        if (m_settings.transactionalDdl)
            statement(entering ? "COMMIT" : "BEGIN");
    }

    const ScriptSettings& m_settings;
    std::set<std::string> m_rows;
    std::set<std::string> m_madeTypes;
    std::vector<ScriptLine> m_lines;
    std::size_t m_step = 0;
};

std::string stripped(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n\f\v";
    const auto first = text.find_first_not_of(space);
    if (first == std::string_view::npos)
        return {};
    return std::string(text.substr(first, text.find_last_not_of(space) - first + 1));
}

} // namespace

std::string createVersionTable(const ScriptSettings& settings)
{
    std::string text = "CREATE TABLE " + sqlName(settings.versionTable) +
                       " (\n    version_num VARCHAR(32) NOT NULL";
    if (settings.versionTableKey)
        text += ", \n    CONSTRAINT " + sqlName(settings.versionTable.name + "_pkc") +
                " PRIMARY KEY (version_num)";
    return text + "\n)";
}

std::string versionRowStatement(const VersionRowChange& change, const ScriptSettings& settings)
{
    const std::string table = sqlName(settings.versionTable);
    const std::string column = table + ".version_num";
    switch (change.kind) {
    case VersionRowChange::Kind::Insert: {
        const std::string text =
            "INSERT INTO " + table + " (version_num) VALUES (" + sqlLiteral(change.to) + ")";
        // SQLAlchemy asks for a primary key back that is given as an expression.
        return settings.versionTableKey ? text + " RETURNING " + column : text;
    }
    case VersionRowChange::Kind::Update:
        return "UPDATE " + table + " SET version_num=" + sqlLiteral(change.to) + " WHERE " +
               column + " = " + sqlLiteral(change.from);
    case VersionRowChange::Kind::Delete:
        return "DELETE FROM " + table + " WHERE " + column + " = " + sqlLiteral(change.from);
    }
    return {};
}

std::vector<ScriptLine> scriptLines(const std::vector<ScriptStep>& steps,
                                    const ScriptSettings& settings)
{
    ScriptWriter writer(settings);
    const bool around = settings.transactionalDdl && !settings.transactionPerMigration;
    if (around)
        writer.statement("BEGIN");
    for (const ScriptStep& step : steps)
        writer.step(step);
    std::vector<ScriptLine> lines = writer.finish();
    if (around)
        lines.push_back({.text = "COMMIT",
                         .kind = ScriptLine::Kind::Statement,
                         .step = steps.empty() ? 0 : steps.size() - 1});
    return lines;
}

std::vector<std::string> upgradeScript(const std::vector<ScriptStep>& steps,
                                       const ScriptSettings& settings)
{
    std::vector<std::string> texts;
    for (ScriptLine& line : scriptLines(steps, settings))
        texts.push_back(std::move(line.text));
    return texts;
}

std::string scriptText(const std::vector<ScriptLine>& lines)
{
    std::string text;
    for (const ScriptLine& line : lines) {
        text += stripped(line.text);
        text += line.kind == ScriptLine::Kind::Statement ? ";\n\n" : "\n\n";
    }
    return text;
}

} // namespace sightglass
