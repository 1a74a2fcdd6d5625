// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"
#include "core/rules/index_keys.h"

#include <algorithm>

namespace sightglass::rules::concurrent_index_if_not_exists {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const create = step.as<change::CreateIndex>();
    if (create == nullptr || !create->concurrently || !create->ifNotExists)
        return;
    const bool cleared = std::ranges::any_of(step.earlier(), [&](const StepRecord& earlier) {
        const auto* const drop = earlier.as<change::DropIndex>();
        return drop != nullptr && drop->index.name == create->index.name;
    });
    if (cleared)
        return;
    const std::string& name = create->index.name;
    const std::vector<std::string> columns = keyColumns(create->index);
    std::string instead = "op.drop_index(\"" + name + "\", table_name=\"" +
                          create->index.table.name + "\"" + schemaArgument(create->index.table) +
                          ", if_exists=True, postgresql_concurrently=True)";
    if (std::ranges::find(columns, "") == columns.end())
        instead += "\nop.create_index(\"" + name + "\", \"" + create->index.table.name + "\", " +
                   pythonNames(columns) + schemaArgument(create->index.table) +
                   (create->index.unique ? ", unique=True" : "") +
                   ", postgresql_concurrently=True)";
    report.add(step,
               {.title = "A failed build of index " + name + " would be passed over",
                .detail = "A concurrent build that fails leaves an invalid index behind: it slows "
                          "every write and serves no query. On the next run IF NOT EXISTS finds it "
                          "and skips the build for good. Drop the leftover first.",
                .object = "index " + name,
                .instead = instead});
}

} // namespace

extern const Rule rule{.id = "concurrent-index-if-not-exists",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::Medium,
                       .checkStep = check};

} // namespace sightglass::rules::concurrent_index_if_not_exists
