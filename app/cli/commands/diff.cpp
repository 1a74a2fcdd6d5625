// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "app/cli/schema_source.h"
#include "core/differences/differences.h"
#include "core/report/json_report.h"
#include "core/report/text_report.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace sightglass::commands::diff {

namespace {

UnreadParts unreadOf(const NamedSchema& left, const NamedSchema& right)
{
    UnreadParts unread = left.unread;
    unread.parts.insert(right.unread.parts.begin(), right.unread.parts.end());
    unread.locked.insert(right.unread.locked.begin(), right.unread.locked.end());
    const bool oneIsLive = (left.source == "live") != (right.source == "live");
    if (oneIsLive && !left.schema.schema.views.empty() && !right.schema.schema.views.empty())
        unread.parts.emplace(UnreadKind::ViewDefinitions,
                             "PostgreSQL prints the query of a view in words of its own, which "
                             "reading does not work out.");
    return unread;
}

ExitStatus run(const CommonOptions& common,
               const std::string& left,
               const std::string& right,
               CommandContext& context)
{
    ExitStatus status = ExitStatus::Done;
    SchemaSources sources(common, context);
    const auto ours = sources.read(left, &status);
    if (!ours)
        return status;
    const auto theirs = sources.read(right, &status);
    if (!theirs)
        return status;
    DifferenceSettings settings;
    // Alembic's own table belongs to no revision.
    const std::string versionTable =
        common.versionTable.empty() ? "alembic_version" : common.versionTable;
    settings.leftOut = [&](const QualifiedName& name) { return name.name == versionTable; };
    // What was not read of one side may be there.
    const UnreadParts unread = unreadOf(*ours, *theirs);
    const auto differences = differencesBetween(
        asRead(ours->schema.schema, unread), asRead(theirs->schema.schema, unread), settings);
    context.out << (common.format == "json" ? diffJson(left, right, differences, unread)
                                            : diffText(left, right, differences, unread));
    return ExitStatus::Done;
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto left = std::make_shared<std::string>();
    const auto right = std::make_shared<std::string>();
    app.add_option("left", *left, "chain, chain:REVISION, live, models or file:PATH")->required();
    app.add_option("right", *right, "the same")->required();
    app.callback([left, right, &common, &context, status] {
        *status = run(common, *left, *right, context);
    });
}

} // namespace

extern const Command command{
    .name = "diff",
    .summary = "What two schemas do not hold alike: chain, live, models, a file of SQL",
    .examples = "  sightglass-cli diff chain live --dsn postgresql://app@localhost/shop\n"
                "  sightglass-cli diff chain:ae1027a6 chain:head --format json\n"
                "  sightglass-cli diff models chain",
    .declare = declare,
};

} // namespace sightglass::commands::diff
