// SPDX-License-Identifier: GPL-3.0-or-later
#include "reading_support.h"

#include "core/evaluation/file_module_source.h"

#include <QStringList>

#include <memory>

namespace sightglass::tests {

std::optional<Refusal> FixedTarget::perform(const Operation& operation)
{
    const auto found = refusals.find(summaryOf(operation.change));
    if (found == refusals.end())
        return std::nullopt;
    return found->second;
}

std::string FixedTarget::doubtAbout(const QualifiedName& table) const
{
    const auto found = doubts.find(table.name);
    return found == doubts.end() ? std::string() : found->second;
}

Table& FixedTarget::addTable(std::string name)
{
    held.namespaces.insert("public");
    auto table = std::make_shared<Table>();
    table->name = {"public", std::move(name)};
    Table& made = *table;
    held.tables.insert_or_assign(made.name, std::move(table));
    return made;
}

RevisionReading read(const Source& source, MigrationTarget& target)
{
    MemoryFileSystem files;
    for (const auto& [path, text] : source.modules)
        files.put(Path("/project") / path, text);
    FileModuleSource modules(files, {Path("/project")});
    std::optional<SyntaxTree> tree = SyntaxTree::parse(source.text);
    const SourceModule file{
        .file = "a1.py", .path = source.path, .isPackage = false, .tree = std::move(*tree)};
    return readRevision(file, source.direction, source.surroundings, target, modules);
}

RevisionReading read(std::string_view text, MigrationTarget& target)
{
    return read(Source{.text = std::string(text),
                       .modules = {},
                       .surroundings = {},
                       .direction = Direction::Upgrade},
                target);
}

RevisionReading read(std::string_view text)
{
    RecordingTarget target;
    return read(text, target);
}

std::string upgradeOf(std::string_view body)
{
    std::string text = "from alembic import op, context\nimport sqlalchemy as sa\n\n"
                       "def upgrade():\n";
    std::size_t at = 0;
    while (at < body.size()) {
        const std::size_t end = std::min(body.find('\n', at), body.size());
        text += "    " + std::string(body.substr(at, end - at)) + "\n";
        at = end + 1;
    }
    return text;
}

QString linesOf(const RevisionReading& reading)
{
    QStringList lines;
    for (const Operation& operation : reading.operations) {
        const ChangedObject object = objectOf(operation.change);
        QStringList words{QString::fromUtf8(toText(operation.resolution).data(),
                                            static_cast<int>(toText(operation.resolution).size())),
                          QString::fromStdString(std::string(kindOf(operation.change)))};
        for (const std::string& word : {toText(object.table), object.column, object.name}) {
            if (!word.empty())
                words.append(QString::fromStdString(word));
        }
        QString line = words.join(QLatin1Char(' '));
        if (operation.resolution != Resolution::Resolved)
            line += QLatin1String(" | ") + QString::fromStdString(operation.reason);
        if (operation.tolerated)
            line += QLatin1String(" | tolerated");
        if (operation.autocommit)
            line += QLatin1String(" | autocommit");
        if (operation.alternative)
            line += QLatin1String(" | alternative");
        lines.append(line);
    }
    return lines.join(QLatin1Char('\n'));
}

QString sqlOf(const RevisionReading& reading)
{
    QStringList lines;
    for (const Operation& operation : reading.operations)
        lines.append(QString::fromStdString(operation.sql));
    return lines.join(QLatin1Char('\n'));
}

std::string covered(const std::string& text, const Operation& operation)
{
    return text.substr(operation.span.begin, operation.span.end - operation.span.begin);
}

} // namespace sightglass::tests
