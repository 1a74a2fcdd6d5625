// SPDX-License-Identifier: GPL-3.0-or-later
#include "directive_reading.h"

#include "core/evaluation/file_module_source.h"
#include "core/render/render.h"
#include "core/sql/sql_reader.h"

#include <cctype>
#include <set>

namespace sightglass::tests {
namespace {

/// One blank between words, none beside parentheses and commas; quoted text stays as it is.
std::string evened(std::string_view sql)
{
    static constexpr std::string_view tight = "(),";
    std::string text;
    bool quoted = false;
    bool blank = false;
    for (const char c : sql) {
        if (!quoted && std::isspace(static_cast<unsigned char>(c)) != 0) {
            blank = true;
            continue;
        }
        const bool joins = text.empty() || tight.find(c) != std::string_view::npos ||
                           tight.find(text.back()) != std::string_view::npos;
        if (blank && !joins)
            text += ' ';
        blank = false;
        quoted = c == '\'' ? !quoted : quoted;
        text += c;
    }
    return text;
}

} // namespace

std::string revisionOf(std::string_view body)
{
    std::string text = "from alembic import op\nimport sqlalchemy as sa\n"
                       "from sqlalchemy.dialects import postgresql\n\n\ndef upgrade():\n";
    std::size_t at = 0;
    while (at < body.size()) {
        const std::size_t end = std::min(body.find('\n', at), body.size());
        text += "    " + std::string(body.substr(at, end - at)) + "\n";
        at = end + 1;
    }
    return text;
}

RevisionReading readText(const std::string& text, const Surroundings& surroundings)
{
    RecordingTarget target;
    return readText(text, surroundings, target);
}

RevisionReading
readText(const std::string& text, const Surroundings& surroundings, MigrationTarget& target)
{
    MemoryFileSystem files;
    FileModuleSource modules(files, {Path("/project")});
    std::optional<SyntaxTree> tree = SyntaxTree::parse(text);
    const SourceModule file{.file = "a1.py",
                            .path = "/project/versions/a1.py",
                            .isPackage = false,
                            .tree = std::move(*tree)};
    return readRevision(file, Direction::Upgrade, surroundings, target, modules);
}

QStringList statementsOf(const RevisionReading& reading)
{
    QStringList lines;
    // The run remembers the types that it made; whoever carries it out leaves them out.
    std::vector<Operation> operations;
    std::set<QualifiedName> types;
    for (const Operation& each : reading.operations) {
        const auto* made = std::get_if<change::CreateEnum>(&each.change);
        if (made == nullptr || !made->oncePerRun || types.insert(made->type).second)
            operations.push_back(each);
    }
    for (const RenderedStatement& each : renderStatements(operations))
        lines.append(QString::fromStdString(evened(each.sql)));
    if (reading.end == RevisionReading::End::Raises)
        lines.append(QStringLiteral("raises ") + QString::fromStdString(reading.raised));
    else if (reading.end != RevisionReading::End::Done)
        lines.append(QStringLiteral("stops: ") + QString::fromStdString(reading.raised));
    return lines;
}

QStringList statementsOf(std::string_view sql)
{
    QStringList lines;
    std::string_view raised;
    if (const std::size_t at = sql.rfind("raises ");
        at != std::string_view::npos && (at == 0 || sql[at - 1] == '\n')) {
        raised = sql.substr(at);
        sql = sql.substr(0, at);
    }
    for (const SqlStatement& each : readSql(sql))
        lines.append(QString::fromStdString(evened(each.text)));
    if (!raised.empty())
        lines.append(
            QString::fromUtf8(raised.data(), static_cast<qsizetype>(raised.size())).trimmed());
    return lines;
}

QStringList summariesOf(const RevisionReading& reading)
{
    QStringList lines;
    for (const Operation& operation : reading.operations) {
        std::string line(toText(operation.resolution));
        line += " " + std::string(kindOf(operation.change));
        const ChangedObject object = objectOf(operation.change);
        for (const std::string& word : {toText(object.table), object.column, object.name}) {
            if (!word.empty())
                line += " " + word;
        }
        if (operation.resolution != Resolution::Resolved)
            line += " | " + operation.reason;
        lines.append(QString::fromStdString(line));
    }
    return lines;
}

} // namespace sightglass::tests
